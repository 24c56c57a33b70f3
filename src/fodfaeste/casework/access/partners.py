"""Partners: who from outside may sign in, where they belong, and that a leader made, moved or closed their access.

What was done is kept with the name of who did it. A partner still sees nothing of anybody before a caseworker lets
her in to a plan.
"""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import PartnerChange, Role, User
from fodfaeste.casework.access.refusal import RefusedError

_What = PartnerChange.What


@transaction.atomic
def make_partner(username: str, name: str, organisation: str, by: User) -> tuple[User, str]:
    """Let somebody of an organisation sign in. Returns her user and the password, which is kept nowhere.

    Raises RefusedError.
    """
    _may(by)
    errors = _errors(name, organisation)
    if not username.strip():
        errors["username"] = _("Skriv et brugernavn, for eksempel arbejdsmailen.")
    elif User.objects.filter(username__iexact=username.strip()).exists():
        errors["username"] = _("Brugernavnet er taget. Vælg et andet.")
    if errors:
        raise RefusedError(errors)
    password = secrets.token_urlsafe(12)
    first, _space, last = name.strip().rpartition(" ")
    partner = User.objects.create_user(
        username.strip(), password=password, first_name=first or last, last_name=last if first else "",
        role=Role.PARTNER, kommune=by.kommune, organisation=organisation.strip(),
    )  # fmt: skip
    _note(partner, _What.MADE, by)
    return partner, password


@transaction.atomic
def move_partner(partner: User, organisation: str, by: User) -> User:
    """Bind a partner to another organisation. Raises RefusedError, also while somebody has let her in to a plan."""
    partner = _row(partner, by)
    if not organisation.strip():
        raise RefusedError({"organisation": _("Skriv, hvilken organisation personen kommer fra.")})
    if organisation.strip() == partner.organisation:
        return partner
    if _let_in(partner):
        raise RefusedError(
            {
                "organisation": _(
                    "Personen er lukket ind i en plan for sin nuværende organisation. Bed sagsbehandleren lukke den "
                    "adgang først, eller opret personen på ny."
                )
            }
        )
    partner.organisation = organisation.strip()
    partner.save(update_fields=["organisation"])
    _note(partner, _What.MOVED, by)
    return partner


@transaction.atomic
def close_partner(partner: User, by: User) -> User:
    """Nobody signs in as her any more, from now on. Twice is once."""
    partner = _row(partner, by)
    if partner.is_active:
        partner.is_active = False
        partner.save(update_fields=["is_active"])
        _note(partner, _What.CLOSED, by)
    return partner


@transaction.atomic
def open_partner(partner: User, by: User) -> str:
    """She may sign in again, with a new password. Returns it; it is kept nowhere."""
    partner = _row(partner, by)
    what = _What.NEW_PASSWORD if partner.is_active else _What.OPENED
    password = secrets.token_urlsafe(12)
    partner.set_password(password)
    partner.is_active = True
    partner.save(update_fields=["is_active", "password"])
    _note(partner, what, by)
    return password


def _may(by: User) -> None:
    if not by.has_perm("partners.manage"):
        raise RefusedError({"__all__": _("Kun en leder i kommunen kan oprette og lukke samarbejdspartnere.")})


def _row(partner: User, by: User) -> User:
    _may(by)
    found = User.objects.select_for_update(of=("self",)).filter(pk=partner.pk, role=Role.PARTNER, kommune=by.kommune)
    if (one := found.first()) is None:
        raise RefusedError({"__all__": _("Personen er ikke samarbejdspartner i kommunen.")})
    return one


def _errors(name: str, organisation: str) -> dict[str, str]:
    errors = {}
    if not name.strip():
        errors["name"] = _("Skriv personens fulde navn. Borgeren kan se det.")
    if not organisation.strip():
        errors["organisation"] = _("Skriv, hvilken organisation personen kommer fra.")
    return errors


def _let_in(partner: User) -> bool:
    from fodfaeste.casework.access.queries import invitations_of

    return invitations_of(partner).exists()


def _note(partner: User, what: str, by: User) -> None:
    assert by.kommune is not None  # a leader has one
    PartnerChange.objects.create(
        kommune=by.kommune, partner=partner, what=what, organisation=partner.organisation, by=by
    )  # fmt: skip
