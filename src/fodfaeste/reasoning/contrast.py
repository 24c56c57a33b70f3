"""Contrast: the nearest single change that would make a norm come out otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR, from_day
from fodfaeste.foundation.calendar import add_months
from fodfaeste.reasoning.generated import closure, judge_of
from fodfaeste.reasoning.outcome import Outcome, Raw, outcome, plain, value_of
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

_NEAR = 366 * 6  # a change of a date by more than this is no help to anyone


@dataclass(frozen=True)
class Flip:
    """A change of one fact, event, spell or of the day, and the outcome it would give.

    ``distance`` orders flips: days moved, or 0 for a fact that is otherwise. ``given`` are the attributes an added
    event or spell must have for it.
    """

    what: str  # fact | event | spell | day
    name: str
    now: Any
    then: Any
    gives: Outcome
    distance: int
    given: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The documented JSON form."""
        row = {"what": self.what, "name": self.name, "gives": self.gives.as_dict(), "distance": self.distance}
        row["now"] = None if self.now is None else plain(self.now)
        row["then"] = None if self.then is None else plain(self.then)
        if self.given:
            row["given"] = {name: plain(value) for name, value in self.given.items()}
        return row


def contrast(rulebook: Rulebook, view: View, norm: str, most: int = 5) -> list[Flip]:
    """The nearest changes that would flip a norm, nearest first; empty when no single change does.

    Only norms about the person are contrasted (not ``each`` norms). Raises KeyError for a norm that does not exist.
    """
    resolved = rulebook.norms[norm]
    if resolved.norm.each is not None:
        return []
    judge = judge_of(rulebook)
    now = judge.one(view, norm)
    assert isinstance(now, tuple)
    flips: dict[tuple[str, str, Any], Flip] = {}
    for what, name, before, after, changed, distance, given in _candidates(rulebook, view, norm):
        raw = judge.one(changed, norm)
        assert isinstance(raw, tuple)
        if not _differs(resolved, now, raw):
            continue
        flip = Flip(what, name, before, after, outcome(resolved, raw, rulebook.vocabulary), distance, given)
        key = (what, name, raw[0])
        if key not in flips or distance < flips[key].distance:
            flips[key] = flip
    return sorted(flips.values(), key=lambda f: (f.distance, f.what, f.name))[:most]


def _differs(norm: ResolvedNorm, now: Raw, then: Raw) -> bool:
    """Another status or value; an unknown is no flip."""
    if then[0] is None or (then[0] == 1 and (len(then) > 1 or norm.norm.type == "bool")):
        return False
    return now[0] != then[0]


Candidate = tuple[str, str, Any, Any, View, int, dict[str, Any]]
"""A change to try: what, name, before, after, the case so changed, distance, attributes given."""

Asked = dict[tuple[str, bool], set[tuple[ir.Filter, ...]]]
"""(kind, whether it is a spell) → the filters under which a norm asks about it."""


def _candidates(rulebook: Rulebook, view: View, norm: str) -> Iterator[Candidate]:
    nodes = [node for id_ in closure(rulebook, norm) for node in rulebook.norms[id_].expressions]
    parts = {id(part): part for node in nodes for part in ir.walk(node)}.values()
    steps = _steps(rulebook, view, list(parts))
    yield from _other_days(rulebook, view, norm)
    for name in sorted({part.name for part in parts if isinstance(part, ir.FieldRef)}):
        yield from _other_fact(rulebook, view, name, steps)
    asked: Asked = {}
    for part in parts:
        if isinstance(part, ir.Agg):
            asked.setdefault((part.kind, part.spell), set()).add(part.filters)
    for must in (rulebook.norms[id_].must for id_ in closure(rulebook, norm)):
        if must is not None:
            asked.setdefault((must.kind, must.spell), set()).add(must.filters)
    for (kind, spell), filters in sorted(asked.items(), key=lambda item: item[0]):
        yield from (_other_spells if spell else _other_events)(rulebook, view, kind, steps, filters)


def _steps(rulebook: Rulebook, view: View, parts: list[ir.Node]) -> list[int]:
    """Days by which a date must move to reach the other side of a comparison in the norm."""
    reference = Reference(rulebook, view)
    steps = {-1, 1, -30, 30}
    for part in parts:
        if isinstance(part, ir.Compare) and not _uses_item(part):
            a, b = reference.value(part.left), reference.value(part.right)
            if a is not None and b is not None and part.left.type in ("date", "days"):
                steps |= {sign * (b - a) + off for sign in (1, -1) for off in (-1, 0, 1)}
    return sorted((s for s in steps if s and abs(s) < _NEAR), key=abs)


def _uses_item(node: ir.Node) -> bool:
    return any(isinstance(part, ir.This) for part in ir.walk(node))


def _other_days(rulebook: Rulebook, view: View, norm: str) -> Iterator[Candidate]:
    """The same case on another day: when does time alone flip it?"""
    raw = judge_of(rulebook).one(view, norm)
    if not isinstance(raw, tuple) or len(raw) == 1:
        return
    for day in (raw[1], raw[2], raw[2] + 1 if raw[2] is not None else None):
        if day is not None and abs(day - view.on) < _NEAR and day > view.on:
            yield "day", "on", from_day(view.on), from_day(day), replace(view, on=day), day - view.on, {}


def _other_fact(rulebook: Rulebook, view: View, name: str, steps: list[int]) -> Iterator[Candidate]:
    fact = rulebook.vocabulary.fields[name]
    now = view.fields[fact.index]
    for raw, distance in _other_values(fact.type, now, steps, len(_enum(rulebook, fact.type))):
        if fact.lo <= raw <= fact.hi:
            fields = view.fields.copy()
            fields[fact.index] = raw
            shown = value_of(fact.type, now, rulebook.vocabulary)
            then = value_of(fact.type, raw, rulebook.vocabulary)
            yield "fact", name, shown, then, replace(view, fields=fields), distance, {}


def _enum(rulebook: Rulebook, type_: str) -> tuple[str, ...]:
    enum = rulebook.vocabulary.enums.get(type_)
    return enum.values if enum else ()


def _other_values(type_: str, now: int | None, steps: list[int], size: int) -> Iterator[tuple[int, int]]:
    if type_ == "bool":
        yield from ((raw, 0) for raw in (0, 2) if raw != now)
    elif size:
        yield from ((raw, 0) for raw in range(size) if raw != now)
    elif now is not None and type_ == "date":
        yield from ((now + step, abs(step)) for step in steps)
        yield from (
            (moved, abs(moved - now)) for years in range(-40, 41) if (moved := add_months(now, 12 * years, True)) != now
        )
    elif now is not None:
        yield from ((now + step, abs(step)) for step in (1, -1, *steps))


def _other_events(
    rulebook: Rulebook, view: View, kind: str, steps: list[int], asked: set[tuple[ir.Filter, ...]]
) -> Iterator[Candidate]:
    rows = view.events[kind]
    for filled, given in _fillings(rulebook, rulebook.vocabulary.events[kind].attrs, asked):
        added = sorted([*rows, (view.on, filled)], key=lambda row: row[0])
        yield "event", kind, None, from_day(view.on), _with_events(view, kind, added), 0, given
    for i, (day, held) in enumerate(rows):
        without = rows[:i] + rows[i + 1 :]
        yield "event", kind, from_day(day), None, _with_events(view, kind, without), 0, {}
        for step in steps[:40]:
            if day + step <= view.on:
                moved = sorted([*without, (day + step, held)], key=lambda row: row[0])
                changed = _with_events(view, kind, moved)
                yield "event", kind, from_day(day), from_day(day + step), changed, abs(step), {}


def _fillings(
    rulebook: Rulebook, attrs: Mapping[str, str], asked: set[tuple[ir.Filter, ...]]
) -> Iterator[tuple[tuple[int | None, ...], dict[str, Any]]]:
    """Attributes an added event or spell may have: for each filter it is asked about under, values that fit it."""
    names, types = list(attrs), list(attrs.values())
    for filters in sorted(asked, key=lambda one: (len(one), repr(one))):
        values: list[int | None] = [0 if _enum(rulebook, type_) or type_ == "bool" else None for type_ in types]
        for one in filters:
            others = [v for v in range(max(len(_enum(rulebook, types[one.slot])), 3)) if v not in one.values]
            fitting = one.values if one.keep else tuple(others)
            values[one.slot] = fitting[0] if fitting else None
        given = {names[one.slot]: value_of(types[one.slot], values[one.slot], rulebook.vocabulary) for one in filters}
        yield tuple(values), {name: value for name, value in given.items() if value is not None}


def _with_events(view: View, kind: str, rows: list[Any]) -> View:
    return replace(view, events={**view.events, kind: rows})


def _other_spells(
    rulebook: Rulebook, view: View, kind: str, steps: list[int], asked: set[tuple[ir.Filter, ...]]
) -> Iterator[Candidate]:
    rows = view.spells[kind]
    attrs = rulebook.vocabulary.spells[kind].attrs
    for i, (start, end, held) in enumerate(rows):
        others = rows[:i] + rows[i + 1 :]
        for slot, type_ in enumerate(attrs.values()):
            for value in range(len(_enum(rulebook, type_))):
                if value != held[slot] and start <= view.on <= end:
                    row = (start, end, (*held[:slot], value, *held[slot + 1 :]))
                    now = value_of(type_, held[slot], rulebook.vocabulary)
                    then = value_of(type_, value, rulebook.vocabulary)
                    yield "spell", kind, now, then, _with_spells(view, kind, [*others, row]), 0, {}
        for step in steps[:40]:
            if start + step <= end:
                moved = _with_spells(view, kind, [*others, (start + step, end, held)])
                yield "spell", kind, from_day(start), from_day(start + step), moved, abs(step), {}
    if any(start <= view.on <= end for start, end, _ in rows):
        return
    for filled, given in _fillings(rulebook, attrs, asked):
        begun = _with_spells(view, kind, [*rows, (view.on, FAR, filled)])
        yield "spell", kind, None, from_day(view.on), begun, 0, given


def _with_spells(view: View, kind: str, rows: list[Any]) -> View:
    return replace(view, spells={**view.spells, kind: sorted(rows, key=lambda row: row[:2])})
