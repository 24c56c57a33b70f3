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


BY_TABLE = {"add_months": add_months}
"""What compiled functions use in place of the plain ones."""
