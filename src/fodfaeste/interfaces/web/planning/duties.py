"""What the law says of the plan itself: which norms ask for it, and how they stand in the case today."""

from __future__ import annotations

from dataclasses import dataclass

import pghistory
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import OWN_CASE
from fodfaeste.casework.access.queries import purpose_of
from fodfaeste.casework.courses.actions import record_event
from fodfaeste.casework.courses.models import Event
from fodfaeste.interfaces.overview import Entry
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand
from fodfaeste.interfaces.web.caseworker.citizen_law import Occasion, occasion_of
from fodfaeste.interfaces.web.planning.side import Side
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.reasoning import Status

LAID = "minplan"
"""The event of the vocabulary that says that a plan was made or brought up to date."""


@dataclass(frozen=True)
class Ground:
    """One norm that the plan rests on. ``waits``: the municipality owes a plan now."""

    label: str
    ref: str
    section: str
    occasion: Occasion
    waits: bool


def grounds(at_hand: CaseAtHand) -> list[Ground]:
    """Norms that ask for the plan, as the rulebook of the day has them: general law, or a trial that replaces it."""
    return [_ground(entry, at_hand) for entry in at_hand.found.entries if _asks_for_plan(entry)]


def _asks_for_plan(entry: Entry) -> bool:
    must = entry.explanation.norm.must
    return must is not None and must.kind == LAID


def _ground(entry: Entry, at_hand: CaseAtHand) -> Ground:
    one = entry.explanation
    occasion = occasion_of(one, at_hand.day, at_hand.words, "")
    waits = one.outcome.status in (Status.OPEN, Status.LATE)
    where = norm_address(one.norm.id, rulebooks.law())
    return Ground(at_hand.words.norm(one.norm.id), one.norm.ref, where, occasion, waits)


def write_plan_down(request: HttpRequest, side: Side, at_hand: CaseAtHand) -> str:
    """Write down that the plan was laid today: the line the law reads. Twice on a day is once. Says what was done."""
    course = side.course
    if Event.objects.filter(course=course, kind=LAID, on=at_hand.day, standing=True, void=False).exists():
        return _("Det er allerede noteret, at planen er lagt i dag.")
    purpose = purpose_of(request.session, course) or OWN_CASE
    with pghistory.context(purpose=purpose):
        record_event(course, at_hand.vocabulary, LAID, at_hand.day, {"holder": "kommune"}, side.user, at_hand.day)
    return _("Det er noteret, at planen er lagt i dag.")
