"""Small nations and set-ups that several tests share."""

from __future__ import annotations

import os
import signal
import time
from functools import cache
from pathlib import Path

from fodfaeste.foundation import parse_day
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import People, everybody
from fodfaeste.simulation.behaviour import declared
from fodfaeste.simulation.lawtables import Side
from fodfaeste.simulation.setup import Push, Setup, setup

START = parse_day("2026-08-03")  # one law for a year and more
GENERAL = Side("almindelig lov")
FEWER = Side("eg-02", regimes=("eg-02-individual",))


@cache
def people(persons: int = 40_000, seed: int = 11) -> People:
    return everybody(persons, seed)


@cache
def run(
    sides: tuple[Side, ...] = (GENERAL,), weeks: int = 60, seed: int = 5, replication: int = 0,
    to_work: float | None = None,
) -> Setup:  # fmt: skip
    """A set-up; with ``to_work`` the last side's people on dagpenge leave for work that much oftener from week 4 on."""
    pushes = [None] * len(sides)
    if to_work is not None:
        pushes[-1] = Push({"dagpenge": to_work}, from_week=4)
    return setup(load(), sides, START, weeks, declared(), seed, replication, pushes)


def sure_of(path: str) -> int:
    """The first to come leaves a mark and dies; whoever comes after finds the mark and answers."""
    place = Path(path)
    if not place.exists():
        place.write_text("somebody died here")
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.05)
    return os.getpid()
