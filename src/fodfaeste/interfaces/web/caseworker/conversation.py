"""*Registrér samtale*: a conversation that was held, and what it changed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.actions import Held, register_conversation
from fodfaeste.casework.contacts.models import Appointment, Form
from fodfaeste.casework.contacts.queries import appointment_near
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.facts import view_case
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.conversation_form import (
    ConversationForm,
    Suggestion,
    conversation_name,
    suggest,
)
from fodfaeste.interfaces.web.caseworker.my_day_lines import lines_of
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.rulebook import Rulebook

_FIELDS = {"form": "way"}  # a field named "form" would hide the form's own property in the browser


@require_http_methods(["GET", "POST"])
@opens_case("conversation")
def register(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The form filled in with what is likely. When it is sent all is saved or nothing, and nothing typed is lost."""
    if not user.has_perm("contacts.register", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune registrerer samtaler."))
    book = rulebooks.rulebook_of(today(), course.kommune.slug)
    suggestion = suggestion_of(course, book)
    if request.method == "POST":
        form = ConversationForm(request.POST, course=course, day=today(), suggestion=suggestion)
        saved = _save(form, user, course, book) if form.is_valid() else None
        if saved is not None:
            return onward(request, reverse("caseworker:conversation-receipt", args=[course.citizen.reference, saved]))
    else:
        form = ConversationForm(
            initial=_likely(request, course, suggestion), course=course, day=today(), suggestion=suggestion
        )
    context = {"form": form, "course": course, "suggestion": suggestion}
    return render(request, "caseworker/conversation.html", context, status=422 if form.errors else 200)


def suggestion_of(course: Course, book: Rulebook) -> Suggestion:
    """What the case makes likely today."""
    view = view_case(case_of(course, book.vocabulary), book.vocabulary, book.day)
    return suggest(list(lines_of(book, view, course.pk)), book, rulebooks.words(book), today())


def onward(request: HttpRequest, address: str) -> HttpResponse:
    """To another page, also when htmx sent the form."""
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


def _likely(request: HttpRequest, course: Course, suggestion: Suggestion) -> dict[str, Any]:
    """The kind that was clicked or is due, the day and form of the appointment it was."""
    kinds = {kind for kind, _name in suggestion.kinds}
    wanted = request.GET.get("slags", "")
    appointment = _appointment(course, request.GET.get("aftale"))
    return {
        "token": uuid4(),
        "appointment": appointment.pk if appointment else None,
        "kind": wanted if wanted in kinds else suggestion.kind,
        "on": timezone.localtime(appointment.at).date() if appointment else today(),
        "way": appointment.form if appointment else "",
        "next_form": appointment.form if appointment else Form.MEETING,
    }


def _appointment(course: Course, given: str | None) -> Appointment | None:
    """The appointment named in the address; else the one today that nobody has registered."""
    if given and given.isdecimal():
        return Appointment.objects.filter(pk=int(given), course=course, held=None).first()
    found = appointment_near(course, today())
    return found if found is not None and timezone.localtime(found.at).date() == today() else None


def _save(form: ConversationForm, user: User, course: Course, book: Rulebook) -> int | None:
    """The number of the line written; None with the reasons in the form when it cannot be."""
    held, token, number = form.held(), form.cleaned_data["token"], form.cleaned_data["appointment"]
    appointment = None
    if number is not None:
        appointment = Appointment.objects.select_for_update().filter(pk=number, course=course).first()
    if appointment is not None and appointment.held_id is not None:
        appointment = None  # registered before; a conversation more is a conversation of its own
    try:
        event, new = register_conversation(course, book.vocabulary, held, user, today(), token, appointment)
    except RefusedError as error:
        add_errors(form, error)
        return None
    if not new and not _same(event, held):
        said = _(
            "Denne formular er allerede gemt som %(kind)s %(day)s. Tryk Gem igen for at registrere en samtale mere, "
            "eller ret den, der er gemt, fra borgerens side."
        )
        name = conversation_name(event.kind, rulebooks.words(book))
        form.add_error(None, said % {"kind": name, "day": day_in_words(event.on, today())})
        form.renew_token()
        return None
    if new:
        renew_lines(course, book)
    return event.pk


def _same(event: Event, held: Held) -> bool:
    """Whether a line says what was sent now: then the same form was only sent twice."""
    note = getattr(event, "note", None)
    written = (event.kind, event.on, event.attrs.get("form"), note.text if note else "")
    return written == (held.kind, held.on, held.form, held.note.strip())


def add_errors(form: ConversationForm, error: RefusedError) -> None:
    """Put each sentence at its field."""
    for name, said in error.errors.items():
        field = _FIELDS.get(name, name)
        form.add_error(field if field in form.fields else None, said)
