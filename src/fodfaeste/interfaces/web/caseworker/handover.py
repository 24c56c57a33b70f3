"""*Overdrag*: the course goes to a colleague; one entry, and nothing is written again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses import handing_over
from fodfaeste.casework.courses.models import Course, Handover
from fodfaeste.casework.courses.responsible import responsibles_on
from fodfaeste.casework.plans.queries import appointments_ahead
from fodfaeste.interfaces.web.caseworker.citizen_forms import Refusable
from fodfaeste.interfaces.web.caseworker.opening import opens_case

_LONGEST_WORDS = 4000


class HandoverForm(Refusable):
    """Who takes over, and what she should know that stands nowhere else."""

    def __init__(self, course: Course, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"] = Somebody(
            queryset=colleagues(course.kommune_id).exclude(pk=course.caseworker_id),
            label=_("Ny sagsbehandler"), empty_label=_("Vælg"),
            error_messages={
                "required": _("Vælg, hvem der skal have borgeren."),
                "invalid_choice": _("Vælg en sagsbehandler i kommunen."),
            },
        )  # fmt: skip
        self.fields["words"] = forms.CharField(
            label=_("Det skal hun eller han vide"), required=False, max_length=_LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("Alt, der står i sagen, følger med af sig selv. Skriv kun det, der ikke står der."),
        )  # fmt: skip


class Somebody(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none when it runs
    """A choice of users by name and team."""

    def label_from_instance(self, obj: User) -> str:
        """The name, with the team in brackets."""
        return f"{obj.name} ({obj.team})" if obj.team else str(obj.name)


def colleagues(kommune: int) -> Any:
    """The caseworkers of a municipality by name."""
    found = User.objects.filter(kommune=kommune, role=Role.CASEWORKER, is_active=True)
    return found.order_by("first_name", "last_name", "pk")


@require_http_methods(["GET", "POST"])
@opens_case("handover")
def hand_over(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The form, and who has had the course until now."""
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune kan overdrage en borger."))
    form = HandoverForm(course, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, user, course):
        return redirect("caseworker:handover", course.citizen.reference)
    day = today()
    context = {
        "course": course,
        "citizen": course.citizen,
        "form": form,
        "answers": responsibles_on([course], day)[course.pk],
        "earlier": Handover.objects.filter(course=course).select_related("giver", "taker", "by").order_by("-pk"),
        "ahead": appointments_ahead(course, day),
        "stays": counted(course, day),
    }
    return render(request, "caseworker/handover.html", context, status=422 if form.errors else 200)


def counted(course: Course, day: date) -> dict[str, int]:
    """How much of the course follows, by what it is."""
    return {
        "facts": course.facts.values("field").distinct().count(),
        "lines": course.events.filter(standing=True).count() + course.spells.filter(standing=True).count(),
        "steps": course.steps.filter(done=None, dropped_at=None).count(),
    }


def _saved(request: HttpRequest, form: HandoverForm, user: User, course: Course) -> bool:
    try:
        with pghistory.context(purpose=may_open(user, course, request.session) or ""):
            done = handing_over.hand_over(
                course, form.cleaned_data["taker"], user, today(), form.cleaned_data["words"]
            )  # fmt: skip
    except RefusedError as error:
        for name, said in error.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return False
    said = _("%(citizen)s er overdraget til %(name)s. Aftaler forude er flyttet med.")
    messages.success(request, said % {"citizen": course.citizen.name, "name": done.taker.name})
    return True
