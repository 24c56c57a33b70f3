"""Citizens of a caseworker on 20 August 2026, each there to show one thing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, User
from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses.models import Course
from tests.casework.rows import store

DAY = date(2026, 8, 20)


def ago(days: int, day: date = DAY) -> str:
    return (day - timedelta(days=days)).isoformat()


def job_ready(day: date = DAY) -> dict[str, Any]:
    """One of four conversations held; the benefit is followed up on; wished for a meeting three days ago."""
    return {
        "facts": {"foedt": "1989-05-01", "i_job": False},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "kh-jobparat", "from": ago(60, day)},
            {"kind": "ydelse", "type": "kontanthjaelp", "from": ago(60, day)},
        ],
        "events": [
            {"kind": "foerste-henvendelse", "date": ago(60, day)},
            {"kind": "tilmelding", "date": ago(60, day)},
            {"kind": "jobsamtale", "holder": "kommune", "form": "fysisk", "date": ago(50, day)},
        ],
    }


def wishing(day: date = DAY) -> dict[str, Any]:
    case = job_ready(day)
    case["events"].append({"kind": "anmodning", "om": "fysisk-samtale", "date": ago(3, day)})
    return case


def insured(day: date = DAY) -> dict[str, Any]:
    """On unemployment benefit for nine months, with the conversations of the first six held."""
    return {
        "facts": {"foedt": "1980-01-01"},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "dp", "from": ago(270, day)},
            {"kind": "ydelse", "type": "dagpenge", "from": ago(270, day)},
        ],
        "events": [
            {"kind": "tilmelding", "date": ago(270, day)},
            {"kind": "dp-indplacering", "date": ago(270, day)},
            {"kind": "akasse-overgang", "date": ago(180, day)},
            *(
                {"kind": "jobsamtale", "holder": "kommune", "form": "fysisk", "date": ago(n, day)}
                for n in (170, 140, 110)
            ),
        ],
    }


def in_fleksjob(day: date = DAY) -> dict[str, Any]:
    """The first follow-up in the fleksjob is late."""
    return {
        "facts": {"foedt": "1980-03-01"},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "fleks", "from": ago(1000, day)},
            {"kind": "fleksjob", "from": ago(930, day)},
            {"kind": "ydelse", "type": "fleksloentilskud", "from": ago(930, day)},
        ],
    }


def sick(day: date = DAY) -> dict[str, Any]:
    """Seven weeks ill; whether the first follow-up is due waits for what nobody has said."""
    return {
        "facts": {"foedt": "1980-03-01", "i_job": True},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "syg", "from": ago(49, day)},
            {"kind": "ydelse", "type": "sygedagpenge", "from": ago(49, day)},
        ],
        "events": [{"kind": "foerste-fravaersdag", "date": ago(49, day)}],
    }


def citizen_of(
    caseworker: User | None, case: dict[str, Any], name: str, kommune: Kommune | None = None, day: date = DAY
) -> Course:
    """The course of a new citizen, opened when her first spell began."""
    course = store(ff.read(case), kommune or (caseworker and caseworker.kommune))
    course.citizen.name = name
    course.citizen.phone = "20 30 40 50"
    course.citizen.born = date.fromisoformat(case["facts"]["foedt"])
    course.citizen.save()
    course.caseworker = caseworker
    course.opened = date.fromisoformat(min(one["from"] for one in case["spells"]))
    course.save()
    return course


def appointment(course: Course, day: date = DAY, hour: int = 10, form: str = "telefon") -> Appointment:
    at = timezone.make_aware(datetime.combine(day, datetime.min.time()).replace(hour=hour))
    return Appointment.objects.create(
        kommune_id=course.kommune_id, course=course, caseworker=course.caseworker, at=at, form=form
    )
