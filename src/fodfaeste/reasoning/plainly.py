"""Questions to events and spells, answered the slow and obvious way: the judge of the fast ones.

Rows are (day, attributes) for events and (first, last, attributes) for spells, as in a View.
Unknown is None. A row *fits* a filter for certain (2), perhaps (1: an attribute is unknown) or not (0).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from fodfaeste.foundation import FAR
from fodfaeste.foundation.calendar import add_months
from fodfaeste.rulebook.ir import Filter

EventRows = list[tuple[int, tuple[int | None, ...]]]
"""(day, attributes), sorted by day."""

SpellRows = list[tuple[int, int, tuple[int | None, ...]]]
"""(first day, last day, attributes), sorted by first day."""


def fit(attrs: tuple[int | None, ...], filters: tuple[Filter, ...]) -> int:
    """2 fits, 1 may fit, 0 does not."""
    answer = 2
    for one in filters:
        value = attrs[one.slot]
        if value is None:
            answer = min(answer, 1)
        elif (value in one.values) != one.keep:
            return 0
    return answer


def between(rows: EventRows, filters: tuple[Filter, ...], a: int, b: int) -> tuple[EventRows, EventRows]:
    """Events from a to b that fit for certain, and those that only may."""
    sure = [row for row in rows if a <= row[0] <= b and fit(row[1], filters) == 2]
    maybe = [row for row in rows if a <= row[0] <= b and fit(row[1], filters) == 1]
    return sure, maybe


def as_events(rows: SpellRows) -> EventRows:
    """Spells seen as events on their first day."""
    return sorted(((start, attrs) for start, _, attrs in rows), key=lambda row: row[0])


def first_day(sure: EventRows, maybe: EventRows) -> tuple[bool, int | None]:
    """(whether there is or may be one, its day if certain)."""
    if not sure and not maybe:
        return False, None
    if not sure or (maybe and maybe[0][0] < sure[0][0]):
        return True, None
    return True, sure[0][0]


def last_day(sure: EventRows, maybe: EventRows) -> tuple[bool, int | None]:
    """(whether there is or may be one, its day if certain)."""
    if not sure and not maybe:
        return False, None
    if not sure or (maybe and maybe[-1][0] > sure[-1][0]):
        return True, None
    return True, sure[-1][0]


def merged(rows: SpellRows, filters: tuple[Filter, ...]) -> list[tuple[int, int]]:
    """Days covered by spells that fit for certain, as separate stretches."""
    stretches: list[tuple[int, int]] = []
    for start, end, attrs in sorted(rows, key=lambda row: row[:2]):
        if end < start or fit(attrs, filters) != 2:
            continue
        if stretches and start <= stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], end))
        else:
            stretches.append((start, end))
    return stretches


def uncertain(rows: SpellRows, filters: tuple[Filter, ...], a: int, b: int) -> bool:
    """Whether a spell that only may fit touches the days from a to b."""
    return any(s <= b and e >= a and e >= s and fit(t, filters) == 1 for s, e, t in rows)


def covered_days(rows: SpellRows, filters: tuple[Filter, ...], a: int, b: int) -> list[int]:
    """Every covered day from a to b."""
    return [day for s, e in merged(rows, filters) for day in range(max(s, a), min(e, b) + 1)]


def reached(days: list[int], amount: int, after: int, window: int, months: bool, rounding: bool) -> int:
    """First covered day on which the window ending there holds ``amount`` covered days; FAR when none."""
    for day in days:
        begin = add_months(day, -window, rounding) + 1 if months else day - window + 1
        inside = bisect_right(days, day) - bisect_left(days, max(begin, after))
        if inside >= amount:
            return day
    return FAR


def run_start(rows: SpellRows, filters: tuple[Filter, ...], at: int, gap: int) -> int | None:
    """First day of the run of spells, at most ``gap`` days apart, that covers the day."""
    begun: int | None = None
    until = 0
    for start, end in merged([row for row in rows if row[0] <= at], filters):
        if begun is None or start > until + gap + 1:
            begun = start
        until = end
    return begun if begun is not None and until >= at else None


def shifted(pauses: list[tuple[int, int]], begin: int, last: int) -> int:
    """The last day moved by pauses, stretch by stretch."""
    need = last - begin
    if need <= 0 or last >= FAR:
        return last
    at = begin
    for opens, closes in pauses:
        if closes <= at:
            continue
        free = max(opens, at + 1) - 1 - at
        if free >= need:
            break
        need, at = need - free, closes
        if closes >= FAR:
            return FAR
    return at + need
