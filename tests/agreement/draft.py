"""A person in the making: facts, events and spells that can still be changed, and the view of them."""

from __future__ import annotations

from collections.abc import Sequence

from fodfaeste.facts import EventKind, SpellKind, View, Vocabulary
from fodfaeste.facts.index import EventRow, SpellRow
from fodfaeste.facts.scalars import EARLIEST
from fodfaeste.rulebook import ir

Attrs = tuple[int | None, ...]


class Row:
    """An event (first and last day are the same) or a spell."""

    def __init__(self, start: int, end: int, attrs: list[int | None]) -> None:
        self.start, self.end, self.attrs = start, end, attrs

    def fits(self, filters: Sequence[ir.Filter]) -> bool:
        """Whether it fits a filter or may do so."""
        return all(self.attrs[f.slot] is None or (self.attrs[f.slot] in f.values) == f.keep for f in filters)

    def order(self) -> tuple[tuple[bool, int], ...]:
        return tuple((value is not None, value or 0) for value in self.attrs)


class Draft:
    """Facts by name, rows by kind. ``item`` is the row that ``this`` means."""

    def __init__(self, vocabulary: Vocabulary, on: int) -> None:
        self.vocabulary, self.on = vocabulary, on
        self.fields: dict[str, int | None] = {}
        self.rows: dict[str, list[Row]] = {}
        self.unobserved: set[str] = set()
        self.item: Row | None = None

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
        row.start = max(row.start, EARLIEST)
        row.end = max(row.end, row.start) if self.is_spell(kind) else row.start
        return row

    def drop(self, kind: str, filters: Sequence[ir.Filter], first: int, last: int) -> None:
        """Take away what fits, or may, and touches the days; never the item itself."""
        self.rows[kind] = [
            row
            for row in self.rows.get(kind, ())
            if row is self.item or row.start > last or row.end < first or not row.fits(filters)
        ]

    def view(self) -> View:
        """What is known on the day: sorted, without events that have not happened yet."""
        events: dict[str, list[EventRow]] = {kind: [] for kind in self.vocabulary.events}
        spells: dict[str, list[SpellRow]] = {kind: [] for kind in self.vocabulary.spells}
        for kind, rows in self.rows.items():
            if kind in spells:
                kept = sorted(rows, key=lambda row: (row.start, row.end, row.order()))
                spells[kind] = [(row.start, row.end, tuple(row.attrs)) for row in kept]
            else:
                kept = sorted(rows, key=lambda row: (row.start, row.order()))
                events[kind] = [(row.start, tuple(row.attrs)) for row in kept if row.start <= self.on]
        fields = [self.fields.get(name) for name in self.vocabulary.fields]
        return View(self.on, fields, events, spells, frozenset(self.unobserved))
