"""Steps of the plan: proposed, agreed or not, changed by a new proposal, dropped, taken.

Each function does one thing in one transaction. What cannot be saved raises RefusedError with a sentence for each
field. A step is agreed when citizen and municipality both stand behind it; what either says is kept word for word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need, Part, Party, Position, Step

BOTH = (Party.CITIZEN, Party.KOMMUNE)
"""Those who must stand behind a step before it is agreed."""


@dataclass(frozen=True)
class Voice:
    """Who writes, and for whom: somebody with a power of attorney speaks as the citizen."""

    party: str
    user: User


@dataclass(frozen=True)
class Proposal:
    """A step as somebody puts it forward. ``on`` is the day it is for; a day has a ``reason``."""

    text: str
    owner: str
    on: date | None = None
    reason: str = ""
    need: Need | None = None
    part: Part | None = None


@transaction.atomic
def propose(course: Course, voice: Voice, proposal: Proposal) -> Step:
    """Put a step forward. Whoever proposes it agrees with it. Raises RefusedError."""
    return _write(course, voice, _checked(course, proposal), None)


@transaction.atomic
def change(step: Step, voice: Voice, proposal: Proposal) -> Step:
    """Put another proposal in the place of a step; the old one is kept with what was said of it.

    Nobody but the proposer agrees with the new one yet. Raises RefusedError.
    """
    step = _locked(step)
    checked = _checked(step.course, proposal)
    _drop(step, voice.user, "")
    return _write(step.course, voice, checked, step)


@transaction.atomic
def take_position(step: Step, voice: Voice, stance: str, text: str = "") -> Position:
    """Say what one thinks of a step; also of one that is taken or dropped: nobody is too late to disagree.

    Whoever would rather have something else says what, and the municipality says why it disagrees. Raises RefusedError.
    """
    text = text.strip()
    if stance not in Position.Stance.values:
        raise RefusedError({"stance": _("Vælg enig, uenig eller vil hellere.")})
    if not text and stance == Position.Stance.ALTERNATIVE:
        raise RefusedError({"text": _("Skriv, hvad der hellere skal ske.")})
    if not text and stance == Position.Stance.DISAGREES and voice.party != Party.CITIZEN:
        raise RefusedError({"text": _("Skriv, hvorfor du er uenig. Borgeren skal kunne læse det.")})
    step = _row(step)
    position = _say(step, voice, stance, text)
    _settle(step)
    return position


@transaction.atomic
def drop(step: Step, voice: Voice, why: str) -> Step:
    """Take a step off the plan; it stands in the record as dropped. The municipality says why. Raises RefusedError."""
    if not why.strip() and voice.party != Party.CITIZEN:
        raise RefusedError({"why": _("Skriv, hvorfor skridtet tages af planen. Borgeren skal kunne læse det.")})
    step = _locked(step)
    _drop(step, voice.user, why)
    return step


@transaction.atomic
def finish(step: Step, on: date, today: date, came_of_it: str = "") -> Step:
    """Write down that a step was taken on a day, and what came of it if anybody can say. Raises RefusedError."""
    if on > today:
        raise RefusedError({"on": _("Dagen ligger i fremtiden. Skriv den dag, skridtet blev taget.")})
    step = _locked(step)
    step.done, step.came_of_it = on, came_of_it.strip()
    step.save(update_fields=["done", "came_of_it"])
    return step


@transaction.atomic
def reopen(step: Step) -> Step:
    """The step was not taken after all."""
    step = _row(step)
    step.done = None
    step.save(update_fields=["done"])
    return step


@transaction.atomic
def choose(step: Step, chosen: bool) -> Step:
    """The citizen counts a step among her own small steps, or no longer does."""
    step = _row(step)
    step.chosen = chosen
    step.save(update_fields=["chosen"])
    return step


def _checked(course: Course, proposal: Proposal) -> Proposal:
    errors = {}
    if not proposal.text.strip():
        errors["text"] = _("Skriv, hvad skridtet er.")
    if proposal.owner not in Step.Owner.values:
        errors["owner"] = _("Vælg, hvem der tager skridtet.")
    if proposal.on is not None and not proposal.reason.strip():
        errors["reason"] = _("Skriv, hvorfor det skal være den dag. En dag uden grund bliver ikke gemt.")
    for name, other in (("need", proposal.need), ("part", proposal.part)):
        if other is not None and other.course_id != course.pk:
            errors[name] = _("Det hører til en anden plan. Vælg fra listen.")
    if errors:
        raise RefusedError(errors)
    return proposal


def _write(course: Course, voice: Voice, proposal: Proposal, replaces: Step | None) -> Step:
    step = Step.objects.create(
        kommune_id=course.kommune_id, course=course, text=proposal.text.strip(), owner=proposal.owner, on=proposal.on,
        reason=proposal.reason.strip(), need=proposal.need, part=proposal.part, proposed_by=voice.party,
        proposer=voice.user, proposed_at=now(), replaces=replaces,
        chosen=replaces is not None and replaces.chosen,
    )  # fmt: skip
    _say(step, voice, Position.Stance.AGREES, "")
    _settle(step)
    return step


def _say(step: Step, voice: Voice, stance: str, text: str) -> Position:
    return Position.objects.create(
        kommune_id=step.kommune_id, course_id=step.course_id, step=step, party=voice.party, stance=stance, text=text,
        by=voice.user,
    )  # fmt: skip


def _row(step: Step) -> Step:
    """The step's row, so that two who write at once do so one after the other."""
    return Step.objects.select_for_update(of=("self",)).select_related("course").get(pk=step.pk)


def _locked(step: Step) -> Step:
    """The row of a step that still lies ahead. Raises RefusedError."""
    step = _row(step)
    if step.done is not None:
        raise RefusedError({"": _("Skridtet er allerede taget. Foreslå et nyt skridt i stedet.")})
    if step.dropped_at is not None:
        raise RefusedError({"": _("Skridtet er taget af planen eller skrevet om. Se planen, som den er nu.")})
    return step


def _drop(step: Step, by: User, why: str) -> None:
    step.dropped_at, step.dropped_by, step.dropped_why = now(), by, why.strip()
    step.save(update_fields=["dropped_at", "dropped_by", "dropped_why"])


def _settle(step: Step) -> None:
    """``agreed`` follows the latest position of each.

    A step from an extract has no proposer: there the municipality stands behind it, and ``agreed`` says whether the
    citizen does, until one of them says otherwise.
    """
    latest: dict[str, str] = dict(step.positions.order_by("pk").values_list("party", "stance"))
    before = {Party.CITIZEN: step.agreed, Party.KOMMUNE: True} if step.proposed_by == "" else {}
    agreed = all(
        latest[party] == Position.Stance.AGREES if party in latest else before.get(party, False) for party in BOTH
    )
    if agreed != step.agreed:
        step.agreed = agreed
        step.save(update_fields=["agreed"])
