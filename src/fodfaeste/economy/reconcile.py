"""Reconciling a municipality's extract of reimbursement with the law, line by line, to the øre.

A line is one person, one week and one benefit. What the extract says is compared with what the law gives for the
weeks it tells; a difference gets a cause if one can be named, and is unexplained otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fodfaeste.economy.ladder import FULL, Payment, Share, share_payments
from fodfaeste.economy.tariff import Tariff


class Cause(StrEnum):
    """Why a line of the extract differs from the law."""

    EQUAL = "equal"
    ROUNDING = "rounding"  # at most an øre, from rounding each week by itself
    EARLIER_WEEKS = "earlier-weeks"  # benefit weeks before the extract begins explain this person's lines
    OTHER_STEP = "other-step"  # another step of the same scale was used in this week
    OTHER_COLUMN = "other-column"  # the amount stands as reimbursement instead of co-financing, or the other way
    MISSING = "missing"  # no share stands in the line, though one is due
    NOT_SHARED = "not-shared"  # a share stands in the line, though the benefit is not shared
    TWICE = "twice"  # the same person, week and benefit stands in an earlier line, with the same amounts
    UNKNOWN = "unknown"  # the law's share is not known here
    UNEXPLAINED = "unexplained"


SETTLED = frozenset(Cause) - {Cause.UNEXPLAINED, Cause.UNKNOWN}
"""Causes that leave nothing to explain."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the extract: its number in the file, whose it is, the payment, and the shares it states in øre.

    ``state`` is what the state refunds, ``municipality`` what the municipality co-finances; None where it says nothing.
    """

    number: int
    person: str
    payment: Payment
    state: int | None
    municipality: int | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A line beside the law. ``difference`` is the extract's state share less the law's, in øre; None if unknown.

    ``rate`` is the percentage the extract seems to have used, in hundredths, where a step of the scale fits.
    ``weeks`` are the earlier benefit weeks that explain the person's lines, or 0.
    """

    line: Line
    share: Share
    stated: int | None
    difference: int | None
    cause: Cause
    rate: int | None
    weeks: int


def reconcile(lines: Sequence[Line], tariff: Tariff) -> list[Finding]:
    """Each line with its cause, in the order of the lines.

    Raises ValueError for days the tariff was not made for, KeyError for a benefit it does not know.
    """
    people: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        people[line.person].append(line)
    found = [finding for own in people.values() for finding in _person(own, tariff)]
    return sorted(found, key=lambda finding: finding.line.number)


def _person(lines: list[Line], tariff: Tariff) -> Iterator[Finding]:
    kept, twice = _distinct(lines)
    ordered = sorted(kept, key=lambda line: (line.payment.day, line.number))
    payments = [line.payment for line in ordered]
    shares = share_payments(payments, tariff)
    weeks = _earlier(ordered, shares, tariff)
    seen = share_payments(payments, tariff, before=weeks) if weeks else shares
    for line, share, other in zip(ordered, shares, seen, strict=True):
        yield _finding(line, share, other, weeks, tariff)
    by_key = {_key(line): share for line, share in zip(ordered, shares, strict=True)}
    for line in twice:
        # Paid once, so nothing is due the second time; what the line states is the difference.
        share = replace(by_key[_key(line)], state=0, municipality=0)
        stated = _stated(line, share, tariff)
        yield Finding(line, share, stated, stated, Cause.TWICE, None, 0)


def _key(line: Line) -> tuple[int, str | None, int | None, int | None, int | None]:
    return (line.payment.day, line.payment.benefit, line.payment.amount, line.state, line.municipality)


def _distinct(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    seen: set[object] = set()
    kept: list[Line] = []
    twice: list[Line] = []
    for line in lines:
        (twice if _key(line) in seen else kept).append(line)
        seen.add(_key(line))
    return kept, twice


def _co_financed(share: Share, tariff: Tariff) -> bool:
    one = share.payment
    return bool(tariff.co_financed[tariff.period(one.day), tariff.situation(one.benefit, one.activity)])


def _stated(line: Line, share: Share, tariff: Tariff) -> int | None:
    """The state share the line states: its reimbursement, or the benefit less the co-financing."""
    if not _co_financed(share, tariff):
        return line.state
    amount = line.payment.amount
    return None if amount is None or line.municipality is None else amount - line.municipality


def _earlier(lines: list[Line], shares: list[Share], tariff: Tariff) -> int:
    """The fewest benefit weeks before the extract that make most lines agree; 0 where none help."""
    pairs = [(line, share) for line, share in zip(lines, shares, strict=True) if share.state is not None]
    if all(_agrees(line, share, tariff) for line, share in pairs):
        return 0
    payments = [line.payment for line in lines]

    def agreeing(before: int) -> int:
        seen = share_payments(payments, tariff, before=before)
        return sum(_agrees(line, share, tariff) for line, share in zip(lines, seen, strict=True))

    steps = {limit - number for number, limit in _steps(pairs, tariff) if limit >= number}
    best, most = 0, agreeing(0)
    for weeks in sorted(steps):
        count = agreeing(weeks)
        if weeks and count > most:
            best, most = weeks, count
    return best


def _steps(pairs: list[tuple[Line, Share]], tariff: Tariff) -> set[tuple[int, int]]:
    """Numbers of weeks, with the first number of each step that may follow."""
    found: set[tuple[int, int]] = set()
    for _, share in pairs:
        if not share.number:
            continue
        one = share.payment
        table = tariff.share[tariff.period(one.day), tariff.situation(one.benefit, one.activity)]
        starts = [n for n in range(2, len(table)) if table[n] != table[n - 1]]
        found |= {(share.number, start) for start in starts}
    return found


def _agrees(line: Line, share: Share, tariff: Tariff) -> bool:
    stated = _stated(line, share, tariff)
    return share.state is not None and stated is not None and abs(stated - share.state) <= 1


def _finding(line: Line, share: Share, other: Share, weeks: int, tariff: Tariff) -> Finding:
    stated = _stated(line, share, tariff)
    if not share.shared:
        given = (line.state or 0) + (line.municipality or 0)
        cause = Cause.NOT_SHARED if given else Cause.EQUAL
        return Finding(line, share, stated, given, cause, None, 0)
    if share.state is None:
        return Finding(line, share, stated, None, Cause.UNKNOWN, None, 0)
    difference = (stated or 0) - share.state if stated is not None else -share.state
    rate = None if stated is None else _fitting(line, share, stated, tariff)
    cause = _cause(line, share, other, stated, rate, weeks, tariff)
    if cause is Cause.OTHER_COLUMN:
        difference = 0
    return Finding(line, share, stated, difference, cause, rate, weeks if cause is Cause.EARLIER_WEEKS else 0)


def _cause(
    line: Line, share: Share, other: Share, stated: int | None, rate: int | None, weeks: int, tariff: Tariff
) -> Cause:
    if stated == share.state:
        return Cause.EQUAL
    if _in_other_column(line, share, tariff):
        return Cause.OTHER_COLUMN
    if stated is None:
        return Cause.MISSING
    if _agrees(line, share, tariff):
        return Cause.ROUNDING
    if weeks and _agrees(line, other, tariff):
        return Cause.EARLIER_WEEKS
    if rate is not None:
        return Cause.OTHER_STEP
    if not line.state and not line.municipality:
        return Cause.MISSING
    return Cause.UNEXPLAINED


def _in_other_column(line: Line, share: Share, tariff: Tariff) -> bool:
    """Whether the right share stands in the column of the other kind of benefit, and nothing in its own."""
    if share.state is None or share.municipality is None:
        return False
    own, foreign = (line.municipality, line.state) if _co_financed(share, tariff) else (line.state, line.municipality)
    return (
        not own and bool(foreign) and any(abs((foreign or 0) - due) <= 1 for due in (share.state, share.municipality))
    )


def _fitting(line: Line, share: Share, stated: int, tariff: Tariff) -> int | None:
    """The step of the benefit's own scale that gives the stated share, whatever the week's number."""
    one = share.payment
    if not one.amount:
        return None
    table = tariff.share[tariff.period(one.day), tariff.situation(one.benefit, one.activity)]
    rates = sorted({int(rate) for rate in table if rate >= 0})
    exact = [rate for rate in rates if abs(stated * FULL - one.amount * rate) <= FULL]
    return exact[0] if len(exact) == 1 else None
