"""One person's weeks, slowly and plainly: number of the week, percentage, and what state and municipality bear.

The counting rule is a small machine; every length, gap and percentage it uses comes from the tariff. Columns
(shares.py) do the same for a nation, and tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import F_ALONE, F_COUNTS, F_MAY_COUNT, F_SUPPORTS, F_TOGETHER, NO_SHARE, week_of

FULL = 10_000
"""A hundred per cent in hundredths of a per cent."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid for days of one week in which nothing changed: benefit, activity and amount in whole øre.

    ``day`` is the first of them, and decides which law applies. None is unknown.
    """

    day: int
    benefit: str | None
    activity: str | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """What one payment costs whom, in whole øre; None is unknown.

    ``number`` is the week's number in the count the percentage follows (0: no count matters, None: not known);
    ``rate`` the state share in hundredths of a per cent. ``shared`` is False for a benefit that is no matter between
    state and municipality. ``counted`` says whether the week is a benefit week of the ladder, ``ladder`` its number
    there, ``restarted`` whether the ladder began again in it.
    """

    payment: Payment
    number: int | None
    rate: int | None
    shared: bool
    state: int | None
    municipality: int | None
    counted: bool
    ladder: int | None
    restarted: bool


@dataclass(slots=True)
class _Person:
    """What the machine remembers of one person."""

    supported: set[int] = field(default_factory=set)  # weeks that were no self-support
    previous: int | None = None  # the last of them
    first: int | None = None  # the first benefit week
    restart: int | None = None  # the week the ladder last began again in, or the first benefit week
    number: int = 0
    won: bool = False
    uncertain: bool = False
    own: dict[str, tuple[int, int]] = field(default_factory=dict)  # benefit → its last week and that week's number
    rest: int = 0  # what rounding has left over, in ten-thousandths of an øre


def share_payments(
    payments: Sequence[Payment], tariff: Tariff, before: int = 0, uncertain: bool = False
) -> list[Share]:
    """What each payment of one person costs whom, in the order of their days.

    ``before`` benefit weeks lie before the first payment and are not told. With ``uncertain`` there may be any number
    of such weeks, also in between, and no week has a number. Raises ValueError for a day the tariff was not made for,
    KeyError for a benefit it does not know.
    """
    person = _Person(number=before, uncertain=uncertain)
    found: list[Share] = []
    ordered = sorted(payments, key=lambda one: one.day)
    for week, group in groupby(ordered, key=lambda one: week_of(one.day)):
        found += _week(person, week, list(group), tariff)
    return found


def _week(person: _Person, week: int, group: list[Payment], tariff: Tariff) -> list[Share]:
    flags = [int(tariff.flags[tariff.period(one.day), tariff.situation(one.benefit, one.activity)]) for one in group]
    paid = [flag for one, flag in zip(group, flags, strict=True) if one.amount is None or one.amount > 0]
    person.uncertain |= any(flag & F_MAY_COUNT for flag in paid)
    counted = any(flag & F_COUNTS for flag in paid)
    restarted = False
    if counted or any(flag & F_SUPPORTS for flag in paid):
        terms = tariff.period(group[0].day)
        _look_back(person, week, terms, tariff)
        if counted:
            restarted = _count(person, week)
        person.supported.add(week)
        person.previous = week
    _count_alone(person, week, group, flags, tariff)
    return [_share(person, one, flag, counted, restarted, tariff) for one, flag in zip(group, flags, strict=True)]


def _look_back(person: _Person, week: int, terms: int, tariff: Tariff) -> None:
    """Whether a restart has been won before this week."""
    if person.first is None or person.previous is None:
        return
    if not tariff.stands[terms]:
        person.won = _earned(person, week, terms, tariff)
    elif not person.won:
        person.won = any(_earned(person, end, terms, tariff) for end in range(person.previous + 1, week + 1))


def _earned(person: _Person, week: int, terms: int, tariff: Tariff) -> bool:
    """Whether so many weeks of self-support lie in the window before a week, after the first benefit week."""
    needed = int(tariff.restart_weeks[terms])
    assert person.first is not None
    assert person.restart is not None
    since = person.restart if tariff.uses_up[terms] else person.first
    window = range(max(since + 1, week - int(tariff.window_weeks[terms])), week)
    free = sum(one not in person.supported for one in window)
    fresh = any(one not in person.supported for one in range(person.restart + 1, week))
    return needed > 0 and fresh and free >= needed


def _count(person: _Person, week: int) -> bool:
    restarted = person.won
    if restarted:
        person.number, person.won, person.restart = 0, False, week
    if person.first is None:
        person.first = person.restart = week
    person.number += 1
    return restarted


def _count_alone(person: _Person, week: int, group: list[Payment], flags: list[int], tariff: Tariff) -> None:
    """The count of a benefit by itself, which only older rules use."""
    for one, flag in zip(group, flags, strict=True):
        if not flag & F_ALONE or one.benefit is None or (one.amount is not None and one.amount <= 0):
            continue
        last, number = person.own.get(one.benefit, (None, 0))
        if last == week:
            continue
        gap = int(tariff.gap[tariff.period(one.day), tariff.situation(one.benefit, one.activity)])
        broken = last is None or week - last - 1 >= gap
        person.own[one.benefit] = (week, 1 if broken else number + 1)


def _share(person: _Person, one: Payment, flag: int, counted: bool, restarted: bool, tariff: Tariff) -> Share:
    ladder = None if person.uncertain else person.number
    number: int | None = 0
    if flag & F_TOGETHER:
        number = None if person.uncertain else max(person.number, 1)
    elif flag & F_ALONE and one.benefit is not None:
        number = max(person.own.get(one.benefit, (0, 1))[1], 1)
    period = tariff.period(one.day)
    table = tariff.share[period, tariff.situation(one.benefit, one.activity)]
    rate = int(table[min(number or 0, len(table) - 1)])
    if rate < 0 or one.amount is None:
        known = rate if rate >= 0 else None
        return Share(one, number, known, rate != NO_SHARE, None, None, counted, ladder, restarted)
    exact = one.amount * rate + person.rest
    state = (exact + FULL // 2) // FULL
    person.rest = exact - state * FULL if tariff.running[period] else 0
    return Share(one, number, rate, True, state, one.amount - state, counted, ladder, restarted)
