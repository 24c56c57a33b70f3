"""The form of a conversation that was held, filled in with what most likely is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.contacts.actions import Agreed, Held, day_errors
from fodfaeste.casework.contacts.models import Form
from fodfaeste.casework.contacts.queries import ALONG, kinds_of
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, due_first
from fodfaeste.interfaces.web.caseworker.my_day_page import day_in_words
from fodfaeste.interfaces.web.days import ClockField, DayField
from fodfaeste.interfaces.wording import Words
from fodfaeste.rulebook import Rulebook

_TOGETHER = "faelles"
_UNLISTED = {"invalid_choice": gettext_lazy("Vælg kun blandt det viste.")}
_PRESSING = (Section.ASKED, Section.DUE, Section.NO_DAY)
_ORDER = (Section.ASKED, Section.DUE, Section.NO_DAY, Section.WAITING, Section.LATER)


@dataclass(frozen=True)
class Suggestion:
    """What is likely: the kind of conversation, why each kind is, and what else may have been done in it."""

    kind: str
    kinds: tuple[tuple[str, str], ...]
    reasons: dict[str, str]
    along: tuple[tuple[str, str], ...]
    together: bool


def suggest(lines: Sequence[Line], book: Rulebook, words: Words, day: date) -> Suggestion:
    """What the case demands says what was likely held: the most urgent duty that a conversation settles."""
    known = kinds_of(book.vocabulary)
    best: dict[str, Line] = {}
    ours = [line for line in due_first(lines) if line.owed_by == "kommune" and line.done_by and line.section in _ORDER]
    for line in sorted(ours, key=lambda line: (not line.late, _ORDER.index(line.section))):
        best.setdefault(str(line.done_by), line)
    likely = sorted(
        (kind for kind in known if kind in best),
        key=lambda kind: (
            not best[kind].late,
            _ORDER.index(best[kind].section),
            best[kind].due or date.max,
            known.index(kind),
        ),
    )
    ordered = [*likely, *(kind for kind in known if kind not in best)]
    return Suggestion(
        kind=ordered[0],
        kinds=tuple((kind, conversation_name(kind, words)) for kind in ordered),
        reasons={kind: _reason(best[kind], words, day) for kind in likely},
        along=tuple(
            (kind, words.kind(kind))
            for kind in ALONG
            if kind in best and best[kind].section in _PRESSING and kind in book.vocabulary.events
        ),
        together=any(_asks_together(line, book) for line in lines),
    )


def conversation_name(kind: str, words: Words) -> str:
    """The name of a kind of conversation, without saying that it was held."""
    name = words.kind(kind)
    return name.removesuffix(words.pick(" holdt", " held"))


def _reason(line: Line, words: Words, day: date) -> str:
    told = words.norm(line.norm)
    if line.due is not None:
        return _("%(rule)s, sidste dag %(day)s") % {"rule": told, "day": day_in_words(line.due, day)}
    return told


def _asks_together(line: Line, book: Rulebook) -> bool:
    """Whether the law asks of the conversation that the a-kasse takes part."""
    must = book.norms[line.norm].must
    if must is None or must.kind not in book.vocabulary.events:
        return False
    names = list(book.vocabulary.events[must.kind].attrs)
    return any(names[one.slot] == _TOGETHER for one in must.filters)


class ConversationForm(forms.Form):
    """A conversation that was held. ``held()`` gives what was written, once the form is valid."""

    use_required_attribute = False

    token = forms.UUIDField(widget=forms.HiddenInput)
    appointment = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad blev holdt?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Vælg, hvad der blev holdt."),
            "invalid_choice": gettext_lazy(
                "Det er ikke en samtale, kommunen kan registrere. Vælg en af slagsene på listen."
            ),
        },
    )
    on = DayField(gettext_lazy("Dag"))
    way = forms.ChoiceField(
        label=gettext_lazy("Hvordan"),
        widget=forms.RadioSelect,
        required=False,
        choices=[*Form.choices, ("", gettext_lazy("Ikke noteret"))],
        error_messages=_UNLISTED,
    )
    together = forms.ChoiceField(
        label=gettext_lazy("Var a-kassen med?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[("ja", gettext_lazy("Ja")), ("nej", gettext_lazy("Nej")), ("", gettext_lazy("Ikke noteret"))],
        error_messages=_UNLISTED,
    )
    along = forms.MultipleChoiceField(
        label=gettext_lazy("Skete der også dette?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=_UNLISTED,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Noten er for lang. Del den i to, hver på højst 20.000 tegn.")},
    )
    next_day = DayField(gettext_lazy("Næste samtale"), required=False)
    next_time = ClockField(gettext_lazy("Klokken"), required=False)
    next_form = forms.ChoiceField(
        label=gettext_lazy("Hvordan"), required=False, choices=Form.choices, error_messages=_UNLISTED
    )

    def __init__(
        self, *args: Any, course: Course, day: date, suggestion: Suggestion, mending: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.course, self.day, self.suggestion = course, day, suggestion
        self._choices("kind", suggestion.kinds)
        del self.fields["note"].widget.attrs["maxlength"]  # a browser would cut a long note off without a word
        if suggestion.along and not mending:
            self._choices("along", suggestion.along)
        else:
            del self.fields["along"]
        if not suggestion.together:
            del self.fields["together"]
        if mending:
            for name in ("next_day", "next_time", "next_form", "appointment", "token"):
                del self.fields[name]

    def _choices(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, label[:1].upper() + label[1:]) for value, label in choices]

    def clean_on(self) -> date:
        """A day of the course, and not one to come. Raises ValidationError."""
        on: date = self.cleaned_data["on"]
        wrong = day_errors(self.course, on, self.day)
        if wrong:
            raise forms.ValidationError(list(wrong.values()))
        return on

    def clean(self) -> dict[str, Any]:
        """The next conversation needs both a day and a time, or neither."""
        given: dict[str, Any] = super().clean() or {}
        day, time = given.get("next_day"), given.get("next_time")
        if day and time is None and "next_time" not in self.errors:
            self.add_error("next_time", _("Skriv, hvad klokken er, når I mødes næste gang, eller lad dagen stå tom."))
        if time is not None and day is None and "next_day" not in self.errors:
            self.add_error("next_day", _("Skriv, hvilken dag I mødes næste gang, eller lad klokkeslættet stå tomt."))
        return given

    def renew_token(self) -> None:
        """Let what is typed be sent as a form of its own."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # what a browser sent
        data["token"] = str(uuid4())
        self.data = data

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why each kind is likely."""
        return list(self.suggestion.reasons.items())

    def held(self) -> Held:
        """What was written."""
        given = self.cleaned_data
        day, time = given.get("next_day"), given.get("next_time")
        agreed = None
        if day and time is not None:
            agreed = Agreed(timezone.make_aware(datetime.combine(day, time)), given["next_form"] or Form.MEETING)
        return Held(
            kind=given["kind"],
            on=given["on"],
            form=given["way"] or None,
            together={"ja": True, "nej": False}.get(given.get("together", "")),
            note=given["note"],
            along=tuple(kind for kind in given.get("along", ()) if kind != given["kind"]),
            next=agreed,
        )
