"""*Hvorfor slår du op?*: asked before somebody opens a case that is not her own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.queries import remember_purpose
from fodfaeste.interfaces.web.caseworker.opening import course_of, signed_in

REASONS = {
    "contact": gettext_lazy("Borgeren har henvendt sig"),
    "stand-in": gettext_lazy("Jeg passer sagen for en kollega"),
    "hand-over": gettext_lazy("Jeg overtager sagen"),
    "access": gettext_lazy("Klage eller aktindsigt"),
    "supervision": gettext_lazy("Ledelsestilsyn"),
    "other": gettext_lazy("Noget andet"),
}


class PurposeForm(forms.Form):
    """Why somebody opens the case."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Grund"),
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Vælg en grund. Uden den kan sagen ikke åbnes."),
            "invalid_choice": gettext_lazy("Vælg en af grundene på listen."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("Med dine ord"),
        help_text=gettext_lazy("Borgeren kan se, hvad du skriver her."),
        max_length=150,
        required=False,
        error_messages={"max_length": gettext_lazy("Skriv det kortere: højst 150 tegn.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["words"].widget.attrs["maxlength"]  # a browser would cut the text off without a word

    def clean(self) -> dict[str, object]:
        """Something else must be said in words."""
        given = super().clean() or {}
        if given.get("reason") == "other" and not str(given.get("words") or "").strip():
            self.add_error("words", _("Skriv med nogle ord, hvorfor du åbner sagen."))
        return given

    def purpose(self) -> str:
        """The purpose as it is written down, in Danish, which is the language of the log."""
        with override("da"):
            reason = str(REASONS[self.cleaned_data["reason"]])
        words = self.cleaned_data["words"].strip()
        return f"{reason}: {words}" if words else reason


@require_http_methods(["GET", "POST"])
def give_purpose(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Ask why, remember it while she is signed in, and go on to the page she wanted."""
    user, course = signed_in(request), course_of(reference)
    if not user.has_perm("courses.view", course):
        raise PermissionDenied(_("Sagen hører til en anden kommune. Slå op i din egen kommunes sager."))
    onward = _onward(request, reference)
    if user.has_perm("courses.view_own", course):
        return redirect(onward)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        remember_purpose(request.session, course, form.purpose())
        return redirect(onward)
    context = {"form": form, "course": course, "next": onward}
    return render(request, "caseworker/purpose.html", context, status=422 if form.errors else 200)


def _onward(request: HttpRequest, reference: UUID) -> str:
    given = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if ours else reverse("caseworker:citizen", args=[reference])
