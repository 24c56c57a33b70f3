"""What was written to her and by her in the case: letters, decisions, hearings and complaints, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.citizen.saying import attrs_text
from fodfaeste.interfaces.wording import raised, source_text

FROM_HER = ("hoeringssvar", "klage", "ansoegning", "anmodning", "udsaettelse-oensket")
LETTERS = (
    "dokument", "afgoerelse", "afsendelse", "modtagelse", "partshoering", "begrundelse", "klagevejledning",
    "pligtorientering", "anmodning-svar", "aktindsigt-svar", "genoptagelse-vejledning", "udsaettelse-afslaaet",
    "genvurdering", "klage-opretholdt", "klage-videresendt", "ankeafgoerelse", *FROM_HER,
)  # fmt: skip
"""Kinds of events that are a letter, a decision, or an answer."""


@dataclass(frozen=True)
class Letter:
    """One of them. ``hers``: it came from her. ``decision``: she may complain of it."""

    label: str
    about: str
    on: date
    source: str
    hers: bool
    decision: bool
    number: int


@own_page
def letters(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Every letter of the course."""
    words = rulebooks.words_of_law()
    known = [kind for kind in LETTERS if kind in words.vocabulary.events]
    lines = Event.objects.filter(course=course, kind__in=known, standing=True, void=False).order_by("-on", "-pk")
    found = [
        Letter(
            raised(words.kind(line.kind)), attrs_text(line.kind, line.attrs, words), line.on,
            source_text(line.source, words.lang), line.kind in FROM_HER, line.kind == "afgoerelse", line.pk,
        )
        for line in lines
    ]  # fmt: skip
    return render(request, "citizen/letters.html", {"course": course, "letters": found})
