"""Appointments, and notes of what was said."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    """How people meet; the values of the vocabulary's ``form``."""

    MEETING = "fysisk", _("Fysisk møde")
    PHONE = "telefon", _("Telefon")
    VIDEO = "video", _("Video")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Appointment(models.Model):
    """A conversation agreed for a time."""

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="appointments")
    caseworker = models.ForeignKey("access.User", models.PROTECT, related_name="appointments")
    at = models.DateTimeField()
    form = models.CharField(max_length=10, choices=Form)
    place = models.CharField(max_length=80, blank=True)
    held = models.OneToOneField("courses.Event", models.PROTECT, null=True, blank=True, related_name="appointment")
    cancelled_at = models.DateTimeField(null=True, blank=True)

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
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
