"""Batches that came in, the files they were read from, rows that could not be read, and reimbursements."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """One import of a folder of extracts. What it holds stands in the cases when ``state`` is done, and not before."""

    class State(models.TextChoices):
        """How far it came."""

        READING = "reading", _("Læses")
        DONE = "done", _("Indlæst")
        REFUSED = "refused", _("Intet indlæst")

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+")
    folder = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    day = models.DateField()
    """The day the import counts as its own: corrections are recorded on it."""
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class BatchFile(models.Model):
    """A table that was read: a file, or a sheet of one. Every row of it is counted once.

    ``rows`` = ``new`` + ``changed`` + ``unchanged`` + ``without_line`` + ``rejected``. Rows without a line say that
    there is nothing to write: a week without a benefit.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    table = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file and of the rules it was read by."""
    columns = models.JSONField(default=list)
    """Its columns as they are headed there, in their order."""
    rows = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    without_line = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    since = models.DateField(null=True, blank=True)
    """First day of the first week of a table of weeks, also of those without a benefit."""
    until = models.DateField(null=True, blank=True)
    """The day after its last week."""
    staged = models.JSONField(default=dict)
    """How many lines wait in each staging table."""

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["batch", "name", "table"], name="file_once_in_a_batch"),
        ]


class Rejection(models.Model):
    """A row that was not taken in: as it stood, and everything that is wrong with it.

    ``problems`` is a list of ``{field, code, given}``; the sentences are made when they are read, in the reader's
    language.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey(BatchFile, models.CASCADE, related_name="rejections")
    row = models.PositiveIntegerField()
    raw = models.JSONField()
    problems = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["file_id", "row"]


class Reimbursement(models.Model):
    """A line of the state's reimbursement extract, in øre. Leaders' economy reads it; pages about a citizen never do.

    A line is about a benefit in a week; with a person number it is about one person.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    key = models.BigIntegerField(editable=False)
    week = models.DateField()
    """Monday of the week."""
    benefit = models.CharField(max_length=80)
    person_number = models.CharField(max_length=10, blank=True)
    persons = models.IntegerField(null=True, blank=True)
    total = models.BigIntegerField(null=True, blank=True)
    reimbursed = models.BigIntegerField(null=True, blank=True)
    own_share = models.BigIntegerField(null=True, blank=True)
    paid_by = models.CharField(max_length=60, blank=True)
    """The municipality that finances it, as the extract names it."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "key"], name="reimbursement_once"),
        ]
