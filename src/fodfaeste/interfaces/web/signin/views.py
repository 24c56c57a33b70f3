"""The doors: a user's own password, the personas of a demonstration, and the way out."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from fodfaeste.casework.access.models import Role, User
from fodfaeste.interfaces.web.navigation import home_of
from fodfaeste.interfaces.web.signin.forms import SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and go on to where the user was heading. 422 with the form when they are wrong."""
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = form.get_user()
        assert isinstance(user, User)
        login(request, user)
        return redirect(_onward(request, user))
    context = {"form": form, "next": _wanted(request)}
    return render(request, "web/sign_in.html", context, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("sign-in")


@login_not_required
@require_http_methods(["GET", "POST"])
def personas(request: HttpRequest) -> HttpResponse:
    """Become one of the invented users. 404 unless this is a demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404
    known = User.objects.filter(is_active=True, is_superuser=False, kommune__isnull=False).select_related("kommune")
    if request.method == "POST":
        user = get_object_or_404(known, username=request.POST.get("persona", ""))
        login(request, user, backend=BACKEND)
        return redirect(_onward(request, user))
    return render(request, "web/personas.html", {"groups": _grouped(known), "next": _wanted(request)})


_ORDER = (
    (_("Medarbejdere"), (Role.CASEWORKER, Role.LEADER, Role.JURIST)),
    (_("Borgere"), (Role.CITIZEN,)),
    (_("Samarbejdspartnere"), (Role.PARTNER,)),
)


def _grouped(users: Iterable[User]) -> list[tuple[str | Promise, list[User]]]:
    """Users by what they are here for; groups without anybody are left out."""
    known = sorted(users, key=lambda user: user.username)
    groups = [(name, [user for role in roles for user in known if user.role == role]) for name, roles in _ORDER]
    return [(name, found) for name, found in groups if found]


def _wanted(request: HttpRequest) -> str:
    """The page somebody was sent here from, if it is one of ours."""
    given = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if ours else ""


def _onward(request: HttpRequest, user: User) -> str:
    return _wanted(request) or home_of(user)
