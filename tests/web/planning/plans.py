"""A plan to look at: Anna's, with a need, steps that are agreed and not, a part under another act, and a partner."""

from __future__ import annotations

from datetime import date, timedelta

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans import inviting, needs, proposing
from fodfaeste.casework.plans.models import Invitation, Need, Part, Party, Position, Step
from fodfaeste.casework.plans.proposing import Proposal, Voice
from tests.django_site import make_user

SECRET = "Tale om gælden til min bror"
"""A step that is shared with nobody."""


class Plan:
    """The rows of one plan, and the voices in it."""

    def __init__(self, course: Course, citizen: User, caseworker: User, today: date) -> None:
        self.course, self.today = course, today
        self.her, self.us = Voice(Party.CITIZEN, citizen), Voice(Party.KOMMUNE, caseworker)
        self.need: Need = needs.say_need(course, self.her, "helbred", "Holde til en hel dag", today)
        self.part: Part = needs.add_part(
            course, caseworker, needs.Basis("Hjemmet", "SEL § 85", "Støtte i eget hjem", "Social", today), today
        )
        self.agreed = self._step("Halve dage i et køkken", self.us, need=self.need)
        proposing.take_position(self.agreed, self.her, Position.Stance.AGREES)
        self.disputed = self._step("Kursus i kantinedrift", self.us)
        proposing.take_position(self.disputed, self.her, Position.Stance.ALTERNATIVE, "Hellere et rigtigt køkken")
        self.secret = self._step(SECRET, self.her)
        self.inside = self._step("Fast hjælp om morgenen", self.us, part=self.part)

    def _step(self, text: str, voice: Voice, **more: object) -> Step:
        return proposing.propose(self.course, voice, Proposal(text, Step.Owner.CITIZEN, **more))  # type: ignore[arg-type]

    def invite(self, partner: User, **more: object) -> Invitation:
        given = {
            "kind": "arbejdsgiver", "user": partner, "purpose": "Praktik i køkkenet", "basis": "Samtykke",
            "begins": self.today, "until": self.today + timedelta(days=60), "consent_on": self.today,
        }  # fmt: skip
        return inviting.invite(self.course, self.us.user, inviting.Terms(**(given | more)), self.today)  # type: ignore[arg-type]


def partner_of(caseworker: User, username: str, name: str, organisation: str) -> User:
    assert caseworker.kommune is not None
    return make_user(caseworker.kommune, username, name, Role.PARTNER, organisation=organisation)
