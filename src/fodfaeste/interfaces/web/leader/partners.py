"""*Samarbejdspartnere*: a leader makes, moves and closes the access of people outside the employment service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fodfaeste.casework.access.models import PartnerChange, Role, User
from fodfaeste.casework.access.partners import close_partner, make_partner, move_partner, open_partner
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.interfaces.web.planning.forms import Saying, text_field

_LATEST = 20
"""Changes shown below the list."""


class PartnerForm(Saying):
    """Somebody new."""

    name = text_field(
        gettext_lazy("Fulde navn"), 100, gettext_lazy("Skriv personens fulde navn. Borgeren kan se det."),
        help_text=gettext_lazy("Borgeren kan se det."),
    )  # fmt: skip
    organisation = text_field(
        gettext_lazy("Organisation"), 80, gettext_lazy("Skriv, hvilken organisation personen kommer fra."),
        help_text=gettext_lazy("For eksempel en a-kasse, en virksomhed eller en afdeling i kommunen."),
    )  # fmt: skip
    username = text_field(
        gettext_lazy("Brugernavn"), 150, gettext_lazy("Skriv et brugernavn, for eksempel arbejdsmailen."),
        help_text=gettext_lazy("For eksempel arbejdsmailen."),
    )  # fmt: skip


class MoveForm(Saying):
    """Where somebody belongs now."""

    organisation = text_field(
        gettext_lazy("Organisation"), 80, gettext_lazy("Skriv, hvilken organisation personen kommer fra.")
    )


@dataclass(frozen=True)
class Row:
    """A partner, and the form that moves her; ``open`` where it was refused."""

    partner: User
    form: MoveForm
    open: bool


@require_http_methods(["GET", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """Everybody from outside who can sign in, or could; each button (``do``) does one thing."""
    user = request.user
    assert isinstance(user, User)  # the middleware asked everyone to sign in
    if not user.has_perm("partners.manage"):
        raise PermissionDenied(_("Siden er for ledere. Bed din leder om at oprette en samarbejdspartner."))
    form, refused = PartnerForm(), None
    if request.method == "POST":
        form, refused, done = _do(request, user)
        if done:
            return redirect("leader:partners")
    found = User.objects.filter(kommune=user.kommune, role=Role.PARTNER)
    rows = [_row(one, refused) for one in found.order_by("-is_active", "organisation", "first_name", "last_name")]
    changes = PartnerChange.objects.filter(kommune=user.kommune_id).select_related("partner", "by")[:_LATEST]
    wrong = bool(form.errors or refused)
    context = {"rows": rows, "form": form, "changes": changes, "refused": refused[1] if refused else None}
    return render(request, "leader/partners.html", context, status=422 if wrong else 200)


_Refused = tuple[int, MoveForm]


def _do(request: HttpRequest, user: User) -> tuple[PartnerForm, _Refused | None, bool]:
    """The form for somebody new, what was refused of somebody there, and whether all was done."""
    chosen = request.POST.get("do", "")
    if chosen == "ny":
        form = PartnerForm(request.POST)
        return form, None, form.is_valid() and _made(request, form, user)
    partner = _partner(request, user)
    if chosen == "flyt":
        move = MoveForm(request.POST, prefix=f"p{partner.pk}")
        done = move.is_valid() and _tried(move, lambda: move_partner(partner, move.cleaned_data["organisation"], user))
        if done:
            messages.success(request, _("Organisationen er rettet."))
        return PartnerForm(), None if done else (partner.pk, move), done
    if chosen == "luk":
        close_partner(partner, user)
        messages.success(request, _("%(name)s kan ikke logge ind mere.") % {"name": partner.name})
    elif chosen == "adgangskode":
        _tell(request, partner, open_partner(partner, user))
    else:
        raise Http404(_("Det kan siden ikke. Gå tilbage, og prøv igen."))
    return PartnerForm(), None, True


def _made(request: HttpRequest, form: PartnerForm, user: User) -> bool:
    given: dict[str, Any] = form.cleaned_data

    def write() -> None:
        partner, password = make_partner(given["username"], given["name"], given["organisation"], user)
        _tell(request, partner, password)

    return _tried(form, write)


def _tried(form: Saying, write: Callable[[], object]) -> bool:
    try:
        write()
    except RefusedError as error:
        form.refuse(error)
        return False
    return True


def _tell(request: HttpRequest, partner: User, password: str) -> None:
    said = _(
        "%(name)s kan logge ind som %(username)s med adgangskoden %(password)s. Den vises kun nu: giv den videre, "
        "uden at andre ser den."
    )
    messages.success(request, said % {"name": partner.name, "username": partner.username, "password": password})


def _partner(request: HttpRequest, user: User) -> User:
    number = request.POST.get("nummer", "")
    found = User.objects.filter(
        pk=int(number) if number.isdecimal() else 0, role=Role.PARTNER, kommune=user.kommune
    ).first()  # fmt: skip
    if found is None:
        raise Http404(_("Personen er ikke samarbejdspartner i kommunen."))
    return found


def _row(partner: User, refused: _Refused | None) -> Row:
    if refused is not None and refused[0] == partner.pk:
        return Row(partner, refused[1], True)
    return Row(partner, MoveForm(prefix=f"p{partner.pk}", initial={"organisation": partner.organisation}), False)
