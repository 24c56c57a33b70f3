"""Courses in which benefits have become one: the record another law is asked about, and what falls due in them.

Nothing of the law is decided here. A merge changes what is on record: the kind of the benefit, whether its spell is
unbroken when somebody moves, and (if the scenario says so) the target group. The evaluator of one case says what
follows, under the regimes of the scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR
from fodfaeste.population.nation.sources import margins
from fodfaeste.reasoning import Status
from fodfaeste.rulebook import ResolvedNorm, Rulebook
from fodfaeste.simulation.calendar import Asking, Calendar
from fodfaeste.simulation.situations import DAYS_A_WEEK, Act, Records, Situation, courses, number_of

Array = npt.NDArray[Any]

_GONE = (Status.NOT_APPLICABLE, Status.WAIVED, Status.LAPSED)
_LAST_YEAR = 52


@lru_cache(maxsize=1)
def merging() -> dict[str, Any]:
    """What is asked about, as it is written down."""
    text = files(__package__).joinpath("merging.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@dataclass(frozen=True)
class Key:
    """A kind of course: its situation, and the one before it with the weeks that lie in front (-1, 0: none is known).

    ``unbroken`` says that the benefit went on through the move.
    """

    course: int
    before: int = -1
    weeks: int = 0
    unbroken: bool = False


@dataclass(frozen=True)
class Rules:
    """How one side records its benefits: by state the kind that is paid, and whose target group everybody has.

    ``begins`` are the events every course of a benefit begins with, by benefit; ``goes_on`` pairs of states between
    which the benefit is one unbroken spell.
    """

    paid: Mapping[str, str]
    group: str | None
    begins: Mapping[str, tuple[str, ...]]
    goes_on: frozenset[tuple[str, str]]

    def course(self, course: int) -> int:
        """The situation whose duties a course has: its own, or that of the state whose group everybody has."""
        one = courses()[course]
        if self.group is None or one.state not in self.paid:
            return course
        return number_of(self.group, one.age, one.qualified, one.recovery, one.cut)


class Joined(Records):
    """Records of courses that follow on others; what came before is set by ``follow``."""

    def __init__(self, book: Rulebook, models: Mapping[str, float], rules: Rules) -> None:
        super().__init__(book.vocabulary, models)
        self.rules, self.key, self.history = rules, Key(-1), list[Act]()

    def follow(self, key: Key, acts: list[Act]) -> None:
        """What lies before the course that is asked about next: ``acts`` are those of the course before it."""
        earlier = (act for act in acts if 0 <= act.week < key.weeks)
        self.key = key
        self.history = [
            Act(act.week - key.weeks, act.day, act.kind, act.spell, act.attrs, act.norm) for act in earlier
        ]  # fmt: skip

    def view(self, one: Situation, on: int, week: int, acts: list[Act]) -> View:
        """As ``Records.view``, with the benefit as this side records it, and what came before."""
        found = super().view(one, on, week, [*self.history, *acts])
        start = on - DAYS_A_WEEK * week
        earliest = start - DAYS_A_WEEK * self.key.weeks
        begun = earliest if self.key.unbroken else start
        before = courses()[self.key.before] if self.key.before >= 0 else None
        paid = self.rules.paid.get(one.state, margins()["states"][one.state].get("benefit"))
        self._spells(found, "ydelse", "type", paid, begun)
        if before is not None:
            was = self.rules.paid.get(before.state, margins()["states"][before.state].get("benefit"))
            if not self.key.unbroken and was != paid:  # a benefit that begins anew has nothing before it
                self._earlier(found, "ydelse", "type", was, earliest, start)
            groups = [margins()["states"][each.state].get("group") for each in (before, one)]
            if groups[0] == groups[1]:
                self._spells(found, "maalgruppe", "gruppe", groups[1], earliest)
            else:
                self._earlier(found, "maalgruppe", "gruppe", groups[0], earliest, start)
        self._begun(found, one, start, begun)
        return found

    def _spells(self, found: View, kind: str, attribute: str, value: str, since: int) -> None:
        found.spells[kind] = [(since, FAR, self._attrs(kind, {attribute: value}, spell=True))]

    def _earlier(self, found: View, kind: str, attribute: str, value: str, first: int, start: int) -> None:
        found.spells[kind].insert(0, (first, start - 1, self._attrs(kind, {attribute: value}, spell=True)))

    def _begun(self, found: View, one: Situation, start: int, begun: int) -> None:
        """The events a benefit begins with stand on its first day, and nowhere else."""
        plain = super().view(one, start, 0, [])
        paid = self.rules.paid.get(one.state)
        for kind, rows in plain.events.items():
            for row in rows:
                if begun != start and row in found.events[kind]:
                    found.events[kind].remove(row)
                    found.events[kind].insert(0, (begun, row[1]))
        for kind in self.rules.begins.get(paid or "", ()):
            if kind in found.events and not plain.events[kind]:
                found.events[kind].insert(0, (begun, self._attrs(kind, {})))
        for kind in plain.events:
            found.events[kind].sort(key=lambda row: row[0])


class Courses:
    """Calendars of one side, made when they are first asked for, and the duties in them as running sums."""

    def __init__(self, book: Rulebook, models: Mapping[str, float], rules: Rules) -> None:
        self.records = Joined(book, models, rules)
        self.asking = Asking(book, self.records)
        self.book, self.rules = self.asking.book, rules
        self._made: dict[Key, Calendar] = {}

    def calendar(self, key: Key) -> Calendar:
        """What falls due in a kind of course, week by week."""
        if key not in self._made:
            earlier = self.calendar(Key(key.before)).acts if key.before >= 0 else []
            self.records.follow(key, earlier)
            self._made[key] = self.asking.calendar(courses()[key.course])
        return self._made[key]

    def running(self, key: Key, norms: list[str]) -> Array:
        """Of each duty, how often it has fallen due before each week of the course; ``[week, duty]``."""
        place = {norm: i for i, norm in enumerate(norms)}
        found = np.zeros((self.asking.weeks + 1, len(norms)), np.int64)
        for one in self.calendar(key).falling:
            if one.norm in place and one.week < self.asking.weeks:
                found[one.week + 1, place[one.norm]] += 1
        return np.asarray(np.cumsum(found, axis=0))

    def unknown(self) -> frozenset[str]:
        """Duties that rest on what is not on record, in any course asked about so far."""
        return frozenset().union(*(made.unknown for made in self._made.values()))

    def duties(self) -> list[ResolvedNorm]:
        """The duties that may fall due."""
        return self.asking.duties

    def rights(self, book: Rulebook, course: int) -> dict[str, str]:
        """The rights of a kind of course in its ``rights_week``: yes, no or unknown. ``book`` is the whole rulebook."""
        from fodfaeste.reasoning import judge_of

        self.records.follow(Key(course), [])
        week = int(merging()["rights_week"])
        view = self.records.view(courses()[course], book.day, week, [])
        answers = judge_of(book).all(view)
        return {
            norm.id: _has(norm, raw)
            for norm, raw in zip(book.norms.values(), answers, strict=True)
            if norm.norm.kind == "right" and not norm.absent and norm.norm.each is None
        }


def _has(norm: ResolvedNorm, raw: Any) -> str:
    if norm.must is None:
        return {0: "no", 2: "yes"}.get(raw[0], "unknown")
    return "no" if raw[0] in _GONE else "unknown" if raw[0] == Status.UNKNOWN else "yes"


def fallen(running: Array, first: Array, last: Array) -> Array:
    """Of running sums by week and duty: how often each falls due from week ``first`` up to ``last``, by row and duty.

    After the weeks of the course its last year repeats, as in the clock.
    """
    return _until(running, last) - _until(running, first)


def _until(running: Array, week: Array) -> Array:
    weeks = len(running) - 1
    year = running[weeks] - running[weeks - _LAST_YEAR]
    over = np.maximum(week - weeks, 0)
    whole, part = over // _LAST_YEAR, over % _LAST_YEAR
    inside = running[np.minimum(week, weeks)]
    extra = whole[:, None] * year + running[weeks - _LAST_YEAR + part] - running[weeks - _LAST_YEAR]
    return np.asarray(inside + np.where(over[:, None] > 0, extra, 0))
