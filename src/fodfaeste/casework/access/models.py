"""Municipalities, users, their absence, and the log of look-ups."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.today import now


class Kommune(models.Model):
    """A municipality, by its official three-digit code."""

    code = models.PositiveSmallIntegerField(primary_key=True)
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a user is here for; ``policies`` says what follows."""

    CASEWORKER = "caseworker", _("Sagsbehandler")
    LEADER = "leader", _("Leder")
    JURIST = "jurist", _("Jurist")
    CITIZEN = "citizen", _("Borger")
    PARTNER = "partner", _("Samarbejdspartner")


class Job(models.TextChoices):
    """What a caseworker spends the day on; it orders her pages, and gives no right that others lack."""

    CASEWORK = "sagsbehandler", _("Sagsbehandler")
    EMPLOYMENT = "beskaeftigelse", _("Beskæftigelsesmedarbejder")
    COMPANIES = "virksomhed", _("Virksomhedskonsulent")


class User(AbstractUser):
    """Somebody who signs in. Without a municipality nobody's case is visible.

    A citizen's user names her ``citizen``, and sees her own course alone. A partner's names the ``organisation``, and
    sees what she is invited to.
    """

    kommune = models.ForeignKey(Kommune, models.PROTECT, null=True, blank=True, related_name="users")
    role = models.CharField(max_length=12, choices=Role, default=Role.CASEWORKER)
    team = models.CharField(max_length=60, blank=True)
    job = models.CharField(max_length=14, choices=Job, blank=True, db_default="")
    citizen = models.OneToOneField("people.Citizen", models.PROTECT, null=True, blank=True, related_name="user")
    organisation = models.CharField(max_length=80, blank=True, db_default="")
    language = models.CharField(max_length=2, choices=[("da", "Dansk"), ("en", "English")], default="da")

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def name(self) -> str:
        """The full name, else the user name."""
        return self.get_full_name() or self.get_username()


class PartnerChange(models.Model):
    """What a leader did to a partner's access, and when. Rows are only added.

    ``organisation`` is where the partner belonged afterwards.
    """

    class What(models.TextChoices):
        """What was done."""

        MADE = "made", _("Oprettet")
        MOVED = "moved", _("Organisation rettet")
        CLOSED = "closed", _("Lukket")
        OPENED = "opened", _("Åbnet igen")
        NEW_PASSWORD = "password", _("Ny adgangskode")

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="+")
    partner = models.ForeignKey(User, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    organisation = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class Absence(models.Model):
    """A caseworker is away, both days of the range as PostgreSQL has it; ``cover`` answers for her cases meanwhile."""

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="absences")
    cover = models.ForeignKey(User, models.PROTECT, related_name="covers")
    period = DateRangeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(user=F("cover")), name="absence_covered_by_another"),
        ]


class Lookup(models.Model):
    """One look at something about a citizen: who, what, why. Rows are only ever added.

    ``purpose`` is what the looker gave, or what the case relation makes it (``own case``); ``course`` is a plain
    number, so that the log outlives what it is about.
    """

    kommune = models.ForeignKey(Kommune, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    course = models.BigIntegerField()
    page = models.CharField(max_length=40)
    action = models.CharField(max_length=20, default="view")
    purpose = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "-at"], name="lookup_course"),
            models.Index(fields=["user", "-at"], name="lookup_user"),
        ]
