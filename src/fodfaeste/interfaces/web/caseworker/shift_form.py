"""The form of a change of benefit or target group, and the case as it would be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from fodfaeste.casework.courses.models import Spell
from fodfaeste.casework.courses.taking import BENEFIT, GROUP, Line, Shift
from fodfaeste.facts import Case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.needs import Key, Need
from fodfaeste.interfaces.web.caseworker.case_lines import with_lines
from fodfaeste.interfaces.web.caseworker.case_step_form import sections_text
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand
from fodfaeste.interfaces.web.caseworker.citizen_forms import Refusable
from fodfaeste.interfaces.web.caseworker.citizen_regimes import IN_FORCE, offered
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.wording import raised

ALONG = (
    "foerste-fravaersdag",
    "foerste-henvendelse",
    "tilmelding",
    "dp-indplacering",
    "raskmelding",
    "akasse-overgang",
)
"""What often happens the day a benefit changes, and is an event of its own to the law."""

NONE = "ingen"
_TYPES = {"benefit": (BENEFIT, "type"), "group": (GROUP, "gruppe")}


class ShiftForm(Refusable):
    """From which day, to which benefit and target group. Left as they were, they stay."""

    def __init__(self, at_hand: CaseAtHand, register: dict[Key, Need], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at_hand = at_hand
        self.needs: dict[str, Key] = {"on": ("spell", BENEFIT)}
        words = at_hand.words
        self.fields["token"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
        self.fields["on"] = DayField(
            _("Fra hvilken dag?"), initial=at_hand.day,
            missing=_("Skriv den første dag med det nye, for eksempel 31.1.2026."),
        )  # fmt: skip
        for field, label, gone in (
            ("benefit", _("Ny ydelse"), _("Ingen ydelse længere")),
            ("group", _("Ny målgruppe"), _("Ingen målgruppe længere")),
        ):
            kind, attribute = _TYPES[field]
            type_ = at_hand.vocabulary.spells[kind].attrs[attribute]
            values = at_hand.vocabulary.enums[type_].values
            choices = [
                ("", _("Som før")),
                *((value, raised(words.value(value, type_))) for value in values),
                (NONE, gone),
            ]
            self.fields[field] = forms.ChoiceField(label=label, choices=choices, required=False)
        known = [kind for kind in ALONG if kind in at_hand.vocabulary.events and register[("event", kind)].now]
        self.fields["along"] = forms.MultipleChoiceField(
            label=_("Også samme dag"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(kind, raised(words.kind(kind))) for kind in known],
        )  # fmt: skip
        self.fields["regime"] = forms.ChoiceField(
            label=_("Se fristerne under andre regler"), required=False,
            choices=offered(at_hand.course.kommune.slug, at_hand.day),
            help_text=_("Det ændrer ikke, hvad der gemmes."),
        )  # fmt: skip
        self.fields["on"].help_text = sections_text(register[self.needs["on"]].sections, words.lang)

    def change(self) -> Shift:
        """What was asked for. Only after ``is_valid``."""
        benefit, group = (self.cleaned_data[name] for name in ("benefit", "group"))
        return Shift(
            self.cleaned_data["on"], None if benefit == NONE else benefit, None if group == NONE else group
        )  # fmt: skip

    @property
    def regime(self) -> str:
        """The rules to see the clocks under."""
        return self.cleaned_data.get("regime") or IN_FORCE


def case_after(at_hand: CaseAtHand, change: Shift, running: dict[str, Spell], along: list[str]) -> Case:
    """The case as it would be after a change, nothing of which is written."""
    ends = []
    for kind in change.wanted():
        old = running.get(kind)
        if old is not None:
            line = next(one for one in at_hand.case.spells if one.kind == kind and one.id == str(old.pk))
            ends.append(replace(line, end=to_day(change.on) - 1))
    names = {BENEFIT: "type", GROUP: "gruppe"}
    begun = [
        Line(kind, True, change.on, None, {names[kind]: value})
        for kind, value in change.wanted().items()
        if value is not None
    ]
    return with_lines(
        at_hand.case, at_hand.vocabulary, [*begun, *(Line(kind, False, change.on) for kind in along)], ends
    )  # fmt: skip
