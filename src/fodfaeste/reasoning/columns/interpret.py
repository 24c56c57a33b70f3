"""The text of a loop run as plain Python: for few rows, and where nothing may be compiled or written to disk."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np

from fodfaeste.foundation import calendar, workdays
from fodfaeste.reasoning.columns.emit import LoopWriter, table_hole
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.machine import kept

TABLES = ("WO", "WR", "WD")
"""Tables of working days a loop may read: offsets, ranks, days."""

_WIDTHS = (("int", 8), ("int", 16), ("int", 32), ("int", 64), ("uint", 32))


@cache
def workday_arrays() -> dict[str, Any]:
    """The tables of working days as arrays, by the name loops call them; from disk, for the calendar loads slowly."""
    from importlib.metadata import version

    made_by = f"{version('holidays')}\n{inspect.getsource(workdays)}"
    name = f"workdays-{hashlib.sha256(made_by.encode()).hexdigest()[:24]}.int32"
    found = np.frombuffer(kept(name, _workdays), np.int32)
    size = workdays.WORKDAY_LAST - workdays.WORKDAY_FIRST + 1
    return dict(zip(TABLES, (found[:size], found[size : 2 * size], found[2 * size :]), strict=True))


def _workdays() -> bytes:
    return b"".join(np.array(column, np.int32).tobytes() for column in workdays.workday_table())


def cells(vertex: Vertex) -> list[int]:
    """The cells of a table as they are looked up."""
    hole = table_hole(vertex)
    return [hole if cell is None else cell for cell in vertex.params[2]]


def interpreted(vertices: list[Vertex], writer: LoopWriter) -> Callable[..., None]:
    """The loop as a function of today, the columns it reads and the columns it fills."""
    head = [f"{name} = {cells(vertices[number])}" for number, name in writer.tables.items()]
    args = ", ".join(["on", *writer.columns.values(), *(f"r{k}" for k in range(len(writer.results)))])
    body = [f"  {line}" for line in writer.lines]
    return _function("\n".join([*head, f"def kernel({args}):", " for i in range(r0.shape[0]):", *body]))


@lru_cache(maxsize=4096)
def _function(source: str) -> Callable[..., None]:
    space: dict[str, Any] = {f"{kind}{bits}_": _wrapping(kind, bits) for kind, bits in _WIDTHS}
    space |= {function.__name__: function for function in (*calendar.COMPILABLE, *workdays.COMPILABLE)}
    space["np"] = np
    if re.search(r"\bW[ORD]\b", source):
        space |= dict(zip(TABLES, workdays.workday_table(), strict=True))
    text = re.sub(r"np\.(u?int\d+)\(", r"\1_(", source)
    exec(compile(text, "<generated kernel>", "exec"), space)  # noqa: S102 - from a closed grammar
    kernel: Callable[..., None] = space["kernel"]
    return kernel


def _wrapping(kind: str, bits: int) -> Callable[[Any], int]:
    """A cast that wraps as machine code does: what is reckoned from an unknown is flagged, never used."""
    low = 0 if kind == "uint" else 2 ** (bits - 1)
    return lambda value: ((int(value) + low) & (2**bits - 1)) - low
