"""Danish working days, from the ``holidays`` package, as look-up tables.

Two calendars. ``strict`` closes Saturdays, Sundays and the public holidays (Store Bededag until 2023 only).
``extended`` closes 5 June, 24 and 31 December too: the Limitation Act counts so, and whether administrative
deadlines do is unconfirmed. The default is ``strict``; a rule that means the other says so.

The tables cover 1990 to 2100. Outside, only weekends are closed: nobody knows those years' holidays.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from fodfaeste.foundation.calendar import FAR, day_number, to_day, weekday

Closing = Literal["strict", "extended"]
"""Which days are closed."""

WORKDAY_FIRST: Final = 7_305
"""Day of index 0 in the tables: 1 January 1990."""

WORKDAY_LAST: Final = 47_846
"""The tables' last day: 31 December 2100."""

_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2100
_ALSO_CLOSED: Final = ((6, 5), (12, 24), (12, 31))


class WorkdayTable(NamedTuple):
    """Working days as integers only; index 0 of ``offsets`` and ``rank`` is ``WORKDAY_FIRST``."""

    offsets: list[int]
    """Days to the next working day; 0 on a working day."""
    rank: list[int]
    """Index in ``days`` of the latest working day on or before the day; -1 before the first."""
    days: list[int]
    """All working days in order."""


def weekday_rank(day: int) -> int:
    """Number of the latest day from Monday to Friday on or before ``day``, counted without holidays."""
    return (day + 3) // 7 * 5 + min(weekday(day), 4)


def weekday_of_rank(index: int) -> int:
    """The day from Monday to Friday with that number; the inverse of ``weekday_rank``."""
    return index // 5 * 7 + index % 5 - 3


def rank_of(day: int, rank: Sequence[int]) -> int:
    """Number of the latest working day on or before ``day``: by table, and outside it by weekdays."""
    if day < WORKDAY_FIRST:
        return weekday_rank(day) - weekday_rank(WORKDAY_FIRST - 1) - 1
    if day > WORKDAY_LAST:
        return rank[WORKDAY_LAST - WORKDAY_FIRST] + weekday_rank(day) - weekday_rank(WORKDAY_LAST)
    return rank[day - WORKDAY_FIRST]


def day_of_rank(index: int, days: Sequence[int]) -> int:
    """The working day with that number; the inverse of ``rank_of``."""
    if index < 0:
        return weekday_of_rank(weekday_rank(WORKDAY_FIRST - 1) + 1 + index)
    if index >= len(days):
        return weekday_of_rank(weekday_rank(WORKDAY_LAST) + 1 + index - len(days))
    return days[index]


def shift_workdays(day: int, n: int, rank: Sequence[int], days: Sequence[int]) -> int:
    """The ``n``-th working day after ``day`` (before, when negative) by tables; 0 gives ``day`` itself.

    Never stays never, and nothing is later than never.
    """
    if day >= FAR:
        return FAR
    if n == 0:
        return day
    here = rank_of(day, rank)
    if n < 0 and day_of_rank(here, days) < day:
        here += 1  # a closed day counts as the working day after it when we go back
    return min(day_of_rank(here + n, days), FAR)


def to_workday(day: int, offsets: Sequence[int]) -> int:
    """``day`` itself, or the first working day after it, by table; never stays never."""
    if WORKDAY_FIRST <= day <= WORKDAY_LAST:
        return day + offsets[day - WORKDAY_FIRST]
    moved = weekday_of_rank(weekday_rank(day - 1) + 1)
    if moved == WORKDAY_FIRST:
        moved += offsets[0]
    return FAR if day >= FAR else min(moved, FAR)


COMPILABLE: Final[tuple[Callable[..., Any], ...]] = (
    weekday_rank,
    weekday_of_rank,
    rank_of,
    day_of_rank,
    shift_workdays,
    to_workday,
)
"""The functions a compiler may take as they are (the tables as lists or arrays), after ``weekday``."""


def _closed_days(closing: Closing) -> set[int]:
    # Imported late: the package takes a tenth of a second, and most programs never ask.
    from holidays import country_holidays

    years = range(_FIRST_YEAR, _LAST_YEAR + 1)
    closed = {to_day(day) for day in country_holidays("DK", years=years)}
    if closing == "extended":
        closed.update(day_number(year, month, day) for year in years for month, day in _ALSO_CLOSED)
    return closed


@lru_cache(maxsize=2)
def workday_table(closing: Closing = "strict") -> WorkdayTable:
    """The tables for 1990 to 2100, made once a process. Callers must not change them."""
    closed = _closed_days(closing)
    span = range(WORKDAY_FIRST, WORKDAY_LAST + 1)
    rank: list[int] = []
    days: list[int] = []
    for day in span:
        if weekday(day) < 5 and day not in closed:
            days.append(day)
        rank.append(len(days) - 1)
    # Before the first working day and after the last one, rank + 1 counts on.
    offsets = [day_of_rank(rank_of(day - 1, rank) + 1, days) - day for day in span]
    return WorkdayTable(offsets, rank, days)


def is_workday(day: int, closing: Closing = "strict") -> bool:
    """Whether the day is a working day."""
    return next_workday(day, closing) == day


def next_workday(day: int, closing: Closing = "strict") -> int:
    """``day`` itself, or the first working day after it; never stays never.

    A deadline that ends on a weekend or a holiday ends on the next weekday (guidance 9533 of 26 June 2018).
    """
    return to_workday(day, workday_table(closing).offsets)


def add_workdays(day: int, n: int, closing: Closing = "strict") -> int:
    """The ``n``-th working day after ``day`` (before, when negative); 0 gives ``day`` itself."""
    table = workday_table(closing)
    return shift_workdays(day, n, table.rank, table.days)


def next_workday_offsets(closing: Closing = "strict") -> list[int]:
    """Days to the next working day, for each day from ``WORKDAY_FIRST``."""
    return list(workday_table(closing).offsets)


def workday_rank(closing: Closing = "strict") -> list[int]:
    """For each day from ``WORKDAY_FIRST``, the index in ``workday_days()`` of the last working day so far."""
    return list(workday_table(closing).rank)


def workday_days(closing: Closing = "strict") -> list[int]:
    """All working days of the tables, in order: the inverse of ``workday_rank()``."""
    return list(workday_table(closing).days)
