"""Benchmark ``nation``: the weekly clock, a copy of its state, two loops of the same step; equal answers first."""

from __future__ import annotations

import pickle
import statistics
import tempfile
from pathlib import Path
from typing import Any

from bench.bars import NATION, Line, count, seconds
from bench.encoded import encoded_law
from bench.engines import Engine, EngineError, ask, median
from bench.settings import Settings, kernels

OURS = Engine("ours", "", "bench.nation.ours_weekly")
LOOP = Engine("numpy", "", "bench.nation.on_numpy")
COPY = Engine("copy", "", "bench.nation.copying")
BUILD = Engine("build", "", "bench.nation.building")
PAIRS = Engine("pairs", "", "bench.nation.pairing")
SIZES, QUICK = (4_000_000,), (20_000,)
LOOPED, LOOPED_QUICK = 100_000, 10_000
WEEKS, WEEKS_QUICK = 260, 60


def run(settings: Settings) -> list[Line]:
    """Times, ratios, equal bytes, and how much pairing is worth."""
    with tempfile.TemporaryDirectory() as room:
        weeks = WEEKS_QUICK if settings.quick else WEEKS
        alike, moved = (
            _set_up(Path(room) / f"{name}.pickle", weeks, push) for name, push in (("alike", None), ("moved", 1.1))
        )
        lines = [line for size in settings.sizes(SIZES, QUICK) for line in _clock(size, weeks, alike, moved, settings)]
        lines += _loops(alike, weeks, settings)
        lines += _pairs(moved, settings)
        return lines + _building(settings)


def _set_up(path: Path, weeks: int, push: float | None) -> str:
    """Two regimes; with a push the second moves people too, so that lives differ and nothing is shared."""
    from fodfaeste.foundation import parse_day
    from fodfaeste.simulation.behaviour import declared
    from fodfaeste.simulation.lawtables import Side
    from fodfaeste.simulation.setup import Push, setup

    sides = [Side("law", regimes=()), Side("other", regimes=("eg-02-individual",))]
    pushes = (None, None if push is None else Push({"dagpenge": push, "syg-job": push}))
    made = setup(encoded_law(), sides, parse_day("2026-08-03"), weeks, declared(), pushes=pushes)
    path.write_bytes(pickle.dumps(made))
    return str(path)


def _ours(setup: str, persons: int, settings: Settings, **more: Any) -> dict[str, Any]:
    given = {"setup": setup, "persons": persons, "seed": settings.seed, "threads": settings.threads} | more
    found: dict[str, Any] = ask(OURS, given, kernels("ours")["ours"])
    return found


def _clock(persons: int, weeks: int, alike: str, moved: str, settings: Settings) -> list[Line]:
    size = f"{count(persons)} persons × {weeks} weeks × 2 regimes"
    both, apart, single, copies = [], [], [], []
    for _round in range(settings.rounds):
        both.append(_ours(alike, persons, settings))
        copies.append(ask(COPY, {"persons": persons, "weeks": weeks, "threads": 1}))
        apart.append(_ours(moved, persons, settings))
        single.append(_ours(moved, persons, settings, threads=1))
    _same(alike, both[0]["digest"], min(persons, 200_000), settings, persons)
    took, other, one, copy = (median(found, "times") for found in (both, apart, single, copies))
    rate = f"{count(persons * weeks * 2 / other / 1e6)} million person-weeks a second"
    table = f"{copies[0]['bytes']} bytes a person, one thread"
    bar = NATION["time"] if persons >= SIZES[0] else None
    return [
        Line("nation", "two regimes, behaviour alike", size, *seconds(took), bar, "full outputs"),
        Line("nation", "two regimes, behaviour apart", size, *seconds(other), bar, rate),
        Line("nation", "copying the state table once a week", size, *seconds(copy), None, table),
        Line("nation", "time of the copy, behaviour alike", size, took / copy, "×", NATION["copy"]),
        Line("nation", "time of the copy, behaviour apart", size, other / copy, "×", NATION["copy"]),
        Line("nation", "two threads, times faster than one", size, one / other, "×", NATION["threads"]),
    ]  # fmt: skip


def _same(setup: str, digest: str, persons: int, settings: Settings, whole: int) -> None:
    """The same bytes from threads, processes and Dask, in any number of blocks."""
    given: list[dict[str, Any]] = [{"blocks": 1}, {"blocks": 7}, {"engine": "processes"}]
    try:
        import distributed  # noqa: F401

        given.append({"engine": "dask"})
    except ImportError:
        pass
    digests = {_ours(setup, persons, settings, repeat=1, **one)["digest"] for one in given}
    if persons == whole:
        digests.add(digest)
    if len(digests) != 1:
        raise EngineError(f"engines and blocks gave {len(digests)} different answers; they must give one")


def _loops(setup: str, weeks: int, settings: Settings) -> list[Line]:
    persons = LOOPED_QUICK if settings.quick else LOOPED
    size = f"{count(persons)} persons × {weeks} weeks × 2 regimes"
    ours = _ours(setup, persons, settings, threads=1)
    lines = []
    for kept, what, bar in ((False, "a plain NumPy loop", "numpy"), (True, "a loop of kept weekly variables", "kept")):
        given = {"setup": setup, "persons": persons, "seed": settings.seed, "kept": kept, "threads": 1}
        loop = ask(LOOP, given)
        if loop["sums"] != ours["sums"]:
            raise EngineError(f"{what} and ours disagree; mend one of them before timing")
        faster = loop["seconds"] / statistics.median(ours["times"])
        lines += [
            Line("nation", what, size, *seconds(loop["seconds"]), None, "one thread, the same sums"),
            Line("nation", f"times faster than {what}", size, faster, "×", NATION[bar], "one thread each"),
        ]  # fmt: skip
    return lines


def _pairs(setup: str, settings: Settings) -> list[Line]:
    given = {"setup": setup, "persons": 20_000 if settings.quick else 100_000, "pairs": 12 if settings.quick else 40}
    found = ask(PAIRS, given | {"seed": settings.seed, "threads": settings.threads}, kernels("ours")["ours"])
    size = f"{found['pairs']} pairs, a tenth oftener to work"
    return [
        Line("nation", f"variance of a difference, apart ÷ paired: {name}", size, value, "×", NATION["pairs"])
        for name, value in found["ratios"].items()
    ]


def _building(settings: Settings) -> list[Line]:
    persons = 50_000 if settings.quick else 6_000_000
    found = ask(
        BUILD, {"persons": persons, "seed": settings.seed, "threads": settings.threads}, kernels("ours")["ours"]
    )
    bar = None if settings.quick else NATION["build"]
    return [
        Line("nation", "building the persons as Parquet", f"{count(persons)} persons", *seconds(found["seconds"]), bar)
    ]
