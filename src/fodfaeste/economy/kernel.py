"""The counting machine of ladder.py for many persons, compiled. Rows of a person stand together, sorted by day.

Weeks of self-support are kept as stretches between supported weeks in a small ring, so that each row is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from fodfaeste.economy.terms import F_ALONE, F_COUNTS, F_MAY_COUNT, F_SUPPORTS, F_TOGETHER, NO_SHARE

UNKNOWN_ØRE = int(np.iinfo(np.int32).min)
"""An amount or a share that is not known."""

OUTSIDE_ØRE = UNKNOWN_ØRE + 1
"""The share of a benefit that is no matter between state and municipality."""

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, boundscheck=False, error_model="numpy")

_LONG_AGO = -(1 << 30)
_FAR_OFF = 1 << 30
_LADDER = F_COUNTS | F_TOGETHER
_UNUSUAL = F_COUNTS | F_TOGETHER | F_MAY_COUNT | F_ALONE


@_compiled
def share_rows(
    lo, hi, offsets, day, situation, amount, starts, flags, share, gap, terms, activities, ring, own, state, number,
):  # fmt: skip
    """Fill ``state`` (øre) and, where it is not empty, ``number`` for the persons from ``lo`` to ``hi``.

    ``terms[p]`` holds weeks needed, weeks of the window, whether a restart uses them up, whether it stands, whether
    rounding is running. Adding 0 to a number read from a column widens it.
    """
    periods, weeks = len(starts), share.shape[2] - 1
    wants_number = len(number) > 0
    for person in range(lo, hi):
        i, end = offsets[person] + 0, offsets[person + 1] + 0
        count, monday, first = 0, _LONG_AGO, False  # monday: of the last week that was no self-support
        head, tail, free, fresh, won, uncertain = 0, 0, 0, False, False, False
        total, given = 0, 0  # state share so far in ten-thousandths of an øre, and in whole øre
        p, until, steady = -1, _LONG_AGO, False  # steady: the commonest terms apply until that day
        while i < end:
            d, s, a = day[i] + 0, situation[i], amount[i] + 0
            late = d - monday - 7
            usual = steady and d < until and np.uint64(late) < 7 and a > 0 and not won and total >= 0
            if (
                usual and (flags[p, s] & _UNUSUAL) == _LADDER
                and (i + 1 == end or day[i + 1] >= monday + 14) and share[p, s, min(count + 1, weeks)] >= 0
            ):  # fmt: skip
                # Most weeks: the next of the ladder, with one payment.
                monday, count, first = monday + 7, count + 1, True
                total += a * share[p, s, min(count, weeks)]
                whole = np.int64(np.uint64(total + 5000) // np.uint64(10000))
                state[i] = whole - given
                given = whole
                if wants_number:
                    number[i] = count
                i += 1
                continue
            this = (d + 3) // 7 * 7 - 3
            p = _period(max(p, 0), starts, d)
            j, seen = _gather(i, end, this, p, person, day, situation, amount, starts, flags, gap, activities, own)
            uncertain = uncertain or (seen & F_MAY_COUNT) > 0
            if seen & (F_COUNTS | F_SUPPORTS):
                away = (this - monday) // 7 - 1  # weeks of self-support before this one
                if first:
                    head, tail, free, fresh, won = _looked_back(
                        this // 7, away, head, tail, free, fresh, won, terms[p, 0], terms[p, 1], terms[p, 3] > 0, ring
                    )
                if seen & F_COUNTS:
                    if won:
                        count, won, fresh = 0, False, False
                        if terms[p, 2]:
                            head, free = tail, 0
                    count += 1
                    first = True
                monday = this
            p, total, given = _shared(
                i, j, p, person, count, uncertain, total, given, day, situation, amount, starts, flags, share, terms,
                activities, own, state, number,
            )  # fmt: skip
            until = starts[p + 1] + 0 if p + 1 < periods else _FAR_OFF
            steady = terms[p, 3] > 0 and terms[p, 4] > 0 and not uncertain
            i = j


@_compiled
def _period(p, starts, day):
    while p + 1 < len(starts) and starts[p + 1] <= day:
        p += 1
    return p


@_compiled
def _gather(i, end, monday, p, person, day, situation, amount, starts, flags, gap, activities, own):
    """The row after the week, and all flags of what was paid in it; counts benefits that are counted by themselves.

    ``own`` by benefit: the person its count is of, the Monday it last counted, the number of that week.
    """
    seen = 0
    while i < end and day[i] < monday + 7:
        p = _period(p, starts, day[i])
        s = situation[i]
        flag = flags[p, s]
        if amount[i] > 0 or amount[i] == UNKNOWN_ØRE:
            seen |= flag
            if flag & F_ALONE:
                b = s // activities
                if own[0, b] != person:
                    own[0, b], own[1, b], own[2, b] = person, _LONG_AGO, 0
                if own[1, b] != monday:
                    if (monday - own[1, b]) // 7 - 1 >= gap[p, s]:
                        own[2, b] = 0
                    own[2, b] += 1
                    own[1, b] = monday
        i += 1
    return i, seen


@_compiled
def _looked_back(week, away, head, tail, free, fresh, won, needed, window, stands, ring):
    """Stretches of self-support after a break of ``away`` weeks, and whether a restart has been won.

    ``ring`` holds first week and week after of each stretch from ``head`` to ``tail``; ``free`` is their length.
    """
    size = ring.shape[1]
    if away > 0:
        if tail - head == size:
            free -= ring[1, head % size] - ring[0, head % size]
            head += 1
        ring[0, tail % size], ring[1, tail % size] = week - away, week
        free += away
        tail += 1
        fresh = True
    if not stands:
        won = False
    elif away <= 0:
        return head, tail, free, fresh, won
    begin = week - window
    while tail > head and ring[1, head % size] <= begin:
        free -= ring[1, head % size] - ring[0, head % size]
        head += 1
    held = free
    if tail > head and ring[0, head % size] < begin:
        held -= begin - ring[0, head % size]
    return head, tail, free, fresh, won or (fresh and needed > 0 and held >= needed)


@_compiled
def _shared(
    i, j, p, person, count, uncertain, total, given, day, situation, amount, starts, flags, share, terms, activities,
    own, state, number,
):  # fmt: skip
    """The shares of the rows of one week."""
    while i < j:
        p = _period(p, starts, day[i])
        s = situation[i]
        n = 0
        if flags[p, s] & F_TOGETHER:
            n = 0 if uncertain else max(count, 1)
        elif flags[p, s] & F_ALONE:
            b = s // activities
            n = max(own[2, b], 1) if own[0, b] == person else 1
        rate = share[p, s, min(n, share.shape[2] - 1)]
        if rate < 0 or amount[i] == UNKNOWN_ØRE:
            state[i] = OUTSIDE_ØRE if rate == NO_SHARE else UNKNOWN_ØRE
        else:
            total += (amount[i] + 0) * rate
            whole = (total + 5000) // 10000
            state[i] = whole - given
            given = whole
            if not terms[p, 4]:
                total, given = 0, 0
        if len(number) > 0:
            number[i] = n
        i += 1
    return p, total, given
