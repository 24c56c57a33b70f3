"""The encoded law as the benchmarks use it: read from the folder, resolved for one day, and measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from fodfaeste.facts.frames import EventFrame, Frames, SpellFrame
from fodfaeste.rulebook import Law, Rulebook, ir, read_law, resolve
from fodfaeste.rulebook.rulebook import ResolvedNorm

ROOT = Path(__file__).resolve().parent.parent
ON = 20759
"""The day asked about, in days since 1970: a Monday in 2026."""


def encoded_law() -> Law:
    """The law and its regimes; what a file has wrong is left out."""
    law, problems = read_law(ROOT / "law", ROOT / "regimes", checked=False)
    if law is None:
        raise RuntimeError(f"the law cannot be read: {problems[0]}")
    return law


def general_rulebook(law: Law) -> Rulebook:
    """General law on the day, without any regime."""
    return resolve(law, ON, None, [])


def in_force(rulebook: Rulebook) -> list[ResolvedNorm]:
    """The norms that are in force, not those that are only read."""
    return [norm for norm in rulebook.norms.values() if not norm.absent]


def mix(rulebook: Rulebook) -> dict[str, int]:
    """How many norms of each shape there are: what a peer is given as many of."""
    counts = {"predicate": 0, "date": 0, "number": 0, "duty": 0, "demand": 0}
    for norm in in_force(rulebook):
        if norm.must is not None:
            counts["duty"] += 1
        elif norm.requires is not None or norm.norm.kind == "duty":
            counts["demand"] += 1
        elif norm.value is None or norm.value.type == "bool":
            counts["predicate"] += 1
        else:
            counts["date" if norm.value.type == "date" else "number"] += 1
    return counts


def expressions(norm: ResolvedNorm) -> list[ir.Node]:
    """Every expression of a norm."""
    nodes = [norm.applies, norm.value, norm.requires, norm.waived, norm.lapses_when, norm.promise]
    if norm.must is not None:
        nodes += [norm.must.start, norm.must.last, norm.must.count_from, norm.must.needed]
    return [node for node in nodes if node is not None]


def bytes_read(rulebook: Rulebook, frames: Frames) -> int:
    """Bytes of the columns of the frames that any norm reads, each counted once."""
    fields: set[str] = set()
    attrs: dict[str, set[int]] = {}
    for norm in rulebook.norms.values():
        if norm.norm.each:
            attrs.setdefault(norm.norm.each, set())
        if norm.must is not None:
            attrs.setdefault(norm.must.kind, set()).update(f.slot for f in norm.must.filters)
            for kind in norm.must.pauses:
                attrs.setdefault(kind, set())
        for node in (part for root in expressions(norm) for part in ir.walk(root)):
            if isinstance(node, ir.FieldRef):
                fields.add(node.name)
            elif isinstance(node, ir.Agg):
                slots = {f.slot for f in node.filters} | ({node.slot} if node.slot >= 0 else set())
                attrs.setdefault(node.kind, set()).update(slots)
            elif isinstance(node, ir.This) and node.slot >= 0 and norm.norm.each:
                attrs[norm.norm.each].add(node.slot)
    total = sum(frames.fields[name].nbytes for name in fields)
    return total + sum(_bytes(frames, kind, slots) for kind, slots in attrs.items())


def _bytes(frames: Frames, kind: str, slots: set[int]) -> int:
    frame: EventFrame | SpellFrame = frames.spells[kind] if kind in frames.spells else frames.events[kind]
    columns = list(frame.attrs.values())
    days = [frame.start, frame.end] if isinstance(frame, SpellFrame) else [frame.day]
    return int(sum(c.nbytes for c in (frame.offsets, *days, *(columns[slot] for slot in slots))))


def bytes_of(frames: Frames) -> int:
    """Bytes of all columns of the frames."""
    parts = list(frames.fields.values())
    for frame in (*frames.events.values(), *frames.spells.values()):
        days = [frame.start, frame.end] if isinstance(frame, SpellFrame) else [frame.day]
        parts += [frame.offsets, *days, *frame.attrs.values()]
    return int(sum(part.nbytes for part in {id(part): part for part in parts}.values()))


def bytes_written(answer: Any, frames: Frames) -> int:
    """Bytes of the arrays of an answer, each counted once.

    Columns that are the frames' own are not counted, and of one value shown for all rows only that value is.
    """
    given = {id(column) for column in frames.fields.values()}
    arrays: dict[int, Any] = {}
    for value in answer.values.values():
        names = () if isinstance(value, np.ndarray) else value.__slots__
        for array in (value,) if isinstance(value, np.ndarray) else (getattr(value, name) for name in names):
            if id(array) not in given:
                arrays[array.__array_interface__["data"][0] if array.size else id(array)] = array
    return int(sum(array.nbytes if any(array.strides) else array.itemsize for array in arrays.values()))
