"""*Kvitteringer*: what was written in a case, form by form, the latest first; one list for citizen and caseworker."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.case_steps import case_steps
from fodfaeste.casework.courses.models import Course, Receipt
from fodfaeste.casework.courses.receipts import CONVERSATION, SHIFT, Kept, receipts_of, with_lines
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_facts import value_of
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.written_lines import line_text
from fodfaeste.interfaces.wording import Words, label_of, raised

_MANY = 20
"""Receipts on a page."""


@dataclass(frozen=True)
class Shown:
    """A receipt in words. ``address`` is where the whole of it stands; empty for the citizen."""

    label: str
    by: str
    at: datetime
    lines: list[str]
    facts: list[tuple[str, str]]
    mended: bool
    gone: bool
    address: str = ""


@require_safe
@opens_case("receipts")
def for_caseworker(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The list with a way to each whole receipt; ``?side=2`` for older ones."""
    page = _page(request, course)
    shown = list(_shown(course, page, with_address=True))
    context = {"course": course, "citizen": course.citizen, "page": page, "receipts": shown}
    return render(request, "caseworker/receipts.html", context)


@require_safe
@own_page
def for_citizen(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Her list: what each form wrote, by whom and when."""
    page = _page(request, course)
    return render(
        request, "citizen/receipts.html", {"course": course, "page": page, "receipts": list(_shown(course, page))}
    )


def _page(request: HttpRequest, course: Course) -> Page[Receipt]:
    return Paginator(receipts_of(course), _MANY).get_page(request.GET.get("side"))


def _shown(course: Course, page: Page[Receipt], *, with_address: bool = False) -> Iterable[Shown]:
    words = rulebooks.words_of_law()
    for one in with_lines(course, page):
        yield Shown(
            _label(one.receipt.step, words), one.receipt.by.name, one.receipt.at,
            [*(line_text(spell, words) for spell in one.spells), *(line_text(event, words) for event in one.events)],
            _facts(one, words),
            one.mended, one.gone, _address(course, one) if with_address else "",
        )  # fmt: skip


def _facts(one: Kept, words: Words) -> list[tuple[str, str]]:
    fields = words.vocabulary.fields
    known = [fact for fact in one.facts if fact.field in fields]
    return [
        (raised(words.field(fact.field)), raised(value_of(fact.value, fields[fact.field], words))) for fact in known
    ]


def _label(step: str, words: Words) -> str:
    if step == CONVERSATION:
        return _("Samtale")
    if step == SHIFT:
        return _("Skift af ydelse eller målgruppe")
    found = case_steps().get(step)
    return label_of(found.label, words.lang) if found else _("Registrering")


def _address(course: Course, one: Kept) -> str:
    if one.receipt.event_id is not None:
        return reverse("caseworker:conversation-receipt", args=[course.citizen.reference, one.receipt.event_id])
    return (
        f"{reverse('caseworker:receipt', args=[course.citizen.reference, one.receipt.token])}?skridt={one.receipt.step}"
    )
