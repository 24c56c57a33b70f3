"""For any law, compiled once: questions to histories and judging of duties over a block of rows.

Every function begins with ``n`` rows and ``on`` (today). Arrays are bare pointers. ``lo`` is the person of row 0;
in a block of items (``items`` 1) ``rows`` names the person of each row. ``some`` lists the rows a question is
about, ``found[0]`` how many; for the others ``fill`` answered before, because most kinds are rare. ``hides`` 1:
``observed`` is 0 for persons of whom more may have happened than is written. An argument comes with its step: 0
where one value stands for all rows. Unknown days are NONE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from fodfaeste.reasoning.columns.history import HISTORY
from fodfaeste.reasoning.columns.jitted import FAR, NONE, kernel
from fodfaeste.reasoning.history import MANY, NONE_WIDE

count_sure = HISTORY["count_sure"]
count_possible = HISTORY["count_possible"]
count_ = HISTORY["count"]
nth = HISTORY["nth"]
first_ = HISTORY["first"]
last_ = HISTORY["last"]
total_ = HISTORY["total"]
reached_total_ = HISTORY["reached_total"]
active_ = HISTORY["active"]
covering = HISTORY["covering"]
run_start_ = HISTORY["run_start"]
days_in_ = HISTORY["days_in"]
reached_ = HISTORY["reached"]
shifted = HISTORY["shifted"]
duty_status = HISTORY["duty_status"]
every_status = HISTORY["every_status"]
not_before_status = HISTORY["not_before_status"]

NOTHING = NONE - 1
"""What first and last answer where there is no event, before the default takes its place."""


def having(n, on, lo, offsets, observed, hides, some, found):
    """List the persons who have, or may have, anything of a kind."""
    k = 0
    for i in range(n):
        r = lo + i
        some[k] = i
        if offsets[r] != offsets[r + 1] or (hides == 1 and observed[r] == 0):
            k += 1
    found[0] = k


def every(n, on, some, found):
    """List all rows."""
    for i in range(n):
        some[i] = i
    found[0] = n


def owners(n, on, lo, offsets, some, found, people):
    """Write the person of each item."""
    for k in range(found[0]):
        r = lo + some[k]
        for j in range(offsets[r], offsets[r + 1]):
            people[j] = r


def fit(n, on, lo, offsets, observed, hides, attr, fits, below, unknown, some, found, before, match, some2, found2):
    """Narrow a match column by a filter on an attribute, and the list to persons of whom anything may fit.

    ``fits[value - below]`` is 1 where the filter takes the value; ``before`` 1: ``match`` was narrowed before.
    """
    kept = 0
    for k in range(found[0]):
        i = some[k]
        r = lo + i
        may = hides == 1 and observed[r] == 0
        for j in range(offsets[r], offsets[r + 1]):
            value = attr[j]
            m = 1 if value == unknown else (2 if fits[value - below] else 0)
            if before:
                m = min(m, match[j])
            match[j] = m
            may = may or m > 0
        some2[kept] = i
        if may:
            kept += 1
    found2[0] = kept


def taken(n, on, rows, source, out):
    """What each row's person has in a column."""
    for i in range(n):
        out[i] = source[rows[i]]


def widened(n, on, source, hole, out):
    """A narrow column in 32 bits, with the unknown of 32 bits."""
    for i in range(n):
        out[i] = NONE if source[i] == hole else source[i]


def copied(n, on, source, out):
    """A column once more."""
    for i in range(n):
        out[i] = source[i]


def fill(n, on, a, a1, b, b1, default, d1, none, out):
    """The answer where there is nothing of the kind: ``default``, unknown (``none``) when an argument is."""
    if a1 == 0 and b1 == 0 and d1 == 0:
        value = none if a[0] == NONE or b[0] == NONE else default[0]
        for i in range(n):
            out[i] = value
    else:
        for i in range(n):
            out[i] = none if (a[i * a1] == NONE) | (b[i * b1] == NONE) else default[i * d1]


def count(n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, a, a1, b, b1, out):
    """Number of events from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if hides == 1 and observed[r] == 0:
            out[i] = NONE
        elif a[i * a1] != NONE and b[i * b1] != NONE:
            out[i] = count_(day, match, offsets[r], offsets[r + 1], a[i * a1], min(b[i * b1], on))


def first(n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, a, a1, b, b1, out):
    """Day of the first event from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if a[i * a1] == NONE or b[i * b1] == NONE or (hides == 1 and observed[r] == 0):
            out[i] = NONE
        else:
            day_ = first_(day, match, offsets[r], offsets[r + 1], a[i * a1], min(b[i * b1], on), NOTHING)
            if day_ != NOTHING:
                out[i] = day_


def last(n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, a, a1, b, b1, out):
    """Day of the last event from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if a[i * a1] == NONE or b[i * b1] == NONE or (hides == 1 and observed[r] == 0):
            out[i] = NONE
        else:
            day_ = last_(day, match, offsets[r], offsets[r + 1], a[i * a1], min(b[i * b1], on), NOTHING)
            if day_ != NOTHING:
                out[i] = day_


def total(
    n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, amount, unknown, a, a1, b, b1, out
):  # fmt: skip
    """Sum of an attribute from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if hides == 1 and observed[r] == 0:
            out[i] = NONE_WIDE
        elif a[i * a1] != NONE and b[i * b1] != NONE:
            begin, end = a[i * a1], min(b[i * b1], on)
            out[i] = total_(day, match, amount, unknown, offsets[r], offsets[r + 1], begin, end)


def reached_total_start(n, on, target, t1, a, a1, out):
    """The answer where there is no event: at once when nothing is needed, else not in sight."""
    for i in range(n):
        t, begin = target[i * t1], a[i * a1]
        out[i] = NONE if (t <= NONE) | (begin == NONE) else (begin if t <= 0 else FAR)


def reached_total(
    n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, amount, unknown, target, t1, a, a1, out
):  # fmt: skip
    """Day on which a sum since a reaches the target."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if hides == 1 and observed[r] == 0:
            out[i] = NONE
        elif out[i] != NONE:
            begin, end = offsets[r], offsets[r + 1]
            out[i] = reached_total_(day, match, amount, unknown, begin, end, target[i * t1], a[i * a1], on)


def active_start(n, on, at, at1, out):
    """The answer where there is no spell: no, or unknown when the day is."""
    for i in range(n):
        out[i] = 1 if at[i * at1] == NONE else 0


def active(n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found, at, at1, out):
    """Whether a spell covers the day."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if at[i * at1] != NONE:
            covers = active_(start, end, match, offsets[r], offsets[r + 1], at[i * at1])
            out[i] = 1 if covers < 2 and hides == 1 and observed[r] == 0 else covers


def mask(n, on, lo, offsets, start, end, observed, hides, rows, items, some, found, attr, unknown, bare, out):
    """One bit per attribute value of the spells that cover today.

    Bit 62: a value is unknown, or a spell may be unwritten. ``bare`` 1: the spells have no attribute.
    """
    for i in range(n):
        out[i] = 0
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        bits = np.int64(1) << 62 if hides == 1 and observed[r] == 0 else np.int64(0)
        for j in range(offsets[r], offsets[r + 1]):
            if start[j] > on:
                break
            if end[j] >= on:
                if bare == 1:
                    bits |= 1
                else:
                    bits |= np.int64(1) << (62 if attr[j] == unknown else np.int64(attr[j]))
        out[i] = bits


def current(
    n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found, attr, at, at1, unknown, out
):  # fmt: skip
    """An attribute (or first or last day, given as ``attr``) of the latest begun spell that covers the day."""
    for i in range(n):
        out[i] = unknown
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if at[i * at1] != NONE and not (hides == 1 and observed[r] == 0):
            j = covering(start, end, match, offsets[r], offsets[r + 1], at[i * at1])
            if j >= 0:
                out[i] = attr[j]


def run_start(
    n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found, at, at1, gap, gap1, out
):  # fmt: skip
    """First day of the unbroken run that covers the day."""
    for i in range(n):
        out[i] = NONE
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if at[i * at1] != NONE and gap[i * gap1] != NONE and not (hides == 1 and observed[r] == 0):
            out[i] = run_start_(start, end, match, offsets[r], offsets[r + 1], at[i * at1], gap[i * gap1])


def days_in(n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found, a, a1, b, b1, out):
    """Covered days from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if hides == 1 and observed[r] == 0:
            out[i] = NONE
        elif a[i * a1] != NONE and b[i * b1] != NONE:
            out[i] = days_in_(start, end, match, offsets[r], offsets[r + 1], a[i * a1], min(b[i * b1], on))


def reached_start(n, on, amount, m1, after, f1, out):
    """The answer where there is no spell: at once when nothing is needed, else not in sight."""
    for i in range(n):
        m, begin = amount[i * m1], after[i * f1]
        out[i] = NONE if (m == NONE) | (begin == NONE) else (begin if m <= 0 else FAR)


def reached(
    n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found,
    amount, m1, window, months, last_day, after, f1, out,
):  # fmt: skip
    """First day on which the covered days of a rolling window reach an amount."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        begin, stop = offsets[r], offsets[r + 1]
        if hides == 1 and observed[r] == 0:
            out[i] = NONE
        elif out[i] != NONE and any_fits(match, begin, stop):
            out[i] = reached_(
                start, end, match, begin, stop, amount[i * m1], window[0], months != 0, last_day != 0, after[i * f1], on
            )


@kernel
def any_fits(match, lo, hi):
    """Whether any row fits or may fit."""
    for j in range(lo, hi):
        if match[j] > 0:
            return True
    return False


def applying(n, on, applies, a1, some, found):
    """List the rows a duty applies to, or may."""
    k = 0
    for i in range(n):
        some[k] = i
        if applies[i * a1] != 0:
            k += 1
    found[0] = k


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
        w = waived[i * w1]
        if applies[i * a1] == 1 or w != 0:
            status[i] = 9 if applies[i * a1] == 2 and w == 2 else 1
            continue
        r = rows[i] if items else lo + i
        s = start[i * s1]
        due = last_day[i * l1]
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
            form, offsets, day, match, hides == 1 and observed[r] == 0, r, since[i * c1], need, due, on
        )
        if form == 0:
            status[i] = duty_status(2, 0, s, due, need, sure, possible, timely, met, lapse, covered, on)
        else:
            status[i] = not_before_status(2, 0, s, due, sure, possible, on)


@kernel
def judged(form, offsets, day, match, hidden, r, a, need, due, on):
    """(events that count for certain, that may count, of these by the last day, day met) for one person."""
    until = on
    if form == 2:
        until = min(on, due - 1) if due != NONE else NONE
    sure, possible, timely, met = 0, MANY, 0, NONE
    if a != NONE:
        lo, hi = offsets[r], offsets[r + 1]
        sure = count_sure(day, match, lo, hi, a, until)
        possible = count_possible(day, match, lo, hi, a, until)
        if sure >= need:
            met = nth(day, match, lo, hi, a, until, need)
            if met > due:
                timely = count_possible(day, match, lo, hi, a, due)
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
        if applies[i * a1] == 1 or waived[i * w1] != 0:
            continue
        r = rows[i] if items else lo + i
        need = max(needed[i * n1], 1)
        sure, possible, timely, met = judged(
            form, offsets, day, match, hides == 1 and observed[r] == 0, r, since[i * c1], need, due_on[i], on
        )
        start_on[i] = start[i * s1]
        counted[i] = sure
        met_on[i] = met
        if p1 >= 0:
            promised[i] = promise[i * p1]


LIBRARY: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        having, every, owners, fit, taken, widened, copied, fill, count, first, last, total, reached_total_start,
        reached_total, active_start, active, mask, current, run_start, days_in, reached_start, reached, applying,
        unjudged, duty, duty_in_full,
    )
}  # fmt: skip
"""What machine code is made of when it is first called with columns of certain widths."""
