"""Effects of a change of law in a whole municipality, judged in columns: the same as case by case.

Imports NumPy and the compiler; whoever asks about a few cases uses ``effects`` alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.facts import Frames
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.effects import UNSURE, WHATS, Effect, differing, effect_of, order
from fodfaeste.reasoning.columns import Columns, DutyColumns, columns
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import ResolvedNorm, Rulebook
from fodfaeste.rulebook.norms import PREDICATES

Array = npt.NDArray[Any]

_PARTS = ("status", "start", "due", "count", "needed", "met_on", "promise")
"""A raw outcome of a duty, part by part."""

_TOLD = ("due", "needed", "promise")
_UNKNOWN = 1  # a status, and a truth


@dataclass(frozen=True)
class _Side:
    """A norm's answers: the parts of a duty, or a truth alone."""

    parts: dict[str, Array]

    def raw(self, row: int) -> Raw:
        """The raw answer of one row."""
        return tuple(int(part[row]) for part in self.parts.values())


@dataclass(frozen=True)
class _Changed:
    """The rows of a norm that differ: whose, how (a place in WHATS), about what, and both answers."""

    norm: ResolvedNorm
    person: Array
    what: Array
    item: Array | None
    before: _Side | None
    after: _Side | None
    row: Array


@dataclass(frozen=True)
class InColumns:
    """Effects found in columns; cases go by the numbers of ``courses``, in rising order."""

    before: Rulebook
    after: Rulebook
    courses: Array
    changed: dict[str, _Changed]

    @property
    def total(self) -> int:
        """How many cases were judged."""
        return len(self.courses)

    @property
    def norms(self) -> set[str]:
        """The norms in which cases differ."""
        return set(self.changed)

    def cases(self, norms: Collection[str] | None = None) -> list[int]:
        """The cases that differ, those that surely differ most first."""
        sure, unsure = np.zeros((2, len(self.courses)), np.int64)
        for one in self._of(norms):
            doubtful = one.what == UNSURE
            sure += np.bincount(one.person[~doubtful], minlength=len(sure))
            unsure += np.bincount(one.person[doubtful], minlength=len(sure))
        ordered = np.lexsort((np.arange(len(sure)), -unsure, -sure))
        found: list[int] = self.courses[ordered[: int((sure + unsure > 0).sum())]].tolist()
        return found

    def count(self, norms: Collection[str] | None = None, whats: Collection[str] = WHATS) -> int:
        """How many cases differ in one of these ways."""
        places = [WHATS.index(what) for what in whats]
        differ = np.zeros(len(self.courses), bool)
        for one in self._of(norms):
            differ[one.person[np.isin(one.what, places)]] = True
        return int(differ.sum())

    def _of(self, norms: Collection[str] | None) -> Iterable[_Changed]:
        return (one for norm, one in self.changed.items() if norms is None or norm in norms)

    def effects(self, cases: Iterable[int]) -> dict[int, list[Effect]]:
        """The effects of some cases, the sure ones first."""
        found: dict[int, list[Effect]] = {case: [] for case in cases}
        persons = {int(np.searchsorted(self.courses, case)): case for case in found}
        wanted = np.fromiter(persons, np.int64, len(persons))
        for one in self.changed.values():
            for place in np.flatnonzero(np.isin(one.person, wanted)):
                row = int(one.row[place])
                found[persons[int(one.person[place])]].append(
                    effect_of(
                        one.norm,
                        None if one.item is None else from_day(int(one.item[place])),
                        one.before.raw(row) if one.before else None,
                        one.after.raw(row) if one.after else None,
                        self.before,
                        self.after,
                    )
                )
        return {case: sorted(made, key=order) for case, made in found.items()}


def effects_of_many(before: Rulebook, after: Rulebook, courses: Array, frames: Frames) -> InColumns:
    """What differs under the two rulebooks in all cases of the frames, on the frames' day."""
    wanted = differing(before, after)
    old, new = (_judged(book, frames, wanted) for book in (before, after))
    changed: dict[str, _Changed] = {}
    for norm in wanted:
        resolved = after.norms.get(norm) or before.norms[norm]
        if resolved.absent:
            resolved = before.norms[norm]
        found = _compare(resolved, old, new, frames)
        if found is not None:
            changed[norm] = found
    return InColumns(before, after, courses, changed)


def _judged(book: Rulebook, frames: Frames, wanted: list[str]) -> Columns:
    here = [norm for norm in wanted if norm in book.norms and not book.norms[norm].absent]
    same_day = book if book.day == frames.on else replace(book, day=frames.on, cache={})
    return columns(same_day, frames, here, detail="full")


def _compare(norm: ResolvedNorm, old: Columns, new: Columns, frames: Frames) -> _Changed | None:
    left, right = _side(norm, old), _side(norm, new)
    one = left or right
    if one is None:
        return None
    size = len(next(iter(one.parts.values())))
    nothing = np.zeros(size, np.int8)
    first = nothing if left is None else _truth(left)
    second = nothing if right is None else _truth(right)
    what = np.full(size, -1, np.int8)
    if left is not None and right is not None:
        _tell(what, left, right)
    what[(first == 0) & (second != 0)] = WHATS.index("new")
    what[(first != 0) & (second == 0)] = WHATS.index("gone")
    what[(first == _UNKNOWN) | (second == _UNKNOWN)] = UNSURE
    what[(first == second) & ((first == 0) | (first == _UNKNOWN))] = -1
    row = np.flatnonzero(what >= 0)
    if not len(row):
        return None
    each = norm.norm.each
    people = (new if right is not None else old).people
    person = people[each][row] if each else row
    item = _days(each, frames)[row] if each else None
    return _Changed(norm, person, what[row], item, left, right, row)


def _tell(what: Array, left: _Side, right: _Side) -> None:
    """How two answers that both say something differ, the weightiest written last."""
    same = _truth(left) == _truth(right)
    if "due" in left.parts and "due" in right.parts:
        differ = {name: left.parts[name] != right.parts[name] for name in _TOLD}
        what[same & differ["promise"]] = WHATS.index("answer")
        what[same & differ["needed"]] = WHATS.index("number")
        what[same & differ["due"]] = WHATS.index("due")
    what[~same] = WHATS.index("answer")


def _truth(side: _Side) -> Array:
    return next(iter(side.parts.values()))


def _side(norm: ResolvedNorm, found: Columns) -> _Side | None:
    values = found.values.get(norm.id)
    if values is None:
        return None
    if isinstance(values, DutyColumns):
        size = len(values.status)
        parts = {name: _full(getattr(values, name), size) for name in _PARTS}
        parts["needed"] = np.where(
            parts["start"] == NONE, NONE, parts["needed"]
        )  # nothing is demanded before it begins
        return _Side(parts)
    if norm.norm.kind in PREDICATES and norm.requires is None:
        return _Side({"value": values})
    none = _full(np.zeros(0, np.int32), len(values))  # a demand and a standing duty have a status alone
    return _Side({"status": values, **dict.fromkeys(_PARTS[1:], none)})


def _full(part: Array, size: int) -> Array:
    """A part for every row: one number holds for all, none is NONE."""
    if len(part) == size:
        return part
    return np.broadcast_to(part if len(part) else np.array([NONE], np.int32), (size,))


def _days(each: str, frames: Frames) -> Array:
    return frames.spells[each].start if each in frames.spells else frames.events[each].day
