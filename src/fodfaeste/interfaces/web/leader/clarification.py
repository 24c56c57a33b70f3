"""*Afklaring*: those whose clarification is promised to be over and is not, or began anew without a promise."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import SUPERVISION, log_list
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.clarifying import Clock, clocks_in_open_courses, guarantees_of, trips
from fodfaeste.casework.plans.models import Guarantee

_PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """Somebody whom the clock has tripped for."""

    course: Course
    clock: Clock
    guarantee: Guarantee | None


def clarification(request: HttpRequest) -> HttpResponse:
    """The longest first; whoever is shown by name is written down as looked at. ``?side=2`` for more."""
    user = request.user
    assert isinstance(user, User)  # the middleware lets nobody else in
    if not user.has_perm("kommune.view"):
        raise PermissionDenied(_("Siden er for ledere. Din egen liste er på Min dag."))
    clocks = clocks_in_open_courses(today())
    guarantees = guarantees_of(clocks)
    tripped = sorted(
        (course for course, clock in clocks.items() if trips(clock, guarantees.get(course))),
        key=lambda course: clocks[course].first,
    )
    page = Paginator(tripped, _PAGE).get_page(request.GET.get("side"))
    courses = Course.objects.select_related("citizen", "caseworker").in_bulk(list(page))
    shown = [Waiting(courses[pk], clocks[pk], guarantees.get(pk)) for pk in page if pk in courses]
    log_list(user, courses.values(), "clarification", SUPERVISION)
    context = {"shown": shown, "page": page, "running": len(clocks), "tripped": len(tripped)}
    return render(request, "leader/clarification.html", context)
