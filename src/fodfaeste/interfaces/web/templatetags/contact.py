"""Contact on pages of others: ``{% contact_note course %}`` for staff, ``{% reminders_now course %}`` for herself."""

from __future__ import annotations

from typing import Any

from django import template

from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.models import Reminder
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web.contact.said import sign_words
from fodfaeste.interfaces.web.contact.standing_words import standing_of

register = template.Library()


@register.inclusion_tag("caseworker/contact_note.html")
def contact_note(course: Course) -> dict[str, Any]:
    """How contact stands and the signs that show; nothing where there is nothing to remark. Two queries."""
    stood, signs = standing_of(course, today())
    return {"course": course, "stood": stood, "signs": [sign_words(one) for one in signs]}


@register.inclusion_tag("citizen/reminders_now.html")
def reminders_now(course: Course) -> dict[str, Any]:
    """What she asked to be reminded of by now; nothing where there is nothing. One query."""
    due = Reminder.objects.filter(course=course, seen_at=None, at__lte=now())
    return {"reminders": list(due.select_related("appointment"))}
