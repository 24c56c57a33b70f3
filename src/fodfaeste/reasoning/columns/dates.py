"""Month arithmetic by table for the days people live in; the plain functions answer outside it.

Compiled code asks for months millions of times, and the divisions of the plain functions keep it from
being fast. The answers are the same (tests/reasoning compares them over the whole table).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from fodfaeste.foundation.calendar import FAR, day_number
from fodfaeste.reasoning.columns.jitted import CALENDAR, kernel

_FIRST_YEAR, _LAST_YEAR = 1890, 2150
FIRST = day_number(_FIRST_YEAR, 1, 1)
"""Day of index 0 of the table."""


def _tables() -> tuple[np.ndarray, np.ndarray]:
    starts = [day_number(y, m, 1) for y in range(_FIRST_YEAR, _LAST_YEAR + 1) for m in range(1, 13)]
    starts.append(day_number(_LAST_YEAR + 1, 1, 1))
    packed = []
    for number, (start, end) in enumerate(pairwise(starts)):
        packed += [number * 32 + dom for dom in range(1, end - start + 1)]
    return np.array(starts, np.int32), np.array(packed, np.int32)


STARTS, PACKED = _tables()
"""First day of each month of the table; for each day, number of its month times 32 plus day of the month."""

DAYS, MONTHS = len(PACKED), len(STARTS) - 1
"""Size of the table."""

NOWHERE = -10_000_000
"""Before this lies no day, only the mark of the unknown: what is reckoned from it is flagged and never used."""

slow_add_months = CALENDAR["add_months"]
slow_months_between = CALENDAR["months_between"]
slow_age = CALENDAR["age"]
slow_start = CALENDAR["start_of_month"]
slow_end = CALENDAR["end_of_month"]


@kernel
def add_months(day, n, last_day):
    """As calendar.add_months."""
    at = np.int64(day) - FIRST
    if at >= 0 and at < DAYS:
        packed = PACKED[at]
        month = (packed >> 5) + n
        if month >= 0 and month < MONTHS:
            start = STARTS[month]
            length = STARTS[month + 1] - start
            dom = packed & 31
            if dom <= length:
                return np.int64(start + dom - 1)
            return np.int64(start + length - 1) if last_day else np.int64(start + length)
    if at < NOWHERE:
        return np.int64(0)
    if day >= FAR:
        return np.int64(FAR)
    return slow_add_months(day, n, last_day)


@kernel
def months_between(a, b):
    """As calendar.months_between."""
    i, j = np.int64(a) - FIRST, np.int64(b) - FIRST
    if i >= 0 and j >= i and j < DAYS:
        p, q = PACKED[i], PACKED[j]
        return np.int64((q >> 5) - (p >> 5) - (1 if (q & 31) < (p & 31) else 0))
    if i < NOWHERE or j < NOWHERE:
        return np.int64(0)
    return slow_months_between(a, b)


@kernel
def age(born, at):
    """As calendar.age."""
    i, j = np.int64(born) - FIRST, np.int64(at) - FIRST
    if i >= 0 and j >= i and j < DAYS:
        p, q = PACKED[i], PACKED[j]
        return np.int64(((q >> 5) - (p >> 5) - (1 if (q & 31) < (p & 31) else 0)) // 12)
    if i < NOWHERE or j < NOWHERE:
        return np.int64(0)
    return slow_age(born, at)


@kernel
def start_of_month(day):
    """As calendar.start_of_month."""
    at = np.int64(day) - FIRST
    if at >= 0 and at < DAYS:
        return np.int64(STARTS[PACKED[at] >> 5])
    return np.int64(0) if at < NOWHERE else slow_start(day)


@kernel
def end_of_month(day):
    """As calendar.end_of_month."""
    at = np.int64(day) - FIRST
    if at >= 0 and at < DAYS:
        return np.int64(STARTS[(PACKED[at] >> 5) + 1] - 1)
    return np.int64(0) if at < NOWHERE else slow_end(day)


BY_TABLE = {
    "add_months": add_months, "months_between": months_between, "age": age, "start_of_month": start_of_month,
    "end_of_month": end_of_month,
}  # fmt: skip
"""What generated kernels use in place of the plain functions."""
