"""*Behov og resultater*, and *Hvad tiden går til*: counted from what was written, with what counting cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.interactions import Interactions, Purpose, interactions
from fodfaeste.casework.access.models import User
from fodfaeste.casework.plans.models import Need
from fodfaeste.casework.plans.outcomes import needs_in, outcomes_by_area

BACK = timedelta(days=28)
"""How far back interactions are counted; a habit of the page."""

_PAGE = 50


@dataclass(frozen=True)
class PurposeRow:
    """A purpose with its interactions and its share of all, in whole per cent (None: there were none)."""

    label: str
    about: str
    counted: Interactions
    share: int | None


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Each kind of need: how many were said, what was done, and how many came to something."""
    user = leader_of(request)
    names = dict(Need.Area.choices)
    rows = [(names[one.area], one) for one in outcomes_by_area(_kommune(user))]
    return render(request, "leader/needs.html", {"rows": rows})


@require_safe
def needs_of_area(request: HttpRequest, area: str) -> HttpResponse:
    """The needs of one kind, one by one, without names: from here to the plan is one click."""
    user = leader_of(request)
    names = dict(Need.Area.choices)
    if area not in names:
        raise Http404(_("Det slags behov kendes ikke. Gå tilbage, og vælg et andet."))
    page = Paginator(needs_in(_kommune(user), area), _PAGE).get_page(request.GET.get("side"))
    return render(request, "leader/needs_of_area.html", {"label": names[area], "page": page})


@require_safe
def spent(request: HttpRequest) -> HttpResponse:
    """Interactions by purpose over four weeks, beside the only study that observed how time was split."""
    user = leader_of(request)
    last = timezone.now()  # the log is stamped by the clock, whatever day a demonstration stands at
    first = last - BACK
    counted = interactions(_kommune(user), first, last)
    total = sum(one.opened + one.saved for one in counted.values())
    rows = [_row(purpose, one, total) for purpose, one in counted.items()]
    context: dict[str, Any] = {"rows": rows, "total": total, "first": first, "last": last}
    return render(request, "leader/spent.html", context)


def leader_of(request: HttpRequest) -> User:
    """Who asks, if it is a leader. Raises PermissionDenied with a sentence."""
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if not user.has_perm("kommune.view") or user.kommune_id is None:
        raise PermissionDenied(_("Siden er for ledere. Din egen dag finder du under Min dag."))
    return user


def _kommune(user: User) -> int:
    assert user.kommune_id is not None
    return user.kommune_id


def _row(purpose: Purpose, counted: Interactions, total: int) -> PurposeRow:
    label, about = {
        Purpose.CITIZEN: (_("Borgeren"), _("borgerens side, planen, kontakten, det borgeren har skrevet")),
        Purpose.COMPANY: (_("Virksomheder og andre"), _("dem, der er inviteret ind i en plan, og a-kassen")),
        Purpose.DECISION: (_("Afgørelser"), _("loven i sagen, hvorfor, og hvad der ændrer sig")),
        Purpose.REGISTRATION: (_("Registrering"), _("samtaler, sagsskridt og oplysninger, der skrives ned")),
        Purpose.OTHER: (_("Andet"), _("sider, der ikke er regnet til noget af det andet")),
    }[purpose]
    both = counted.opened + counted.saved
    return PurposeRow(label, about, counted, round(100 * both / total) if total else None)
