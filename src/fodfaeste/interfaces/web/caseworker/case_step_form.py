"""The form of a case step: its own lines, and what the law would ask once they are written.

Nothing that is known is asked. What must be filled in names, like every other field, the section that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from fodfaeste.casework.courses.case_steps import CaseStep, StepLine
from fodfaeste.casework.courses.taking import Line, Said
from fodfaeste.interfaces.needs import Key, Need
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand
from fodfaeste.interfaces.web.caseworker.citizen_forms import Refusable, plain_answer, value_field
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.wording import label_of, listed, raised
from fodfaeste.reasoning import Question

FIRST, LAST, NOTE, ALONG, TOKEN = "first", "last", "note", "along", "token"
_ATTR, _BEGINS, _ANSWER, _REASON = "felt-", "begynder-", "svar-", "grund-"
_SHOWN_SECTIONS = 2
_LONGEST_NOTE = 10_000


class StepForm(Refusable):
    """One step of a case. ``lines()`` and ``said()`` give what was written, once the form is valid.

    ``needs`` tells which word of the vocabulary a field is about: its sections stand below the field.
    """

    def __init__(
        self, step: CaseStep, at_hand: CaseAtHand, register: dict[Key, Need], questions: Sequence[Question],
        running: Sequence[str], *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        assert step.main is not None
        self.step, self.main, self.at_hand, self.register = step, step.main, at_hand, register
        self.questions = list(questions)
        self.needs: dict[str, Key] = {}
        self.begins = [line for line in step.begins if line.kind not in running]
        self.fields[TOKEN] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
        self._days()
        self._attributes()
        for number, line in enumerate(self.begins):
            for name in line.ask:
                self._attribute(f"{_BEGINS}{number}-{name}", line, name, required=False)
        self._along()
        for question in self.questions:
            self._question(question)
        self.fields[NOTE] = forms.CharField(
            label=_("Note"), required=False, max_length=_LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
        )

    def _days(self) -> None:
        main = self.main
        self.needs[FIRST] = ("spell" if main.spell else "event", main.kind)
        self.fields[FIRST] = DayField(_("Første dag") if main.spell else _("Hvilken dag?"), help_text=self._why(FIRST))
        self.fields[FIRST].initial = self.at_hand.day
        if main.spell:
            self.fields[LAST] = DayField(
                _("Sidste dag"), required=False, help_text=_("Lad feltet stå tomt, hvis det varer ved.")
            )

    def _attributes(self) -> None:
        for name in self.main.ask:
            if self._needed(("attribute", self.main.kind, name)):
                self._attribute(_ATTR + name, self.main, name, required=name in self.main.must)

    def _attribute(self, field: str, line: StepLine, name: str, *, required: bool) -> None:
        words, vocabulary = self.at_hand.words, self.at_hand.vocabulary
        self.needs[field] = ("attribute", line.kind, name)
        label = words.kind(line.kind) if line in self.begins else words.attribute(name)
        type_ = vocabulary.kind(line.kind).attrs[name]
        made = value_field(type_, words, raised(label), required=required)
        made.help_text = self._why(field)
        values = line.only.get(name)
        if values and isinstance(made, forms.ChoiceField):
            offered = [(value, raised(words.value(value, type_))) for value in values]
            made.choices = [("", _("Vælg")), *offered]
        self.fields[field] = made

    def _along(self) -> None:
        words = self.at_hand.words
        found = [line for line in self.step.along if self._needed(("event", line.kind))]
        if found:
            self.fields[ALONG] = forms.MultipleChoiceField(
                label=_("Også samme dag"), required=False, widget=forms.CheckboxSelectMultiple,
                choices=[(line.kind, raised(words.kind(line.kind))) for line in found],
            )  # fmt: skip

    def _question(self, question: Question) -> None:
        field, words = self.at_hand.vocabulary.fields[question.name], self.at_hand.words
        name = _ANSWER + question.name
        self.needs[name] = ("field", question.name)
        asked = value_field(
            field.type, words, label_of(question.ask, words.lang), required=False, low=field.lo, high=field.hi
        )
        asked.help_text = _joined(self._refs(question), asked.help_text)
        self.fields[name] = asked
        if question.kind == "judged":
            self.fields[_REASON + question.name] = forms.CharField(
                label=_("Begrundelse"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Det er en vurdering. Skriv kort, hvad den bygger på; den gemmes i dit navn."),
            )  # fmt: skip

    def _needed(self, key: Key) -> bool:
        """Whether any rule of today reads it: what nobody needs is not asked."""
        return bool(self.register[key].now)

    def _why(self, field: str) -> str:
        return sections_text(self.register[self.needs[field]].sections, self.at_hand.words.lang)

    def _refs(self, question: Question) -> str:
        refs = [self.at_hand.book.norms[id_].ref for id_ in question.norms if id_ in self.at_hand.book.norms]
        found = list(dict.fromkeys(refs)) or self.register[("field", question.name)].sections
        return sections_text(found, self.at_hand.words.lang)

    @property
    def own(self) -> list[forms.BoundField]:
        """The step's own fields."""
        names = [FIRST, LAST, *(n for n in self.fields if n.startswith((_ATTR, _BEGINS)))]
        return [self[name] for name in names if name in self.fields]

    @property
    def asked(self) -> list[forms.BoundField]:
        """What the law asks of it, each judgement with its reason after it."""
        return [self[name] for name in self.fields if name.startswith((_ANSWER, _REASON))]

    def clean(self) -> dict[str, Any]:
        """A judgement needs a reason; a last day may not lie before the first."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get(FIRST), given.get(LAST)
        if first and last and last < first:
            self.add_error(LAST, _("Sidste dag ligger før første dag. Byt om på de to, eller ret den ene."))
        if first and not self.main.spell and first > self.at_hand.day:
            self.add_error(FIRST, _("Dagen ligger i fremtiden. Skriv den dag, det skete."))
        for question in self.questions:
            reason = _REASON + question.name
            answered = given.get(_ANSWER + question.name) not in (None, "")
            if reason in self.fields and answered and not (given.get(reason) or "").strip():
                self.add_error(reason, _("Skriv, hvad vurderingen bygger på, eller lad svaret stå åbent."))
        return given

    def lines(self) -> tuple[Line, ...]:
        """The lines to write, the main one first."""
        given, first = self.cleaned_data, self.cleaned_data[FIRST]
        typed = {name.removeprefix(_ATTR): plain_answer(v) for name, v in given.items() if name.startswith(_ATTR)}
        attrs = {**self.main.fixed, **{name: value for name, value in typed.items() if value not in (None, "")}}
        found = [Line(self.main.kind, self.main.spell, first, given.get(LAST), attrs)]
        for number, line in enumerate(self.begins):
            values = {name: given.get(f"{_BEGINS}{number}-{name}") for name in line.ask}
            if all(values.values()):
                found.append(Line(line.kind, line.spell, first, None, {**line.fixed, **values}))
        for line in self.step.along:
            if line.kind in given.get(ALONG, ()):
                copied = {name: attrs[other] for name, other in line.copy.items() if other in attrs}
                found.append(Line(line.kind, line.spell, first, None, {**line.fixed, **copied}))
        return tuple(found)

    def said(self) -> tuple[Said, ...]:
        """The answers given. They count from the step's first day, or from today when that is later."""
        given = self.cleaned_data
        first: date = min(given[FIRST], self.at_hand.day)
        return tuple(
            Said(question.name, plain_answer(value), (given.get(_REASON + question.name) or "").strip(), first)
            for question in self.questions
            if (value := given.get(_ANSWER + question.name)) not in (None, "")
        )

    def add_errors(self, errors: dict[str, str]) -> None:
        """Put each sentence of a refusal at its field."""
        for name, said in errors.items():
            field = name if name in self.fields else _ANSWER + name
            self.add_error(field if field in self.fields else None, said)


def sections_text(refs: Sequence[str], lang: Any) -> str:
    """``LAB § 59 og LAB § 63``; of many the first two and how many more."""
    shown, more = list(refs[:_SHOWN_SECTIONS]), len(refs) - _SHOWN_SECTIONS
    if more > 0:
        return "; ".join(shown) + " " + _("og %(n)d til") % {"n": more}
    return listed(shown, lang)


def hypothetical(step: CaseStep, day: date) -> Line:
    """The step's main line as it would be written on a day, with nothing known of it but what the step says."""
    assert step.main is not None
    return Line(step.main.kind, step.main.spell, day, None, step.main.fixed)


def _joined(*parts: Any) -> str:
    return " · ".join(str(part) for part in parts if part)
