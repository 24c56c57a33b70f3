"""Forms that fit what is asked: a yes or no, a day, a choice, a number; for an event or a spell its days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fodfaeste.facts import Field, UnfitValueError, Vocabulary, decode
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.wording import Words, raised, reworded, sentence

YES, NO = "ja", "nej"
_FEW = 6
_LONGEST_REASON = 4000
ANSWER, REASON, FIRST, LAST, ON = "svar", "begrundelse", "fra", "til", "dag"
UNKNOWN = "ved-ikke"
"""The button that says that nobody knows."""
_ATTR = "felt-"


class Refusable(forms.Form):
    """A form that can show what the vocabulary says against an answer; the browser stops nobody from asking later."""

    use_required_attribute = False

    def refuse(self, error: UnfitValueError) -> None:
        """Put the sentence above the form; what was typed stays."""
        said, mend = (reworded(part, rulebooks.language()) for part in (error.message, error.mend))
        self.add_error(None, sentence(f"{said}; {mend}"))


class FactForm(Refusable):
    """The value of one field; with a reason where a person judges, and from when it is true."""

    def __init__(self, field: Field, words: Words, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ANSWER] = value_field(
            field.type, words, _("Dit svar"), required=True, low=field.lo, high=field.hi
        )  # fmt: skip
        if field.kind == "judged":
            self.fields[REASON] = forms.CharField(
                label=_("Begrundelse"),
                help_text=_("Skriv kort, hvad vurderingen bygger på. Den gemmes med dit navn."),
                max_length=_LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"required": _("Skriv, hvad vurderingen bygger på.")},
            )
        self.fields[FIRST] = DayField(
            _("Gælder fra"), required=False, help_text=_("Lad feltet stå tomt, hvis det altid har været sådan.")
        )

    def answer(self) -> Any:
        """The value as the vocabulary has it. Only after ``is_valid``."""
        return plain_answer(self.cleaned_data[ANSWER])


class LineForm(Refusable):
    """Something that happened on a day, or lasts from a day on, with what is known of it."""

    def __init__(self, kind: str, words: Words, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.is_spell = today, kind in words.vocabulary.spells
        if self.is_spell:
            self.fields[FIRST] = DayField(_("Første dag"))
            self.fields[LAST] = DayField(
                _("Sidste dag"), required=False, help_text=_("Lad feltet stå tomt, hvis det varer ved.")
            )
        else:
            self.fields[ON] = DayField(_("Hvilken dag?"))
        for name, type_ in words.vocabulary.kind(kind).attrs.items():
            self.fields[_ATTR + name] = value_field(type_, words, raised(words.attribute(name)), required=False)

    def attrs(self) -> dict[str, Any]:
        """What is known of it. Only after ``is_valid``."""
        return {
            name.removeprefix(_ATTR): plain_answer(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(_ATTR) and value not in (None, "")
        }

    def clean_dag(self) -> date:
        """What has not happened yet cannot be written down as done."""
        on: date = self.cleaned_data[ON]
        if on > self.today:
            raise forms.ValidationError(_("Dagen ligger i fremtiden. Skriv den dag, det skete."))
        return on

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        found: dict[str, Any] = super().clean() or {}
        first, last = found.get(FIRST), found.get(LAST)
        if first and last and last < first:
            self.add_error(LAST, _("Sidste dag ligger før første dag. Byt om på de to, eller ret den ene."))
        return found


def value_field(
    type_: str, words: Words, label: str, *, required: bool, low: int | None = None, high: int | None = None
) -> forms.Field:
    """A form field for a type of the vocabulary; ``low`` and ``high`` are encoded bounds of the answer."""
    vocabulary = words.vocabulary
    if type_ == "bool":
        choices = [(YES, _("Ja")), (NO, _("Nej"))]
        return _choice(label, choices, required)
    if type_ in vocabulary.enums:
        values = vocabulary.enums[type_].values
        return _choice(label, [(value, raised(words.value(value, type_))) for value in values], required)
    if type_ == "date":
        bounds = _bounds(type_, vocabulary, low, high)
        return DayField(label, required=required, bounds=bounds)
    if type_ in ("money", "hours", "percent"):
        units = {"money": _("I kroner."), "hours": _("I timer."), "percent": _("I procent.")}
        return forms.DecimalField(
            label=label, required=required, help_text=units[type_], decimal_places=2, localize=True,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-width-s"}),
            **_limits(type_, vocabulary, low, high),
        )  # fmt: skip
    return forms.IntegerField(
        label=label, required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-width-s"}),
        **_limits(type_, vocabulary, low, high),
    )  # fmt: skip


def _choice(label: str, choices: list[tuple[str, str]], required: bool) -> forms.Field:
    messages = {"required": _("Vælg et svar, eller vælg »Det ved vi ikke«.")}
    if len(choices) <= _FEW and required:
        return forms.ChoiceField(
            label=label, choices=choices, required=required, widget=forms.RadioSelect, error_messages=messages
        )
    options = [("", _("Vælg")), *choices]
    return forms.ChoiceField(label=label, choices=options, required=required, error_messages=messages)


def _bounds(type_: str, vocabulary: Vocabulary, low: int | None, high: int | None) -> tuple[date, date] | None:
    if low is None or high is None:
        return None
    first, last = decode(low, type_, vocabulary), decode(high, type_, vocabulary)
    return (first, last) if isinstance(first, date) and isinstance(last, date) else None


def _limits(type_: str, vocabulary: Vocabulary, low: int | None, high: int | None) -> dict[str, Any]:
    if low is None or high is None:
        return {}
    return {"min_value": decode(low, type_, vocabulary), "max_value": decode(high, type_, vocabulary)}


def plain_answer(value: Any) -> Any:
    """What the form found, as a fact is written."""
    if value in (YES, NO):
        return value == YES
    return value


__all__ = ["ANSWER", "FIRST", "LAST", "ON", "REASON", "UNKNOWN", "FactForm", "LineForm", "plain_answer", "value_field"]
