"""*Ring til*: what Min dag shows of signs, of cases without contact, and of calm that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from fodfaeste.casework.contacts.marks import signs_by_course
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
class Calls:
    """Whom to ring; who is without contact and agreement; who has peace as agreed; who goes on by herself."""

    ring: tuple[Call, ...]
    forgotten: tuple[Stands, ...]
    calm: tuple[Stands, ...]
    driven: tuple[Stands, ...]


def calls_of(kommune: int, courses: Sequence[Course], day: date) -> Calls:
    """What shows in some open cases, citizens at hand. Two queries, however many cases."""
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
    return Calls(tuple(ring), *(tuple(sorted(stands[kind], key=lambda one: one.name)) for kind in stands))


def _address(course: Course) -> str:
    return reverse("caseworker:contact", args=[course.citizen.reference])
