"""Receipts: what each form wrote in a course, so that citizen and caseworker find it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Event, Fact, Receipt, Spell

CONVERSATION, SHIFT = "samtale", "skift"
"""What a form is called that is no case step of its own."""


_Line = TypeVar("_Line", Event, Spell, Fact)


@dataclass(frozen=True)
class Kept:
    """A receipt and the lines its form wrote; and whether they were mended or taken back since."""

    receipt: Receipt
    events: tuple[Event, ...] = ()
    spells: tuple[Spell, ...] = ()
    facts: tuple[Fact, ...] = ()
    mended: bool = False
    gone: bool = False


def keep(course: Course, token: UUID, step: str, by: User, event: Event | None = None) -> Receipt:
    """Write down that a form was sent, in the transaction that wrote its lines."""
    return Receipt.objects.create(
        kommune_id=course.kommune_id, course=course, token=token, step=step, by=by, event=event
    )  # fmt: skip


def receipts_of(course: Course) -> QuerySet[Receipt]:
    """Every form that was sent in a course, the latest first."""
    return Receipt.objects.filter(course=course).select_related("by", "event")


def with_lines(course: Course, receipts: Iterable[Receipt]) -> list[Kept]:
    """The receipts with what their forms wrote. Four queries, however many there are."""
    from fodfaeste.casework.courses.taking import keys_of

    wanted = list(receipts)
    keys = [key for one in wanted if one.event is None for key in keys_of(one.token)]
    events = _by_key(Event.objects.filter(course=course, key__in=keys).order_by("pk"))
    spells = _by_key(Spell.objects.filter(course=course, key__in=keys).order_by("pk"))
    facts = _by_key(Fact.objects.filter(course=course, key__in=keys).order_by("pk"))
    later = Event.objects.filter(course=course, corrects__isnull=False).values_list("corrects", "pk", "void")
    followers = {first: (pk, void) for first, pk, void in later if first is not None}
    found = []
    for one in wanted:
        if one.event is not None:
            gone = _void_at_last(one.event.pk, followers)
            found.append(Kept(one, (one.event,), mended=not one.event.standing and not gone, gone=gone))
            continue
        mine = list(keys_of(one.token))
        happened = tuple(events[key] for key in mine if key in events)
        lasted = tuple(spells[key] for key in mine if key in spells)
        said = tuple(facts[key] for key in mine if key in facts)
        stands = [*(line.standing for line in happened), *(line.standing for line in lasted)]
        gone = bool(stands) and not any(stands)
        found.append(Kept(one, happened, lasted, said, mended=not gone and not all(stands), gone=gone))
    return found


def _by_key(lines: Iterable[_Line]) -> dict[int, _Line]:
    return {line.key: line for line in lines if line.key is not None}


def _void_at_last(event: int, later: dict[int, tuple[int, bool]]) -> bool:
    """Whether the last line that was put in place of one says that nothing happened."""
    void = False
    while event in later:
        event, void = later[event]
    return void
