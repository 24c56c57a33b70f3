"""The runs over days and regimes that the tests are made of, and the people each of them asks about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fodfaeste.facts import View
from fodfaeste.rulebook import Law, Rulebook, resolve
from tests.agreement.evaluators import Difference, compare, described
from tests.agreement.laws import DEEP, changed, day_of, days_of, deep_digests, part, places_with_several
from tests.agreement.people import people

PEOPLE = 600 if DEEP else 60
"""People asked about under the general law of one day."""
EACH = 30 if DEEP else 6
"""People for each norm that a regime changed, and how many at least."""
LEAST = 60 if DEEP else 14


@dataclass
class Run:
    """What a run compared, and what it found."""

    rows: int = 0
    norms: set[str] = field(default_factory=set)
    rulebooks: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, rulebook: Rulebook, norms: list[str], views: list[View]) -> None:
        rows, differences = compare(rulebook, norms, views)
        self.note(rulebook, norms, views, rows, differences)

    def note(
        self, rulebook: Rulebook, norms: list[str], views: list[View], rows: int, differences: list[Difference]
    ) -> None:
        self.rows += rows
        self.rulebooks += 1
        self.norms |= set(norms)
        self.problems += [described(rulebook, views, differences)] if differences else []


def in_force(rulebook: Rulebook) -> list[str]:
    """Norms that say something on the day."""
    return [id_ for id_, norm in rulebook.norms.items() if not norm.absent]


def people_of_day(law: Law, day: int, number: int = PEOPLE) -> tuple[Rulebook, list[str], list[View]]:
    """The general law of a day and people for all of its norms."""
    rulebook = day_of(law, day)
    norms = in_force(rulebook)
    return rulebook, norms, people(rulebook, sorted(norms), number, f"law {day}")


def regime_parts(law: Law, regime: str) -> Iterator[tuple[Rulebook, list[str], list[View]]]:
    """What a regime changes on each day of its window, with people for it: what was there on an earlier day left out."""
    window = law.regimes[regime].window
    days = [day for day in days_of(law) if window.covers(day)]
    yield from _fresh(law, [(day, resolve(law, day, regimes=[regime])) for day in days], regime)


def place_parts(law: Law) -> Iterator[tuple[Rulebook, list[str], list[View]]]:
    """What regimes that run together at a place change, as they stand there."""
    found: dict[tuple[str, ...], list[tuple[int, Rulebook]]] = {}
    for day in days_of(law):
        for ids, place in places_with_several(law, day).items():
            found.setdefault(ids, []).append((day, resolve(law, day, place)))
    seen: set[tuple[str, str]] = set()
    for ids, rulebooks in found.items():
        yield from _fresh(law, rulebooks, "+".join(ids), seen)


def _fresh(
    law: Law, rulebooks: list[tuple[int, Rulebook]], name: str, seen: set[tuple[str, str]] | None = None
) -> Iterator[tuple[Rulebook, list[str], list[View]]]:
    seen = set() if seen is None else seen
    for day, rulebook in rulebooks:
        digests = deep_digests(rulebook)
        norms = [id_ for id_ in changed(rulebook, day_of(law, day)) if DEEP or (id_, digests[id_]) not in seen]
        seen |= {(id_, digests[id_]) for id_ in norms}
        if norms:
            small = part(rulebook, norms)
            yield small, norms, people(small, sorted(norms), max(LEAST, EACH * len(norms)), f"{name} {day}")
