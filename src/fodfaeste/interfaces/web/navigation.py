"""The main menu, by role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.models import Role, User


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    address: str
    label: str | Promise
    roles: frozenset[str]
    current: bool = False


_STAFF = frozenset({Role.CASEWORKER, Role.LEADER, Role.JURIST})
_ALL = frozenset(Role.values)

ENTRIES = (
    Entry("/min-dag/", _("Min dag"), frozenset({Role.CASEWORKER})),
    Entry("/kommunen/", _("Kommunen"), frozenset({Role.LEADER})),
    Entry("/mit/", _("Min side"), frozenset({Role.CITIZEN})),
    Entry("/partner/", _("Delt med mig"), frozenset({Role.PARTNER})),
    Entry("/borger/", _("Søg borger"), _STAFF),
    Entry("/loven/", _("Loven"), _ALL),
    Entry("/kommunen/refusion/", _("Refusion"), frozenset({Role.JURIST})),
    Entry("/aendringer/", _("Hvad ændrer sig"), _STAFF),
)

HOME = {
    Role.CASEWORKER: "/min-dag/", Role.LEADER: "/kommunen/", Role.JURIST: "/loven/", Role.CITIZEN: "/mit/",
    Role.PARTNER: "/partner/",
}  # fmt: skip
"""Where a role begins her day."""


def home_of(user: User) -> str:
    """The address a user comes to after signing in."""
    return HOME[Role(user.role)]


def menu(user: User | None, path: str) -> list[Entry]:
    """The menu of a user, the entry she is under marked; without a user only what is open to anyone."""
    return [
        Entry(entry.address, entry.label, entry.roles, current=path.startswith(entry.address))
        for entry in ENTRIES
        if (user.role in entry.roles if user else entry.address == "/loven/")
    ]
