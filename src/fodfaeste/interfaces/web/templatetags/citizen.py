"""Parts of the citizen's pages: ``{% person_near %}``, who answers for her case today, and the way to a person."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.queries import responsible_on

register = template.Library()


@register.inclusion_tag("citizen/person_near.html", takes_context=True)
def person_near(context: Context) -> dict[str, Any]:
    """The responsible person of ``course`` (or of the course of the citizen who is signed in) and the telephone."""
    given = context.get("course")
    course = given if isinstance(given, Course) else _own(context)
    person = responsible_on(course, today()) if course is not None else None
    help_page = reverse("citizen:help")
    return {
        "person": person,
        "substitute": person is not None and course is not None and course.caseworker_id not in (None, person.pk),
        "help_page": "" if _stands_on(context, help_page) else help_page,
        "phone": settings.CONTACT_PHONE,
        "mail": settings.CONTACT_MAIL,
    }


@register.inclusion_tag("partner/contact_person.html")
def contact_person(course: Course) -> dict[str, Any]:
    """Whom somebody outside writes to: who answers for the course today, and the municipality's telephone and mail."""
    person = responsible_on(course, today())
    return {
        "person": person,
        "substitute": person is not None and course.caseworker_id not in (None, person.pk),
        "kommune": course.kommune.name,
        "phone": settings.CONTACT_PHONE,
        "mail": settings.CONTACT_MAIL,
    }


def _stands_on(context: Context, address: str) -> bool:
    """Whether the page that is shown is the one at an address: it does not lead to itself."""
    return getattr(context.get("request"), "path", None) == address


def _own(context: Context) -> Course | None:
    user = getattr(context.get("request"), "user", None)
    if not isinstance(user, User) or user.role != Role.CITIZEN:
        return None
    return Course.objects.select_related("caseworker").filter(citizen=user.citizen_id).first()
