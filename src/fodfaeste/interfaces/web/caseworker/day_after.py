"""*Skriv dagen ind*: a day that was run on paper becomes rows afterwards, one meeting at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.actions import log_lookup
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.actions import register_conversation
from fodfaeste.casework.contacts.afterwards import did_not_happen
from fodfaeste.casework.contacts.models import Appointment, Form, Note
from fodfaeste.casework.contacts.queries import appointments_of_day
from fodfaeste.casework.courses.queries import covered_by
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.conversation import add_errors
from fodfaeste.interfaces.web.caseworker.conversation_form import Suggestion, suggest
from fodfaeste.interfaces.web.caseworker.day_after_form import HELD, LATER, AfterForm
from fodfaeste.interfaces.web.caseworker.day_print import caseworker_of, chosen_day, log_shown, purpose_in
from fodfaeste.interfaces.web.caseworker.my_day_lines import lines_of_courses
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words
from fodfaeste.rulebook import Rulebook

_PAGE = "day-after"


@dataclass(frozen=True)
class Row:
    """A meeting of the day with its form; without one when it is written in already. ``saved`` just now."""

    number: int
    appointment: Appointment
    form: AfterForm | None
    note: Note | None = None
    saved: bool = False

    @property
    def refused(self) -> bool:
        """Whether something in the row has to be mended."""
        return self.form is not None and bool(self.form.errors)


@require_http_methods(["GET", "POST"])
def day_after(request: HttpRequest) -> HttpResponse:
    """One form with the day's meetings. Each row is saved by itself; a row with an error keeps what was typed."""
    user = caseworker_of(request)
    day, wrong = chosen_day(request)
    covered = covered_by(user, today())
    appointments = appointments_of_day(user, day, covered)
    log_shown(user, [one.course for one in appointments], covered, _PAGE)
    book = rulebooks.rulebook_of(today(), user.kommune.slug if user.kommune else None)
    rows = _rows(request, appointments, book)
    if request.method == "POST":
        rows = [_write(row, user, book, purpose_in(user, row.appointment.course, covered)) for row in rows]
    saved, refused = sum(row.saved for row in rows), sum(row.refused for row in rows)
    if saved:
        messages.success(request, _saved_text(saved))
    if request.method == "POST" and not refused:
        return redirect(f"{reverse('caseworker:day-after')}?dag={day.isoformat()}")
    context = {
        "day": day,
        "in_words": day_in_words(day, today()),
        "typed": request.GET.get("dag", "") if wrong else day.isoformat(),
        "wrong": wrong,
        "rows": rows,
        "refused": refused,
        "open": any(row.form is not None for row in rows),
        "coming": day > today(),
    }
    return render(request, "caseworker/day_after.html", context, status=422 if wrong or refused else 200)


def _saved_text(saved: int) -> str:
    return ngettext("%(n)d møde er skrevet ind.", "%(n)d møder er skrevet ind.", saved) % {"n": saved}


def _rows(request: HttpRequest, appointments: Sequence[Appointment], book: Rulebook) -> list[Row]:
    """Every meeting of the day, numbered as on the list that was printed."""
    notes = {note.event_id: note for note in Note.objects.filter(event__in=[one.held_id for one in appointments])}
    waiting = [one for one in appointments if one.held_id is None and not one.missed]
    likely = _suggestions(waiting, book)
    return [
        Row(number, one, _form(request, one, likely[one.pk]) if one.pk in likely else None, notes.get(one.held_id))
        for number, one in enumerate(appointments, 1)
    ]


def _suggestions(appointments: Sequence[Appointment], book: Rulebook) -> Mapping[int, Suggestion]:
    lines = lines_of_courses([one.course for one in appointments], book)
    words = rulebooks.words(book)
    return {one.pk: suggest(list(lines[one.course_id]), book, words, today()) for one in appointments}


def _form(request: HttpRequest, one: Appointment, suggestion: Suggestion) -> AfterForm:
    """A row bound to what was sent; a row that was not sent begins anew."""
    shared: dict[str, Any] = {"course": one.course, "day": today(), "suggestion": suggestion, "prefix": f"m{one.pk}"}
    if request.method == "POST" and f"m{one.pk}-token" in request.POST:
        return AfterForm(request.POST, **shared)
    initial = {
        "token": uuid4(), "appointment": one.pk, "went": LATER, "kind": suggestion.kind, "way": one.form,
        "on": timezone.localtime(one.at).date(), "next_form": one.form or Form.MEETING,
    }  # fmt: skip
    return AfterForm(initial=initial, **shared)


def _write(row: Row, user: User, book: Rulebook, purpose: str) -> Row:
    """Save one row, or leave its reasons in the form."""
    form, course = row.form, row.appointment.course
    if form is None or not form.is_bound or not form.is_valid() or not form.chosen:
        return row
    if not user.has_perm("contacts.register", course):
        form.add_error(None, _("Kun sagsbehandlere i borgerens kommune registrerer samtaler."))
        return row
    try:
        with transaction.atomic():
            appointment = _still_waiting(row.appointment)
            _save(form, appointment, user, book)
    except RefusedError as error:
        add_errors(form, error)
        return row
    log_lookup(user, course, _PAGE, purpose, "change")
    note = Note.objects.filter(event=appointment.held_id).first() if appointment.held_id else None
    return replace(row, appointment=appointment, form=None, note=note, saved=True)


def _still_waiting(appointment: Appointment) -> Appointment:
    """The appointment as it is now, locked. Raises RefusedError when somebody wrote it in meanwhile."""
    found = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if found.held_id is not None or found.missed or found.cancelled_at is not None:
        raise RefusedError({"__all__": _("En anden har skrevet mødet ind imens. Se det på borgerens side.")})
    found.course = appointment.course
    return found


def _save(form: AfterForm, appointment: Appointment, user: User, book: Rulebook) -> None:
    if form.chosen != HELD:
        did_not_happen(appointment, form.chosen, form.cleaned_data.get("note", ""), user, _end_of(today()))
        return
    token = form.cleaned_data["token"]
    register_conversation(appointment.course, book.vocabulary, form.held(), user, today(), token, appointment)
    renew_lines(appointment.course, book)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))
