"""What stands written about a conversation, what it changed, and what is due next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.queries import conversation_of
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.plans.queries import appointments_ahead
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.conversation_effect import Change, What, effect_of
from fodfaeste.interfaces.web.caseworker.conversation_form import conversation_name
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words, far_in_words, held_text
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.rulebook import Rulebook

_NEXT = 3


@dataclass(frozen=True)
class Told:
    """A change in words."""

    what: str
    rule: str
    ref: str
    rest: str


@require_safe
@opens_case("conversation-receipt")
def receipt(request: HttpRequest, user: User, course: Course, event: int) -> HttpResponse:
    """What stands written about a conversation, what it changed, and what is due next."""
    conversation = conversation_of(course, event)
    if conversation is None:
        raise Http404(_("Der er ingen samtale med det nummer i sagen. Se borgerens side for dem, der er."))
    book = rulebooks.rulebook_of(today(), course.kommune.slug)
    words = rulebooks.words(book)
    effect = effect_of(book, case_of(course, book.vocabulary), {str(number) for number in conversation.numbers})
    context = {
        "course": course,
        "conversation": conversation,
        "name": conversation_name(conversation.event.kind, words),
        "form": words.value(conversation.event.attrs["form"], "form") if "form" in conversation.event.attrs else "",
        "along": [words.kind(line.kind) for line in conversation.along],
        "day": day_in_words(conversation.event.on, today()),
        "told": [told_of(change, book) for change in effect.changes],
        "next": [due_of(line, book) for line in effect.next[:_NEXT]],
        "ahead": appointments_ahead(course, today())[:1],
        "may_mend": user.has_perm("contacts.mend", course) and not conversation.event.void,
    }
    return render(request, "caseworker/conversation_receipt.html", context)


def told_of(change: Change, book: Rulebook) -> Told:
    """A change in words, with its section."""
    words, after = rulebooks.words(book), change.after
    last = "" if after.due is None else _("sidste dag %(day)s") % {"day": day_in_words(after.due, today())}
    count = ""
    if after.required is not None and after.required > 1 and after.count is not None:
        count = held_text(after.count, after.required)
    said = {
        What.MET: (_("Opfyldt"), ""),
        What.MET_LATE: (_("Opfyldt, men efter sidste dag"), ""),
        What.AGAIN: (_("Opfyldt denne gang"), _("næste gang %(last)s") % {"last": last}),
        What.COUNTED: (_("Tæller med"), ", ".join(part for part in (count, last) if part)),
        What.NEW: (_("Ny pligt"), last),
        What.KNOWN: (_("Kan nu afgøres"), last),
        What.GONE: (_("Falder bort"), ""),
    }
    what, rest = said[change.what]
    return Told(what, words.norm(change.norm), book.norms[change.norm].ref, rest)


def due_of(line: Line, book: Rulebook) -> dict[str, Any]:
    """A line with a last day, in words."""
    assert line.due is not None
    return {
        "rule": rulebooks.words(book).norm(line.norm),
        "ref": book.norms[line.norm].ref,
        "day": day_in_words(line.due, today()),
        "far": far_in_words(line.due, today()),
        "late": line.late,
    }
