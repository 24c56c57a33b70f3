"""*Din kontakt med kommunen*: what is agreed, meeting in person, calm, going on by herself; and one step back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.agreeing import agreement_of, wish_to_meet
from fodfaeste.casework.contacts.calming import calm_and_proposal_of, calm_of, choose_calm, end_calm, proposed_calm_of
from fodfaeste.casework.contacts.driving import begin_self_driven, end_self_driven, self_driven_of
from fodfaeste.casework.contacts.helping import ask_for_help, check_in
from fodfaeste.casework.contacts.models import Calm
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.contact.said import advice_of, clock_at

NOTHING = "intet"


class NeedForm(forms.Form):
    """What she needs, asked before she goes on by herself."""

    use_required_attribute = False
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Har du brug for hjælp til noget af det her?"),
        choices=[*Need.Area.choices, (NOTHING, gettext_lazy("Nej, ikke lige nu"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Sæt mindst ét kryds. Vælg »Nej, ikke lige nu«, hvis du ikke mangler noget."),
            "invalid_choice": gettext_lazy("Vælg kun blandt det viste."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Vil du fortælle mere?"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        max_length=300,
    )  # fmt: skip

    def clean_areas(self) -> list[str]:
        """Either something or nothing. Raises ValidationError."""
        given: list[str] = self.cleaned_data["areas"]
        if NOTHING in given and len(given) > 1:
            raise forms.ValidationError(_("Du har valgt både noget og »Nej, ikke lige nu«. Vælg det ene."))
        return given

    def asked(self) -> str:
        """What was asked and answered, in Danish: it stands in the case."""
        with override("da"):
            names = {**dict(Need.Area.choices), NOTHING: _("intet lige nu")}
            told = ", ".join(str(names[area]) for area in self.cleaned_data["areas"])
        return f"Selv svaret på siden: {told}. {self.cleaned_data['text']}".strip()


@require_http_methods(["GET", "POST"])
@own_page
def own_contact(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read; change with one button each (``do``); going on by herself takes the form about need first."""
    form = NeedForm(request.POST if request.POST.get("do") == "selv" else None)
    if request.method == "POST" and _done(request, form, user, course):
        return redirect("citizen:help" if request.POST["do"] == "tilbage" else "citizen:selfdriven")
    at_hand = case_at_hand(course, today())
    calm, proposed_calm = calm_and_proposal_of(course, at_hand.day)
    context = {
        "course": course,
        "form": form,
        "agreement": agreement_of(course),
        "wish": advice_of(at_hand).wish,
        "calm": calm,
        "proposed_calm": proposed_calm,
        "driven": self_driven_of(course),
        "clock": clock_at(at_hand),
    }
    return render(request, "citizen/contact.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, form: NeedForm, user: User, course: Course) -> bool:
    """Whether what she chose was done; else the reasons stand in the form."""
    does: dict[str, Any] = {
        "fysisk": _meet, "ikke-fysisk": _meet, "slut-ro": _end_calm, "tilbage": _back,
        "ja-ro": _choose_calm, "nej-ro": _decline_calm,
    }  # fmt: skip
    chosen = request.POST.get("do", "")
    if chosen in does:
        try:
            messages.success(request, does[chosen](request, user, course))
        except RefusedError as error:
            messages.error(request, " ".join(error.errors.values()))
        return True
    if chosen == "selv" and form.is_valid():
        try:
            areas = [area for area in form.cleaned_data["areas"] if area != NOTHING]
            if areas or form.cleaned_data["text"]:
                check_in(course, rulebooks.law().vocabulary, form.cleaned_data["text"], areas, False, user, now())
            begin_self_driven(course, form.asked(), user, today())
        except RefusedError as error:
            form.add_error(None, " ".join(error.errors.values()))
            return False
        messages.success(request, _("Nu styrer du selv. Du kan altid få et menneske igen med ét tryk."))
        return True
    return False


def _meet(request: HttpRequest, user: User, course: Course) -> str:
    wish = request.POST["do"] == "fysisk"
    wish_to_meet(course, rulebooks.law().vocabulary, wish, user, today())
    if wish:
        return _("Vi har skrevet, at du vil mødes. Så kan vi ikke nøjes med at ringe.")
    return _("Vi har skrevet, at telefon og video også er fint for dig.")


def _end_calm(request: HttpRequest, user: User, course: Course) -> str:
    calm = calm_of(course, today())
    if calm is not None:
        end_calm(calm, user, today())
        ask_for_help(course, rulebooks.law().vocabulary, "Vil gerne have kontakt igen efter aftalt ro.", user, now())
    return _("Pausen er slut. Din kontakt får besked og ringer til dig.")


def _choose_calm(request: HttpRequest, user: User, course: Course) -> str:
    """She says yes to the calm she was shown, and to no other: the button carries its number."""
    choose_calm(_shown_calm(request, course), rulebooks.law().vocabulary, user, today())
    return _("Nu har du ro. Du kan slutte den hver dag.")


def _decline_calm(request: HttpRequest, user: User, course: Course) -> str:
    end_calm(_shown_calm(request, course), user, today())
    return _("Du sagde nej. Alt bliver, som det er.")


def _shown_calm(request: HttpRequest, course: Course) -> Calm:
    proposed = proposed_calm_of(course, today())
    if proposed is None or str(proposed.pk) != request.POST.get("ro"):
        raise RefusedError({"__all__": _("Forslaget er ændret eller trukket tilbage. Se, hvad der står nu.")})
    return proposed


def _back(request: HttpRequest, user: User, course: Course) -> str:
    driven = self_driven_of(course)
    if driven is not None:
        end_self_driven(driven, "Vil gerne have et menneske igen.", user, today())
        ask_for_help(course, rulebooks.law().vocabulary, "Vil gerne have et menneske igen.", user, now())
    return _("Du har et menneske ved din side igen. Din kontakt ringer til dig.")
