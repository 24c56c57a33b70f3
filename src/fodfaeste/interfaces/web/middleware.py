"""What happens around every page: what it may load, who did it, whose municipality it shows, who must sign in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory.middleware
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import bind_to_reach
from fodfaeste.interfaces.web.errors import typed

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"
)
"""Nothing from another host, nothing written into the page itself."""

OPEN_AREAS = {"public", "ninja"}
"""Areas (names of address lists) that let anyone in, or ask in a way of their own: the law is public, and the
programming interface (``ninja``) has no page to sign in on."""


def content_security(get_response: GetResponse) -> GetResponse:
    """Say to the browser what a page may load; and that nobody keeps a copy of what only some may see."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """History rows tell the user and the page; ``pghistory.context(purpose=…)`` in an action adds why."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """User number and path; the query is left out, since people type names into it."""
        context: dict[str, Any] = super().get_context(request)
        return context | {"method": request.method}


class SignedIn(LoginRequiredMiddleware):
    """Pages are for those who have signed in, unless a view says ``login_not_required`` or lies in an open area."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """None for those who may go on. Others sign in first; what they typed stays where it is, or is shown again."""
        if request.resolver_match and OPEN_AREAS.intersection(request.resolver_match.app_names):
            return None
        refused: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is not None and getattr(request, "htmx", False):
            return render(request, "web/errors/signed_out.html", status=401)
        if refused is not None and request.method == "POST":
            return render(request, "web/errors/signed_out_page.html", {"typed": typed(request)}, status=401)
        return refused


class BoundToMunicipality:
    """A request sees the rows of its user's municipality, and speaks her language.

    The municipality is named for one transaction, which begins here and ends with the response: the view's own
    transaction lies inside it, and the next request on the same connection begins with none. An answer that tells of
    a fault of ours (500 and above) leaves nothing behind.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer inside a transaction bound to the municipality."""
        user = request.user if isinstance(request.user, User) else None
        if user and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language()
        with transaction.atomic():
            bind_to_reach(user)
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            return response
