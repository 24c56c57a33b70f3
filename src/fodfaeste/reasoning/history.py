"""Questions to a person's events and spells, on sorted columns of whole numbers.

Every function here is plain arithmetic on sequences: the generated one-case code calls them on lists, and
Numba compiles the same source for columns. ``lo``/``hi`` bound one person's rows. ``match`` is 2 where a row
fits the filter, 1 where it may (an attribute is unknown), 0 where it does not. NONE stands for unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fodfaeste.foundation import FAR
from fodfaeste.foundation.calendar import add_months

NONE = -(2**31)
"""Unknown, in a column of days or whole numbers."""

NONE_WIDE = -(2**63)
"""Unknown, in a column of money, hours or per cent."""

MANY = 10**9
"""How many events there may have been, where more may have happened than is written."""

Seq = Any
"""A list, or an array: whatever compiled code and plain code alike can index."""


def count_sure(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int) -> int:
    """Events from a to b that fit for certain."""
    n = 0
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] == 2:
            n += 1
    return n


def count_possible(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int) -> int:
    """Events from a to b that fit or may fit."""
    n = 0
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] >= 1:
            n += 1
    return n


def count(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int) -> int:
    """Number of events from a to b; NONE when an event that may fit makes it uncertain."""
    n = 0
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a:
            if match[j] == 1:
                return NONE
            if match[j] == 2:
                n += 1
    return n


def nth(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int, n: int) -> int:
    """Day of the n-th event from a to b that fits for certain; NONE when there are fewer."""
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] == 2:
            n -= 1
            if n == 0:
                return int(day[j])
    return NONE


def first(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int, default: int) -> int:
    """Day of the first event from a to b; ``default`` when there is none, NONE when uncertain."""
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] >= 1:
            d = int(day[j])
            return d if _sure_that_day(day, match, lo, hi, d) else NONE
    return default


def _sure_that_day(day: Seq, match: Seq, lo: int, hi: int, d: int) -> bool:
    for j in range(lo, hi):
        if day[j] == d and match[j] == 2:
            return True
    return False


def last(day: Seq, match: Seq, lo: int, hi: int, a: int, b: int, default: int) -> int:
    """Day of the last event from a to b; ``default`` when there is none, NONE when uncertain."""
    for j in range(hi - 1, lo - 1, -1):
        if day[j] < a:
            break
        if day[j] <= b and match[j] >= 1:
            d = int(day[j])
            return d if _sure_that_day(day, match, lo, hi, d) else NONE
    return default


def total(day: Seq, match: Seq, amount: Seq, unknown: int, lo: int, hi: int, a: int, b: int) -> int:
    """Sum of an attribute from a to b; NONE_WIDE when an event or its amount is uncertain."""
    n = 0
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] >= 1:
            if match[j] == 1 or amount[j] == unknown:
                return NONE_WIDE
            n += amount[j]
    return n


def reached_total(
    day: Seq, match: Seq, amount: Seq, unknown: int, lo: int, hi: int, target: int, a: int, b: int
) -> int:
    """Day on which the sum since a reaches ``target``; FAR while it has not, NONE when uncertain.

    A day counts as a whole: an uncertain event of the day itself leaves the answer open.
    """
    n = 0
    at = a
    if target <= 0:
        return a
    for j in range(lo, hi):
        if day[j] > b:
            break
        if day[j] >= a and match[j] >= 1:
            if day[j] > at and n >= target:
                return at
            if match[j] == 1 or amount[j] == unknown:
                return NONE
            n += amount[j]
            at = int(day[j])
    return at if n >= target else FAR


def active(start: Seq, end: Seq, match: Seq, lo: int, hi: int, at: int) -> int:
    """2 when a spell covers the day, 1 when one may, else 0."""
    found = 0
    for j in range(lo, hi):
        if start[j] > at:
            break
        if end[j] >= at and match[j] > found:
            found = match[j]
    return int(found)


def covering(start: Seq, end: Seq, match: Seq, lo: int, hi: int, at: int) -> int:
    """Index of the latest begun spell that covers the day; -1 when none, -2 when uncertain."""
    found = -1
    for j in range(lo, hi):
        if start[j] > at:
            break
        if end[j] >= at:
            if match[j] == 1:
                return -2
            if match[j] == 2:
                found = j
    return found


def spell_start(start: Seq, end: Seq, match: Seq, lo: int, hi: int, at: int) -> int:
    """First day of the latest begun spell covering the day, or NONE."""
    j = covering(start, end, match, lo, hi, at)
    return int(start[j]) if j >= 0 else NONE


def spell_end(start: Seq, end: Seq, match: Seq, lo: int, hi: int, at: int) -> int:
    """Last day (FAR while open) of the latest begun spell covering the day, or NONE."""
    j = covering(start, end, match, lo, hi, at)
    return int(end[j]) if j >= 0 else NONE


def run_start(start: Seq, end: Seq, match: Seq, lo: int, hi: int, at: int, gap: int) -> int:
    """First day of the unbroken run (at most ``gap`` days between spells) that covers the day, or NONE."""
    begun = NONE
    until = NONE
    for j in range(lo, hi):
        if start[j] > at:
            break
        if end[j] < start[j]:
            continue
        if match[j] == 1:
            return NONE
        if match[j] == 2:
            if begun == NONE or start[j] > until + gap + 1:
                begun = int(start[j])
                until = int(end[j])
            elif end[j] > until:
                until = int(end[j])
    if begun == NONE or until < at:
        return NONE
    return begun


def days_in(start: Seq, end: Seq, match: Seq, lo: int, hi: int, a: int, b: int) -> int:
    """Days from a to b covered by at least one spell; NONE when uncertain."""
    n = 0
    done = a - 1
    for j in range(lo, hi):
        if start[j] > b:
            break
        if end[j] >= a and end[j] >= start[j]:
            if match[j] == 1:
                return NONE
            if match[j] == 2:
                begin = max(int(start[j]), done + 1)
                stop = min(int(end[j]), b)
                if stop >= begin:
                    n += stop - begin + 1
                    done = stop
    return n


def window_start(day: int, window: int, months: bool, last_day: bool) -> int:
    """First day of the window that ends on ``day``."""
    if months:
        return add_months(day, -window, last_day) + 1
    return day - window + 1


def reached(
    start: Seq, end: Seq, match: Seq, lo: int, hi: int,
    amount: int, window: int, months: bool, last_day: bool, after: int, on: int,
) -> int:  # fmt: skip
    """First day from ``after`` on which the covered days of the window ending there reach ``amount``.

    FAR when that is not so by ``on``, NONE when a spell that may fit makes it uncertain.
    """
    if amount <= 0:
        return after
    if days_in(start, end, match, lo, hi, after, on) == NONE:
        return NONE
    begun = first(start, match, lo, hi, NONE, on, FAR)
    day = max(after, begun) + amount - 1  # the amount needs that many days from the first covered one
    while day <= on:
        a = max(after, window_start(day, window, months, last_day))
        covered = days_in(start, end, match, lo, hi, a, day)
        if covered >= amount:
            return day
        # the count grows by at most one a day: nothing can happen sooner
        day += amount - covered
    return FAR


def shifted(start: Seq, end: Seq, lo: int, hi: int, begin: int, last_day: int) -> int:
    """The last day moved by pauses: as many days outside pauses after ``begin`` as without them.

    FAR while a pause is open.
    """
    need = last_day - begin
    if need <= 0 or last_day >= FAR:
        return last_day
    at = begin
    for j in range(lo, hi):
        if end[j] <= at or end[j] < start[j]:
            continue
        opens = max(int(start[j]), at + 1)
        free = opens - 1 - at
        if free >= need:
            break
        need -= free
        at = int(end[j])
        if at >= FAR:
            return FAR
    return at + need


def duty_status(
    applies: int, waived: int, start: int, unpaused: int, due: int, needed: int, sure: int, possible: int, timely: int,
    met_on: int, lapses: int, paused: int, on: int,
) -> int:  # fmt: skip
    """Status of a duty to do something ``needed`` times by ``due``. Unknown days are NONE; FAR is not in sight.

    Of the events, ``sure`` count for certain and ``possible`` may count; ``timely`` are those of them by ``due``.
    ``unpaused`` is the last day without pauses: a pause can only move it later.
    """
    if applies == 0:
        return 0
    if applies == 2 and waived == 2:
        return 9
    if applies == 1 or waived == 1 or start == NONE:
        return 1
    if start > on:
        return 2
    if sure >= needed:
        if due == NONE:
            return 4 if unpaused != NONE and met_on <= unpaused else 1
        if met_on <= due:
            return 4
        return 1 if timely >= needed else 5
    if possible >= needed:
        return 1
    return _unmet(due, lapses, paused, on)


def _unmet(due: int, lapses: int, paused: int, on: int) -> int:
    if lapses == 2:
        return 8
    if lapses == 1:
        return 1
    if paused >= 1:
        return 7 if paused == 2 else 1
    if due == NONE:
        return 1
    return 6 if on > due else 3


def every_status(applies: int, waived: int, start: int, due: int, lapses: int, paused: int, on: int) -> int:
    """Status of a duty that returns: open until its next last day, then late."""
    if applies == 0:
        return 0
    if applies == 2 and waived == 2:
        return 9
    if applies == 1 or waived == 1 or start == NONE:
        return 1
    if start > on:
        return 2
    return _unmet(due, lapses, paused, on)


def not_before_status(applies: int, waived: int, start: int, earliest: int, sure: int, possible: int, on: int) -> int:
    """Status of a prohibition until ``earliest``: not yet, breached by an earlier event, or free."""
    if applies == 0:
        return 0
    if applies == 2 and waived == 2:
        return 9
    if applies == 1 or waived == 1 or start == NONE or earliest == NONE:
        return 1
    if sure >= 1:
        return 10
    if possible >= 1:
        return 1
    return 4 if on >= earliest else 2


def demand_status(applies: int, waived: int, requires: int) -> int:
    """Status of a demand: met, breached, unknown, waived or not applicable."""
    if applies == 0:
        return 0
    if applies == 2 and waived == 2:
        return 9
    if applies == 1 or waived == 1 or requires == 1:
        return 1
    return 4 if requires == 2 else 10


def standing_status(applies: int, waived: int) -> int:
    """Status of a duty of content that no event can show to be met."""
    if applies == 0:
        return 0
    if applies == 2 and waived == 2:
        return 9
    return 11 if applies == 2 and waived == 0 else 1


COMPILABLE: tuple[Callable[..., Any], ...] = (
    count_sure, count_possible, count, nth, _sure_that_day, first, last, total, reached_total, active, covering,
    spell_start, spell_end, run_start, days_in, window_start, reached, shifted, _unmet, duty_status, every_status,
    not_before_status, demand_status, standing_status,
)  # fmt: skip
"""The functions a compiler may take as they are, each after those it calls, and after ``add_months``."""
