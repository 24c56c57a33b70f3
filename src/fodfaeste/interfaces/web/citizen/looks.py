"""*Hvem har set din sag?*: who looked, when, at what and why, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.access.actions import OWN_CASE, SUPERVISION
from fodfaeste.casework.access.models import Lookup, Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.wording import Words

PAGES: dict[str, str | Promise] = {
    "citizen": gettext_lazy("siden om dig"),
    "citizen-law": gettext_lazy("reglerne i din sag"),
    "citizen-fact": gettext_lazy("en af dine oplysninger"),
    "conversation": gettext_lazy("siden, hvor en samtale skrives ned"),
    "conversation-receipt": gettext_lazy("det, der er skrevet om en samtale"),
    "conversation-mend": gettext_lazy("det, der er skrevet om en samtale"),
    "my-day": gettext_lazy("dit navn på dagens liste"),
    "day-print": gettext_lazy("dit navn på dagens liste"),
    "day-after": gettext_lazy("en dag, der blev skrevet ind bagefter"),
    "search": gettext_lazy("dit navn i en søgning"),
    "why": gettext_lazy("hvorfor en regel gælder for dig"),
    "citizen-compare": gettext_lazy("din sag en anden dag eller efter andre regler"),
    "citizen-question": gettext_lazy("et spørgsmål om dig"),
    "plan": gettext_lazy("din plan"),
    "plan-record": gettext_lazy("din plan på papir"),
    "plan-step": gettext_lazy("et skridt i din plan"),
    "partner": gettext_lazy("det, der er delt af din plan"),
    "clarification": gettext_lazy("en liste over sager, der trækker ud"),
    "plan-words": gettext_lazy("dine egne ord om mål og situation"),
    "room": gettext_lazy("hvad loven siger i din sag"),
    "invite": gettext_lazy("hvem der er lukket ind i din plan"),
    "shift": gettext_lazy("et skift af ydelse eller gruppe"),
    "handover": gettext_lazy("hvem der har din sag"),
    "fund": gettext_lazy("hvem der har ansvaret, kommunen eller a-kassen"),
    "fund-package": gettext_lazy("det, a-kassen får om dig"),
    "case-step": gettext_lazy("siden, hvor der skrives noget ind om dig"),
    "case-steps": gettext_lazy("siden, hvor der skrives noget ind om dig"),
    "case-receipt": gettext_lazy("det, der lige er skrevet ind om dig"),
    "receipts": gettext_lazy("en liste over det, der er skrevet ind om dig"),
    "contact": gettext_lazy("hvad I har aftalt om kontakt"),
    "slots": gettext_lazy("hvem der har bestilt en tid"),
    "help": gettext_lazy("hvem der venter på hjælp"),
    "possible-offers": gettext_lazy("hvilke tilbud der kunne passe til dig"),
    "changes": gettext_lazy("en liste over, hvad ny lov ændrer"),
    "norm-cases": gettext_lazy("en liste over sager, en regel gælder i"),
    "changes-file": gettext_lazy("en liste over, hvad ny lov ændrer"),
    "objections": gettext_lazy("det, du har skrevet er forkert"),
    "words": gettext_lazy("dine egne ord om mål og situation"),
}
"""What a page in the log is called to her; one that is not here is *din sag*."""

REASONS: dict[str, str | Promise] = {
    OWN_CASE: gettext_lazy("Det er personens egen sag."),
    "cover": gettext_lazy("Personen passer sagen for en kollega."),
    "search": gettext_lazy("Dit navn kom op i en søgning."),
    SUPERVISION: gettext_lazy("Lederen så efter, hvordan det går i kommunens sager."),
    "appointment": gettext_lazy("Personen havde en aftale med dig."),
    "help": gettext_lazy("Du havde bedt om hjælp."),
}
_MANY = 50


@dataclass
class Look:
    """What one person looked at on one day for one reason."""

    name: str
    role: str
    reason: str
    first: datetime
    last: datetime
    pages: list[str] = field(default_factory=list)
    changed: bool = False


@own_page
def looks(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The log, a day at a time, the latest first; ``?side=2`` for older looks."""
    rows = Lookup.objects.filter(course=course.pk).select_related("user").order_by("-at", "-pk")
    page = Paginator(rows, _MANY).get_page(request.GET.get("side"))
    return render(request, "citizen/looks.html", {"course": course, "days": days_of(list(page)), "page": page})


def days_of(rows: list[Lookup]) -> list[tuple[date, list[Look]]]:
    """The rows by day; on a day by person and reason."""
    words = rulebooks.words_of_law()
    return [
        (day, _looks(list(of_day), words))
        for day, of_day in groupby(rows, key=lambda row: timezone.localtime(row.at).date())
    ]


def _looks(rows: list[Lookup], words: Words) -> list[Look]:
    found: dict[tuple[int, str], Look] = {}
    for row in rows:
        at = timezone.localtime(row.at)
        key = (row.user_id, row.purpose)
        if key not in found:
            found[key] = Look(row.user.name, _role(row.user), _reason(row), at, at)
        look = found[key]
        look.first, look.changed = at, look.changed or row.action == "change"
        said = page_text(row.page, words)
        if said not in look.pages:
            look.pages.append(said)
    return list(found.values())


def page_text(page: str, words: Words) -> str:
    """What was looked at, as she would say it."""
    if page.startswith("fact:"):
        name = page.removeprefix("fact:")
        full = next((one for one in words.vocabulary.fields if one.startswith(name)), name)
        return _("oplysningen »%(name)s«") % {"name": words.field(full)}
    return str(PAGES.get(page, _("din sag")))


def _role(user: User) -> str:
    if user.role == Role.PARTNER and user.organisation:
        return user.organisation
    return str(user.get_role_display())


def _reason(row: Lookup) -> str:
    return str(REASONS.get(row.purpose, row.purpose))
