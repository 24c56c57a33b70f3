"""To know more never contradicts what was said while less was known.

A fact, an attribute of an event or spell, or whether a kind was observed at all, is made unknown. What is then still
said for certain must be said whatever the value turns out to be. (Rules that ask whether something is known are excused
for that something: to them, knowing is a fact.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from fodfaeste.facts import View, range_of
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning import Judge, Status, judge_of
from fodfaeste.reasoning.history import NONE
from fodfaeste.rulebook import Law, ResolvedNorm, Rulebook
from tests.agreement.chance import reading
from tests.agreement.evaluators import facts_of
from tests.agreement.laws import DEEP, danish_law, day_of, days_of, toy_law
from tests.agreement.people import person
from tests.agreement.sweep import in_force

TIMES = 3000 if DEEP else 250
"""Norms tried on a day, each on a person of its own."""

Doubt = tuple[str, View, list[View]]
"""What is made unknown, the view without it, and views in which it is known."""


def facts_in_doubt(rulebook: Rulebook, norm: str, view: View, random: Random) -> Iterator[Doubt]:
    seen = reading(rulebook, norm)
    for name in sorted(seen.fields - seen.asked_if_known):
        field = rulebook.vocabulary.fields[name]
        values = {view.fields[field.index], field.lo, field.hi, random.randint(field.lo, field.hi)} - {None}
        values = {0, 2} if field.type == "bool" else values
        yield name, _with_fact(view, field.index, None), [_with_fact(view, field.index, v) for v in values]


def _with_fact(view: View, index: int, value: int | None) -> View:
    fields = list(view.fields)
    fields[index] = value
    return replace(view, fields=fields)


def attributes_in_doubt(rulebook: Rulebook, norm: str, view: View, random: Random) -> Iterator[Doubt]:
    seen = reading(rulebook, norm)
    for kind in sorted(seen.kinds - seen.asked_if_known):
        rows: list[Any] = view.spells[kind] if kind in view.spells else view.events[kind]
        types = list((rulebook.vocabulary.spells.get(kind) or rulebook.vocabulary.events[kind]).attrs.values())
        if rows and types and not (kind == rulebook.norms[norm].norm.each and "this" in seen.asked_if_known):
            at, slot = random.randrange(len(rows)), random.randrange(len(types))
            lo, hi = range_of(types[slot], rulebook.vocabulary)
            few = (0, 2) if types[slot] == "bool" else range(lo, hi + 1) if hi - lo < 20 else (lo, hi, 5, 100)
            yield (
                f"{kind} no. {at}",
                _with_attr(view, kind, at, slot, None),
                [_with_attr(view, kind, at, slot, value) for value in few],
            )


def _with_attr(view: View, kind: str, at: int, slot: int, value: int | None) -> View:
    rows: list[Any] = list(view.spells[kind] if kind in view.spells else view.events[kind])
    attrs = list(rows[at][-1])
    attrs[slot] = value
    rows[at] = (*rows[at][:-1], tuple(attrs))
    return _with_rows(view, kind, rows)


def _with_rows(view: View, kind: str, rows: list[Any]) -> View:
    rows = sorted(rows, key=lambda row: row[:-1])
    if kind in view.spells:
        return replace(view, spells={**view.spells, kind: rows})
    return replace(view, events={**view.events, kind: rows})


def kinds_in_doubt(rulebook: Rulebook, norm: str, view: View, random: Random) -> Iterator[Doubt]:
    seen = reading(rulebook, norm)
    for kind in sorted(seen.kinds - seen.asked_if_known - {rulebook.norms[norm].norm.each}):
        unobserved = replace(view, unobserved=view.unobserved | {kind})
        observed = replace(view, unobserved=view.unobserved - {kind})
        rows: list[Any] = view.spells[kind] if kind in view.spells else view.events[kind]
        more = [_with_rows(observed, kind, [*rows, _row(rulebook, norm, kind, view, random)]) for _ in range(4)]
        yield kind, unobserved, [observed, *more]


def _row(rulebook: Rulebook, norm: str, kind: str, view: View, random: Random) -> Any:
    """A row somebody might have forgotten to write down: as one that is there, or any; on an awkward day."""
    rows: list[Any] = view.spells.get(kind) or view.events.get(kind) or []
    types = (rulebook.vocabulary.spells.get(kind) or rulebook.vocabulary.events[kind]).attrs.values()
    attrs = tuple(random.choice((0, 2)) if t == "bool" else random.randint(*_bounds(t, rulebook)) for t in types)
    attrs = random.choice(rows)[-1] if rows and random.random() < 0.7 else attrs
    days = [row[0] for others in (*view.events.values(), *view.spells.values()) for row in others] or [view.on]
    day = min(random.choice((*days, view.on)) + random.choice((-1, 0, 1, -20)), view.on)
    return (day, attrs) if kind in view.events else (day, random.choice((FAR, day, day + random.randrange(400))), attrs)


def _bounds(type_: str, rulebook: Rulebook) -> tuple[int, int]:
    lo, hi = range_of(type_, rulebook.vocabulary)
    return (lo, min(hi, lo + 100)) if hi - lo > 1000 and lo >= 0 else (lo, hi)


# What may be said


def contradiction(norm: ResolvedNorm, doubtful: Any, certain: Any) -> str:
    """How an outcome said in doubt is contradicted by one said with more knowledge; '' when it is not."""
    if isinstance(doubtful, list):
        pairs = zip(doubtful, certain, strict=True)
        return next((found for one, other in pairs if (found := contradiction(norm, one, other))), "")
    if len(doubtful) == 1:
        hole = 1 if (norm.norm.type or "bool") == "bool" else None
        return "value" if doubtful[0] != hole and doubtful != certain else ""
    if doubtful[0] != Status.UNKNOWN and doubtful[0] != certain[0]:
        return f"status {Status(doubtful[0]).word} → {Status(certain[0]).word}"
    if NONE in (doubtful[3], certain[3]):  # not owed for certain: no figures
        return ""
    for place, word in ((1, "start"), (2, "due"), (6, "promise")):
        if doubtful[place] not in (NONE, certain[place]):
            return word
    return "count" if certain[3] < doubtful[3] else ""


def contradictions(law: Law, day: int, doubts: Any) -> list[str]:
    rulebook, random = day_of(law, day), Random(f"{doubts.__name__} {day}")
    judge: Judge = judge_of(rulebook)
    norms, found = in_force(rulebook), []
    for norm in (random.choice(norms) for _ in range(TIMES)):
        view = person(rulebook, [norm], random)
        for what, without, known in doubts(rulebook, norm, view, random):
            doubtful = judge.one(without, norm)
            for one in known:
                certain = judge.one(one, norm)
                said = contradiction(rulebook.norms[norm], doubtful, certain)
                if said:
                    facts = "\n    ".join(facts_of(rulebook, one, norm))
                    found.append(f"{norm} without {what}: {said}\n  {doubtful}\n  {certain}\n    {facts}")
    return found


DOUBTS = [facts_in_doubt, attributes_in_doubt, kinds_in_doubt]
RECENT = [day for day in days_of(danish_law()) if day in days_of(danish_law())[-9:-1:2]]


@pytest.mark.slow
@pytest.mark.parametrize("doubts", DOUBTS)
@pytest.mark.parametrize("day", RECENT, ids=lambda day: from_day(day).isoformat())
def test_danish_law(day: int, doubts: Any) -> None:
    found = contradictions(danish_law(), day, doubts)
    assert not found, f"{len(found)}: {found[0]}"


@pytest.mark.skipif(toy_law() is None, reason="the law of Hven is not here")
@pytest.mark.parametrize("doubts", DOUBTS)
def test_the_law_of_hven(doubts: Any) -> None:
    law = toy_law()
    assert law is not None
    found = [one for day in days_of(law)[-6::2] for one in contradictions(law, day, doubts)]
    assert not found, f"{len(found)}: {found[0]}"
