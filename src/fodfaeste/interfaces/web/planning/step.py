"""One step: what everybody said of it, and what one wants to say or do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.plans import proposing
from fodfaeste.casework.plans.models import Step
from fodfaeste.casework.plans.reading import Plan, StepSeen, plan_of
from fodfaeste.interfaces.web.planning.forms import DoneForm, DropForm, PositionForm, Saying, StepForm, save
from fodfaeste.interfaces.web.planning.side import Side

_POSITION, _CHANGE, _DONE, _DROP = "svar", "aendr", "taget", "drop"


def step(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """A step with its history; ``do`` says what is done about it."""
    found = plan_of(side.course, today())
    seen = found.find(number)
    if seen is None:
        raise Http404(_("Skridtet står ikke i planen. Gå tilbage til planen."))
    if request.method != "POST":
        return _show(request, side, found, seen, {})
    if not side.may_write:
        raise PermissionDenied(_("Du kan læse planen, men ikke skrive i den."))
    do = _ACTIONS.get(request.POST.get("do", ""))
    if do is None:
        raise Http404(_("Det kan man ikke gøre her. Gå tilbage til planen."))
    try:
        failed = do(request, side, found, seen.step)
    except RefusedError as error:
        messages.error(request, str(error))
        failed = None
    return _show(request, side, found, seen, failed) if failed else redirect(side.plan)


def _show(
    request: HttpRequest, side: Side, found: Plan, seen: StepSeen, failed: dict[str, Saying]
) -> HttpResponse:  # fmt: skip
    context = {
        "side": side, "course": side.course, "citizen": side.course.citizen, "plan": found, "seen": seen,
        "earlier": _earlier(found, seen), "open_form": next(iter(failed), ""),
        **(_forms(found, side, seen) if side.may_write else {}), **failed,
    }  # fmt: skip
    template = "caseworker/plan_step.html" if side.staff else "citizen/plan_step.html"
    return render(request, template, context, status=422 if failed else 200)


def _earlier(found: Plan, seen: StepSeen) -> list[StepSeen]:
    """The proposals it came in the place of, the latest first."""
    before: list[StepSeen] = []
    at: StepSeen | None = seen
    while at is not None and at.step.replaces_id:
        at = found.find(at.step.replaces_id)
        if at is not None:
            before.append(at)
    return before


def _forms(found: Plan, side: Side, seen: StepSeen) -> dict[str, Saying]:
    step = seen.step
    now = {"text": step.text, "owner": step.owner, "on": step.on, "reason": step.reason, "need": step.need_id,
           "part": step.part_id}  # fmt: skip
    own = seen.latest(side.voice.party)
    return {
        _POSITION: PositionForm(prefix=_POSITION, initial={"stance": own.stance} if own else {}),
        _CHANGE: StepForm(found, side, prefix=_CHANGE, initial=now),
        _DONE: DoneForm(prefix=_DONE, initial={"on": found.day}),
        _DROP: DropForm(prefix=_DROP),
    }


def _take_position(request: HttpRequest, side: Side, found: Plan, step: Step) -> dict[str, Saying] | None:
    form = PositionForm(request.POST, prefix=_POSITION)

    def say() -> object:
        return proposing.take_position(step, side.voice, **form.cleaned_data)

    return None if save(request, form, say, _("Dit svar står nu ved skridtet.")) else {_POSITION: form}


def _change(request: HttpRequest, side: Side, found: Plan, step: Step) -> dict[str, Saying] | None:
    form = StepForm(found, side, request.POST, prefix=_CHANGE)
    told = _("Dit nye forslag står i planen i stedet. Det er aftalt, når I begge er enige.")

    def put() -> object:
        return proposing.change(step, side.voice, form.proposal())

    return None if save(request, form, put, told) else {_CHANGE: form}


def _finish(request: HttpRequest, side: Side, found: Plan, step: Step) -> dict[str, Saying] | None:
    form = DoneForm(request.POST, prefix=_DONE)

    def write() -> object:
        return proposing.finish(step, today=found.day, **form.cleaned_data)

    return None if save(request, form, write, _("Skridtet er taget.")) else {_DONE: form}


def _drop(request: HttpRequest, side: Side, found: Plan, step: Step) -> dict[str, Saying] | None:
    form = DropForm(request.POST, prefix=_DROP)

    def write() -> object:
        return proposing.drop(step, side.voice, form.cleaned_data["why"])

    told = _("Skridtet er taget af planen. Det kan stadig læses i referatet.")
    return None if save(request, form, write, told) else {_DROP: form}


def _reopen(request: HttpRequest, side: Side, found: Plan, step: Step) -> None:
    proposing.reopen(step)
    messages.success(request, _("Skridtet ligger foran igen."))


Done = Callable[[HttpRequest, Side, Plan, Step], Any]
_ACTIONS: dict[str, Done] = {
    "position": _take_position, "change": _change, "done": _finish, "drop": _drop, "reopen": _reopen,
}  # fmt: skip
