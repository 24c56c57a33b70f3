"""Whole days as integers, and the calendar arithmetic deadlines are made of.

A day is the number of days since 1 January 1970. Everything from ``civil`` to ``end_of_week`` uses integers
only and raises nothing, so that ``numba.njit`` compiles the very same source (see ``COMPILABLE``): one case
and a whole nation cannot disagree about a date.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

EPOCH: Final = 0
"""1 January 1970, the day all others are counted from."""

FAR: Final = 2_932_896
"""31 December 9999: "never", or "still open". Whatever is added to never is never."""

_ORDINAL_OF_EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def to_day(value: date) -> int:
    """The day number of a date. The time of a ``datetime`` is left out."""
    return value.toordinal() - _ORDINAL_OF_EPOCH


def from_day(day: int) -> date:
    """The date of a day number. ValueError outside the years 1 to 9999."""
    return date.fromordinal(day + _ORDINAL_OF_EPOCH)


def parse_day(text: str) -> int:
    """Read ``2024-01-31``. ValueError, one sentence, for anything else, also for other ISO spellings."""
    if _ISO.fullmatch(text):
        try:
            return to_day(date.fromisoformat(text))
        except ValueError:
            pass
    raise ValueError(f"{text!r} is not a date: write year-month-day, for example 2024-01-31")


# From here down: integers in, integers out; each function calls only those above it.
#
# Both conversions count from 1 March of year 0. With March first, the leap day is the last day of the year,
# and 400 years are always 146,097 days (after Howard Hinnant's chrono algorithms).


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of month (proleptic Gregorian; any integer)."""
    shifted = day + 719_468
    era = shifted // 146_097
    day_of_era = shifted - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march_month = (5 * day_of_year + 2) // 153
    day_of_month = day_of_year - (153 * march_month + 2) // 5 + 1
    month = march_month + 3 if march_month < 10 else march_month - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return year, month, day_of_month


def day_number(year: int, month: int, day_of_month: int) -> int:
    """The day number of an existing date; the inverse of ``civil``. The date is not checked."""
    march_year = year - (1 if month <= 2 else 0)
    march_month = month - 3 if month > 2 else month + 9
    era = march_year // 400
    year_of_era = march_year - era * 400
    day_of_year = (153 * march_month + 2) // 5 + day_of_month - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


def days_in_month(year: int, month: int) -> int:
    """28, 29, 30 or 31."""
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_days(day: int, n: int) -> int:
    """The day ``n`` days later (earlier when negative). Saturates at ``FAR``: never stays never."""
    if day >= FAR or day + n >= FAR:
        return FAR
    return day + n


def add_months(day: int, n: int, last_day: bool) -> int:
    """The same day of the month ``n`` months later (earlier when negative).

    Where that day does not exist, the rounding is stated: ``last_day`` True gives the last day of the month
    (31 January + 1 month = 28 or 29 February), False the first of the next (1 March). Saturates at ``FAR``.
    """
    if day >= FAR:
        return FAR
    year, month, day_of_month = civil(day)
    months = year * 12 + month - 1 + n
    year = months // 12
    month = months - year * 12 + 1
    length = days_in_month(year, month)
    if day_of_month > length:
        # The first of the next month is one day after the last of this one.
        moved = day_number(year, month, length) + (0 if last_day else 1)
    else:
        moved = day_number(year, month, day_of_month)
    return min(moved, FAR)


def months_between(a: int, b: int) -> int:
    """Whole months from ``a`` to ``b``. When ``b`` is earlier, minus the whole months from ``b`` to ``a``.

    It is the largest n with ``add_months(a, n, last_day=False) <= b``: a month that began on the 31st is not
    whole until the month it would have ended in is over.
    """
    if b < a:
        later, earlier, sign = a, b, -1
    else:
        later, earlier, sign = b, a, 1
    year_a, month_a, day_a = civil(earlier)
    year_b, month_b, day_b = civil(later)
    whole = (year_b - year_a) * 12 + month_b - month_a
    if day_b < day_a:
        whole -= 1
    return sign * whole


def age(born: int, at: int) -> int:
    """Whole years on the day ``at``; negative before birth.

    Who is born on 29 February grows older on 1 March in a common year: the year that began on the 29th is not
    complete while the 28th still runs. Danish statute does not settle it, so this is a choice.
    """
    year_born, month_born, day_born = civil(born)
    year, month, day_of_month = civil(at)
    years = year - year_born
    if month < month_born or (month == month_born and day_of_month < day_born):
        years -= 1
    return years


def weekday(day: int) -> int:
    """0 for Monday to 6 for Sunday."""
    return (day + 3) % 7


def start_of_month(day: int) -> int:
    """The first day of the month; never stays never."""
    if day >= FAR:
        return FAR
    return day - civil(day)[2] + 1


def end_of_month(day: int) -> int:
    """The last day of the month; never stays never."""
    if day >= FAR:
        return FAR
    year, month, _ = civil(day)
    return day_number(year, month, days_in_month(year, month))


def end_of_week(day: int) -> int:
    """The Sunday of the week, which begins on Monday; never stays never."""
    return add_days(day, 6 - weekday(day))


COMPILABLE: Final[tuple[Callable[..., Any], ...]] = (
    civil,
    day_number,
    days_in_month,
    add_days,
    add_months,
    months_between,
    age,
    weekday,
    start_of_month,
    end_of_month,
    end_of_week,
)
"""The functions a compiler may take as they are, each after those it calls."""
