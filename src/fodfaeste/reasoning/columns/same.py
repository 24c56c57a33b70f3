"""What has one value for all rows is reckoned once: windows that end today, amounts of a rate, and the like."""

from __future__ import annotations

import numpy as np

from fodfaeste.facts.frames import unknown_of
from fodfaeste.reasoning.columns.emit import LoopWriter
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.interpret import interpreted

_ROWS = ("field", "this", "agg")
_FIXED = ("const", "today")


def settle(vertices: list[Vertex], day: int) -> None:
    """Turn every vertex that reads nothing of a row into the value it has on the day (None: unknown).

    The value stays out of the text of the kernels, so that they are the same kernels tomorrow.
    """
    same: set[int] = set()
    for vertex in vertices:  # arguments come before their readers
        if vertex.op not in _ROWS and all(arg in same for arg in vertex.args):
            same.add(vertex.number)
    roots = [number for number in sorted(same) if vertices[number].op not in _FIXED]
    if not roots:
        return
    for number, value in zip(roots, _values(vertices, roots, day), strict=True):
        vertex = vertices[number]
        vertex.op, vertex.params, vertex.args = "same", (value,), ()


def _values(vertices: list[Vertex], roots: list[int], day: int) -> list[int | None]:
    writer = LoopWriter(vertices, lambda _number: None)
    for root in roots:
        vertex = vertices[root]
        writer.store(root, vertex.dtype, unknown_of(vertex.dtype, vertex.type))
    outs = [np.zeros(1, vertices[root].dtype) for root in roots]
    interpreted(vertices, writer)(day, *outs)
    found: list[int | None] = []
    for root, out in zip(roots, outs, strict=True):
        vertex, value = vertices[root], int(out[0])
        status = vertex.op in ("demand", "standing")
        found.append(None if value == unknown_of(vertex.dtype, vertex.type) and not status else value)
    return found
