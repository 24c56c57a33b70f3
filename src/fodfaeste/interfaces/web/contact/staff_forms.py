"""What a caseworker writes about contact: each form saves one thing, and tells at its fields what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.models import Form, SignalCall
from fodfaeste.casework.plans.models import Party
from fodfaeste.interfaces.web.days import ClockField, DayField

_UNLISTED = {"invalid_choice": _("Vælg kun blandt det viste."), "required": _("Vælg en af dem.")}


_FIELDS = {"form": "way", "forms": "ways"}  # a field named "form" would hide the form's own property in the browser


def _words(label: Any, missing: Any, most: int = 300, rows: int = 0, **more: Any) -> forms.CharField:
    """A text that must be written; ``missing`` says what to write when it is not."""
    told = {"required": missing, "max_length": format_lazy(_("Skriv det kortere: højst {most} tegn."), most=most)}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    field = forms.CharField(label=label, max_length=most, widget=widget, error_messages=told, **more)
    del field.widget.attrs["maxlength"]  # a browser would cut a text off without a word
    return field


class Said(forms.Form):
    """A form whose reasons for a refusal come from the action."""

    use_required_attribute = False

    def refuse(self, refused: RefusedError) -> None:
        """Put each sentence at its field; those about no field stand at the top."""
        for name, told in refused.errors.items():
            field = _FIELDS.get(name, name)
            self.add_error(field if field in self.fields else None, told)


class CadenceForm(Said):
    """How often and how the two are in contact."""

    weeks = forms.IntegerField(
        label=_("Hvor mange uger imellem?"), required=False, min_value=1, max_value=104,
        help_text=_("Tomt: når en af jer beder om det."),
        widget=forms.NumberInput(attrs={"class": "input-width-xs"}),
        error_messages={
            "invalid": _("Skriv et helt antal uger."), "min_value": _("Skriv mindst 1 uge."),
            "max_value": _("Skriv højst 104 uger."),
        },
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("Hvordan"), choices=Form.choices, widget=forms.RadioSelect, error_messages=_UNLISTED
    )
    reason = _words(_("Hvorfor sådan?"), _("Skriv, hvorfor I har aftalt det sådan. En sætning er nok."))
    until = DayField(_("I ser på det igen"), required=False)
    proposed_by = forms.ChoiceField(
        label=_("Hvem foreslog det?"), choices=[one for one in Party.choices if one[0] != Party.PARTNER],
        widget=forms.RadioSelect, error_messages=_UNLISTED,
    )  # fmt: skip


class CalmForm(Said):
    """Peace for a while."""

    until = DayField(_("Ro til og med"))
    reason = _words(
        _("Hvorfor"), _("Skriv, hvorfor I har aftalt ro. Brug gerne borgerens egne ord."),
        help_text=_("Brug gerne borgerens egne ord."),
    )  # fmt: skip
    way_back = _words(_("Sådan tager I kontakten op igen"), _("Skriv, hvordan I tager kontakten op igen."))
    said_on = DayField(
        _("Den dag, borgeren sagde ja i en samtale"), required=False,
        help_text=_("Lad feltet stå tomt, hvis I ikke har talt om det. Så bliver borgeren spurgt på sin egen side."),
    )  # fmt: skip


class CalmSaidForm(Said):
    """The citizen said yes in a conversation to calm that was put forward."""

    said_on = DayField(_("Den dag, borgeren sagde ja i en samtale"))


class ArrangeForm(Said):
    """A time the two have agreed."""

    day = DayField(_("Dag"))
    clock = ClockField(_("Klokken"))
    way = forms.ChoiceField(
        label=_("Hvordan"), choices=Form.choices, widget=forms.RadioSelect, error_messages=_UNLISTED
    )
    place = forms.CharField(label=_("Sted"), max_length=80, required=False)
    reason = forms.CharField(
        label=_("Hvorfor ikke et fysisk møde?"), max_length=300, required=False,
        help_text=_("Kun hvis borgeren ønsker at mødes, og det ikke bliver et møde denne gang."),
    )  # fmt: skip


class DrivenForm(Said):
    """Going on by herself, after need has been asked about."""

    need_asked = _words(
        _("Hvad har borgeren brug for, når du spørger?"),
        _("Spørg først, hvad borgeren har brug for, og skriv svaret. Uden det begynder sporet ikke."), most=500, rows=2,
        help_text=_("Skriv svaret, også når det er »ikke noget lige nu«."),
    )  # fmt: skip


class ExemptForm(Said):
    """The judgement an exemption rests on."""

    reason = _words(
        _("Hvad bygger du på, at borgeren selv kan finde arbejde?"),
        _("Skriv, hvad du bygger på, at borgeren selv kan finde arbejde."), most=2000, rows=2,
    )  # fmt: skip


class CallForm(Said):
    """A call because of a sign."""

    reached = forms.ChoiceField(
        label=_("Fik du fat i borgeren?"), choices=SignalCall.Reached.choices, widget=forms.RadioSelect,
        error_messages=_UNLISTED,
    )  # fmt: skip
    text = forms.CharField(label=_("Hvad talte I om?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(Said):
    """What came of a request for help."""

    text = _words(
        _("Hvad blev I enige om? Borgeren kan læse det."),
        _("Skriv kort, hvad I blev enige om. Borgeren kan læse det."), most=2000, rows=2,
    )  # fmt: skip


class SlotsForm(Said):
    """Times to offer on a day."""

    day = DayField(_("Dag"))
    first = ClockField(_("Fra klokken"))
    last = ClockField(_("Til klokken"))
    minutes = forms.TypedChoiceField(
        label=_("Minutter til hver"), coerce=int, initial=30, choices=[(n, str(n)) for n in (15, 20, 30, 45, 60, 90)],
        error_messages=_UNLISTED,
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        label=_("Hvordan kan I mødes?"), choices=Form.choices, initial=list(Form.values),
        widget=forms.CheckboxSelectMultiple, error_messages=_UNLISTED,
    )  # fmt: skip
    place = forms.CharField(
        label=_("Sted"), max_length=80, required=False, help_text=_("Skal stå der, når I kan mødes fysisk.")
    )


FORMS: Mapping[str, type[Said]] = {
    "aftale": CadenceForm, "ro": CalmForm, "sagt-ro": CalmSaidForm, "tid": ArrangeForm, "selv": DrivenForm,
    "fritag": ExemptForm, "ring": CallForm, "svar": AnswerForm,
}  # fmt: skip
"""The forms of the page about one citizen's contact, by what the button says it does."""
