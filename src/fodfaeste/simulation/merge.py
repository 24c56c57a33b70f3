"""A merge of benefits: moves that are none any more, what the law asks again, and who wins and loses how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.population.nation import People, published_persons, states
from fodfaeste.population.nation.sources import margins
from fodfaeste.rulebook import Law, Rulebook, resolve
from fodfaeste.simulation.behaviour import IN_THE_LAW, drawn
from fodfaeste.simulation.compare import to_work
from fodfaeste.simulation.incomes import WEEKS, Amounts, deciles, drawn_incomes, households
from fodfaeste.simulation.lawtables import Side
from fodfaeste.simulation.merging import Courses, Key, Rules, fallen, merging
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Merge, Scenario
from fodfaeste.simulation.setup import Push, setup
from fodfaeste.simulation.situations import Records, courses, situations
from fodfaeste.simulation.spells import Spells, joined, tell_nation

Array = npt.NDArray[Any]

_RATES = ("own", "into", "highest", "lowest")
_CERTAIN = 2**32
_WHOLE = 10_000


@dataclass(frozen=True)
class Paid:
    """Money of one replication, in whole øre, by row of the spells on merged benefits.

    ``before`` and ``after`` are øre a month, -1 where it is not known; ``decile`` is 0 where it is not. ``known`` says
    whether the difference is: both amounts are, or the same norm decides both from the same facts.
    """

    before: Array
    after: Array
    known: Array
    kind: Array
    decile: Array

    @property
    def change(self) -> Array:
        """After less before, øre a month; 0 where it is not known."""
        return np.where(self.known, self.after - self.before, 0)


@dataclass(frozen=True)
class Merged:
    """One replication: the spells on merged benefits of both sides, what fell due in them, moves, and money.

    ``moves[one, other]`` counts moves from a benefit to another before; ``duties[norm]`` is how often a duty fell due
    before and after, ``unknown`` those that rest on what is not on record. ``money`` is of the first side's spells:
    what the same weeks are paid with.
    """

    number: int
    weeks: int
    scale: float
    spells: tuple[Spells, Spells]
    moves: Mapping[tuple[str, str], int]
    left: int
    duties: Mapping[str, tuple[int, int]]
    unknown: tuple[frozenset[str], frozenset[str]]
    money: Paid
    digest: str

    def a_year(self, number: float) -> float:
        """A sum of the run, brought to the nation and to one year."""
        return number * self.scale * WEEKS / self.weeks


@dataclass(frozen=True)
class Asked:
    """The law of both sides on the day it is asked about: whole rulebooks, and the day whose rates are used."""

    sides: tuple[Side, Side]
    books: tuple[Rulebook, Rulebook]
    priced: tuple[Rulebook, Rulebook]


def merge_of(scenario: Scenario) -> Merge:
    """The merge of a scenario. ProblemError where it has none."""
    if scenario.merge is None:
        mend = "add merge: {benefits: […], into: …}, or run it with nation compare"
        raise ProblemError([Problem(scenario.id, None, "merge", "the scenario merges nothing", mend)])
    return scenario.merge


def law_of(law: Law, scenario: Scenario) -> Asked:
    """What a merge asks: the law of one day on each side. ProblemError for a rate the law does not have."""
    wanted = merge_of(scenario)

    def book(side: Side, day: int) -> Rulebook:
        there = side.regimes
        if there is not None:
            there = tuple(one for one in there if one not in law.regimes or law.regimes[one].window.covers(day))
        return resolve(law, day, None, there)

    before, after = (book(side, side.day or scenario.start) for side in scenario.sides)
    one, other = (book(side, wanted.rates_on or side.day or scenario.start) for side in scenario.sides)
    if wanted.rate not in _RATES and wanted.rate not in other.norms:
        mend = f"use {', '.join(_RATES)}, or the id of a rate of the law"
        raise ProblemError([Problem(scenario.id, None, "merge.rate", f"the law has no '{wanted.rate}'", mend)])
    return Asked(scenario.sides, (before, after), (one, other))


def rules_of(scenario: Scenario) -> tuple[Rules, Rules]:
    """How each side records the benefits that are merged."""
    wanted = merge_of(scenario)
    own = {state: str(given["benefit"]) for state, given in _merged(wanted).items()}
    pairs = {(one, other) for one in own for other in own}
    same = frozenset((one, other) for one, other in pairs if own[one] == own[other])
    goes_on = frozenset(pairs) if wanted.clocks == "go-on" else same
    begins = [
        set(situations()["states"].get(state, {}).get("begins", ())) for state in own if own[state] == wanted.into
    ]
    common = tuple(sorted(set.intersection(*begins))) if begins else ()
    group = None if wanted.groups == "own" else wanted.groups
    after = Rules(dict.fromkeys(own, wanted.into), group, {wanted.into: common}, goes_on)
    return Rules(own, None, {}, same), after


def _merged(wanted: Merge) -> dict[str, Any]:
    """The states of the merged benefits."""
    found: dict[str, Any] = margins()["states"]
    return {state: given for state, given in found.items() if given.get("benefit") in wanted.benefits}


def merge(law: Law, scenario: Scenario, people: People, engine: Engine | None = None) -> Iterator[Merged]:
    """Run a merge, one replication after another. ProblemError as ``law_of``; ResolveError for unknown regimes."""
    found, rules = law_of(law, scenario), rules_of(scenario)
    asked: dict[tuple[float, ...], tuple[Courses, Courses]] = {}
    for number in range(scenario.replications):
        models = drawn(number, scenario.seed)
        figures = {name: float(models["offices"][name]["value"]) for name in IN_THE_LAW}
        key = tuple(figures.values())
        if key not in asked:
            pair = zip(found.books, rules, strict=True)
            one, other = (Courses(book, figures, rule) for book, rule in pair)
            asked[key] = (one, other)
        yield _replication(law, scenario, found, asked[key], people, number, models, engine)


def _replication(
    law: Law, scenario: Scenario, found: Asked, made: tuple[Courses, Courses], people: People, number: int,
    models: Mapping[str, Any], engine: Engine | None,
) -> Merged:  # fmt: skip
    faster = to_work(scenario, number)
    push = Push(faster) if any(value != 1.0 for value in faster.values()) else None
    both = (scenario.before, scenario.before)  # only who lives where is taken from the run; what is due is asked below
    run = setup(law, both, scenario.start, scenario.weeks, models, scenario.seed, number, (None, push))
    totals, told = tell_nation(people, run, engine)
    inside = np.array([state in made[0].rules.paid for state in states()])
    first, second = (side.of(np.flatnonzero(inside[side.state])) for side in told)
    exempt = float(models["offices"]["exemption"]["value"])
    duties = [_fallen(each, spells, exempt) for each, spells in zip(made, (first, second), strict=True)]
    moves = _moves(first, made[0].rules)
    names = sorted(set(duties[0]) | set(duties[1]))
    return Merged(
        number, run.weeks, published_persons() / len(people), (first, second), moves,
        sum(_moves(second, made[1].rules).values()),
        {name: (duties[0].get(name, 0), duties[1].get(name, 0)) for name in names},
        (made[0].unknown(), made[1].unknown()),
        paid(law, scenario, found, made[0].records, first, drawn_incomes(number, scenario.seed)), totals.digest,
    )  # fmt: skip


def _moves(spells: Spells, rules: Rules) -> dict[tuple[str, str], int]:
    """Moves from one spell to the next by benefit, where the benefit is not the same unbroken one."""
    goes_on = joined(spells, [0 if state in rules.paid else -1 for state in states()])
    found: Counter[tuple[str, str]] = Counter()
    names = states()
    here = np.flatnonzero(goes_on)
    pairs, often = np.unique(np.stack([spells.state[here - 1], spells.state[here]], axis=1), axis=0, return_counts=True)
    for (one, other), number in zip(pairs.tolist(), often.tolist(), strict=True):
        if (names[one], names[other]) not in rules.goes_on:
            found[rules.paid[names[one]], rules.paid[names[other]]] += number
    return dict(found)


def _fallen(made: Courses, spells: Spells, exemption: float) -> dict[str, int]:
    """How often each duty fell due in these spells, for those a quota does not leave out."""
    duties = made.duties()
    names = [norm.id for norm in duties]
    limits = np.array([_exempt(made.book, exemption).get(name, 0) for name in names], np.int64)
    total = np.zeros(len(names), np.int64)
    keys, offset = _keys(made, spells)
    for key in sorted(set(keys), key=repr):
        if key is None:
            continue
        rows = np.array([i for i, each in enumerate(keys) if each == key])
        begun = offset[rows]
        counts = fallen(made.running(key, names), begun, begun + spells.until[rows] - spells.first[rows])
        total += (counts * (spells.spared[rows, None] >= limits)).sum(axis=0)
    return {name: int(number) for name, number in zip(names, total.tolist(), strict=True) if number}


def _exempt(book: Rulebook, used: float) -> dict[str, int]:
    """By duty the chance in 2**-32 that an office leaves somebody out of it, as the clock has it."""
    quotas = (norm for norm in book.norms.values() if norm.norm.kind == "quota" and not norm.absent)
    return {
        norm.norm.of: int((_WHOLE - norm.version.share) / _WHOLE * used * _CERTAIN)
        for norm in quotas
        if norm.norm.of is not None and norm.version.share is not None
    }


def _keys(made: Courses, spells: Spells) -> tuple[list[Key | None], Array]:
    """The kind of course of each spell, and the week of it in which the spell's first week of the run lies."""
    rules, names, lengths = made.rules, states(), merging()["history_weeks"]
    follows = joined(spells, [0 if state in rules.paid else -1 for state in names])
    found: list[Key | None] = []
    offset = spells.before.copy()
    begun = 0
    known: dict[Key, Key] = {}
    rows = zip(
        spells.course.tolist(), spells.state.tolist(), spells.first.tolist(), spells.before.tolist(), follows.tolist(),
        strict=True,
    )  # fmt: skip
    before: tuple[int, int] = (-1, -1)
    for i, (course, state, first, weeks, goes_on) in enumerate(rows):
        begun = begun if goes_on else first - weeks
        if course < 0:
            found.append(None)
        else:
            ours = rules.course(course)
            unbroken = goes_on and (names[before[1]], names[state]) in rules.goes_on
            if not goes_on or before[0] < 0:
                key = Key(ours)
            elif unbroken and rules.group is not None:
                key, offset[i] = Key(ours), first - begun
            else:
                near = min(lengths, key=lambda one: abs(one - (first - begun)))
                key = Key(ours, rules.course(before[0]), near, unbroken)
            found.append(known.setdefault(key, key))
        before = (course, state)
    return found, offset


def paid(
    law: Law, scenario: Scenario, found: Asked, records: Records, spells: Spells, models: Mapping[str, Any]
) -> Paid:  # fmt: skip
    """What each spell is paid a month before and after, in which household and decile."""
    wanted = merge_of(scenario)
    one, other = (Amounts(law, book, Records(book.vocabulary, records.models), wanted.facts) for book in found.priced)
    limits = deciles(models)
    kind = households(spells.person, scenario.people_seed, models)
    columns = np.stack([spells.state, spells.course, kind], axis=1)
    groups, which = np.unique(columns, axis=0, return_inverse=True)
    table = []
    for state, course, household in groups.tolist():
        if course < 0:
            table.append((-1, -1, 0, 0))
            continue
        benefit, situation = str(margins()["states"][states()[state]]["benefit"]), courses()[course]
        was = one.of(benefit, situation, household)
        now = _after(wanted, other, benefit, situation, household)
        known = (was is not None and now is not None) or _alike(wanted, one, other, benefit)
        table.append((-1 if was is None else was, -1 if now is None else now, known, limits.of(was, household)))
    values = np.array(table, np.int64).reshape(-1, 4)[which.reshape(-1)]
    return Paid(values[:, 0], values[:, 1], values[:, 2] > 0, kind, values[:, 3])


def _alike(wanted: Merge, one: Amounts, other: Amounts, benefit: str) -> bool:
    """Whether the same norm decides the amount before and after, whatever the facts are."""
    stays = wanted.rate == "own" or (wanted.rate == "into" and benefit == wanted.into)
    return stays and one.deciding(benefit) == other.deciding(benefit) != frozenset()


def _after(wanted: Merge, amounts: Amounts, benefit: str, situation: Any, household: int) -> int | None:
    if wanted.rate not in _RATES:
        return amounts.norm(wanted.rate, situation, household)
    if wanted.rate in ("own", "into"):
        return amounts.of(benefit if wanted.rate == "own" else wanted.into, situation, household)
    all_ = [amounts.of(each, situation, household) for each in wanted.benefits]
    known = [each for each in all_ if each is not None]
    if len(known) < len(all_):
        return None
    return max(known) if wanted.rate == "highest" else min(known)
