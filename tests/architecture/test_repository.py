"""The repository tells one story about itself."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

from fodfaeste import __version__
from tests.architecture.source import ROOT, SRC

HEAVY = ("holidays", "numba", "numpy", "pandas", "polars", "pyarrow", "yaml")


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names_in(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~! ]", one)[0].lower().replace("_", "-") for one in requirements}


def test_publiccode_tells_the_version_and_the_licence() -> None:
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert said["softwareVersion"] == __version__
    assert said["legal"]["license"] == project()["project"]["license"] == "EUPL-1.2"  # type: ignore[index]
    assert set(said["description"]) == {"da", "en"}
    for words in said["description"].values():
        assert len(words["genericName"]) <= 35
        assert len(words["shortDescription"]) <= 150
        assert 500 <= len(words["longDescription"]) <= 10_000


def test_everything_asked_for_is_in_the_lock_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    described: dict[str, object] = project()["project"]  # type: ignore[assignment]
    wanted = names_in(described["dependencies"] + described["optional-dependencies"]["dev"])  # type: ignore[operator,index]
    entries = re.findall(r"^([A-Za-z0-9._-]+)==[^\n]*\\\n {4}--hash=sha256:", lock, re.MULTILINE)
    assert wanted - names_in(entries) == set(), "run: make lock"
    assert len(entries) == len(re.findall(r"^[^\s#]", lock, re.MULTILINE)), "an entry without a hash"


def test_every_room_is_named_in_the_contracts() -> None:
    contracts = project()["tool"]["importlinter"]["contracts"]  # type: ignore[index]
    floors = next(contract for contract in contracts if contract["type"] == "layers")
    named = {room.strip(" ()") for floor in floors["layers"] for room in floor.split("|")}
    assert named == {path.parent.name for path in SRC.glob("*/__init__.py")}


def test_the_floor_is_light(tmp_path: Path) -> None:
    code = "import sys, fodfaeste.foundation; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SRC.parent)},
    )
    assert set(run.stdout.split()) & set(HEAVY) == set()
