"""The plan: the citizen's own words, needs, parts under each act, steps with positions, and who is let in."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import OfCourse


class Party(models.TextChoices):
    """Who says or does something in a plan."""

    CITIZEN = "borger", _("Borgeren")
    KOMMUNE = "kommune", _("Kommunen")
    PARTNER = "partner", _("Samarbejdspartner")


def signed(party: str, by: User | None) -> str:
    """Whose word it is: the citizen, and who wrote for her; else the person and where she belongs."""
    if party == Party.CITIZEN and by is not None and by.role == Role.PARTNER:
        return gettext("Borgeren ved %(name)s, som har fuldmagt") % {"name": by.name}
    if party == Party.PARTNER and by is not None:
        return f"{by.name}, {by.organisation}" if by.organisation else by.name
    if party == Party.KOMMUNE and by is not None:
        return gettext("Kommunen, %(name)s") % {"name": by.name}
    return str(Party(party).label) if party in Party.values else gettext("Fra kommunens fagsystem")


class Words(models.Model):
    """What the citizen wrote, in her words. Rows are only added: the latest stands, the earlier can be read.

    ``taken_down_by`` is who wrote them down as she said them, when she did not write herself.
    """

    class Kind(models.TextChoices):
        """What she wrote about."""

        GOAL = "goal", _("Mit mål")
        SITUATION = "situation", _("Min situation")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    written_at = models.DateTimeField()
    taken_down_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]


class Comment(OfCourse):
    """What staff answers to the citizen's words, beside them. Rows are only added."""

    words = models.ForeignKey(Words, models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class OwnNote(OfCourse):
    """A note of the citizen's own. The database shows it to nobody but her."""

    text = models.TextField()
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Need(OfCourse):
    """What the citizen needs, as it was said; later what came of it. Steps point at the need they are for."""

    class Area(models.TextChoices):
        """What the need is about."""

        JOB = "job", _("At finde et job")
        SKILLS = "kompetencer", _("Kompetencer og uddannelse")
        HEALTH = "helbred", _("Helbred")
        LANGUAGE = "sprog", _("Sprog, læsning og tal")
        DIGITAL = "digitalt", _("Det digitale")
        HOME = "bolig", _("Bolig")
        MONEY = "oekonomi", _("Økonomi")
        FAMILY = "familie", _("Familie og netværk")
        OTHER = "andet", _("Andet")

    area = models.CharField(max_length=12, choices=Area)
    text = models.CharField(max_length=500)
    said_by = models.CharField(max_length=10, choices=Party)
    said_on = models.DateField()
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    closed = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=500, blank=True)

    @property
    def result_prefix(self) -> str:
        """The name its result goes by in a form."""
        return f"resultat-{self.pk}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Part(OfCourse):
    """A part of the one plan: the act and section it rests on (``ref``), and why the section covers it.

    Without a part a step belongs to the employment effort.
    """

    title = models.CharField(max_length=120)
    ref = models.CharField(max_length=60)
    basis = models.CharField(max_length=300)
    department = models.CharField(max_length=80, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Step(models.Model):
    """A step of the plan. Its day carries a reason; nothing is due by template.

    ``agreed``: citizen and municipality both stand behind it now; ``positions`` tell how it came to that.
    """

    class Owner(models.TextChoices):
        """Who takes the step."""

        CITIZEN = "borger", _("Borgeren")
        KOMMUNE = "kommune", _("Kommunen")
        PARTNER = "partner", _("Samarbejdspartner")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="steps")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=10, choices=Owner)
    on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    agreed = models.BooleanField(default=False)
    done = models.DateField(null=True, blank=True)
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="steps")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="steps")
    proposed_by = models.CharField(max_length=10, choices=Party, blank=True, db_default="")
    proposer = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    dropped_why = models.CharField(max_length=300, blank=True, db_default="")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    """The proposal this one was put in place of: its words and positions stay as they were."""
    came_of_it = models.CharField(max_length=300, blank=True, db_default="")
    chosen = models.BooleanField(default=False, db_default=False)
    """The citizen counts it among her own small steps. She alone chooses, and no rule reads it."""

    @property
    def proposed(self) -> str:
        """Whose proposal it is. Reads ``proposer``."""
        return signed(self.proposed_by, self.proposer)

    class Meta:
        ordering: ClassVar[list[str]] = ["done", "on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # What came from an extract has no proposer, and may lack the reason.
            models.CheckConstraint(
                condition=Q(on=None) | ~Q(reason="") | Q(proposed_by=""), name="a_day_carries_a_reason"
            ),
        ]


class Position(OfCourse):
    """What somebody thinks of a step: agrees, disagrees, or would rather have something else. Rows are only added."""

    class Stance(models.TextChoices):
        """For, against, or something else."""

        AGREES = "agrees", _("enig")
        DISAGREES = "disagrees", _("uenig")
        ALTERNATIVE = "alternative", _("vil hellere")

    step = models.ForeignKey(Step, models.PROTECT, related_name="positions")
    party = models.CharField(max_length=10, choices=Party)
    stance = models.CharField(max_length=12, choices=Stance)
    text = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    @property
    def said_by(self) -> str:
        """Whose position it is. Reads ``by``."""
        return signed(self.party, self.by)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Invitation(OfCourse):
    """Somebody else is let in to the shared part of one plan, for one purpose, for a time.

    ``basis`` is the section that lets it be shared, ``consent_on`` the day the citizen agreed. Somebody who holds a
    power of attorney acts for her where ``may_act``.
    """

    class Kind(models.TextChoices):
        """Who is let in."""

        UNEMPLOYMENT_FUND = "a-kasse", _("A-kasse")
        EMPLOYER = "arbejdsgiver", _("Arbejdsgiver")
        DOCTOR = "laege", _("Læge")
        SUPPLIER = "leverandoer", _("Leverandør")
        DEPARTMENT = "forvaltning", _("Anden forvaltning")
        SCHOOL = "uddannelsessted", _("Uddannelsessted")
        VOLUNTEERS = "frivillige", _("Frivillige")
        ATTORNEY = "fuldmagt", _("Har fuldmagt")
        COMPANION = "bisidder", _("Bisidder")

    kind = models.CharField(max_length=16, choices=Kind)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="invitations")
    name = models.CharField(max_length=80, blank=True, db_default="")
    """Who comes along without signing in: a companion."""
    purpose = models.CharField(max_length=300)
    basis = models.CharField(max_length=120)
    consent_on = models.DateField(null=True, blank=True)
    begins = models.DateField()
    until = models.DateField()
    may_act = models.BooleanField(default=False)
    sees_goal = models.BooleanField(default=False)
    sees_appointments = models.BooleanField(default=False)
    invited_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")

    @property
    def who(self) -> str:
        """The name of whoever is let in, with the organisation. Reads ``user``."""
        if self.user is None:
            return self.name
        return f"{self.user.name}, {self.user.organisation}" if self.user.organisation else self.user.name

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gte=models.F("begins")), name="invitation_has_an_end"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(kind="bisidder") & ~Q(name=""), name="invitation_names_somebody"
            ),
        ]


class Shared(OfCourse):
    """A step or a part that an invitation shows; what is not listed is not seen."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="shares")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="shares")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="shares")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(part=None, step__isnull=False) | Q(part__isnull=False, step=None), name="one_thing_shared"
            ),
            models.UniqueConstraint(fields=["invitation", "part"], name="part_shared_once"),
            models.UniqueConstraint(fields=["invitation", "step"], name="step_shared_once"),
        ]


class Answer(OfCourse):
    """What a partner wrote into the plan: an answer, a report, an offer of help. Rows are only added."""

    invitation = models.ForeignKey(Invitation, models.PROTECT, related_name="answers")
    step = models.ForeignKey(Step, models.PROTECT, null=True, blank=True, related_name="answers")
    text = models.TextField()
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


class Guarantee(OfCourse):
    """A named person promises that a clarification ends in a decision by a day, and says what that rests on.

    Rows are only added; the latest stands.
    """

    until = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
