"""A check-in tried on the nation: from the first sign of a need until somebody has spoken with her, without and with.

Nothing is estimated: the model of need is declared in ``checkin.yaml`` and put in. What the run adds is everybody's
talks, as the law asks for them and offices hold them, and how long people are on benefit at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.population.nation import People, published_persons, states
from fodfaeste.rulebook import Law
from fodfaeste.simulation.behaviour import drawn
from fodfaeste.simulation.compare import to_work
from fodfaeste.simulation.needs import Checkin, drawn_needs
from fodfaeste.simulation.needs_kernel import (
    ANSWERS,
    ASKED,
    CALLS,
    DAYS,
    FOR_NOTHING,
    MET,
    NEEDS,
    OFFERED,
    OPEN,
    follow,
)
from fodfaeste.simulation.outcomes import interval
from fodfaeste.simulation.rates import ONE
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario
from fodfaeste.simulation.setup import Push, Setup, setup
from fodfaeste.simulation.spells import Spells, tell_nation
from fodfaeste.simulation.totals import Totals

Array = npt.NDArray[Any]

EVERYBODY = "everybody"
"""The row of all who are offered the check-in together."""

_WEEKS_A_YEAR, _DAYS_A_WEEK = 52, 7
_LONGEST = 2048  # weeks after which every need is discovered
_TALKS = 3


@dataclass(frozen=True)
class Followed:
    """The needs of one side in whole numbers, by state.

    ``sums[0]`` and ``waits[0]`` are without a check-in, ``[1]`` with it: needs, those met, days waited, those that
    still wait when the run ends, requests; and how many waited so many whole weeks. ``care`` has answers, calls, calls
    for nothing and weeks of people who joined; ``talks`` the talks held, by act.
    """

    sums: Array
    waits: Array
    care: Array
    talks: Array


@dataclass(frozen=True)
class Waited:
    """One replication: the law before without a check-in, the law after with it."""

    number: int
    run: Setup
    totals: Totals
    needs: Mapping[str, Any]
    scale: float
    sides: tuple[Followed, Followed]
    digest: str

    def a_year(self, number: float) -> float:
        """A sum of the run, brought to the nation and to one year."""
        return number * self.scale * _WEEKS_A_YEAR / self.run.weeks


@dataclass(frozen=True)
class Row:
    """One quantity of a state: without and with (None: nobody to tell it of), and the intervals of the replications.

    ``intervals`` are of the value without, with, and of their difference; None with fewer than three replications.
    """

    state: str
    name: str
    unit: str
    without: float | None
    with_it: float | None
    intervals: tuple[tuple[float, float] | None, ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        known = self.without is not None and self.with_it is not None
        return {
            "state": self.state, "name": self.name, "unit": self.unit, "without": self.without, "with": self.with_it,
            "difference": (self.with_it or 0.0) - (self.without or 0.0) if known else None,
            "intervals": [None if one is None else list(one) for one in self.intervals],
        }  # fmt: skip


def checkin_in(scenario: Scenario) -> Checkin:
    """The check-in of a scenario. ProblemError where it has none."""
    if scenario.checkin is None:
        mend = "add checkin: {states: […]}, or run it with nation compare"
        raise ProblemError([Problem(scenario.id, None, "checkin", "the scenario offers no check-in", mend)])
    return scenario.checkin


def checkin(law: Law, scenario: Scenario, people: People, engine: Engine | None = None) -> Iterator[Waited]:
    """Run a scenario with a check-in, one replication after another.

    ProblemError where the scenario has none; ResolveError for a regime that is not there.
    """
    wanted = checkin_in(scenario)
    for number in range(scenario.replications):
        models, needs = drawn(number, scenario.seed), drawn_needs(wanted, number, scenario.seed)
        faster = to_work(scenario, number)
        push = Push(faster) if any(value != 1.0 for value in faster.values()) else None
        run = setup(
            law, scenario.sides, scenario.start, scenario.weeks, models, scenario.seed, number, (None, push)
        )  # fmt: skip
        totals, spells = tell_nation(people, run, engine)
        before, after = (followed(people, run, side, spells[side], wanted, needs) for side in range(2))
        made = hashlib.sha256(totals.digest.encode())
        for one in (before, after):
            for part in (one.sums, one.waits, one.care):
                made.update(part.tobytes())
        scale = published_persons() / len(people)
        yield Waited(number, run, totals, needs, scale, (before, after), made.hexdigest())


def followed(
    people: People, run: Setup, side: int, spells: Spells, wanted: Checkin, needs: Mapping[str, Any]
) -> Followed:  # fmt: skip
    """The needs of everybody on benefit under one side, without and with a check-in: the same needs, talks and luck."""
    names = states()
    found = Followed(
        np.zeros((2, len(names), 5), np.int64), np.zeros((2, len(names), run.weeks + 1), np.int64),
        np.zeros((len(names), 4), np.int64), np.zeros((len(names), _TALKS), np.int64),
    )  # fmt: skip
    law = run.law
    follow(
        *(getattr(spells, name) for name in ("person", "state", "first", "until", "before", "course", "spared")),
        people.kommune, people.first, side, run.weeks, run.seed, run.replication, run.epoch,
        (law.at, law.kind, law.ref, law.week, law.exempt, law.which), run.stretch, run.year, run.held,
        np.array([name in wanted.states for name in names]), *_luck(wanted, needs), found.sums, found.waits,
        found.care, found.talks,
    )  # fmt: skip
    return found


def _luck(wanted: Checkin, needs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Chances in 2**-32 and whole days, as the kernel takes them."""
    need, asks, given = needs["need"], needs["asks"], needs["check_in"]
    rings = _chance(asks["herself"])
    presses = rings + int((ONE - rings) * float(asks["button"]["value"]))
    upto = np.cumsum([share for _, share in wanted.rhythms])
    rhythms = np.array([[weeks, int(edge * ONE)] for (weeks, _), edge in zip(wanted.rhythms, upto, strict=True)])
    chances = np.array([_chance(given[name]) for name in ("answered", "tells", "for_nothing", "missed_called")])
    days = np.array(
        [_whole(one) for one in (asks["herself_days"], asks["button_days"], given["grace_days"], given["call_days"])]
    )
    begins = np.array([_chance(need["weekly"]), _chance(need["early"]), rings, presses])
    return (
        _chance(needs["joins"]), rhythms, chances, days, begins, _late(need["early_weeks"]), _late(need["late_weeks"])
    )  # fmt: skip


def _chance(given: Mapping[str, Any]) -> int:
    return int(float(given["value"]) * ONE)


def _whole(given: Mapping[str, Any]) -> int:
    return int(float(given["value"]) + 0.5)


def _late(given: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """Of 2**32, how many needs are discovered after more than so many weeks, if it is so many on average."""
    chance, left, found = int(ONE / max(float(given["value"]), 1.0)), ONE, []
    for _ in range(_LONGEST):
        left -= (left * chance) >> 32
        found.append(left)
    return np.array(found, np.int64)


def rows(scenario: Scenario, waited: list[Waited]) -> list[Row]:
    """What a check-in does by state, for all who are offered it together, and to work: nothing unless declared."""
    offered = checkin_in(scenario).states
    groups = {EVERYBODY: offered} | {state: (state,) for state in offered}
    found = []
    for group, members in groups.items():
        at = [states().index(state) for state in members]
        for name, (unit, of) in _QUANTITIES.items():
            found.append(_row(group, name, unit, [[of(one, side, at) for side in range(2)] for one in waited]))
    work = states().index("beskaeftigelse")
    in_work = [[one.a_year(float(side[:, work].sum())) for side in one.totals.people()] for one in waited]
    return [*found, _row(EVERYBODY, "weeks in work", "person-weeks a year", in_work)]


def _row(state: str, name: str, unit: str, amounts: list[list[float | None]] | list[list[float]]) -> Row:
    """From the amounts of every replication, without and with; the first has central values."""
    pairs = [(one[0], one[1], None if None in one else (one[1] or 0.0) - (one[0] or 0.0)) for one in amounts]
    return Row(state, name, unit, amounts[0][0], amounts[0][1], tuple(_between([*map(float, told)]) if None not in told
               else None for told in zip(*pairs, strict=True)))  # fmt: skip


def _between(told: list[float]) -> tuple[float, float] | None:
    low, high = interval(told)
    return None if low is None or high is None else (low, high)


def _sum(one: Waited, side: int, at: list[int], what: int) -> int:
    return int(one.sides[side].sums[side][at, what].sum())


def _care(one: Waited, side: int, at: list[int], what: int) -> int:
    """Of check-ins; the law before has none."""
    return int(one.sides[1].care[at, what].sum()) if side else 0


def _needs(one: Waited, side: int, at: list[int]) -> float | None:
    return one.a_year(_sum(one, side, at, NEEDS))


def _mean(one: Waited, side: int, at: list[int]) -> float | None:
    needs = _sum(one, side, at, NEEDS)
    return _sum(one, side, at, DAYS) / needs / _DAYS_A_WEEK if needs else None


def _median(one: Waited, side: int, at: list[int]) -> float | None:
    """Whole weeks within which half of all needs, also those never met, have been met; None where half never are."""
    needs, waits = _sum(one, side, at, NEEDS), one.sides[side].waits[side][at].sum(axis=0).cumsum()
    reached = np.flatnonzero(2 * waits >= needs)
    return float(reached[0]) if needs and len(reached) else None


def _never(one: Waited, side: int, at: list[int]) -> float | None:
    """Those who left the benefit before anybody had spoken with them, of all needs but those that still wait."""
    needs, met, still = (_sum(one, side, at, what) for what in (NEEDS, MET, OPEN))
    return 100 * (needs - met - still) / (needs - still) if needs > still else None


def _asked(one: Waited, side: int, at: list[int]) -> float | None:
    return one.a_year(_sum(one, side, at, ASKED))


def _calls(one: Waited, side: int, at: list[int]) -> float | None:
    return one.a_year(_care(one, side, at, CALLS))


def _for_nothing(one: Waited, side: int, at: list[int]) -> float | None:
    return one.a_year(_care(one, side, at, FOR_NOTHING))


def _minutes(one: Waited, side: int, at: list[int]) -> float:
    minutes = {name: float(given["value"]) for name, given in one.needs["minutes"].items()}
    checks = _care(one, side, at, ANSWERS) * minutes["answer"] + _care(one, side, at, CALLS) * minutes["call"]
    return checks + _sum(one, side, at, ASKED) * minutes["help"]


def _hours(one: Waited, side: int, at: list[int]) -> float | None:
    return one.a_year(_minutes(one, side, at)) / 60


def _each(one: Waited, side: int, at: list[int]) -> float | None:
    """What a check-in costs for each who joined; the law before has nobody who did."""
    joined = _care(one, side, at, OFFERED)
    return (_minutes(one, 1, at) - _minutes(one, 0, at)) / joined if joined else None


_QUANTITIES: dict[str, tuple[str, Callable[[Waited, int, list[int]], float | None]]] = {
    "needs": ("a year", _needs),
    "weeks to contact": ("weeks from the first sign, on average", _mean),
    "half within": ("weeks from the first sign", _median),
    "never met": ("per cent who left the benefit first", _never),
    "requests for help": ("a year", _asked),
    "calls": ("a year", _calls),
    "calls for nothing": ("a year", _for_nothing),
    "hours of staff": ("hours a year", _hours),
    "minutes for each": ("more minutes of staff a week for each who joined", _each),
}
