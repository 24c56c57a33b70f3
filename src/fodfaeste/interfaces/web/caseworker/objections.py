"""What the citizen says is wrong: her words beside what is written, and a named person's answer.

The answer corrects through the fact store, or keeps what stands and says why. Nothing of what was written is erased.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course, Fact, Objection
from fodfaeste.casework.courses.objecting import Line as Written
from fodfaeste.casework.courses.objecting import Mended, correct, keep, line_of, objections_of
from fodfaeste.facts import UnfitValueError
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_forms import ANSWER, FIRST, LAST, ON, REASON, FactForm, LineForm
from fodfaeste.interfaces.web.caseworker.citizen_provenance import log_sensitive
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.citizen.facts import Line, one_line
from fodfaeste.interfaces.web.citizen.saying import last_day
from fodfaeste.interfaces.wording import Words

_LONGEST = 4000
_ATTR = "felt-"


class AnswerForm(forms.Form):
    """What is answered. ``gone``: the line never was true, and nothing known stands in its place."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=gettext_lazy("Hvad sker der?"),
        widget=forms.RadioSelect,
        choices=[
            (Objection.Outcome.CORRECTED, gettext_lazy("Det rettes")),
            (Objection.Outcome.KEPT, gettext_lazy("Det bliver stående")),
        ],
        error_messages={"required": gettext_lazy("Vælg, om det rettes eller bliver stående.")},
    )
    gone = forms.BooleanField(
        label=gettext_lazy("Det passede slet ikke. Intet skal stå i stedet."),
        required=False,
    )
    answer = forms.CharField(
        label=gettext_lazy("Svar til borgeren"),
        help_text=gettext_lazy("Borgeren læser det, du skriver her."),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Skriv et svar til borgeren: hvad du har rettet, eller hvorfor ikke.")
        },
    )


@dataclass(frozen=True)
class Shown:
    """An objection with the line it is about (None: it is gone, or something is missing)."""

    objection: Objection
    line: Line | None

    @property
    def words(self) -> str:
        """Her words, where they do not stand beside the fact itself, which may be sensitive."""
        return "" if self.objection.about == Objection.About.FACT else self.objection.text


def waiting_of(course: Course, objections: Iterable[Objection]) -> list[Shown]:
    """Those nobody has answered. The value of a fact is left out: it stands where the fact stands."""
    found = [Shown(one, _in_words(course, one)) for one in objections if not one.outcome]
    return [replace(one, line=replace(one.line, value="")) if one.line and not one.words else one for one in found]


@require_http_methods(["GET", "POST"])
@opens_case("objections")
def objections(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """All of them; ``?nr=7`` opens the answer to one. A POST answers it."""
    found = objections_of(course)
    wanted = request.POST.get("nr") or request.GET.get("nr", "")
    chosen = next((one for one in found if str(one.pk) == wanted and not one.outcome), None)
    may_change = user.has_perm("courses.change", course)
    if request.method == "POST" and not may_change:
        raise PermissionDenied(_("Kun en sagsbehandler i kommunen kan svare på en indsigelse."))
    answer = _Answering(chosen, course, request.POST if request.method == "POST" else None) if chosen else None
    if request.method == "POST" and answer is None:
        messages.info(request, _("En kollega har svaret imens. Her er svaret."))
        return redirect("caseworker:objections", course.citizen.reference)
    if request.method == "POST" and answer is not None and _answered(answer, request, user, course):
        return redirect("caseworker:objections", course.citizen.reference)
    log_sensitive(request, user, course, _fields(course, found))
    context = {
        "course": course,
        "citizen": course.citizen,
        "shown": [Shown(one, _in_words(course, one)) for one in found],
        "may_change": may_change,
        "chosen": chosen if may_change else None,
        "answering": answer,
        "form": None if answer is None else answer.form,
    }
    return render(request, "caseworker/objections.html", context, status=422 if request.method == "POST" else 200)


def _fields(course: Course, objections: Iterable[Objection]) -> set[str]:
    """The facts they are about: their values stand on the page."""
    lines = [one.line for one in objections if one.about == Objection.About.FACT and one.line is not None]
    return set(Fact.objects.filter(course=course, pk__in=lines).values_list("field", flat=True)) if lines else set()


def _in_words(course: Course, objection: Objection) -> Line | None:
    line = line_of(course, objection.about, objection.line)
    return None if line is None else one_line(course, line)


class _Answering:
    """The forms of one answer: what is said, and what shall stand instead."""

    def __init__(self, objection: Objection, course: Course, data: Any) -> None:
        self.objection, self.line = objection, line_of(course, objection.about, objection.line)
        self.form = AnswerForm(data)
        self.mending = _mending(self.line, data, rulebooks.words_of_law())
        if self.mending is None:
            del self.form.fields["gone"]

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact, whose absence means that nobody knows."""
        return isinstance(self.line, Fact)

    def is_valid(self) -> bool:
        """Whether everything needed is there; what shall stand instead counts only where it is corrected."""
        said = self.form.is_valid()
        if not said or not self.needs_mending:
            return said
        assert self.mending is not None
        return self.mending.is_valid()

    @property
    def corrects(self) -> bool:
        """Whether the answer is that it is corrected. Only after ``form.is_valid``."""
        return self.form.cleaned_data.get("outcome") == Objection.Outcome.CORRECTED

    @property
    def needs_mending(self) -> bool:
        """Whether something shall stand instead."""
        return self.corrects and self.mending is not None and not self.form.cleaned_data.get("gone")

    def mended(self) -> Mended | None:
        """What shall stand instead; None where nothing here can be mended."""
        if self.mending is None:
            return None
        if not self.needs_mending:
            return Mended(void=not self.is_fact)
        given = self.mending.cleaned_data
        if isinstance(self.mending, FactForm):
            return Mended(self.mending.answer(), given.get(FIRST), reason=given.get(REASON, ""))
        assert isinstance(self.mending, LineForm)
        return Mended(first=given.get(FIRST) or given.get(ON), last=given.get(LAST), attrs=self.mending.attrs())


def _mending(line: Written | None, data: Any, words: Words) -> FactForm | LineForm | None:
    """The form with what stands now filled in."""
    if line is None:
        return None
    if isinstance(line, Fact):
        known = words.vocabulary.fields.get(line.field)
        first = line.valid.lower if line.valid else None
        given = {ANSWER: _shown(line.value), FIRST: first, REASON: line.reason}
        if known is None:
            return None
        form = FactForm(known, words, data, initial=given)
        form.fields[ANSWER].label = _("Det rigtige")
        return form
    if line.kind not in (*words.vocabulary.events, *words.vocabulary.spells):
        return None
    initial: dict[str, Any] = {f"{_ATTR}{name}": _shown(value) for name, value in line.attrs.items()}
    if hasattr(line, "period"):
        initial |= {FIRST: line.period.lower, LAST: last_day(line.period)}
    else:
        initial |= {ON: line.on}
    return LineForm(line.kind, words, today(), data, initial=initial)


def _shown(value: Any) -> Any:
    """A stored value as its form field has it."""
    return {True: "ja", False: "nej"}.get(value, value) if isinstance(value, bool) else value


def _answered(answering: _Answering, request: HttpRequest, user: User, course: Course) -> bool:
    """Save the answer; False, with the reason on the form, when something must be mended first."""
    if not answering.is_valid():
        return False
    objection, text = answering.objection, answering.form.cleaned_data["answer"]
    objection.course = course
    purpose = may_open(user, course, request.session) or ""
    try:
        with transaction.atomic(), pghistory.context(purpose=purpose):
            if answering.corrects:
                correct(objection, answering.mended(), text, rulebooks.law().vocabulary, user, today())
            else:
                keep(objection, text, user)
    except RefusedError as refused:
        for name, said in refused.errors.items():
            answering.form.add_error(name if name in answering.form.fields else None, said)
        return False
    except UnfitValueError as error:
        assert answering.mending is not None
        answering.mending.refuse(error)
        return False
    except IntegrityError:
        answering.form.add_error(None, _("I de dage står der allerede en anden af samme slags. Vælg andre dage."))
        return False
    messages.success(request, _("Svaret er gemt, og borgeren kan se det."))
    return True
