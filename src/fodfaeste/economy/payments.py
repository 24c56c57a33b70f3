"""The payments of a case: its benefits day by day, cut where a week, the law, the activity or the amount changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from fodfaeste.economy.ladder import Payment
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import ACTIVITY, BENEFIT, DAYS_A_WEEK, monday_of, week_of
from fodfaeste.facts import Case, Vocabulary, view_case
from fodfaeste.facts.index import SpellRow
from fodfaeste.foundation import F, T, U, half_up_div
from fodfaeste.reasoning import Reference

PAYMENT, BENEFITS, OFFERS, PARTLY_BACK = "udbetaling", "ydelse", "tilbud", "delvist-i-arbejde"
"""The kinds of spells a case tells payments, benefits and activities with."""

NOTHING, BACK_GRADUALLY, SUBSIDISED = "ingen", "delvis-rask", "loentilskud"
OUTSIDE = "-uden-for"
ON_THE_LADDER = {
    "ledighedsydelse": "kfl.30.fleks",
    "fleksloentilskud": "kfl.30.fleks",
    "foertidspension": "kfl.30.pension",
}
"""Benefits that are on the ladder only for some, and the norm that says for whom."""


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as the case tells it: its last day, and the benefit by the name it was recorded with."""

    payment: Payment
    last: int
    recorded: str | None


@dataclass(frozen=True, slots=True)
class _Source:
    """A benefit over some days; ``total`` øre for all of them, None unknown; ``told`` in a payment of its own."""

    first: int
    last: int
    benefit: str | None
    total: int | None
    told: bool

    def amount(self, lo: int, hi: int) -> int | None:
        """What falls on the days from ``lo`` to ``hi``, spread equally; the parts add up to the whole."""
        if self.total is None:
            return None
        days = self.last - self.first + 1
        upto = half_up_div(self.total * (hi - self.first + 1), days)
        return upto - half_up_div(self.total * (lo - self.first), days)


def payments_of(case: Case, words: Vocabulary, tariff: Tariff, until: int, weekly: int | None = None) -> list[Paid]:
    """The payments of a case until a day, included.

    Amounts stand in spells of the kind ``udbetaling`` (kroner for the whole period, spread equally over its days). A
    benefit without one has an unknown amount, or ``weekly`` øre a week where that is given. Days before the tariff
    begins are left out. Where the record of benefits may be incomplete, so is the count of weeks: see ``uncertain``.
    """
    view = view_case(case, words, until)
    enum = words.enums[words.spells[BENEFITS].attrs["type"]].values
    named = words.enums[words.fields[BENEFIT].type].values
    offered = words.enums[words.spells[OFFERS].attrs["type"]].values
    begin = int(tariff.starts[0])
    sources = _sources(view.spells, enum, named, begin, until)
    offers = [(max(a, begin), min(b, until), _named(row, 0, offered)) for a, b, row in view.spells.get(OFFERS, [])]
    back = [(max(a, begin), min(b, until), BACK_GRADUALLY) for a, b, _ in view.spells.get(PARTLY_BACK, [])]
    activities = [one for one in offers + back if one[0] <= one[1]]
    sources += _subsidised(activities, sources)
    hidden = bool(view.unobserved & {OFFERS})
    known = set(words.enums[words.fields[ACTIVITY].type].values)
    found = []
    for lo, hi, one in _cut(sources, activities, tariff, until):
        if not one.told and _covered(sources, lo, one.benefit):
            continue
        activity = _activity(activities, lo, hidden)
        amount = one.amount(lo, hi) if one.total is not None else _supposed(lo, hi, weekly)
        benefit = settled(one.benefit, case, words, tariff, lo)
        found.append(Paid(Payment(lo, benefit, activity if activity in known else None, amount), hi, one.benefit))
    return _joined(sorted(found, key=lambda paid: (paid.payment.day, paid.recorded or "")))


def uncertain(case: Case) -> bool:
    """Whether there may be more benefits or payments than the case tells, so that weeks cannot be counted."""
    return bool(case.unobserved & {PAYMENT, BENEFITS})


def _sources(
    spells: dict[str, list[SpellRow]], enum: tuple[str, ...], named: tuple[str, ...], begin: int, until: int
) -> list[_Source]:
    """Payments with their amounts, then benefits without; only what lies in the days asked about, amounts in full."""
    paid = [_Source(a, b, _named(row, 0, named), row[1], True) for a, b, row in spells.get(PAYMENT, [])]
    days = [(max(a, begin), min(b, until), row) for a, b, row in spells.get(BENEFITS, [])]
    bare = [_Source(a, b, _named(row, 0, enum), None, False) for a, b, row in days if a <= b]
    return [*(one for one in paid if one.last >= begin and one.first <= until), *bare]


def _named(row: tuple[int | None, ...], slot: int, values: tuple[str, ...]) -> str | None:
    position = row[slot]
    return None if position is None else values[position]


def _subsidised(activities: list[tuple[int, int, str | None]], sources: list[_Source]) -> list[_Source]:
    """Employment with a wage subsidy is a covered benefit by itself on days without another."""
    found = []
    for a, b, activity in activities:
        if activity == SUBSIDISED:
            found += [_Source(lo, hi, SUBSIDISED, None, False) for lo, hi in _free(a, b, sources)]
    return found


def _free(a: int, b: int, sources: list[_Source]) -> Iterator[tuple[int, int]]:
    """Runs of days from ``a`` to ``b`` that no source covers."""
    at = a
    for one in sorted(sources, key=lambda source: source.first):
        if one.first > at and at <= b:
            yield at, min(one.first - 1, b)
        at = max(at, one.last + 1)
    if at <= b:
        yield at, b


def _covered(sources: list[_Source], day: int, benefit: str | None) -> bool:
    """Whether a payment tells of the same benefit on that day."""
    return any(one.told and one.benefit == benefit and one.first <= day <= one.last for one in sources)


def _cut(
    sources: list[_Source], activities: list[tuple[int, int, str | None]], tariff: Tariff, until: int
) -> Iterator[tuple[int, int, _Source]]:
    """Each source in runs of days of one week in which nothing changes."""
    edges = {int(start) for start in tariff.starts}
    edges |= {day for one in sources for day in (one.first, one.last + 1)}
    edges |= {day for a, b, _ in activities for day in (a, b + 1)}
    for one in sources:
        lo, hi = max(one.first, int(tariff.starts[0])), min(one.last, tariff.last, until)
        if lo > hi:
            continue
        mondays = {monday_of(week) for week in range(week_of(lo) + 1, week_of(hi) + 1)}
        days = sorted({lo, hi + 1} | {day for day in edges | mondays if lo < day <= hi})
        yield from ((a, b - 1, one) for a, b in pairwise(days))


def _activity(activities: list[tuple[int, int, str | None]], day: int, hidden: bool) -> str | None:
    """The activity of a day, the latest begun; None where one may be missing from the record."""
    here = [(a, kind) for a, b, kind in activities if a <= day <= b]
    if here:
        return max(here, key=lambda one: one[0])[1]
    return None if hidden else NOTHING


def _supposed(lo: int, hi: int, weekly: int | None) -> int | None:
    if weekly is None:
        return None
    monday = monday_of(week_of(lo))
    upto = half_up_div(weekly * (hi - monday + 1), DAYS_A_WEEK)
    return upto - half_up_div(weekly * (lo - monday), DAYS_A_WEEK)


def settled(benefit: str | None, case: Case, words: Vocabulary, tariff: Tariff, day: int) -> str | None:
    """The benefit as the law sees it on a day: on the ladder, outside it, or None where that is not known."""
    norm = ON_THE_LADDER.get(benefit or "")
    if norm is None or benefit is None:
        return benefit
    book = tariff.books[tariff.period(day)]
    if norm not in book.norms or book.norms[norm].absent:
        return f"{benefit}{OUTSIDE}"  # before weeks were counted there was no ladder to stand on
    found = Reference(book, view_case(case, words, day)).single(book.norms[norm])
    return {F: f"{benefit}{OUTSIDE}", T: benefit}.get(found[0] if found[0] is not None else U)


def _joined(found: list[Paid]) -> list[Paid]:
    """Payments of the same week and situation that follow each other as one."""
    kept: list[Paid] = []
    for paid in found:
        before = kept[-1] if kept else None
        if before is not None and before.last + 1 == paid.payment.day and _alike(before, paid):
            amounts = (before.payment.amount, paid.payment.amount)
            total = None if None in amounts else sum(one or 0 for one in amounts)
            kept[-1] = replace(before, last=paid.last, payment=replace(before.payment, amount=total))
        else:
            kept.append(paid)
    return kept


def _alike(a: Paid, b: Paid) -> bool:
    same = (a.payment.benefit, a.payment.activity, a.recorded) == (b.payment.benefit, b.payment.activity, b.recorded)
    known = (a.payment.amount is None) == (b.payment.amount is None)
    return same and known and week_of(a.payment.day) == week_of(b.payment.day)


def by_week(paid: Iterable[Paid]) -> Iterator[tuple[int, list[Paid]]]:
    """Payments by calendar week."""
    for week, group in groupby(paid, key=lambda one: week_of(one.payment.day)):
        yield week, list(group)
