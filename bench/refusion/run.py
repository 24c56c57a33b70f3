"""Benchmark ``refusion``: person-weeks of reimbursement, both engines in fresh processes, equal answers first."""

from __future__ import annotations

from typing import Any

from bench.bars import REFUSION, Line, count, seconds
from bench.engines import Engine, EngineError, ask, median
from bench.refusion.ours import law_terms
from bench.settings import Settings, kernels

OURS = Engine("ours", "", "bench.refusion.ours")
PANDAS = Engine("pandas", "pandas", "bench.refusion.on_pandas")
SIZES, QUICK = (10_000_000, 100_000_000), (200_000,)
PEER_AT_MOST = 10_000_000
"""The peer keeps a dozen columns of eight bytes; more rows than this do not fit beside other work."""


def run(settings: Settings) -> list[Line]:
    """Times, memory and ratios for each size."""
    found = [_sized(rows, settings) for rows in settings.sizes(SIZES, QUICK)]
    lines = [line for _rows, _again, part in found for line in part]
    if len(found) > 1:
        (few, quick, _), (many, long, _) = found[0], found[-1]
        times, size = long / quick / (many / few), f"{count(many / few)} times as many rows"
        lines.append(Line("refusion", "time of a row against fewer rows", size, times, "×", None, "1 is linear"))
    return lines


def _sized(rows: int, settings: Settings) -> tuple[float, float, list[Line]]:
    """Rows, seconds of an answer, and the lines."""
    given = {"rows": rows, "seed": settings.seed, "threads": settings.threads}
    peer = rows <= PEER_AT_MOST
    terms = law_terms() if peer else {}
    ours, pandas = [], []
    for number in range(settings.rounds):
        turn = [OURS, PANDAS] if number % 2 == 0 else [PANDAS, OURS]
        for engine in turn if peer else [OURS]:
            answer = ask(engine, given | {"terms": terms}, kernels("ours").get(engine.name))
            (ours if engine is OURS else pandas).append(answer)
    for answer in pandas:
        if (answer["sum"], answer["total"]) != (ours[0]["sum"], ours[0]["total"]):
            raise EngineError(f"the engines disagree: {ours[0]['total']} øre and {answer['total']} øre for the state")
    return ours[0]["rows"], median(ours, "times"), _lines(ours, pandas)


def _lines(ours: list[dict[str, Any]], pandas: list[dict[str, Any]]) -> list[Line]:
    size = (
        f"{count(ours[0]['rows'] / 1e6)} million person-weeks" if ours[0]["rows"] > 1e6 else f"{ours[0]['rows']} weeks"
    )
    first, again = median(ours, "first"), median(ours, "times")
    most = max(answer["most"] for answer in ours)
    large = ours[0]["rows"] > 90e6
    slowest = max(one for answer in ours for one in answer["first"])
    told = (
        f"median of {len(ours)} fresh processes, the slowest {slowest:.2f} s; {median(ours, 'busy'):.2f} s of "
        f"processor time; {count(ours[0]['rows'] / first / 1e6)} million person-weeks a second"
    )
    before = median(ours, "tables")
    checked = "" if pandas else "; the answers are compared with the peer's at fewer rows only"
    lines = [
        Line("refusion", "ours: first answer", size, first, "s", REFUSION["time"] if large else None, told + checked),
        Line("refusion", "ours: again", size, again, "s", None, "median of all repetitions"),
        Line("refusion", "ours: the law as tables", size, before, "s", None, "once, before the first answer"),
        Line(
            "refusion",
            "ours: memory",
            size,
            most / 1e6,
            "MB",
            REFUSION["memory"] if large else None,
            f"whole process, input and answer included; before the question {count(ours[-1]['before'] / 1e6)} MB",
        ),
    ]
    if pandas:
        theirs = median(pandas, "times")
        lines += [
            Line("refusion", "pandas: again", size, *seconds(theirs)),
            Line("refusion", "pandas: memory", size, max(one["most"] for one in pandas) / 1e6, "MB"),
            Line("refusion", "times faster than pandas", size, theirs / again, "×", REFUSION["pandas"], "both again"),
        ]
    return lines
