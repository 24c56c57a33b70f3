"""What she is in the middle of, what she has had, and what the law lets her ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.citizen.rights import lists_of
from fodfaeste.interfaces.web.citizen.saying import attrs_text, last_day
from fodfaeste.interfaces.wording import Words, raised, source_text, span_text

OFFER = "tilbud"


@dataclass(frozen=True)
class Offer:
    """One offer. ``running`` on the day asked about; ``ahead`` when it has not begun."""

    label: str
    span: str
    source: str
    running: bool
    ahead: bool
    number: int


@own_page
def offers(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Offers under way and over; then what she may ask for today, each line with section and why."""
    at_hand = case_at_hand(course, today())
    lines = Spell.objects.filter(course=course, kind=OFFER, standing=True, void=False).order_by("-period", "-pk")
    found = [_offer(line, at_hand.day, at_hand.words) for line in lines]
    lists = lists_of(at_hand)
    context = {
        "course": course,
        "now": [one for one in found if one.running or one.ahead],
        "before": [one for one in found if not (one.running or one.ahead)],
        "help": lists.help,
        "rights": lists.rights,
    }
    return render(request, "citizen/offers.html", context)


def _offer(line: Spell, day: date, words: Words) -> Offer:
    first, last = line.period.lower, last_day(line.period)
    return Offer(
        raised(attrs_text(line.kind, line.attrs, words) or words.kind(line.kind)),
        span_text(first, last, words.lang),
        source_text(line.source, words.lang),
        running=first <= day and (last is None or day <= last),
        ahead=first > day,
        number=line.pk,
    )
