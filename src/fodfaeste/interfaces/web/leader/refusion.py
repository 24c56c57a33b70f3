"""*Refusion*: what a week on benefit costs municipality and state, and what the way of sharing makes worth while.

Leaders see all of it. A jurist sees the law of it and not the municipality's own weeks: who bears what is law that she
must be able to check, while the sums are the leaders' budget. No caseworker sees any of it: what a citizen costs must
not be known where her case is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.intake.queries import paid_by_benefit
from fodfaeste.interfaces.web.leader.changes_export import csv_file, xlsx_file
from fodfaeste.interfaces.web.leader.refusion_asked import UNIT, Asked, asked_of
from fodfaeste.interfaces.web.leader.refusion_files import file_of
from fodfaeste.interfaces.web.leader.refusion_lines import (
    benefit_word,
    choice_lines,
    described,
    kink_lines,
    kroner,
    percent,
    shape_of,
    week_less,
    week_rows,
)
from fodfaeste.interfaces.web.leader.refusion_models import (
    Model,
    benefits_with_share,
    models,
    models_of,
    tariff_now,
)
from fodfaeste.interfaces.web.leader.refusion_own import averages_of, own_weeks, window
from fodfaeste.interfaces.web.leader.refusion_own_lines import own_table
from fodfaeste.interfaces.web.leader.refusion_picture import picture

FORMS = ("csv", "xlsx")
SHOWN = 104
"""Weeks of the picture; a habit of the page, not of the law."""

Context = dict[str, Any]


@dataclass(frozen=True)
class Tab:
    """One of the pages; ``fields`` are those of the question it asks, ``leaders`` whether it is for leaders alone."""

    name: str
    title: str | Promise
    fields: tuple[str, ...]
    leaders: bool = False

    @property
    def address(self) -> str:
        """Where it stands."""
        return reverse("leader:refusion") if self.name == "uge" else reverse("leader:refusion-part", args=[self.name])


TABS = (
    Tab("uge", gettext_lazy("En uge mindre"), ("beloeb",)),
    Tab("trappe", gettext_lazy("Uge for uge"), ("ydelse", "beloeb", "fast")),
    Tab("valg", gettext_lazy("Job eller tilbud"), ("ydelse", "uge", "uger", "beloeb", "fast")),
    Tab("trin", gettext_lazy("Skæve trin"), ()),
    Tab("egne", gettext_lazy("Kommunens egne uger"), (), leaders=True),
)


def refusion(request: HttpRequest, part: str = "uge") -> HttpResponse:
    """One of the pages."""
    user, tab = _allowed(request, part)
    day = today()
    assert user.kommune is not None
    asked = _asked(request, user.kommune, day)
    errors = {name: asked.errors[name] for name in tab.fields if name in asked.errors}
    context: Context = {
        "tab": tab,
        "tabs": [one for one in TABS if not one.leaders or user.role == Role.LEADER],
        "asked": asked,
        "errors": errors,
        "benefits": [(one, benefit_word(one)) for one in asked.benefits],
        "leader": user.role == Role.LEADER,
        "forms": FORMS,
        "file_query": request.GET.urlencode(),
    }
    if not errors:
        context |= _PARTS[part](user, asked, day)
    return render(request, f"leader/refusion_{part}.html", context, status=422 if errors else 200)


def refusion_file(request: HttpRequest, part: str, form: str) -> HttpResponseBase:
    """The table of a page as a file."""
    user, tab = _allowed(request, part)
    if form not in FORMS:
        raise Http404(_("Listen kan hentes som csv og xlsx."))
    day = today()
    assert user.kommune is not None
    asked = _asked(request, user.kommune, day)
    if any(name in asked.errors for name in tab.fields):
        return redirect(f"{tab.address}?{request.GET.urlencode()}")
    head, rows = file_of(part, _PARTS[part](user, asked, day))
    name = f"refusion-{part}-{day}"
    return xlsx_file(name, head, rows) if form == "xlsx" else csv_file(name, head, rows)


def _allowed(request: HttpRequest, part: str) -> tuple[User, Tab]:
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if user.role not in (Role.LEADER, Role.JURIST) or user.kommune_id is None:
        raise PermissionDenied(_("Siden er for ledere. Hvad en ydelse koster, må ikke spille ind på en borgers sag."))
    tab = next((one for one in TABS if one.name == part), None)
    if tab is None:
        raise Http404(_("Den side findes ikke. Gå til Refusion, og vælg en anden."))
    if tab.leaders and user.role != Role.LEADER:
        raise PermissionDenied(_("Kommunens egne tal er for ledere. Reglerne kan du se på de andre sider."))
    return user, tab


def _asked(request: HttpRequest, kommune: Kommune, day: date) -> Asked:
    model = tariff_now(day, kommune.slug)
    return asked_of(request.GET, benefits_with_share(model), model)


def _averages(user: User, day: date) -> dict[str, int]:
    """What a week costs on average in the municipality's own extract; nothing for a jurist."""
    if user.role != Role.LEADER or user.kommune_id is None:
        return {}
    first, after, _since = window(user.kommune_id, day)
    return averages_of(tuple(paid_by_benefit(user.kommune_id, first, after)))[0]


def _amount(user: User, asked: Asked, day: date) -> tuple[int, bool]:
    """Øre a week for the benefit that was asked about, and whether it is the municipality's own average."""
    if asked.amount is not None:
        return asked.amount, False
    averages = _averages(user, day)
    return averages.get(asked.benefit, UNIT), asked.benefit in averages


def _week_less(user: User, asked: Asked, day: date) -> Context:
    assert user.kommune is not None
    groups, doubts = week_less(tariff_now(day, user.kommune.slug), asked.amount, _averages(user, day))
    return {"groups": groups, "doubts": doubts, "unit": kroner(UNIT)}


def _compared(user: User, asked: Asked, day: date) -> tuple[list[Model], Context]:
    assert user.kommune is not None
    found = models_of(asked.benefit, day, user.kommune.slug, asked.flat)
    amount, own = _amount(user, asked, day)
    return found, {
        "models": found,
        "benefit": benefit_word(asked.benefit),
        "amount": kroner(amount),
        "own": own,
        "typed_flat": bool(asked.typed["fast"]),
        "flat": percent(asked.flat or 0),
    }


def _ladder(user: User, asked: Asked, day: date) -> Context:
    found, context = _compared(user, asked, day)
    amount, _own = _amount(user, asked, day)
    shapes = [shape_of(model, asked.benefit, SHOWN) for model in found]
    pictures = [
        (shape, picture(f"ref-{at}", shape.model.name, described(shape), shape.plain, shape.active, SHOWN))
        for at, shape in enumerate(shapes)
    ]
    return context | {"pictures": pictures, "rows": week_rows(shapes, SHOWN, amount), "weeks": SHOWN}


def _choice(user: User, asked: Asked, day: date) -> Context:
    found, context = _compared(user, asked, day)
    amount, _own = _amount(user, asked, day)
    return context | {"lines": choice_lines(found, asked.benefit, asked.weeks, amount, asked.at)}


def _kinks(user: User, asked: Asked, day: date) -> Context:
    assert user.kommune is not None
    found = list(models(day, user.kommune.slug))
    flat = models_of(asked.benefits[0], day, user.kommune.slug, asked.flat or 0)[-1]
    return {"models": [(model, kink_lines(model)) for model in (found[-1], flat, *reversed(found[:-1]))]}


def _own(user: User, asked: Asked, day: date) -> Context:
    assert user.kommune is not None
    own = own_weeks(user.kommune, day)
    return {"found": own, "table": own_table(own) if own else None}


_PARTS: Mapping[str, Callable[[User, Asked, date], Context]] = {
    "uge": _week_less, "trappe": _ladder, "valg": _choice, "trin": _kinks, "egne": _own,
}  # fmt: skip
