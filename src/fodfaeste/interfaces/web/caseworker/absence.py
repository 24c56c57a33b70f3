"""*Fravær*: who is away, who covers, and that nobody is left without somebody who answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import Absence, Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.handing_over import be_away, come_back
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web.caseworker.citizen_forms import Refusable
from fodfaeste.interfaces.web.caseworker.handover import Somebody, colleagues
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.days import DayField

BACK = "tilbage"
_DAY = timedelta(days=1)


class AbsenceForm(Refusable):
    """Who is away (a caseworker writes for herself), from when to when, and who covers."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = colleagues(user.kommune_id or 0)
        if user.role == Role.LEADER:
            self.fields["away"] = Somebody(
                queryset=found, label=_("Hvem er væk?"), empty_label=_("Vælg"),
                error_messages={"required": _("Vælg, hvem der er væk.")},
            )  # fmt: skip
        self.fields["first"] = DayField(_("Første dag"), missing=_("Skriv den første dag, for eksempel 31.1.2026."))
        self.fields["first"].initial = today()
        self.fields["last"] = DayField(_("Sidste dag"), required=False)
        self.fields["last"].help_text = _("Lad feltet stå tomt, hvis ingen ved det endnu.")
        self.fields["cover"] = Somebody(
            queryset=found.exclude(pk=user.pk), label=_("Afløser"), empty_label=_("Vælg"),
            help_text=_("Afløseren får borgerne på sin Min dag og kan åbne deres sager imens."),
            error_messages={"required": _("Vælg en afløser, så alle borgere har nogen hver dag.")},
        )  # fmt: skip


@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """The absences of the municipality from today on, and a form for one's own; the leader's for anybody's."""
    user = signed_in(request)
    if user.role not in (Role.CASEWORKER, Role.LEADER) or user.kommune_id is None:
        raise PermissionDenied(_("Fravær skrives af sagsbehandlere og ledere. Vælg en anden side i menuen."))
    if BACK in request.POST:
        return _back(request, user)
    form = AbsenceForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, user):
        return redirect("caseworker:absence")
    context = {"form": form, "rows": _rows(user), "without": _without(user)}
    return render(request, "caseworker/absence.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, form: AbsenceForm, user: User) -> bool:
    given = form.cleaned_data
    away: User = given.get("away") or user
    try:
        written = be_away(away, given["cover"], given["first"], given["last"], user, today())
    except RefusedError as error:
        for name, said in error.errors.items():
            form.add_error(name if name in form.fields else None, said)
        return False
    said = _("Det er skrevet. %(cover)s afløser %(away)s.")
    messages.success(request, said % {"cover": written.cover.name, "away": away.name})
    return True


def _back(request: HttpRequest, user: User) -> HttpResponse:
    number = request.POST[BACK]
    found = Absence.objects.filter(pk=int(number) if number.isdecimal() else 0, kommune=user.kommune_id).first()
    if found is None or (found.user_id != user.pk and user.role != Role.LEADER):
        raise PermissionDenied(_("Kun den, der er væk, og lederen kan afslutte fraværet."))
    come_back(found, today())
    messages.success(request, _("Fraværet er slut. Borgerne er tilbage hos deres sagsbehandler."))
    return redirect("caseworker:absence")


def _rows(user: User) -> list[dict[str, Any]]:
    """Absences that run or lie ahead, the first on top."""
    found = (
        Absence.objects.filter(kommune=user.kommune_id, period__isempty=False)
        .exclude(period__endswith__lte=today())
        .select_related("user", "cover")
        .order_by("period", "pk")
    )
    return [
        {
            "absence": one,
            "last": None if one.period.upper is None else one.period.upper - _DAY,
            "may_end": one.user_id == user.pk or user.role == Role.LEADER,
            "ahead": one.period.lower > today(),
        }
        for one in found
    ]


def _without(user: User) -> int:
    """Open courses without a caseworker: the leader answers for them, and should give each to somebody."""
    if user.role != Role.LEADER:
        return 0
    return Course.objects.filter(kommune=user.kommune_id, caseworker=None, closed=None).count()
