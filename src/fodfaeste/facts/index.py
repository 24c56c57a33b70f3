"""A case made ready to be asked: encoded, sorted, and with the days between which each line was believed.

A line is believed from the day it was recorded until the day a line that corrects it was recorded. What was
known on a day is then a matter of comparing two numbers, and a correction recorded later cannot leak.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fodfaeste.facts.encoding import encode
from fodfaeste.facts.records import Event, Fact, Spell
from fodfaeste.facts.scalars import Value
from fodfaeste.facts.terms import Vocabulary
from fodfaeste.foundation import FAR

Attrs = tuple[int | None, ...]
EventRow = tuple[int, Attrs]
"""Day and attributes, in the order of the vocabulary; None is unknown."""
SpellRow = tuple[int, int, Attrs]
"""First and last day (FAR while open) and attributes."""

ALWAYS = -(10**9)
"""Recorded before any day: what is written without a day of recording was always known."""
NEVER = 10**9
"""Corrected after any day: not corrected."""

Line = TypeVar("Line", Event, Spell)
_R = TypeVar("_R", EventRow, SpellRow)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact: believed from ``recorded`` on, true from ``start`` to ``end``; ``value`` None is unknown."""

    recorded: int
    start: int
    end: int
    value: int | None


@dataclass(slots=True)
class CaseIndex:
    """What ``view_case`` reads.

    ``constant`` holds the fields that are the same on all days and were always known; ``varying`` the others,
    the latest recorded first. ``days``/``rows`` and ``stretches`` hold what is believed now, sorted;
    ``past_rows``/``past_stretches`` every line with the days between which it was believed.
    """

    vocabulary: Vocabulary
    constant: list[int | None]
    varying: list[tuple[int, list[FactRow]]] = field(default_factory=list)
    days: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, list[EventRow]] = field(default_factory=dict)
    stretches: dict[str, list[SpellRow]] = field(default_factory=dict)
    past_rows: dict[str, list[tuple[int, int, EventRow]]] = field(default_factory=dict)
    past_stretches: dict[str, list[tuple[int, int, SpellRow]]] = field(default_factory=dict)
    has_past: bool = False


def index_case(
    facts: Iterable[Fact], events: Iterable[Event], spells: Iterable[Spell], vocabulary: Vocabulary
) -> CaseIndex:
    """Encode and sort the lines of a case, which are taken to be checked already."""
    index = CaseIndex(vocabulary, [None] * len(vocabulary.fields))
    _index_facts(index, facts, vocabulary)
    for event, since, until in _believed(list(events)):
        attrs = _encoded(event.attrs, vocabulary.events[event.kind].attrs, vocabulary)
        index.past_rows.setdefault(event.kind, []).append((since, until, (event.date, attrs)))
        index.has_past = index.has_past or since != ALWAYS or until != NEVER
    for spell, since, until in _believed(list(spells)):
        attrs = _encoded(spell.attrs, vocabulary.spells[spell.kind].attrs, vocabulary)
        stretch = (spell.start, FAR if spell.end is None else spell.end, attrs)
        index.past_stretches.setdefault(spell.kind, []).append((since, until, stretch))
        index.has_past = index.has_past or since != ALWAYS or until != NEVER
    for kind, past_rows in index.past_rows.items():
        index.rows[kind] = _current(past_rows)
        index.days[kind] = [row[0] for row in index.rows[kind]]
    for kind, past_stretches in index.past_stretches.items():
        index.stretches[kind] = _current(past_stretches)
    return index


def _index_facts(index: CaseIndex, facts: Iterable[Fact], vocabulary: Vocabulary) -> None:
    rows: dict[int, list[FactRow]] = {}
    for fact in facts:
        field_ = vocabulary.fields[fact.field]
        value = None if fact.value is None else encode(fact.value, field_.type, vocabulary)
        row = FactRow(
            ALWAYS if fact.recorded is None else fact.recorded,
            ALWAYS if fact.start is None else fact.start,
            NEVER if fact.end is None else fact.end,
            value,
        )
        rows.setdefault(field_.index, []).append(row)
    for position, found in rows.items():
        if len(found) == 1 and found[0].recorded == found[0].start == ALWAYS and found[0].end == NEVER:
            index.constant[position] = found[0].value
        else:
            # Reversed first: of two recorded on the same day, the one written last counts.
            found.reverse()
            index.varying.append((position, sorted(found, key=lambda row: -row.recorded)))


def _believed(lines: list[Line]) -> Iterator[tuple[Line, int, int]]:
    """Every line that is not void, with the day it was recorded and the day it was corrected."""
    corrected = {
        line.corrects: ALWAYS if line.recorded is None else line.recorded for line in lines if line.corrects is not None
    }
    for line in lines:
        since = ALWAYS if line.recorded is None else line.recorded
        until = NEVER if line.id is None else corrected.get(line.id, NEVER)
        if not line.void and since < until:
            yield line, since, until


def _encoded(attrs: Mapping[str, Value], types: Mapping[str, str], vocabulary: Vocabulary) -> Attrs:
    return tuple(encode(attrs[n], t, vocabulary) if n in attrs else None for n, t in types.items())


def _current(past: list[tuple[int, int, _R]]) -> list[_R]:
    """Sort the lines, and give those that are not corrected."""
    past.sort(key=_order)
    return [row for _, until, row in past if until == NEVER]


def _order(line: tuple[int, int, Any]) -> tuple[Any, ...]:
    """By day, then by attributes (the unknown first): the order of lines in a file is without effect."""
    *days, attrs = line[2]
    return (*days, *((value is not None, value or 0) for value in attrs))
