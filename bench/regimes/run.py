"""Benchmark ``regimes``: the law from files, and a hundred regimes side by side."""

from __future__ import annotations

from typing import Any

from bench.bars import REGIMES, Line, seconds
from bench.engines import Engine, ask
from bench.peers import HOME
from bench.settings import Settings

OURS = Engine("ours", "", "bench.regimes.ours")
WANTED, QUICK = 100, 20


def run(settings: Settings) -> list[Line]:
    """Time and memory."""
    from bench.encoded import encoded_law
    from bench.regimes.invented import folder_of_regimes

    HOME.mkdir(exist_ok=True)
    wanted = QUICK if settings.quick else WANTED
    folder = folder_of_regimes(encoded_law(), wanted, settings.seed)
    return _lines(ask(OURS, {"regimes": str(folder), "wanted": wanted}))


def _lines(told: dict[str, Any]) -> list[Line]:
    norms, books = f"{told['norms']} norms", f"{told['resolved']} regimes"
    load = sorted(told["loads"])[len(told["loads"]) // 2]
    note = f"{told['different']} different; {told['shared']:.0%} of the norms shared; peak {told['peak'] / 1e6:.0f} MB"
    return [
        Line("regimes", "the law from its files, checked", norms, load, "s", REGIMES["load"]),
        Line("regimes", "one rulebook resolved", norms, *seconds(told["one"])),
        Line("regimes", "a rulebook for each regime: memory", books, told["held"] / 1e6, "MB", REGIMES["memory"], note),
        Line("regimes", "a rulebook for each regime: time", books, *seconds(told["all"]), note="one after another"),
    ]
