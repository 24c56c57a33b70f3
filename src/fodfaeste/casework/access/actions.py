"""Writes about access: the log of look-ups."""

from __future__ import annotations

from collections.abc import Iterable

from fodfaeste.casework.access.models import Lookup, User
from fodfaeste.casework.access.today import now
from fodfaeste.casework.courses.models import Course

OWN_CASE = "own_case"
"""The purpose of a caseworker who opens a case of her own."""

COVER = "cover"
"""The purpose of one who opens the case of a colleague she covers for."""

SUPERVISION = "supervision"
"""The purpose of a leader who is shown a list of the municipality's cases."""


def log_lookup(user: User, course: Course, page: str, purpose: str, action: str = "view") -> Lookup:
    """Write down that somebody looked at something about a citizen. An empty purpose is refused (ValueError)."""
    if not purpose.strip():
        raise ValueError("a look at a citizen's case needs a purpose; say why it is opened")
    return Lookup.objects.create(
        kommune_id=course.kommune_id, user=user, course=course.pk, page=page, action=action, purpose=purpose.strip()
    )


def log_list(user: User, courses: Iterable[Course], page: str, purpose: str) -> int:
    """Write down that somebody was shown a list of cases: once a day for each case, page and purpose.

    Returns the number of rows written.
    """
    wanted = {course.pk: course for course in courses}
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    seen = Lookup.objects.filter(user=user, at__gte=midnight, page=page, purpose=purpose, course__in=wanted)
    for pk in seen.values_list("course", flat=True):
        wanted.pop(pk, None)
    rows = [
        Lookup(kommune_id=course.kommune_id, user=user, course=pk, page=page, action="list", purpose=purpose)
        for pk, course in wanted.items()
    ]
    Lookup.objects.bulk_create(rows)
    return len(rows)
