"""*Skift*: another benefit or target group; plan, contact person, facts and history stay, and the clocks are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.taking import check_shift, running_on, shift
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.needs import needs_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.case_step import running_text
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_regimes import chosen_regimes, notes_of
from fodfaeste.interfaces.web.caseworker.clocks import clocks_between
from fodfaeste.interfaces.web.caseworker.conversation import onward
from fodfaeste.interfaces.web.caseworker.opening import only_shown, opens_case
from fodfaeste.interfaces.web.caseworker.shift_form import ShiftForm, case_after
from fodfaeste.interfaces.wording import reworded, sentence
from fodfaeste.rulebook import ResolveError

SAVE = "gem"


@require_http_methods(["GET", "POST"])
@opens_case("shift")
def change(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """First the clocks, then the save: ``gem`` writes what was shown."""
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune kan registrere i sagen."))
    at_hand = case_at_hand(course, today())
    register = needs_of(rulebooks.law(), to_day(at_hand.day))
    form = ShiftForm(at_hand, register, request.POST if request.method == "POST" else None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        if SAVE in request.POST and _saved(request, form, user, at_hand):
            place = reverse("caseworker:receipt", args=[course.citizen.reference, form.cleaned_data["token"]])
            return onward(request, f"{place}?skridt=skift")
        shown = {} if form.errors else _shown(form, at_hand)
    context = {
        "course": course,
        "citizen": course.citizen,
        "form": form,
        "running": running_text(running_on(course, at_hand.day), at_hand),
        "stays": _stays(course),
        **shown,
    }
    return only_shown(render(request, "caseworker/shift.html", context, status=422 if form.errors else 200))


def _saved(request: HttpRequest, form: ShiftForm, user: User, at_hand: CaseAtHand) -> bool:
    try:
        with pghistory.context(purpose=may_open(user, at_hand.course, request.session) or ""):
            new = shift(
                at_hand.course, at_hand.vocabulary, form.change(), tuple(form.cleaned_data["along"]), user, at_hand.day,
                form.cleaned_data["token"],
            )  # fmt: skip
    except RefusedError as error:
        _add_errors(form, error)
        return False
    if new:
        renew_lines(at_hand.course, at_hand.book)
    return True


def _shown(form: ShiftForm, at_hand: CaseAtHand) -> dict[str, Any]:
    """The clocks as they would be, under the rules in force and under those chosen beside them."""
    wanted = form.change()
    running = running_on(at_hand.course, wanted.on)
    try:
        check_shift(at_hand.course, wanted, running)
        day = max(wanted.on, at_hand.day)
        later = case_after(at_hand, wanted, running, form.cleaned_data["along"])
        return _clocks(form, at_hand, later, day)
    except RefusedError as error:
        _add_errors(form, error)
    except ResolveError as error:
        form.add_error("regime", sentence(reworded(str(error), rulebooks.language())))
    return {}


def _clocks(form: ShiftForm, at_hand: CaseAtHand, later: Any, day: date) -> dict[str, Any]:
    slug = at_hand.course.kommune.slug
    ids = chosen_regimes(form.regime, day, slug)
    book = rulebooks.rulebook_of(day, slug, ids)
    return {
        "clocks": clocks_between(book, at_hand.case, later, rulebooks.words(book)),
        "day": day,
        "notes": notes_of(form.regime, day, slug) if ids is not None else [],
    }


def _stays(course: Course) -> dict[str, Any]:
    """What follows along untouched: counted, so that it can be believed."""
    return {
        "caseworker": course.caseworker,
        "facts": course.facts.values("field").distinct().count(),
        "steps": course.steps.filter(done=None, dropped_at=None).count(),
        "words": course.words.count(),
        "since": course.opened,
    }


def _add_errors(form: ShiftForm, error: RefusedError) -> None:
    for name, said in error.errors.items():
        form.add_error(name if name in form.fields else None, said)
