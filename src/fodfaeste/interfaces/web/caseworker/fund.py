"""*A-kasse*: who holds the contact course on which days, under these and other rules; and what the other one needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.models import ContactAgreement
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.courses.responsible import responsibles_on
from fodfaeste.casework.plans.models import Step
from fodfaeste.casework.plans.models import Words as OwnWords
from fodfaeste.casework.plans.queries import appointments_ahead, words_of
from fodfaeste.facts import view_case
from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.holders import regimes_about, resolvable, stretches, taken_over
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_regimes import chosen_regimes
from fodfaeste.interfaces.web.caseworker.my_day_lines import Section, lines_of
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.wording import label_of, raised, span_text
from fodfaeste.rulebook import Rulebook

FORMAT = "fodfaeste/handover-package/1"
_GROUP, _AHEAD, _BACK = "maalgruppe", timedelta(days=183), timedelta(days=1096)
_TALKS = ("jobsamtale", "cv-samtale", "raadighedssamtale")
_PLAN = "minplan"
_DUE = (Section.DUE, Section.ASKED, Section.NO_DAY)
_MUNICIPALITY, _FUND = "kommune", "a-kasse"


@dataclass(frozen=True)
class Days:
    """A stretch of days with one holder, in words; ``holder`` empty where what is known does not tell."""

    holder: str
    who: str
    when: str
    ref: str
    number: int
    now: bool


@dataclass(frozen=True)
class Otherwise:
    """When the municipality would take over under a regime."""

    title: str
    day: date | None


@require_safe
@opens_case("fund")
def fund(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Every day since the course began, and half a year ahead; the day of the hand-over under other rules below."""
    at_hand = case_at_hand(course, today())
    found = days_of(at_hand)
    slug, law = course.kommune.slug, rulebooks.law()
    books = {id_: resolvable(partial(_book, at_hand.day, slug, id_)) for id_ in regimes_about(law)}
    others = [
        Otherwise(label_of(law.regimes[id_].title, at_hand.words.lang, id_), taken_over(law, book, at_hand.case))
        for id_, book in books.items()
        if book is not None
    ]
    context = {
        "course": course,
        "citizen": course.citizen,
        "days": found,
        "without": sum(one.number for one in found if not one.holder),
        "handed": taken_over(law, at_hand.book, at_hand.case),
        "others": others,
        "answers": responsibles_on([course], at_hand.day)[course.pk],
    }
    return render(request, "caseworker/fund.html", context)


def _book(day: date, slug: str, regime: str) -> Rulebook:
    return rulebooks.rulebook_of(day, slug, chosen_regimes(regime, day, slug))


def days_of(at_hand: CaseAtHand, regime: str = "") -> list[Days]:
    """Who holds the contact course from the first day with a target group (at most three years back) onwards."""
    begun = [one.start for one in at_hand.case.spells if one.kind == _GROUP and not one.void]
    if not begun:
        return []
    slug, day = at_hand.course.kommune.slug, at_hand.day
    first = max(from_day(min(begun)), day - _BACK)
    found = stretches(
        rulebooks.law(),
        lambda on: rulebooks.rulebook_of(on, slug, chosen_regimes(regime, on, slug)),
        at_hand.case, min(first, day), day + _AHEAD,
    )  # fmt: skip
    words, last = at_hand.words, day + _AHEAD
    return [
        Days(
            one.holder or "",
            raised(words.value(one.holder, "holder")) if one.holder else _("Uvist"),
            span_text(one.first, None if one.last == last else one.last, words.lang),
            one.ref,
            one.days,
            one.first <= day <= one.last,
        )
        for one in found
    ]


@require_safe
@opens_case("fund-package")
def package(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """What whoever takes over needs, to be printed or sent; ``?format=json`` for her program."""
    at_hand = case_at_hand(course, today())
    found = package_of(at_hand)
    if request.GET.get("format") == "json":
        answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = 'attachment; filename="overdragelse.json"'
        return answer
    context = {
        "course": course,
        "citizen": course.citizen,
        "package": found,
        "giver": at_hand.words.value(found["from"], "holder"),
        "taker": at_hand.words.value(found["to"], "holder"),
        "day": at_hand.day,
    }
    return render(request, "caseworker/fund_package.html", context)


def package_of(at_hand: CaseAtHand) -> dict[str, Any]:
    """The package: her words, the plan, agreed contact, conversations held, days of the law; no health, no notes."""
    course, words = at_hand.course, at_hand.words
    now = next((one for one in days_of(at_hand) if one.now), None)
    giver = now.holder if now is not None and now.holder else _MUNICIPALITY
    taker = _FUND if giver == _MUNICIPALITY else _MUNICIPALITY
    goal = next((one for one in words_of(course) if one.kind == OwnWords.Kind.GOAL), None)
    agreed = ContactAgreement.objects.filter(course=course).first()
    held = Event.objects.filter(course=course, kind__in=(*_TALKS, _PLAN), standing=True, void=False).order_by(
        "on", "pk"
    )
    return {
        "format": FORMAT,
        "on": at_hand.day,
        "reference": str(course.citizen.reference),
        "from": giver,
        "to": taker,
        "goal": None if goal is None else {"text": goal.text, "on": timezone.localdate(goal.written_at)},
        "plan": [
            {"text": one.text, "owner": one.owner, "on": one.on, "reason": one.reason}
            for one in Step.objects.filter(course=course, done=None, dropped_at=None, agreed=True).order_by("on", "id")
        ],
        "contact": None if agreed is None else {"weeks": agreed.weeks, "form": agreed.form, "reason": agreed.reason},
        "appointments": [
            {"at": timezone.localtime(one.at), "form": one.form, "form_label": one.get_form_display()}
            for one in appointments_ahead(course, at_hand.day)
        ],
        "held": [
            {
                "kind": one.kind,
                "label": words.kind(one.kind),
                "on": one.on,
                "holder": one.attrs.get("holder"),
                "form": one.attrs.get("form"),
                "told": ", ".join(
                    words.value(one.attrs[name], name) for name in ("holder", "form") if one.attrs.get(name)
                ),
            }
            for one in held
        ],
        "due": _due(at_hand, taker),
    }


def _due(at_hand: CaseAtHand, owner: str) -> list[dict[str, Any]]:
    """What whoever takes over owes the citizen from today on, with the last day and the section."""
    view = view_case(at_hand.case, at_hand.vocabulary, to_day(at_hand.day))
    lines = [line for line in lines_of(at_hand.book, view) if line.owed_by == owner and line.section in _DUE]
    return [
        {"label": at_hand.words.norm(line.norm), "ref": at_hand.book.norms[line.norm].ref, "due": line.due}
        for line in sorted(lines, key=lambda one: (one.due or date.max, one.norm))
        if line.due is not None and line.due >= at_hand.day
    ]
