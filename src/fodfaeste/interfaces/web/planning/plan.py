"""The plan: her own words, needs with their steps and results, parts under each act, who is let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.contacts.models import Appointment
from fodfaeste.casework.plans import inviting, needs, proposing, writing
from fodfaeste.casework.plans.models import Invitation, Need, Position, Step, Words
from fodfaeste.casework.plans.queries import appointments_ahead
from fodfaeste.casework.plans.reading import Plan, plan_of
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.planning.clarification import PROMISE, clarification_of, make_promise
from fodfaeste.interfaces.web.planning.duties import grounds, write_plan_down
from fodfaeste.interfaces.web.planning.forms import (
    CompanionForm,
    NeedForm,
    PartForm,
    ResultForm,
    StepForm,
    WordsForm,
    save,
)
from fodfaeste.interfaces.web.planning.side import Side

Forms = Mapping[str, forms.Form]
_NEED, _STEP, _PART, _COMPANION, _RESULT = "behov", "skridt", "del", "bisidder", "resultat"


def plan(request: HttpRequest, side: Side) -> HttpResponse:
    """The whole plan; ``do`` in what is sent says which of the things on the page is done."""
    if request.method == "POST":
        return _do(request, side)
    return _show(request, side, {})


def _show(request: HttpRequest, side: Side, filled: Forms) -> HttpResponse:
    found = plan_of(side.course, today())
    hides_goal = side.attorney and not _let_in(found, side).sees_goal
    context = {
        "side": side, "course": side.course, "citizen": side.course.citizen, "plan": found,
        "shows_words": not hides_goal, "appointments": _appointments(found, side),
        **(_laws(side) if side.staff else {}), **clarification_of(side, found.day), **_forms(found, side), **filled,
    }  # fmt: skip
    context["open_form"] = next(iter(filled), "")
    template = "caseworker/plan.html" if side.staff else "citizen/plan.html"
    return render(request, template, context, status=422 if filled else 200)


def _forms(found: Plan, side: Side) -> dict[str, Any]:
    if not side.may_write:
        return {}
    made = {_NEED: NeedForm(side, prefix=_NEED), _STEP: StepForm(found, side, prefix=_STEP)}
    return made | ({_PART: PartForm(prefix=_PART)} if side.staff else {_COMPANION: CompanionForm(prefix=_COMPANION)})


def _laws(side: Side) -> dict[str, Any]:
    found = grounds(case_at_hand(side.course, today()))
    return {"grounds": found, "plan_waits": any(one.waits for one in found)}


def _let_in(found: Plan, side: Side) -> Invitation:
    return next(one for one in found.running if one.user_id == side.user.pk and one.may_act)


def _appointments(found: Plan, side: Side) -> list[Appointment]:
    if side.attorney and not _let_in(found, side).sees_appointments:
        return []
    return appointments_ahead(side.course, found.day)


def _do(request: HttpRequest, side: Side) -> HttpResponse:
    done = _ACTIONS.get(request.POST.get("do", ""))
    if done is None:
        raise Http404(_("Det kan man ikke gøre her. Gå tilbage til planen."))
    if not side.may_write:
        raise PermissionDenied(_("Du kan læse planen, men ikke skrive i den."))
    try:
        failed = done(request, side)
    except RefusedError as error:
        messages.error(request, str(error))
        failed = None
    if failed:
        return _show(request, side, failed)
    return redirect(side.plan)


Done = Callable[[HttpRequest, Side], "Forms | None"]


def _say_need(request: HttpRequest, side: Side) -> Forms | None:
    form = NeedForm(side, request.POST, prefix=_NEED)

    def said() -> object:
        return needs.say_need(side.course, on=today(), **form.said())

    return None if save(request, form, said, _("Behovet er gemt.")) else {_NEED: form}


def _propose(request: HttpRequest, side: Side) -> Forms | None:
    form = StepForm(plan_of(side.course, today()), side, request.POST, prefix=_STEP)
    told = _("Skridtet er foreslået. Det er aftalt, når I begge er enige.")

    def put() -> object:
        return proposing.propose(side.course, side.voice, form.proposal())

    return None if save(request, form, put, told) else {_STEP: form}


def _add_part(request: HttpRequest, side: Side) -> Forms | None:
    if not side.staff:
        raise PermissionDenied(_("Kun kommunen kan lægge en ny del i planen. Foreslå et skridt i stedet."))
    form = PartForm(request.POST, prefix=_PART)

    def add() -> object:
        return needs.add_part(side.course, side.user, form.given(), today())

    return None if save(request, form, add, _("Delen er lagt i planen.")) else {_PART: form}


def _name_companion(request: HttpRequest, side: Side) -> Forms | None:
    if side.staff:
        raise PermissionDenied(_("Kun borgeren vælger sin bisidder her. Luk en bisidder ind under »Luk en anden ind«."))
    form = CompanionForm(request.POST, prefix=_COMPANION)

    def name() -> None:
        said = form.cleaned_data
        inviting.name_companion(side.course, side.user, said["name"], today(), said["until"])

    return None if save(request, form, name, _("Din bisidder står nu i planen.")) else {_COMPANION: form}


def _close_need(request: HttpRequest, side: Side) -> Forms | None:
    need = _row(Need, request, side)
    form = ResultForm(request.POST, prefix=need.result_prefix)

    def close() -> object:
        return needs.close_need(need, today(), form.cleaned_data["result"])

    return None if save(request, form, close, _("Resultatet er gemt.")) else {_RESULT: form}


def _agree(request: HttpRequest, side: Side) -> None:
    step = _row(Step, request, side)
    proposing.take_position(step, side.voice, Position.Stance.AGREES)
    messages.success(request, _("Det er noteret, at du er enig."))


def _choose(request: HttpRequest, side: Side) -> None:
    if side.staff:
        raise PermissionDenied(_("Kun borgeren vælger sine egne små skridt."))
    proposing.choose(_row(Step, request, side), request.POST.get("valgt") == "ja")


def _withdraw(request: HttpRequest, side: Side) -> None:
    inviting.withdraw(_row(Invitation, request, side), side.voice)
    messages.success(request, _("Adgangen er lukket fra nu af."))


def _lay(request: HttpRequest, side: Side) -> None:
    if not side.staff:
        raise PermissionDenied(_("Kun kommunen noterer, at planen er lagt."))
    messages.success(request, write_plan_down(request, side, case_at_hand(side.course, today())))


def _ask_for_words(request: HttpRequest, side: Side) -> None:
    """Put it forward as a step that she writes herself; nothing is demanded."""
    if not side.staff:
        raise PermissionDenied(_("Kun kommunen spørger efter borgerens egne ord."))
    text = "Skriv dit mål og din situation med dine egne ord, eller sig det til mig"  # kept, so in Danish
    proposing.propose(side.course, side.voice, proposing.Proposal(text, Step.Owner.CITIZEN))
    messages.success(request, _("Borgeren kan nu se forslaget på sin plan."))


def _promise(request: HttpRequest, side: Side) -> Forms | None:
    return make_promise(request, side, today())


_ACTIONS: dict[str, Done] = {
    "need": _say_need, "step": _propose, "part": _add_part, "companion": _name_companion, "result": _close_need,
    "agree": _agree, "choose": _choose, "withdraw": _withdraw, "lay": _lay, "ask-for-words": _ask_for_words,
    PROMISE: _promise,
}  # fmt: skip


def _row(model: Any, request: HttpRequest, side: Side) -> Any:
    """The row that what was sent names, if it is of this course. Raises Http404."""
    number = request.POST.get("nummer", "")
    found = model.objects.filter(pk=number, course=side.course).first() if number.isdecimal() else None
    if found is None:
        raise Http404(_("Det står ikke i planen mere. Gå tilbage til planen, og se den, som den er nu."))
    return found


def take_words_down(request: HttpRequest, side: Side) -> HttpResponse:
    """Staff writes down what the citizen says, for one who does not write herself; marked as such."""
    if not side.may_write:
        raise PermissionDenied(_("Du kan læse planen, men ikke skrive i den."))
    first = {"kind": request.GET.get("om", Words.Kind.GOAL)}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST":

        def said() -> object:
            return writing.take_down(side.course, by=side.user, **form.cleaned_data)

        if save(request, form, said, _("Ordene er gemt som borgerens egne, skrevet ned af dig.")):
            return redirect(side.plan)
    context = {"side": side, "course": side.course, "citizen": side.course.citizen, "form": form}
    return render(request, "caseworker/plan_words.html", context, status=422 if form.errors else 200)
