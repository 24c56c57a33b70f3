"""One row of the day as it is written in afterwards: a conversation that was held, or that was not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.contacts.afterwards import MISSED, OFF
from fodfaeste.interfaces.web.caseworker.conversation_form import ConversationForm

HELD, LATER = "held", "later"
_WRITTEN = ("note", "next_day", "next_time")
"""What nobody types without a meaning."""


class AfterForm(ConversationForm):
    """As the form of a conversation, with how it went first. A row left alone is not sent."""

    went = forms.ChoiceField(
        label=gettext_lazy("Hvordan gik det?"),
        widget=forms.RadioSelect,
        choices=[
            (HELD, gettext_lazy("Holdt")),
            (MISSED, gettext_lazy("Borgeren kom ikke")),
            (OFF, gettext_lazy("Blev ikke til noget")),
            (LATER, gettext_lazy("Skriver jeg senere")),
        ],
        error_messages={
            "required": gettext_lazy("Vælg, hvordan det gik."),
            "invalid_choice": gettext_lazy("Vælg kun blandt det viste."),
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad blev holdt?"),
        error_messages={
            "required": gettext_lazy("Vælg, hvad der blev holdt."),
            "invalid_choice": gettext_lazy(
                "Det er ikke en samtale, kommunen kan registrere. Vælg en af slagsene på listen."
            ),
        },
    )
    field_order = ("went",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 2

    @property
    def chosen(self) -> str:
        """How it went; empty where that is left for later."""
        went = str(self.cleaned_data.get("went", "")) if self.is_bound else ""
        return "" if went == LATER else went

    def clean(self) -> dict[str, Any]:
        """What was not held needs neither kind nor day; what was typed without an answer is not thrown away."""
        given = super().clean()
        went = given.get("went", "")
        if went in (MISSED, OFF):
            for name in [name for name in self.errors if name not in ("went", "note")]:
                del self.errors[name]
        elif went == LATER:
            written = [name for name in _WRITTEN if str(self.data.get(self.add_prefix(name), "")).strip()]
            self.errors.clear()
            if written:
                self.add_error("went", _("Vælg, hvordan det gik. Det, du skrev, er ikke gemt endnu."))
        return given
