"""One person's history as the generated code reads it: columns per kind and filter, made when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.rulebook.ir import Filter

Plan = tuple[str, tuple[Filter, ...]]
"""A kind of event or spell, and the filter under which it is asked about."""

Columns = tuple[list[int], list[int], list[int], int, list[Any]]
"""(first days, last days, match, number, rows) of a kind; events have no last days."""

NOBODY: Columns = ([], [], [], 0, [])
"""The columns of a kind of which there is nothing."""


@dataclass(frozen=True)
class Shape:
    """What a rulebook asks of any case: the answers while nothing has happened, and what the rows of a kind change.

    ``answers`` holds ``...`` where the answer must be found in every case. ``touched`` gives, by kind, the numbers of
    its plans and of its answers.
    """

    plans: tuple[Plan, ...]
    answers: list[Any]
    touched: Mapping[str, tuple[list[int], list[int]]]


class Rows:
    """Lazily built columns and remembered answers for one view."""

    __slots__ = ("_days", "_pauses", "answers", "columns", "events", "spells", "there", "unobserved")

    def __init__(self, view: View, shape: Shape) -> None:
        self.events, self.spells, self.unobserved = view.events, view.spells, view.unobserved
        self.columns: list[Columns | None] = [NOBODY] * len(shape.plans)
        self.answers: list[Any] = shape.answers.copy()
        self._days: dict[str, tuple[list[int], list[int], int, list[Any]]] = {}
        self._pauses: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
        self.there = [*compress(view.spells, view.spells.values()), *compress(view.events, view.events.values())]
        self._open(self.there if not view.unobserved else {*self.there, *view.unobserved}, shape)

    def _open(self, kinds: Collection[str], shape: Shape) -> None:
        """Forget the answers that hold only while there is nothing of these kinds."""
        columns, answers, touched = self.columns, self.answers, shape.touched
        for kind in kinds:
            if kind in touched:
                plans, slots = touched[kind]
                for plan in plans:
                    columns[plan] = None
                for slot in slots:
                    answers[slot] = ...

    def days(self, kind: str) -> tuple[list[int], list[int], int, list[Any]]:
        """First days, last days, number and rows of a kind."""
        found = self._days.get(kind)
        if found is None:
            rows: list[Any] = self.spells[kind] if kind in self.spells else self.events[kind]
            ends = [row[1] for row in rows] if kind in self.spells else []
            found = self._days[kind] = ([row[0] for row in rows], ends, len(rows), rows)
        return found

    def pauses(self, kinds: tuple[str, ...]) -> tuple[list[int], list[int]] | None:
        """First and last days of the pause spells of several kinds together; None when one is not observed."""
        if self.unobserved and not self.unobserved.isdisjoint(kinds):
            return None
        found = self._pauses.get(kinds)
        if found is None:
            rows = sorted(row[:2] for kind in kinds for row in self.spells[kind])
            found = self._pauses[kinds] = ([row[0] for row in rows], [row[1] for row in rows])
        return found
