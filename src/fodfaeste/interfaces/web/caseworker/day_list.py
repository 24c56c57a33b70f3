"""The day as a list that needs no system: each meeting with what the law asks of it and room to write.

Made for the page, for a file that opens without a network, and for a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.contacts.queries import KINDS
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.facts import view_case
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.form_told import form_told
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, due_first
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words
from fodfaeste.rulebook import Rulebook

_PRESSING = (Section.ASKED, Section.DUE, Section.NO_DAY)
_SAID = 2  # so many demands are told of each meeting; the rest stand in the list of what is due


@dataclass(frozen=True)
class Planned:
    """One meeting of the day. ``number`` is what the paper and the form for afterwards both call it."""

    number: int
    appointment: int
    at: datetime
    name: str
    phone: str
    form: str
    place: str
    law: tuple[str, ...]
    form_rule: str
    held: bool


def planned(
    appointments: Sequence[Appointment], lines: Mapping[int, Sequence[Line]], book: Rulebook, today: date
) -> list[Planned]:
    """The meetings in order, each with what the law asks of it. ``lines`` are those of each course by its id."""
    courses = {one.course_id: one.course for one in appointments}
    rules = _form_rules(courses, book)
    return [
        Planned(
            number=number,
            appointment=one.pk,
            at=timezone.localtime(one.at),
            name=one.course.citizen.name,
            phone=one.course.citizen.phone,
            form=one.get_form_display(),
            place=one.place,
            law=tuple(asked_of(lines.get(one.course_id, ()), book, today)),
            form_rule=rules[one.course_id],
            held=one.held_id is not None,
        )
        for number, one in enumerate(appointments, 1)
    ]


def asked_of(lines: Sequence[Line], book: Rulebook, today: date) -> list[str]:
    """What a conversation with the citizen would settle today, the most urgent first, one sentence each."""
    words = rulebooks.words(book)
    ours = [one for one in lines if one.owed_by == "kommune" and one.done_by in KINDS and one.section in _PRESSING]
    said = []
    for line in due_first(ours)[:_SAID]:
        told = {"rule": words.norm(line.norm), "ref": book.norms[line.norm].ref}
        if line.due is None:
            said.append(_("%(rule)s (%(ref)s)") % told)
        else:
            told["day"] = day_in_words(line.due, today)
            said.append(_("%(rule)s, sidste dag %(day)s (%(ref)s)") % told)
    return said


def _form_rules(courses: Mapping[int, Course], book: Rulebook) -> dict[int, str]:
    """Who decides the form, by course. Four queries."""
    cases = cases_of(courses.values(), book.vocabulary) if courses else {}
    return {
        pk: form_told(book, view_case(case, book.vocabulary, book.day), courses[pk].citizen.reference).text
        for pk, case in cases.items()
    }
