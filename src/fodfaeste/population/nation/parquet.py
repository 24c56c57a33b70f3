"""A nation on disk: one Parquet file for each municipality, and a manifest that says what it was made from."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fodfaeste.foundation import Problem, ProblemError, from_day
from fodfaeste.population.nation.people import People, nation_day, people
from fodfaeste.population.nation.sources import SEXES, educations, kommuner, states

FORMAT = "fodfaeste/nation/1"
MANIFEST = "nation.json"

_NUMBERS = ("kommune", "koen", "alder", "state", "education", "foedt", "weeks", "serial")


@dataclass(frozen=True)
class Built:
    """A nation that was written: where, how many persons, and the bytes of its files."""

    folder: Path
    persons: int
    seed: int
    files: int
    size: int


def build(folder: Path, persons: int, seed: int, replace: bool = False, threads: int = 2) -> Built:
    """Write a nation. It stands whole or not at all. ProblemError where something else stands in its place."""
    if folder.exists() and not (replace and is_nation(folder)):
        empty = folder.is_dir() and not any(folder.iterdir())
        if not empty:
            mend = "add --replace" if is_nation(folder) else "name a folder that is not there yet"
            raise ProblemError([Problem(str(folder), None, "", "something stands there already", mend)])
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        with ThreadPoolExecutor(threads) as pool:
            sizes = list(pool.map(lambda part: _write(aside, part), people(persons, seed)))
        manifest = {"format": FORMAT, "persons": persons, "seed": seed, "day": from_day(nation_day()).isoformat()}
        manifest |= {"states": list(states()), "sexes": list(SEXES), "educations": list(educations())}
        (aside / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        aside.chmod(0o755)
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Built(folder, persons, seed, len(sizes), sum(sizes))


def is_nation(folder: Path) -> bool:
    """Whether a nation stands in the folder."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def read(folder: Path) -> People:
    """A nation that was written. ProblemError where there is none, or one of other states."""
    import pyarrow.parquet as pq

    if not is_nation(folder):
        mend = "make one with fodfaeste nation build"
        raise ProblemError([Problem(str(folder), None, "", "no nation stands there", mend)])
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if manifest["states"] != list(states()):
        mend = "build it again with fodfaeste nation build --replace"
        raise ProblemError([Problem(str(folder / MANIFEST), None, "states", "it was made of other states", mend)])
    parts = []
    for number, one in enumerate(kommuner()):
        path = folder / f"kommune={one.code}" / "persons.parquet"
        if path.exists():
            parts.append(_columns(pq.read_table(path, columns=[*_NUMBERS[1:]], partitioning=None), number))
    return _joined(parts)


def _columns(table: Any, number: int) -> dict[str, Any]:
    found = {name: table[name].to_numpy() for name in _NUMBERS[1:]}
    return {"kommune": np.full(table.num_rows, number, np.uint8)} | found


def _joined(parts: Iterable[dict[str, Any]]) -> People:
    all_ = list(parts)
    return People(0, *(np.concatenate([part[name] for part in all_]) for name in _NUMBERS))


def _write(folder: Path, part: People) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not len(part):
        return 0
    where = folder / f"kommune={kommuner()[int(part.kommune[0])].code}"
    where.mkdir()
    columns = {"person": pa.array(np.arange(part.first, part.first + len(part), dtype=np.int64))}
    columns["cpr"] = pa.array(part.person_numbers(), pa.string())
    columns |= {name: pa.array(getattr(part, name)) for name in _NUMBERS[1:]}
    columns["foedt_dato"] = pa.array(part.foedt, pa.int32()).cast(pa.date32())
    path = where / "persons.parquet"
    pq.write_table(pa.table(columns), path, compression="zstd", use_dictionary=["state", "alder", "koen", "education"])
    return path.stat().st_size
