"""Letting somebody in: who, why, on what section, how long, and to exactly which steps and parts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.access.today import today
from fodfaeste.casework.plans.inviting import Terms, invite
from fodfaeste.casework.plans.models import Invitation, Part, Step
from fodfaeste.casework.plans.reading import Plan, partners_of, plan_of
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.planning.forms import Saying, choice_field, save, text_field
from fodfaeste.interfaces.web.planning.side import Side


class InviteForm(Saying):
    """Who is let in to what."""

    kind = choice_field(gettext_lazy("Hvem er det?"), gettext_lazy("Vælg, hvem der skal med."))
    user = forms.ChoiceField(
        label=gettext_lazy("Navn"), required=False,
        help_text=gettext_lazy("Står navnet her ikke, skal din leder først oprette personen."),
    )  # fmt: skip
    name = text_field(
        gettext_lazy("Bisidderens navn"), 80,
        help_text=gettext_lazy("Kun for en bisidder. En bisidder ser ikke planen."),
    )  # fmt: skip
    purpose = text_field(
        gettext_lazy("Hvad skal det bruges til?"), 300,
        gettext_lazy("Skriv, hvad det skal bruges til. Borgeren kan læse det."), rows=2,
        help_text=gettext_lazy("Borgeren kan læse det."),
    )  # fmt: skip
    basis = text_field(
        gettext_lazy("Hvad bygger delingen på?"), 120,
        gettext_lazy("Skriv, hvad delingen bygger på: en paragraf eller borgerens samtykke."),
        help_text=gettext_lazy("Loven og paragraffen, eller borgerens samtykke."),
    )  # fmt: skip
    consent_on = DayField(
        gettext_lazy("Dagen, borgeren sagde ja"),
        required=False,
        help_text=gettext_lazy("Hvis delingen bygger på samtykke. Så kan borgeren selv lukke den igen."),
    )
    begins = DayField(gettext_lazy("Fra"))
    until = DayField(gettext_lazy("Til og med"))
    steps = forms.MultipleChoiceField(
        label=gettext_lazy("Skridt, der deles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Dele af planen, der deles helt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sees_goal = forms.BooleanField(label=gettext_lazy("Må se borgerens mål"), required=False)
    sees_appointments = forms.BooleanField(label=gettext_lazy("Må se, hvornår der er møder"), required=False)
    may_act = forms.BooleanField(
        label=gettext_lazy("Må handle for borgeren (kun med fuldmagt)"), required=False,
        help_text=gettext_lazy("Ser hele planen, og skriver i den på borgerens vegne."),
    )  # fmt: skip

    def __init__(self, plan: Plan, kommune: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.partners = {str(one.pk): one for one in partners_of(kommune)}
        choices = {
            "kind": [("", _("Vælg")), *Invitation.Kind.choices],
            "user": [("", _("Vælg")), *((pk, f"{one.organisation} – {one.name}".strip(" –"))
                                        for pk, one in self.partners.items())],
            "steps": [(str(one.step.pk), one.step.text) for one in plan.standing],
            "parts": [(str(one.pk), f"{one.title} ({one.ref})") for one in plan.parts],
        }  # fmt: skip
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        for name in ("steps", "parts"):
            if not choices[name]:
                del self.fields[name]

    def terms(self) -> Terms:
        """What was agreed. Only after ``is_valid``."""
        said = dict(self.cleaned_data)
        said["user"] = self.partners.get(said["user"])
        said["steps"] = tuple(self._rows(Step, "steps"))
        said["parts"] = tuple(self._rows(Part, "parts"))
        return Terms(**said)

    def _rows(self, model: Any, name: str) -> Any:
        return model.objects.filter(pk__in=self.cleaned_data.get(name, ()))


def let_in(request: HttpRequest, side: Side) -> HttpResponse:
    """Fill in, and let in. Nothing is shared but what is ticked."""
    if not side.may_write:
        raise PermissionDenied(_("Du kan læse planen, men ikke skrive i den."))
    plan = plan_of(side.course, today())
    data = request.POST if request.method == "POST" else None
    form = InviteForm(plan, side.course.kommune_id, data, initial={"begins": plan.day})
    if data is not None:

        def write() -> object:
            return invite(side.course, side.user, form.terms(), plan.day)

        if save(request, form, write, _("Personen kan nu se det, du har delt. Borgeren kan se, hvem det er.")):
            return redirect(side.plan)
    context = {"side": side, "course": side.course, "citizen": side.course.citizen, "form": form}
    return render(request, "caseworker/invite.html", context, status=422 if form.errors else 200)
