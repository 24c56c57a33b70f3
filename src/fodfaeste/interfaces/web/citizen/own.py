"""Opening one's own pages: every page of a citizen begins with ``@own_page`` and gets her course.

Her own looks are not logged: the log is there to tell her who else has looked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course

View = Callable[..., HttpResponse]


def own_page(view: View) -> View:
    """Wrap ``view(request, user, course, …)``: only the citizen of the course gets in."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        assert isinstance(user, User)  # the middleware asks everyone to sign in
        course = own_course(user)
        if course is None or not user.has_perm("courses.live", course):
            raise PermissionDenied(
                _("Siden er for borgere, der selv er logget ind. Medarbejdere slår borgeren op under »Søg borger«.")
            )
        user.kommune = course.kommune  # the frame shows its name
        return view(request, user, course, *args, **kwargs)

    return opened


def own_course(user: User) -> Course | None:
    """The course of the citizen who is signed in, with citizen, municipality and caseworker; None for others."""
    if user.citizen_id is None:
        return None
    found = Course.objects.select_related("citizen", "kommune", "caseworker").filter(citizen=user.citizen_id).first()
    if found is None:
        raise Http404(_("Kommunen har ingen sag om dig. Ring til kommunen, hvis du mener, at den burde have en."))
    return found
