"""The municipality's own weeks by benefit and step, and what they cost: from the weeks and the extract read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Sum

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.courses.models import Course, Fact
from fodfaeste.casework.courses.reading import benefit_spells, cases_of
from fodfaeste.casework.intake.models import Batch
from fodfaeste.casework.intake.queries import Paid, paid_by_benefit, record_of_weeks
from fodfaeste.economy.payments import ON_THE_LADDER, settled
from fodfaeste.economy.tariff import Tariff, tariff_of
from fodfaeste.economy.terms import DAYS_A_WEEK, monday_of, week_of
from fodfaeste.facts import Case
from fodfaeste.foundation import FAR, from_day, half_up_div, to_day
from fodfaeste.interfaces.refusion_extract import SHARED_ALIKE, benefit_names
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.rulebook import ir

if TYPE_CHECKING:
    from fodfaeste.economy.bands import Band, Spells

WEEKS = 52
"""How many weeks the page looks back; a habit of the page, not of the law."""

_MEMORY: dict[str, Own] = {}
_MOST_KEPT = 4


@dataclass(frozen=True)
class Own:
    """Weeks from ``first`` and before ``after``, by benefit and step; ``since`` is where the record begins.

    ``averages`` are øre a week and person by benefit, from the extract, and ``paid`` its own sums.
    """

    first: date
    after: date
    since: date | None
    bands: tuple[Band, ...]
    averages: Mapping[str, int]
    paid: tuple[Paid, ...]
    strange: tuple[str, ...]

    @property
    def last(self) -> date:
        """The last day."""
        return self.after - timedelta(days=1)


def window(kommune: int, day: date) -> tuple[date, date, date | None]:
    """First day and the day after the last whole week that is recorded, and where the record begins."""
    record = record_of_weeks(kommune)
    monday = monday_of(week_of(to_day(day)))
    after = min(monday, to_day(record[1])) if record else monday
    after = monday_of(week_of(after))
    return from_day(after - DAYS_A_WEEK * WEEKS), from_day(after), record[0] if record else None


def averages_of(paid: tuple[Paid, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Øre a week and person by benefit, and the names of the extract that are no benefit of ours."""
    names = benefit_names(rulebooks.law().vocabulary)
    sums: dict[str, tuple[int, int]] = {}
    strange = []
    for line in paid:
        benefit = names.get(line.benefit.strip().lower())
        if benefit is None:
            strange.append(line.benefit)
            continue
        before = sums.get(benefit, (0, 0))
        sums[benefit] = (before[0] + line.total, before[1] + line.persons)
    found = {benefit: half_up_div(total, persons) for benefit, (total, persons) in sums.items() if persons}
    found |= {other: found[one] for one, other in SHARED_ALIKE.items() if one in found and other not in found}
    return found, tuple(strange)


def own_weeks(kommune: Kommune, day: date) -> Own | None:
    """The last year of weeks; None when no spell of benefit is recorded. Kept until a case or an import is another."""
    state = Course.objects.filter(kommune=kommune).aggregate(n=Count("pk"), versions=Sum("version"))
    batch = Batch.objects.filter(kommune=kommune, state=Batch.State.DONE).aggregate(last=Max("pk"))["last"]
    digest = rulebooks.rulebook_of(day, kommune.slug).digest
    key = f"{kommune.pk}-{state['n']}-{state['versions']}-{batch}-{digest}-{day}"
    if key not in _MEMORY:
        found = _reckoned(kommune, day)
        if found is None:
            return None
        while len(_MEMORY) >= _MOST_KEPT:
            _MEMORY.pop(next(iter(_MEMORY)), None)
        _MEMORY[key] = found
    return _MEMORY[key]


def forget() -> None:
    """Reckon everything anew."""
    _MEMORY.clear()


def _reckoned(kommune: Kommune, day: date) -> Own | None:
    import numpy as np

    from fodfaeste.economy.bands import bands, certain, weeks_of

    told = benefit_spells(kommune.pk)
    first, after, since = window(kommune.pk, day)
    if not told:
        return None
    until = to_day(after)
    earliest = monday_of(week_of(min(*(one[1] for one in told), until - DAYS_A_WEEK)))
    tariff = tariff_of(rulebooks.law(), earliest, until - 1, kommune.slug)
    paid = tuple(paid_by_benefit(kommune.pk, first, after))
    averages, strange = averages_of(paid)
    rows, person = weeks_of(_spells(kommune, told, tariff, until), until)
    prices = np.full(len(tariff.benefits) + 1, rows.amount.min() if len(rows.amount) else 0, np.int32)
    for benefit, weekly in averages.items():
        prices[tariff.benefits.index(benefit) + 1] = weekly
    here = rows.day >= to_day(first)
    rows.amount[here] = prices[rows.situation[here] // (len(tariff.activities) + 1)]
    hidden = np.array(sorted({one[0] for one in told if one[4]}), np.int64)
    sure = certain(rows, tariff, None if since is None else to_day(since)) & ~np.isin(person, hidden)
    return Own(first, after, since, tuple(bands(rows, tariff, sure, to_day(first))), averages, paid, strange)


Told = tuple[int, int, "int | None", "str | None", bool]


def _spells(kommune: Kommune, told: list[Told], tariff: Tariff, until: int) -> Spells:
    """The spells as the tariff numbers them; benefits that are on the ladder for some only are looked up."""
    import numpy as np

    from fodfaeste.economy.bands import Spells

    cases = _cases(kommune, {one[0] for one in told if one[3] in ON_THE_LADDER}, tariff)
    unknown = tariff.situation(None, None)
    plain = {name: tariff.situation(name, None) for name in tariff.benefits}
    found = []
    for course, begin, end, benefit, _hidden in told:
        last = FAR if end is None else end
        if benefit in ON_THE_LADDER:
            for a, b, seen in _settled(benefit, begin, min(last, until - 1), cases.get(course), tariff):
                found.append((course, a, b, unknown if seen is None else plain[seen]))
        else:
            found.append((course, begin, last, plain.get(benefit or "", unknown)))
    person, first, last_days, situation = (np.array(part, np.int64) for part in zip(*found, strict=True))
    return Spells(person, first, last_days, situation)


def _cases(kommune: Kommune, courses: set[int], tariff: Tariff) -> dict[int, Case]:
    """The cases of those courses that tell what decides whether the benefit is on the ladder."""
    if not courses:
        return {}
    norms = [book.norms[one] for one in ON_THE_LADDER.values() for book in tariff.books if one in book.norms]
    parts = (part for norm in norms for expression in norm.expressions for part in ir.walk(expression))
    fields = {part.name for part in parts if isinstance(part, ir.FieldRef)}
    telling = Fact.objects.filter(kommune=kommune, field__in=fields, course__in=courses).values("course")
    return cases_of(Course.objects.filter(pk__in=telling), rulebooks.law().vocabulary)


def _settled(
    benefit: str, begin: int, last: int, case: Case | None, tariff: Tariff
) -> list[tuple[int, int, str | None]]:
    """Runs of days with the benefit as the law sees it: on the ladder, outside it, or not known."""
    if begin > last:
        return []
    if case is None:
        return [(begin, last, None)]
    words = rulebooks.law().vocabulary
    ends = [settled(benefit, case, words, tariff, day) for day in (begin, last)]
    if ends[0] == ends[1]:
        return [(begin, last, ends[0])]
    edges = [begin, *range(monday_of(week_of(begin) + 1), last + 1, DAYS_A_WEEK), last + 1]
    return [(a, b - 1, settled(benefit, case, words, tariff, a)) for a, b in pairwise(edges)]


__all__ = ["WEEKS", "Own", "averages_of", "forget", "own_weeks", "window"]
