"""Wishes about events and spells: rows that give a question to the history the answer wished for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fodfaeste.facts import range_of
from fodfaeste.foundation import FAR
from fodfaeste.rulebook import ir
from tests.agreement.chance import SELDOM
from tests.agreement.draft import Row

if TYPE_CHECKING:
    from tests.agreement.wishes import Wishes

MOST = 12


class Histories:
    """Adds and takes away rows of a draft."""

    def __init__(self, wishes: Wishes) -> None:
        self.wishes, self.draft, self.chance = wishes, wishes.draft, wishes.chance
        self.random = wishes.chance.random

    def row(self, kind: str, start: int, end: int | None = None) -> Row:
        """A row of a kind that begins on a day, with whatever attributes."""
        types = self.draft.kind(kind).attrs.values()
        attrs = [None if self.chance.often(SELDOM) else self.chance.attribute(type_) for type_ in types]
        length = self.random.choice((0, 1, 6, 13, 27, 30, 90, 181, 365, FAR, FAR, self.random.randrange(400)))
        return self.draft.mend(kind, Row(start, min(start + length, FAR) if end is None else end, attrs))

    def fit(self, kind: str, row: Row, filters: Sequence[ir.Filter]) -> Row:
        """Set attributes so that the row fits."""
        types = list(self.draft.kind(kind).attrs.values())
        for one in filters:
            if one.keep:
                row.attrs[one.slot] = self.random.choice(one.values)
            else:
                lo, hi = (0, 2) if types[one.slot] == "bool" else range_of(types[one.slot], self.draft.vocabulary)
                step = 2 if types[one.slot] == "bool" else 1
                others = [v for v in range(lo, min(hi, lo + 300) + 1, step) if v not in one.values]
                row.attrs[one.slot] = self.random.choice(others) if others else None
        return row

    def _new(self, node: ir.Agg, start: int, end: int | None = None) -> Row:
        row = self.draft.add(node.kind, self.row(node.kind, start, end))
        return self.fit(node.kind, row, node.filters)

    def _bounds(self, node: ir.Agg) -> list[int]:
        """The days and amounts asked with; what is unknown is wished known first."""
        found = []
        for arg in node.args:
            value = self.wishes.now(arg)
            if value is None:
                value = self.wishes.guess(arg)
                self.wishes.number(arg, value)
            found.append(value)
        return found

    def active(self, node: ir.Agg, goal: int) -> None:
        """Whether a spell covers a day."""
        (at,) = self._bounds(node)
        if goal == 2:
            self._covering(node, at)
            return
        self.draft.drop(node.kind, node.filters, at, at)
        if goal == 1 and node.filters:
            row = self._covering(node, at)
            row.attrs[node.filters[0].slot] = None
        elif goal == 1:
            self.draft.unobserved.add(node.kind)

    def _covering(self, node: ir.Agg, at: int) -> Row:
        at = min(at, self.draft.on + 4000)
        start = self.chance.clamp(self.chance.about(self.draft.on), at - 4000, at)
        row = self._new(node, start)
        row.end = max(row.end, at + self.random.choice((0, 1, 40)))
        return row

    def number(self, node: ir.Agg, goal: int | None) -> None:
        """The answer to any other question."""
        bounds, now = self._bounds(node), self.wishes.now(node)
        if goal is None:
            self._doubtful(node, bounds)
        elif node.name in ("count", "first", "last", "total"):
            self._between(node, goal, now, *bounds)
        elif node.name == "reached_total":
            amount, since = bounds
            self.draft.drop(node.kind, node.filters, since, FAR)
            if since <= goal < FAR:
                self._amounts(node, amount, goal, goal)
        elif node.name == "reached":
            self._reached(node, goal, now, *bounds)
        elif node.name == "days_in":
            self._days(node, goal, now, *bounds)
        else:
            self._current(node, goal, bounds[0])

    def _doubtful(self, node: ir.Agg, bounds: list[int]) -> None:
        at = min(bounds[0], self.draft.on)
        if node.filters and self.chance.often(0.5):
            self._new(node, at).attrs[node.filters[0].slot] = None
        elif self.chance.often(0.5):
            self.draft.unobserved.add(node.kind)
        else:
            self.draft.drop(node.kind, node.filters, at, at)

    def _between(self, node: ir.Agg, goal: int, now: int | None, a: int, b: int) -> None:
        b = min(b, self.draft.on)
        a = max(a, b - 4000)
        if a > b:
            return
        lacking = goal - now if node.name == "count" and now is not None else -1
        if lacking < 0:
            self.draft.drop(node.kind, node.filters, a, b)
            lacking = goal
        if node.name == "count":
            for _ in range(min(lacking, MOST)):
                self._new(node, self.random.choice((a, b, self.random.randint(a, b))))
        elif node.name == "total":
            self._amounts(node, goal, a, b)
        elif goal < FAR:
            self._new(node, self.chance.clamp(goal, a, b))

    def _amounts(self, node: ir.Agg, amount: int, a: int, b: int) -> None:
        pieces = self.random.choice((1, 2, 3))
        for piece in range(pieces):
            share = amount // pieces + (amount % pieces if piece == 0 else 0)
            row = self._new(node, self.random.randint(a, b))
            self.draft.set(node.kind, row, node.slot, share)

    def _days(self, node: ir.Agg, goal: int, now: int | None, a: int, b: int) -> None:
        b = min(b, self.draft.on)
        a = max(a, b - 4000)
        if now is None or now > goal:
            self.draft.drop(node.kind, node.filters, a, b)
        length = min(goal, b - a + 1)
        if length < 1:
            return
        start = a + self.random.choice((0, b - a + 1 - length))
        cut = start + self.random.randrange(length)
        if cut > start and self.chance.often(0.5):  # two spells: overlapping, or one right after the other
            self._new(node, start, cut - 1)
            start = cut - self.random.choice((0, 0, 1)) * (cut - start) // 2
            self._new(node, start, start + length - 1 - (cut - start) if start == cut else cut)
        else:
            self._new(node, start, start + length - 1)

    def _reached(self, node: ir.Agg, goal: int, now: int | None, amount: int, window: int, after: int) -> None:
        if now != FAR:
            self.draft.drop(node.kind, node.filters, after, FAR)
        if goal < FAR and amount > 0:
            self._new(node, goal - amount + 1, goal + self.random.choice((0, 1, 100)))

    def _current(self, node: ir.Agg, goal: int, at: int) -> None:
        """An attribute, the first or last day, or the run, of the spell that covers a day."""
        self.draft.drop(node.kind, node.filters, at, at)
        if node.name == "current":
            self.draft.set(node.kind, self._covering(node, at), node.slot, goal)
            return
        row = self._covering(node, at)
        if node.name == "spell_end":
            row.start, row.end = min(row.start, max(goal, at)), max(goal, at)
            return
        row.start = min(goal, at)
        if node.name == "run_start" and row.start < at and self.chance.often(0.5):
            cut = self.random.randrange(row.start, min(at, row.start + 1000))
            self._new(node, row.start, cut)
            row.start = cut + self.random.choice((0, 1, 1))
