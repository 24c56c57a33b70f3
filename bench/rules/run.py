"""Benchmark ``rules``: every engine in a fresh process, equal checksums first, medians over shuffled rounds."""

from __future__ import annotations

from bench.bars import SPEED_10_RULES, Line, count, seconds
from bench.engines import Engine, median, rounds
from bench.rules.people import ON, tables, write_people
from bench.rules.terms import RESULTS, touched
from bench.settings import Settings, kernels

ENGINES = [
    Engine("ours", "", "bench.rules.ours"),
    Engine("openfisca", "openfisca", "bench.rules.on_openfisca"),
    Engine("polars", "polars", "bench.rules.on_polars"),
    Engine("copy", "copy", "bench.rules.copying"),
]
SIZES, QUICK = (1_000_000, 5_000_000), (100_000,)


def run(settings: Settings) -> list[Line]:
    """Times and ratios for each size."""
    return [line for n in settings.sizes(SIZES, QUICK) for line in _sized(n, settings)]


def _sized(n: int, settings: Settings) -> list[Line]:
    folder, sums = write_people(n, settings.seed)
    given = {
        "folder": str(folder),
        "sums": sums,
        "tables": tables(),
        "on": ON,
        "threads": settings.threads,
        "bytes_touched": touched() * n,
    }
    asked = {engine.name: given for engine in ENGINES}
    answers = rounds(ENGINES, asked, settings.rounds, settings.seed, kernels("ours"))
    took = {name: median(found, "times") for name, found in answers.items()}
    size = f"{len(RESULTS)} rules × {count(n)}"
    notes = {
        "ours": f"{count(n * len(RESULTS) / took['ours'] / 1e6)} million person-rules a second",
        "openfisca": f"calculate alone; build and set_input {median(answers['openfisca'], 'around'):.2f} s more",
        "polars": "lazy, in memory, one with_columns a level",
        "copy": f"{touched()} bytes a person read and written, {settings.threads} threads",
    }
    lines = [Line("rules", f"{name}: time", size, *seconds(took[name]), note=notes[name]) for name in took]
    again = median(answers["ours"], "reused")
    lines.insert(1, Line("rules", "ours, arrays reused: time", size, *seconds(again), note="no bar: the peers cannot"))
    ratios = {
        "openfisca": ("times faster than OpenFisca", took["openfisca"] / took["ours"]),
        "polars": ("times faster than Polars", took["polars"] / took["ours"]),
        "copy": ("time of the copy", took["ours"] / took["copy"]),
    }
    for peer, (text, value) in ratios.items():
        lines.append(Line("rules", text, size, value, "×", SPEED_10_RULES[peer]))
    return lines
