"""The same as views, for a whole nation: a column per field, ragged columns per kind of event and spell.

The unknown is a value of its own in every column: 1 for truths, and otherwise the smallest number of the
dtype, which no declared range reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from fodfaeste.facts.encoding import range_of
from fodfaeste.facts.scalars import SCALARS
from fodfaeste.facts.terms import Vocabulary
from fodfaeste.facts.view import View

Array = npt.NDArray[Any]

SMALL_ENUM = 120
"""More values than this, and an enum takes two bytes."""


@dataclass(slots=True)
class EventFrame:
    """Events of one kind: those of person i are rows ``offsets[i]`` to ``offsets[i + 1]``, sorted by day.

    ``observed`` is 0 for persons of whom there may be more than is written; None: nobody.
    """

    offsets: Array
    day: Array
    attrs: dict[str, Array]
    observed: Array | None = None


@dataclass(slots=True)
class SpellFrame:
    """Spells of one kind, sorted by first and last day (FAR while open) within a person; else as events."""

    offsets: Array
    start: Array
    end: Array
    attrs: dict[str, Array]
    observed: Array | None = None


@dataclass(slots=True)
class Frames:
    """What was known about ``n`` persons on the day ``on``, in columns; ``ids`` names them.

    ``complete`` names fields in which nothing is unknown; None: nobody has looked.
    """

    n: int
    on: int
    fields: dict[str, Array]
    events: dict[str, EventFrame]
    spells: dict[str, SpellFrame]
    ids: list[str] | None = None
    complete: frozenset[str] | None = None

    def slice(self, lo: int, hi: int) -> Frames:
        """The persons from ``lo`` up to but not including ``hi``, without copying the columns."""
        lo, hi, _ = slice(lo, hi).indices(self.n)
        hi = max(lo, hi)
        return Frames(
            hi - lo,
            self.on,
            {name: column[lo:hi] for name, column in self.fields.items()},
            {kind: _cut_events(frame, lo, hi) for kind, frame in self.events.items()},
            {kind: _cut_spells(frame, lo, hi) for kind, frame in self.spells.items()},
            None if self.ids is None else self.ids[lo:hi],
            self.complete,
        )


def complete_fields(fields: Mapping[str, Array], vocabulary: Vocabulary) -> frozenset[str]:
    """The fields in which nothing is unknown (of no persons: none)."""
    return frozenset(
        name
        for name, column in fields.items()
        if len(column) and not (column == unknown_of(column.dtype, vocabulary.fields[name].type)).any()
    )


def dtype_of(type_: str, lo: int, hi: int) -> np.dtype[Any]:
    """The dtype of a column: the smallest that holds ``lo`` to ``hi`` (encoded) and the unknown besides."""
    if type_ == "bool":
        return np.dtype(np.int8)
    if type_ not in SCALARS:
        return np.dtype(np.int8 if hi < SMALL_ENUM else np.int16)
    if type_ in ("date", "days"):
        return np.dtype(np.int32)
    if type_ == "int":
        for candidate in (np.int8, np.int16, np.int32):
            bounds = np.iinfo(candidate)
            if bounds.min < lo and hi <= bounds.max:
                return np.dtype(candidate)
    return np.dtype(np.int64)


def unknown_of(dtype: npt.DTypeLike, type_: str) -> int:
    """The number that stands for the unknown in a column of that dtype and type."""
    return 1 if type_ == "bool" else int(np.iinfo(np.dtype(dtype)).min)


def field_dtype(name: str, vocabulary: Vocabulary) -> np.dtype[Any]:
    """The dtype of a field's column, by its declared range."""
    field = vocabulary.fields[name]
    return dtype_of(field.type, field.lo, field.hi)


def attr_dtype(type_: str, vocabulary: Vocabulary) -> np.dtype[Any]:
    """The dtype of an attribute's column, by the range of its type."""
    return dtype_of(type_, *range_of(type_, vocabulary))


def frames_from_views(views: Sequence[View], vocabulary: Vocabulary, on: int, ids: list[str] | None = None) -> Frames:
    """Views of the same day as columns. Exact: a number that does not fit its column raises OverflowError."""
    n = len(views)
    if any(view.on != on for view in views):
        raise ValueError("the views are of different days; make all of them for the day asked about")
    columns: Iterable[Sequence[int | None]] = zip(*(view.fields for view in views), strict=True)
    if not n:
        columns = [()] * len(vocabulary.fields)
    fields = {
        field.name: _column(values, field.type, field_dtype(field.name, vocabulary))
        for field, values in zip(vocabulary.fields.values(), columns, strict=True)
    }
    empty = np.zeros(n + 1, np.int32)  # shared by all kinds nobody has
    hidden = frozenset(chain.from_iterable(view.unobserved for view in views))
    events, spells = {}, {}
    for name, event in vocabulary.events.items():
        rows, offsets = _flat([view.events[name] for view in views], empty)
        days, attrs = zip(*rows, strict=True) if rows else ((), ())
        events[name] = EventFrame(
            offsets,
            np.array(days, np.int32),
            _attr_columns(attrs, event.attrs, vocabulary),
            _observed(name, views) if name in hidden else None,
        )
    for name, spell in vocabulary.spells.items():
        stretches, offsets = _flat([view.spells[name] for view in views], empty)
        starts, ends, attrs = zip(*stretches, strict=True) if stretches else ((), (), ())
        spells[name] = SpellFrame(
            offsets,
            np.array(starts, np.int32),
            np.array(ends, np.int32),
            _attr_columns(attrs, spell.attrs, vocabulary),
            _observed(name, views) if name in hidden else None,
        )
    return Frames(n, on, fields, events, spells, ids)


def _column(values: Sequence[int | None], type_: str, dtype: np.dtype[Any]) -> Array:
    unknown = unknown_of(dtype, type_)
    missing = values.count(None)
    if missing == len(values):
        return np.full(len(values), unknown, dtype)
    if missing:
        values = [unknown if value is None else value for value in values]
    # NumPy refuses a Python int that does not fit, so nothing can wrap around unseen.
    return np.array(values, dtype)


_Row = TypeVar("_Row")


def _flat(lists: Sequence[list[_Row]], empty: Array) -> tuple[list[_Row], Array]:
    rows = list(chain.from_iterable(lists))
    if not rows:
        return rows, empty
    offsets = np.zeros(len(lists) + 1, np.int32 if len(rows) < 2**31 else np.int64)
    np.cumsum(np.fromiter(map(len, lists), np.int64, len(lists)), out=offsets[1:])
    return rows, offsets


def _attr_columns(
    rows: Sequence[tuple[int | None, ...]], types: Mapping[str, str], vocabulary: Vocabulary
) -> dict[str, Array]:
    columns = zip(*rows, strict=True) if rows else iter([()] * len(types))
    return {
        name: _column(values, type_, attr_dtype(type_, vocabulary))
        for (name, type_), values in zip(types.items(), columns, strict=True)
    }


def _observed(kind: str, views: Sequence[View]) -> Array:
    return np.array([kind not in view.unobserved for view in views], np.int8)


def _bounds(offsets: Array, lo: int, hi: int) -> tuple[int, int, Array]:
    first, last = int(offsets[lo]), int(offsets[hi])
    return first, last, offsets[lo : hi + 1] - offsets[lo]


def _cut_events(frame: EventFrame, lo: int, hi: int) -> EventFrame:
    first, last, offsets = _bounds(frame.offsets, lo, hi)
    attrs = {name: column[first:last] for name, column in frame.attrs.items()}
    observed = None if frame.observed is None else frame.observed[lo:hi]
    return EventFrame(offsets, frame.day[first:last], attrs, observed)


def _cut_spells(frame: SpellFrame, lo: int, hi: int) -> SpellFrame:
    first, last, offsets = _bounds(frame.offsets, lo, hi)
    attrs = {name: column[first:last] for name, column in frame.attrs.items()}
    observed = None if frame.observed is None else frame.observed[lo:hi]
    return SpellFrame(offsets, frame.start[first:last], frame.end[first:last], attrs, observed)
