"""*Ring til*: what Min dag shows of signs, of cases without contact, and of calm that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.marks import signs_by_course
from fodfaeste.casework.contacts.written import Kind, Written, written_in
from fodfaeste.casework.courses.models import Course
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.web.contact.said import sign_words
from fodfaeste.interfaces.web.contact.standing_words import said_of


@dataclass(frozen=True)
class Call:
    """Somebody to ring, and why: one sentence for each sign, with the day since which it shows."""

    name: str
    phone: str
    address: str
    why: tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Stands:
    """A case in which contact stands otherwise than usual."""

    name: str
    address: str
    words: str


@dataclass(frozen=True)
class Letter:
    """Something a citizen or a partner wrote: what it is, her words, and where it is read and answered."""

    name: str
    address: str
    what: str
    one: Written


@dataclass(frozen=True)
class Calls:
    """Whom to ring; what was written; who is without contact and agreement; who has peace; who goes on by herself."""

    ring: tuple[Call, ...]
    letters: tuple[Letter, ...]
    forgotten: tuple[Stands, ...]
    calm: tuple[Stands, ...]
    driven: tuple[Stands, ...]


def calls_of(user: User, kommune: int, courses: Sequence[Course], day: date) -> Calls:
    """What shows in some open cases, citizens at hand. Three queries, however many cases."""
    by_id = {course.pk: course for course in courses}
    signs = signs_by_course(by_id, day)
    ring = [
        Call(
            by_id[pk].citizen.name, by_id[pk].citizen.phone, _address(by_id[pk]),
            tuple((sign_words(one), from_day(one.since)) for one in shown),
        )
        for pk, shown in sorted(signs.items(), key=lambda pair: pair[1][0].since)
    ]  # fmt: skip
    stands: dict[str, list[Stands]] = {"glemt": [], "ro": [], "selvkoerende": []}
    for pk, words in said_of(kommune, by_id, day).items():
        stands[words.kind].append(Stands(by_id[pk].citizen.name, _address(by_id[pk]), words.words))
    letters = tuple(_letter(by_id[one.course], one) for one in written_in(by_id, user))
    return Calls(tuple(ring), letters, *(tuple(sorted(stands[kind], key=lambda one: one.name)) for kind in stands))


def _letter(course: Course, one: Written) -> Letter:
    what, page = {
        Kind.OBJECTION: (_("Skriver, at noget er forkert"), "objections"),
        Kind.STEP: (_("Har svaret eller foreslået noget i planen"), "plan"),
        Kind.CHECK_IN: (_("Har skrevet, hvordan det går"), "contact"),
        Kind.ANSWER: (_("En samarbejdspartner har svaret"), "plan"),
    }[one.kind]
    return Letter(course.citizen.name, reverse(f"caseworker:{page}", args=[course.citizen.reference]), what, one)


def _address(course: Course) -> str:
    return reverse("caseworker:contact", args=[course.citizen.reference])
