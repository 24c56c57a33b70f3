"""The course and its lines, as the case format has them: spells, events, facts; nothing is erased."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.today import now

EXCLUSIVE = ("maalgruppe", "ydelse")
"""Kinds of spells of which a person has one at a time, as the weekly status codes of DREAM have it."""


class OfCourse(models.Model):
    """What belongs to one course, and is no line of the case format."""

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Lines(models.Model):
    """What all lines of a course share.

    ``recorded`` is the day the line was written down, as the law asks about it (None: always known); ``entered_at``
    is when it came into this database. ``key`` names the row of an extract it came from, so that the same row read
    twice is one line.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    course = models.ForeignKey("courses.Course", models.PROTECT, related_name="%(class)ss", db_index=False)
    recorded = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(db_default=Func(function="statement_timestamp"), editable=False)
    entered_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=80, blank=True)
    key = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Course(models.Model):
    """The one course of a citizen, from first contact on, whatever benefits she is on.

    ``version`` rises with every change of a line, so that whatever was derived knows that it is old. ``unobserved``
    are the kinds of which other systems may hold more than is here.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+", db_index=False)
    citizen = models.OneToOneField("people.Citizen", models.PROTECT, related_name="course")
    caseworker = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="courses")
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    unobserved = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kommune"], condition=Q(closed=None), name="open_courses"),
        ]


class Spell(Lines):
    """Something that lasts. The case format counts both days; the end of ``period`` is the day after the last.

    A line that another one corrects keeps standing in the table, with ``standing`` false.
    """

    kind = models.CharField(max_length=40)
    period = DateRangeField()
    attrs = models.JSONField(default=dict, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    void = models.BooleanField(default=False)
    standing = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "kind"], name="spell_course"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "key"], name="spell_once"),
            models.CheckConstraint(condition=~Q(period__isempty=True), name="spell_not_empty"),
            *(
                ExclusionConstraint(
                    name=f"one_{kind}_at_a_time",
                    expressions=[
                        (
                            OpClass(
                                Func(
                                    Cast(F("course"), models.BigIntegerField()),
                                    Cast(F("course"), models.BigIntegerField()),
                                    Value("[]"),
                                    function="int8range",
                                ),
                                name="range_ops",
                            ),
                            RangeOperators.OVERLAPS,
                        ),
                        ("period", RangeOperators.OVERLAPS),
                    ],
                    condition=Q(kind=kind, standing=True, void=False),
                )
                for kind in EXCLUSIVE
            ),
        ]


class Event(Lines):
    """Something that happened on a day."""

    kind = models.CharField(max_length=40)
    on = models.DateField()
    attrs = models.JSONField(default=dict, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    void = models.BooleanField(default=False)
    standing = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "on"], name="event_course"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "key"], name="event_once"),
        ]


class Fact(Lines):
    """The value of a field for a time. Of two values for the same day the one recorded last counts.

    ``value`` None says that nobody knows. ``by`` and ``reason`` tell who judged and why, where only a person can.
    ``heard`` is the day on which the citizen was heard about it.
    """

    field = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    valid = DateRangeField(null=True, blank=True)
    by = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True, db_default="")
    purpose = models.CharField(max_length=200, blank=True)
    heard = models.DateField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["course", "field"], name="fact_course"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "key"], name="fact_once"),
        ]


class Objection(OfCourse):
    """The citizen says that something written about her is wrong; a named person answers.

    ``about`` names the line (``fact``, ``event`` or ``spell``) and ``line`` its number; without one it is about
    something missing. What was written stands beside her words until somebody corrects it.
    """

    class About(models.TextChoices):
        """Which line is meant."""

        FACT = "fact", _("en oplysning")
        EVENT = "event", _("en hændelse")
        SPELL = "spell", _("en periode")
        MISSING = "missing", _("noget, der mangler")

    class Outcome(models.TextChoices):
        """What came of it."""

        CORRECTED = "corrected", _("rettet")
        KEPT = "kept", _("fastholdt")

    about = models.CharField(max_length=8, choices=About)
    line = models.BigIntegerField(null=True, blank=True)
    text = models.TextField()
    raised_at = models.DateTimeField(default=now)
    raised_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="objection_answered_whole",
            ),
        ]


class Handover(OfCourse):
    """A course goes from one caseworker to another: this one row, and nothing of the course is lost. Only added."""

    giver = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    taker = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    on = models.DateField()
    words = models.TextField(blank=True)
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)


class Receipt(OfCourse):
    """One form that was sent in a case: ``step`` names what it was, ``token`` leads to the lines it wrote. Only added.

    A conversation's first line is ``event``: what was mended later is found from there.
    """

    token = models.UUIDField()
    step = models.CharField(max_length=40)
    event = models.OneToOneField(Event, models.PROTECT, null=True, blank=True, related_name="receipt")
    by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "token"], name="receipt_once"),
        ]


def _tracked(model: type[models.Model]) -> None:
    """History by trigger: what a row was before it was changed or removed, with user, page and purpose."""
    line = pghistory.ObjForeignKey(related_name="history")
    pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), obj_field=line)(model)


for _model in (Course, Spell, Event, Fact, Objection):
    _tracked(_model)
