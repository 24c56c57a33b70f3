"""Running a scenario: both laws on the same people and luck, again with other draws, and what lies between them.

Replication 0 has central values. The others have other luck and draw every uncertain figure from its interval; the
interval of an answer is what the middle nine tenths of them give; of fewer than twenty, all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.luck import Purpose, words
from fodfaeste.population.nation import People, published_persons
from fodfaeste.rulebook import Law
from fodfaeste.simulation.behaviour import drawn
from fodfaeste.simulation.run import Engine, run_nation
from fodfaeste.simulation.scenario import Scenario, path_of
from fodfaeste.simulation.setup import Push, Setup, setup
from fodfaeste.simulation.totals import Totals

Array = npt.NDArray[Any]
Watch = Callable[[int, int], None]

_EFFECTS = 10_000  # effects draw their luck far from the parameters of behaviour
_MILLION = 1_000_000


@dataclass(frozen=True)
class Replication:
    """One run of both sides: the sums, brought to the whole nation by ``scale``, and the figures it was run with."""

    number: int
    run: Setup
    totals: Totals
    models: Mapping[str, Any]
    scale: float

    def hours(self) -> Array:
        """Hours of municipal staff by side, year, state and act; what the a-kasser spend is not among them."""
        minutes = self.models["offices"]["minutes"]
        each = np.array([float(minutes[act]["value"]) for act in self.run.law.acts]) / 60
        return np.asarray(self.totals.acts[..., 0] * each * self.scale)


@dataclass(frozen=True)
class Compared:
    """A scenario, and its replications; the first has central values."""

    scenario: Scenario
    replications: tuple[Replication, ...]

    @property
    def central(self) -> Replication:
        """The run with central values."""
        return self.replications[0]


def compare(
    law: Law, scenario: Scenario, people: People, engine: Engine | None = None, journal: Path | None = None,
    watch: Watch | None = None,
) -> Compared:  # fmt: skip
    """Run a scenario. ResolveError for a regime or place that is not there.

    ``watch`` is told how many replications are done, of how many.
    """
    found = []
    for number in range(scenario.replications):
        found.append(_replication(law, scenario, people, number, engine, journal))
        if watch is not None:
            watch(number + 1, scenario.replications)
    return Compared(scenario, tuple(found))


def _replication(
    law: Law, scenario: Scenario, people: People, number: int, engine: Engine | None, journal: Path | None
) -> Replication:  # fmt: skip
    models = drawn(number, scenario.seed)
    scale = published_persons() / len(people)
    faster = to_work(scenario, number)
    push = Push(faster) if any(value != 1.0 for value in faster.values()) else None

    def once(pushed: Push | None) -> Replication:
        run = setup(
            law, scenario.sides, scenario.start, scenario.weeks, models, scenario.seed, number, (None, pushed)
        )  # fmt: skip
        return Replication(number, run, run_nation(people, run, engine, journal), models, scale)

    made = once(push)
    if scenario.smaller is None or scenario.falls_on == "reserve":
        return made
    kept = kept_acts(made, path_of(scenario.smaller, made.run.years), scenario.falls_on)
    return once(Push(faster if push else {}, 0, kept))


def to_work(scenario: Scenario, replication: int) -> dict[str, float]:
    """How much oftener people leave for work in the second law, by state."""
    found: dict[str, float] = {}
    for place, effect in enumerate(scenario.freer):
        value = effect.to_work
        if replication:
            luck = int(words(_EFFECTS + place, 1, Purpose.PARAMETER, scenario.seed, replication)[0]) / 2**32
            value = effect.low + (effect.high - effect.low) * luck
        for state in effect.states:
            found[state] = found.get(state, 1.0) * (1 + value)
    return found


def kept_acts(made: Replication, million_kroner: tuple[float, ...], falls_on: str) -> tuple[float, ...]:
    """The share of acts still done by year, when so much money is taken beyond what fewer duties set free.

    ``falls_on`` everything: all that offices do shrinks alike, by their internal cost; acts: these acts bear it alone.
    """
    offices = made.models["offices"]
    pay = made.hours().sum(axis=(2, 3)) * float(offices["wage_an_hour"]["value"]) / _MILLION
    found = []
    for year, million in enumerate(million_kroner):
        part = _part_of_year(made.run, year)
        missing = max(million * part - max(float(pay[0, year] - pay[1, year]), 0.0), 0.0)
        whole = float(offices["internal_cost"]["value"]) * part if falls_on == "everything" else float(pay[1, year])
        found.append(max(1 - missing / whole, 0.0) if whole > 0 else 1.0)
    return tuple(found)


def _part_of_year(run: Setup, year: int) -> float:
    return min(float((run.year == year).sum()) / 52, 1.0)


def centrally(scenario: Scenario) -> Scenario:
    """The scenario with its central run alone."""
    return replace(scenario, replications=1)
