"""What lies ahead of a citizen: her goal in her own words, the steps, and what is agreed."""

from __future__ import annotations

from datetime import date

from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Step, Words


def words_of(course: Course) -> list[Words]:
    """All that the citizen wrote, the latest first."""
    return list(Words.objects.filter(course=course).select_related("taken_down_by"))


def steps_ahead(course: Course) -> list[Step]:
    """Steps that are neither taken nor taken off the plan: those with a day first, in order."""
    return list(Step.objects.filter(course=course, done=None, dropped_at=None).order_by("on", "id"))


def appointments_ahead(course: Course, today: date) -> list[Appointment]:
    """Conversations agreed for today or later, neither held nor called off, in order."""
    return list(
        Appointment.objects.filter(course=course, at__date__gte=today, held=None, cancelled_at=None)
        .select_related("caseworker")
        .order_by("at")
    )
