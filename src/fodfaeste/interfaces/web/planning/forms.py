"""Forms of the plan. What an action says against what was typed stands at its field, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.plans.models import Need, Part, Party, Position, Step
from fodfaeste.casework.plans.needs import Basis
from fodfaeste.casework.plans.proposing import Proposal, Voice
from fodfaeste.casework.plans.reading import Plan
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.planning.side import Side


def text_field(label: Any, longest: int, empty: Any = None, *, rows: int = 0, help_text: Any = "") -> Any:
    """Words; ``empty`` is what to say when there are none, where they are needed. Nothing is cut off."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    too_long = _("Skriv det kortere: højst %(limit_value)s tegn.")
    messages = {"max_length": too_long} if empty is None else {"max_length": too_long, "required": empty}
    found = forms.CharField(
        label=label, required=empty is not None, max_length=longest, widget=widget, help_text=help_text,
        error_messages=messages,
    )  # fmt: skip
    found.widget.attrs.pop("maxlength", None)
    return found


def choice_field(label: Any, empty: Any, widget: Any = forms.Select) -> Any:
    """One of some; the form that has it gives the choices."""
    messages = {"required": empty, "invalid_choice": _("Vælg fra listen.")}
    return forms.ChoiceField(label=label, widget=widget, error_messages=messages)


class Saying(forms.Form):
    """A form whose action answers in sentences."""

    use_required_attribute = False

    def refuse(self, error: RefusedError) -> None:
        """Put each sentence at its field."""
        for name, said in error.errors.items():
            self.add_error(name if name in self.fields else None, said)


def save(request: HttpRequest, form: Saying, write: Callable[[], object], told: str) -> bool:
    """Write what a form holds; False when something has to be mended, which then stands in the form."""
    if not form.is_valid():
        return False
    try:
        write()
    except RefusedError as error:
        form.refuse(error)
        return False
    messages.success(request, told)
    return True


class NeedForm(Saying):
    """What is needed."""

    area = choice_field(_("Hvad handler det om?"), _("Vælg, hvad det handler om."))
    text = text_field(_("Hvad er der brug for?"), 500, _("Skriv, hvad der er brug for."), rows=2)

    said_by = choice_field(_("Hvem siger det?"), _("Vælg, hvem der siger det."), forms.RadioSelect)

    def __init__(self, side: Side, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = side
        self.fields["area"].choices = [("", _("Vælg")), *Need.Area.choices]  # type: ignore[attr-defined]
        if side.staff:
            self.fields["said_by"].choices = [*Party.choices[:2]]  # type: ignore[attr-defined]
        else:
            del self.fields["said_by"]

    def said(self) -> dict[str, Any]:
        """Whose need it is and what it is. Only after ``is_valid``."""
        said = dict(self.cleaned_data)
        return {"voice": Voice(said.pop("said_by", self.side.voice.party), self.side.user), **said}


class ResultForm(Saying):
    """What came of a need."""

    result = text_field(
        _("Hvad kom der ud af det?"), 500, _("Skriv, hvad der kom ud af det. Skriv også, hvis intet hjalp."), rows=2
    )


class StepForm(Saying):
    """A step as it is put forward."""

    text = text_field(_("Hvad er skridtet?"), 300, _("Skriv, hvad skridtet er."))
    owner = choice_field(_("Hvem tager det?"), _("Vælg, hvem der tager skridtet."), forms.RadioSelect)
    on = DayField(
        _("Hvilken dag?"), required=False, help_text=_("Kun hvis dagen betyder noget. Ingen dag er også et svar.")
    )
    reason = text_field(_("Hvorfor den dag?"), 300, help_text=_("Skal med, når der er en dag."))
    need = forms.ModelChoiceField(Need.objects.none(), label=_("Hvad skal det hjælpe med?"), required=False)
    part = forms.ModelChoiceField(Part.objects.none(), label=_("Hvilken del af planen?"), required=False)

    def __init__(self, plan: Plan, side: Side, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = owners(side)  # type: ignore[attr-defined]
        self.fields["owner"].initial = self.initial.get("owner", side.voice.party)
        self._choose("need", [need for need in plan.needs if need.closed is None], plan.needs)
        self._choose("part", list(plan.parts), plan.parts)

    def _choose(self, name: str, offered: list[Any], found: tuple[Any, ...]) -> None:
        if not offered:
            del self.fields[name]
            return
        empty = _("Ikke noget bestemt") if name == "need" else _("Beskæftigelse (den almindelige del)")
        self.fields[name] = forms.TypedChoiceField(
            label=self.fields[name].label, required=False, empty_value=None,
            choices=[("", empty), *((str(one.pk), one.text if name == "need" else one.title) for one in offered)],
            coerce=lambda value: next((one for one in found if str(one.pk) == value), None),
        )  # fmt: skip

    def proposal(self) -> Proposal:
        """What is put forward. Only after ``is_valid``."""
        said = self.cleaned_data
        return Proposal(said["text"], said["owner"], said["on"], said["reason"], said.get("need"), said.get("part"))


def owners(side: Side) -> list[tuple[str, Any]]:
    """Who can take a step, as this side says it."""
    if side.staff:
        return list(Step.Owner.choices)
    her = _("Borgeren") if side.attorney else _("Jeg selv")
    return [(Step.Owner.CITIZEN, her), (Step.Owner.KOMMUNE, _("Kommunen")), (Step.Owner.PARTNER, _("En anden"))]


class PositionForm(Saying):
    """What one thinks of a step."""

    stance = choice_field(_("Hvad siger du til det?"), _("Vælg enig, uenig eller vil hellere."), forms.RadioSelect)
    text = text_field(_("Med dine egne ord"), 500, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = [  # type: ignore[attr-defined]
            (Position.Stance.AGREES, _("Jeg er enig")),
            (Position.Stance.DISAGREES, _("Jeg er uenig")),
            (Position.Stance.ALTERNATIVE, _("Jeg vil hellere noget andet")),
        ]


class DoneForm(Saying):
    """A step was taken."""

    on = DayField(_("Hvilken dag blev det taget?"))
    came_of_it = text_field(_("Hvad kom der ud af det?"), 300, rows=2)


class DropForm(Saying):
    """A step is taken off the plan."""

    why = text_field(_("Hvorfor skal det ikke ske alligevel?"), 300, rows=2)


class PartForm(Saying):
    """A part of the plan under an act."""

    title = text_field(_("Hvad handler delen om?"), 120, _("Skriv, hvad delen handler om."))
    ref = text_field(
        _("Lov og paragraf"), 60, _("Skriv lovens navn, tegnet § og nummeret."),
        help_text=_("Lovens navn, tegnet § og nummeret."),
    )  # fmt: skip
    basis = text_field(_("Hvorfor dækker paragraffen det?"), 300, _("Skriv, hvorfor paragraffen dækker det."), rows=2)
    department = text_field(_("Hvilken afdeling har delen?"), 80)
    consent_on = DayField(_("Dagen, borgeren sagde ja"), required=False, help_text=_("Hvis delen bygger på samtykke."))

    def given(self) -> Basis:
        """What the part rests on. Only after ``is_valid``."""
        return Basis(**self.cleaned_data)


class CompanionForm(Saying):
    """Who comes along."""

    name = text_field(_("Hvad hedder din bisidder?"), 80, _("Skriv bisidderens navn."))
    until = DayField(_("Til og med hvilken dag?"))


class WordsForm(Saying):
    """What the citizen said, taken down."""

    kind = choice_field(_("Hvad handler ordene om?"), _("Vælg, hvad ordene handler om."), forms.RadioSelect)
    text = text_field(
        _("Borgerens egne ord"), 4000, _("Skriv noget, før du gemmer."), rows=6,
        help_text=_("Skriv det, som det blev sagt."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("goal", _("Mål")), ("situation", _("Situation"))]  # type: ignore[attr-defined]
