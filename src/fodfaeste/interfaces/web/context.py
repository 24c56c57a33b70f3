"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.interfaces.web.display import THEME_COOKIE, THEMES
from fodfaeste.interfaces.web.navigation import menu


def site(request: HttpRequest) -> dict[str, Any]:
    """``demonstration``, ``kommune`` (of the user, or None), ``today``, ``theme``, ``menu``, ``contact_phone``."""
    found = getattr(request, "user", None)  # a request that failed early has none
    user = found if isinstance(found, User) else None
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "demonstration": settings.DEMONSTRATION,
        "kommune": SimpleLazyObject(lambda: user.kommune) if user and user.kommune_id else None,
        "today": today(),
        "theme": theme if theme in THEMES else THEMES[0],
        "menu": menu(user, request.path),
        "contact_phone": settings.CONTACT_PHONE,
        "contact_mail": settings.CONTACT_MAIL,
        "single_sign_on": bool(settings.OIDC_RP_CLIENT_ID),
    }
