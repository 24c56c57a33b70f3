"""*Det er forkert*: she writes what is wrong in a line, or what is missing, and sees it stand beside the line."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course, Objection
from fodfaeste.casework.courses.objecting import line_of, object_to
from fodfaeste.interfaces.web.citizen.facts import one_line
from fodfaeste.interfaces.web.citizen.own import own_page


class ObjectionForm(forms.Form):
    """What is wrong, in her words."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Hvad er forkert?"),
        help_text=gettext_lazy("Skriv gerne, hvad der er rigtigt."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv, hvad der er forkert. Så kan din sagsbehandler rette det.")},
    )


@require_http_methods(["GET", "POST"])
@own_page
def object_to_line(request: HttpRequest, user: User, course: Course, about: str, line: int) -> HttpResponse:
    """Ask what is wrong and write it down. ``about`` is fact, event, spell, or missing (``line`` 0)."""
    found = line_of(course, about, line)
    shown = None if found is None else one_line(course, found)
    if shown is None and about != Objection.About.MISSING:
        raise Http404(_("Den oplysning står her ikke mere. Gå tilbage til det, kommunen ved om dig."))
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if shown is None:
        form.fields["text"].label = _("Hvad mangler der?")
        form.fields["text"].help_text = _("Skriv det, du synes, kommunen skal vide.")
    if request.method == "POST" and _saved(form, course, about, line, user):
        messages.success(
            request, _("Tak. Dine ord står nu ved siden af oplysningen. Din sagsbehandler skal svare dig.")
        )
        return redirect("citizen:facts")
    context = {"course": course, "line": shown, "form": form}
    return render(request, "citizen/object.html", context, status=422 if form.errors else 200)


def _saved(form: ObjectionForm, course: Course, about: str, line: int, user: User) -> bool:
    if not form.is_valid():
        return False
    try:
        object_to(course, about, line, form.cleaned_data["text"], user)
    except RefusedError as refused:
        for said in refused.errors.values():
            form.add_error("text", said)
        return False
    return True
