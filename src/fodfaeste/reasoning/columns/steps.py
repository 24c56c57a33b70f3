"""Running library steps: which kernel answers which question, with which columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fodfaeste.facts.frames import Array, EventFrame, Frames, SpellFrame, unknown_of
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.reasoning.columns import library
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.jitted import NONE
from fodfaeste.rulebook.ir import Filter

EMPTY_8 = np.zeros(0, np.int8)
"""A column that is not there: flags and truths."""

EMPTY_32 = np.zeros(0, np.int32)
"""A column that is not there: days and numbers."""


class History:
    """The ragged columns of the frames as kernels want them; match columns are made once per filter."""

    def __init__(self, frames: Frames, vocabulary: Vocabulary) -> None:
        self.frames, self.vocabulary = frames, vocabulary
        self._match: dict[tuple[str, tuple[Filter, ...]], Array] = {}
        self._ones: dict[int, Array] = {}
        self._pauses: dict[tuple[str, ...], tuple[Array, ...]] = {}
        self._some: dict[str, Array] = {}

    def some(self, kind: str) -> Array:
        """Persons who have anything of a kind, in order."""
        if kind not in self._some:
            self._some[kind] = np.flatnonzero(np.diff(self.frame(kind).offsets)).astype(np.int32)
        return self._some[kind]

    def frame(self, kind: str) -> EventFrame | SpellFrame:
        """The ragged columns of a kind."""
        return self.frames.spells[kind] if kind in self.frames.spells else self.frames.events[kind]

    def match(self, kind: str, filters: tuple[Filter, ...]) -> Array:
        """2 where a row fits, 1 where it may, 0 where it does not."""
        frame = self.frame(kind)
        size = len(frame.start if isinstance(frame, SpellFrame) else frame.day)
        if not filters:
            if size not in self._ones:
                self._ones[size] = np.full(size, 2, np.int8)
            return self._ones[size]
        key = (kind, filters)
        if key not in self._match:
            kinds = self.vocabulary.spells if kind in self.vocabulary.spells else self.vocabulary.events
            attrs = kinds[kind].attrs
            match = np.full(size, 2, np.int8)
            for one in filters:
                name = list(attrs)[one.slot]
                column = frame.attrs[name]
                values = np.array(one.values, np.int64)
                library.fit(match, values, one.keep, column, unknown_of(column.dtype, attrs[name]))
            self._match[key] = match
        return self._match[key]

    def observed(self, kind: str) -> Array:
        """0 where there may be more than is written; empty: nowhere."""
        found = self.frame(kind).observed
        return EMPTY_8 if found is None else found

    def attribute(self, kind: str, slot: int) -> tuple[Array, int]:
        """An attribute's column and its unknown."""
        kinds = self.vocabulary.spells if kind in self.vocabulary.spells else self.vocabulary.events
        name, type_ = list(kinds[kind].attrs.items())[slot]
        column = self.frame(kind).attrs[name]
        return column, unknown_of(column.dtype, type_)

    def pauses(self, kinds: tuple[str, ...]) -> tuple[Array, ...]:
        """(offsets, first days, last days, match, observed) of several pause kinds together."""
        if kinds not in self._pauses:
            self._pauses[kinds] = self._merge(kinds)
        return self._pauses[kinds]

    def _merge(self, kinds: tuple[str, ...]) -> tuple[Array, ...]:
        frames = [self.frames.spells[kind] for kind in kinds]
        hidden = [f.observed for f in frames if f.observed is not None]
        observed = np.minimum.reduce(hidden) if hidden else EMPTY_8
        if len(kinds) == 1:
            f = frames[0]
            return f.offsets, f.start, f.end, self.match(kinds[0], ()), observed
        people = np.concatenate([np.repeat(np.arange(self.frames.n), np.diff(f.offsets)) for f in frames])
        start, end = (np.concatenate([getattr(f, name) for f in frames]) for name in ("start", "end"))
        order = np.lexsort((end, start, people))
        offsets = np.zeros(self.frames.n + 1, np.int64)
        np.cumsum(np.bincount(people, minlength=self.frames.n), out=offsets[1:])
        return offsets, start[order], end[order], np.full(len(order), 2, np.int8), observed


@dataclass(slots=True)
class Place:
    """The rows a question is asked for: see library."""

    some: Array
    rows: Array
    base: int


def run_aggregate(
    vertex: Vertex,
    history: History,
    column: Callable[[int], Array],
    place: Callable[[str], Place],
    on: int,
    out: Array,
) -> None:
    """Answer one question to the history for a block of rows."""
    name, kind, _, filters, slot, has_default, _, _ = vertex.params
    args = [column(a) for a in vertex.args]
    frame = history.frame(kind)
    at = place(kind)
    where = (at.some, at.rows, at.base)
    if isinstance(frame, SpellFrame) and name not in ("count", "first", "last"):
        _of_spells(name, vertex, history, frame, args, where, on, out)
        return
    day = frame.start if isinstance(frame, SpellFrame) else frame.day
    head = (frame.offsets, day, history.match(kind, filters), history.observed(kind))
    if name == "count":
        library.fill(*args, constant(len(out), 0), out)
        library.count(*head, *where, *args, on, out)
    elif name in ("first", "last"):
        library.fill(args[0], args[1], args[2] if has_default else constant(len(out), NONE), out)
        (library.first if name == "first" else library.last)(*head, *where, args[0], args[1], on, out)
    else:
        ask = library.total if name == "total" else library.reached_total
        ask(*head, *history.attribute(kind, slot), *where, *args, on, out)


def _of_spells(
    name: str, vertex: Vertex, history: History, frame: SpellFrame, args: list[Array], where: tuple[Array, Array, int],
    on: int, out: Array,
) -> None:  # fmt: skip
    kind, filters, slot, months, last_day = (vertex.params[i] for i in (1, 3, 4, 6, 7))
    observed = history.observed(kind)
    if name == "mask":
        column, hole = history.attribute(kind, slot) if slot >= 0 else (EMPTY_8, 0)
        library.mask(frame.offsets, frame.start, frame.end, observed, column, hole, *where, on, out)
        return
    head = (frame.offsets, frame.start, frame.end, history.match(kind, filters), observed)
    if name == "active":
        library.active(*head, *where, args[0], out)
    elif name == "current":
        column, _ = history.attribute(kind, slot)
        library.current(*head, column, *where, args[0], unknown_of(out.dtype, vertex.type), out)
    elif name in ("spell_start", "spell_end"):
        edge = frame.start if name == "spell_start" else frame.end
        library.current(*head, edge, *where, args[0], NONE, out)
    elif name == "run_start":
        library.run_start(*head, *where, *args, out)
    elif name == "days_in":
        library.fill(*args, constant(len(out), 0), out)
        library.days_in(*head, *where, *args, on, out)
    else:
        window = int(args[1][0]) if len(args[1]) else 0
        library.reached(*head, *where, args[0], window, months, last_day, args[2], on, out)


@lru_cache(maxsize=4096)
def constant(size: int, value: int, dtype: str = "int32") -> Array:
    """A column of one value, made once and never written to."""
    column = np.full(size, value, dtype)
    column.flags.writeable = False
    return column
