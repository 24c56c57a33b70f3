"""*Dine aftaler*: what is agreed, times she can book herself, a file for her calendar, and reminders she sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.booking import at_words, book, offered_to
from fodfaeste.casework.contacts.calendar_file import CONTENT_TYPE, Entry, calendar_of
from fodfaeste.casework.contacts.forms import Advice, ahead_of
from fodfaeste.casework.contacts.helping import drop_reminder, set_reminder
from fodfaeste.casework.contacts.models import Appointment, Form, Reminder, Slot
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.contact.said import advice_of, bound_of, form_choices, latest_talk
from fodfaeste.interfaces.web.days import ClockField, DayField

_BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class Choice:
    """A free time with the ways it can be held; ``ways`` are (value of the button, name)."""

    slot: Slot
    ways: tuple[tuple[str, str], ...]


class ReminderForm(forms.Form):
    """Something to be reminded of."""

    use_required_attribute = False
    text = forms.CharField(label=gettext_lazy("Hvad vil du huske?"), max_length=200, required=False)
    day = DayField(gettext_lazy("Dag"))
    clock = ClockField(gettext_lazy("Klokken"), initial="09:00")


@require_http_methods(["GET", "POST"])
@own_page
def appointments(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read; book (``tid``); be reminded (``husk``: the day before an appointment, or the form); or not (``glem``)."""
    at_hand = case_at_hand(course, today())
    form = ReminderForm(request.POST if "huskeseddel" in request.POST else None)
    refused = ""
    if request.method == "POST":
        try:
            if _done(request, form, user, at_hand):
                return redirect("citizen:appointments")
        except RefusedError as error:
            refused = " ".join(error.errors.values())
    context = {
        "course": course,
        "appointments": ahead_of(course, at_hand.day),
        "reminders": Reminder.objects.filter(course=course, seen_at=None).select_related("appointment"),
        "now": now(),
        "form": form,
        "refused": refused,
        **booking_of(at_hand),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "citizen/appointments.html", context, status=status)


def booking_of(at_hand: CaseAtHand) -> dict[str, Any]:
    """The free times by day, or why she cannot book; what the law says of the next conversation."""
    bound, advised = bound_of(at_hand), advice_of(at_hand)
    latest = latest_talk(at_hand)
    return {
        "bound": bound,
        "days": [] if bound is not None else days_of(offered_to(at_hand.course, now()), advised),
        "latest": None if latest is None else latest.outcome.due,
        "latest_ref": "" if latest is None else latest.norm.ref,
        "wish": advised.wish,
    }


def days_of(slots: list[Slot], advised: Advice) -> list[tuple[date, list[Choice]]]:
    """Free times by day, each with the ways it may be held. The law may ask for a meeting; her wish binds others."""
    allowed = tuple(Form.values) if advised.wish else advised.forms
    choices = [
        Choice(
            slot, tuple((f"{slot.pk}:{value}", name) for value, name in form_choices(set(slot.forms) & set(allowed)))
        )
        for slot in slots
    ]
    free = [one for one in choices if one.ways]
    return [(day, list(group)) for day, group in groupby(free, lambda one: timezone.localtime(one.slot.at).date())]


def chosen_slot(request: HttpRequest, at_hand: CaseAtHand) -> tuple[Slot, str]:
    """The time and the way in the button that was pressed. Raises RefusedError: not hers to book, or taken."""
    bound = bound_of(at_hand)
    if bound is not None:
        raise RefusedError({"slot": bound.words})
    number, _colon, form = request.POST.get("tid", "").partition(":")
    wanted = int(number) if number.isdecimal() else 0
    slot = next((one for one in offered_to(at_hand.course, now()) if one.pk == wanted), None)
    if slot is None:
        raise RefusedError({"slot": _("Tiden er lige blevet taget. Vælg en af de andre.")})
    return slot, form


def _done(request: HttpRequest, form: ReminderForm, user: User, at_hand: CaseAtHand) -> bool:
    course, vocabulary = at_hand.course, rulebooks.law().vocabulary
    if "tid" in request.POST:
        slot, way = chosen_slot(request, at_hand)
        made = book(course, vocabulary, slot, way, user, advice_of(at_hand), now())
        messages.success(request, _("Du har bestilt tid %(when)s.") % {"when": at_words(made.at)})
        return True
    if "husk" in request.POST:
        about = own_appointment(course, request.POST["husk"])
        set_reminder(course, max(about.at - _BEFORE, now() + timedelta(minutes=1)), "", now(), about)
        messages.success(request, _("Du bliver mindet om det her på siden dagen før."))
        return True
    if "glem" in request.POST:
        number = request.POST["glem"]
        drop_reminder(course, int(number) if number.isdecimal() else 0)
        return True
    if form.is_valid():
        at = timezone.make_aware(datetime.combine(form.cleaned_data["day"], form.cleaned_data["clock"] or time(9)))
        set_reminder(course, at, form.cleaned_data["text"], now())
        messages.success(request, _("Vi minder dig om det her på siden."))
        return True
    return False


def own_appointment(course: Course, number: str | int) -> Appointment:
    """One of her appointments. Raises Http404 with a sentence."""
    given = str(number)
    found = Appointment.objects.filter(course=course, pk=int(given) if given.isdecimal() else 0)
    one = found.select_related("caseworker", "slot", "course__citizen").first()
    if one is None:
        raise Http404(_("Den aftale findes ikke. Gå tilbage til dine aftaler."))
    return one


@require_safe
@own_page
def calendar(request: HttpRequest, user: User, course: Course, number: int) -> HttpResponse:
    """One appointment as a file for her calendar."""
    one = own_appointment(course, number)
    title = _("Samtale med %(name)s (%(form)s)") % {"name": one.caseworker.name, "form": one.get_form_display().lower()}
    entry = Entry(
        uid=f"aftale-{one.pk}@{course.kommune.slug}.fodfaeste",
        at=one.at,
        title=title,
        minutes=one.slot.minutes if one.slot else None,
        place=one.place,
        text=_("Du kan flytte aftalen eller melde afbud på din side."),
        cancelled=one.cancelled_at is not None,
        reminders=tuple((reminder.at, reminder.text) for reminder in one.reminders.all()),
    )
    response = HttpResponse(calendar_of([entry], now()), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="aftale.ics"'
    return response
