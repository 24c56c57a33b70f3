"""Benchmark ``refusion``: person-weeks of reimbursement, both engines in fresh processes, equal answers first."""

from __future__ import annotations

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
    return [line for rows in settings.sizes(SIZES, QUICK) for line in _sized(rows, settings)]


def _sized(rows: int, settings: Settings) -> list[Line]:
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
    return _lines(ours, pandas)


def _lines(ours: list[dict[str, float]], pandas: list[dict[str, float]]) -> list[Line]:
    size = (
        f"{count(ours[0]['rows'] / 1e6)} million person-weeks" if ours[0]["rows"] > 1e6 else f"{ours[0]['rows']} weeks"
    )
    took = median(ours, "times")
    most = max(answer["most"] for answer in ours)
    rate = f"{count(ours[0]['rows'] / took / 1e6)} million person-weeks a second"
    large = ours[0]["rows"] > 90e6
    held = f"whole process, input and answer included; before the question {count(ours[-1]['before'] / 1e6)} MB"
    lines = [
        Line("refusion", "ours: time", size, took, "s", REFUSION["time"] if large else None, rate),
        Line("refusion", "ours: memory", size, most / 1e6, "MB", REFUSION["memory"] if large else None, held),
    ]
    if pandas:
        theirs = median(pandas, "times")
        lines += [
            Line("refusion", "pandas: time", size, *seconds(theirs)),
            Line("refusion", "pandas: memory", size, max(one["most"] for one in pandas) / 1e6, "MB"),
            Line("refusion", "times faster than pandas", size, theirs / took, "×", REFUSION["pandas"]),
        ]
    return lines
