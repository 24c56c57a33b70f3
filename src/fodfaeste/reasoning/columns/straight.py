"""The date functions of expressions without a branch, so that they are reckoned for many rows at a time.

They say what foundation.calendar and foundation.workdays say (a test compares them day by day); only the form
is another: one value after the other, choices as ``a if test else b``, and a single ``return``. Whole numbers
of 32 bits: what is reckoned from the mark of the unknown may wrap around, and is never used.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from fodfaeste.foundation.calendar import FAR, weekday
from fodfaeste.foundation.workdays import WORKDAY_FIRST, WORKDAY_LAST, weekday_of_rank, weekday_rank

Seq = Any

ORIGIN = 719_468 + 10 * 146_097
"""Days from 1 March of the year -4000 to 1 January 1970."""

MONTHS_A_DAY = 4_800 / 146_097
"""Months in a day of the mean calendar: 4,800 months are 146,097 days."""

LAST_MONTH = 190_000
"""A month after "never", as ``start_of`` counts."""


def start_of(months: int) -> int:
    """First day of a month counted from March of the year -4000 (a month of up to the year 12000).

    Divisions are multiplications that come out the same in this range: by 12, 100, 400 and 5.
    """
    year = (months >> 2) * 43_691 >> 17
    century = year * 5_243 >> 19
    days = 365 * year + (year >> 2) - century + (century >> 2)
    return days + (979 * (months - 12 * year) + 18 >> 5) - ORIGIN


def _months() -> Seq:
    """For each month its first day times four, plus how many days over 28 the month before it has."""
    every: Any = np.arange(LAST_MONTH + 2)
    first: Any = start_of(every)
    before = np.diff(first, prepend=first[0] - 28)
    return (first * 4 + before - 28).astype(np.int32)


MONTHS = _months()
"""Compiled loops look a month up, too: what people live in is a few kilobytes, and reckoning takes twice as long."""


MONTHLY = re.compile(r"\b(add_months|months_between|age|start_of_month|end_of_month)\(")
"""What asks for a month: a loop that names one of these reads MONTHS."""


def first_of(packed: int) -> int:
    """First day of the month of an entry."""
    return packed >> 2


def length_before(packed: int) -> int:
    """Days in the month before that of an entry."""
    return (packed & 3) + 28


def month_at(day: int) -> tuple[int, int]:
    """(month of a day, first day of the month): a guess by the mean length, which is right or one late."""
    guess = max(min(int((day + (ORIGIN + 3)) * MONTHS_A_DAY), LAST_MONTH + 1), 0)
    packed = MONTHS[guess]
    late = first_of(packed) > day
    return guess - (1 if late else 0), first_of(packed) - (length_before(packed) if late else 0)


def add_months(day: int, n: int, last_day: bool) -> int:
    """As calendar.add_months."""
    month, first = month_at(day)
    after = MONTHS[max(min(month + n, LAST_MONTH), 0) + 1]
    length = length_before(after)
    moved = first_of(after) - length + min(day - first, length - 1 if last_day else length)
    return FAR if day >= FAR else min(moved, FAR)


def whole_months(earlier: int, later: int) -> int:
    """Whole months between two days in order."""
    a, first_a = month_at(earlier)
    b, first_b = month_at(later)
    return b - a - (1 if later - first_b < earlier - first_a else 0)


def months_between(a: int, b: int) -> int:
    """As calendar.months_between."""
    whole = whole_months(min(a, b), max(a, b))
    return -whole if b < a else whole


def age(born: int, at: int) -> int:
    """As calendar.age."""
    return whole_months(born, at) // 12


def start_of_month(day: int) -> int:
    """As calendar.start_of_month."""
    _month, first = month_at(day)
    return FAR if day >= FAR else first


def end_of_month(day: int) -> int:
    """As calendar.end_of_month."""
    month, _first = month_at(day)
    return FAR if day >= FAR else first_of(MONTHS[month + 1]) - 1


def to_workday(day: int, offsets: Seq) -> int:
    """As workdays.to_workday."""
    inside = (day >= WORKDAY_FIRST) & (day <= WORKDAY_LAST)
    near = day + offsets[day - WORKDAY_FIRST if inside else 0]
    plain = weekday_of_rank(weekday_rank(day - 1) + 1)
    moved = plain + (offsets[0] if plain == WORKDAY_FIRST else 0)
    return near if inside else (FAR if day >= FAR else min(moved, FAR))


def rank_of(day: int, rank: Seq) -> int:
    """As workdays.rank_of."""
    before, after = day < WORKDAY_FIRST, day > WORKDAY_LAST
    plain = weekday_rank(day)
    early = plain - weekday_rank(WORKDAY_FIRST - 1) - 1
    late = rank[WORKDAY_LAST - WORKDAY_FIRST] + plain - weekday_rank(WORKDAY_LAST)
    inside = rank[0 if before | after else day - WORKDAY_FIRST]
    return early if before else (late if after else inside)


def day_of_rank(index: int, rank: Seq, days: Seq) -> int:
    """As workdays.day_of_rank."""
    size = rank[WORKDAY_LAST - WORKDAY_FIRST] + 1
    before, after = index < 0, index >= size
    inside = days[0 if before | after else index]
    shift = weekday_rank(WORKDAY_FIRST - 1) + 1 + index if before else weekday_rank(WORKDAY_LAST) + 1 + index - size
    return weekday_of_rank(shift) if before | after else inside


def shift_workdays(day: int, n: int, rank: Seq, days: Seq) -> int:
    """As workdays.shift_workdays."""
    here = rank_of(day, rank)
    closed = (n < 0) & (day_of_rank(here, rank, days) < day)
    moved = min(day_of_rank(here + n + (1 if closed else 0), rank, days), FAR)
    return FAR if day >= FAR else (day if n == 0 else moved)


NUMBERS: dict[str, int | float] = {
    "FAR": FAR, "WORKDAY_FIRST": WORKDAY_FIRST, "WORKDAY_LAST": WORKDAY_LAST, "ORIGIN": ORIGIN,
    "MONTHS_A_DAY": MONTHS_A_DAY, "LAST_MONTH": LAST_MONTH,
}  # fmt: skip
"""What the functions name besides one another."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        weekday, weekday_rank, weekday_of_rank, first_of, length_before, month_at, add_months, whole_months,
        months_between, age, start_of_month, end_of_month, to_workday, rank_of, day_of_rank, shift_workdays,
    )
}  # fmt: skip
"""The functions machine code is made of, by name."""


def sources() -> dict[str, str]:
    """Source text of each function."""
    return {name: inspect.getsource(function) for name, function in FUNCTIONS.items()}
