"""What the citizen needs, what came of it, and the parts of the plan under each act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need, Part
from fodfaeste.casework.plans.proposing import Voice


@transaction.atomic
def say_need(course: Course, voice: Voice, area: str, text: str, on: date) -> Need:
    """Write down what the citizen needs, as it was said. Raises RefusedError."""
    errors = {}
    if area not in Need.Area.values:
        errors["area"] = _("Vælg, hvad det handler om.")
    if not text.strip():
        errors["text"] = _("Skriv, hvad der er brug for.")
    if errors:
        raise RefusedError(errors)
    return Need.objects.create(
        kommune_id=course.kommune_id, course=course, area=area, text=text.strip(), said_by=voice.party, said_on=on,
        written_by=voice.user,
    )  # fmt: skip


@transaction.atomic
def close_need(need: Need, on: date, result: str) -> Need:
    """Write down what came of a need; also that nothing did. Raises RefusedError."""
    if not result.strip():
        raise RefusedError({"result": _("Skriv, hvad der kom ud af det. Skriv også, hvis intet hjalp.")})
    need = Need.objects.select_for_update().get(pk=need.pk)
    need.closed, need.result = on, result.strip()
    need.save(update_fields=["closed", "result"])
    return need


@dataclass(frozen=True)
class Basis:
    """What a part of the plan rests on: act and section (``ref``), and why the section covers it."""

    title: str
    ref: str
    basis: str
    department: str = ""
    consent_on: date | None = None


@transaction.atomic
def add_part(course: Course, by: User, given: Basis, today: date) -> Part:
    """Open a part of the one plan under an act. Raises RefusedError."""
    errors = {}
    if not given.title.strip():
        errors["title"] = _("Skriv, hvad delen handler om.")
    if "§" not in given.ref:
        errors["ref"] = _("Skriv lovens navn, tegnet § og nummeret.")
    if not given.basis.strip():
        errors["basis"] = _("Skriv, hvorfor paragraffen dækker det.")
    if given.consent_on is not None and given.consent_on > today:
        errors["consent_on"] = _("Dagen ligger i fremtiden. Skriv den dag, borgeren sagde ja.")
    if errors:
        raise RefusedError(errors)
    return Part.objects.create(
        kommune_id=course.kommune_id, course=course, title=given.title.strip(), ref=given.ref.strip(),
        basis=given.basis.strip(), department=given.department.strip(), consent_on=given.consent_on, written_by=by,
    )  # fmt: skip
