"""What a saving leaves to be found, and at which price of late help it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fodfaeste.simulation.behaviour import between
from fodfaeste.simulation.compare import Compared, Replication
from fodfaeste.simulation.scenario import Scenario, path_of

_LATE = 40_000  # far from the draws of behaviour
_MILLION = 1_000_000


@dataclass(frozen=True)
class SavingYear:
    """Million kroner of one year: what is claimed, what agreements have delivered of it, and what is left to find."""

    year: int
    claimed: float
    delivered: float

    @property
    def remainder(self) -> float:
        """Claimed less delivered; below nothing where more was delivered than claimed."""
        return self.claimed - self.delivered

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "year": self.year, "claimed": self.claimed, "delivered": self.delivered, "remainder": self.remainder
        }  # fmt: skip


def saving_years(scenario: Scenario, years: tuple[int, ...]) -> list[SavingYear]:
    """The saving of each year; nothing where none is claimed."""
    if scenario.saving is None:
        return []
    claimed = path_of(scenario.saving, years)
    parts = [path_of(one.million_kroner, years) for one in scenario.delivered]
    return [SavingYear(year, claimed[i], sum(part[i] for part in parts)) for i, year in enumerate(years)]


@dataclass(frozen=True)
class Lateness:
    """What is saved a year, in million kroner, if each act more that is left undone later costs so many kroner."""

    kroner: float
    saved: float

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"kroner": self.kroner, "saved": self.saved}


def lateness(compared: Compared) -> list[Lateness]:
    """The saving at prices from nothing to beyond the one at which it is none; with central values.

    Nothing where no more acts are left undone. The prices of the scenario are among them.
    """
    more, pay = _undone_and_pay(compared.central)
    even = pay / more if more > 0 else None
    if even is None:
        return []
    late = compared.scenario.late_need
    prices = {0.0, even / 2, even, 2 * even} if even > 0 else {0.0}
    prices |= set(late[:3]) if late is not None else set()
    return [Lateness(price, (pay - more * price) / _MILLION) for price in sorted(prices)]


def break_even(compared: Compared) -> float | None:
    """Kroner for each act more that is left undone, at which the saving is eaten up; None where no more are left."""
    more, pay = _undone_and_pay(compared.central)
    return pay / more if more > 0 else None


def _undone_and_pay(one: Replication) -> tuple[float, float]:
    """A year: acts more that are left undone, and kroner of pay less."""
    years = one.run.weeks / 52
    undone = one.totals.acts[..., 1].sum(axis=(1, 2, 3)) * one.scale / years
    wage = float(one.models["offices"]["wage_an_hour"]["value"])
    pay = one.hours().sum(axis=(1, 2, 3)) * wage / years
    return float(undone[1] - undone[0]), float(pay[0] - pay[1])


def late_price(scenario: Scenario, replication: int) -> float:
    """Kroner an act left undone costs later: the central value, or a draw from its interval. Nothing if not named."""
    if scenario.late_need is None:
        return 0.0
    kroner, low, high, _ = scenario.late_need
    return between(low, kroner, high, _LATE, scenario.seed, replication) if replication else kroner
