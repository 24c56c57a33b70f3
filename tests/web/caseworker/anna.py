"""Anna, invented: from dagpenge to sygedagpenge, with a goal in her own words and a follow-up that is late."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.plans.models import Step, Words

GOAL = "Jeg vil tilbage til et køkken, hvor jeg kan holde til det. Helst tættere på skolen."
NAME = "Anna Kjær"


def make_anna(caseworker: User, today: date, number: str = "6203791234", name: str = NAME) -> Course:
    """Anna's course, with everything placed so and so many days from today."""
    kommune = caseworker.kommune
    assert kommune is not None
    citizen = Citizen.objects.create(
        kommune=kommune, person_number=number, name=name, born=date(today.year - 47, 3, 2), phone="20 30 40 50"
    )
    course = Course.objects.create(kommune=kommune, citizen=citizen, caseworker=caseworker, opened=_before(today, 500))
    shared: dict[str, Any] = {"kommune": kommune, "course": course}
    for kind, first, last, attrs in (
        ("ydelse", 500, 121, {"type": "dagpenge"}),
        ("ydelse", 120, None, {"type": "sygedagpenge"}),
        ("maalgruppe", 500, 121, {"gruppe": "dp"}),
        ("maalgruppe", 120, None, {"gruppe": "syg"}),
        ("tilbud", 300, 272, {"type": "virksomhedspraktik", "sektor": "privat"}),
        ("fravaer", 200, 190, {}),
    ):
        after = None if last is None else _before(today, last - 1)
        Spell.objects.create(**shared, kind=kind, period=DateRange(_before(today, first), after), attrs=attrs)
    for kind, days, attrs in (
        ("tilmelding", 500, {}),
        ("foerste-henvendelse", 500, {}),
        ("cv-samtale", 490, {"form": "fysisk"}),
        ("jobsamtale", 460, {"holder": "kommune", "form": "fysisk"}),
        ("jobsamtale", 400, {"holder": "kommune", "form": "telefon"}),
        ("jobsamtale", 350, {"holder": "a-kasse", "form": "video"}),
        ("foerste-fravaersdag", 120, {}),
        ("sygefravaer-anmeldt", 115, {}),
        ("sygeopfoelgning", 70, {"form": "telefon"}),
    ):
        Event.objects.create(**shared, kind=kind, on=_before(today, days), attrs=attrs, recorded=_before(today, days))
    for field, value, days in (
        ("foedt", citizen.born.isoformat() if citizen.born else None, 500),
        ("terminalt_syg", False, 110),
        ("akassemedlem", False, 500),
        ("akassemedlem", True, 480),
    ):
        Fact.objects.create(
            **shared, field=field, value=value, recorded=_before(today, days), source="borgeren", entered_by=caseworker
        )
    Words.objects.create(
        **shared, kind=Words.Kind.GOAL, text="Jeg vil gerne i gang igen.", written_at=_noon(today, 480)
    )
    Words.objects.create(**shared, kind=Words.Kind.GOAL, text=GOAL, written_at=_noon(today, 30))
    Step.objects.create(
        **shared, text="Besøge to skolekøkkener", owner=Step.Owner.CITIZEN, on=today + timedelta(days=6),
        reason="lægen siger halve dage fra næste uge", agreed=True,
    )  # fmt: skip
    Appointment.objects.create(
        **shared, caseworker=caseworker, at=_noon(today, -9), form="video", place="Teams"
    )  # fmt: skip
    return course


def _before(today: date, days: int) -> date:
    return today - timedelta(days=days)


def _noon(today: date, days: int) -> datetime:
    return datetime.combine(_before(today, days), time(12), UTC)


def address(course: Course, more: str = "") -> str:
    return f"/borger/{course.citizen.reference}/{more}"


def text_of(response: object) -> str:
    """What a reader sees, on one line."""
    html = re.sub(r"<(style|script|title|desc)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
