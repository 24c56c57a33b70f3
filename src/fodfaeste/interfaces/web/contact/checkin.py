"""*Hvordan går det?*: in her own rhythm and words. Nothing is reckoned from it; a person reads it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.helping import check_in, choose_rhythm
from fodfaeste.casework.contacts.models import CheckIn, Rhythm
from fodfaeste.casework.contacts.signs import rules
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.citizen.own import own_page

RHYTHMS = (
    (1, gettext_lazy("Hver uge")),
    (2, gettext_lazy("Hver anden uge")),
    (4, gettext_lazy("Hver fjerde uge")),
    (0, gettext_lazy("Når jeg selv har lyst")),
)
"""How often she may choose to write; the choice is hers and binds nobody."""


class CheckInForm(forms.Form):
    """How it is going, what she needs, whether somebody should ring."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Hvordan går det?"),
        help_text=gettext_lazy("Skriv så lidt eller meget, du vil."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Har du brug for hjælp til noget?"),
        help_text=gettext_lazy("Sæt gerne flere krydser, eller ingen."),
        choices=Need.Area.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Vælg kun blandt det viste.")},
    )
    call = forms.BooleanField(label=gettext_lazy("Ja tak, ring til mig"), required=False)


@require_http_methods(["GET", "POST"])
@own_page
def checkin(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Write (the form), choose how often (``rytme``), and read what she wrote before."""
    if request.method == "POST" and "rytme" in request.POST:
        return _rhythm(request, course)
    form = CheckInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        vocabulary = rulebooks.law().vocabulary
        try:
            check_in(course, vocabulary, given["text"], given["areas"], given["call"], user, now())
        except RefusedError as error:
            form.add_error(None, " ".join(error.errors.values()))
        else:
            messages.success(request, _("Tak. Din kontakt kan læse det."))
            return redirect("citizen:help" if given["call"] else "citizen:checkin")
    language = rulebooks.language()
    chosen = Rhythm.objects.filter(course=course, ended=None).first()
    context = {
        "course": course,
        "form": form,
        "rhythms": [(weeks, label, weeks == (chosen.weeks if chosen else 0)) for weeks, label in RHYTHMS],
        "earlier": [(one, _areas(one)) for one in CheckIn.objects.filter(course=course)[:10]],
        "signs": [sign.citizen[language] for sign in rules().signs],
        "shown": rules().days("vis"),
    }
    return render(request, "citizen/checkin.html", context, status=422 if form.errors else 200)


def _areas(one: CheckIn) -> list[str]:
    names = dict(Need.Area.choices)
    return [str(names.get(area, area)) for area in one.areas]


def _rhythm(request: HttpRequest, course: Course) -> HttpResponse:
    given = request.POST["rytme"]
    if given.isdecimal() and int(given) in {weeks for weeks, _label in RHYTHMS}:
        choose_rhythm(course, int(given), today())
        messages.success(request, _("Dit valg er gemt. Du kan ændre det, når du vil."))
    return redirect("citizen:checkin")
