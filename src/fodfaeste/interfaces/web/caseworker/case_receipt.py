"""What one form wrote in a case, what it changed by law, what is due next; and a way to take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pghistory
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.case_steps import case_steps
from fodfaeste.casework.courses.models import Course, Event, Spell
from fodfaeste.casework.courses.receipts import SHIFT
from fodfaeste.casework.courses.taking import Written, written_with
from fodfaeste.casework.courses.undoing import take_back
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.outline import outline
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.case_lines import connected, without_lines
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_facts import FactLine, line_of
from fodfaeste.interfaces.web.caseworker.clocks import clocks_between
from fodfaeste.interfaces.web.caseworker.conversation_effect import effect_between
from fodfaeste.interfaces.web.caseworker.conversation_receipt import due_of, told_of
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.written_lines import line_text
from fodfaeste.interfaces.wording import label_of, raised
from fodfaeste.rulebook import Rulebook

_NEXT = 3


@require_http_methods(["GET", "POST"])
@opens_case("case-receipt")
def receipt(request: HttpRequest, user: User, course: Course, token: UUID) -> HttpResponse:
    """``?skridt=praktik`` names the step. POST takes everything back that the form wrote about events and spells."""
    written = written_with(course, token)
    if not written:
        raise Http404(_("Der er ikke gemt noget med den henvisning. Se borgerens side for det, der står i sagen."))
    at_hand = case_at_hand(course, today())
    if request.method == "POST":
        _undo(request, user, at_hand, written)
        return redirect(request.get_full_path())
    step = case_steps().get(request.GET.get("skridt", ""))
    gone = _taken_back(written)
    context = {
        "course": course,
        "citizen": course.citizen,
        "label": label_of(step.label, at_hand.words.lang) if step else _("Registreringen"),
        "lines": [line_text(line, at_hand.words) for line in _lines(written)],
        "facts": _facts(written, at_hand),
        "gone": gone,
        "may_undo": not gone and bool(written.events or written.spells) and user.has_perm("courses.change", course),
        **({} if gone else _effect(written, at_hand, shifted=step is not None and step.name == SHIFT)),
        "waiting": len(at_hand.found.questions),
    }
    return render(request, "caseworker/case_receipt.html", context)


def _effect(written: Written, at_hand: CaseAtHand, *, shifted: bool) -> dict[str, Any]:
    """What the lines changed: duties, or the clocks of the law when it was a shift."""
    events, spells = ({str(line.pk) for line in lines} for lines in (written.events, written.spells))
    earlier = without_lines(at_hand.case, at_hand.vocabulary, events, spells)
    effect = effect_between(at_hand.book, earlier, at_hand.case)
    found: dict[str, Any] = {"next": [due_of(line, at_hand.book) for line in effect.next[:_NEXT]]}
    if shifted:
        book = _book_of(written, at_hand)
        found["clocks"] = clocks_between(book, earlier, at_hand.case, at_hand.words)
    else:
        found["told"] = [told_of(change, at_hand.book) for change in effect.changes]
        told = {change.norm for change in effect.changes}
        before = outline(at_hand.book, view_case(earlier, at_hand.vocabulary, to_day(at_hand.day)))
        found["connected"] = [one for one in connected(before, at_hand.found, at_hand.words) if one.norm not in told]
    return found


def _book_of(written: Written, at_hand: CaseAtHand) -> Rulebook:
    """The rules of the day the new counts from, or of today when that is later."""
    days = [at_hand.day, *(one.period.lower for one in written.spells if one.corrects_id is None)]
    return rulebooks.rulebook_of(max(days), at_hand.course.kommune.slug)


def _undo(request: HttpRequest, user: User, at_hand: CaseAtHand, written: Written) -> None:
    course = at_hand.course
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune kan rette i sagen."))
    try:
        with pghistory.context(purpose=may_open(user, course, request.session) or ""):
            take_back(written, at_hand.vocabulary, user, at_hand.day)
    except RefusedError as error:
        messages.error(request, " ".join(error.errors.values()))
        return
    renew_lines(course, at_hand.book)
    messages.success(request, _("Det er taget tilbage. Det, der stod før, gælder igen."))


def _lines(written: Written) -> list[Event | Spell]:
    return [*written.spells, *written.events]


def _taken_back(written: Written) -> bool:
    lines = _lines(written)
    return bool(lines) and not any(line.standing for line in lines)


def _facts(written: Written, at_hand: CaseAtHand) -> list[tuple[str, FactLine]]:
    fields = at_hand.vocabulary.fields
    return [
        (raised(at_hand.words.field(fact.field)), line_of(fact, fields[fact.field], at_hand.words))
        for fact in written.facts
        if fact.field in fields
    ]
