"""Every person's spells on benefit in a run, one after another: what sums cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import People
from fodfaeste.simulation.blocks import COLUMNS, blocks_of, tell_block
from fodfaeste.simulation.engines import hand_out, workers_of
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.setup import Setup
from fodfaeste.simulation.totals import Totals, added

Array = npt.NDArray[Any]

_ROOM = 4  # persons for each row of the first try; a block that needs more rows is gone through again
_BLOCKS_A_WORKER = 8


@dataclass(frozen=True)
class Spells:
    """Spells on benefit of one side, by person and time: whole numbers, one row each.

    ``first`` and ``until`` are weeks of the run (``until`` is the week after the last), ``before`` the weeks of the
    spell that lie before ``first``, ``course`` the number of its situation in the grid (-1: the law has no course of
    it), ``spared`` the luck that decides whether a quota leaves the person out.
    """

    person: Array
    state: Array
    first: Array
    until: Array
    before: Array
    course: Array
    spared: Array

    def __len__(self) -> int:
        return len(self.person)

    def of(self, rows: Array) -> Spells:
        """Some of them."""
        return Spells(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class _Task:
    people: People
    run: Setup


def tell_nation(people: People, run: Setup, engine: Engine | None = None) -> tuple[Totals, list[Spells]]:
    """The sums of a nation as ``run_nation`` gives them, and by side every spell; the same on any engine."""
    how = engine or Engine()
    blocks = blocks_of(len(people), how.blocks or workers_of(how.workers) * _BLOCKS_A_WORKER)
    tasks = [_Task(people.slice(block.first, block.last), run) for block in blocks]
    answers = sorted(hand_out(how.kind, _tell, tasks, how.workers, how.scheduler), key=lambda one: one[0])
    told = np.concatenate([rows for _, (_, rows) in answers])
    return added((sums for _, (sums, _) in answers), run), _by_side(told, run)


def _tell(task: _Task) -> tuple[Totals, Array]:
    room = max(len(task.people) // _ROOM, 64)
    while True:
        tape = np.zeros((room * len(task.run.sides), COLUMNS), np.int64)
        sums, number = tell_block(task.people, task.run, tape)
        if number <= len(tape):
            tape = tape[:number]
            tape[:, 0] += task.people.first
            return sums, tape
        room = -(-number // len(task.run.sides))


def _by_side(told: Array, run: Setup) -> list[Spells]:
    """A side that shares another's course of life has its spells; those of no week are left out."""
    kept = told[told[:, 4] > told[:, 3]]
    leads: dict[int, Spells] = {}
    for lead in sorted(set(run.lead.tolist())):
        rows = kept[kept[:, 1] == lead]
        person, _, *rest = (np.ascontiguousarray(column) for column in rows.T)
        leads[lead] = Spells(person, *rest)
    return [leads[lead] for lead in run.lead.tolist()]


def joined(spells: Spells, kinds: Sequence[int]) -> Array:
    """Whether each spell goes on where the person's spell before it ended, both of the same kind by state.

    ``kinds[state]`` numbers the kind of a state; below zero it is of none.
    """
    kind = np.asarray(kinds)[spells.state]
    found = np.zeros(len(spells), bool)
    same = spells.person[1:] == spells.person[:-1]
    found[1:] = same & (spells.first[1:] == spells.until[:-1]) & (kind[1:] == kind[:-1]) & (kind[1:] >= 0)
    return found


def chain_starts(spells: Spells, goes_on: Array) -> Array:
    """The week of the run in which the unbroken stretch began that each spell belongs to; may lie before the run."""
    own = spells.first - spells.before
    place = np.maximum.accumulate(np.where(goes_on, 0, np.arange(len(spells))))
    return np.asarray(own[place])
