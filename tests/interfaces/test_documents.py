"""docs/guide/command-line.md and the how-tos say what is true."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from fodfaeste.interfaces.cli import main
from tests.architecture.source import ROOT, SRC
from tests.interfaces.hven import run, write_case
from tests.interfaces.test_process import commands

GUIDE = (ROOT / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")
HOW_TO = [ROOT / "docs" / "how-to" / f"{name}.md" for name in ("explain-a-case", "compare-two-dates", "try-a-reform")]
WORD = re.compile(r"`([a-z_]+)`")
SHARED = re.findall(r"An answer about a day also has `(\w+)` in its JSON", GUIDE)
"""What any answer may hold beside its own fields."""


def fields_of(format_: str) -> dict[str, str]:
    """The documented fields of a JSON: name → what is said of it."""
    part = GUIDE.split(f"JSON `{format_}`", 1)[1]
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", part.split("\n\n", 2)[1], re.MULTILINE)
    return {name: said for names, said in rows for name in re.findall(r"`([a-z_\[\].]+)`", names)}


def objects() -> dict[str, set[str]]:
    part = GUIDE.split("## Objects in several answers", 1)[1]
    return {
        name: set(WORD.findall(said)) for name, said in re.findall(r"^\| \*(.+?)\* \| (.+) \|$", part, re.MULTILINE)
    }


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("cases")
    case = write_case(folder)
    kept = tmp_path_factory.mktemp("receipts") / "kept.json"
    run("receipt", case, "--date", "2024-06-28", "--norm", "lighthouse.2.watches", "--out", kept)
    asked = [
        ("explain", case, "--date", "2024-06-28"),
        ("explain", case, "--date", "2024-06-28", "--norm", "lighthouse.2.watches"),
        ("explain", case, "--date", "2024-06-28", "--against", "2024-07-05"),
        ("duties", folder, "--date", "2024-06-28"),
        ("quota", folder, "--date", "2024-06-28"),
        ("benefits", case, "--date", "2024-06-28"),
        ("receipt", kept, "--check"),
        ("case", "check", folder),
        ("law", "show", "goat 1"),
        ("law", "list"),
        ("law", "search", "ged"),
        ("law", "fields"),
        ("law", "check"),
        ("law", "diff", "2022-12-31", "2023-01-01"),
        ("law", "coverage"),
        ("law", "graph", "in_service"),
        ("regime", "list"),
        ("regime", "show", "quick-oaths"),
        ("regime", "check"),
        ("vocabulary",),
    ]
    found = [run(*question, "--json").data for question in asked]
    found += [run("refusion", *question, "--json", law=None).data for question in reimbursement(tmp_path_factory)]
    return {data["format"]: data for data in found}


def reimbursement(rooms: pytest.TempPathFactory) -> list[tuple[str | Path, ...]]:
    """Questions only the law of Denmark answers."""
    room = rooms.mktemp("refusion")
    spell = {"kind": "udbetaling", "ydelse": "kontanthjaelp", "beloeb": 100, "from": "2024-01-01", "to": "2024-01-07"}
    (room / "sag.json").write_text(
        json.dumps({"format": "fodfaeste/case/1", "case": "a", "spells": [spell]}), encoding="utf-8"
    )
    (room / "u.csv").write_text(
        "Uge,CPR nummer,Ydelse,Beregnet udbetalingsbeløb,Refusionsbeløb,Medfinansieringsbeløb\n"
        "2024-W01,a,Kontanthjælp,100,1,\n",
        encoding="utf-8",
    )
    return [
        ("explain", room / "sag.json", "--date", "2024-02-01"),
        ("reconcile", room / "u.csv"),
        ("incentives", "--date", "2024-02-01", "--benefit", "kontanthjaelp"),
    ]


def formats() -> list[str]:
    source = "\n".join(file.read_text(encoding="utf-8") for file in (SRC / "interfaces" / "cli").glob("*.py"))
    return sorted(set(re.findall(r'"(fodfaeste/[a-z-]+/1)"', source)))


NATION = {f"fodfaeste/nation-{name}/1" for name in ("build", "checkin", "compare", "merge", "run", "sweep", "validate")}
ASKED_ELSEWHERE = {"fodfaeste/demo/1", "fodfaeste/import/1", "fodfaeste/import-report/1"} | NATION
"""They need a database: tests/exchange reads their answers. Two are described with the extracts they tell of.
Those of the nation are held against the guide in tests/simulation."""


@pytest.mark.parametrize("format_", sorted(ASKED_ELSEWHERE))
def test_what_needs_a_database_is_described_too(format_: str) -> None:
    extracts = (ROOT / "docs" / "guide" / "extracts.md").read_text(encoding="utf-8")
    assert f"`{format_}`" in GUIDE + extracts


@pytest.mark.parametrize("format_", [format_ for format_ in formats() if format_ not in ASKED_ELSEWHERE])
def test_the_fields_of_every_json_are_those_described(format_: str, answers: dict[str, Any]) -> None:
    data = {key: value for key, value in answers[format_].items() if key not in ("format", *SHARED)}
    described = fields_of(format_)
    assert {name for name in described if "[" not in name} == set(data)
    for name, value in data.items():
        first = value[0] if isinstance(value, list) and value else value
        elsewhere = re.search(r"\*|as above|as in the list|by id|by who|by group", described[name])
        if isinstance(first, dict) and set(first) != {"da", "en"} and not elsewhere:
            assert set(first) <= {name, *WORD.findall(described[name])}, (name, sorted(first))


def test_the_objects_are_as_described(answers: dict[str, Any]) -> None:
    known, explained = objects(), answers["fodfaeste/explain/1"]
    assert set(explained["rulebook"]) == known["rulebook"]
    rows = [row for group in explained["groups"].values() for row in group]
    assert {key for row in rows for key in row} <= known["answer"]
    flips = [row["nearest"] for row in rows if row["nearest"]]
    assert {key for flip in flips for key in flip} == known["nearest change"] - {"fact", "event", "spell", "day"}
    questions = {key for question in explained["questions"] for key in question}
    assert questions == known["question"] - {"fact", "judged", "event", "spell", "item", "blank"}
    versions = answers["fodfaeste/law-show/1"]["norms"][0]["versions"]
    assert set(versions[0]) == set(WORD.findall(fields_of("fodfaeste/law-show/1")["norms[].versions"]))
    assert set(versions[0]["sources"][0]) == known["source"]
    assert {row["status"] for row in answers["fodfaeste/duties/1"]["rows"]} <= set(
        WORD.findall(GUIDE.split("Statuses:")[1])
    )


def test_every_group_of_an_explanation_is_named(answers: dict[str, Any]) -> None:
    assert set(answers["fodfaeste/explain/1"]["groups"]) <= set(
        WORD.findall(fields_of("fodfaeste/explain/1")["groups"])
    )


def test_every_command_and_option_is_described() -> None:
    for name, command in commands(typer.main.get_command(main)):
        assert f"{name}" in GUIDE or name in ("case", "law", "regime"), name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option not in ("--help", "--lang"):
                    assert option in GUIDE, (name, option)


def lines_of(path: Path) -> list[list[str]]:
    blocks = re.findall(r"^ *```\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line.split(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("fodfaeste ")]


@pytest.mark.slow
@pytest.mark.parametrize("path", HOW_TO, ids=lambda path: path.stem)
def test_what_a_how_to_says_to_type_is_answered(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    own = re.search(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    if own:
        (tmp_path / "min-reform.yaml").write_text(own[1], encoding="utf-8")
    typed = lines_of(path)
    assert typed
    for line in typed:
        answer = run(*line[1:], law=None)
        assert answer.code in (0, 1), (line, answer.err)
        assert answer.out.strip(), line


@pytest.mark.slow
def test_the_law_that_comes_along_explains_an_example_case() -> None:
    case = ROOT / "examples" / "cases" / "dagpenge-2024.json"
    answer = run("explain", case, "--date", "2024-03-01", "--json", law=None)
    assert answer.code == 0
    rows = [row for group in json.loads(answer.out)["groups"].values() for row in group]
    assert any(row["norm"].startswith("lab.31.") for row in rows)
    for row in rows:
        assert row["why"] or row["kind"] in ("power", "sanction"), row["norm"]
        assert not re.search(r"[a-zæøå]_[a-z]|==", " ".join(row["why"])), row
