"""The loops that make columns from columns: which values one kernel makes, its text, and its runnable form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from fodfaeste.facts.frames import Array, unknown_of
from fodfaeste.reasoning.columns.emit import Column, LoopWriter, table_dtype
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.interpret import TABLES, cells, interpreted, workday_arrays
from fodfaeste.reasoning.columns.machine import Code, key_of, object_of
from fodfaeste.reasoning.columns.plan import GIVEN, SAME, Plan
from fodfaeste.reasoning.columns.straight import MONTHLY, MONTHS
from fodfaeste.reasoning.columns.translate import Loop, dialect, module

CHUNK = 24
"""Values made by one loop: what they share is reckoned once, and few enough stay in the processor's registers."""


@dataclass(slots=True)
class Kernel:
    """A loop that fills ``outs`` from ``ins`` (vertex numbers) and from the ``tables`` it looks up.

    ``code`` is the machine code; ``plain`` the same as a Python function of today and the columns.
    """

    ins: list[int]
    outs: list[int]
    tables: list[str]
    code: Code | None
    plain: Callable[..., None] | None


def storage(vertex: Vertex) -> str:
    """Dtype of a vertex's column; arguments of library steps are at least 32 bits."""
    if vertex.notes.get("wide") and vertex.type != "bool" and vertex.dtype in ("int8", "int16"):
        return "int32"
    return vertex.dtype


def storage_of_input(vertex: Vertex) -> str:
    """Dtype of a column a kernel reads: facts and attributes keep the frame's own."""
    return str(vertex.notes.get("frame_dtype") or storage(vertex))


def nullable(plan: Plan, full_fields: frozenset[str]) -> list[bool]:
    """Which vertices can be unknown, given the fact columns in which nothing is."""
    found: list[bool] = []
    for vertex in plan.vertices:
        args = [found[a] for a in vertex.args]
        match vertex.op:
            case "const" | "same":
                can = vertex.params[0] is None
            case "field":
                can = vertex.params[0] not in full_fields
            case "today":
                can = False
            case "this":
                can = vertex.params[1] >= 0
            case "agg" | "table":
                can = vertex.params[0] != "mask"
            case "bits":
                can = True
            case "call" if vertex.params[0] == "known":
                can = False
            case _:
                can = any(args)
        found.append(can)
    return found


def kernels_of(plan: Plan, roots: list[int], can_be_unknown: list[bool], compiled: bool) -> list[Kernel]:
    """Kernels that make the columns ``roots`` of one stage; ``compiled`` False runs the same text as plain Python."""
    made = []
    for chunk in _chunks(plan, roots, can_be_unknown):
        writer = _written(plan, chunk, can_be_unknown)
        text = "\n".join(writer.lines)
        tables = _tables_of(text)
        kernel = Kernel(list(writer.columns), chunk, tables, None, None)
        if compiled:
            kernel.code = _machine(plan, writer, kernel, text)
        else:
            kernel.plain = interpreted(plan.vertices, writer)
        made.append(kernel)
    return made


def _tables_of(text: str) -> list[str]:
    """The tables a loop reads: of working days by name, of months with every function that asks for one."""
    found = [name for name in TABLES if re.search(rf"\b{name}\b", text)]
    return [*found, "MONTHS"] if MONTHLY.search(text) else found


def table_array(name: str) -> Array:
    """The table of that name."""
    array: Array = MONTHS if name == "MONTHS" else workday_arrays()[name]
    return array


def _written(plan: Plan, roots: Iterable[int], can: list[bool]) -> LoopWriter:
    roots = list(roots)
    writer = LoopWriter(plan.vertices, _columns_for(plan, frozenset(roots), can))
    for root in roots:
        vertex = plan.vertices[root]
        kind = storage(vertex)
        writer.store(root, kind, unknown_of(kind, vertex.type))
    return writer


def _chunks(plan: Plan, roots: list[int], can: list[bool]) -> list[list[int]]:
    """Roots whose widest column is alike go together: flags alone fill a register with four times as many rows."""
    groups: dict[int, list[int]] = {}
    for root in roots:
        read = [storage_of_input(plan.vertices[n]) for n in _read_by(plan, root, can)]
        widest = max(np.dtype(kind).itemsize for kind in (*read, storage(plan.vertices[root])))
        groups.setdefault(widest, []).append(root)
    return [group[lo : lo + CHUNK] for _, group in sorted(groups.items()) for lo in range(0, len(group), CHUNK)]


def _read_by(plan: Plan, root: int, can: list[bool]) -> list[int]:
    """The columns a loop reads that makes ``root`` alone, but for what is the same for all rows."""
    column, found = _columns_for(plan, frozenset([root]), can), []
    ahead, seen = [root], {root}
    while ahead:
        number = ahead.pop()
        if column(number) is None:
            new = [arg for arg in plan.vertices[number].args if arg not in seen]
            seen.update(new)
            ahead += new
        elif plan.vertices[number].op not in SAME:
            found.append(number)
    return found


def _columns_for(plan: Plan, roots: frozenset[int], can: list[bool]) -> Callable[[int], Column | None]:
    """Where the loop that makes ``roots`` finds the values it needs: in a column, or nowhere."""
    spaces = {plan.vertices[root].space for root in roots}

    def column(number: int) -> Column | None:
        vertex = plan.vertices[number]
        if vertex.op in ("const", "today") or (number in roots and vertex.op not in GIVEN):
            return None
        single = vertex.op in SAME
        kept = number in plan.kept and not vertex.space and spaces != {""}
        if single or kept or vertex.op in (*GIVEN, "agg") or (vertex.barrier and number in plan.columns):
            return Column(unknown_of(storage_of_input(vertex), vertex.type) if can[number] else None, single)
        return None

    return column


def _machine(plan: Plan, writer: LoopWriter, kernel: Kernel, text: str) -> Code:
    """The machine code of a loop, from disk when it was made before."""
    vertices = plan.vertices
    reads = {name: _width(storage_of_input(vertices[number])) for number, name in writer.columns.items()}
    loop = Loop(
        writer.lines,
        reads | dict.fromkeys(kernel.tables, 32),
        {f"r{k}": _width(storage(vertices[number])) for k, number in enumerate(kernel.outs)},
        {name: (_width(table_dtype(vertices[n])), cells(vertices[n])) for n, name in writer.tables.items()},
    )
    key = key_of(repr((dialect(), text, loop.reads, loop.writes, loop.tables)))
    return Code(object_of(key, lambda: module(loop)))


def _width(dtype: str) -> int:
    return np.dtype(dtype).itemsize * 8
