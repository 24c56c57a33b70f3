"""A conversation as a form sends it, and what stands written of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils.html import strip_tags

from fodfaeste.casework.courses.models import Course, Event
from tests.web.caseworker.day_cases import DAY


def address(course: Course) -> str:
    return f"/borger/{course.citizen.reference}/samtale/"


def given(**more: Any) -> dict[str, Any]:
    """The form as it is when nothing but the kind is chosen."""
    return {
        "token": str(uuid4()), "kind": "jobsamtale", "on": DAY.isoformat(), "way": "fysisk", "note": "",
        "next_day": "", "next_time": "", "next_form": "fysisk",
    } | more  # fmt: skip


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def held(course: Course, kind: str = "jobsamtale") -> list[Event]:
    return list(Event.objects.filter(course=course, kind=kind, on__gte=DAY - timedelta(days=7)).order_by("pk"))
