"""Pages that belong to no area: the front door, and the statement on accessibility."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fodfaeste.casework.access.models import User
from fodfaeste.interfaces.web.navigation import home_of


def front(request: HttpRequest) -> HttpResponse:
    """Where the role begins her day."""
    assert isinstance(request.user, User)  # the middleware asks everyone to sign in
    return redirect(home_of(request.user))


@login_not_required
def to_accessibility(request: HttpRequest) -> HttpResponse:
    """``/was``: the short address Danish public sites share."""
    return redirect("accessibility")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is known about how the pages work for people with disabilities, and whom to tell when they do not."""
    return render(request, "web/accessibility.html")
