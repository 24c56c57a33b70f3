"""*Dagens liste*: what is needed to run a day on paper; as a page to print, a file for offline use, and CSV."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.actions import COVER, OWN_CASE, log_list
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.queries import appointments_of_day
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.queries import covered_by, open_courses_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.day_list import Planned, planned
from fodfaeste.interfaces.web.caseworker.my_day_choice import Choice
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, lines_of_courses
from fodfaeste.interfaces.web.caseworker.my_day_page import Composer, day_in_words
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.leader.changes_export import csv_file
from fodfaeste.interfaces.web.public.asking import day_of

APPOINTED = "appointment"
"""The purpose of one who has an appointment with a citizen whose case is a colleague's."""

AHEAD = timedelta(days=7)
"""What is due so soon after the day stands on its paper; a habit of the page, not of the law."""

_PAGE = "day-print"


@require_safe
def day_list(request: HttpRequest) -> HttpResponseBase:
    """The day's meetings and what presses. ``?dag=`` another day; ``?som=html`` and ``?som=csv`` are files."""
    user = caseworker_of(request)
    day, wrong = chosen_day(request)
    covered = covered_by(user, today())
    courses = open_courses_of(user, covered)
    appointments = appointments_of_day(user, day, covered)
    book = rulebooks.rulebook_of(today(), user.kommune.slug if user.kommune else None)
    everyone = list({one.pk: one for one in [*courses, *(one.course for one in appointments)]}.values())
    lines = lines_of_courses(everyone, book)
    meetings = planned(appointments, lines, book, today())
    log_shown(user, everyone, covered, _PAGE)
    form = request.GET.get("som", "")
    if form == "csv" and not wrong:
        return csv_file(_name(day), _head(), _rows(day, meetings))
    pressing = {pk: [line for line in found if presses(line, day)] for pk, found in lines.items()}
    composer = Composer(courses, pressing, book, rulebooks.words(book), today(), Choice(who="kommune", paper=True))
    page = composer.page((), ())
    context = {
        "day": day,
        "in_words": day_in_words(day, today()),
        "typed": request.GET.get("dag", "") if wrong else day.isoformat(),
        "wrong": wrong,
        "meetings": meetings,
        "parts": [part for part in page.parts if part.rows],
        "printed": today(),
        "user": user,
        "kommune": user.kommune,
    }
    if form == "html" and not wrong:
        whole = render_to_string("caseworker/day_file.html", context, request)
        named = {"Content-Disposition": f'attachment; filename="{_name(day)}.html"'}
        return HttpResponse(whole, content_type="text/html; charset=utf-8", headers=named)
    return render(request, "caseworker/day_print.html", context, status=422 if wrong else 200)


def presses(line: Line, day: date) -> bool:
    """Whether a line belongs on the paper: asked for, or due within a week of the day."""
    return line.section == Section.ASKED or (line.due is not None and line.due <= day + AHEAD)


def caseworker_of(request: HttpRequest) -> User:
    """Who asks, if it is a caseworker. Raises PermissionDenied with a sentence."""
    user = signed_in(request)
    if not user.has_perm("inbox.view") or user.kommune is None:
        raise PermissionDenied(_("Dagens liste er for sagsbehandlere. Vælg en anden side i menuen."))
    return user


def chosen_day(request: HttpRequest) -> tuple[date, str]:
    """The day asked for, else today; and a sentence when what was typed is no day."""
    given = request.GET.get("dag", "").strip()
    found = day_of(given) if given else today()
    if found is None:
        return today(), _("Det er ikke en dag. Skriv den som år-måned-dag, eller vælg den i kalenderen.")
    return found, ""


def purpose_in(user: User, course: Course, covered: Collection[int]) -> str:
    """Why she is shown a case: her own, that of a colleague she covers for, or one she has a meeting in."""
    if course.caseworker_id == user.pk:
        return OWN_CASE
    return COVER if course.caseworker_id in covered else APPOINTED


def log_shown(user: User, courses: Sequence[Course], covered: Collection[int], page: str) -> None:
    """Write down who was shown, and why."""
    for purpose in (OWN_CASE, COVER, APPOINTED):
        shown = [one for one in courses if purpose_in(user, one, covered) == purpose]
        if shown:
            log_list(user, shown, page, purpose)


def _head() -> list[str]:
    """The columns; the caseworker fills in those from *held* to *next time*."""
    return [
        _("Nr."), _("Dag"), _("Klokken"), _("Borger"), _("Telefon"), _("Form"), _("Sted"), _("Loven"),
        _("Hvem bestemmer formen"), _("Holdt (ja/nej)"), _("Holdt som"), _("Note"), _("Næste dag"),
        _("Næste klokken"), _("Aftale"),
    ]  # fmt: skip


def _rows(day: date, meetings: Sequence[Planned]) -> Iterator[list[object]]:
    for one in meetings:
        yield [
            one.number, day.isoformat(), f"{one.at:%H:%M}", one.name, one.phone, one.form, one.place,
            " / ".join(one.law), one.form_rule, "", "", "", "", "", one.appointment,
        ]  # fmt: skip


def _name(day: date) -> str:
    return f"dagens-liste-{day.isoformat()}"
