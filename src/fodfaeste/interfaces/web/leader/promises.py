"""*Vores løfter*: what the municipality has promised above the law, and giving one up where everybody can see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.local.actions import decide
from fodfaeste.casework.local.models import Decision
from fodfaeste.casework.local.queries import decisions_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.local_promises import Promised, promised_norms, promises_of

_EMPTY = gettext_lazy("Feltet skal udfyldes. Det står på hver sag, løftet gælder.")


class DecisionForm(forms.Form):
    """Who decided what, from when and why."""

    use_required_attribute = False

    norm = forms.ChoiceField(
        label=gettext_lazy("Løftet"), error_messages={"invalid_choice": gettext_lazy("Vælg et løfte fra listen.")}
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Hvad er besluttet?"),
        widget=forms.RadioSelect,
        choices=[
            (Decision.What.GIVEN_UP, gettext_lazy("Løftet opgives")),
            (Decision.What.KEPT, gettext_lazy("Løftet tages op igen")),
        ],
        error_messages={"required": gettext_lazy("Vælg, om løftet opgives eller tages op igen.")},
    )
    begins = DayField(gettext_lazy("Fra og med"))
    decided_by = forms.CharField(
        label=gettext_lazy("Hvem har besluttet det?"),
        help_text=gettext_lazy("For eksempel udvalget og mødets dag."),
        max_length=120,
        error_messages={"required": _EMPTY, "max_length": gettext_lazy("Skriv det kortere: højst 120 tegn.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Borgeren og sagsbehandleren kan læse det."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _EMPTY, "max_length": gettext_lazy("Skriv det kortere: højst 500 tegn.")},
    )

    def __init__(self, *args: Any, promised: list[Promised], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["norm"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.norm, f"{one.label} ({one.ref})") for one in promised]
        for name in ("decided_by", "reason"):
            del self.fields[name].widget.attrs["maxlength"]  # a browser would cut the text off without a word


@dataclass(frozen=True)
class Row:
    """A promise, and the decision that counts today where there is one."""

    promise: Promised
    decision: Decision | None

    @property
    def gone(self) -> bool:
        """Whether it is given up today."""
        return self.decision is not None and self.decision.what == Decision.What.GIVEN_UP


@require_http_methods(["GET", "POST"])
def promises(request: HttpRequest) -> HttpResponse:
    """Every promise above the law with what was decided about it; a decision is written down with who, when and why."""
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if not user.has_perm("local.decide") or user.kommune is None:
        raise PermissionDenied(_("Siden er for ledere. Løfterne står på hver sag, de gælder."))
    book = rulebooks.rulebook_of(today(), user.kommune.slug)
    promised = promises_of(book)
    form = DecisionForm(
        request.POST if request.method == "POST" else None, promised=promised, initial={"begins": today()}
    )
    if form.is_valid() and _saved(form, user, promised_norms(book)):
        messages.success(request, _("Beslutningen er skrevet ned og står nu på de sager, løftet gælder."))
        return redirect("leader:promises")
    written = decisions_of(user.kommune.slug)
    standing: dict[str, Decision] = {}
    for one in written:
        if one.begins <= today():
            standing.setdefault(one.norm, one)
    labels = {one.norm: one.label for one in promised}
    context = {
        "rows": [Row(one, standing.get(one.norm)) for one in promised],
        "written": [(labels.get(one.norm, one.norm), one) for one in written],
        "form": form,
    }
    return render(request, "leader/promises.html", context, status=422 if form.errors else 200)


def _saved(form: DecisionForm, user: User, promised: tuple[str, ...]) -> bool:
    given = form.cleaned_data
    try:
        decide(
            given["norm"], given["what"], given["begins"], given["decided_by"], given["reason"], user, today(), promised
        )
    except RefusedError as error:
        for name, said in error.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return False
    return True
