"""Pages that say what is wrong, where, and how to mend it. What somebody typed is shown again, never lost."""

from __future__ import annotations

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.csrf import requires_csrf_token

from fodfaeste.interfaces.web.display import THEME_COOKIE, THEMES

log = logging.getLogger(__name__)

HIDDEN = {"csrfmiddlewaretoken", "password", "next"}
"""What is never shown again."""


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and text of each field somebody filled in; nothing when another site sent the form."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return []
    return [
        (name, text)
        for name, texts in request.POST.lists()
        if name not in HIDDEN
        for text in map(str, texts)
        if text.strip()
    ]


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, "web/errors/400.html", 400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this is not for this user. The sentence of PermissionDenied is shown."""
    return _page(request, "web/errors/403.html", 403, reason=str(exception))


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page. The sentence of Http404 is shown when a view wrote one."""
    said = exception.args[0] if exception.args else ""
    return _page(request, "web/errors/404.html", 404, reason=said if isinstance(said, str) else "")


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Nothing was saved. The page asks the database nothing, which may be what failed."""
    shown = {"typed": typed(request) if request.method == "POST" else [], "path": request.path}
    theme = request.COOKIES.get(THEME_COOKIE, "")
    bare = shown | {"theme": theme if theme in THEMES else THEMES[0], "LANGUAGE_CODE": get_language()}
    return HttpResponse(render_to_string("web/errors/500.html", bare), status=500)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's proof of origin does not fit, mostly since somebody signed in again meanwhile."""
    log.info("refused a form: %s", reason)
    return _page(request, "web/errors/csrf.html", 403)


def _page(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    shown = {"typed": typed(request) if request.method == "POST" else [], "path": request.path}
    return render(request, template, shown | context, status=status)
