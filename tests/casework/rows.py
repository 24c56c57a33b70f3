"""A case put into the tables, line by line, as somebody would have written it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.people.models import Citizen
from fodfaeste.facts import Case
from fodfaeste.facts.encoding import plain
from fodfaeste.foundation import from_day

_COUNT = iter(range(10**9))


def odense() -> Kommune:
    return Kommune.objects.get_or_create(code=461, defaults={"name": "Odense", "slug": "odense"})[0]


def store(case: Case, kommune: Kommune | None = None) -> Course:
    """The course of the case, with every line of it; corrections and voids too."""
    kommune = kommune or odense()
    number = next(_COUNT)
    citizen = Citizen.objects.create(kommune=kommune, person_number=f"{6101900000 + number:010d}", name=f"N. {number}")
    course = Course.objects.create(
        kommune=kommune, citizen=citizen, opened=date(2020, 1, 1), unobserved=sorted(case.unobserved)
    )
    shared = {"kommune": kommune, "course": course}
    for fact in case.facts:
        valid = None if fact.start is None and fact.end is None else DateRange(_day(fact.start), _after(fact.end))
        Fact.objects.create(
            **shared, field=fact.field, value=plain(fact.value), valid=valid, recorded=_day(fact.recorded),
            source=fact.source or "", by=fact.by or "",
        )  # fmt: skip
    corrected = {line.corrects for line in (*case.events, *case.spells)}
    made: dict[str, Event | Spell] = {}
    for event in case.events:
        made[f"e{event.id}"] = Event.objects.create(
            **shared, kind=event.kind, on=from_day(event.date), attrs={n: plain(v) for n, v in event.attrs.items()},
            recorded=_day(event.recorded), void=event.void, standing=event.id is None or event.id not in corrected,
            corrects=made[f"e{event.corrects}"] if event.corrects else None,
        )  # fmt: skip
    for spell in case.spells:
        made[f"s{spell.id}"] = Spell.objects.create(
            **shared, kind=spell.kind, period=DateRange(from_day(spell.start), _after(spell.end)),
            attrs={n: plain(v) for n, v in spell.attrs.items()}, recorded=_day(spell.recorded), void=spell.void,
            standing=spell.id is None or spell.id not in corrected,
            corrects=made[f"s{spell.corrects}"] if spell.corrects else None,
        )  # fmt: skip
    return course


def _day(day: int | None) -> date | None:
    return None if day is None else from_day(day)


def _after(day: int | None) -> date | None:
    return None if day is None else from_day(day) + timedelta(days=1)
