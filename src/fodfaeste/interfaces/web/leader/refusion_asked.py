"""What a leader asks about: a benefit, an amount a week, the length of a case, a week in it, and a flat share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from fodfaeste.economy.incentives import average_share
from fodfaeste.economy.tariff import Tariff
from fodfaeste.foundation import parse_kroner
from fodfaeste.interfaces.cells import AmbiguousNumberError, cell

DEFAULTS = {"ydelse": "kontanthjaelp", "beloeb": "", "uger": "60", "uge": "10", "fast": ""}
"""What is asked when nobody says otherwise; habits of the page, not of the law."""

LONGEST = 200
"""Weeks of a case that are shown at most."""

UNIT = 1_000_00
"""A thousand kroner a week, where no amount is known; in øre."""

_LARGEST = 100_000_00
_HUNDRED = 100_00


@dataclass
class Asked:
    """The question as typed and as understood; ``errors`` by field when it cannot be answered.

    ``amount`` is øre a week, None where nobody named one; ``flat`` hundredths of a per cent.
    """

    typed: dict[str, str]
    benefits: Sequence[str]
    benefit: str = ""
    amount: int | None = None
    weeks: int = 0
    at: int = 0
    flat: int | None = None
    errors: dict[str, str] = field(default_factory=dict)


def asked_of(given: QueryDict, benefits: Sequence[str], model: Tariff) -> Asked:
    """Read ``?ydelse=&beloeb=&uger=&uge=&fast=``; what is left out has a default."""
    typed = {name: given.get(name, default).strip() for name, default in DEFAULTS.items()}
    asked = Asked(typed, benefits)
    asked.benefit = typed["ydelse"] if typed["ydelse"] in benefits else ""
    if not asked.benefit:
        asked.errors["ydelse"] = _("Det er ikke en ydelse, som deles i dag. Vælg en af dem i listen.")
    asked.amount = _amount(asked)
    asked.weeks = _whole(asked, "uger", 1, LONGEST)
    asked.at = _whole(asked, "uge", 1, asked.weeks or LONGEST)
    asked.flat = _percent(asked)
    if asked.flat is None and not asked.errors:
        asked.flat = average_share(model, asked.benefit, asked.weeks)
    return asked


def _amount(asked: Asked) -> int | None:
    text = asked.typed["beloeb"]
    if not text:
        return None
    try:
        found = parse_kroner(cell(text, "money"))
    except (AmbiguousNumberError, ValueError, TypeError):
        found = 0
    if 0 < found <= _LARGEST:
        return found
    asked.errors["beloeb"] = _("Skriv ydelsen om ugen i kroner, for eksempel 2844,46. Tomt, hvis du ikke kender den.")
    return None


def _whole(asked: Asked, name: str, least: int, most: int) -> int:
    text = asked.typed[name]
    if text.isascii() and text.isdigit() and least <= int(text) <= most:
        return int(text)
    asked.errors[name] = _("Skriv et helt tal fra %(least)s til %(most)s.") % {"least": least, "most": most}
    return 0


def _percent(asked: Asked) -> int | None:
    text = asked.typed["fast"]
    if not text:
        return None
    try:
        found = parse_kroner(cell(text.removesuffix("%").strip(), "percent"))
    except (AmbiguousNumberError, ValueError, TypeError):
        found = -1
    if 0 <= found < _HUNDRED:
        return found
    asked.errors["fast"] = _(
        "Skriv statens andel i procent, fra 0 til under 100, for eksempel 37,5. Tomt: det samme som trappen giver."
    )
    return None
