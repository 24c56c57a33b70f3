"""The runs over days and regimes that the tests are made of, and the people each of them asks about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from fodfaeste.facts import View
from fodfaeste.rulebook import Law, Rulebook, resolve
from tests.agreement.coverage import Coverage
from tests.agreement.evaluators import compare, described
from tests.agreement.laws import DEEP, changed, day_of, days_of, deep_digests, differing_places, edges_of, part
from tests.agreement.people import people

PEOPLE = 600 if DEEP else 60
"""People asked about under the general law of one day."""
EACH, LEAST = (30, 60) if DEEP else (6, 14)
"""People for each norm that a regime changed, and how many at least (at most PEOPLE)."""


@dataclass
class Run:
    """What a run compared, and what it found."""

    rows: int = 0
    rulebooks: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    problems: list[str] = field(default_factory=list)

    def add(self, rulebook: Rulebook, norms: list[str], views: list[View], compiled: bool = False) -> None:
        """Compare the evaluators under one rulebook."""
        rows, differences = compare(rulebook, norms, views, compiled=compiled, coverage=self.coverage)
        self.rows += rows
        self.rulebooks += 1
        self.problems += [described(rulebook, views, differences)] if differences else []

    def close(self, record: Record) -> None:
        """Give the figures to the report of the whole run; fail with the differences, if there are any."""
        record("agreement", json.dumps([self.rows, self.rulebooks, self.coverage.written()]))
        assert not self.problems, "\n".join(self.problems)


Record = Callable[[str, object], None]
"""What pytest's ``record_property`` gives a test."""

Part = tuple[Rulebook, list[str], list[View]]
"""Norms of a rulebook to compare, and people to ask about."""


def in_force(rulebook: Rulebook) -> list[str]:
    """Norms that say something on the day."""
    return [id_ for id_, norm in rulebook.norms.items() if not norm.absent]


def people_of_day(law: Law, day: int, number: int = PEOPLE) -> Part:
    """The general law of a day and people for all of its norms, first of all for those that are new."""
    rulebook = day_of(law, day)
    norms = in_force(rulebook)
    earlier = [before for before in days_of(law) if before < day]
    new = changed(rulebook, day_of(law, earlier[-1])) if earlier else norms
    return rulebook, norms, people(rulebook, sorted(norms), number, f"law {day}", sorted(new))


def news_of_day(law: Law, day: int) -> Part:
    """The norms of the general law that answer otherwise than the day before, with people for them."""
    rulebook = day_of(law, day)
    before = [one for one in days_of(law) if one < day]
    norms = changed(rulebook, day_of(law, before[-1]))
    small = part(rulebook, norms)
    return small, norms, people(small, sorted(norms), PEOPLE, f"law {day}")


def regime_parts(law: Law, regime: str) -> Iterator[Part]:
    """What a regime changes on each day of its window, with people for it."""
    window = law.regimes[regime].window
    days = [day for day in days_of(law) if window.covers(day)]
    yield from _fresh(law, {day: resolve(law, day, regimes=[regime]) for day in days}, regime)


def place_parts(law: Law, place: str) -> Iterator[Part]:
    """What the regimes of a place change together, also after they have ended, on the days they begin and end."""
    days = edges_of(law, differing_places(law)[place])
    yield from _fresh(law, {day: resolve(law, day, place) for day in days}, place)


def _fresh(law: Law, rulebooks: dict[int, Rulebook], name: str) -> Iterator[Part]:
    """Norms that differ from the general law of the day, and, unless the run is deep, from earlier days."""
    seen: set[str] = set()
    for day, rulebook in rulebooks.items():
        digests = deep_digests(rulebook)
        norms = [id_ for id_ in changed(rulebook, day_of(law, day)) if DEEP or digests[id_] not in seen]
        seen |= {digests[id_] for id_ in norms}
        if norms:
            small = part(rulebook, norms)
            number = min(max(LEAST, EACH * len(norms)), PEOPLE)
            yield small, norms, people(small, sorted(norms), number, f"{name} {day}")
