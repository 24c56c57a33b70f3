"""The weekly clock, compiled: a block of persons through all weeks and all sides, sums in whole numbers.

Luck belongs to person and week (population/luck.py), so two sides meet the same people and the same luck, and a person
comes out alike in any block. Quiet states (work, education, outside) have a fixed set of shock weeks a person, so that
weeks in which nothing can happen cost nothing; the others are gone through week by week. Sides that leave behaviour as
it is share one course of life; only what the law asks in it is counted for each.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

from fodfaeste.population.luck import philox

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, boundscheck=False, error_model="numpy")
_pasted: Callable[[Any], Any] = numba.njit(nogil=True, boundscheck=False, error_model="numpy", inline="never")
"""For parts with many arrays: handing them over would cost more than the work."""

_SHOCK, _EXIT, _ACT, _AGAIN, _DEATH = 3, 4, 6, 9, 10  # Purpose of luck
_SILENT = 26  # weeks without contact after which somebody counts as not heard
_TALKS = 3  # the first so many acts are talks
_MOST = 128  # shocks kept of a person
_NEVER = 1 << 30
_EVERYBODY = np.int64(1 << 32)  # luck that no quota leaves out


@_compiled
def _wait(gaps, word):
    """Whole weeks before the next blow. The first 256 numbers say where to begin to look, by the high byte."""
    week = gaps[word >> 24]
    while gaps[256 + week] > word:
        week += 1
    return week


@_pasted
def _shocks(person, purpose, weeks, gaps, seed, replication, when, mark):
    """The weeks in which something may move the person out of a quiet state, and how heavy each blow is."""
    number, week, k = 0, -1, 0
    while week < weeks and number < _MOST - 2:
        w = philox(person, person >> np.uint64(32), k, purpose, seed, replication)
        k += 1
        week += _wait(gaps, np.int64(w[0])) + 1
        when[number], mark[number] = week, np.int64(w[1])
        week += _wait(gaps, np.int64(w[2])) + 1
        when[number + 1], mark[number + 1] = week, np.int64(w[3])
        number += 2
    when[number] = _NEVER


@_pasted
def _known(person, known, needed, weeks, gaps, again_gaps, seed, replication, when, mark):
    """Draw the first ``needed`` kinds of blows of a person that have not been drawn; how many are known."""
    if known < 1 <= needed:
        _shocks(person, _SHOCK, weeks, gaps, seed, replication, when[0], mark[0])
    if known < 2 <= needed:
        _shocks(person, _AGAIN, weeks, again_gaps, seed, replication, when[1], mark[1])
    return max(known, needed)


@_pasted
def _struck(mark, quit_to, quit_some, quit_all, unemployed, risk):
    """Where a blow of that weight moves somebody; -1: nowhere. ``quit_all`` is what the chances sum to at most."""
    if mark >= ((quit_all[0] * risk) >> 16) + quit_all[1]:
        return -1
    total = np.int64(0)
    for j in range(len(quit_to)):
        chance, to = quit_some[j], quit_to[j]
        if to < 0:
            break
        total += (chance * risk) >> 16 if unemployed[to] else chance
        if mark < total:
            return to
    return -1


@_compiled
def _group(days, edges):
    """Which of the five-year ages somebody of so many days is in."""
    found = 0
    while found + 1 < len(edges) and days >= edges[found + 1]:
        found += 1
    return found


@_pasted
def _quiet(
    t, c, end, grows, s, k, born, start, weeks, soon, quiet, when, mark, quit_to, quit_some, quit_all, risk, unemployed,
    age_edges,
):  # fmt: skip
    """Where and when somebody leaves a quiet state: by a shock, by coming back soon after leaving, by growing older.

    Row 0 of ``when`` and ``mark`` are shocks; row 1 those that strike only until week ``soon``.
    """
    if not quiet[s]:
        return (grows, end) if end < weeks else (-1, weeks)
    until, found = weeks, -1
    for kind in range(2):
        limit = weeks if kind == 0 else min(soon, until - 1)
        if limit <= t:
            break
        j = c[kind]
        while when[kind, j] < t:
            j += 1
        c[kind] = j  # those before are over; another way out may come first, so those after are still to come
        while when[kind, j] < limit:
            a = _group(start + 7 * when[kind, j] - born, age_edges)
            to = _struck(mark[kind, j], quit_to[s], quit_some[s, a], quit_all[s, a], unemployed, risk[k])
            if to >= 0:
                until, found = when[kind, j] + 1, to
                break
            j += 1
    if end < weeks and end <= until:
        return grows, end
    return found, until


@_pasted
def _count(
    person, side, began, stop, d, s, k, g, spared, seed, replication, epoch, at, kind, ref, week_of, exempt, which,
    stretch, year, held, fallen, waived, acts, acts_kommune, silent, heeds,
):  # fmt: skip
    """Add up what the law of one side asks in a course from week ``began`` to ``stop``, and what is done of it.

    ``heeds`` tells a course of life, in which silence counts, from a case beside it.
    """
    law_weeks = at.shape[2] - 1
    t, heard, drawn = began, d, np.int64(-1)
    v0 = v1 = v2 = v3 = np.uint64(0)
    while t < stop:
        dd = d if d < law_weeks else law_weeks - 52 + (d - law_weeks) % 52
        until = min(stretch[side, t], stop, t + law_weeks - dd)
        table = which[side, k, t]
        for row in range(at[table, g, dd], at[table, g, dd + until - t]):
            week = t + week_of[row] - dd
            y, r = year[week], np.int64(ref[row])
            if spared < exempt[row]:
                if kind[row] == 0:
                    waived[side, y, r] += 1
            elif kind[row] == 0:
                fallen[side, y, r] += 1
            else:
                if week != drawn:
                    v0, v1, v2, v3 = philox(person, person >> np.uint64(32), epoch + week, _ACT, seed, replication)
                    drawn = week
                word = v0 if r % 4 == 0 else v1 if r % 4 == 1 else v2 if r % 4 == 2 else v3
                if np.int64(word) < held[side, y, s, r]:
                    acts[side, y, s, r, 0] += 1
                    acts_kommune[side, k, r] += 1
                    if heeds and r < _TALKS:
                        at_week = d + week - t
                        if at_week - heard > _SILENT:
                            silent[side, y, s] += at_week - heard - _SILENT
                        heard = at_week
                else:
                    acts[side, y, s, r, 1] += 1
        d += until - t
        t = until
    if heeds and d - heard > _SILENT:
        silent[side, year[stop - 1], s] += d - heard - _SILENT


@_compiled
def _birthday(s, age, weeks, school, retires, oldest, into):
    """The week in which a child grows up or somebody grows old, and the state that follows."""
    edu, old, child = into[0], into[1], into[2]
    if s == child:
        return max((age + school) // 7 + 1, 0), edu
    if s == old:
        return weeks, -1
    week = (age + retires) // 7 + 1
    return (week if week > 0 else max((age + oldest) // 7 + 1, 1)), old


@_compiled
def _death(person, sex, age, weeks, life, seed, replication):
    """The first week somebody of so many days is no longer there; ``weeks`` for those who live through all of them."""
    last = life.shape[1] - 1
    w = max(age // 7, 0)
    if w >= last or life[sex, w] == life[sex, min(w + weeks, last)]:
        return weeks
    luck = philox(person, person >> np.uint64(32), 0, _DEATH, seed, replication)[0]
    bound = np.int64((luck * np.uint64(life[sex, w])) >> np.uint64(32))
    low, high = w, min(w + weeks, last)
    if life[sex, high] > bound:
        return weeks
    while high - low > 1:
        middle = (low + high) // 2
        if life[sex, middle] > bound:
            low = middle
        else:
            high = middle
    return high - w


@_compiled
def _afterwards(to, age, weeks, into):
    """The next birthday that moves somebody who has just grown up or old, and where to."""
    return (np.int64(age // 7 + 1), np.int64(into[1])) if to == into[0] else (np.int64(weeks), np.int64(-1))


@_compiled
def _band(days, young, adult):
    """The age band the law is asked about."""
    return 0 if days < young else 1 if days < adult else 2


@_compiled
def _tell(tape, told, row):
    """Write a spell down, as far as the tape reaches; how many there have been."""
    if told < len(tape):
        tape[told] = row
    return told + 1


@_compiled
def _move(stock, moves, s, to):
    """Count a move."""
    stock[s] -= 1
    stock[to] += 1
    moves[s, to] += 1


@_compiled
def _bury(stock, deaths, s):
    """Count a death."""
    stock[s] -= 1
    deaths[s] += 1


@_pasted
def _spell(
    person, side, t, d, s, stop, age, level, epoch, seed, replication, leave, there, goes, phase, courses, cut_chance,
    recovery_edges,
):  # fmt: skip
    """A spell on benefit from week ``t``: the week after it, where to (-1: it was ended from outside), course, luck."""
    last = leave.shape[3] - 1
    w = philox(person, person >> np.uint64(32), epoch + t, _EXIT, seed, replication)
    left = np.int64(there[s, min(d, last)])
    u = np.int64((w[0] * np.uint64(left)) >> np.uint64(32))
    to, gone = np.int64(-1), False
    while t < stop and not gone:
        left -= (left * leave[side, phase[side, t], s, min(d, last)]) >> 20
        t += 1
        d += 1
        gone = left <= u
    if gone:
        word, f, to = np.int64(w[1]), phase[side, t - 1], np.int64(0)
        while goes[side, f, s, to] <= word:
            to += 1
    length = 0
    if courses[s, 2, 1, 0, 0] < 0 and courses[s, 2, 1, 1, 0] >= 0:
        length = 1
        while length <= len(recovery_edges) and u <= there[s, recovery_edges[length - 1]]:
            length += 1
    certified = 1 if np.int64(w[3]) < cut_chance else 0
    return t, to, courses[s, age, level, length, certified], np.int64(w[2])


@_pasted
def _count_both(
    person, side, began, t, d, s, to, k, g, award, spared, clocked, case_weeks, lead, seed, replication, epoch, at,
    kind, ref, week_of, exempt, which, stretch, year, held, fallen, waived, acts, acts_kommune, silent,
):  # fmt: skip
    """Count a course of life that ends in week ``t``, and the case that ended with an award, for each side led."""
    for part in range(2):
        asked, since, number, whose = g, began, d, s
        if part == 1:
            asked, since, number = award, max(t - case_weeks, 0), max(case_weeks - t, 0)
            whose, spared = s if clocked[s] else np.int64(to), _EVERYBODY
        for member in range(side, len(lead) if asked >= 0 and t > since else side):
            if lead[member] == side:
                _count(
                    person, member, since, t, number, whose, k, asked, spared, seed, replication, epoch, at, kind, ref,
                    week_of, exempt, which, stretch, year, held, fallen, waived, acts, acts_kommune, silent, part == 0,
                )  # fmt: skip


@_compiled
def run_block(
    first, kommune, sex, education, foedt, state, weeks_in, start, weeks, seed, replication, epoch, life,
    clocked, quiet, leave, there, goes, gaps, again_gaps, quit_to, quit_some, quit_all, risk, unemployed, again_weeks,
    courses, case, case_weeks, at, kind, ref, week_of, exempt, which, stretch, lead, phase, year, held, cut_chance,
    recovery_edges, age_edges, young, adult, school, retires, oldest, into,
    tape, stock, moves, fallen, waived, acts, by_kommune, acts_kommune, silent, deaths,
):  # fmt: skip
    """Take persons through ``weeks`` weeks under every side; how many spells on benefit there were.

    Adds to the sums, the last nine arguments, and tells spells on ``tape`` as far as it reaches (as in spells.Spells).
    On day ``start`` people have the ages they were made with. ``lead``, ``leave`` and ``goes`` are as in Setup.
    """
    when, mark, c = np.zeros((2, _MOST + 2), np.int64), np.zeros((2, _MOST + 2), np.int64), np.zeros(2, np.int64)
    sides, told = which.shape[0], 0
    for i in range(len(state)):
        person = np.uint64(first + i)
        born, k, s0 = np.int64(foedt[i]), np.int64(kommune[i]), np.int64(state[i])
        ends, grown = _birthday(s0, born - start, weeks, school, retires, oldest, into)
        stop = _death(person, sex[i], start - born, weeks, life, seed, replication)
        still, known = ends >= weeks and not clocked[s0] and not quiet[s0], 0
        for side in range(sides):
            stock[side, 0, s0] += lead[side] == side
            t, s, d = np.int64(stop if still or lead[side] != side else 0), s0, np.int64(weeks_in[i])
            left_at, end, grows, c[:] = np.int64(-1000), np.int64(ends), np.int64(grown), 0
            while t < stop:
                g, spared, began = np.int64(-1), np.int64(0), t
                if clocked[s]:
                    age = _band(start + 7 * t - born, young, adult)
                    t, to, course, spared = _spell(
                        person, side, t, d, s, min(end, stop), age, 1 if education[i] > 0 else 0, epoch, seed,
                        replication, leave, there, goes, phase, courses, cut_chance, recovery_edges,
                    )  # fmt: skip
                    g = np.int64(course)
                    by_kommune[side, k, s] += t - began
                    told = _tell(tape, told, (i, side, s, began, t, d, g, spared))
                    left_at, grew, to = t, to < 0, np.int64(grows) if to < 0 else to
                else:
                    needed = 0 if not quiet[s] else 1 if left_at < 0 else 2
                    known = _known(person, known, needed, weeks, gaps, again_gaps, seed, replication, when, mark)
                    to, t = _quiet(
                        t, c, end, grows, s, k, born, start, stop, left_at + again_weeks, quiet, when, mark, quit_to,
                        quit_some, quit_all, risk, unemployed, age_edges,
                    )  # fmt: skip
                    grew = t == end
                gone = to < 0 or t >= stop
                award = np.int64(-1) if gone else np.int64(case[s, to])
                _count_both(
                    person, side, began, t, d, s, to, k, g, award, spared, clocked, case_weeks, lead, seed, replication,
                    epoch, at, kind, ref, week_of, exempt, which, stretch, year, held, fallen, waived, acts,
                    acts_kommune, silent,
                )  # fmt: skip
                if gone:
                    break
                _move(stock[side, t], moves[side, year[t]], s, to)
                if grew:
                    end, grows = _afterwards(to, born + retires - start, weeks, into)
                s, d = np.int64(to), np.int64(0)
            if stop < weeks and lead[side] == side:
                _bury(stock[side, stop], deaths[side, year[stop]], s)
    return told
