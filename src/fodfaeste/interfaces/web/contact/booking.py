"""Moving an appointment, and calling it off: two pages of one step each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.booking import at_words, cancel, move
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.contact.appointments import booking_of, chosen_slot, own_appointment
from fodfaeste.interfaces.web.contact.said import advice_of


@require_http_methods(["GET", "POST"])
@own_page
def move_to(request: HttpRequest, user: User, course: Course, number: int) -> HttpResponse:
    """Choose another of the free times; the old one stands until the new one is hers."""
    one, at_hand, refused = own_appointment(course, number), case_at_hand(course, today()), ""
    if request.method == "POST":
        try:
            slot, way = chosen_slot(request, at_hand)
            made = move(one, rulebooks.law().vocabulary, slot, way, user, advice_of(at_hand), now())
        except RefusedError as error:
            refused = " ".join(error.errors.values())
        else:
            messages.success(request, _("Aftalen er flyttet til %(when)s.") % {"when": at_words(made.at)})
            return redirect("citizen:appointments")
    context = {"course": course, "one": one, "refused": refused, **booking_of(at_hand)}
    return render(request, "citizen/appointment_move.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
@own_page
def call_off(request: HttpRequest, user: User, course: Course, number: int) -> HttpResponse:
    """Say that she will not come; the time is free for others."""
    one, refused = own_appointment(course, number), ""
    if request.method == "POST":
        try:
            cancel(one, rulebooks.law().vocabulary, user, now())
        except RefusedError as error:
            refused = " ".join(error.errors.values())
        else:
            messages.success(request, _("Du har meldt afbud %(when)s.") % {"when": at_words(one.at)})
            return redirect("citizen:appointments")
    context = {"course": course, "one": one, "refused": refused}
    return render(request, "citizen/appointment_cancel.html", context, status=422 if refused else 200)
