"""Everything a person can write in a course: one function for each thing, each in one transaction.

Every write takes who wrote, raises the course's version, and returns the line. Values are checked against the
vocabulary: UnfitValueError says what is wrong and how to mend it, before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.facts import UnfitValueError, Vocabulary, encode
from fodfaeste.facts.encoding import check_range, plain

_DAY = timedelta(days=1)

EXEMPT, KOMMUNE = "fritagelse-samtaler", "kommune"
"""How the law reads that somebody is exempted from conversations; and the holder whose share counts it."""


@transaction.atomic
def record_event(
    course: Course,
    vocabulary: Vocabulary,
    kind: str,
    on: date,
    attrs: Mapping[str, Any],
    by: User,
    today: date,
    key: int | None = None,
) -> Event:
    """Write down that something happened on a day. It was recorded today; ``key`` lets one form be one line.

    Raises IntegrityError when the municipality has a line with the key already.
    """
    checked = _checked(vocabulary, vocabulary.events, kind, attrs)
    _touch(course)
    return Event.objects.create(
        kommune_id=course.kommune_id, course=course, kind=kind, on=on, attrs=checked, recorded=today, entered_by=by,
        source=by.name, key=key,
    )  # fmt: skip


@transaction.atomic
def correct_event(
    event: Event, vocabulary: Vocabulary, on: date, attrs: Mapping[str, Any], by: User, today: date, void: bool = False
) -> Event:
    """Put another line in place of an event; with ``void`` nothing stands there any more. The old line is kept."""
    checked = _checked(vocabulary, vocabulary.events, event.kind, attrs)
    event.standing = False
    event.save(update_fields=["standing"])
    _touch(event.course)
    return Event.objects.create(
        kommune_id=event.kommune_id, course=event.course, kind=event.kind, on=on, attrs=checked, recorded=today,
        entered_by=by, source=by.name, corrects=event, void=void, standing=not void,
    )  # fmt: skip


@transaction.atomic
def begin_spell(
    course: Course,
    vocabulary: Vocabulary,
    kind: str,
    first: date,
    last: date | None,
    attrs: Mapping[str, Any],
    by: User,
    today: date,
    key: int | None = None,
    counted: bool = False,
) -> Spell:
    """Write down something that lasts, from ``first`` to ``last``, both included (None: still).

    ``counted``: the municipality's share was counted first, without which it exempts nobody. Raises IntegrityError
    where another of the kind runs and a person has one at a time.
    """
    checked = _checked(vocabulary, vocabulary.spells, kind, attrs)
    if kind == EXEMPT and attrs.get("holder", KOMMUNE) in (None, KOMMUNE) and not counted:
        raise UnfitValueError(
            _("en fritagelse for samtaler tæller med i kommunens andel og kan ikke skrives her"),
            _("fritag borgeren på siden Kontakt, hvor der tælles først"),
        )
    _touch(course)
    return Spell.objects.create(
        kommune_id=course.kommune_id, course=course, kind=kind, period=_period(first, last), attrs=checked,
        recorded=today, entered_by=by, source=by.name, key=key,
    )  # fmt: skip


@transaction.atomic
def end_spell(spell: Spell, last: date, by: User, today: date, key: int | None = None) -> Spell:
    """Write down that a spell ended: a line in its place, learned today."""
    spell.standing = False
    spell.save(update_fields=["standing"])
    _touch(spell.course)
    return Spell.objects.create(
        kommune_id=spell.kommune_id, course=spell.course, kind=spell.kind, period=_period(spell.period.lower, last),
        attrs=spell.attrs, recorded=today, entered_by=by, source=by.name, corrects=spell, key=key,
    )  # fmt: skip


@transaction.atomic
def correct_spell(
    spell: Spell,
    vocabulary: Vocabulary,
    period: DateRange,
    attrs: Mapping[str, Any],
    by: User,
    today: date,
    void: bool = False,
) -> Spell:
    """Put another line in place of a spell; with ``void`` nothing stands there any more. The old line is kept.

    The end of ``period`` is the day after the last, as the table has it.
    """
    checked = _checked(vocabulary, vocabulary.spells, spell.kind, attrs)
    spell.standing = False
    spell.save(update_fields=["standing"])
    _touch(spell.course)
    return Spell.objects.create(
        kommune_id=spell.kommune_id, course=spell.course, kind=spell.kind, period=period, attrs=checked,
        recorded=today, entered_by=by, source=by.name, corrects=spell, void=void, standing=not void,
    )  # fmt: skip


@transaction.atomic
def state_fact(
    course: Course, vocabulary: Vocabulary, field: str, value: Any, by: User, today: date, first: date | None = None,
    purpose: str = "", reason: str = "", key: int | None = None,
) -> Fact:  # fmt: skip
    """Write down the value of a field, true from ``first`` on (None: always); ``value`` None says that nobody knows.

    A judged field carries the name of who judged, and is refused without a reason.
    """
    known = vocabulary.fields.get(field)
    if known is None:
        raise UnfitValueError(f"'{field}' is not a field", "choose one of the vocabulary's fields")
    if known.kind == "judged" and value is not None and not reason.strip():
        raise UnfitValueError("a judgement needs a reason", "write in a sentence or two what it rests on")
    if value is not None:
        code = encode(value, known.type, vocabulary)
        if known.type not in vocabulary.enums:
            check_range(code, known.lo, known.hi, known.type)
        value = plain(value)
    _touch(course)
    return Fact.objects.create(
        kommune_id=course.kommune_id, course=course, field=field, value=value,
        valid=None if first is None else DateRange(first, None), recorded=today, entered_by=by, source=by.name,
        by=by.name if known.kind == "judged" else "", purpose=purpose, reason=reason.strip(), key=key,
    )  # fmt: skip


@transaction.atomic
def note_heard(fact: Fact, on: date, today: date) -> Fact:
    """Write down on which day the citizen was heard about a fact. Raises UnfitValueError for a day to come.

    The line itself stays; the trigger keeps what it said before.
    """
    if on > today:
        raise UnfitValueError(f"{on} is still to come", "give the day on which the citizen was heard")
    fact.heard = on
    fact.save(update_fields=["heard"])
    return fact


def _touch(course: Course) -> None:
    Course.objects.filter(pk=course.pk).update(version=F("version") + 1)


def _period(first: date, last: date | None) -> DateRange:
    if last is not None and last < first:
        raise UnfitValueError(f"the last day ({last}) is before the first ({first})", "swap the two, or correct one")
    return DateRange(first, None if last is None else last + _DAY)


def _checked(vocabulary: Vocabulary, kinds: Mapping[str, Any], kind: str, attrs: Mapping[str, Any]) -> dict[str, Any]:
    known = kinds.get(kind)
    if known is None:
        raise UnfitValueError(f"'{kind}' is not a kind that can be recorded", "choose one of the vocabulary's kinds")
    for name, value in attrs.items():
        if name not in known.attrs:
            raise UnfitValueError(f"'{kind}' has no '{name}'", f"choose one of {', '.join(known.attrs) or 'none'}")
        if value is not None:
            encode(value, known.attrs[name], vocabulary)
    return {name: plain(value) for name, value in attrs.items() if value is not None}
