"""One block of persons through the whole clock; what a thread, a process or another machine does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import People, nation_day
from fodfaeste.simulation.setup import Setup, numbers
from fodfaeste.simulation.totals import Totals, nothing

COLUMNS = 8
"""What the kernel tells of a spell: person, side, state, first week, week after the last, weeks before, course,
luck."""


@dataclass(frozen=True)
class Block:
    """The persons from ``first`` up to but not including ``last``."""

    first: int
    last: int


def blocks_of(persons: int, number: int) -> list[Block]:
    """So many blocks of about equal size (fewer for few persons)."""
    number = max(min(number, persons), 1)
    edges = [persons * i // number for i in range(number + 1)]
    return [Block(lo, hi) for lo, hi in pairwise(edges)]


def count_block(people: People, run: Setup) -> Totals:
    """Take persons through the clock under every side."""
    return tell_block(people, run, np.zeros((0, COLUMNS), np.int64))[0]


def tell_block(people: People, run: Setup, tape: npt.NDArray[Any]) -> tuple[Totals, int]:
    """As ``count_block``; spells on benefit are told on ``tape`` as far as it reaches. Also how many there were."""
    from fodfaeste.simulation.kernel import run_block

    known, law, found = numbers(), run.law, nothing(run)
    told = run_block(
        people.first, people.kommune, people.koen, people.education, people.foedt, people.state, people.weeks,
        nation_day(), run.weeks, run.seed, run.replication, run.epoch, run.life, known["clocked"], known["quiet"],
        run.leave, run.there, run.goes, *run.guides, run.quit_to, run.quit_some, run.quit_all, run.risk, run.unemployed,
        run.again_weeks, known["courses"], law.case, law.case_weeks, law.at, law.kind, law.ref, law.week, law.exempt,
        law.which, run.stretch, run.lead, run.phase, run.year, run.held, run.cut_chance, known["recovery_edges"],
        known["age_edges"], known["young"], known["adult"], run.school, run.retires, known["oldest"], known["into"],
        tape, *found.arrays()[:-1],
    )  # fmt: skip
    for side, lead in enumerate(run.lead.tolist()):
        if lead != side:
            for one in (found.stock, found.moves, found.by_kommune, found.deaths):
                one[side] = one[lead]
    found.persons[0] = len(people)
    return found, int(told)
