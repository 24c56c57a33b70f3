"""Language and theme: chosen by a button, kept in a cookie, for a user also the language in her row."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from fodfaeste.casework.access.models import User

THEME_COOKIE = "fodfaeste_theme"
THEMES = ("auto", "light", "dark")
"""``auto`` follows the machine's own setting."""

_KEPT_FOR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show the pages in Danish or English from now on; an unknown language changes nothing."""
    wanted = request.POST.get("language", "")
    answer = back(request)
    if wanted in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, wanted)
        if isinstance(request.user, User):
            User.objects.filter(pk=request.user.pk).update(language=wanted)
    return answer


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Show the pages light, dark, or as the machine is set; an unknown theme changes nothing."""
    wanted = request.POST.get("theme", "")
    answer = back(request)
    if wanted in THEMES:
        _keep(answer, THEME_COOKIE, wanted)
    return answer


def back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the form stood on, if it is one of ours."""
    given = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(given if ours else "/")


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, max_age=_KEPT_FOR, samesite="Lax", secure=settings.SECURE)
