"""Decisions about promises. What is promised stands in the municipality's regime; here stands whether it is kept up."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.today import now


class Decision(models.Model):
    """From a day on, a promise above the law is given up, or kept again. Rows are only added: the latest counts.

    ``norm`` is the norm the promise stands on; ``decided_by`` is the council, committee or leader who decided.
    """

    class What(models.TextChoices):
        """What was decided."""

        GIVEN_UP = "given-up", _("opgivet")
        KEPT = "kept", _("taget op igen")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    norm = models.CharField(max_length=120)
    what = models.CharField(max_length=10, choices=What)
    begins = models.DateField()
    decided_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begins", "-at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kommune", "norm"], name="local_decision_norm")]
