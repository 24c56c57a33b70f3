"""The counting machine of ladder.py for many persons, compiled. Rows of a person stand together, sorted by day.

Weeks of self-support are kept as stretches between supported weeks in a small ring, so that each row is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from fodfaeste.economy.grid import F_ALONE, F_COUNTS, F_MAY_COUNT, F_SUPPORTS, F_TOGETHER, NO_SHARE

UNKNOWN_ØRE = int(np.iinfo(np.int32).min)
"""An amount or a share that is not known."""

OUTSIDE_ØRE = UNKNOWN_ØRE + 1
"""The share of a benefit that is no matter between state and municipality."""

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, boundscheck=False, error_model="numpy")

_LONG_AGO = -(1 << 30)
_LADDER = F_COUNTS | F_TOGETHER
_UNUSUAL = F_COUNTS | F_TOGETHER | F_MAY_COUNT | F_ALONE


@_compiled
def share_rows(
    lo, hi, offsets, day, situation, amount, starts, flags, share, gap, needed, window, uses_up, stands, running,
    activities, ring, own_week, own_number, own_person, state, number,
):  # fmt: skip
    """Fill ``state`` (øre) and, where it is not empty, ``number`` for the persons from ``lo`` to ``hi``."""
    periods, weeks, size = len(starts), share.shape[2] - 1, ring.shape[1]
    wants_number = len(number) > 0
    for person in range(lo, hi):
        i, end = offsets[person], offsets[person + 1]
        count, monday, first = 0, _LONG_AGO, False  # monday: of the last week that was no self-support
        head, tail, free, fresh, won, uncertain = 0, 0, 0, False, False, False
        total, given = 0, 0  # state share so far in ten-thousandths of an øre, and in whole øre
        p = 0
        until = starts[1] if periods > 1 else 1 << 30
        while i < end:
            d = np.int64(day[i])
            s = situation[i]
            a = np.int64(amount[i])
            usual = d < until and np.uint64(d - monday - 7) < 7 and a > 0 and not won and not uncertain
            if usual and (flags[p, s] & _UNUSUAL) == _LADDER and running[p] and stands[p]:
                if i + 1 == end or day[i + 1] >= monday + 14:
                    # Most weeks: the next of the ladder, with one payment.
                    monday += 7
                    count += 1
                    first = True
                    n = min(count, weeks)
                    rate = np.int64(share[p, s, n])
                    if rate >= 0:
                        total += a * rate
                        whole = np.int64(np.uint64(total + 5000) // np.uint64(10000)) if total >= 0 else (total + 5000) // 10000
                        state[i] = whole - given
                        given = whole
                    else:
                        state[i] = OUTSIDE_ØRE if rate == NO_SHARE else UNKNOWN_ØRE
                    if wants_number:
                        number[i] = count
                    i += 1
                    continue
            this = (d + 3) // 7 * 7 - 3
            while p + 1 < periods and starts[p + 1] <= d:
                p += 1
            until = starts[p + 1] if p + 1 < periods else 1 << 30
            terms = p
            j, seen, q = i, 0, p
            while j < end and day[j] < this + 7:
                while q + 1 < periods and starts[q + 1] <= day[j]:
                    q += 1
                s = situation[j]
                flag = flags[q, s]
                if amount[j] > 0 or amount[j] == UNKNOWN_ØRE:
                    seen |= flag
                    if flag & F_ALONE:
                        b = s // activities
                        if own_person[b] != person:
                            own_person[b], own_week[b], own_number[b] = person, _LONG_AGO, 0
                        if own_week[b] != this:
                            if (this - own_week[b]) // 7 - 1 >= gap[q, s]:
                                own_number[b] = 0
                            own_number[b] += 1
                            own_week[b] = this
                j += 1
            if seen & F_MAY_COUNT:
                uncertain = True
            if seen & (F_COUNTS | F_SUPPORTS):
                away = (this - monday) // 7 - 1  # weeks of self-support before this one
                if first:
                    if away > 0:
                        if tail - head == size:
                            free -= ring[1, head % size] - ring[0, head % size]
                            head += 1
                        ring[0, tail % size], ring[1, tail % size] = this // 7 - away, this // 7
                        free += away
                        tail += 1
                        fresh = True
                    if tail > head and (away > 0 or not stands[terms]):
                        begin = this // 7 - window[terms]
                        while tail > head and ring[1, head % size] <= begin:
                            free -= ring[1, head % size] - ring[0, head % size]
                            head += 1
                        held = free
                        if tail > head and ring[0, head % size] < begin:
                            held -= begin - ring[0, head % size]
                        earned = fresh and needed[terms] > 0 and held >= needed[terms]
                        won = earned or (won and stands[terms])
                    elif not stands[terms]:
                        won = False
                if seen & F_COUNTS:
                    if won:
                        count, won, fresh = 0, False, False
                        if uses_up[terms]:
                            head, free = tail, 0
                    count += 1
                    first = True
                monday = this
            while i < j:
                while p + 1 < periods and starts[p + 1] <= day[i]:
                    p += 1
                s = situation[i]
                flag = flags[p, s]
                n = 0
                if flag & F_TOGETHER:
                    n = 0 if uncertain else max(count, 1)
                elif flag & F_ALONE:
                    b = s // activities
                    n = max(own_number[b], 1) if own_person[b] == person else 1
                rate = np.int64(share[p, s, min(n, weeks)])
                if rate < 0 or amount[i] == UNKNOWN_ØRE:
                    state[i] = OUTSIDE_ØRE if rate == NO_SHARE else UNKNOWN_ØRE
                else:
                    total += np.int64(amount[i]) * rate
                    whole = (total + 5000) // 10000
                    state[i] = whole - given
                    given = whole
                    if not running[p]:
                        total, given = 0, 0
                if wants_number:
                    number[i] = n
                i += 1
            until = starts[p + 1] if p + 1 < periods else 1 << 30
