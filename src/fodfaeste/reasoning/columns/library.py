"""Compiled once, for any law: questions to histories and judging of duties over blocks of rows.

``rows`` maps a row of the block to its person; empty: row i is person ``base + i``. ``some`` are the rows that
have anything of the kind: the others were filled before, because most kinds are rare. Unknown days are NONE.
An empty ``observed`` means that everything of the kind was observed.
"""

from __future__ import annotations

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


@kernel
def person(rows, base, i):
    """The person of a row."""
    return base + i if rows.shape[0] == 0 else rows[i]


@kernel
def hidden(observed, r):
    """Whether there may be more than is written about a person."""
    return observed.shape[0] > 0 and observed[r] == 0


@kernel
def fill(a, b, default, out):
    """The answer where there is nothing of the kind: ``default``, unknown when an argument is."""
    for i in range(out.shape[0]):
        out[i] = NONE if (a[i] == NONE) | (b[i] == NONE) else default[i]


@kernel
def count(offsets, day, match, observed, some, rows, base, a, b, on, out):
    """Number of events from a to b."""
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if hidden(observed, r):
            out[i] = NONE
        elif out[i] != NONE:
            out[i] = count_(day, match, offsets[r], offsets[r + 1], a[i], min(b[i], on))


@kernel
def first(offsets, day, match, observed, some, rows, base, a, b, on, out):
    """Day of the first event from a to b."""
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if a[i] == NONE or b[i] == NONE or hidden(observed, r):
            out[i] = NONE
        else:
            found = first_(day, match, offsets[r], offsets[r + 1], a[i], min(b[i], on), NOTHING)
            if found != NOTHING:
                out[i] = found


@kernel
def last(offsets, day, match, observed, some, rows, base, a, b, on, out):
    """Day of the last event from a to b."""
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if a[i] == NONE or b[i] == NONE or hidden(observed, r):
            out[i] = NONE
        else:
            found = last_(day, match, offsets[r], offsets[r + 1], a[i], min(b[i], on), NOTHING)
            if found != NOTHING:
                out[i] = found


@kernel
def total(offsets, day, match, observed, amount, unknown, some, rows, base, a, b, on, out):
    """Sum of an attribute from a to b."""
    for i in range(out.shape[0]):
        out[i] = NONE_WIDE if (a[i] == NONE) | (b[i] == NONE) else 0
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if hidden(observed, r):
            out[i] = NONE_WIDE
        elif out[i] != NONE_WIDE:
            out[i] = total_(day, match, amount, unknown, offsets[r], offsets[r + 1], a[i], min(b[i], on))


@kernel
def reached_total(offsets, day, match, observed, amount, unknown, some, rows, base, target, a, on, out):
    """Day on which a sum since a reaches the target."""
    for i in range(out.shape[0]):
        out[i] = NONE if (target[i] <= NONE) | (a[i] == NONE) else (a[i] if target[i] <= 0 else FAR)
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if hidden(observed, r):
            out[i] = NONE
        elif out[i] != NONE:
            out[i] = reached_total_(day, match, amount, unknown, offsets[r], offsets[r + 1], target[i], a[i], on)


@kernel
def active(offsets, start, end, match, observed, some, rows, base, at, out):
    """Whether a spell covers the day."""
    for i in range(out.shape[0]):
        out[i] = 1 if at[i] == NONE else 0
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if at[i] != NONE:
            found = active_(start, end, match, offsets[r], offsets[r + 1], at[i])
            out[i] = 1 if found < 2 and hidden(observed, r) else found


@kernel
def mask(offsets, start, end, observed, attr, unknown, some, rows, base, on, out):
    """One bit per attribute value of the spells that cover today.

    Bit 62: a value is unknown, or a spell may be unwritten.
    """
    out[:] = 0
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        bits = np.int64(1) << 62 if hidden(observed, r) else np.int64(0)
        for j in range(offsets[r], offsets[r + 1]):
            if start[j] > on:
                break
            if end[j] >= on:
                if attr.shape[0] == 0:
                    bits |= 1
                else:
                    bits |= np.int64(1) << (62 if attr[j] == unknown else np.int64(attr[j]))
        out[i] = bits


@kernel
def current(offsets, start, end, match, observed, attr, some, rows, base, at, unknown, out):
    """An attribute (or first or last day, given as ``attr``) of the latest begun spell that covers the day."""
    out[:] = unknown
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if at[i] != NONE and not hidden(observed, r):
            j = covering(start, end, match, offsets[r], offsets[r + 1], at[i])
            if j >= 0:
                out[i] = attr[j]


@kernel
def run_start(offsets, start, end, match, observed, some, rows, base, at, gap, out):
    """First day of the unbroken run that covers the day."""
    out[:] = NONE
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if at[i] != NONE and gap[i] != NONE and not hidden(observed, r):
            out[i] = run_start_(start, end, match, offsets[r], offsets[r + 1], at[i], gap[i])


@kernel
def days_in(offsets, start, end, match, observed, some, rows, base, a, b, on, out):
    """Covered days from a to b."""
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        if hidden(observed, r):
            out[i] = NONE
        elif out[i] != NONE:
            out[i] = days_in_(start, end, match, offsets[r], offsets[r + 1], a[i], min(b[i], on))


@kernel
def reached(offsets, start, end, match, observed, some, rows, base, amount, window, months, last_day, after, on, out):
    """First day on which the covered days of a rolling window reach an amount."""
    for i in range(out.shape[0]):
        out[i] = NONE if (amount[i] == NONE) | (after[i] == NONE) else (after[i] if amount[i] <= 0 else FAR)
    for k in range(some.shape[0]):
        i = some[k]
        r = person(rows, base, i)
        lo, hi = offsets[r], offsets[r + 1]
        if hidden(observed, r):
            out[i] = NONE
        elif out[i] != NONE and any_fits(match, lo, hi):
            out[i] = reached_(start, end, match, lo, hi, amount[i], window, months, last_day, after[i], on)


@kernel
def any_fits(match, lo, hi):
    """Whether any row fits or may fit."""
    for j in range(lo, hi):
        if match[j] > 0:
            return True
    return False


@kernel
def at_or(column, i, otherwise):
    """The value of a column, or of a constant when the column is empty."""
    return column[i] if column.shape[0] > 0 else otherwise


@kernel
def with_pauses(offsets, start, end, match, observed, r, begin, due, on):
    """(the last day moved by pauses, whether a pause covers today) for one person."""
    if offsets.shape[0] == 0:
        return due, 0
    if hidden(observed, r):
        return NONE, 1
    lo, hi = offsets[r], offsets[r + 1]
    if lo == hi:
        return due, 0
    if begin == NONE:
        due = NONE
    elif due != NONE:
        due = shifted(start, end, lo, hi, begin, due)
    return due, active_(start, end, match, lo, hi, on)


@kernel
def duty(
    form, offsets, day, match, observed, p_offsets, p_start, p_end, p_match, p_observed, rows, base,
    applies, waived, start, last_day, since, needed, lapses, promise, on,
    status, o_start, o_due, o_count, o_met, o_promise,
):  # fmt: skip
    """Judge a duty: form 0 count, 1 every, 2 not before. Empty columns stand for their constants."""
    full = o_start.shape[0] > 0
    status[:] = 0
    for column in (o_due, o_start, o_count, o_met, o_promise):
        column[:] = NONE
    for i in range(status.shape[0]):
        if applies[i] == 0:
            continue
        w = at_or(waived, i, 0)
        if applies[i] == 1 or w != 0:
            status[i] = 9 if applies[i] == 2 and w == 2 else 1
            continue
        r = person(rows, base, i)
        s = start[i]
        due = at_or(last_day, i, FAR)
        paused = 0
        if p_offsets.shape[0] > 0:
            if hidden(p_observed, r):
                due, paused = NONE, 1
            elif p_offsets[r] < p_offsets[r + 1]:
                if s == NONE:
                    due = NONE
                elif due != NONE:
                    due = shifted(p_start, p_end, p_offsets[r], p_offsets[r + 1], s, due)
                paused = active_(p_start, p_end, p_match, p_offsets[r], p_offsets[r + 1], on)
        need = max(needed[i] if needed.shape[0] > 1 else needed[0], 1)
        until = on
        if form == 2:
            until = min(on, due - 1) if due != NONE else NONE
        a = since[i]
        sure, possible, timely, met = 0, MANY, 0, NONE
        if a != NONE:
            lo, hi = offsets[r], offsets[r + 1]
            sure = count_sure(day, match, lo, hi, a, until)
            possible = count_possible(day, match, lo, hi, a, until)
            if sure >= need:
                met = nth(day, match, lo, hi, a, until, need)
                if met > due:
                    timely = count_possible(day, match, lo, hi, a, due)
            if hidden(observed, r):
                possible, timely = MANY, MANY
        lapse = at_or(lapses, i, 0)
        if form == 0:
            status[i] = duty_status(2, 0, s, due, need, sure, possible, timely, met, lapse, paused, on)
        elif form == 1:
            status[i] = every_status(2, 0, s, due, lapse, paused, on)
        else:
            status[i] = not_before_status(2, 0, s, due, sure, possible, on)
        o_due[i] = due
        if full:
            o_start[i] = s
            o_count[i] = sure
            o_met[i] = met
            if o_promise.shape[0] > 0:
                o_promise[i] = at_or(promise, i, FAR)


@kernel
def fit(match, values, keep, attr, unknown):
    """Narrow a match column by one filter on an attribute."""
    for j in range(match.shape[0]):
        if match[j] == 0:
            continue
        if attr[j] == unknown:
            match[j] = min(match[j], 1)
        else:
            inside = False
            for v in values:
                if attr[j] == v:
                    inside = True
            if inside != keep:
                match[j] = 0
