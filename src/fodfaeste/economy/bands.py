"""A municipality's weeks by benefit and step of the ladder: how many, and what they cost whom.

Weeks come from spells of benefit. The number of a week is only known where the record tells enough: it reaches back
to the first day weeks are counted from, or the person had as many weeks without benefit as a restart takes, one after
another, since it begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.economy.kernel import OUTSIDE_ØRE, UNKNOWN_ØRE
from fodfaeste.economy.shares import PersonWeeks, share_columns
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import COUNTS, DAYS_A_WEEK, F_TOGETHER, monday_of, week_of

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Spells:
    """Spells of benefit, sorted by person and first day: both days included, ``situation`` as the tariff has it."""

    person: Array
    first: Array
    last: Array
    situation: Array


@dataclass(frozen=True, slots=True)
class Band:
    """Weeks of one benefit in one step, in weeks ``first`` to ``last`` of the count (None: and all later).

    ``first`` is 0 where no count matters, None where the number is not known. ``state`` and ``municipality`` are øre
    for the ``priced`` weeks, whose amount and share are known; the other weeks cost something that is not known.
    ``shared`` is False for a benefit that is no matter between state and municipality.
    """

    benefit: str | None
    first: int | None
    last: int | None
    weeks: int
    priced: int
    state: int
    municipality: int
    shared: bool


def weeks_of(spells: Spells, until: int) -> tuple[PersonWeeks, Array]:
    """A row for every person, week and benefit before the day ``until``, without amounts; and whose each row is."""
    last = np.minimum(spells.last, until - 1)
    kept = last >= spells.first
    first, last = _week(spells.first[kept]), _week(last[kept])
    length = last - first + 1
    nth = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    person, week = np.repeat(spells.person[kept], length), np.repeat(first, length) + nth
    situation = np.repeat(spells.situation[kept], length)
    order = np.lexsort((situation, week, person))
    person, week, situation = person[order], week[order], situation[order]
    new = np.ones(len(person), bool)
    new[1:] = (np.diff(person) != 0) | (np.diff(week) != 0) | (np.diff(situation.astype(np.int64)) != 0)
    person, week, situation = person[new], week[new], situation[new]
    edges = np.flatnonzero(np.r_[True, np.diff(person) != 0]) if len(person) else np.zeros(0, np.int64)
    rows = PersonWeeks(
        np.append(edges, len(person)).astype(np.int64), (week * DAYS_A_WEEK + monday_of(0)).astype(np.int32),
        situation.astype(np.uint16), np.full(len(person), UNKNOWN_ØRE, np.int32),
    )  # fmt: skip
    return rows, person


def _week(days: Array) -> Array:
    """The number of the week each day lies in."""
    found: Array = (days - monday_of(0)) // DAYS_A_WEEK
    return found


def counted_from(tariff: Tariff) -> int | None:
    """The first day the weeks of the ladder are counted from; None where nothing is counted."""
    versions = [one for book in tariff.books if COUNTS in book.norms for one in book.norms[COUNTS].norm.versions]
    starts = [version.span.first for version in versions if version.span.first is not None]
    return min(starts, default=None)


def certain(rows: PersonWeeks, tariff: Tariff, since: int | None) -> Array:
    """Whether the record tells enough for the number of each row; ``since`` is its first day, None: nobody knows."""
    if since is None or not len(rows.day):
        return np.zeros(len(rows.day), bool)
    begins = counted_from(tariff)
    if begins is not None and since <= begins:
        return np.ones(len(rows.day), bool)
    week = _week(rows.day.astype(np.int64))
    before = np.empty_like(week)
    before[1:] = week[:-1]
    starts = rows.offsets[:-1]
    before[starts] = week_of(since + DAYS_A_WEEK - 1) - 1  # the week before the first whole one of the record
    long = week - before - 1 >= int(tariff.restart_weeks.max())
    told = np.cumsum(long)
    base: Array = np.repeat(told[starts] - long[starts], np.diff(rows.offsets))
    return np.asarray(told > base)


def bands(rows: PersonWeeks, tariff: Tariff, sure: Array, first_day: int) -> list[Band]:
    """The rows from ``first_day`` on, by benefit and step; rows before it only count towards the number."""
    shares = share_columns(rows, tariff, numbers=True)
    assert shares.number is not None
    width = len(tariff.activities) + 1
    edges = _edges(tariff)
    shown = rows.day >= first_day
    period = np.searchsorted(tariff.starts, rows.day[shown], "right") - 1
    situation, state, number = rows.situation[shown], shares.state[shown], shares.number[shown]
    together = (tariff.flags[period, situation] & F_TOGETHER) > 0
    told = sure[shown] & (number > 0)
    # Code 0: no count matters; 1: the number is not known; from 2 on the steps.
    code = np.where(together, np.where(told, 2 + np.searchsorted(edges, number, "left"), 1), 0)
    code[situation // width == 0] = 1
    state = np.where((code == 1) & (state != OUTSIDE_ØRE), UNKNOWN_ØRE, state)
    known = state > OUTSIDE_ØRE
    key = (situation // width).astype(np.int64) * (len(edges) + 3) + code
    sums = [
        np.bincount(key, weights=one.astype(np.float64), minlength=1)
        for one in (known, np.where(known, state, 0), np.where(known, rows.amount[shown] - state, 0))
    ]
    count, outside = np.bincount(key, minlength=1), np.bincount(key, weights=state == OUTSIDE_ØRE, minlength=1)
    found = []
    for at in np.flatnonzero(count):
        benefit, step = divmod(int(at), len(edges) + 3)
        first, last = _span(step, edges)
        priced, borne, own = (int(one[at]) for one in sums)
        name = tariff.benefits[benefit - 1] if benefit else None
        found.append(Band(name, first, last, int(count[at]), priced, borne, own, int(outside[at]) < int(count[at])))
    return found


def _edges(tariff: Tariff) -> Array:
    """The last weeks of the steps: where the share of some benefit that follows the ladder changes."""
    here = (tariff.flags & F_TOGETHER) > 0
    tables = tariff.share[here][:, 1:]
    return np.flatnonzero((np.diff(tables, axis=1) != 0).any(axis=0)) + 1


def _span(step: int, edges: Array) -> tuple[int | None, int | None]:
    if step <= 1:
        return (0, None) if step == 0 else (None, None)
    at = step - 2
    first = 1 if at == 0 else int(edges[at - 1]) + 1
    return first, int(edges[at]) if at < len(edges) else None


__all__ = ["Band", "Spells", "bands", "certain", "counted_from", "weeks_of"]
