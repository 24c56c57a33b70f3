"""Need that begins unseen: what is declared of it, and what a scenario says of a check-in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import fsum
from typing import Any

import yaml

from fodfaeste.simulation.behaviour import between, parameters, with_values

_APART = 2_000_000  # these figures draw their luck far from those of behaviour and of incomes
_NEARLY = 1e-9


@dataclass(frozen=True)
class Checkin:
    """A check-in as a scenario offers it on its side ``after``.

    ``states`` are who is offered it, ``rhythms`` the weeks between two check-ins and the share of those who join that
    choose them, ``joins`` the share who join with its interval and source (None: as declared).
    """

    states: tuple[str, ...]
    rhythms: tuple[tuple[int, float], ...]
    joins: tuple[float, float, float, str] | None


@lru_cache(maxsize=1)
def declared_needs() -> dict[str, Any]:
    """The models as they are written down."""
    text = files(__package__).joinpath("checkin.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def drawn_needs(wanted: Checkin, replication: int, seed: int) -> dict[str, Any]:
    """The models of one replication, with what the scenario says of who joins; 0 has the central values."""
    given = with_values({}, declared_needs())
    if wanted.joins is not None:
        value, low, high, source = wanted.joins
        given["joins"] = {"value": value, "interval": [low, high], "source": source}
    if replication == 0:
        return given
    values = {
        one.path: between(one.low, one.value, one.high, _APART + number, seed, replication)
        for number, one in enumerate(parameters(given))
    }
    return with_values(values, given)


def checkin_of(given: Mapping[str, Any] | None) -> Checkin | None:
    """The check-in of a scenario that the schema has found right."""
    if given is None:
        return None
    rhythms = given.get("rhythms", declared_needs()["rhythms"])
    joins = given.get("joins")
    return Checkin(
        tuple(given["states"]),
        tuple(sorted((int(weeks), float(share)) for weeks, share in rhythms.items())),
        None if joins is None else (float(joins["share"]), *map(float, joins["interval"]), joins["source"]),
    )


def shares_short(rhythms: Mapping[Any, float]) -> float | None:
    """What the shares of the rhythms sum to where that is not one; None where it is."""
    whole = fsum(float(share) for share in rhythms.values())
    return None if abs(whole - 1) < _NEARLY else round(whole, 6)
