"""The citizen's words as staff sees them: to comment beside, never to change; and to take down for one who speaks."""

from __future__ import annotations

from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans import writing
from fodfaeste.casework.plans.models import Words
from fodfaeste.interfaces.web.caseworker.opening import opens_case


class CommentForm(forms.Form):
    """A comment beside her words."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Din kommentar"),
        help_text=gettext_lazy("Borgeren kan læse den. Hendes egne ord bliver stående."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv din kommentar, før du gemmer.")},
    )


class SpokenForm(forms.Form):
    """What she said, taken down."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad taler borgeren om?"),
        choices=Words.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, om ordene handler om målet eller situationen.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Med borgerens egne ord"),
        help_text=gettext_lazy("Læs det op, før du gemmer. Det mærkes med, at du skrev det ned."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv, hvad borgeren sagde, før du gemmer.")},
    )


@require_http_methods(["GET", "POST"])
@opens_case("words")
def words(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read them all; comment the one named ``om``, or take down new ones."""
    may_change = user.has_perm("courses.change", course)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not may_change:
        raise PermissionDenied(_("Kun en sagsbehandler i kommunen kan kommentere."))
    commented = posted.get("om", "") if posted is not None else ""
    comment = CommentForm(posted if commented else None, auto_id=f"id_{commented}_%s")
    spoken = SpokenForm(posted if posted is not None and not commented else None)
    if posted is not None and _saved(comment if commented else spoken, commented, request, user, course):
        return redirect("caseworker:words", course.citizen.reference)
    written = Words.objects.filter(course=course).select_related("taken_down_by").prefetch_related("comments__by")
    context: dict[str, Any] = {
        "course": course,
        "citizen": course.citizen,
        "written": [(one, comment if commented == str(one.pk) else _empty(one)) for one in written],
        "spoken": spoken,
        "form": comment if commented else spoken,
        "may_change": may_change,
    }
    return render(request, "caseworker/own_words.html", context, status=422 if posted is not None else 200)


def _empty(words: Words) -> CommentForm:
    return CommentForm(auto_id=f"id_{words.pk}_%s")


def _saved(form: forms.Form, commented: str, request: HttpRequest, user: User, course: Course) -> bool:
    if not form.is_valid():
        return False
    try:
        with pghistory.context(purpose=may_open(user, course, request.session) or ""):
            if commented:
                _comment(course, commented, form.cleaned_data["text"], user)
                messages.success(request, _("Kommentaren er gemt ved siden af borgerens ord."))
            else:
                made = writing.take_down(course, form.cleaned_data["kind"], form.cleaned_data["text"], user)
                said = _("Borgerens ord er skrevet ned.") if made else _("Det står der allerede.")
                messages.success(request, said)
    except RefusedError as refused:
        for name, said in refused.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return False
    return True


def _comment(course: Course, number: str, text: str, user: User) -> None:
    found = Words.objects.filter(course=course, pk=int(number) if number.isdecimal() else 0).first()
    if found is None:
        raise RefusedError({"text": _("De ord findes ikke. Åbn siden igen.")})
    found.course = course
    writing.comment(found, text, user)
