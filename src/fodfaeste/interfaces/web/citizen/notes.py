"""Her own notes, which the database shows to nobody else."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans import writing
from fodfaeste.casework.plans.models import OwnNote
from fodfaeste.interfaces.web.citizen.own import own_page


class NoteForm(forms.Form):
    """A note."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Ny note"),
        help_text=gettext_lazy("For eksempel det, du vil huske at spørge om."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv din note, før du gemmer.")},
    )


@require_http_methods(["GET", "POST"])
@own_page
def notes(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read them, write one (``text``), throw one away (``slet``)."""
    form = NoteForm(request.POST if request.method == "POST" and "slet" not in request.POST else None)
    if request.method == "POST" and _done(form, request, user, course):
        return redirect("citizen:notes")
    context = {"course": course, "form": form, "notes": OwnNote.objects.filter(course=course)}
    return render(request, "citizen/notes.html", context, status=422 if form.errors else 200)


def _done(form: NoteForm, request: HttpRequest, user: User, course: Course) -> bool:
    if "slet" in request.POST:
        number = request.POST["slet"]
        note = get_object_or_404(OwnNote, course=course, pk=int(number) if number.isdecimal() else 0)
        writing.remove_note(note, user)
        messages.success(request, _("Noten er slettet."))
        return True
    if not form.is_valid():
        return False
    try:
        writing.write_note(course, form.cleaned_data["text"], user)
    except RefusedError as refused:
        for said in refused.errors.values():
            form.add_error("text", said)
        return False
    messages.success(request, _("Noten er gemt. Kun du kan se den."))
    return True
