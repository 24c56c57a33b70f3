"""One person's history as explanations show it: each row once, as the dictionary that all steps share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.outcome import decoder
from fodfaeste.reasoning.rows import Columns, Rows, Shape

Decoders = list[tuple[str, Callable[[int], Any]]]
"""Attribute, and what makes its value readable, in the order of the vocabulary."""

Show = Callable[[Any], dict[str, Any]]
"""Makes a row of a view the dictionary that explanations show."""


class Seen(Rows):
    """A history whose rows are also shown, each as the one dictionary all steps share."""

    __slots__ = ("_as", "_counted", "_plans", "_shown")

    def __init__(self, view: View, shape: Shape, shown: dict[str, Any]) -> None:
        super().__init__(view, shape)
        self._as, self._plans = shown, shape.plans
        self._counted: dict[tuple[int, int | None], tuple[dict[str, Any], ...]] = {}
        self._shown: dict[str, list[dict[str, Any]]] = {}

    def shown(self, kind: str) -> list[dict[str, Any]]:
        """Every row of a kind as explanations show it."""
        found = self._shown.get(kind)
        if found is None:
            show = self._as[kind]
            found = self._shown[kind] = [show(row) for row in self.days(kind)[3]]
        return found

    def counted(self, plan: int, columns: Columns, low: int | None, on: int) -> tuple[dict[str, Any], ...]:
        """The rows of a plan that fit or may fit, from a day on; of events, those that have happened."""
        found = self._counted.get((plan, low))
        if found is None:
            first, last, match, number, _ = columns
            shown = self.shown(self._plans[plan][0])
            since = NONE if low is None else low
            if last:
                found = tuple([shown[j] for j in range(number) if match[j] and last[j] >= since])
            else:
                found = tuple([shown[j] for j in range(number) if match[j] and since <= first[j] <= on])
            self._counted[plan, low] = found
        return found

    def paused(self, kinds: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
        """The pause spells of several kinds, kind by kind."""
        return tuple([row for kind in kinds for row in self.shown(kind)])


def shown_as(vocabulary: Vocabulary) -> dict[str, Show]:
    """By kind, what makes a row of a view the dictionary that explanations show."""
    found: dict[str, Show] = {}
    for kind, spell in vocabulary.spells.items():
        found[kind] = partial(_spell_shown, kind, _decoders(spell.attrs, vocabulary))
    for kind, event in vocabulary.events.items():
        found[kind] = partial(_event_shown, kind, _decoders(event.attrs, vocabulary))
    return found


def _decoders(attrs: Mapping[str, str], vocabulary: Vocabulary) -> Decoders:
    return [(name, decoder(type_, vocabulary)) for name, type_ in attrs.items()]


def _spell_shown(kind: str, decoders: Decoders, row: tuple[int, int, tuple[int | None, ...]]) -> dict[str, Any]:
    first, last, attrs = row
    shown: dict[str, Any] = {"kind": kind, "from": from_day(first), "to": None if last >= FAR else from_day(last)}
    for (name, decode), raw in zip(decoders, attrs, strict=True):
        if raw is not None:
            shown[name] = decode(raw)
    return shown


def _event_shown(kind: str, decoders: Decoders, row: tuple[int, tuple[int | None, ...]]) -> dict[str, Any]:
    day, attrs = row
    shown: dict[str, Any] = {"kind": kind, "date": from_day(day)}
    for (name, decode), raw in zip(decoders, attrs, strict=True):
        if raw is not None:
            shown[name] = decode(raw)
    return shown
