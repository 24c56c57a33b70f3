"""Frames built straight from arrays (a synthetic nation, a benchmark), and back to the view of one person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fodfaeste.facts.frames import (
    Array,
    EventFrame,
    Frames,
    SpellFrame,
    attr_dtype,
    complete_fields,
    field_dtype,
    unknown_of,
)
from fodfaeste.facts.scalars import suggest
from fodfaeste.facts.terms import EventKind, SpellKind, Vocabulary
from fodfaeste.facts.view import View


def event_frame(
    kind: str,
    vocabulary: Vocabulary,
    n: int,
    person: Array,
    day: Array,
    attrs: Mapping[str, Array] | None = None,
    observed: Array | None = None,
) -> EventFrame:
    """Events of one kind from flat arrays in any order.

    ``person`` holds positions from 0 to n-1. Attributes are encoded, with the unknown of their dtype (see
    ``unknown_of``); one that is left out is unknown. Raises ValueError for what does not fit the vocabulary.
    """
    order = np.lexsort((day, person))
    return EventFrame(
        _offsets(person, n),
        np.asarray(day, np.int32)[order],
        _attrs(vocabulary.events[kind], vocabulary, attrs or {}, order),
        observed,
    )


def spell_frame(
    kind: str,
    vocabulary: Vocabulary,
    n: int,
    person: Array,
    start: Array,
    end: Array,
    attrs: Mapping[str, Array] | None = None,
    observed: Array | None = None,
) -> SpellFrame:
    """Spells of one kind from flat arrays in any order; ``end`` is FAR while open. See ``event_frame``."""
    if np.any(np.asarray(end) < np.asarray(start)):
        raise ValueError(f"a spell of '{kind}' ends before it begins; swap the days, or leave it out")
    order = np.lexsort((end, start, person))
    return SpellFrame(
        _offsets(person, n),
        np.asarray(start, np.int32)[order],
        np.asarray(end, np.int32)[order],
        _attrs(vocabulary.spells[kind], vocabulary, attrs or {}, order),
        observed,
    )


def frames_from_arrays(
    vocabulary: Vocabulary,
    on: int,
    n: int,
    fields: Mapping[str, Array] | None = None,
    events: Mapping[str, EventFrame] | None = None,
    spells: Mapping[str, SpellFrame] | None = None,
    ids: list[str] | None = None,
) -> Frames:
    """Frames from what is at hand: fields left out are unknown, kinds left out happened to nobody.

    Fields are encoded numbers with the unknown of their dtype. Events after ``on`` are dropped, because
    nothing after the day asked about has happened. Raises ValueError for what does not fit the vocabulary.
    """
    fields, events, spells = fields or {}, events or {}, spells or {}
    for given, known in (
        (fields, vocabulary.fields),
        (events, vocabulary.events),
        (spells, vocabulary.spells),
    ):
        for name in given:
            if name not in known:
                raise ValueError(f"'{name}' is not in the vocabulary; {suggest(name, known)}")
    for name, column in fields.items():
        if len(column) != n:
            raise ValueError(f"'{name}' has {len(column)} rows; give {n}, one for each person")
    nobody = np.zeros(n + 1, np.int32)
    columns = {name: _field(name, fields.get(name), n, vocabulary) for name in vocabulary.fields}
    return Frames(
        n,
        on,
        columns,
        {
            name: _until(events[name], on) if name in events else _no_events(kind, vocabulary, nobody)
            for name, kind in vocabulary.events.items()
        },
        {
            name: spells[name] if name in spells else _no_spells(kind, vocabulary, nobody)
            for name, kind in vocabulary.spells.items()
        },
        ids,
        complete_fields({name: columns[name] for name in fields}, vocabulary),
    )


def view_of(frames: Frames, row: int, vocabulary: Vocabulary) -> View:
    """The view of one person of the frames, equal to the one the frames could have been made from."""
    fields = [
        _known(column[row], unknown_of(column.dtype, vocabulary.fields[name].type))
        for name, column in ((name, frames.fields[name]) for name in vocabulary.fields)
    ]
    view = View(frames.on, fields, {}, {})
    hidden = set()
    for name, kind in vocabulary.events.items():
        events = frames.events[name]
        lo, hi = int(events.offsets[row]), int(events.offsets[row + 1])
        attrs = _rows(events.attrs, kind, lo, hi)
        view.events[name] = list(zip(events.day[lo:hi].tolist(), attrs, strict=True))
        hidden |= {name} if events.observed is not None and not events.observed[row] else set()
    for name, spell in vocabulary.spells.items():
        spells = frames.spells[name]
        lo, hi = int(spells.offsets[row]), int(spells.offsets[row + 1])
        attrs = _rows(spells.attrs, spell, lo, hi)
        view.spells[name] = list(zip(spells.start[lo:hi].tolist(), spells.end[lo:hi].tolist(), attrs, strict=True))
        hidden |= {name} if spells.observed is not None and not spells.observed[row] else set()
    view.unobserved = frozenset(hidden)
    return view


def _offsets(person: Array, n: int) -> Array:
    if len(person) and (int(person.min()) < 0 or int(person.max()) >= n):
        raise ValueError(f"a person is outside 0 to {n - 1}; give the position of each person")
    offsets = np.zeros(n + 1, np.int32 if len(person) < 2**31 else np.int64)
    np.cumsum(np.bincount(person, minlength=n) if len(person) else np.zeros(n, np.int64), out=offsets[1:])
    return offsets


def _fitted(column: Array, dtype: np.dtype[Any], name: str) -> Array:
    """The column in its own dtype; ValueError rather than a number that wraps around."""
    column = np.asarray(column)
    bounds = np.iinfo(dtype)
    if column.dtype != dtype and len(column) and (column.min() < bounds.min or column.max() > bounds.max):
        raise ValueError(f"'{name}' holds numbers that do not fit {dtype}; correct them")
    return column.astype(dtype, copy=False)


def _field(name: str, column: Array | None, n: int, vocabulary: Vocabulary) -> Array:
    dtype = field_dtype(name, vocabulary)
    if column is None:
        return np.full(n, unknown_of(dtype, vocabulary.fields[name].type), dtype)
    return _fitted(column, dtype, name)


def _attrs(
    kind: EventKind | SpellKind, vocabulary: Vocabulary, given: Mapping[str, Array], order: Array
) -> dict[str, Array]:
    for name in given:
        if name not in kind.attrs:
            raise ValueError(f"'{name}' is not an attribute of {kind.name}; {suggest(name, kind.attrs)}")
    columns = {}
    for name, type_ in kind.attrs.items():
        dtype = attr_dtype(type_, vocabulary)
        if name in given:
            columns[name] = _fitted(given[name], dtype, name)[order]
        else:
            columns[name] = np.full(len(order), unknown_of(dtype, type_), dtype)
    return columns


def _no_events(kind: EventKind, vocabulary: Vocabulary, nobody: Array) -> EventFrame:
    none = np.zeros(0, np.int32)
    return EventFrame(nobody, none, _attrs(kind, vocabulary, {}, none))


def _no_spells(kind: SpellKind, vocabulary: Vocabulary, nobody: Array) -> SpellFrame:
    none = np.zeros(0, np.int32)
    return SpellFrame(nobody, none, none, _attrs(kind, vocabulary, {}, none))


def _until(frame: EventFrame, on: int) -> EventFrame:
    """Only events up to and including the day."""
    kept = frame.day <= on
    if kept.all():
        return frame
    before = np.concatenate(([0], np.cumsum(kept)))
    attrs = {name: column[kept] for name, column in frame.attrs.items()}
    return EventFrame(before[frame.offsets].astype(frame.offsets.dtype), frame.day[kept], attrs, frame.observed)


def _known(value: int, unknown: int) -> int | None:
    return None if value == unknown else int(value)


def _rows(columns: Mapping[str, Array], kind: EventKind | SpellKind, lo: int, hi: int) -> list[tuple[int | None, ...]]:
    if not kind.attrs:
        return [()] * (hi - lo)
    known = [
        [_known(value, unknown_of(columns[name].dtype, type_)) for value in columns[name][lo:hi]]
        for name, type_ in kind.attrs.items()
    ]
    return list(zip(*known, strict=True))
