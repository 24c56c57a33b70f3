"""Opening a citizen's case: whether one may, for what purpose, and that it is written down.

Every page about a citizen begins with ``@opens_case("name of the page")`` and gets the course and the user.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from fodfaeste.casework.access.actions import log_lookup
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.courses.models import Course

View = Callable[..., HttpResponse]
_ONLY_SHOWN = "only_shown"


def opens_case(page: str) -> Callable[[View], View]:
    """Wrap ``view(request, user, course, …)``: the case is found, the right to it checked, the look written down.

    Somebody else's case asks for a purpose first and then comes back. A case of another municipality does not exist.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, reference: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            user, course = signed_in(request), course_of(reference)
            if user.kommune_id == course.kommune_id:
                user.kommune = course.kommune  # the frame shows its name
            purpose = may_open(user, course, request.session)
            if purpose is None:
                return _ask_first(request, reference)
            return logged(request, user, course, page, purpose, lambda: view(request, user, course, *args, **kwargs))

        return opened

    return wrap


def logged(
    request: HttpRequest, user: User, course: Course, page: str, purpose: str, answer: Callable[[], HttpResponse]
) -> HttpResponse:  # fmt: skip
    """Answer, and write down one look, also where it was refused; as a change only where what was sent was not."""
    try:
        response = answer()
    except (PermissionDenied, Http404):
        log_lookup(user, course, page, purpose)
        raise
    taken_up = request.method == "POST" and response.status_code < HTTPStatus.BAD_REQUEST
    changed = taken_up and not getattr(response, _ONLY_SHOWN, False)
    log_lookup(user, course, page, purpose, "change" if changed else "view")
    return response


def only_shown(response: HttpResponse) -> HttpResponse:
    """Mark an answer to something that was sent as one that wrote nothing, such as a look ahead: a look in the log."""
    setattr(response, _ONLY_SHOWN, True)
    return response


def signed_in(request: HttpRequest) -> User:
    """The user; the middleware let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def course_of(reference: UUID) -> Course:
    """The course of the citizen with a reference, citizen and municipality at hand. Raises Http404 with a sentence."""
    found = (
        Course.objects.select_related("citizen", "caseworker", "kommune").filter(citizen__reference=reference).first()
    )
    if found is None:
        raise Http404(_("Der er ingen sag med den henvisning i din kommune. Søg borgeren frem i stedet."))
    return found


def _ask_first(request: HttpRequest, reference: UUID) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else reverse("caseworker:citizen", args=[reference])
    if getattr(request, "htmx", False):
        back = reverse("caseworker:citizen", args=[reference])
    address = f"{reverse('caseworker:purpose', args=[reference])}?{urlencode({'next': back})}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)
