"""Writing about conversations: that one was held, and what was wrong in what was written.

Everything of one registration is saved or nothing. What cannot be saved raises RefusedError with a sentence for each
field that is wrong: what, and how to mend it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.forms import IN_PERSON, must_meet
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.contacts.queries import ALONG, Conversation, along_key, key_of, kinds_of
from fodfaeste.casework.courses.actions import correct_event, record_event, state_fact
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.courses.receipts import CONVERSATION, keep
from fodfaeste.facts import Vocabulary

NEXT_AGREED = "naeste_samtale_aftalt"
"""The field in which the law reads when the next conversation was agreed for."""


@dataclass(frozen=True)
class Agreed:
    """The next conversation as it was agreed."""

    at: datetime
    form: str
    place: str = ""


@dataclass(frozen=True)
class Held:
    """A conversation that was held, as somebody wrote it. ``form`` and ``together`` may be unknown.

    ``along`` are the kinds of what else was done in it; ``together`` says whether the a-kasse took part.
    """

    kind: str
    on: date
    form: str | None = None
    together: bool | None = None
    note: str = ""
    along: tuple[str, ...] = ()
    next: Agreed | None = field(default=None)


@transaction.atomic
def register_conversation(
    course: Course,
    vocabulary: Vocabulary,
    held: Held,
    by: User,
    today: date,
    token: UUID,
    appointment: Appointment | None = None,
) -> tuple[Event, bool]:
    """Write down that a conversation was held, with its note, what was done along with it and the next appointment.

    Returns its line, and whether it was written now: the same ``token`` again writes nothing and gives the line it
    wrote. Raises RefusedError.
    """
    _check(course, vocabulary, held, today, appointment)
    try:
        with transaction.atomic():
            event = record_event(
                course, vocabulary, held.kind, held.on, _attrs(vocabulary, held), by, today, key_of(token)
            )
    except IntegrityError:
        written = Event.objects.filter(kommune_id=course.kommune_id, key=key_of(token), course=course).first()
        if written is None:
            raise
        return written, False
    for kind in held.along:
        attrs = _attrs(vocabulary, Held(kind, held.on, held.form))
        record_event(course, vocabulary, kind, held.on, attrs, by, today, along_key(key_of(token), kind))
    if held.note.strip():
        Note.objects.create(
            kommune_id=course.kommune_id, course=course, event=event, text=held.note.strip(), happened=held.on,
            written_by=by,
        )  # fmt: skip
    if appointment is not None:
        appointment.held = event
        appointment.save(update_fields=["held"])
    if held.next is not None:
        _agree(course, vocabulary, held.next, by, today)
    keep(course, token, CONVERSATION, by, event)
    return event, True


@transaction.atomic
def mend_conversation(conversation: Conversation, vocabulary: Vocabulary, held: Held, by: User, today: date) -> Event:
    """Put right what was written about a conversation; the old lines stay in the history. Raises RefusedError.

    A conversation of another kind is another event: the old one is voided and the new one written.
    """
    event, course = conversation.event, conversation.event.course
    _check(course, vocabulary, held, today, None)
    _still_standing(event)
    attrs = _attrs(vocabulary, held)
    if held.kind == event.kind:
        mended = correct_event(event, vocabulary, held.on, attrs, by, today)
    else:
        correct_event(event, vocabulary, event.on, event.attrs, by, today, void=True)
        mended = record_event(course, vocabulary, held.kind, held.on, attrs, by, today)
    for other in conversation.along:
        correct_event(other, vocabulary, held.on, other.attrs, by, today, void=other.kind == held.kind)
    _move(conversation, mended, held, by)
    return mended


@transaction.atomic
def void_conversation(conversation: Conversation, vocabulary: Vocabulary, by: User, today: date) -> Event:
    """Write down that the conversation was not held after all, nor what was done along with it. Raises RefusedError.

    The note stays: it is a note of the case. The appointment can be registered again.
    """
    event = conversation.event
    _still_standing(event)
    for other in conversation.along:
        correct_event(other, vocabulary, other.on, other.attrs, by, today, void=True)
    if conversation.appointment is not None:
        conversation.appointment.held = None
        conversation.appointment.save(update_fields=["held"])
    return correct_event(event, vocabulary, event.on, event.attrs, by, today, void=True)


def _still_standing(event: Event) -> None:
    """Two people may mend the same line at once; the second one is told."""
    fresh = Event.objects.select_for_update().get(pk=event.pk)
    if not fresh.standing:
        raise RefusedError(
            {
                "__all__": _(
                    "Samtalen er rettet af en anden imens. Åbn den igen fra borgerens side, og se, hvad der står."
                )
            }
        )


def _move(conversation: Conversation, mended: Event, held: Held, by: User) -> None:
    """Note and appointment follow the conversation to its new line."""
    if conversation.appointment is not None:
        conversation.appointment.held = mended
        conversation.appointment.save(update_fields=["held"])
    note, text = conversation.note, held.note.strip()
    if note is not None:
        note.event, note.happened = mended, held.on
        note.text = text or note.text
        note.save(update_fields=["event", "happened", "text"])
    elif text:
        Note.objects.create(
            kommune_id=mended.kommune_id, course=mended.course, event=mended, text=text, happened=held.on, written_by=by
        )


def _agree(course: Course, vocabulary: Vocabulary, agreed: Agreed, by: User, today: date) -> None:
    Appointment.objects.create(
        kommune_id=course.kommune_id, course=course, caseworker=course.caseworker or by, at=agreed.at,
        form=agreed.form, place=agreed.place,
    )  # fmt: skip
    if NEXT_AGREED in vocabulary.fields:
        day = timezone.localtime(agreed.at).date()
        state_fact(course, vocabulary, NEXT_AGREED, day, by, today, first=today)


def _attrs(vocabulary: Vocabulary, held: Held) -> dict[str, Any]:
    """What is known of the conversation, as far as its kind has room for it; the holder is the municipality."""
    known = {"holder": "kommune", "form": held.form or None, "faelles": held.together}
    room = vocabulary.events[held.kind].attrs
    return {name: value for name, value in known.items() if name in room and value is not None}


def _check(course: Course, vocabulary: Vocabulary, held: Held, today: date, appointment: Appointment | None) -> None:
    errors: dict[str, str] = {}
    if held.kind not in kinds_of(vocabulary):
        errors["kind"] = _("Det er ikke en samtale, kommunen kan registrere. Vælg en af slagsene på listen.")
    wrong = [kind for kind in held.along if kind not in ALONG or kind not in vocabulary.events]
    if wrong:
        errors["along"] = _("Det kan ikke registreres sammen med en samtale. Vælg kun blandt de viste.")
    if held.form and held.form not in vocabulary.enums["form"].values:
        errors["form"] = _("Den måde at mødes på kendes ikke. Vælg en af de viste.")
    errors |= day_errors(course, held.on, today)
    if held.next is not None and timezone.localtime(held.next.at).date() < today:
        errors["next_day"] = _(
            "Den næste samtale ligger før i dag. Vælg en dag fra i dag og frem, eller lad feltet stå tomt."
        )
    if held.next is not None and held.next.form != IN_PERSON and must_meet(course, today):
        errors["next_form"] = _("Borgeren ønsker at mødes fysisk. Aftal et fysisk møde; så kan I også aftale andet.")
    if appointment is not None and appointment.course_id != course.pk:
        errors["__all__"] = _("Aftalen hører til en anden borger. Gå tilbage til Min dag, og vælg den rigtige.")
    if errors:
        raise RefusedError(errors)


def day_errors(course: Course, on: date, today: date) -> dict[str, str]:
    """What is wrong with the day of a conversation, as a sentence at the field ``on``; empty when nothing is."""

    def said(day: date) -> str:
        return date_format(day, "DATE_FORMAT")

    if on > today:
        return {"on": _(
            "%(day)s er ikke kommet endnu. En samtale registreres, når den er holdt: vælg i dag eller en tidligere dag."
        ) % {"day": said(on)}}  # fmt: skip
    if on < course.opened:
        return {
            "on": _("Forløbet begyndte først %(day)s. Vælg den dag eller en senere.") % {"day": said(course.opened)}
        }
    if course.closed is not None and on > course.closed:
        return {"on": _("Forløbet sluttede %(day)s. Vælg den dag eller en tidligere.") % {"day": said(course.closed)}}
    return {}
