"""Who has the contact course on each day of a spell: asked of the law, for the spell's own first day.

The law is asked about the two ends of a spell. Where they differ, the day between them on which the answer changes is
found by halving; so an answer that came and went in between would not be seen. Tests ask about every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.facts.view import View
from fodfaeste.population.nation import states
from fodfaeste.reasoning import judge_of
from fodfaeste.rulebook import Law, Rulebook, resolve
from fodfaeste.simulation.calendar import only
from fodfaeste.simulation.lawtables import Side
from fodfaeste.simulation.situations import DAYS_A_WEEK, Records, Situation, courses
from fodfaeste.simulation.spells import Spells

Array = npt.NDArray[Any]

HOLDER = "lob.18b.hvem"
"""The norm that says which body has the contact course on a day."""

NOBODY = "nobody"

_RECORDS = {"agreed_weeks": 0, "need_weeks": 0, "case_weeks": 0}  # models the answer does not rest on


@dataclass
class Custody:
    """The answers of one law, by its periods; ``bodies`` are those of the law, and last the unknown one."""

    periods: tuple[tuple[int, Rulebook], ...]
    bodies: tuple[str, ...]
    _asked: dict[tuple[int, int, int], int] = field(default_factory=dict)
    _judges: dict[int, tuple[Any, Records]] = field(default_factory=dict)

    def on(self, course: int, start: int, day: int) -> int:
        """The number of the body that has a course of that kind, begun on Monday ``start``, on a day."""
        key = (course, start, day)
        if key not in self._asked:
            place = max(i for i, (first, _) in enumerate(self.periods) if first <= day or i == 0)
            self._asked[key] = self._ask(place, courses()[course], start, day)
        return self._asked[key]

    def days(self, course: int, start: int, first: int, last: int) -> list[int]:
        """How many of the days from ``first`` to ``last`` (both included) each body has, and nobody."""
        found = [0] * len(self.bodies)
        edges = sorted({first, *(day for day, _ in self.periods if first < day <= last)})
        for begin, end in zip(edges, [*(edge - 1 for edge in edges[1:]), last], strict=True):
            one, other = self.on(course, start, begin), self.on(course, start, end)
            low, high = begin, end
            while one != other and high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if self.on(course, start, middle) == one else (low, middle)
            change = end + 1 if one == other else high
            found[one] += change - begin
            found[other] += end + 1 - change
        return found

    def _ask(self, place: int, one: Situation, start: int, day: int) -> int:
        if place not in self._judges:
            book = self.periods[place][1]
            self._judges[place] = (judge_of(book), Records(book.vocabulary, _RECORDS))
        judge, records = self._judges[place]
        week = (day - start) // DAYS_A_WEEK
        monday = records.view(one, start + DAYS_A_WEEK * week, week, [])
        answer: Any = judge.one(View(day, monday.fields, monday.events, monday.spells), HOLDER)
        told = answer[0] if isinstance(answer, tuple) else answer
        return len(self.bodies) - 1 if told is None or not 0 <= told < len(self.bodies) - 1 else int(told)


def custody_of(law: Law, side: Side, start: int, last: int) -> Custody:
    """The law of a side from a day on, as far as it decides who has the course. ResolveError for an unknown regime."""
    words = law.vocabulary.enums[law.norms[HOLDER].type].values
    if side.day is not None:
        return Custody(((side.day, _part(law, side, side.day)),), (*words, NOBODY))
    waiting, found = {start}, {}
    while waiting:
        day = waiting.pop()
        found[day] = _part(law, side, day)
        waiting |= {one for one in _changes(law, side, found[day]) if start < one <= last} - set(found)
    return Custody(tuple(sorted(found.items())), (*words, NOBODY))


def _part(law: Law, side: Side, day: int) -> Rulebook:
    given = side.regimes
    there = given if given is None else [one for one in given if _runs(law, one, day)]
    return only(resolve(law, day, None, there), [HOLDER])


def _runs(law: Law, regime: str, day: int) -> bool:
    return regime not in law.regimes or law.regimes[regime].window.covers(day)


def _changes(law: Law, side: Side, book: Rulebook) -> set[int]:
    """Days on which one of the norms asked, or a regime, begins or has ended."""
    spans = [version.span for id_ in book.norms if id_ in law.norms for version in law.norms[id_].versions]
    spans += [law.regimes[one].window for one in side.regimes or () if one in law.regimes]
    days = {span.first for span in spans if span.first is not None}
    return days | {span.last + 1 for span in spans if span.last is not None}


@dataclass(frozen=True)
class Held:
    """Who has the course in each spell of a state: ``days[row, body]``, and the spells they belong to."""

    spells: Spells
    days: Array
    bodies: tuple[str, ...]

    def total(self, body: str) -> int:
        """Days of all persons that a body (or ``NOBODY``) has."""
        return int(self.days[:, self.bodies.index(body)].sum())


def held(spells: Spells, state: str, custody: Custody, start: int) -> Held:
    """The days of every spell of a state in a run from Monday ``start`` on, by who has them."""
    ours = spells.of(np.flatnonzero((spells.state == states().index(state)) & (spells.course >= 0)))
    columns = np.stack([ours.course, ours.first - ours.before, ours.first, ours.until], axis=1)
    kinds, which = np.unique(columns, axis=0, return_inverse=True)
    days = [_days(custody, start, row) for row in kinds.tolist()]
    table = np.array(days, np.int64).reshape(len(kinds), len(custody.bodies))
    return Held(ours, table[which.reshape(-1)], custody.bodies)


def _days(custody: Custody, start: int, row: Sequence[int]) -> list[int]:
    course, begun, first, until = row
    monday = start + DAYS_A_WEEK * begun
    return custody.days(course, monday, start + DAYS_A_WEEK * first, start + DAYS_A_WEEK * until - 1)
