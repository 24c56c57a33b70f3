"""A sweep: one number of a regime tried with several values, on the same people and the same luck as the law before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy.typing as npt

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.population.nation import People, published_persons, states
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.varied import varied
from fodfaeste.simulation.behaviour import drawn
from fodfaeste.simulation.compare import to_work
from fodfaeste.simulation.custody import NOBODY, Custody, Held, custody_of, held
from fodfaeste.simulation.lawtables import LawTables, Side
from fodfaeste.simulation.outcomes import interval
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario, Sweep
from fodfaeste.simulation.setup import Push, Setup, setup
from fodfaeste.simulation.situations import DAYS_A_WEEK
from fodfaeste.simulation.spells import Spells, tell_nation
from fodfaeste.simulation.totals import Totals

Array = npt.NDArray[Any]

INSURED = "dagpenge"
"""The state whose contact course the a-kasser and the municipalities share."""

_WEEKS_A_YEAR = 52
_TALKS = {"a-kasse": "akasse-samtale", "kommune": "samtale"}


@dataclass(frozen=True)
class Told:
    """One replication: the sums, every spell, and who had the course in it, by side: the law before, then the values.

    ``same[side]`` says whether the law asks there what the law before asks, week by week: then nothing moves anybody.
    """

    number: int
    run: Setup
    totals: Totals
    models: Mapping[str, Any]
    scale: float
    spells: list[Spells]
    held: list[Held]
    same: tuple[bool, ...]

    def a_year(self, number: float) -> float:
        """A sum of the run, brought to the nation and to one year."""
        return number * self.scale * _WEEKS_A_YEAR / self.run.weeks


@dataclass(frozen=True)
class Quantity:
    """One quantity a year: by value (the law before first), and of each difference to it the interval."""

    name: str
    unit: str
    amounts: tuple[float, ...]
    intervals: tuple[tuple[float, float] | None, ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "name": self.name, "unit": self.unit, "amounts": list(self.amounts),
            "intervals": [None if one is None else list(one) for one in self.intervals],
        }  # fmt: skip


def sides_of(law: Law, scenario: Scenario) -> tuple[Law, list[Side]]:
    """The law with the regime once for each value, and the sides to run. ProblemError where it has no such rate."""
    wanted = _wanted(scenario)
    sides = [scenario.before]
    for value in wanted.values:
        law, id_ = varied(law, wanted.regime, wanted.rate, value)
        sides.append(replace(scenario.after, name=str(value), regimes=(*(scenario.after.regimes or ()), id_)))
    return law, sides


def _wanted(scenario: Scenario) -> Sweep:
    if scenario.sweep is None:
        mend = "add sweep: {regime: …, rate: …, values: […]}, or run it with nation compare"
        raise ProblemError([Problem(scenario.id, None, "sweep", "the scenario says nothing to sweep over", mend)])
    return scenario.sweep


def sweep(law: Law, scenario: Scenario, people: People, engine: Engine | None = None) -> Iterator[Told]:
    """Run a sweep, one replication after another.

    ProblemError where the scenario has no sweep, or the regime no such rate; ResolveError for other regimes.
    """
    made, sides = sides_of(law, scenario)
    last = scenario.start + DAYS_A_WEEK * scenario.weeks - 1
    custodies = [custody_of(made, side, scenario.start, last) for side in sides]
    for number in range(scenario.replications):
        yield _told(made, scenario, sides, custodies, people, number, engine)


def _told(
    law: Law, scenario: Scenario, sides: list[Side], custodies: list[Custody], people: People, number: int,
    engine: Engine | None,
) -> Told:  # fmt: skip
    models, faster = drawn(number, scenario.seed), to_work(scenario, number)
    plain = setup(law, sides, scenario.start, scenario.weeks, models, scenario.seed, number)
    same = tuple(asks_the_same(plain.law, side) for side in range(len(sides)))
    push = Push(faster) if any(value != 1.0 for value in faster.values()) else None
    pushes = [None if alike else push for alike in same]
    run = plain if push is None else setup(
        law, sides, scenario.start, scenario.weeks, models, scenario.seed, number, pushes
    )  # fmt: skip
    totals, spells = tell_nation(people, run, engine)
    days = [held(one, INSURED, custody, run.start) for one, custody in zip(spells, custodies, strict=True)]
    return Told(number, run, totals, models, published_persons() / len(people), spells, days, same)


def asks_the_same(tables: LawTables, side: int) -> bool:
    """Whether a side asks in every week of every course what the first side asks."""

    def rows(table: int) -> list[tuple[Any, ...]]:
        at = tables.at[table]
        acts = [(int(tables.kind[i]), int(tables.ref[i]), int(tables.week[i]), int(tables.exempt[i]), course)
                for course in range(len(at)) for i in range(int(at[course, 0]), int(at[course, -1]))]  # fmt: skip
        return sorted(acts)

    pairs = {(int(one), int(other)) for one, other in zip(tables.which[0].flat, tables.which[side].flat, strict=True)}
    return all(one == other or rows(one) == rows(other) for one, other in pairs)


def quantities(told: list[Told]) -> list[Quantity]:
    """Talks by who holds them, talks that moved, days by who has the course, and those nobody has."""
    made = [_quantity(told, f"talks {who}", "a year", lambda one, who=who: _talks(one, who)) for who in _TALKS]
    made.append(_quantity(told, "talks moved to the a-kasser", "a year", _moved))
    for body in told[0].held[0].bodies:
        named = "days without a responsible" if body == NOBODY else f"days {body}"
        made.append(_quantity(told, named, "person-days a year", lambda one, body=body: _days(one, body)))
    made.append(_quantity(told, "weeks on dagpenge", "person-weeks a year", _weeks))
    return made


def _quantity(told: list[Told], name: str, unit: str, of: Any) -> Quantity:
    return quantity(name, unit, [of(one) for one in told])


def quantity(name: str, unit: str, amounts: list[list[float]]) -> Quantity:
    """From the amounts of every replication by side; the first has central values."""
    intervals: list[tuple[float, float] | None] = []
    for side in range(len(amounts[0])):
        low, high = interval([one[side] - one[0] for one in amounts])
        intervals.append(None if low is None or high is None else (low, high))
    return Quantity(name, unit, tuple(amounts[0]), tuple(intervals))


def _talks(one: Told, who: str) -> list[float]:
    """Talks held with people on dagpenge, by side."""
    act, state = one.run.law.acts.index(_TALKS[who]), states().index(INSURED)
    return [one.a_year(int(side[:, state, act, 0].sum())) for side in one.totals.acts]


def _moved(one: Told) -> list[float]:
    """Talks that the a-kasser hold more than under the law before."""
    talks = _talks(one, "a-kasse")
    return [amount - talks[0] for amount in talks]


def _days(one: Told, body: str) -> list[float]:
    return [one.a_year(side.total(body)) for side in one.held]


def _weeks(one: Told) -> list[float]:
    state = states().index(INSURED)
    return [one.a_year(int((side.until - side.first)[side.state == state].sum())) for side in one.spells]
