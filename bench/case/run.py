"""Benchmark ``case``: what a caseworker waits for."""

from __future__ import annotations

from bench.bars import ONE_CASE, Bar, Line, seconds
from bench.engines import Engine, ask
from bench.settings import Settings

OURS = Engine("ours", "", "bench.case.ours")
OPENFISCA = Engine("openfisca", "openfisca", "bench.case.on_openfisca")


def run(settings: Settings) -> list[Line]:
    """Median and 99th percentile over many cases."""
    cases = 200 if settings.quick else 1000
    ours = ask(OURS, {"cases": cases, "seed": settings.seed})
    peer = ask(OPENFISCA, {"cases": min(cases, 100), "mix": ours["mix"], "seed": settings.seed})
    size = f"{ours['norms']} norms, {cases} cases"

    def line(what: str, times: list[float], bar: Bar | None = None) -> Line:
        median, slow = times[len(times) // 2] * 1e3, seconds(times[int(len(times) * 0.99)])
        return Line("case", what, size, median, "ms", bar, f"median; 99th percentile {slow[0]:.3g} {slow[1]}")

    ratio = peer["traced"][len(peer["traced"]) // 2] / ours["explained"][cases // 2]
    made = Line("case", "functions made, once per rulebook", size, *seconds(ours["made"]))
    telling = Line("case", "explaining functions made, once per rulebook", size, *seconds(ours["made_telling"]))
    steps = f"median; {ours['steps'][cases // 2]} different steps"
    read = Line(
        "case", "all norms, every reason, read step by step", size, ours["read"][cases // 2] * 1e3, "ms", None, steps
    )
    return [
        line("all norms, result only", ours["result"], ONE_CASE["result"]),
        line("all norms, every reason", ours["explained"], ONE_CASE["explained"]),
        read,
        line("one duty, with its reasons", ours["one"]),
        made,
        telling,
        line("OpenFisca, result only", peer["result"]),
        line("OpenFisca, traced", peer["traced"]),
        Line("case", "times faster explained than OpenFisca traced", size, ratio, "×", ONE_CASE["openfisca"]),
    ]
