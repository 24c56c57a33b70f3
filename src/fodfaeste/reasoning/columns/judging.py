"""Judging duties over a block of rows; operands as in ``library``."""

from __future__ import annotations

from fodfaeste.reasoning.columns.history import HISTORY
from fodfaeste.reasoning.columns.jitted import NONE, kernel
from fodfaeste.reasoning.history import MANY

count_possible = HISTORY["count_possible"]
active_ = HISTORY["active"]
shifted = HISTORY["shifted"]
duty_status = HISTORY["duty_status"]
every_status = HISTORY["every_status"]
not_before_status = HISTORY["not_before_status"]


def unjudged(n, on, status, due):
    """The outcome of a duty for those it does not apply to."""
    for i in range(n):
        status[i] = 0
    for i in range(n):
        due[i] = NONE


def duty(
    n, on, lo, form, offsets, day, match, observed, hides, paused, p_offsets, p_start, p_end, p_match, p_observed,
    p_hides, rows, items, some, found, applies, a1, waived, w1, start, s1, last_day, l1, since, c1, needed, n1, lapses,
    e1, status, due_on,
):  # fmt: skip
    """Judge a duty: form 0 count, 1 every, 2 not before. ``paused`` 1: it has pauses."""
    for k in range(found[0]):
        i = some[k]
        if applies[i * a1] == 0:  # the same for all, so that nobody was left out of the list
            continue
        w = waived[i * w1]
        if applies[i * a1] == 1 or w != 0:
            status[i] = 9 if applies[i * a1] == 2 and w == 2 else 1
            continue
        r = rows[i] if items else lo + i
        s = start[i * s1]
        unpaused = due = last_day[i * l1]
        covered = 0
        if paused:
            if p_hides == 1 and p_observed[r] == 0:
                due, covered = NONE, 1
            elif p_offsets[r] < p_offsets[r + 1]:
                if s == NONE:
                    due = NONE
                elif due != NONE:
                    due = shifted(p_start, p_end, p_offsets[r], p_offsets[r + 1], s, due)
                covered = active_(p_start, p_end, p_match, p_offsets[r], p_offsets[r + 1], on)
        due_on[i] = due
        lapse = lapses[i * e1]
        if s == NONE:
            status[i] = 1
            continue
        if form == 1:
            status[i] = every_status(2, 0, s, due, lapse, covered, on)
            continue
        if form == 0 and s > on:
            status[i] = 2
            continue
        need = max(needed[i * n1], 1)
        sure, possible, timely, met = judged(
            form, offsets, day, match, hides == 1 and observed[r] == 0, r, since[i * c1], need, due, on, need
        )
        if form == 0:
            status[i] = duty_status(2, 0, s, unpaused, due, need, sure, possible, timely, met, lapse, covered, on)
        else:
            status[i] = not_before_status(2, 0, s, due, sure, possible, on)


@kernel
def judged(form, offsets, day, match, hidden, r, a, need, due, on, enough):
    """(events that count for certain, that may count, of these by the last day, day met) for one person.

    After ``enough`` that count for certain no more are looked at: for the status, as many as are needed.
    """
    until = on
    if form == 2:
        until = min(on, due - 1) if due != NONE else NONE
    sure, possible, timely, met = 0, MANY, 0, NONE
    if a != NONE:
        possible = 0
        for j in range(offsets[r], offsets[r + 1]):
            if day[j] > until or sure >= enough:
                break
            fits = match[j] * (day[j] >= a)
            possible += (fits + 1) >> 1
            sure += fits >> 1
            met = day[j] if (fits == 2) & (sure == need) else met
        if met > due:
            timely = count_possible(day, match, offsets[r], offsets[r + 1], a, due)
        if hidden:
            possible, timely = MANY, MANY
    return sure, possible, timely, met


def duty_in_full(
    n, on, lo, form, offsets, day, match, observed, hides, rows, items, some, found, applies, a1, waived, w1, start, s1,
    due_on, since, c1, needed, n1, promise, p1, start_on, counted, met_on, promised,
):  # fmt: skip
    """The rest of the outcome of a duty that was judged: start, count, day met, promise."""
    for i in range(n):
        start_on[i] = NONE
    for i in range(n):
        counted[i] = NONE
    for i in range(n):
        met_on[i] = NONE
    if p1 >= 0:
        for i in range(n):
            promised[i] = NONE
    for k in range(found[0]):
        i = some[k]
        if applies[i * a1] != 2 or waived[i * w1] != 0:
            continue
        r = rows[i] if items else lo + i
        need = max(needed[i * n1], 1)
        sure, _possible, _timely, met = judged(
            form, offsets, day, match, hides == 1 and observed[r] == 0, r, since[i * c1], need, due_on[i], on, MANY
        )
        start_on[i] = start[i * s1]
        counted[i] = sure
        met_on[i] = met
        if p1 >= 0:
            promised[i] = promise[i * p1]


def promise_paused(
    n, on, lo, paused, p_offsets, p_start, p_end, p_match, p_observed, p_hides, rows, items, some, found, begin, b1,
    promised,
):  # fmt: skip
    """Move what was promised by the pauses since ``begin``, as the last day of the law is moved."""
    for k in range(found[0]):
        i = some[k]
        if promised[i] == NONE:
            continue
        r = rows[i] if items else lo + i
        if p_hides == 1 and p_observed[r] == 0:
            promised[i] = NONE
        elif p_offsets[r] < p_offsets[r + 1]:
            s = begin[i * b1]
            if s == NONE:
                promised[i] = NONE
            else:
                promised[i] = shifted(p_start, p_end, p_offsets[r], p_offsets[r + 1], s, promised[i])
