"""``{% contact_note course %}``: on a citizen's page, whether contact rests as agreed or is forgotten, and why one rings."""

from __future__ import annotations

from typing import Any

from django import template

from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web.contact.said import sign_words
from fodfaeste.interfaces.web.contact.standing_words import standing_of

register = template.Library()


@register.inclusion_tag("caseworker/contact_note.html")
def contact_note(course: Course) -> dict[str, Any]:
    """How contact stands and the signs that show; nothing where there is nothing to remark. Two queries."""
    stood, signs = standing_of(course, today())
    return {"course": course, "stood": stood, "signs": [sign_words(one) for one in signs]}
