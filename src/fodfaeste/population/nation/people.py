"""The persons themselves, one municipality at a time: columns that depend on the seed and the person alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.foundation import add_months, parse_day
from fodfaeste.population.luck import Purpose, words
from fodfaeste.population.nation.cells import counts
from fodfaeste.population.nation.sources import (
    AGES,
    SEXES,
    duration_models,
    educations,
    kommuner,
    longest_spell,
    margins,
    states,
    still_there,
)

Array = npt.NDArray[Any]

_STRIDE = 15_485_863
"""A prime larger than any cell: birthdays are handed out in steps of it, so that neighbours do not share them."""

_OLDEST = 100
_MONTHS = 12


@dataclass(frozen=True)
class People:
    """Persons of a stretch of the nation, in columns; person ``first + i`` is row i.

    ``kommune``, ``koen``, ``alder``, ``state`` and ``education`` (bytes) are numbers of the lists in ``sources``;
    ``foedt`` is in days since 1970 (int32), ``weeks`` the whole weeks the person has been in the state and
    ``serial`` the last four digits of the person number (uint16).
    """

    first: int
    kommune: Array
    koen: Array
    alder: Array
    state: Array
    education: Array
    foedt: Array
    weeks: Array
    serial: Array

    def __len__(self) -> int:
        return len(self.state)

    def slice(self, lo: int, hi: int) -> People:
        """The rows from ``lo`` up to but not including ``hi``, without copying."""
        columns = (self.kommune, self.koen, self.alder, self.state, self.education, self.foedt, self.weeks, self.serial)
        return People(self.first + lo, *(column[lo:hi] for column in columns))

    def person_numbers(self) -> list[str]:
        """Ten digits each, with 60 added to the day: nobody's."""
        days = self.foedt.astype("datetime64[D]")
        months = days.astype("datetime64[M]")
        day = (days - months.astype("datetime64[D]")).astype(np.int64) + 61
        month = months.astype(np.int64) % _MONTHS + 1
        year = (months.astype("datetime64[Y]").astype(np.int64) + 1970) % 100
        number = ((day * 100 + month) * 100 + year) * 10_000 + self.serial
        return [f"{one:010d}" for one in number.tolist()]


def nation_day() -> int:
    """The day the nation stands on, in days since 1970."""
    return parse_day(str(margins()["day"]))


def persons_of(persons: int) -> npt.NDArray[np.int64]:
    """How many of so many persons live in each municipality."""
    return np.asarray(counts(persons).sum(axis=(1, 2, 3)))


def people(persons: int, seed: int) -> Iterator[People]:
    """A nation of so many persons, one municipality after another. ValueError for none, or more than have numbers."""
    if persons < 1:
        raise ValueError("a nation has at least one person; give --persons a number from 1")
    table = counts(persons)
    before = np.cumsum(table.sum(axis=3), axis=0) - table.sum(
        axis=3
    )  # persons of that sex and age in municipalities before
    whole = table.sum(axis=(0, 3))
    first = 0
    for number in range(len(kommuner())):
        made = _of_kommune(number, table[number], before[number], whole, first, seed)
        yield made
        first += len(made)


def everybody(persons: int, seed: int) -> People:
    """The whole nation as one stretch."""
    parts = list(people(persons, seed))
    names = ("kommune", "koen", "alder", "state", "education", "foedt", "weeks", "serial")
    return People(0, *(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _of_kommune(number: int, table: Array, before: Array, whole: Array, first: int, seed: int) -> People:
    by_state = np.moveaxis(table, 2, 0)  # state × sex × age: the order persons stand in
    cells = by_state.ravel()
    state, sex, age = (
        np.repeat(part.ravel().astype(np.uint8), cells) for part in np.indices(by_state.shape, np.uint8)
    )  # fmt: skip
    rank = _ranks(by_state, before, cells)
    foedt, serial = _births(sex, age, rank, whole)
    size = len(state)
    return People(
        first,
        np.full(size, number, np.uint8),
        sex,
        age,
        state,
        _education(number, state, age, words(first, size, Purpose.EDUCATION, seed)),
        foedt,
        _elapsed(state, words(first, size, Purpose.ELAPSED, seed)),
        serial,
    )


def _ranks(by_state: Array, before: Array, cells: Array) -> Array:
    """The place of each person among all of the nation of that sex and age."""
    starts = (np.cumsum(by_state, axis=0) - by_state + before[None]).ravel()
    inside = np.arange(int(cells.sum())) - np.repeat(np.cumsum(cells) - cells, cells)
    return np.asarray(np.repeat(starts, cells) + inside)


def _births(sex: Array, age: Array, rank: Array, whole: Array) -> tuple[Array, Array]:
    """Birthdays spread evenly over the years of the age, and a serial number nobody else of that day has."""
    day = nation_day()
    oldest = [_OLDEST if one == AGES[-1] else one + 5 for one in AGES]
    earliest = np.array([add_months(day, -_MONTHS * one, last_day=True) + 1 for one in oldest])
    latest = np.array([add_months(day, -_MONTHS * one, last_day=True) for one in AGES])
    days = (latest - earliest + 1)[age]
    place = rank * _STRIDE % np.maximum(whole[sex, age], 1)
    foedt = (earliest[age] + place % days).astype(np.int32)
    man = np.array([one == "m" for one in SEXES])[sex]
    serial = place // days * 2 + man
    limit = 4000  # four digits tell the century: below this the last one, above this ours
    if int(serial.max(initial=0)) >= limit:
        raise ValueError("so many persons do not have different person numbers; give --persons a smaller number")
    born_after_1999 = foedt.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) >= 30
    return foedt, (serial + np.where(born_after_1999, limit, 0)).astype(np.uint16)


def _education(kommune: int, state: Array, age: Array, luck: Array) -> npt.NDArray[np.uint8]:
    """A level of education by the shares of the kind of municipality."""
    found = margins()["education"]
    group = kommuner()[kommune].group
    given = found["published"].get(group) or found["assumed"][group]
    rest = 1 - given["erhverv"] - given["universitet"]
    share = np.array([0.0, given["erhverv"], rest * (1 - found["none_of_rest"]["value"]), given["universitet"]])
    reached = np.array([0.0 if one < 20 else found["half_at_20_29"]["value"] if one < 30 else 1.0 for one in AGES])
    never = np.array([one in ("barn", "uddannelse", "udd-parat", "udd-aktivitetsparat") for one in states()])
    edges = np.cumsum((share[None] * reached[:, None])[:, :0:-1], axis=1)  # the highest level first
    limits = np.floor(edges * 2.0**32).astype(np.int64)[age]
    level = len(educations()) - 1 - (luck[:, None].astype(np.int64) >= limits).sum(axis=1)
    return np.where(never[state], 0, level).astype(np.uint8)


def _elapsed(state: Array, luck: Array) -> npt.NDArray[np.uint16]:
    """Weeks already spent in the state, as a stock that neither grows nor shrinks has them."""
    weeks = np.full(len(state), longest_spell(), np.uint16)  # the states without a model count no weeks
    for number, name in enumerate(states()):
        here = np.flatnonzero(state == number)
        if name in duration_models() and len(here):
            edges = np.cumsum(still_there(name, longest_spell()))
            drawn = luck[here].astype(np.uint64) * np.uint64(int(edges[-1]) >> 16) >> np.uint64(16)
            weeks[here] = np.searchsorted(edges, drawn.astype(np.int64), "right")
    return weeks
