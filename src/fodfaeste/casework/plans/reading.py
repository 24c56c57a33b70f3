"""The plan as people read it: needs with their steps and what came of them, parts under each act, who is let in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Answer, Invitation, Need, Part, Party, Position, Step, Words
from fodfaeste.casework.plans.proposing import BOTH


@dataclass(frozen=True)
class StepSeen:
    """A step with everything that was said of it, in order."""

    step: Step
    positions: tuple[Position, ...] = ()
    answers: tuple[Answer, ...] = ()
    replaced: bool = False

    def latest(self, party: str) -> Position | None:
        """What a party thinks of it now; None: it has not said."""
        return next((one for one in reversed(self.positions) if one.party == party), None)

    @property
    def citizen(self) -> Position | None:
        """What the citizen thinks of it now."""
        return self.latest(Party.CITIZEN)

    @property
    def kommune(self) -> Position | None:
        """What the municipality thinks of it now."""
        return self.latest(Party.KOMMUNE)

    @property
    def disputed(self) -> bool:
        """Whether citizen or municipality has said that it is not as they want it."""
        stances = [found.stance for party in BOTH if (found := self.latest(party))]
        return any(stance != Position.Stance.AGREES for stance in stances)

    @property
    def positions_now(self) -> list[Position]:
        """What each who has spoken thinks of it now, in the order they last spoke."""
        latest = {one.party: one for one in self.positions}
        return sorted(latest.values(), key=lambda one: (one.at, one.pk))

    @property
    def waiting(self) -> list[str]:
        """Those of citizen and municipality who do not stand behind it yet."""
        if self.step.agreed:
            return []
        stances = {one.party: one.stance for one in self.positions}
        if self.step.proposed_by == "":  # from an extract: the municipality's own
            stances.setdefault(Party.KOMMUNE, Position.Stance.AGREES)
        return [party for party in BOTH if stances.get(party) != Position.Stance.AGREES]

    @property
    def ahead(self) -> bool:
        """Whether it is neither taken nor dropped."""
        return self.step.done is None and self.step.dropped_at is None


@dataclass(frozen=True)
class NeedSeen:
    """A need with the steps that are for it."""

    need: Need
    steps: tuple[StepSeen, ...]


@dataclass(frozen=True)
class PartSeen:
    """A part of the plan, its steps, and who outside the municipality may read it now."""

    part: Part
    steps: tuple[StepSeen, ...]
    readers: tuple[Invitation, ...]


@dataclass(frozen=True)
class Plan:
    """Everything of one plan. ``day`` is when it is read."""

    day: date
    words: tuple[Words, ...]
    needs: tuple[Need, ...]
    parts: tuple[Part, ...]
    steps: tuple[StepSeen, ...]
    invitations: tuple[Invitation, ...]
    answers: tuple[Answer, ...] = ()
    _by_need: dict[int | None, list[StepSeen]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def goal(self) -> Words | None:
        """Her goal, as she last wrote it."""
        return next((words for words in self.words if words.kind == Words.Kind.GOAL), None)

    @cached_property
    def situation(self) -> Words | None:
        """Her situation, as she last wrote it."""
        return next((words for words in self.words if words.kind == Words.Kind.SITUATION), None)

    @cached_property
    def standing(self) -> list[StepSeen]:
        """Steps that are on the plan: ahead or taken."""
        return [one for one in self.steps if one.step.dropped_at is None]

    @cached_property
    def ahead(self) -> list[StepSeen]:
        """Steps that are still to be taken."""
        return [one for one in self.steps if one.ahead]

    @cached_property
    def dropped(self) -> list[StepSeen]:
        """Steps that were taken off, or that another proposal came in the place of."""
        return [one for one in self.steps if one.step.dropped_at is not None]

    @cached_property
    def by_need(self) -> list[NeedSeen]:
        """Needs with their steps; those still open first."""
        found = [NeedSeen(need, tuple(self._of(need=need.pk))) for need in self.needs]
        return sorted(found, key=lambda one: one.need.closed is not None)

    @cached_property
    def without_need(self) -> list[StepSeen]:
        """Steps on the plan that no need is named for."""
        return self._of(need=None)

    @cached_property
    def by_part(self) -> list[PartSeen]:
        """Parts with their steps and readers."""
        return [
            PartSeen(
                part, tuple(one for one in self.standing if one.step.part_id == part.pk), tuple(self.readers_of(part))
            )
            for part in self.parts
        ]

    @cached_property
    def running(self) -> list[Invitation]:
        """Those who are let in on the day, companions too."""
        return [one for one in self.invitations if runs(one, self.day)]

    @cached_property
    def companions(self) -> list[Invitation]:
        """Who comes along with the citizen."""
        return [one for one in self.running if one.kind == Invitation.Kind.COMPANION]

    @cached_property
    def chosen(self) -> list[StepSeen]:
        """The small steps she counts herself, those that are taken first."""
        found = [one for one in self.standing if one.step.chosen]
        return sorted(found, key=lambda one: one.step.done or date.max)

    @cached_property
    def chosen_taken(self) -> int:
        """How many of her own small steps are taken."""
        return sum(one.step.done is not None for one in self.chosen)

    def readers_of(self, part: Part) -> list[Invitation]:
        """Who outside the municipality may read a part on the day."""
        return [one for one in self.running if one.may_act or any(s.part_id == part.pk for s in one.shares.all())]

    def find(self, step: int) -> StepSeen | None:
        """A step of the plan by its number."""
        return next((one for one in self.steps if one.step.pk == step), None)

    def _of(self, need: int | None) -> list[StepSeen]:
        return [one for one in self.standing if one.step.need_id == need]


def runs(invitation: Invitation, day: date) -> bool:
    """Whether somebody is let in on a day."""
    return invitation.withdrawn_at is None and invitation.begins <= day <= invitation.until


def plan_of(course: Course, day: date) -> Plan:
    """The whole plan: eight queries."""
    invitations = Invitation.objects.filter(course=course).select_related("user", "invited_by", "withdrawn_by")
    answers = list(Answer.objects.filter(course=course).select_related("by", "invitation__user"))
    return Plan(
        day,
        tuple(Words.objects.filter(course=course).select_related("taken_down_by")),
        tuple(Need.objects.filter(course=course).order_by("said_on", "pk")),
        tuple(Part.objects.filter(course=course).select_related("written_by").order_by("pk")),
        tuple(_steps(Step.objects.filter(course=course), answers)),
        tuple(invitations.prefetch_related("shares").order_by("begins", "pk")),
        tuple(answers),
    )


def _steps(steps: Iterable[Step], answers: Iterable[Answer] = ()) -> list[StepSeen]:
    rows = steps.select_related("proposer", "part", "need", "dropped_by")  # type: ignore[attr-defined]
    listed = sorted(rows, key=lambda step: (step.done is not None, step.done or step.on or date.max, step.pk))
    said: dict[int, list[Position]] = {}
    for position in Position.objects.filter(step__in=[step.pk for step in listed]).select_related("by"):
        said.setdefault(position.step_id, []).append(position)
    answered: dict[int | None, list[Answer]] = {}
    for answer in answers:
        answered.setdefault(answer.step_id, []).append(answer)
    replaced = {step.replaces_id for step in listed}
    return [
        StepSeen(step, tuple(said.get(step.pk, ())), tuple(answered.get(step.pk, ())), step.pk in replaced)
        for step in listed
    ]


@dataclass(frozen=True)
class SharedPart:
    """What one invitation shows: steps, with the part they stand in; her goal only where that was said."""

    invitation: Invitation
    steps: tuple[StepSeen, ...]
    parts: tuple[Part, ...]
    goal: Words | None
    answers: tuple[Answer, ...]


def shared_part(invitation: Invitation) -> SharedPart:
    """The part of the plan that is shared with somebody, and what she has answered herself; nothing else is read."""
    shares = list(invitation.shares.values_list("part", "step"))
    parts = [part for part, _step in shares if part]
    rows = Step.objects.filter(course=invitation.course_id, dropped_at=None)
    visible = rows.filter(part__in=parts) | rows.filter(pk__in=[step for _part, step in shares if step])
    goals = Words.objects.filter(course=invitation.course_id, kind=Words.Kind.GOAL)
    return SharedPart(
        invitation,
        tuple(_steps(visible)),
        tuple(Part.objects.filter(pk__in=parts).order_by("pk")),
        goals.first() if invitation.sees_goal else None,
        tuple(invitation.answers.select_related("by", "step")),
    )


def partners_of(kommune: int) -> list[User]:
    """Those who can be let in: the municipality's partners by organisation."""
    return list(
        User.objects.filter(kommune=kommune, role="partner", is_active=True).order_by("organisation", "first_name")
    )
