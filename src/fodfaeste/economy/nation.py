"""What weeks of one benefit cost state and municipalities in a synthetic nation, by where on the ladder they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.economy.bands import Spells, weeks_of
from fodfaeste.economy.kernel import OUTSIDE_ØRE
from fodfaeste.economy.shares import share_columns
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import DAYS_A_WEEK

Array = npt.NDArray[Any]

_MOST_ROWS = 20_000_000  # person-weeks at a time; more are gone through in parts of whole persons


@dataclass(frozen=True)
class Borne:
    """By spell, in whole øre: what state and municipality bear of its weeks from a day on.

    ``weeks`` are those that were priced. Spells of other benefits cost nothing here: they only count on the ladder.
    """

    weeks: Array
    state: Array
    municipality: Array


def borne(spells: Spells, tariff: Tariff, priced: int, amount: int, first_day: int) -> Borne:
    """Share out ``amount`` øre for every week of situation ``priced`` from ``first_day`` on.

    ``spells`` are sorted by person and day, whole weeks from Monday to Sunday, and do not overlap; weeks before
    ``first_day`` only count. What lies before a person's first spell is not known: the number of a week is then the
    least it can be. Raises ValueError for days the tariff was not made for.
    """
    number = len(spells.person)
    found = np.zeros((3, number), np.int64)
    length = (spells.last - spells.first + 1) // DAYS_A_WEEK
    for lo, hi in _parts(spells.person, length):
        part = Spells(*(getattr(spells, name)[lo:hi] for name in ("person", "first", "last", "situation")))
        rows, _ = weeks_of(part, int(part.last.max()) + 1)
        rows.amount[:] = amount
        shares = share_columns(rows, tariff)
        counted = (rows.day >= first_day) & (rows.situation == priced) & (shares.state > OUTSIDE_ØRE)
        spell = np.repeat(np.arange(lo, hi), length[lo:hi])[counted]
        state = shares.state[counted].astype(np.int64)
        for column, each in enumerate((np.ones(len(spell), np.int64), state, amount - state)):
            np.add.at(found[column], spell, each)
    return Borne(*found)


def _parts(person: Array, length: Array) -> list[tuple[int, int]]:
    """Whole persons, of at most so many rows together where one has not more."""
    if not len(person):
        return []
    ends = np.flatnonzero(np.r_[np.diff(person) != 0, True]) + 1
    rows = np.cumsum(length)[ends - 1]
    found, begin, done = [], 0, 0
    for end, until in zip(ends.tolist(), rows.tolist(), strict=True):
        if until - done >= _MOST_ROWS:
            found.append((begin, end))
            begin, done = end, until
    if begin < len(person):
        found.append((begin, len(person)))
    return found
