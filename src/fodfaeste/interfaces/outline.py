"""What applies in a case without the reasons: what a page shows before anybody asks why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fodfaeste.facts import View
from fodfaeste.foundation import FAR, from_day
from fodfaeste.interfaces.overview import Entry, Group, Overview, group_of, in_order, waiting_questions
from fodfaeste.reasoning import Explanation, explain, judge_of, outcome
from fodfaeste.reasoning.generated import items
from fodfaeste.reasoning.outcome import Raw, value_of
from fodfaeste.rulebook import ResolvedNorm, Rulebook

_SILENT = ("definition", "rate", "quota")
_REFUSABLE = ("power", "sanction")


@dataclass(frozen=True)
class Outline(Overview):
    """As an Overview, with the same entries in the same order, but nothing explained.

    ``refused`` are powers and sanctions whose conditions are not met: what may not be done here.
    """

    refused: tuple[Explanation, ...] = ()
    _numbers: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def number(self, explanation: Explanation) -> int:
        """Which of the things its norm is judged for an explanation of this outline is about, counted from 0."""
        return self._numbers.get(id(explanation), 0)


def outline(rulebook: Rulebook, view: View, ask: bool = False) -> Outline:
    """All that applies to the case, grouped; the questions only on ``ask``, since they take longer to find."""
    entries: list[Entry] = []
    refused: list[Explanation] = []
    numbers: dict[int, int] = {}
    for norm, raw in zip(rulebook.norms.values(), judge_of(rulebook).all(view), strict=True):
        if norm.absent or norm.norm.kind in _SILENT or (norm.norm.kind == "condition" and norm.requires is None):
            continue
        for number, one in enumerate(_told(rulebook, view, norm, raw)):
            numbers[id(one)] = number
            group = group_of(one)
            if group is not None:
                entries.append(Entry(one, group))
            elif norm.norm.kind in _REFUSABLE:
                refused.append(one)
    entries = in_order(entries)
    questions = waiting_questions(rulebook, view, entries) if ask else ()
    return Outline(rulebook, from_day(view.on), tuple(entries), questions, tuple(refused), numbers)


def _told(rulebook: Rulebook, view: View, norm: ResolvedNorm, raw: Raw | list[Raw]) -> list[Explanation]:
    """Outcomes with what they are about. An open power is explained: only so is it told what it waits for."""
    if norm.norm.kind == "power" and _unsure(raw):
        return explain(rulebook, view, norm.id)
    if isinstance(raw, tuple):
        return [Explanation(norm, outcome(norm, raw, rulebook.vocabulary), ())]
    return [
        Explanation(norm, outcome(norm, one, rulebook.vocabulary), (), item)
        for one, item in zip(raw, _items(rulebook, view, norm), strict=True)
    ]


def _unsure(raw: Raw | list[Raw]) -> bool:
    return any(map(_unsure, raw)) if isinstance(raw, list) else raw[0] == 1


def _items(rulebook: Rulebook, view: View, norm: ResolvedNorm) -> Iterator[dict[str, Any]]:
    """What an ``each`` norm is judged for, as an explanation holds it."""
    kind = norm.norm.each
    assert kind is not None
    attrs = rulebook.vocabulary.kind(kind).attrs
    found = items(view, kind) if view.spells.get(kind) or view.events.get(kind) else []
    for first, last, codes in found:
        row: dict[str, Any] = {"kind": kind}
        if kind in view.spells:
            row |= {"from": from_day(first), "to": None if last >= FAR else from_day(last)}
        else:
            row["date"] = from_day(first)
        for (name, type_), code in zip(attrs.items(), codes, strict=True):
            if code is not None:
                row[name] = value_of(type_, code, rulebook.vocabulary)
        yield row


__all__ = ["Group", "Outline", "outline"]
