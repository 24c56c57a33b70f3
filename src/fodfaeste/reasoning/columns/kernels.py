"""Source and compiled form of the generated kernels; the compiled form is kept on disk."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from fodfaeste.facts.frames import unknown_of
from fodfaeste.reasoning.columns.emit import LoopWriter, Source
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.plan import Plan

CHUNK = 32
"""Values made by one kernel: compile time grows linearly, and few enough columns stay independent."""

_HEADER = """\
import numba
import numpy as np
from fodfaeste.reasoning.columns.dates import BY_TABLE
from fodfaeste.reasoning.columns.jitted import CALENDAR, WORKDAYS, workday_arrays
globals().update(CALENDAR | BY_TABLE)
to_workday, shift_workdays = WORKDAYS["to_workday"], WORKDAYS["shift_workdays"]
"""
_DECORATOR = "@numba.njit(cache=True, nogil=True, error_model='numpy')"
_WORKDAYS = "WO, WR, WD = workday_arrays()\n"


@dataclass(slots=True)
class Kernel:
    """A compiled kernel: fills ``outs`` from ``ins`` (vertex numbers), with today as first argument."""

    run: Callable[..., None]
    ins: list[int]
    outs: list[int]


def storage(vertex: Vertex) -> str:
    """Dtype of a vertex's column; arguments of library steps are at least 32 bits."""
    if vertex.notes.get("wide") and vertex.type != "bool" and vertex.dtype in ("int8", "int16"):
        return "int32"
    return vertex.dtype


def nullable(plan: Plan, full_fields: frozenset[str]) -> list[bool]:
    """Which vertices can be unknown, given the fact columns in which nothing is."""
    found: list[bool] = []
    for vertex in plan.vertices:
        args = [found[a] for a in vertex.args]
        match vertex.op:
            case "const":
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
    """Kernels that make the columns ``roots`` of one stage; ``compiled`` False runs the same source as plain Python."""
    made = []
    for lo in range(0, len(roots), CHUNK):
        chunk = roots[lo : lo + CHUNK]
        source, ins = _source(plan, chunk, can_be_unknown)
        made.append(Kernel(_compiled(source) if compiled else _interpreted(source), ins, chunk))
    return made


def _source(plan: Plan, roots: list[int], can: list[bool]) -> tuple[str, list[int]]:
    loops: list[str] = []
    used: dict[str, int] = {}
    tables: dict[int, Vertex] = {}
    for root in roots:
        writer = LoopWriter(plan.vertices, _columns_for(plan, root, can))
        writer.store(root, f"o{root}")
        used |= writer.columns
        loops.append(f" for i in range(o{root}.shape[0]):\n  " + "\n  ".join(_inline(plan, writer, root)))
        tables |= {n: plan.vertices[n] for n in writer.tables}
    text = "\n".join(loops)
    head = _HEADER + (_WORKDAYS if "WO)" in text or "WR,WD" in text else "")
    for number, vertex in tables.items():
        head += _table(number, vertex)
    seen = dict.fromkeys(int(number) for number in re.findall(r"\bc(\d+)\b", text))
    known = set(used.values())
    ins = [number for number in seen if number in known]
    args = ", ".join(["on", *(f"c{n}" for n in ins), *(f"o{n}" for n in roots)])
    return _numbered(f"{head}{_DECORATOR}\ndef kernel({args}):\n{text}\n", ins, roots, list(tables)), ins


def _numbered(source: str, ins: list[int], outs: list[int], tables: list[int]) -> str:
    """Names by position instead of vertex number, so that equal work in two rulebooks is one kernel on disk."""
    names = {f"c{n}": f"a{k}" for k, n in enumerate(ins)} | {f"o{n}": f"r{k}" for k, n in enumerate(outs)}
    for k, n in enumerate(tables):
        names |= {f"TABLE_{n}": f"TABLE{k}", f"TABLE_{n}_U": f"TABLE{k}U"}
    return re.sub(r"\b(?:[co]\d+|TABLE_\d+(?:_U)?)\b", lambda m: names.get(m[0], m[0]), source)


def _columns_for(plan: Plan, root: int, can: list[bool]) -> Source:
    """Where the loop that makes ``root`` finds the values it needs: in a column, or nowhere."""

    def column(number: int) -> tuple[str, bool] | None:
        vertex = plan.vertices[number]
        if vertex.op in ("const", "today") or (number == root and vertex.op not in ("field", "this")):
            return None
        kept = number in plan.kept and plan.vertices[root].space and not vertex.space
        if kept or vertex.op in ("field", "this", "agg") or (vertex.barrier and number in plan.columns):
            return f"c{number}", can[number]
        return None

    return column


def _inline(plan: Plan, writer: LoopWriter, root: int) -> list[str]:
    """The loop's lines with the unknowns of columns as literals, and the result in the dtype of its column."""
    vertex = plan.vertices[root]
    kind = storage(vertex)
    literals = {
        f"{column}_u": str(unknown_of(storage_of_input(plan, number), plan.vertices[number].type))
        for column, number in writer.columns.items()
    }
    literals[f"o{root}_n"] = f"np.{kind}({unknown_of(kind, vertex.type)})"
    casts = {} if vertex.type == "bool" else {f"np.{vertex.dtype}(": f"np.{kind}("}
    lines = [_replaced(line, literals) for line in writer.lines]
    return [_replaced(line, casts) if line.startswith(f"o{root}[i]=") else line for line in lines]


def _replaced(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        text = text.replace(word, other)
    return text


def storage_of_input(plan: Plan, number: int) -> str:
    """Dtype of a column a kernel reads: facts and attributes keep the frame's own."""
    vertex = plan.vertices[number]
    return str(vertex.notes.get("frame_dtype") or storage(vertex))


def _table(number: int, vertex: Vertex) -> str:
    _, _, cells = vertex.params
    dtype = "int64" if vertex.dtype == "int64" else "int32"
    hole = unknown_of(dtype, "int")
    values = [hole if cell is None else cell for cell in cells]
    return f"TABLE_{number} = np.array({values}, np.{dtype})\nTABLE_{number}_U = {hole}\n"


def cache_folder() -> Path:
    """Where generated kernels and their machine code lie: $FODFAESTE_CACHE, else the user's cache."""
    base = os.environ.get("FODFAESTE_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "fodfaeste" / "kernels"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _compiled(source: str) -> Callable[..., None]:
    """The kernel of a source text, from disk when it was made before."""
    name = "kernel_" + hashlib.sha256(source.encode()).hexdigest()[:24]
    module: Any = sys.modules.get(name) or _loaded(name, source)
    kernel: Callable[..., None] = module.kernel
    return kernel


def _loaded(name: str, source: str) -> ModuleType:
    """The module of a source text, written to the cache when it is not there."""
    path = cache_folder() / f"{name}.py"
    if not path.exists():
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(source)
        part.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=4096)
def _interpreted(source: str) -> Callable[..., None]:
    """The kernel of a source text as plain Python: for few rows, or where nothing may be written to disk."""
    space: dict[str, Any] = {f"{kind}{bits}_": _wrapping(kind, bits) for kind, bits in _WIDTHS}
    plain = re.sub(r"np\.(u?int\d+)\(", r"\1_(", source.replace(_DECORATOR, ""))
    exec(compile(plain, "<generated kernel>", "exec"), space)  # noqa: S102 - from a closed grammar
    kernel: Callable[..., None] = space["kernel"]
    return kernel


_WIDTHS = (("int", 8), ("int", 16), ("int", 32), ("int", 64), ("uint", 32))


def _wrapping(kind: str, bits: int) -> Callable[[Any], int]:
    """A cast that wraps as machine code does: what is reckoned from an unknown is flagged, never used."""
    low = 0 if kind == "uint" else 2 ** (bits - 1)
    return lambda value: ((int(value) + low) & (2**bits - 1)) - low
