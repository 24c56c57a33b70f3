"""Putting right what was written about a conversation, or taking it back; the history keeps what stood before."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.actions import mend_conversation, void_conversation
from fodfaeste.casework.contacts.queries import Conversation, conversation_of
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.conversation import add_errors, onward, suggestion_of
from fodfaeste.interfaces.web.caseworker.conversation_form import ConversationForm, conversation_name
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.rulebook import Rulebook


@require_http_methods(["GET", "POST"])
@opens_case("conversation-mend")
def mend(request: HttpRequest, user: User, course: Course, event: int) -> HttpResponse:
    """The form with what stands written, and a button that takes it back."""
    if not user.has_perm("contacts.mend", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune retter samtaler."))
    conversation = conversation_of(course, event)
    if conversation is None or conversation.event.void:
        raise Http404(_("Der er ingen samtale at rette: den findes ikke, eller den er taget tilbage."))
    book = rulebooks.rulebook_of(today(), course.kommune.slug)
    suggestion = suggestion_of(course, book)
    if request.method == "POST":
        form = ConversationForm(request.POST, course=course, day=today(), suggestion=suggestion, mending=True)
        mended = _save(request, form, conversation, user, book)
        if mended is not None:
            renew_lines(course, book)
            return onward(
                request, reverse("caseworker:conversation-receipt", args=[course.citizen.reference, mended.pk])
            )
    else:
        form = ConversationForm(
            initial=_written(conversation), course=course, day=today(), suggestion=suggestion, mending=True
        )
    context = {
        "form": form,
        "course": course,
        "conversation": conversation,
        "name": conversation_name(conversation.event.kind, rulebooks.words(book)),
        "day": day_in_words(conversation.event.on, today()),
        "along": [rulebooks.words(book).kind(line.kind) for line in conversation.along],
    }
    return render(request, "caseworker/conversation_mend.html", context, status=422 if form.errors else 200)


def _save(
    request: HttpRequest, form: ConversationForm, conversation: Conversation, user: User, book: Rulebook
) -> Event | None:
    try:
        if request.POST.get("do") == "void":
            return void_conversation(conversation, book.vocabulary, user, today())
        if form.is_valid():
            return mend_conversation(conversation, book.vocabulary, form.held(), user, today())
    except RefusedError as error:
        form.is_valid()
        add_errors(form, error)
    return None


def _written(conversation: Conversation) -> dict[str, Any]:
    attrs = conversation.event.attrs
    return {
        "kind": conversation.event.kind,
        "on": conversation.event.on,
        "way": attrs.get("form", ""),
        "together": {True: "ja", False: "nej"}.get(attrs.get("faelles"), ""),
        "note": conversation.note.text if conversation.note else "",
    }
