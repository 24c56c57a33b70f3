"""*Søg borger*: by name, person number, date of birth or reference, within the municipality.

What is searched for is sent as a form and never stands in an address, since addresses end up in logs and histories.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.actions import log_list
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.people.queries import MOST, find_citizens
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.contact.standing_words import Said, said_of

SEARCHED = "search"
"""The purpose of a look at the list of those a search found."""


class SearchForm(forms.Form):
    """What is searched for."""

    text = forms.CharField(
        label=gettext_lazy("Navn, personnummer eller fødselsdag"),
        help_text=gettext_lazy("Begyndelsen af navnet er nok: an jen finder Anna Jensen. Fødselsdag som seks cifre."),
        max_length=120,
        error_messages={
            "required": gettext_lazy("Skriv mindst to bogstaver af navnet, eller personnummeret."),
            "max_length": gettext_lazy("Skriv højst 120 tegn: navn, personnummer eller fødselsdag."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        """At least two characters. Raises ValidationError."""
        text = str(self.cleaned_data["text"]).strip()
        if len(text) < 2:
            raise forms.ValidationError(_("Skriv mindst to bogstaver af navnet, eller personnummeret."))
        return text


@dataclass(frozen=True)
class Found:
    """A citizen a search found; no more of her than is needed to tell people apart."""

    citizen: Citizen
    course: Course | None
    own: bool
    stands: Said | None = None


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The field to search in, and who was found."""
    user = signed_in(request)
    if not user.has_perm("courses.find"):
        raise PermissionDenied(_("Kun kommunens medarbejdere kan søge blandt dens borgere."))
    form = SearchForm(request.POST if request.method == "POST" else None)
    found: list[Found] | None = None
    if form.is_valid():
        found = _listed(find_citizens(form.cleaned_data["text"]), user)
        log_list(user, [one.course for one in found[:MOST] if one.course is not None], "search", SEARCHED)
    context = {"form": form, "found": found and found[:MOST], "searched": found is not None}
    context["too_many"] = found is not None and len(found) > MOST
    return render(request, "caseworker/search.html", context, status=422 if form.errors else 200)


def _listed(citizens: list[Citizen], user: User) -> list[Found]:
    """Her own cases with how contact stands, where there is anything to remark: agreed calm is not neglect."""
    courses = {citizen.pk: getattr(citizen, "course", None) for citizen in citizens}
    own = [one.pk for one in courses.values() if one is not None and user.has_perm("courses.view_own", one)]
    standing = said_of(user.kommune_id or 0, own, today())
    return [_found(citizen, courses[citizen.pk], user, standing) for citizen in citizens]


def _found(citizen: Citizen, course: Course | None, user: User, standing: dict[int, Said]) -> Found:
    own = course is not None and user.has_perm("courses.view_own", course)
    return Found(citizen, course, own, None if course is None else standing.get(course.pk))
