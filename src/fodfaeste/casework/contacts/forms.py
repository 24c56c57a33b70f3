"""In which form the two should meet: readable rules over her wish, the law and her health. No score, no ranking.

A person who wants to meet in person can always demand it: then nothing but a meeting can be agreed, whatever regime
the municipality is in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fodfaeste.casework.contacts.models import Appointment, Form
from fodfaeste.casework.contacts.signs import rules
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.courses.queries import facts_of
from fodfaeste.facts import View, decode
from fodfaeste.foundation import from_day
from fodfaeste.reasoning import judge_of
from fodfaeste.reasoning.outcome import value_of
from fodfaeste.rulebook import Rulebook

WISH = "oensker_fysisk_samtale"
"""The field in which she says that she wants to meet in person."""

ASKED, ASKED_FOR = "anmodning", "fysisk-samtale"
IN_PERSON = Form.MEETING.value
ALL = tuple(Form.values)
MUST_ATTEND, RIGHT = "skal_moede_frem", "lab.33.ret-fysisk"
TALKS = ("jobsamtale", "sygeopfoelgning")


@dataclass(frozen=True)
class Ground:
    """Why a form is advised: the rule, and the norm it rests on where it is the law. ``on`` is when she asked."""

    rule: str
    norm: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Advice:
    """The forms that may be agreed, the one advised, and why. ``wish`` says whether she wants to meet in person."""

    forms: tuple[str, ...]
    best: str
    grounds: tuple[Ground, ...]
    wish: bool | None

    def allows(self, form: str) -> bool:
        """Whether a form may be agreed on."""
        return form in self.forms


def advice(book: Rulebook, view: View) -> Advice:
    """What form the next talks should have. Her wish comes before everything, then the law, then illness."""
    wish, asked = wish_of(view, book), asked_to_meet(view, book)
    if wish or asked is not None:
        right = RIGHT if RIGHT in book.norms and not book.norms[RIGHT].absent else ""
        return Advice((IN_PERSON,), IN_PERSON, (Ground("oenske", right, asked),), wish=True)
    must = _must_attend(book, view)
    if must:
        return Advice((IN_PERSON,), IN_PERSON, (Ground("loven", must),), wish)
    if is_ill(book, view):
        return Advice(ALL, IN_PERSON, (Ground("sygdom"),), wish)
    return Advice(ALL, IN_PERSON, (Ground("valg"),), wish)


def wish_of(view: View, book: Rulebook) -> bool | None:
    """What she has said about meeting in person; None when nobody has asked."""
    field = book.vocabulary.fields.get(WISH)
    code = None if field is None else view.fields[field.index]
    return None if field is None or code is None else bool(decode(code, field.type, book.vocabulary))


def asked_to_meet(view: View, book: Rulebook) -> date | None:
    """When she asked to meet in person and has not been met since; None when she has not, or has."""
    asked = [day for day, word in _words(view, book, ASKED, "om") if word == ASKED_FOR]
    if not asked:
        return None
    met = [day for kind in TALKS for day, word in _words(view, book, kind, "form") if word == IN_PERSON]
    return None if any(day >= asked[-1] for day in met) else from_day(asked[-1])


def is_ill(book: Rulebook, view: View) -> bool:
    """Whether she is in a target group, or on a benefit, of those who are ill for long (``signs.yaml``)."""
    return any(word in words for kind, words in rules().illness.items() for word in running(book, view, kind))


def running(book: Rulebook, view: View, kind: str) -> list[str]:
    """The first attribute of each spell of a kind that runs on the day: which benefit, which target group."""
    known = book.vocabulary.spells.get(kind)
    if known is None or not known.attrs:
        return []
    type_ = next(iter(known.attrs.values()))
    return [
        str(decode(attrs[0], type_, book.vocabulary))
        for first, last, attrs in view.spells[kind]
        if first <= view.on <= last and attrs[0] is not None
    ]


def meets_in_person(appointments: Iterable[Appointment]) -> bool:
    """Whether one of the appointments is a meeting in person."""
    return any(one.form == IN_PERSON for one in appointments)


def ahead_of(course: Course, day: date) -> list[Appointment]:
    """Appointments of today or later that stand. One query."""
    return list(
        Appointment.objects.filter(course=course, at__date__gte=day, held=None, cancelled_at=None, missed=False)
        .select_related("caseworker", "slot")
        .order_by("at", "pk")
    )


def must_meet(course: Course, day: date) -> bool:
    """Whether she wants to meet in person and no meeting is agreed: then nothing else can be. Asked of the rows."""
    return wants_to_meet(course, day) and not meets_in_person(ahead_of(course, day))


def wants_to_meet(course: Course, day: date) -> bool:
    """Whether she wants to meet in person, or has asked for it and not been met since. Asked of the rows."""
    wish = next((known.line for known in facts_of(course, day, WISH) if known.line is not None), None)
    asked = Event.objects.filter(course=course, kind=ASKED, attrs__om=ASKED_FOR, standing=True, void=False)
    met = Event.objects.filter(course=course, kind__in=TALKS, attrs__form=IN_PERSON, standing=True, void=False)
    last, latest = (rows.order_by("-on").values_list("on", flat=True).first() for rows in (asked, met))
    return (wish is not None and wish.value is True) or (last is not None and (latest is None or latest < last))


def _must_attend(book: Rulebook, view: View) -> str:
    """The norm by which the next talk is held in person; empty where none says so, or it is unknown."""
    for norm in book.norms.values():
        if norm.norm.name == MUST_ATTEND and not norm.absent:
            raw = judge_of(book).one(view, norm.id)
            if isinstance(raw, tuple) and raw[0] is not None:
                return norm.id if value_of("bool", raw[0], book.vocabulary) else ""
    return ""


def _words(view: View, book: Rulebook, kind: str, attr: str) -> list[tuple[int, str]]:
    """Day and word of an attribute in each event of a kind, where it is known."""
    known = book.vocabulary.events.get(kind)
    if known is None or attr not in known.attrs:
        return []
    slot, type_ = known.slots[attr], known.attrs[attr]
    coded = [(day, attrs[slot]) for day, attrs in view.events[kind]]
    return [(day, str(decode(code, type_, book.vocabulary))) for day, code in coded if code is not None]
