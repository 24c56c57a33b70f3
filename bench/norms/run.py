"""Benchmark ``norms``: all norms over a caseload, the memory they take, and how soon a new process answers."""

from __future__ import annotations

import shutil
from typing import Any

from bench.bars import ALL_NORMS, Line, count, seconds
from bench.engines import Engine, ask, median, rounds
from bench.settings import CACHE, Settings, kernels

KERNELS = kernels("ours")
OURS = Engine("ours", "", "bench.norms.ours")
PEERS = [Engine("openfisca", "openfisca", "bench.norms.on_openfisca"), Engine("copy", "copy", "bench.rules.copying")]
START = Engine("start", "", "bench.norms.start")
SIZES, QUICK = (1_000_000,), (20_000,)
EVENTS = 12.5
"""Events a person, as 10 million for 800 000."""


def run(settings: Settings) -> list[Line]:
    """Start-up first (which also fills the cache), then times and memory for each size."""
    lines = _start(settings)
    for n in settings.sizes(SIZES, QUICK):
        lines += _sized(n, settings)
    return lines


def _start(settings: Settings) -> list[Line]:
    given = {"seed": settings.seed, "threads": settings.threads}
    lines = []
    if settings.cold:
        shutil.rmtree(CACHE, ignore_errors=True)
        cold = ask(START, given, KERNELS["ours"])
        lines.append(Line("norms", "cold start: nothing compiled yet", "1 000 persons", *seconds(cold["first"])))
    else:
        ask(START, given, KERNELS["ours"])
    warm = [ask(START, given, KERNELS["ours"]) for _ in range(settings.rounds)]
    first = sorted(answer["first"] for answer in warm)[len(warm) // 2]
    law = sorted(answer["law"] for answer in warm)[len(warm) // 2]
    note = f"import of the engine, kernels from disk, first answer; reading the law before it {law:.2f} s"
    lines.append(Line("norms", "warm start", "1 000 persons", first, "s", ALL_NORMS["warm"], note))
    return lines


def _sized(n: int, settings: Settings) -> list[Line]:
    given = {"n": n, "events": round(n * EVENTS), "seed": settings.seed, "threads": settings.threads}
    told = ask(OURS, given, KERNELS["ours"])
    touched = told["read"] + told["written"]
    given |= {"mix": told["mix"], "bytes_touched": touched}
    engines = [OURS, *PEERS]
    answers = rounds(engines, {engine.name: given for engine in engines}, settings.rounds, settings.seed, KERNELS)
    full = ask(OURS, given | {"detail": "full"}, KERNELS["ours"]) if not settings.quick else None
    return _lines(n, told, answers, full)


def _lines(n: int, told: dict[str, Any], answers: dict[str, list[Any]], full: dict[str, Any] | None) -> list[Line]:
    took = {name: median(found, "times") for name, found in answers.items()}
    size = f"{told['norms']} norms × {count(n)}"
    touched = told["read"] + told["written"]
    shape = ", ".join(f"{number} {name}" for name, number in told["mix"].items())
    notes = {
        "ours": "status and last day of duties, values of the rest",
        "openfisca": f"calculate alone, generated: {shape}",
        "copy": f"{count(touched / 1e6)} MB read and written",
    }
    lines = [Line("norms", f"{name}: time", size, *seconds(took[name]), note=notes[name]) for name in took]
    if full is not None:
        value = sorted(full["times"])[len(full["times"]) // 2]
        lines.append(Line("norms", "ours, in full: time", size, *seconds(value), note="also start, count and day met"))
    faster, copies = took["openfisca"] / took["ours"], took["ours"] / took["copy"]
    beyond = max(answer["beyond"] for answer in answers["ours"]) / 1e6
    note = f"input {count(told['held'] / 1e6)} MB, output {count(told['written'] / 1e6)} MB"
    return [
        *lines,
        Line("norms", "times faster than OpenFisca", size, faster, "×", ALL_NORMS["openfisca"]),
        Line("norms", "time of the copy", size, copies, "×", ALL_NORMS["copy"]),
        Line("norms", "peak memory beyond input and output", size, beyond, "MB", ALL_NORMS["memory"], note),
    ]
