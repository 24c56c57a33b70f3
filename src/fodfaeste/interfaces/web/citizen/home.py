"""*Min side*: her goal and her next step first, then the dates ahead, her rights now, and the way to all the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.calming import calm_and_proposal_of
from fodfaeste.casework.courses.models import Course, Objection
from fodfaeste.casework.plans.models import Words
from fodfaeste.casework.plans.queries import appointments_ahead, steps_ahead, words_of
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.citizen.rights import now_of

_DATES = 5
"""Dates shown before the plan is opened."""


@dataclass(frozen=True)
class Box:
    """A way onward from the first page."""

    name: str
    label: str | Promise
    told: str | Promise

    @property
    def address(self) -> str:
        """Where it leads; empty while there is no such page."""
        try:
            return reverse(f"citizen:{self.name}")
        except NoReverseMatch:
            return ""


BOXES = (
    Box("plan", _("Din plan"), _("Se skridtene. Sig ja, nej, eller foreslå noget andet.")),
    Box("appointments", _("Dine aftaler"), _("Bestil en samtale, flyt den, eller meld afbud.")),
    Box("selfdriven", _("Din kontakt med kommunen"), _("Se, hvor tit I taler sammen. Sig, hvis du vil mødes.")),
    Box("words", _("Dit mål og din situation"), _("Skriv med dine egne ord. Ingen andre kan rette dem.")),
    Box("facts", _("Det, kommunen ved om dig"), _("Se hver oplysning. Sig til, hvis noget er forkert.")),
    Box("rights", _("Dine rettigheder og pligter"), _("Se, hvad du har ret til, og hvad du skal.")),
    Box("offers", _("Hjælp og tilbud"), _("Se, hvad du er i gang med, og hvad du kan bede om.")),
    Box("letters", _("Breve og afgørelser"), _("Se, hvad der er sendt, og hvornår.")),
    Box("receipts", _("Kvitteringer"), _("Se, hvad der er skrevet ind om dig, og af hvem.")),
    Box("checkin", _("Hvordan går det?"), _("Fortæl, hvordan det går. Et menneske læser det.")),
    Box("looks", _("Hvem har set din sag?"), _("Se, hvem der har kigget, hvornår og hvorfor.")),
    Box("notes", _("Dine egne noter"), _("Skriv til dig selv. Ingen andre kan se det.")),
)


@own_page
def home(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Her goal, the next step, dates, rights now and the boxes."""
    at_hand = case_at_hand(course, today())
    written = words_of(course)
    steps = steps_ahead(course)
    ahead = appointments_ahead(course, at_hand.day)
    calm, proposed_calm = calm_and_proposal_of(course, at_hand.day)
    context = {
        "course": course,
        "goal": next((words for words in written if words.kind == Words.Kind.GOAL), None),
        "step": next(iter(steps), None),
        "dated": [step for step in steps[1:] if step.on is not None][:_DATES],
        "appointment": next(iter(ahead), None),
        "appointments": ahead[1 : _DATES + 1],
        "rights": now_of(at_hand),
        "calm": calm,
        "proposed_calm": proposed_calm,
        "objections": Objection.objects.filter(course=course, outcome="").count(),
        "boxes": [box for box in BOXES if box.address],
    }
    return render(request, "citizen/home.html", context)
