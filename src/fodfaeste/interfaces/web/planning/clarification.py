"""The clarification clock on the plan: how long, how often, and by when somebody has promised a decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.plans.clarifying import clock_of_course, guarantees_of, promise, trips
from fodfaeste.interfaces.web.days import DayField
from fodfaeste.interfaces.web.planning.forms import Saying, save, text_field
from fodfaeste.interfaces.web.planning.side import Side

PROMISE = "garanti"


class PromiseForm(Saying):
    """By when, and on what ground."""

    until = DayField(gettext_lazy("Afgørelse senest"))
    reason = text_field(
        gettext_lazy("Hvad bygger dagen på?"), 300, gettext_lazy("Skriv, hvad dagen bygger på. Borgeren kan læse det."),
        rows=2, help_text=gettext_lazy("Borgeren kan læse det."),
    )  # fmt: skip


def clarification_of(side: Side, day: date) -> dict[str, Any]:
    """The clock with the promise that stands, and a form for staff; nothing where no clarification runs."""
    clock = clock_of_course(side.course, day)
    if clock is None:
        return {}
    guarantee = guarantees_of([side.course.pk]).get(side.course.pk)
    found = {"clock": clock, "guarantee": guarantee, "clock_trips": trips(clock, guarantee)}
    return found | ({PROMISE: PromiseForm(prefix=PROMISE)} if side.staff and side.may_write else {})


def make_promise(request: HttpRequest, side: Side, day: date) -> dict[str, Saying] | None:
    """Save what a caseworker promises."""
    if not side.staff:
        raise PermissionDenied(_("Kun kommunen kan love, hvornår der er en afgørelse."))
    form = PromiseForm(request.POST, prefix=PROMISE)
    write = lambda: promise(side.course, side.user, today=day, **form.cleaned_data)  # noqa: E731
    return None if save(request, form, write, _("Løftet er gemt. Borgeren kan se dagen.")) else {PROMISE: form}
