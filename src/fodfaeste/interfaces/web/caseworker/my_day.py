"""*Min dag*: what a caseworker's own open cases demand today, derived as it is asked for, sorted by what is due."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.actions import COVER, OWN_CASE, log_list
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.queries import appointments_not_registered, appointments_of_day
from fodfaeste.casework.courses.queries import covered_by, open_courses_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.my_day_choice import Choice
from fodfaeste.interfaces.web.caseworker.my_day_jobs import boxes_of
from fodfaeste.interfaces.web.caseworker.my_day_lines import lines_of_courses
from fodfaeste.interfaces.web.caseworker.my_day_page import Composer
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.contact.day import calls_of


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """The day of the caseworker who asks. What she chose to see stands in the address, so that it can be kept."""
    user, day = signed_in(request), today()
    if not user.has_perm("inbox.view") or user.kommune is None:
        raise PermissionDenied(_("Min dag er for sagsbehandlere. Vælg en anden side i menuen."))
    covered = covered_by(user, day)
    courses = open_courses_of(user, covered)
    book = rulebooks.rulebook_of(day, user.kommune.slug)
    choice = Choice.of(request.GET)
    composer = Composer(courses, lines_of_courses(courses, book), book, rulebooks.words(book), day, choice)
    page = composer.page(appointments_of_day(user, day, covered), appointments_not_registered(user, day))
    log_list(user, [course for course in courses if course.caseworker_id == user.pk], "my-day", OWN_CASE)
    if covered:
        log_list(user, [course for course in courses if course.caseworker_id != user.pk], "my-day", COVER)
    boxes = boxes_of(user, courses, rulebooks.words(book), day)
    calls = calls_of(user, user.kommune.pk, courses, day)
    context = {"page": page, "choice": choice, "boxes": boxes, "calls": calls}
    return render(request, "caseworker/my_day.html", context)
