"""*Jeg har brug for hjælp*: one button, a promise with a day where the municipality has made one, and the answer."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.helping import ask_for_help
from fodfaeste.casework.contacts.models import HelpRequest
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.contact.said import help_day, help_promise


class HelpForm(forms.Form):
    """What it is about, if she wants to say."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Hvad drejer det sig om?"),
        help_text=gettext_lazy("Du behøver ikke skrive noget."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )


@require_http_methods(["GET", "POST"])
@own_page
def help_page(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Ask, see when an answer is promised, and read the answers."""
    form = HelpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask_for_help(course, rulebooks.law().vocabulary, form.cleaned_data["text"], user, now())
        messages.success(request, _("Vi har fået dit ønske. Et menneske ringer til dig."))
        return redirect("citizen:help")
    at_hand = case_at_hand(course, today())
    requests = list(HelpRequest.objects.filter(course=course).select_related("answered_by").order_by("-asked_at"))
    waiting = next((one for one in requests if one.answered_at is None), None)
    context = {
        "course": course,
        "form": form,
        "waiting": waiting,
        "last": None if waiting is None else help_day(at_hand, timezone.localtime(waiting.asked_at).date()),
        "promise": help_promise(at_hand),
        "answered": [one for one in requests if one.answered_at is not None],
    }
    return render(request, "citizen/help.html", context)
