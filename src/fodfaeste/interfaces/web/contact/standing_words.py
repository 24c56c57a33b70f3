"""Calm and forgotten in words, for every list that shows cases: one way to say each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.contacts.marks import signs_by_course
from fodfaeste.casework.contacts.signs import Shown
from fodfaeste.casework.contacts.standing import Standing, Stood, standings
from fodfaeste.casework.courses.models import Course


@dataclass(frozen=True)
class Said:
    """How contact stands in a case: the kind for the look of it, and the words."""

    kind: str
    words: str


def said(stood: Stood | None) -> Said | None:
    """The words for how contact stands; None where there is nothing to remark, or the case is closed."""
    if stood is None or stood.standing == Standing.IN_CONTACT:
        return None
    if stood.standing == Standing.CALM and stood.until is not None:
        return Said("ro", _("Aftalt ro til og med %(day)s") % {"day": date_format(stood.until, "DATE_FORMAT")})
    if stood.standing == Standing.SELF_DRIVEN:
        return Said("selvkoerende", _("Styrer selv"))
    if stood.last is None:
        return Said("glemt", _("Ingen kontakt og ingen aftale"))
    day = date_format(stood.last, "DATE_FORMAT")
    return Said("glemt", _("Ingen kontakt siden %(day)s, og ingen aftale") % {"day": day})


def said_of(kommune: int, courses: Iterable[int], day: date) -> dict[int, Said]:
    """The words for each of some courses that has any. One query."""
    wanted = list(courses)
    if not wanted:
        return {}
    found = {pk: said(stood) for pk, stood in standings(kommune, day, wanted).items()}
    return {pk: words for pk, words in found.items() if words is not None}


def standing_of(course: Course, day: date) -> tuple[Said | None, list[Shown]]:
    """How contact stands in one course, and the signs that show. Two queries."""
    stood = standings(course.kommune_id, day, [course.pk]).get(course.pk)
    return said(stood), signs_by_course([course.pk], day).get(course.pk, [])
