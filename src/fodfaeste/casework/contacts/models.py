"""Appointments and notes, and contact by agreement: cadence, free times, check-ins, help, calm, signals."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import OfCourse


class Form(models.TextChoices):
    """How people meet; the values of the vocabulary's ``form``."""

    MEETING = "fysisk", _("Fysisk møde")
    PHONE = "telefon", _("Telefon")
    VIDEO = "video", _("Video")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Slot(models.Model):
    """A time a caseworker lets citizens book themselves, in one of some forms."""

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    caseworker = models.ForeignKey("access.User", models.PROTECT, related_name="slots")
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    forms = ArrayField(models.CharField(max_length=10, choices=Form))
    place = models.CharField(max_length=80, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(default=False, db_default=False)
    """Whether an appointment holds it. Said here too, since a citizen does not see other people's appointments."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["caseworker", "at"], condition=Q(withdrawn_at=None), name="one_slot_at_a_time"
            ),
        ]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Appointment(models.Model):
    """A conversation agreed for a time. ``slot`` is the free time it takes, which nobody else can take then."""

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="appointments")
    caseworker = models.ForeignKey("access.User", models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    form = models.CharField(max_length=10, choices=Form)
    place = models.CharField(max_length=80, blank=True)
    held = models.OneToOneField("courses.Event", models.PROTECT, null=True, blank=True, related_name="appointment")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    slot = models.OneToOneField(Slot, models.PROTECT, null=True, blank=True, related_name="appointment")
    booked_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    moved_to = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="moved_from")
    missed = models.BooleanField(default=False, db_default=False)
    """Somebody said that the citizen did not come. Not a fault: a reason to call."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["caseworker", "at"], name="appointment_day"),
        ]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Note(models.Model):
    """What was said, stamped twice: when it happened, and when it was written."""

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="notes")
    event = models.OneToOneField("courses.Event", models.PROTECT, null=True, blank=True, related_name="note")
    text = models.TextField()
    happened = models.DateField()
    written_at = models.DateTimeField(default=now)
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")


class ContactAgreement(OfCourse):
    """How often and in which form the two have agreed to be in contact, and why so. Rows are only added.

    ``weeks`` None: when one of them asks. The latest row stands; ``until`` is when they look at it again.
    """

    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    form = models.CharField(max_length=10, choices=Form)
    reason = models.CharField(max_length=300)
    begins = models.DateField()
    until = models.DateField(null=True, blank=True)
    proposed_by = models.CharField(max_length=10)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Reminder(OfCourse):
    """What the citizen asked to be reminded of, and when; ``appointment`` when it is about one."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, blank=True, related_name="reminders")
    at = models.DateTimeField()
    text = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Rhythm(OfCourse):
    """How often the citizen wants to check in, as she chose it. One stands at a time."""

    weeks = models.PositiveSmallIntegerField()
    begins = models.DateField()
    ended = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course"], condition=Q(ended=None), name="one_rhythm"),
            models.CheckConstraint(condition=Q(weeks__gte=1), name="rhythm_of_weeks"),
        ]


class CheckIn(OfCourse):
    """How she is getting on, in her words; the areas in which she needs something; whether she wants a call.

    Rows are only added. Nothing is reckoned from them: a person reads them.
    """

    at = models.DateTimeField(default=now)
    text = models.TextField(blank=True)
    areas = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    wants_contact = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class HelpRequest(OfCourse):
    """The citizen asked for a person. ``answered_at`` is when a person got hold of her: the answer time is measured."""

    asked_at = models.DateTimeField()
    text = models.TextField(blank=True)
    checkin = models.OneToOneField(CheckIn, models.PROTECT, null=True, blank=True, related_name="help_request")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__gte=F("asked_at")), name="answered_after_asked"
            ),
        ]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Calm(OfCourse):
    """Peace for a while: until a day, with somebody to reach, and a way back.

    A caseworker puts it forward; it holds once the citizen has said yes, and only then does the law see it, as
    ``spell``. ``chosen_on`` is the day she said so, ``chosen_by`` whose word that is: her own, or the caseworker's who
    heard it in a conversation. Whoever has neither contact nor this is forgotten, not calm.
    """

    spell = models.OneToOneField("courses.Spell", models.PROTECT, null=True, blank=True, related_name="calm")
    begins = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=300)
    contact = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    way_back = models.CharField(max_length=300)
    proposed_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=now)
    chosen_on = models.DateField(null=True, blank=True)
    chosen_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="calm_has_an_end"),
            models.UniqueConstraint(fields=["course"], condition=Q(ended=None), name="one_calm"),
            models.CheckConstraint(
                condition=Q(spell=None, chosen_on=None, chosen_by=None)
                | Q(spell__isnull=False, chosen_on__isnull=False, chosen_by__isnull=False),
                name="calm_is_chosen",
            ),
        ]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class SelfDriven(OfCourse):
    """The citizen runs her own search, after somebody asked what she needs. One step leads back to a person.

    ``exemption`` is the decision that exempts her from conversations, where the law gives room for it.
    """

    begins = models.DateField()
    need_asked = models.CharField(max_length=500)
    exemption = models.OneToOneField("courses.Event", models.PROTECT, null=True, blank=True, related_name="self_driven")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    ended = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course"], condition=Q(ended=None), name="one_self_driven"),
        ]


class SignalCall(OfCourse):
    """A person rang because of a readable signal: which one (``kind`` and the day it showed), and what was said.

    Rows are only added. A signal leads to a call and to nothing else.
    """

    class Reached(models.TextChoices):
        """Whether the two spoke."""

        SPOKE = "spoke", _("Vi talte sammen")
        NO_ANSWER = "no_answer", _("Fik ikke fat i borgeren")

    kind = models.CharField(max_length=20)
    shown_on = models.DateField()
    reached = models.CharField(max_length=10, choices=Reached)
    text = models.TextField(blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]


class Share(models.Model):
    """How a course stands to the shares of exemptions under one rulebook on one day: a cache, emptied without loss.

    ``told`` is what ``portfolio`` found, by the share's norm; it holds for the course's ``version`` alone. The database
    does not check the course, or whoever writes the cache would wait for whoever writes in a course.
    """

    kommune = models.ForeignKey("access.Kommune", models.CASCADE, related_name="+", db_index=True)
    course = models.ForeignKey("courses.Course", models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    on = models.DateField()
    told = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course"], name="one_share"),
        ]
