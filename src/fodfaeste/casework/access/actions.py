"""Writes about access: the log of look-ups."""

from __future__ import annotations

from fodfaeste.casework.access.models import Lookup, User
from fodfaeste.casework.courses.models import Course

OWN_CASE = "own_case"
"""The purpose of a caseworker who opens a case of her own."""


def log_lookup(user: User, course: Course, page: str, purpose: str, action: str = "view") -> Lookup:
    """Write down that somebody looked at something about a citizen. An empty purpose is refused (ValueError)."""
    if not purpose.strip():
        raise ValueError("a look at a citizen's case needs a purpose; say why it is opened")
    return Lookup.objects.create(
        kommune_id=course.kommune_id, user=user, course=course.pk, page=page, action=action, purpose=purpose.strip()
    )
