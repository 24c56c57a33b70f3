"""The ragged columns of the frames as steps want them: who has what, and what fits which filter."""

from __future__ import annotations

from typing import Any

import numpy as np

from fodfaeste.facts.encoding import range_of
from fodfaeste.facts.frames import Array, EventFrame, Frames, SpellFrame, unknown_of
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.reasoning.columns.plan import Plan
from fodfaeste.reasoning.columns.program import Operand, number, whole

EMPTY_8 = np.zeros(1, np.int8)
EMPTY_32 = np.zeros(1, np.int32)
EMPTY_64 = np.zeros(2, np.int64)

Narrow = tuple[Operand, Operand]
"""A list of rows, and how many they are."""

Asked = tuple[str, tuple[Any, ...]]
"""A kind, and the filters a question narrows it by."""

_TABLE = 2**22
"""A filter on an attribute of at most so many values is a table."""


class History:
    """What the questions of a plan read of the frames."""

    def __init__(self, frames: Frames, vocabulary: Vocabulary, plan: Plan) -> None:
        self.frames, self.vocabulary = frames, vocabulary
        asked: dict[Asked, None] = {}
        for vertex in plan.vertices:
            if vertex.op == "agg":
                asked[vertex.params[1], vertex.params[3]] = None
        for step in plan.duties.values():
            asked[step.must.kind, step.must.filters] = None
        self.narrowed: dict[str, list[tuple[Any, ...]]] = {}
        for kind, filters in asked:
            if filters:
                self.narrowed.setdefault(kind, []).append(filters)
        items = {vertex.space: None for vertex in plan.vertices if vertex.space}
        items |= {step.space: None for step in plan.duties.values() if step.space}
        self.kinds = list(dict.fromkeys([*(kind for kind, _ in asked), *items]))
        self.matches: dict[Asked, Array] = {}
        self.lists: dict[Asked, Narrow] = {}
        self._pauses: dict[tuple[str, ...], tuple[Array, ...]] = {}
        ones = np.full(max((self.size(kind) for kind in self.kinds), default=0) + 1, 2, np.int8)
        for kind in self.kinds:
            self.matches[kind, ()] = ones
        for kind, combinations in self.narrowed.items():
            for filters in combinations:
                self.matches[kind, filters] = np.empty(self.size(kind) + 1, np.int8)

    def frame(self, kind: str) -> EventFrame | SpellFrame:
        """The ragged columns of a kind."""
        return self.frames.spells[kind] if kind in self.frames.spells else self.frames.events[kind]

    def size(self, kind: str) -> int:
        """Rows of a kind."""
        frame = self.frame(kind)
        return len(frame.start if isinstance(frame, SpellFrame) else frame.day)

    def hidden(self, kind: str) -> tuple[Operand, Operand]:
        """Of whom everything of the kind is written, and whether that is asked at all."""
        found = self.frame(kind).observed
        return (whole(EMPTY_8), number(0)) if found is None else (whole(found), number(1))

    def attribute(self, kind: str, slot: int) -> tuple[Array, int]:
        """An attribute's column and its unknown."""
        name, type_ = self._attribute(kind, slot)
        column = self.frame(kind).attrs[name]
        return column, unknown_of(column.dtype, type_)

    def _attribute(self, kind: str, slot: int) -> tuple[str, str]:
        kinds = self.vocabulary.spells if kind in self.vocabulary.spells else self.vocabulary.events
        return list(kinds[kind].attrs.items())[slot]

    def weights(self, kind: str, combinations: list[tuple[Any, ...]], slot: int) -> tuple[Array, int, Array]:
        """(codes, what to take from them, bits by code) of the filters on one attribute.

        The bits of combination k are 2 k, which says that a value may fit, and 2 k + 1, that it does.
        """
        column, hole = self.attribute(kind, slot)
        lo, hi = range_of(self._attribute(kind, slot)[1], self.vocabulary)
        mine = [[one for one in filters if one.slot == slot] for filters in combinations]
        named = sorted({value for filters in mine for one in filters for value in one.values})
        code = {value: value for value in named}
        if hi - lo >= _TABLE:  # a code of its own for each value that is named, 0 for all others
            code = {value: place for place, value in enumerate(named, 1)}
            at = np.searchsorted(named, column).clip(0, len(named) - 1)
            codes = np.where(np.array(named)[at] == column, at + 1, 0)
            column, lo, hi, hole = np.where(column == hole, -1, codes).astype(np.int32), 0, len(named), -1
        values = np.arange(lo - 1, hi + 1)
        unknown = (values == hole) | (values < lo)
        bits = np.zeros(len(values), np.int64)
        for k, filters in enumerate(mine):
            fits = np.ones(len(values), bool)
            for one in filters:
                fits &= np.isin(values, [code[value] for value in one.values]) == one.keep
            bits |= np.where(unknown & bool(filters), 1, np.where(fits, 3, 0)) << (2 * k)
        return column, lo - 1, bits

    def paused(self, kinds: tuple[str, ...]) -> tuple[Operand, ...]:
        """Operands of a duty: whether there are pauses, and those of all kinds together."""
        if not kinds:
            ends = (whole(EMPTY_32), whole(EMPTY_32))
            return number(0), whole(EMPTY_32), *ends, whole(EMPTY_8), whole(EMPTY_8), number(0)
        if kinds not in self._pauses:
            self._pauses[kinds] = self._merge(kinds)
        *columns, observed = self._pauses[kinds]
        seen = (whole(EMPTY_8), number(0)) if not len(observed) else (whole(observed), number(1))
        return number(1), *(whole(column) for column in columns), *seen

    def _merge(self, kinds: tuple[str, ...]) -> tuple[Array, ...]:
        """(offsets, first days, last days, match, observed) of several pause kinds together."""
        frames = [self.frames.spells[kind] for kind in kinds]
        hidden = [f.observed for f in frames if f.observed is not None]
        observed = np.minimum.reduce(hidden) if hidden else np.zeros(0, np.int8)
        if len(kinds) == 1:
            f = frames[0]
            return f.offsets, f.start, f.end, np.full(len(f.start) + 1, 2, np.int8), observed
        people = np.concatenate([np.repeat(np.arange(self.frames.n), np.diff(f.offsets)) for f in frames])
        start, end = (np.concatenate([getattr(f, name) for f in frames]) for name in ("start", "end"))
        order = np.lexsort((end, start, people))
        offsets = np.zeros(self.frames.n + 1, np.int64)
        np.cumsum(np.bincount(people, minlength=self.frames.n), out=offsets[1:])
        return offsets, start[order], end[order], np.full(len(order) + 1, 2, np.int8), observed
