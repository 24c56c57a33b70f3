"""Registering a step of a case, and changing benefit or target group: every line of it, or none.

The lines of one form carry keys made of its token: sent twice they are written once, and what one form wrote can be
found again. What cannot be saved raises RefusedError with a sentence for each field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.actions import begin_spell, end_spell, record_event, state_fact
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.courses.receipts import SHIFT, keep
from fodfaeste.facts import UnfitValueError, Vocabulary

MOST_LINES = 60
"""No form writes more lines than this."""

BENEFIT, GROUP = "ydelse", "maalgruppe"
_SHIFTED = {BENEFIT: "type", GROUP: "gruppe"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One line to write: an event on a day, or a spell from a day (``last`` None: still)."""

    kind: str
    spell: bool
    first: date
    last: date | None = None
    attrs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """The answer to a question of the law; a judgement has its reason. ``first``: from when it is true."""

    field: str
    value: Any
    reason: str = ""
    first: date | None = None


@dataclass(frozen=True)
class Written:
    """What one form wrote."""

    events: tuple[Event, ...]
    spells: tuple[Spell, ...]
    facts: tuple[Fact, ...]

    def __bool__(self) -> bool:
        return bool(self.events or self.spells or self.facts)


@transaction.atomic
def take_step(
    course: Course, vocabulary: Vocabulary, lines: tuple[Line, ...], said: tuple[Said, ...], by: User, today: date,
    token: UUID, purpose: str = "", note: str = "", step: str = "",
) -> bool:  # fmt: skip
    """Write the lines and answers of one form, which the receipt calls ``step``.

    False when the same form was written before. Raises RefusedError.
    """
    _alone(course)
    _check_days(course, lines, today)
    if written_with(course, token):
        return False
    keys = keys_of(token)
    for line in lines:
        _write(course, vocabulary, line, by, today, next(keys))
    for one in said:
        _answer(course, vocabulary, one, by, today, next(keys), purpose)
    if note.strip():
        from fodfaeste.casework.contacts.models import Note

        happened = lines[0].first if lines else today
        Note.objects.create(
            kommune_id=course.kommune_id, course=course, text=note.strip(), happened=min(happened, today), written_by=by
        )
    keep(course, token, step, by)
    return True


@dataclass(frozen=True)
class Shift:
    """A change of benefit or target group from a day on. Empty: as before; None: none any more."""

    on: date
    benefit: str | None = ""
    group: str | None = ""

    def wanted(self) -> dict[str, str | None]:
        """Kind of spell → its new value, for those that change."""
        return {kind: value for kind, value in ((BENEFIT, self.benefit), (GROUP, self.group)) if value != ""}


@transaction.atomic
def shift(
    course: Course, vocabulary: Vocabulary, change: Shift, along: tuple[str, ...], by: User, today: date, token: UUID
) -> bool:
    """End what runs and begin the new, in one go; nothing else in the course is touched. False: written before.

    ``along`` are events of the same day, such as the first day of absence. Raises RefusedError.
    """
    _alone(course)
    if written_with(course, token):
        return False
    running = running_on(course, change.on)
    check_shift(course, change, running)
    if along and change.on > today:
        raise RefusedError(
            {
                "along": _(
                    "Skiftet ligger i fremtiden, så det, der sker samme dag, er ikke sket endnu. Skriv det den dag."
                )
            }
        )
    keys = keys_of(token)
    for kind, value in change.wanted().items():
        old = running.get(kind)
        if old is not None:
            end_spell(old, change.on - _DAY, by, today, key=next(keys))
        if value is not None:
            attrs = {_SHIFTED[kind]: value}
            _write(course, vocabulary, Line(kind, True, change.on, None, attrs), by, today, next(keys))
    for kind in along:
        _write(course, vocabulary, Line(kind, False, change.on), by, today, next(keys))
    keep(course, token, SHIFT, by)
    return True


def running_on(course: Course, day: date) -> dict[str, Spell]:
    """The benefit and the target group that run on a day, by kind. One query."""
    found = Spell.objects.filter(course=course, kind__in=_SHIFTED, standing=True, void=False, period__contains=day)
    return {spell.kind: spell for spell in found}


def check_shift(course: Course, change: Shift, running: Mapping[str, Spell]) -> None:
    """Raise RefusedError with what is wrong with a change, if anything."""
    wanted = change.wanted()
    if not wanted:
        raise RefusedError({"benefit": _("Intet er valgt. Vælg den nye ydelse, den nye målgruppe eller begge.")})
    errors: dict[str, str] = {}
    names = {BENEFIT: "benefit", GROUP: "group"}
    for kind, value in wanted.items():
        old = running.get(kind)
        if (old is None and value is None) or (old is not None and old.attrs.get(_SHIFTED[kind]) == value):
            errors[names[kind]] = _("Sådan er det allerede den dag. Vælg noget andet, eller »Som før«.")
        elif old is not None and old.period.lower == change.on:
            errors["on"] = _(
                "Den nuværende begyndte samme dag. Vælg en senere dag, eller tag det, der begyndte den dag, tilbage på "
                "dets kvittering."
            )
    later = Spell.objects.filter(
        course=course, kind__in=wanted, standing=True, void=False, period__startswith__gt=change.on
    ).first()
    if later is not None:
        said = _("Der står allerede noget fra %(day)s. Vælg den dag eller en senere, eller ret det først.")
        errors["on"] = said % {"day": date_format(later.period.lower, "DATE_FORMAT")}
    if errors:
        raise RefusedError(errors)


def keys_of(token: UUID) -> Iterator[int]:
    """The keys of the lines of one form, in turn."""
    for number in range(MOST_LINES):
        yield int.from_bytes(blake2b(token.bytes + bytes([number]), digest_size=8).digest(), "big") >> 1


def written_with(course: Course, token: UUID) -> Written:
    """What the form with a token wrote in a course. Three queries."""
    keys = list(keys_of(token))
    return Written(
        tuple(Event.objects.filter(course=course, key__in=keys).select_related("entered_by").order_by("pk")),
        tuple(
            Spell.objects.filter(course=course, key__in=keys).select_related("entered_by", "corrects").order_by("pk")
        ),
        tuple(Fact.objects.filter(course=course, key__in=keys).select_related("entered_by").order_by("pk")),
    )


def _alone(course: Course) -> None:
    """One at a time: whoever comes second sees what the first one wrote."""
    Course.objects.select_for_update().only("pk").get(pk=course.pk)


def _check_days(course: Course, lines: tuple[Line, ...], today: date) -> None:
    for line in lines:
        if not line.spell and line.first > today:
            raise RefusedError(
                {"first": _("Dagen ligger i fremtiden. Det, der er sket, skrives den dag, det skete, eller senere.")}
            )
        if line.last is not None and line.last < line.first:
            raise RefusedError({"last": _("Sidste dag ligger før første dag. Byt om på de to, eller ret den ene.")})
    if course.closed is not None:
        raise RefusedError({"__all__": _("Forløbet er sluttet, så der kan ikke skrives mere i det.")})


def _write(course: Course, vocabulary: Vocabulary, line: Line, by: User, today: date, key: int) -> None:
    try:
        with transaction.atomic():
            if line.spell:
                begin_spell(course, vocabulary, line.kind, line.first, line.last, line.attrs, by, today, key=key)
            else:
                record_event(course, vocabulary, line.kind, line.first, line.attrs, by, today, key=key)
    except IntegrityError as error:
        raise RefusedError(
            {
                "first": _(
                    "I den tid står der allerede en anden af samme slags. Vælg andre dage, eller skift ydelse og "
                    "målgruppe på siden til det."
                )
            }
        ) from error
    except UnfitValueError as error:
        raise RefusedError({"__all__": f"{error.message}; {error.mend}"}) from error


def _answer(course: Course, vocabulary: Vocabulary, one: Said, by: User, today: date, key: int, purpose: str) -> None:
    try:
        state_fact(
            course, vocabulary, one.field, one.value, by, today, first=one.first, purpose=purpose, reason=one.reason,
            key=key,
        )  # fmt: skip
    except UnfitValueError as error:
        raise RefusedError({one.field: f"{error.message}; {error.mend}"}) from error
