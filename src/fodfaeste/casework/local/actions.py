"""Writing down what the municipality decided about a promise."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.local.models import Decision
from fodfaeste.casework.local.queries import given_up


@transaction.atomic
def decide(
    norm: str, what: str, begins: date, decided_by: str, reason: str, by: User, today: date, promised: Collection[str]
) -> Decision:
    """Give a promise up, or keep it again, from a day on. ``promised`` are the norms with a promise.

    A promise is never given up backwards: what was promised yesterday was promised. Raises RefusedError.
    """
    kommune = by.kommune
    errors: dict[str, str] = {}
    if kommune is None or norm not in promised:
        errors["norm"] = _("Det er ikke et løfte, kommunen har givet. Vælg et fra listen.")
    if what not in Decision.What.values:
        errors["what"] = _("Vælg, om løftet opgives eller tages op igen.")
    if begins < today:
        errors["begins"] = _("Et løfte kan ikke opgives bagud. Vælg i dag eller en senere dag.")
    if not decided_by.strip():
        errors["decided_by"] = _("Skriv, hvem der har besluttet det. Det står på hver sag, løftet gælder.")
    if not reason.strip():
        errors["reason"] = _("Skriv hvorfor. Det står på hver sag, løftet gælder.")
    if not errors and kommune is not None:
        gone = norm in given_up(kommune.slug, begins)
        if gone == (what == Decision.What.GIVEN_UP):
            errors["what"] = _("Sådan er det allerede den dag. Der er ikke noget at beslutte.")
    if errors or kommune is None:
        raise RefusedError(errors)
    return Decision.objects.create(
        kommune=kommune, norm=norm, what=what, begins=begins, decided_by=decided_by.strip(), reason=reason.strip(),
        by=by,
    )  # fmt: skip
