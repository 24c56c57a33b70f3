"""Anna as a citizen who has signed in, with a caseworker who looks at her case."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course
from tests.django_site import make_citizen_user
from tests.web.caseworker.anna import make_anna, text_of

TODAY = date(2026, 6, 30)

__all__ = ["TODAY", "anna_herself", "main_of", "text_of"]


def anna_herself(caseworker: User, number: str = "6203791234", username: str = "anna") -> tuple[User, Course]:
    """Anna's user and her course; the days lie around ``TODAY``."""
    course = make_anna(caseworker, TODAY, number=number)
    return make_citizen_user(course, username), course


def main_of(html: str) -> str:
    """What stands between header and footer."""
    found = re.search(r"<main\b.*?</main>", html, re.DOTALL)
    assert found is not None
    return unescape(found.group(0))
