"""What a partner can write: an answer, and a step she offers to take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.plans.reading import SharedPart
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.planning.forms import Saying, text_field


class AnswerForm(Saying):
    """An answer or a report, to one step or to the whole."""

    step = forms.TypedChoiceField(label=_("Hvad svarer du på?"), required=False, empty_value=None)
    text = text_field(_("Dit svar"), 8000, _("Skriv dit svar."), rows=6)

    def __init__(self, shared: SharedPart, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = {str(one.step.pk): one.step for one in shared.steps}
        if not steps:
            del self.fields["step"]
            return
        field = self.fields["step"]
        field.choices = [("", _("Det hele")), *((pk, step.text) for pk, step in steps.items())]  # type: ignore[attr-defined]
        field.coerce = steps.get  # type: ignore[attr-defined]


class PartnerStepForm(Saying):
    """A step she offers to take."""

    text = text_field(_("Hvad kan I tilbyde?"), 300, _("Skriv, hvad I kan tilbyde."))
    on = DayField(
        _("Hvilken dag?"), required=False, help_text=_("Kun hvis dagen betyder noget. Ingen dag er også et svar.")
    )
    reason = text_field(_("Hvorfor den dag?"), 300, help_text=_("Skal med, når der er en dag."))
