"""One person's history as the generated code reads it: columns per kind and filter, made when asked for."""

from __future__ import annotations

from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.reasoning.plainly import fit
from fodfaeste.rulebook.ir import Filter

MISSING: Any = object()
"""Stands where nothing is remembered yet; None is a remembered unknown."""

Columns = tuple[list[int], list[int], list[int], int, list[Any]]
"""(first days, last days, match, number, rows) of a kind."""

NOBODY: Columns = ([], [], [], 0, [])
"""The columns of a kind of which there is nothing."""


class Rows:
    """Lazily built columns and remembered answers for one view."""

    __slots__ = ("columns", "events", "memo", "plans", "spells", "unobserved")

    def __init__(self, view: View, plans: list[tuple[str, bool, tuple[Filter, ...]]], answers: int) -> None:
        self.events, self.spells, self.unobserved = view.events, view.spells, view.unobserved
        self.plans = plans
        self.columns: list[Columns | None] = [None] * len(plans)
        self.memo: list[Any] = [MISSING] * answers

    def of(self, plan: int) -> Columns:
        """The columns of plan number ``plan``: a kind, as spells or as events, under a filter."""
        found = self.columns[plan]
        if found is None:
            found = self.columns[plan] = self._make(*self.plans[plan])
        return found

    def _make(self, kind: str, as_spells: bool, filters: tuple[Filter, ...]) -> Columns:
        rows: list[Any] = self.spells[kind] if kind in self.spells else self.events[kind]
        if not rows:
            return NOBODY
        attr = 2 if kind in self.spells else 1
        match = [fit(row[attr], filters) for row in rows] if filters else [2] * len(rows)
        ends = [row[1] for row in rows] if as_spells else []
        return [row[0] for row in rows], ends, match, len(rows), rows

    def pauses(self, kinds: tuple[str, ...]) -> tuple[list[int], list[int]] | None:
        """First and last days of the pause spells of several kinds together; None when one is not observed."""
        if not self.unobserved.isdisjoint(kinds):
            return None
        rows = sorted(row[:2] for kind in kinds for row in self.spells[kind])
        return [row[0] for row in rows], [row[1] for row in rows]
