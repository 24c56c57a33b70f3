"""Her goal and her situation in her own words: she alone writes; what staff answers stands beside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans import writing
from fodfaeste.casework.plans.models import Words
from fodfaeste.interfaces.web.citizen.own import own_page

ABOUT = {
    Words.Kind.GOAL: (
        gettext_lazy("Mit mål"),
        gettext_lazy("Hvad vil du gerne? Hvad ville være en god hverdag for dig?"),
    ),
    Words.Kind.SITUATION: (
        gettext_lazy("Min situation"),
        gettext_lazy("Hvordan har du det? Hvad kan du, og hvad er svært lige nu?"),
    ),
}
"""What she writes about, with the question that helps her begin."""


class WordsForm(forms.Form):
    """One text of hers."""

    use_required_attribute = False
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Skriv noget, før du gemmer.")},
    )

    def __init__(self, kind: str, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=kind, **kwargs)
        self.fields["text"].label = str(ABOUT[Words.Kind(kind)][1])


@require_http_methods(["GET", "POST"])
@own_page
def words(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """Read and write her own words; what she wrote earlier can be unfolded."""
    wanted = request.POST.get("hvad", "")
    bound = None
    if request.method == "POST" and wanted in Words.Kind.values:
        bound = WordsForm(wanted, request.POST)
        if _saved(bound, wanted, request, user, course):
            return redirect("citizen:words")
    written = list(Words.objects.filter(course=course).select_related("taken_down_by").prefetch_related("comments__by"))
    parts = [_part(written, kind, bound if bound and bound.prefix == kind else None) for kind in Words.Kind.values]
    status = 422 if bound is not None else 200
    return render(request, "citizen/words.html", {"course": course, "parts": parts, "form": bound}, status=status)


def _saved(form: WordsForm, kind: str, request: HttpRequest, user: User, course: Course) -> bool:
    if not form.is_valid():
        return False
    try:
        made = writing.write_words(course, kind, form.cleaned_data["text"], user)
    except RefusedError as refused:
        for name, said in refused.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return False
    if made is None:
        messages.info(request, _("Det står der allerede. Der er ikke gemt noget nyt."))
    else:
        messages.success(request, _("Dine ord er gemt. Det, du skrev før, kan stadig læses."))
    return True


def _part(every: list[Words], kind: str, form: WordsForm | None) -> dict[str, Any]:
    written = [words for words in every if words.kind == kind]
    latest = next(iter(written), None)
    label, hint = ABOUT[Words.Kind(kind)]
    return {
        "kind": kind,
        "label": label,
        "hint": hint,
        "latest": latest,
        "earlier": written[1:],
        "form": form or WordsForm(kind, initial={"text": latest.text if latest else ""}),
    }
