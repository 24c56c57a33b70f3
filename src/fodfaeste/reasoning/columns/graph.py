"""The rulebook as one graph of values: equal expressions once, ranges proved, stages in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fodfaeste.foundation import FAR
from fodfaeste.reasoning.bounds import by_bounds
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.intervals import arith_range
from fodfaeste.rulebook.rulebook import Rulebook
from fodfaeste.rulebook.types import EARLIEST

_MASKS = (6, 14, 30, 62)
"""The bit of the unknown in a mask of 8, 16, 32 or 64 bits; those below it are of values."""

DATE = (EARLIEST - 400_000, FAR)
"""Range of dates on the way: what is subtracted may reach before the first day of any fact."""


@dataclass(slots=True)
class Vertex:
    """One value. ``space`` is '' for the person, or the kind of item it depends on."""

    op: str
    args: tuple[int, ...]
    params: tuple[Any, ...]
    type: str
    lo: int
    hi: int
    space: str
    number: int = -1
    readers: int = 0
    stage: int = 0  # the stage whose kernels (or library step) make it
    barrier: bool = False  # made by a library step, or kept because many norms read it
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def dtype(self) -> str:
        """Smallest dtype that holds the range and the unknown beside it."""
        if self.type == "bool":
            return "int8"
        for name, bits in (("int8", 7), ("int16", 15), ("int32", 31)):
            if -(2**bits) < self.lo and self.hi < 2**bits:
                if name != "int32" and (self.type in ("date", "days")):
                    continue
                return name
        return "int64"


class Graph:
    """Builds vertices from expressions, each distinct expression once."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.vertices: list[Vertex] = []
        self._by_key: dict[tuple[Any, ...], int] = {}
        self._by_node: dict[tuple[int, str], int] = {}

    def add(self, node: ir.Node, each: str = "") -> int:
        """Number of the vertex of an expression; ``each`` is the item kind ``this`` means."""
        key = (id(node), each)
        if key not in self._by_node:
            self._by_node[key] = self._add(node, each)
        return self._by_node[key]

    def _add(self, node: ir.Node, each: str) -> int:
        match node:
            case ir.NormRef():
                target = self.rulebook.norms[node.norm]
                assert target.value is not None
                number = self.add(target.value, each if target.norm.each else "")
                self.vertices[number].notes.setdefault("norms", set()).add(node.norm)
                return number
            case ir.AppliesRef():
                target = self.rulebook.norms[node.norm]
                return self.add(target.applies, each if target.norm.each else "")
            case ir.Compare() if (bounded := by_bounds(self.rulebook, node)) is not None:
                return self.add(bounded, each)
            case ir.Agg():
                return self._aggregate(node, each)
        args = tuple(self.add(child, each) for child in ir.children(node))
        op, params = _shape(node)
        lo, hi = self._range(node, args)
        space = each if isinstance(node, ir.This) else self._space(args)
        return self.vertex(op, args, params, node.type, lo, hi, space)

    def vertex(
        self,
        op: str,
        args: tuple[int, ...],
        params: tuple[Any, ...],
        type_: str,
        lo: int,
        hi: int,
        space: str,
    ) -> int:
        """The vertex with that operation on those arguments, made if new."""
        # A constant nobody knows has the range of where it stands, and what reads it gets its dtype from that.
        key = (op, args, params, type_, space, (lo, hi) if op == "const" else ())
        if key not in self._by_key:
            self._by_key[key] = len(self.vertices)
            self.vertices.append(Vertex(op, args, params, type_, lo, hi, space, len(self.vertices)))
            for arg in args:
                self.vertices[arg].readers += 1
        return self._by_key[key]

    def _space(self, args: tuple[int, ...]) -> str:
        return next((self.vertices[a].space for a in args if self.vertices[a].space), "")

    def _aggregate(self, node: ir.Agg, each: str) -> int:
        masked = self._masked(node)
        if masked is not None:
            return masked
        args = [self.add(arg, each) for arg in node.args]
        if node.default is not None:
            args.append(self.add(node.default, each))
        months = node.name == "reached" and node.args[1].type == "months"
        params = (
            node.name,
            node.kind,
            node.spell,
            node.filters,
            node.slot,
            node.default is not None,
            months,
            node.last_day,
        )
        lo, hi = _wide(node.lo, node.hi, node.type)
        number = self.vertex("agg", tuple(args), params, node.type, lo, hi, self._space(tuple(args)))
        self.vertices[number].barrier = True
        return number

    def _masked(self, node: ir.Agg) -> int | None:
        """``active(kind, on, attr=…)`` as a bit of the mask of what covers today, shared by all such questions."""
        slots = {one.slot for one in node.filters}
        if node.name != "active" or not isinstance(node.args[0], ir.Today) or len(slots) > 1:
            return None
        slot = next(iter(slots), -1)
        size = self._attribute_size(node.kind, slot) if slots else 1
        unknown = next((bit for bit in _MASKS if size <= bit), 0)
        if not size or not unknown:
            return None
        bits = sum(1 << v for v in range(size) if all((v in one.values) == one.keep for one in node.filters))
        asked = ("mask", node.kind, True, (), slot, False, False, True)
        mask = self.vertex("agg", (), asked, "int", 0, 2 ** (unknown + 1) - 1, "")
        self.vertices[mask].barrier = True
        return self.vertex("bits", (mask,), (bits, 1 << unknown), "bool", 0, 2, "")

    def _attribute_size(self, kind: str, slot: int) -> int:
        vocabulary = self.rulebook.vocabulary
        type_ = list(vocabulary.spells[kind].attrs.values())[slot]
        if type_ == "bool":
            return 3
        return len(vocabulary.enums[type_].values) if type_ in vocabulary.enums else 0

    def _range(self, node: ir.Node, args: tuple[int, ...]) -> tuple[int, int]:
        """The range proved from the arguments, never wider than the node's own."""
        kids = [self.vertices[a] for a in args]
        match node:
            case ir.Arith() if node.op in "+-*//" and node.type != "date":
                a, b = (_as_node(kid) for kid in kids)
                lo, hi = arith_range(node.op, a, b, node.text) if node.op != "//" or b.lo > 0 else (node.lo, node.hi)
                return (max(lo, node.lo), min(hi, node.hi)) if node.type == "days" else (lo, hi)
            case ir.If():
                return min(kids[1].lo, kids[2].lo), max(kids[1].hi, kids[2].hi)
            case ir.Call() if node.name in ("min", "max"):
                pick = min if node.name == "min" else max
                return pick(k.lo for k in kids), pick(k.hi for k in kids)
            case ir.Call() if node.name == "percent_of":
                p, m = kids
                corners = [(a * b * 2 + 10_000) // 20_000 for a in (p.lo, p.hi) for b in (m.lo, m.hi)]
                return min(corners), max(corners)
        return _wide(node.lo, node.hi, node.type)


def _wide(lo: int, hi: int, type_: str) -> tuple[int, int]:
    return DATE if type_ == "date" else (lo, hi)


def _as_node(vertex: Vertex) -> ir.Node:
    return ir.Node(vertex.type, vertex.lo, vertex.hi, "")


_SHAPES: dict[type[ir.Node], tuple[str, tuple[str, ...]]] = {
    ir.Const: ("const", ("value",)), ir.FieldRef: ("field", ("name",)), ir.This: ("this", ("attr", "slot")),
    ir.Today: ("today", ()), ir.Arith: ("arith", ("op", "last_day")), ir.Compare: ("compare", ("op",)),
    ir.Not: ("not", ()), ir.If: ("if", ()), ir.In: ("in", ("values",)), ir.Call: ("call", ("name",)),
    ir.Table: ("table", ("origins", "shape", "cells")),
}  # fmt: skip
"""Operation of a node, and the attributes that are its parameters."""


def _shape(node: ir.Node) -> tuple[str, tuple[Any, ...]]:
    """Operation and parameters of a node, without its arguments; that of a Bool is ``and`` or ``or``."""
    if isinstance(node, ir.Bool):
        return node.op, ()
    op, names = _SHAPES[type(node)]
    return op, tuple(getattr(node, name) for name in names)
