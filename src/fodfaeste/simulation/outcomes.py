"""What a comparison says: each quantity under both laws, the difference, and the interval it may lie in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import kommuner, states
from fodfaeste.simulation.compare import Compared, Replication
from fodfaeste.simulation.saving import late_price
from fodfaeste.simulation.scenario import path_of
from fodfaeste.simulation.situations import clocked

Array = npt.NDArray[Any]

_LOW, _HIGH = 5, 95
_FEWEST = 3  # replications before an interval is shown at all
_ENOUGH = 20  # and before its ends are cut


@dataclass(frozen=True)
class Figure:
    """One quantity a year on average over the horizon, before and after; the interval is of the difference.

    ``low`` and ``high`` are None while there are too few replications to tell.
    """

    kind: str
    name: str
    before: float
    after: float
    low: float | None
    high: float | None
    unit: str = ""
    ref: str = ""
    owed_by: str = ""

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        interval = None if self.low is None else [self.low, self.high]
        return {
            "kind": self.kind, "name": self.name, "ref": self.ref, "owed_by": self.owed_by, "unit": self.unit,
            "before": self.before, "after": self.after, "difference": self.difference, "interval": interval,
        }  # fmt: skip


def figures(compared: Compared) -> list[Figure]:
    """Everything a comparison says."""
    return [
        *_duties(compared), *_acts(compared), *_hours(compared), *_weeks(compared), *_silent(compared),
        *_moves(compared), *_money(compared),
    ]  # fmt: skip


def by_kommune(compared: Compared) -> list[dict[str, Any]]:
    """Benefit weeks and acts done a year in each municipality, under both laws, with central values."""
    one = compared.central
    years = _years(one)
    inside = [states().index(state) for state in clocked()]
    weeks = one.totals.by_kommune[:, :, inside].sum(axis=2) * one.scale / years
    done = one.totals.acts_kommune.sum(axis=2) * one.scale / years
    return [
        {
            "kommune": place.name, "code": place.code, "benefit_weeks": weeks[:, i].tolist(),
            "acts": done[:, i].tolist(),
        }
        for i, place in enumerate(kommuner())
    ]  # fmt: skip


def _years(one: Replication) -> float:
    return one.run.weeks / 52


def _figure(
    compared: Compared, kind: str, name: str, of: Callable[[Replication], Array], unit: str, ref: str = "",
    owed_by: str = "",
) -> Figure:  # fmt: skip
    """A quantity by side, from each replication."""
    values = [np.asarray(of(one), float) for one in compared.replications]
    differences = [float(value[1] - value[0]) for value in values]
    low, high = interval(differences)
    return Figure(kind, name, float(values[0][0]), float(values[0][1]), low, high, unit, ref, owed_by)


def interval(differences: list[float]) -> tuple[float | None, float | None]:
    """The middle nine tenths; of fewer than twenty, all of them; of very few, nothing is said."""
    if len(differences) < _FEWEST:
        return None, None
    ends = (_LOW, _HIGH) if len(differences) >= _ENOUGH else (0, 100)
    low, high = np.percentile(differences, ends).tolist()
    return low, high


def _a_year(select: Callable[[Replication], Array]) -> Callable[[Replication], Array]:
    return lambda one: select(one) * one.scale / _years(one)


def _duties(compared: Compared) -> Iterator[Figure]:
    norms = sorted({duty.norm: duty for one in compared.replications for duty in one.run.law.duties}.items())
    for norm, duty in norms:

        def fallen(one: Replication, norm: str = norm) -> Array:
            listed = [each.norm for each in one.run.law.duties]
            if norm not in listed:
                return np.zeros(2)
            return np.asarray(one.totals.fallen[:, :, listed.index(norm)].sum(axis=1))

        yield _figure(compared, "duty", norm, _a_year(fallen), "a year", duty.ref, duty.owed_by)


def _acts(compared: Compared) -> Iterator[Figure]:
    for number, act in enumerate(compared.central.run.law.acts):
        for place, word in enumerate(("done", "not done")):

            def acts(one: Replication, number: int = number, place: int = place) -> Array:
                return np.asarray(one.totals.acts[:, :, :, number, place].sum(axis=(1, 2)))

            yield _figure(compared, f"act {word}", act, _a_year(acts), "a year")


def _hours(compared: Compared) -> Iterator[Figure]:
    for state in clocked():
        at = states().index(state)

        def hours(one: Replication, at: int = at) -> Array:
            return np.asarray(one.hours()[:, :, at].sum(axis=(1, 2)) / _years(one))

        def positions(one: Replication, at: int = at) -> Array:
            year = float(one.models["offices"]["hours_a_position"]["value"])
            return np.asarray(one.hours()[:, :, at].sum(axis=(1, 2)) / _years(one) / year)

        yield _figure(compared, "hours", state, hours, "hours a year")
        yield _figure(compared, "positions", state, positions, "full-time positions")


def _weeks(compared: Compared) -> Iterator[Figure]:
    for state in (*clocked(), "beskaeftigelse"):
        at = states().index(state)

        def weeks(one: Replication, at: int = at) -> Array:
            return np.asarray(one.totals.people()[:, :, at].sum(axis=1))

        yield _figure(compared, "weeks", state, _a_year(weeks), "person-weeks a year")


def _silent(compared: Compared) -> Iterator[Figure]:
    for state in clocked():
        at = states().index(state)

        def silent(one: Replication, at: int = at) -> Array:
            return np.asarray(one.totals.silent[:, :, at].sum(axis=1))

        yield _figure(compared, "without a talk", state, _a_year(silent), "person-weeks past half a year, a year")


def _moves(compared: Compared) -> Iterator[Figure]:
    for state in clocked():
        for to in ("beskaeftigelse", *clocked()):
            at, there = states().index(state), states().index(to)

            def moves(one: Replication, at: int = at, there: int = there) -> Array:
                return np.asarray(one.totals.moves[:, :, at, there].sum(axis=1))

            made = _figure(compared, "move", f"{state} → {to}", _a_year(moves), "a year")
            if made.before or made.after:
                yield made


def _money(compared: Compared) -> Iterator[Figure]:
    """Pay for the hours, the money taken out, and what acts left undone cost later: million kroner a year."""
    scenario = compared.scenario

    def pay(one: Replication) -> Array:
        wage = float(one.models["offices"]["wage_an_hour"]["value"])
        return np.asarray(one.hours().sum(axis=(1, 2, 3)) * wage / 1e6 / _years(one))

    yield _figure(compared, "money", "pay", pay, "million kroner a year")
    for name, given in (("saving claimed", scenario.saving), ("money taken out", scenario.smaller)):
        if given:

            def path(one: Replication, given: Any = given) -> Array:
                return np.array([0.0, float(np.mean(path_of(given, one.run.years)))])

            yield _figure(compared, "money", name, path, "million kroner a year")
    if scenario.late_need is not None:

        def late(one: Replication) -> Array:
            undone = one.totals.acts[..., 1].sum(axis=(1, 2, 3))
            return np.asarray(undone * one.scale * late_price(scenario, one.number) / 1e6 / _years(one))

        yield _figure(compared, "money", "late need", late, "million kroner a year")
        both = "pay and late need"
        yield _figure(compared, "money", both, lambda one: pay(one) + late(one), "million kroner a year")
