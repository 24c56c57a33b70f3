"""The index of duties: derived, dated, and thrown away without loss.

Nothing here is the truth about a case. It says what the rulebook with ``digest`` answered about the course's lines as
they were at ``version``, on the day ``on``; ``fodfaeste index build`` makes it again.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Derivation(models.Model):
    """When, and of what law, a municipality's index was derived."""

    kommune = models.OneToOneField("access.Kommune", models.CASCADE, related_name="+")
    on = models.DateField()
    digest = models.CharField(max_length=64)
    cases = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)


class NormName(models.Model):
    """A norm's short number in the index."""

    number = models.SmallAutoField(primary_key=True)
    norm = models.CharField(max_length=80, unique=True)


class DutyLine(models.Model):
    """A duty or demand somebody should know of, in an open course: late, open, unknown, paused or to come.

    ``status`` is a number of ``reasoning.Status``. ``due`` and ``start`` lie at the end of time (9999-12-31) when there
    is no such day; ``item``, the first day of the spell or event the duty is judged for, lies there too for none.
    """

    kommune = models.ForeignKey("access.Kommune", models.CASCADE, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.CASCADE, related_name="duty_lines", db_constraint=False)
    version = models.PositiveIntegerField()
    norm = models.ForeignKey(NormName, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    item = models.DateField()
    status = models.SmallIntegerField()
    start = models.DateField()
    due = models.DateField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kommune", "norm", "status"], include=["due"], name="duty_line_norm"),
        ]


class Concern(models.Model):
    """How many open courses a norm concerned when the index was built."""

    kommune = models.ForeignKey("access.Kommune", models.CASCADE, related_name="+", db_index=False)
    norm = models.ForeignKey(NormName, models.CASCADE, related_name="+")
    cases = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "norm"], name="concern_once"),
        ]
