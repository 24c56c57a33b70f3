"""For any law, compiled once: questions to histories over a block of rows.

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
from fodfaeste.reasoning.columns.judging import duty, duty_in_full, promise_paused, unjudged
from fodfaeste.reasoning.history import NONE_WIDE

count_ = HISTORY["count"]
first_ = HISTORY["first"]
last_ = HISTORY["last"]
total_ = HISTORY["total"]
reached_total_ = HISTORY["reached_total"]
active_ = HISTORY["active"]
covering = HISTORY["covering"]
run_start_ = HISTORY["run_start"]
days_in_ = HISTORY["days_in"]
reached_ = HISTORY["reached"]

NOTHING = NONE - 1
"""What first and last answer where there is no event, before the default takes its place."""


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


def weighed(n, on, lo, offsets, attr, below, bits, more, weights):
    """Two bits a filter for each row of a kind: it may fit, it fits. ``more`` 1: as the bits before have it, too.

    ``bits`` begins with those of the unknown, where that is below every value; then come the values.
    """
    for j in range(offsets[lo], offsets[lo + n]):
        found = bits[max(attr[j] - below, 0)]
        weights[j] = found & weights[j] if more == 1 else found


def gathered(n, on, lo, offsets, observed, hides, weights, some, found, any_):
    """The bits of a person's rows together; all of them where rows may be unwritten."""
    for k in range(found[0]):
        r = lo + some[k]
        bits = 0
        for j in range(offsets[r], offsets[r + 1]):
            bits |= weights[j]
        any_[k] = -1 if hides == 1 and observed[r] == 0 else bits


def matched(n, on, lo, offsets, weights, bit, match):
    """A match column from two bits: 2 where a row fits, 1 where it may."""
    for j in range(offsets[lo], offsets[lo + n]):
        match[j] = ((weights[j] >> bit) & 1) + ((weights[j] >> (bit + 1)) & 1)


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
    spread(n, default, d1, out)
    unknown_too(n, a, a1, none, out)
    unknown_too(n, b, b1, none, out)


@kernel
def spread(n, source, step, out):
    """A column, or one value for all rows. Every loop goes straight through: such are made into vectors."""
    if step == 0:
        value = source[0]
        for i in range(n):
            out[i] = value
    else:
        for i in range(n):
            out[i] = source[i]


@kernel
def unknown_too(n, source, step, none, out):
    """Unknown where an argument is."""
    if step == 0:
        if source[0] == NONE:
            for i in range(n):
                out[i] = none
    else:
        for i in range(n):
            out[i] = none if source[i] == NONE else out[i]


def count(n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, a, a1, b, b1, out):
    """Number of events from a to b."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if hides == 1 and observed[r] == 0:
            out[i] = NONE
        elif a[i * a1] != NONE and b[i * b1] != NONE:
            out[i] = count_(day, match, offsets[r], offsets[r + 1], a[i * a1], min(b[i * b1], on))


def count_bounds(
    n, on, lo, offsets, day, match, observed, hides, rows, items, some, found, a, a1, b, b1, most, least, maybe
):  # fmt: skip
    """How many events from a to b count for certain, and how many may: of both no more than ``most``.

    From the last one back, for most questions are about what is recent.
    """
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if a[i * a1] != NONE and b[i * b1] != NONE:
            begin, end = a[i * a1], min(b[i * b1], on)
            certain, possible = 0, 0
            j = offsets[r + 1] - 1
            while j >= offsets[r] and day[j] >= begin and certain < most:
                fits = match[j] * (day[j] <= end)
                certain += fits >> 1
                possible += (fits + 1) >> 1
                j -= 1
            least[i] = min(certain, most)
            maybe[i] = most if hides == 1 and observed[r] == 0 else min(possible, most)


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
    sought(n, target, t1, a, a1, out)


@kernel
def sought(n, amount, m1, since, s1, out):
    """``since`` where nothing is sought, never where something is, unknown where either is."""
    spread(n, since, s1, out)
    if m1 == 0:
        if amount[0] <= NONE or amount[0] > 0:
            value = NONE if amount[0] <= NONE else FAR
            for i in range(n):
                out[i] = NONE if out[i] == NONE else value
    else:
        for i in range(n):
            m = amount[i]
            out[i] = NONE if (m <= NONE) | (out[i] == NONE) else (out[i] if m <= 0 else FAR)


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
    if at1 == 0:
        value = 1 if at[0] == NONE else 0
        for i in range(n):
            out[i] = value
    else:
        for i in range(n):
            out[i] = 1 if at[i] == NONE else 0


def active(n, on, lo, offsets, start, end, match, observed, hides, rows, items, some, found, at, at1, out):
    """Whether a spell covers the day."""
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        if at[i * at1] != NONE:
            covers = active_(start, end, match, offsets[r], offsets[r + 1], at[i * at1])
            out[i] = 1 if covers < 2 and hides == 1 and observed[r] == 0 else covers


def mask(n, on, lo, offsets, start, end, observed, hides, rows, items, some, found, attr, unknown, open_, bare, out):
    """One bit per attribute value of the spells that cover today.

    Bit ``open_``: a value is unknown, or a spell may be unwritten. ``bare`` 1: the spells have no attribute.
    """
    for i in range(n):
        out[i] = 0
    for k in range(found[0]):
        i = some[k]
        r = rows[i] if items else lo + i
        bits = np.int64(1) << open_ if hides == 1 and observed[r] == 0 else np.int64(0)
        for j in range(offsets[r], offsets[r + 1]):
            if start[j] > on:
                break
            if end[j] >= on:
                if bare == 1:
                    bits |= 1
                else:
                    bits |= np.int64(1) << (open_ if attr[j] == unknown else np.int64(attr[j]))
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
    sought(n, amount, m1, after, f1, out)


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


LIBRARY: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        every, owners, weighed, gathered, matched, taken, widened, copied, fill, count, count_bounds, first, last,
        total, reached_total_start, reached_total, active_start, active, mask, current, run_start, days_in,
        reached_start, reached, unjudged, duty, duty_in_full, promise_paused,
    )
}  # fmt: skip
"""What machine code is made of when it is first called with columns of certain widths."""
