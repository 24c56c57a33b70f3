"""The sums of a run: small arrays of whole numbers that add up, whatever the blocks and whoever counted them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import kommuner, states
from fodfaeste.simulation.setup import Setup

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Totals:
    """Sums by side and more; all 64-bit whole numbers.

    ``stock[side, week, state]`` holds changes: running sums over weeks are persons. ``moves[side, year, from, to]``.
    ``fallen`` and ``waived[side, year, duty]`` count duties that fell due, and those a quota let an office leave out.
    ``acts[side, year, state, act, 0 done | 1 not done]``; ``acts_kommune[side, kommune, act]`` those done;
    ``by_kommune[side, kommune, state]`` person-weeks; ``silent[side, year, state]`` weeks of persons without a talk for
    more than half a year. ``deaths[side, year, state]`` counts those who died, in the state they were in. ``persons``
    counts each once. Who is there in a week, and who has died before it, are together everybody.
    """

    stock: Array
    moves: Array
    fallen: Array
    waived: Array
    acts: Array
    by_kommune: Array
    acts_kommune: Array
    silent: Array
    deaths: Array
    persons: Array

    def arrays(self) -> tuple[Array, ...]:
        """All arrays, in their order."""
        return tuple(getattr(self, one.name) for one in fields(self))

    def people(self) -> Array:
        """Persons by side, week and state."""
        return np.asarray(np.cumsum(self.stock, axis=1))

    @property
    def digest(self) -> str:
        """A hash of every number."""
        made = hashlib.sha256()
        for one in self.arrays():
            made.update(repr(one.shape).encode() + one.astype("<i8").tobytes())
        return made.hexdigest()


def nothing(run: Setup) -> Totals:
    """Sums of nobody."""
    sides, years, names = len(run.sides), len(run.years), len(states())
    kinds, duties, places = len(run.law.acts), max(len(run.law.duties), 1), len(kommuner())
    shapes = (
        (sides, run.weeks, names), (sides, years, names, names), (sides, years, duties), (sides, years, duties),
        (sides, years, names, kinds, 2), (sides, places, names), (sides, places, kinds), (sides, years, names),
        (sides, years, names), (1,),
    )  # fmt: skip
    return Totals(*(np.zeros(shape, np.int64) for shape in shapes))


def added(parts: Iterable[Totals], run: Setup) -> Totals:
    """The sums of several blocks."""
    found = nothing(run)
    for part in parts:
        for here, there in zip(found.arrays(), part.arrays(), strict=True):
            np.add(here, there, out=here)
    return found
