"""Letting somebody in to a part of the plan, for one purpose and for a time; and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Answer, Invitation, Part, Party, Shared, Step
from fodfaeste.casework.plans.proposing import Proposal, Voice, propose

_ATTORNEY, _COMPANION = Invitation.Kind.ATTORNEY, Invitation.Kind.COMPANION


@dataclass(frozen=True)
class Terms:
    """Who is let in, why, on what section, how long, and to what."""

    kind: str
    user: User | None
    purpose: str
    basis: str
    begins: date
    until: date
    consent_on: date | None = None
    name: str = ""
    may_act: bool = False
    sees_goal: bool = False
    sees_appointments: bool = False
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()


@transaction.atomic
def invite(course: Course, by: User, terms: Terms, today: date) -> Invitation:
    """Let somebody in. What is not named in ``parts`` and ``steps`` is not shown. Raises RefusedError."""
    errors = _errors(course, terms, today)
    if errors:
        raise RefusedError(errors)
    invitation = Invitation.objects.create(
        kommune_id=course.kommune_id, course=course, kind=terms.kind, user=terms.user, name=terms.name.strip(),
        purpose=terms.purpose.strip(), basis=terms.basis.strip(), consent_on=terms.consent_on, begins=terms.begins,
        until=terms.until, may_act=terms.may_act, sees_goal=terms.sees_goal,
        sees_appointments=terms.sees_appointments, invited_by=by,
    )  # fmt: skip
    share(invitation, terms.parts, terms.steps)
    return invitation


@transaction.atomic
def name_companion(course: Course, by: User, name: str, begins: date, until: date) -> Invitation:
    """Name who comes along with the citizen. A companion sees nothing of the plan. Raises RefusedError."""
    with override("da"):  # the language of what is kept
        purpose, basis = _("Følger borgeren til møder"), _("Borgerens eget valg")
    return invite(course, by, Terms(_COMPANION, None, purpose, basis, begins, until, begins, name), begins)


def share(invitation: Invitation, parts: tuple[Part, ...] = (), steps: tuple[Step, ...] = ()) -> None:
    """Show more of the plan to somebody who is let in."""
    shared = {"kommune_id": invitation.kommune_id, "course_id": invitation.course_id, "invitation": invitation}
    Shared.objects.bulk_create(
        [*(Shared(**shared, part=part) for part in parts), *(Shared(**shared, step=step) for step in steps)],
        ignore_conflicts=True,
    )


@transaction.atomic
def withdraw(invitation: Invitation, voice: Voice) -> Invitation:
    """End an invitation at once. The citizen ends what rests on her own consent. Raises PermissionDenied."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if voice.party == Party.CITIZEN and invitation.consent_on is None:
        raise PermissionDenied(_("Delingen bygger ikke på dit samtykke. Tal med din sagsbehandler om den."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at, invitation.withdrawn_by = now(), voice.user
        invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return invitation


@transaction.atomic
def answer(invitation: Invitation, by: User, text: str, step: Step | None = None) -> Answer:
    """Write an answer or a report into the plan. Raises RefusedError."""
    if not text.strip():
        raise RefusedError({"text": _("Skriv dit svar.")})
    return Answer.objects.create(
        kommune_id=invitation.kommune_id, course_id=invitation.course_id, invitation=invitation, step=step,
        text=text.strip(), by=by,
    )  # fmt: skip


@transaction.atomic
def propose_as_partner(invitation: Invitation, by: User, proposal: Proposal) -> Step:
    """Somebody who is let in puts a step forward, and sees it from then on. Raises RefusedError."""
    step = propose(invitation.course, Voice(Party.PARTNER, by), proposal)
    share(invitation, steps=(step,))
    return step


def _errors(course: Course, terms: Terms, today: date) -> dict[str, str]:
    errors = {}
    if terms.kind not in Invitation.Kind.values:
        errors["kind"] = _("Vælg, hvem der skal med.")
    if terms.kind == _COMPANION and terms.user is None and not terms.name.strip():
        errors["name"] = _("Skriv bisidderens navn.")
    elif terms.kind != _COMPANION and terms.user is None:
        errors["user"] = _("Vælg den, der skal kunne se med.")
    if terms.user is not None and (terms.user.role != Role.PARTNER or terms.user.kommune_id != course.kommune_id):
        errors["user"] = _("Vælg en samarbejdspartner fra listen.")
    if not terms.purpose.strip():
        errors["purpose"] = _("Skriv, hvad det skal bruges til. Borgeren kan læse det.")
    if not terms.basis.strip():
        errors["basis"] = _("Skriv, hvad delingen bygger på: en paragraf eller borgerens samtykke.")
    if terms.consent_on is not None and terms.consent_on > today:
        errors["consent_on"] = _("Dagen ligger i fremtiden. Skriv den dag, borgeren sagde ja.")
    if terms.until < max(terms.begins, today):
        errors["until"] = _("Sidste dag er gået eller ligger før første dag. Vælg en senere dag.")
    if terms.kind == _ATTORNEY and terms.consent_on is None:
        errors["consent_on"] = _("En fuldmagt giver borgeren selv. Skriv den dag, borgeren gav den.")
    if {*(part.course_id for part in terms.parts), *(step.course_id for step in terms.steps)} - {course.pk}:
        errors["steps"] = _("Det hører til en anden plan. Vælg fra listen.")
    if not errors and terms.user is not None and _let_in_already(course, terms):
        errors["user"] = _("Personen er allerede lukket ind i de dage. Luk først den adgang, og giv så den nye.")
    if terms.may_act and terms.kind != _ATTORNEY:
        errors["may_act"] = _("Kun den, der har fuldmagt, kan handle for borgeren. Fjern krydset, eller vælg fuldmagt.")
    return errors


def _let_in_already(course: Course, terms: Terms) -> bool:
    """Whether she is let in on some of the days for something else: each look is written down with one purpose."""
    others = Invitation.objects.filter(course=course, user=terms.user, withdrawn_at=None)
    return others.filter(begins__lte=terms.until, until__gte=terms.begins).exists()
