"""The citizen's own words, and the steps of the plan."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


class Words(models.Model):
    """What the citizen wrote, in her words. Rows are only added: the latest stands, the earlier can be read."""

    class Kind(models.TextChoices):
        """What she wrote about."""

        GOAL = "goal", _("Mit mål")
        SITUATION = "situation", _("Min situation")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-written_at", "-id"]


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Step(models.Model):
    """A step of the plan. Its day carries a reason; nothing is due by template."""

    class Owner(models.TextChoices):
        """Who takes the step."""

        CITIZEN = "borger", _("Borgeren")
        KOMMUNE = "kommune", _("Kommunen")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="steps")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=10, choices=Owner)
    on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    agreed = models.BooleanField(default=False)
    done = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["done", "on", "id"]
