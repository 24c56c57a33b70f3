"""A person in the making: facts, events and spells that can still be changed, and the view of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fodfaeste.facts import EventKind, SpellKind, View, Vocabulary, range_of
from fodfaeste.facts.scalars import EARLIEST
from fodfaeste.foundation import FAR
from fodfaeste.rulebook import ir


class Row:
    """An event (first and last day are the same) or a spell."""

    def __init__(self, start: int, end: int, attrs: list[int | None]) -> None:
        self.start, self.end, self.attrs = start, end, attrs

    def fits(self, filters: Sequence[ir.Filter]) -> bool:
        """Whether it fits a filter or may do so."""
        return all(self.attrs[f.slot] is None or (self.attrs[f.slot] in f.values) == f.keep for f in filters)

    def order(self) -> tuple[Any, ...]:
        return (self.start, self.end, *((value is not None, value or 0) for value in self.attrs))


class Draft:
    """Facts by place, rows by kind. ``item`` is the row of ``item_kind`` that ``this`` means."""

    def __init__(self, vocabulary: Vocabulary, on: int) -> None:
        self.vocabulary, self.on = vocabulary, on
        self.fields: list[int | None] = [None] * len(vocabulary.fields)
        self.rows: dict[str, list[Row]] = {}
        self.unobserved: set[str] = set()
        self.item: Row | None = None
        self.item_kind = ""

    def put(self, field: str, value: int | None) -> None:
        self.fields[self.vocabulary.fields[field].index] = value

    def is_spell(self, kind: str) -> bool:
        return kind in self.vocabulary.spells

    def kind(self, name: str) -> EventKind | SpellKind:
        return self.vocabulary.spells[name] if self.is_spell(name) else self.vocabulary.events[name]

    def add(self, kind: str, row: Row) -> Row:
        """A row more."""
        self.rows.setdefault(kind, []).append(row)
        return self.mend(kind, row)

    def mend(self, kind: str, row: Row) -> Row:
        """Events are on one day, nothing ends before it begins, and nothing is older than a fact may be."""
        row.start = max(EARLIEST, min(row.start, FAR))
        row.end = max(row.start, min(row.end, FAR)) if self.is_spell(kind) else row.start
        return row

    def set(self, kind: str, row: Row, slot: int, value: int | None) -> None:
        """Give an attribute a value: the nearest that its type can have."""
        lo, hi = range_of(list(self.kind(kind).attrs.values())[slot], self.vocabulary)
        row.attrs[slot] = None if value is None else max(lo, min(value, hi))

    def drop(self, kind: str, filters: Sequence[ir.Filter], first: int, last: int) -> None:
        """Take away what fits, or may, and touches the days; never the item itself."""
        self.rows[kind] = [
            row
            for row in self.rows.get(kind, ())
            if row is self.item or row.start > last or row.end < first or not row.fits(filters)
        ]

    def rows_of(self, kind: str) -> list[Any]:
        """The rows of a kind as a view has them: sorted, without events that have not happened yet."""
        rows = sorted((self.mend(kind, row) for row in self.rows.get(kind, ())), key=Row.order)
        if self.is_spell(kind):
            return [(row.start, row.end, tuple(row.attrs)) for row in rows]
        return [(row.start, tuple(row.attrs)) for row in rows if row.start <= self.on]

    def view(self) -> View:
        """What is known on the day."""
        events = {kind: self.rows_of(kind) for kind in self.vocabulary.events}
        spells = {kind: self.rows_of(kind) for kind in self.vocabulary.spells}
        return View(self.on, list(self.fields), events, spells, frozenset(self.unobserved))

    def glance(self) -> View:
        """The same for a question or two: only kinds asked about are made."""
        return View(self.on, self.fields, _WhenAsked(self), _WhenAsked(self), frozenset(self.unobserved))


class _WhenAsked(dict[str, list[Any]]):
    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft

    def __missing__(self, kind: str) -> list[Any]:
        self[kind] = self.draft.rows_of(kind)
        return self[kind]
