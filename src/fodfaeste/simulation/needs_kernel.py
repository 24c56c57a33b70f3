"""The wait of each need for a human being, compiled: whole weeks and days, one person after another.

The clock has told who was on which benefit when. Here the talks it held are found again with the clock's own luck, and
needs begin with luck of their own, by person and week: with and without a check-in the same needs begin, and the same
talks are held.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from fodfaeste.population.luck import philox

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, boundscheck=False, error_model="numpy")

_ACT, _NEED, _CHECK_IN, _RHYTHM = 6, 30, 31, 32  # Purpose of luck
_TALKS = 3  # the first so many acts are talks
_NEVER = np.int64(1 << 40)

NEEDS, MET, DAYS, OPEN, ASKED = 0, 1, 2, 3, 4
"""Summed by state, without and with a check-in: needs, those met, days waited, those that wait still, requests."""
ANSWERS, CALLS, FOR_NOTHING, OFFERED = 0, 1, 2, 3
"""And of check-ins: answers read, calls, those of them without a need, weeks of people who have joined."""


@_compiled
def _heard(person, side, s, began, stop, d, k, g, spared, seed, replication, epoch, law, stretch, year, held, talked,
           talks):  # fmt: skip
    """Mark in ``talked`` the weeks of a spell in which a talk is held: as the clock counts them."""
    at, kind, ref, week_of, exempt, which = law
    law_weeks = at.shape[2] - 1
    t = began
    while t < stop:
        dd = d if d < law_weeks else law_weeks - 52 + (d - law_weeks) % 52
        until = min(stretch[side, t], stop, t + law_weeks - dd)
        table = which[side, k, t]
        for row in range(at[table, g, dd], at[table, g, dd + until - t]):
            r = np.int64(ref[row])
            if kind[row] == 1 and r < _TALKS and spared >= exempt[row]:
                week = t + week_of[row] - dd
                w = philox(person, person >> np.uint64(32), epoch + week, _ACT, seed, replication)
                if np.int64(w[r]) < held[side, year[week], s, r]:
                    talked[week] = True
                    talks[s, r] += 1
        d += until - t
        t = until


@_compiled
def _rhythm(person, joins, rhythms, seed):
    """The weeks between two check-ins that a person has chosen, and the week the first falls in; 0: none.

    A person chooses alike in every replication; how many join is what differs.
    """
    w = philox(person, person >> np.uint64(32), 0, _RHYTHM, seed, 0)
    if np.int64(w[0]) >= joins:
        return np.int64(0), np.int64(0)
    row = 0
    while row + 1 < len(rhythms) and np.int64(w[1]) >= rhythms[row, 1]:
        row += 1
    return rhythms[row, 0], np.int64(w[2]) % rhythms[row, 0]


@_compiled
def _wait(word, gaps):
    """Whole weeks, at least one, before something that comes with a fixed chance a week."""
    low, high = 0, len(gaps) - 1
    while low < high:
        middle = (low + high) // 2
        if gaps[middle] > np.int64(word):
            low = middle + 1
        else:
            high = middle
    return np.int64(low + 1)


@_compiled
def _check_in(person, week, epoch, rhythm, first, chances, seed, replication):
    """What a check-in of that week would do: answered, called if there is a need, called if there is none."""
    answered, tells, for_nothing, missed_called = chances[:4]
    if rhythm == 0 or (epoch + week) % rhythm != first:
        return np.int64(-1), False, False
    w = philox(person, person >> np.uint64(32), epoch + week, _CHECK_IN, seed, replication)
    if np.int64(w[0]) < answered:
        return np.int64(1), np.int64(w[1]) < tells, np.int64(w[1]) < for_nothing
    rung = np.int64(w[2]) < missed_called
    return np.int64(0), rung, rung


@_compiled
def _coming(person, begin, end, state_at, offered, rhythm, first, epoch, chances, days, seed, replication, talked,
            talk_day, call_day):  # fmt: skip
    """By week: the day of the next talk, and of the next call a check-in leads to if there is a need."""
    talk, call = _NEVER, _NEVER
    for t in range(end - 1, begin - 1, -1):
        talk_day[t], call_day[t] = talk, call
        if talked[t]:
            talk = np.int64(7 * t)
        if offered[state_at[t]]:
            came, needed, _ = _check_in(person, t, epoch, rhythm, first, chances, seed, replication)
            if came >= 0 and needed:
                call = min(call, 7 * t + days[3] + (0 if came == 1 else days[2]))


@_compiled
def _settle(sums, waits, s, begun, met, asked_at, limit, horizon):
    """Add one need: when somebody spoke with her, or that nobody did before she left the benefit or the run ended."""
    sums[s, NEEDS] += 1
    if met < limit:
        sums[s, MET] += 1
        waits[s, (met - begun + 6) // 7] += 1
    elif limit == horizon:
        sums[s, OPEN] += 1
    sums[s, DAYS] += min(met, limit) - begun
    if asked_at < min(met, limit):
        sums[s, ASKED] += 1


@_compiled
def _stretch(person, begin, end, weeks, state_at, offered, rhythm, first, epoch, chances, days, need, early, late, seed,
             replication, talk_day, call_day, sums, waits, care):  # fmt: skip
    """Everything that happens in one unbroken stretch of weeks on benefit."""
    weekly, soon, asks, presses = need
    limit, horizon = np.int64(7 * end), np.int64(7 * weeks)
    wanted = np.int64(0)
    for t in range(begin, end):
        s = state_at[t]
        came, needed, idle = np.int64(-1), False, False
        if offered[s]:
            came, needed, idle = _check_in(person, t, epoch, rhythm, first, chances, seed, replication)
            care[s, OFFERED] += 1 if rhythm > 0 else 0
        if came == 1:
            care[s, ANSWERS] += 1
        if came >= 0 and (needed if wanted > 7 * t else idle):
            care[s, CALLS] += 1
            care[s, FOR_NOTHING] += 0 if wanted > 7 * t else 1
        w = philox(person, person >> np.uint64(32), epoch + t, _NEED, seed, replication)
        if np.int64(w[0]) >= weekly:
            continue
        begun = np.int64(7 * t)
        found = begun + 7 * _wait(w[3], early if np.int64(w[1]) < soon else late)
        rings, button = np.int64(w[2]) < asks, asks <= np.int64(w[2]) < presses and offered[s]
        rung = found + days[0] if rings else _NEVER
        plain = min(talk_day[t], rung)
        _settle(sums[0], waits[0], s, begun, plain, found if rings else _NEVER, limit, horizon)
        pressed = found + days[1] if offered[s] and (rings or button) else _NEVER
        better = min(plain, pressed, call_day[t])
        asked = found if rings or button else _NEVER
        _settle(sums[1], waits[1], s, begun, better, asked, limit, horizon)
        wanted = max(wanted, min(better, limit))


@_compiled
def follow(
    person, state, first, until, before, course, spared, kommune, origin, side, weeks, seed, replication, epoch, law,
    stretch, year, held, offered, joins, rhythms, chances, days, need, early, late, sums, waits, care, talks,
):  # fmt: skip
    """Go through everybody's spells, which stand by person and time, and add up needs, waits, check-ins and talks.

    ``law`` and what follows are as in LawTables and Setup; chances are in 2**-32. ``sums`` and ``waits`` have the
    needs without a check-in first, then with it.
    """
    talked = np.zeros(weeks, np.bool_)
    state_at = np.zeros(weeks, np.int64)
    talk_day, call_day = np.zeros(weeks, np.int64), np.zeros(weeks, np.int64)
    row = 0
    while row < len(person):
        who, k = np.uint64(person[row]), np.int64(kommune[person[row] - origin])
        begin = np.int64(first[row])
        end = begin
        while row < len(person) and np.uint64(person[row]) == who and first[row] == max(begin, end):
            end = np.int64(until[row])
            state_at[first[row] : end] = state[row]
            talked[first[row] : end] = False
            if course[row] >= 0:
                _heard(
                    who, side, np.int64(state[row]), np.int64(first[row]), end, np.int64(before[row]), k,
                    np.int64(course[row]), spared[row], seed, replication, epoch, law, stretch, year, held, talked,
                    talks,
                )  # fmt: skip
            row += 1
        rhythm, week = _rhythm(who, joins, rhythms, seed)
        _coming(
            who, begin, end, state_at, offered, rhythm, week, epoch, chances, days, seed, replication, talked,
            talk_day, call_day,
        )  # fmt: skip
        _stretch(
            who, begin, end, weeks, state_at, offered, rhythm, week, epoch, chances, days, need, early, late, seed,
            replication, talk_day, call_day, sums, waits, care,
        )  # fmt: skip
