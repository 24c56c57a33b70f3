"""Benchmark ``duties``: all duties of all open cases, from events to status and last day."""

from __future__ import annotations

from bench.bars import DUTIES, Line, count, seconds
from bench.engines import Engine, ask, median
from bench.settings import Settings, kernels

OURS = Engine("ours", "", "bench.duties.ours")
SIZES, QUICK = (800_000,), (20_000,)


def run(settings: Settings) -> list[Line]:
    """Time and memory for each size."""
    return [line for n in settings.sizes(SIZES, QUICK) for line in _sized(n, settings)]


def _sized(n: int, settings: Settings) -> list[Line]:
    given = {"n": n, "events": n * 25 // 2, "seed": settings.seed, "threads": settings.threads}
    answers = [ask(OURS, given, kernels("ours")["ours"]) for _ in range(settings.rounds)]
    told = answers[-1]
    size = f"{told['duties']} duties × {count(n)} cases, {told['events'] / 1e6:.2g} million events"
    took = median(answers, "times")
    most = max(answer["most"] for answer in answers)
    memory = (
        f"whole process; facts and events {count(told['held'] / 1e6)} MB, answers {count(told['written'] / 1e6)} MB, "
        f"before the question {count(told['before'] / 1e6)} MB"
    )
    rate = f"{count(told['judged'] / took / 1e6)} million duties a second; {count(told['waiting'])} need somebody"
    return [
        Line("duties", "time", size, took, "s", DUTIES["time"], rate),
        Line("duties", "time of the first question", size, *seconds(max(a["first"] for a in answers))),
        Line("duties", "memory", size, most / 1e6, "MB", DUTIES["memory"], memory),
    ]
