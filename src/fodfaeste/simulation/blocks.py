"""One block of persons through the whole clock; what a thread, a process or another machine does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from fodfaeste.population.nation import People
from fodfaeste.simulation.setup import Setup, guided, numbers
from fodfaeste.simulation.totals import Totals, nothing


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
    from fodfaeste.simulation.kernel import run_block

    known, law, found = numbers(), run.law, nothing(run)
    run_block(
        people.first, people.kommune, people.education, people.foedt, people.state, people.weeks, run.start, run.weeks,
        run.seed, run.replication, run.epoch, known["clocked"], known["quiet"], run.leave, run.there, run.goes,
        guided(run.gaps), guided(run.again_gaps), run.quit_to, run.quit_some, run.quit_all, run.risk, run.unemployed,
        run.again_weeks, known["courses"], law.at, law.kind, law.ref, law.week, law.exempt, law.which, run.stretch,
        run.lead, run.phase, run.year, run.held, run.cut_chance, known["recovery_edges"], known["age_edges"],
        known["young"], known["adult"], run.school, run.retires, known["oldest"], known["into"],
        *found.arrays()[:-1],
    )  # fmt: skip
    for side, lead in enumerate(run.lead.tolist()):
        if lead != side:
            for one in (found.stock, found.moves, found.by_kommune):
                one[side] = one[lead]
    found.persons[0] = len(people)
    return found
