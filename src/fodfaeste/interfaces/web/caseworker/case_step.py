"""The steps of a case: which there are, and the form of each, filled with what is known and asked nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.case_steps import CaseStep, case_steps
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.casework.courses.queries import Known, facts_of
from fodfaeste.casework.courses.taking import running_on, take_step
from fodfaeste.casework.inbox.actions import renew_lines
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.needs import Key, Need, needs_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.case_lines import Foreseen
from fodfaeste.interfaces.web.caseworker.case_step_form import TOKEN, StepForm, hypothetical
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_facts import FactRow, rows_of
from fodfaeste.interfaces.web.caseworker.conversation import onward
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.wording import label_of, raised, reworded, sentence
from fodfaeste.reasoning import Question


@dataclass(frozen=True)
class Offered:
    """A step in the list of steps."""

    number: int
    label: str
    about: str
    address: str


@require_safe
@opens_case("case-steps")
def steps(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """The steps a caseworker can register about a citizen; whoever may register none is told so before choosing."""
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune kan registrere i sagen."))
    context = {"course": course, "citizen": course.citizen, "steps": offered(course)}
    return render(request, "caseworker/case_steps.html", context)


def offered(course: Course) -> list[Offered]:
    """Every step with its address, in the order of a course."""
    lang = rulebooks.language()
    return [
        Offered(step.number, label_of(step.label, lang), label_of(step.about, lang), address_of(step, course))
        for step in case_steps().values()
    ]


def address_of(step: CaseStep, course: Course) -> str:
    """Where a step is registered."""
    if step.page:
        return reverse(step.page, args=[course.citizen.reference])
    return reverse("caseworker:step", args=[course.citizen.reference, step.name])


@require_http_methods(["GET", "POST"])
@opens_case("case-step")
def step(request: HttpRequest, user: User, course: Course, kind: str) -> HttpResponse:
    """The form of one step. When it is sent all is saved or nothing, and nothing typed is lost."""
    if not user.has_perm("courses.change", course):
        raise PermissionDenied(_("Kun sagsbehandlere i borgerens kommune kan registrere i sagen."))
    wanted = case_steps().get(kind)
    if wanted is None or wanted.main is None:
        raise Http404(_("Det skridt findes ikke. Vælg et fra listen over skridt."))
    at_hand, register = case_at_hand(course, today()), needs_of(rulebooks.law(), to_day(today()))
    facts, running = facts_of(course, at_hand.day), running_on(course, at_hand.day)
    foreseen = Foreseen(at_hand, (hypothetical(wanted, at_hand.day),))
    questions = _questions(wanted, foreseen, facts)
    typed = request.POST if request.method == "POST" else None
    form = StepForm(wanted, at_hand, register, questions, list(running), typed)
    if typed is not None and form.is_valid():
        token: UUID = form.cleaned_data[TOKEN]
        purpose = may_open(user, course, request.session) or ""
        if _saved(form, course, at_hand, user, token, purpose):
            place = reverse("caseworker:receipt", args=[course.citizen.reference, token])
            return onward(request, f"{place}?skridt={wanted.name}")
    context = {
        "course": course,
        "citizen": course.citizen,
        "label": label_of(wanted.label, at_hand.words.lang),
        "about": label_of(wanted.about, at_hand.words.lang),
        "form": form,
        "known": _known(wanted, facts, at_hand, register),
        "running": running_text(running, at_hand),
        "connected": foreseen.connected,
    }
    return render(request, "caseworker/case_step.html", context, status=422 if form.errors else 200)


def _questions(step: CaseStep, foreseen: Foreseen, facts: list[Known]) -> list[Question]:
    """What the law would ask because of the step, and what the step itself wants to know, unless it is known."""
    at_hand, found = foreseen.at_hand, foreseen.questions
    known = {one.field for one in facts if one.line is not None and one.line.value is not None}
    asked, register = {one.name for one in found}, needs_of(rulebooks.law(), to_day(at_hand.day))
    own = [
        Question("judged" if field.kind == "judged" else "fact", field.name, dict(field.ask), ())
        for field in (at_hand.vocabulary.fields[name] for name in step.facts)
        if field.name not in known | asked and register[("field", field.name)].now
    ]
    return [*own, *found]


def _saved(form: StepForm, course: Course, at_hand: CaseAtHand, user: User, token: UUID, purpose: str) -> bool:
    try:
        with pghistory.context(purpose=purpose):
            new = take_step(
                course, at_hand.vocabulary, form.lines(), form.said(), user, at_hand.day, token, purpose,
                form.cleaned_data["note"], form.step.name,
            )  # fmt: skip
    except RefusedError as error:
        lang = rulebooks.language()
        form.add_errors({name: sentence(reworded(said, lang)) for name, said in error.errors.items()})
        return False
    if new:
        renew_lines(course, at_hand.book)
    return True


def _known(step: CaseStep, facts: list[Known], at_hand: CaseAtHand, register: dict[Key, Need]) -> list[FactRow]:
    """Facts that the rules about the step read, and that somebody has stated already."""
    assert step.main is not None
    readers = {one.norm for one in register[("spell" if step.main.spell else "event", step.main.kind)].now}
    read = {
        key[1]
        for key, need in register.items()
        if key[0] == "field" and (key[1] in step.facts or any(one.norm in readers for one in need.now))
    }
    wanted = [one for one in facts if one.field in read and one.line is not None and one.line.value is not None]
    return rows_of(wanted, at_hand.words, at_hand.course.citizen.reference)


def running_text(running: dict[str, Spell], at_hand: CaseAtHand) -> list[tuple[str, str]]:
    """The benefit and the target group of today, in words."""
    words = at_hand.words
    found = []
    for kind, spell in running.items():
        (name, type_), *_more = at_hand.vocabulary.spells[kind].attrs.items()
        value = spell.attrs.get(name)
        said = words.value(value, type_) if value else _("ikke oplyst")
        found.append((raised(words.kind(kind)), f"{said}, {words.row_days({'from': spell.period.lower, 'to': None})}"))
    return found
