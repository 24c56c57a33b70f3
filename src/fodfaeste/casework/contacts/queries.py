"""Reading conversations: what is agreed, what was held, and which kinds there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.facts import Vocabulary

KINDS = (
    "jobsamtale",
    "sygeopfoelgning",
    "cv-samtale",
    "fleksopfoelgning",
    "intensiveret-samtale",
    "raadighedssamtale",
    "kontrolsamtale",
)
"""Kinds of conversations the municipality holds with a citizen and writes down."""

ALONG = ("anmodning-svar", "minplan", "ydelsesopfoelgning", "cv-samtale", "raadighedssamtale")
"""What is often done in the same conversation, and is an event of its own to the law."""


def kinds_of(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds of conversations that the vocabulary knows."""
    return tuple(kind for kind in KINDS if kind in vocabulary.events)


def appointments_of_day(user: User, day: date, covered: Collection[int] = ()) -> list[Appointment]:
    """The user's appointments of a day that stand, and those of colleagues she covers for, in order.

    Course and citizen are at hand. ``covered`` are the colleagues' ids.
    """
    first = timezone.make_aware(datetime.combine(day, time.min))
    return list(_standing(user, covered).filter(at__gte=first, at__lt=first + timedelta(days=1)).order_by("at", "pk"))


def appointments_not_registered(user: User, day: date) -> list[Appointment]:
    """Earlier appointments of which nobody has said whether the conversation was held, the oldest first."""
    first = timezone.make_aware(datetime.combine(day, time.min))
    return list(_standing(user).filter(at__lt=first, held=None, missed=False).order_by("at", "pk"))


def _standing(user: User, covered: Collection[int] = ()) -> QuerySet[Appointment]:
    found = Appointment.objects.filter(caseworker__in={user.pk, *covered}, cancelled_at=None)
    return found.select_related("course__citizen")


def appointment_near(course: Course, day: date) -> Appointment | None:
    """The appointment a conversation held on a day most likely was: the latest one up to then not registered."""
    after = timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=1)
    found = Appointment.objects.filter(course=course, held=None, cancelled_at=None, missed=False, at__lt=after)
    return found.order_by("-at").first()


@dataclass(frozen=True)
class Conversation:
    """One registration: the line that stands, what was done along with it, its note and its appointment.

    ``event`` may be a line that says the conversation was not held after all (``event.void``).
    """

    event: Event
    along: tuple[Event, ...]
    note: Note | None
    appointment: Appointment | None
    numbers: frozenset[int]
    """The numbers of all lines it ever had, corrected ones too."""


def conversation_of(course: Course, event: int) -> Conversation | None:
    """The registration that a line belongs to, as it stands now; None when the course has no such conversation.

    ``event`` may be the number of a line that was corrected later.
    """
    lines = {line.pk: line for line in Event.objects.filter(course=course).select_related("entered_by")}
    if event not in lines or lines[event].kind not in KINDS:
        return None
    followers: dict[int | None, Event] = {
        line.corrects_id: line for line in lines.values() if line.corrects_id is not None
    }
    first = lines[event]
    while first.corrects_id is not None:
        first = lines[first.corrects_id]
    last = _last(first, followers)
    last.course = course
    keys = {} if first.key is None else {along_key(first.key, kind): kind for kind in ALONG}
    roots = [line for line in lines.values() if line.key in keys and line.corrects_id is None]
    along = [_last(line, followers) for line in roots]
    for line in along:
        line.course = course
    numbers = frozenset(line.pk for root in (first, *roots) for line in _chain(root, followers))
    return Conversation(
        event=last,
        along=tuple(line for line in along if not line.void),
        note=Note.objects.filter(event=last).select_related("written_by").first(),
        appointment=Appointment.objects.filter(held=last).first(),
        numbers=numbers,
    )


def _chain(line: Event, followers: Mapping[int | None, Event]) -> list[Event]:
    """A line and those that stand in its place, in turn."""
    found = [line]
    while found[-1].pk in followers:
        found.append(followers[found[-1].pk])
    return found


def _last(line: Event, followers: Mapping[int | None, Event]) -> Event:
    return _chain(line, followers)[-1]


def along_key(key: int, kind: str) -> int:
    """The key of what was done along with the conversation whose own key is given."""
    return int.from_bytes(blake2b(f"{key} {kind}".encode(), digest_size=8).digest(), "big") >> 1


def key_of(token: UUID) -> int:
    """The key of the conversation that one form writes: the same form sent twice is one line."""
    return int.from_bytes(blake2b(token.bytes, digest_size=8).digest(), "big") >> 1
