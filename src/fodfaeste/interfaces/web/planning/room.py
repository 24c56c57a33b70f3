"""The room there is: what the law demands, forbids and leaves open in a case, on any day and under any rules.

The plan's steps stand beside it. A step's day comes from somebody's reason, the law's from its norms; the two are
never mixed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fodfaeste.casework.access.today import today
from fodfaeste.casework.plans.reading import StepSeen, plan_of
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.outline import Outline, outline
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_compare import DAY, REGIME, ChoiceForm
from fodfaeste.interfaces.web.caseworker.citizen_law import panel_of
from fodfaeste.interfaces.web.caseworker.citizen_regimes import IN_FORCE, chosen_regimes, notes_of
from fodfaeste.interfaces.web.planning.side import Side
from fodfaeste.interfaces.wording import reworded, sentence
from fodfaeste.reasoning import Explanation
from fodfaeste.rulebook import ResolveError

STEP = "skridt"


def room(request: HttpRequest, side: Side) -> HttpResponse:
    """``?dato=…&regime=…``, or ``?skridt=12`` for the day of a step."""
    at_hand = case_at_hand(side.course, today())
    plan = plan_of(side.course, at_hand.day)
    chosen = _chosen(request, plan.ahead)
    first = chosen.step.on if chosen and chosen.step.on else at_hand.day
    form = ChoiceForm(side.course, request.GET.dict(), first)
    context: dict[str, Any] = {
        "side": side, "course": side.course, "citizen": side.course.citizen, "plan": plan, "form": form,
        "chosen": chosen,
    }  # fmt: skip
    template = "caseworker/room.html" if side.staff else "citizen/room.html"
    found = _found(at_hand, form)
    if found is None:
        return render(request, template, context, status=422)
    day, regime = form.cleaned_data[DAY], form.cleaned_data[REGIME]
    panel = panel_of(found, rulebooks.words(found.rulebook), _whys(side, found, day, regime))
    steps = [one for one in plan.ahead if one.step.on is None or one.step.on >= min(day, at_hand.day)]
    context |= {"day": day, "panel": panel, "plain_why": not side.staff, "steps": steps, "is_today": day == at_hand.day}
    context["notes"] = notes_of(regime, day, side.course.kommune.slug)
    context["before_law"] = rulebooks.before_the_law(day)
    return render(request, template, context)


def _chosen(request: HttpRequest, steps: list[StepSeen]) -> StepSeen | None:
    return next((one for one in steps if str(one.step.pk) == request.GET.get(STEP)), None)


def _found(at_hand: CaseAtHand, form: ChoiceForm) -> Outline | None:
    """The case on the day under the rules; None when the choice has to be mended."""
    if not form.is_valid():
        return None
    day, place = form.cleaned_data[DAY], at_hand.course.kommune.slug
    try:
        book = rulebooks.rulebook_of(day, place, chosen_regimes(form.cleaned_data[REGIME], day, place))
    except ResolveError as error:
        form.add_error(REGIME, sentence(reworded(str(error), rulebooks.language())))
        return None
    return outline(book, view_case(at_hand.case, at_hand.vocabulary, to_day(day)))


def _whys(side: Side, found: Outline, day: date, regime: str) -> Any:
    """The address of a reason. The citizen reads why for today's rules; for others the section is linked."""
    todays = day == today() and regime == IN_FORCE
    if side.attorney or (not side.staff and not todays):
        return lambda _one: ""

    def why(one: Explanation) -> str:
        if not side.staff:
            return f"{reverse('citizen:why', args=[one.norm.id])}?nr={found.number(one)}"
        place = reverse("caseworker:why", args=[side.course.citizen.reference, one.norm.id])
        return f"{place}?nr={found.number(one)}&{DAY}={day.isoformat()}&{REGIME}={regime}"

    return why
