"""Which promises above the law are given up on a day, and what was ever decided about them."""

from __future__ import annotations

from datetime import date

from fodfaeste.casework.local.models import Decision


def standing_decisions(place: str, day: date) -> dict[str, Decision]:
    """The decision that counts on a day, by norm, in the municipality with a slug. One query."""
    found: dict[str, Decision] = {}
    for one in Decision.objects.filter(kommune__slug=place, begins__lte=day).select_related("by"):
        found.setdefault(one.norm, one)  # the latest first
    return found


def given_up(place: str, day: date) -> dict[str, Decision]:
    """The promises that are given up on a day, by norm. One query."""
    decided = standing_decisions(place, day)
    return {norm: one for norm, one in decided.items() if one.what == Decision.What.GIVEN_UP}


def decisions_of(place: str) -> list[Decision]:
    """Everything that was ever decided, also for days to come, the latest first."""
    return list(Decision.objects.filter(kommune__slug=place).select_related("by"))
