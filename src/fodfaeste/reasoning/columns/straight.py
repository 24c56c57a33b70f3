"""The date functions of expressions without a branch, so that they are reckoned for many rows at a time.

They say what foundation.calendar and foundation.workdays say (a test compares them day by day); only the form
is another: one value after the other, choices as ``a if test else b``, and a single ``return``. Whole numbers
of 32 bits: what is reckoned from the mark of the unknown may wrap around, and is never used.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from fodfaeste.foundation.calendar import FAR, civil, day_number, weekday
from fodfaeste.foundation.workdays import WORKDAY_FIRST, WORKDAY_LAST, weekday_of_rank, weekday_rank

Seq = Any


def add_months(day: int, n: int, last_day: bool) -> int:
    """As calendar.add_months."""
    year, month, day_of_month = civil(day)
    months = year * 12 + month - 1 + n
    first = start_of(months)
    length = start_of(months + 1) - first
    moved = first + min(day_of_month, length if last_day else length + 1) - 1
    return FAR if day >= FAR else min(moved, FAR)


def start_of(months: int) -> int:
    """First day of a month counted from January of year 0."""
    year = months // 12
    return day_number(year, months - year * 12 + 1, 1)


def months_between(a: int, b: int) -> int:
    """As calendar.months_between."""
    year_a, month_a, day_a = civil(min(a, b))
    year_b, month_b, day_b = civil(max(a, b))
    whole = (year_b - year_a) * 12 + month_b - month_a - (1 if day_b < day_a else 0)
    return -whole if b < a else whole


def age(born: int, at: int) -> int:
    """As calendar.age."""
    year_born, month_born, day_born = civil(born)
    year, month, day_of_month = civil(at)
    return year - year_born - (1 if month * 32 + day_of_month < month_born * 32 + day_born else 0)


def start_of_month(day: int) -> int:
    """As calendar.start_of_month."""
    year, month, day_of_month = civil(day)
    return FAR if day >= FAR else day - day_of_month + 1


def end_of_month(day: int) -> int:
    """As calendar.end_of_month."""
    year, month, day_of_month = civil(day)
    return FAR if day >= FAR else start_of(year * 12 + month) - 1


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


NUMBERS: dict[str, int] = {"FAR": FAR, "WORKDAY_FIRST": WORKDAY_FIRST, "WORKDAY_LAST": WORKDAY_LAST}
"""What the functions name besides one another."""

FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        civil, day_number, weekday, weekday_rank, weekday_of_rank, start_of, add_months, months_between, age, start_of_month,
        end_of_month, to_workday, rank_of, day_of_rank, shift_workdays,
    )
}  # fmt: skip
"""The functions machine code is made of, by name."""


def sources() -> dict[str, str]:
    """Source text of each function."""
    return {name: inspect.getsource(function) for name, function in FUNCTIONS.items()}
