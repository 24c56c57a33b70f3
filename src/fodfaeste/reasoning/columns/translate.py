"""From the text of a loop to LLVM: straight-line whole numbers become code the compiler can make vectors of.

The text is what ``emit`` writes, a small part of Python: ``v3=np.int32(v1+v2)``, ``r0[i]=…``. It means here what
it means when Python runs it (for few rows, and in tests): whole numbers are 64 bits wide until a cast narrows
them, and a cast wraps. In the functions of ``straight``, which are written into the loop, they are 32 bits wide.
Every array is promised to be apart from every other, which is what lets a loop with forty results be vectorised.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fodfaeste.reasoning.columns.straight import NUMBERS, sources

INT_NAMES = {"np.int8": 8, "np.int16": 16, "np.int32": 32, "np.int64": 64, "np.uint32": 32}
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.RShift: "ashr"
}  # fmt: skip
_FLOAT: dict[type[ast.operator], str] = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
_BITS: dict[type[ast.operator], str] = {ast.BitAnd: "and", ast.BitOr: "or"}
_TESTS: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "slt", ast.LtE: "sle", ast.Gt: "sgt", ast.GtE: "sge"
}  # fmt: skip


class Value(NamedTuple):
    """A value in LLVM: its name or literal, and its width in bits (1: a truth; 0: a 64-bit float)."""

    text: str
    bits: int

    @property
    def type(self) -> str:
        """LLVM's name of the type."""
        return f"i{self.bits}" if self.bits else "double"


@dataclass(slots=True)
class Array:
    """An array a loop reads or writes: its pointer, the width of an element, and whether LLVM may read ahead."""

    pointer: str
    bits: int


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """The functions that may be written into a loop."""
    found = {}
    for name, text in sources().items():
        function = ast.parse(text).body[0]
        assert isinstance(function, ast.FunctionDef)
        found[name] = function
    return found


@cache
def dialect() -> str:
    """What the same text becomes depends on this module and on the functions of ``straight``."""
    return hashlib.sha256(repr((Path(__file__).read_text(encoding="utf-8"), sources(), NUMBERS)).encode()).hexdigest()


@dataclass(slots=True)
class Translator:
    """Lines of LLVM for one loop body. ``index`` is the row; ``wide`` the width whole numbers are reckoned in."""

    arrays: Mapping[str, Array]
    names: dict[str, Value]
    out: list[str] = field(default_factory=list)
    wide: int = 64
    count: int = 0
    _loaded: dict[tuple[str, str], Value] = field(default_factory=dict)

    def new(self, text: str, bits: int) -> Value:
        """A new value made by an instruction."""
        self.count += 1
        name = f"%t{self.count}"
        self.out.append(f"{name} = {text}")
        return Value(name, bits)

    def run(self, lines: Sequence[str]) -> None:
        """Translate the lines of a loop body."""
        for statement in ast.parse("\n".join(lines)).body:
            assert isinstance(statement, ast.Assign)
            self._assign(statement.targets[0], statement.value)

    def _assign(self, target: ast.expr, source: ast.expr) -> None:
        if isinstance(target, ast.Tuple):
            values = self._several(source)
            for one, value in zip(target.elts, values, strict=True):
                assert isinstance(one, ast.Name)
                self.names[one.id] = value
            return
        value = self.value(source)
        if isinstance(target, ast.Name):
            self.names[target.id] = value
            return
        assert isinstance(target, ast.Subscript)
        assert isinstance(target.value, ast.Name)
        array = self.arrays[target.value.id]
        value = self.cast(value, array.bits)
        at = self.new(f"getelementptr {value.type}, ptr {array.pointer}, i64 %i", 64)
        self.out.append(f"store {value.type} {value.text}, ptr {at.text}, align 1")

    def _several(self, source: ast.expr) -> list[Value]:
        if isinstance(source, ast.Tuple):
            return [self.value(one) for one in source.elts]
        assert isinstance(source, ast.Call)
        assert isinstance(source.func, ast.Name)
        return self._written_in(source.func.id, source.args)

    def value(self, node: ast.expr) -> Value:
        """The value of an expression."""
        made: Value = getattr(self, f"_{type(node).__name__.lower()}")(node)
        return made

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, bool):
            return Value(str(int(node.value)), 1)
        if isinstance(node.value, float):
            return Value(repr(node.value), 0)
        return Value(str(node.value), self.wide)

    def _name(self, node: ast.Name) -> Value:
        if node.id in self.names:
            return self.names[node.id]
        number = NUMBERS[node.id]
        return Value(repr(number), 0) if isinstance(number, float) else Value(str(number), self.wide)

    def _subscript(self, node: ast.Subscript) -> Value:
        assert isinstance(node.value, ast.Name)
        array = self.arrays[node.value.id]
        at = self.value(node.slice)
        key = (array.pointer, at.text)
        if key not in self._loaded:
            if at.bits < 64:  # a row of a table; proved or made sure to be inside
                at = self.new(f"zext {at.type} {at.text} to i64", 64)
            place = self.new(f"getelementptr i{array.bits}, ptr {array.pointer}, i64 {at.text}", 64)
            self._loaded[key] = self.new(f"load i{array.bits}, ptr {place.text}, align 1", array.bits)
        return self._loaded[key]

    def _unaryop(self, node: ast.UnaryOp) -> Value:
        a = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return self.new(f"xor i1 {a.text}, 1", 1)
        assert isinstance(node.op, ast.USub)
        if not a.text.startswith("%"):
            return Value(f"-{a.text}", a.bits)
        a = self.cast(a, self.wide)
        return self.new(f"sub {a.type} 0, {a.text}", a.bits)

    def _binop(self, node: ast.BinOp) -> Value:
        a, b = self.value(node.left), self.value(node.right)
        kind = type(node.op)
        if not (a.bits and b.bits):
            a, b = self.cast(a, 0), self.cast(b, 0)
            return self.new(f"{_FLOAT[kind]} double {a.text}, {b.text}", 0)
        if kind in _BITS:
            bits = max(a.bits, b.bits)
            a, b = self.cast(a, bits), self.cast(b, bits)
            return self.new(f"{_BITS[kind]} {a.type} {a.text}, {b.text}", bits)
        if kind in _ARITHMETIC:
            a, b = self.cast(a, self.wide), self.cast(b, self.wide)
            return self.new(f"{_ARITHMETIC[kind]} {a.type} {a.text}, {b.text}", self.wide)
        return self._divided(a, b, remainder=kind is ast.Mod)

    def _divided(self, a: Value, b: Value, remainder: bool) -> Value:
        """Quotient rounded down, or what remains: as narrow as both sides are, because that is faster."""
        bits = max(32, *(v.bits for v in (a, b) if v.text.startswith("%")), 0)
        a, b = self.cast(a, bits), self.cast(b, bits)
        rest = self.new(f"srem {a.type} {a.text}, {b.text}", bits)
        crossed = self.new(f"xor {a.type} {rest.text}, {b.text}", bits)
        odd = self.new(f"icmp slt {a.type} {crossed.text}, 0", 1)
        torn = self.new(f"icmp ne {a.type} {rest.text}, 0", 1)
        down = self.new(f"and i1 {odd.text}, {torn.text}", 1)
        if remainder:
            more = self.new(f"add {a.type} {rest.text}, {b.text}", bits)
            return self.new(f"select i1 {down.text}, {a.type} {more.text}, {a.type} {rest.text}", bits)
        quotient = self.new(f"sdiv {a.type} {a.text}, {b.text}", bits)
        less = self.new(f"sext i1 {down.text} to {a.type}", bits)
        return self.new(f"add {a.type} {quotient.text}, {less.text}", bits)

    def _compare(self, node: ast.Compare) -> Value:
        a, b = self.value(node.left), self.value(node.comparators[0])
        a, b = self._alike(a, b)
        return self.new(f"icmp {_TESTS[type(node.ops[0])]} {a.type} {a.text}, {b.text}", 1)

    def _ifexp(self, node: ast.IfExp) -> Value:
        test = self.value(node.test)
        a, b = self._alike(self.value(node.body), self.value(node.orelse))
        return self.new(f"select i1 {test.text}, {a.type} {a.text}, {b.type} {b.text}", a.bits)

    def _alike(self, a: Value, b: Value) -> tuple[Value, Value]:
        bits = max(a.bits, b.bits)
        return self.cast(a, bits), self.cast(b, bits)

    def _call(self, node: ast.Call) -> Value:
        name = ast.unparse(node.func)
        if name in INT_NAMES:
            return self.cast(self.value(node.args[0]), INT_NAMES[name])
        if name == "int":
            return self.cast(self.value(node.args[0]), self.wide)
        if name == "np.float64":
            return self.cast(self.value(node.args[0]), 0)
        if name == "np.floor":
            a = self.value(node.args[0])
            return self.new(f"call double @llvm.floor.f64(double {a.text})", 0)
        if name in ("min", "max"):
            a, b = self._alike(*(self.value(arg) for arg in node.args))
            test = self.new(f"icmp {'slt' if name == 'min' else 'sgt'} {a.type} {a.text}, {b.text}", 1)
            return self.new(f"select i1 {test.text}, {a.type} {a.text}, {b.type} {b.text}", a.bits)
        (value,) = self._written_in(name, node.args)
        return value

    def _written_in(self, name: str, args: Sequence[ast.expr]) -> list[Value]:
        """What a function of ``straight`` gives, its lines written here."""
        function = functions()[name]
        given = {}
        arrays = dict(self.arrays)
        for parameter, arg in zip(function.args.args, args, strict=True):
            if isinstance(arg, ast.Name) and arg.id in self.arrays and arg.id not in self.names:
                arrays[parameter.arg] = self.arrays[arg.id]
                continue
            value = self.value(arg)
            given[parameter.arg] = value if value.bits == 1 else self.cast(value, 32)
        inner = Translator(arrays, given, self.out, 32, self.count)
        found: list[Value] = []
        for statement in function.body:
            if isinstance(statement, ast.Assign):
                inner._assign(statement.targets[0], statement.value)
            elif isinstance(statement, ast.Return):
                assert statement.value is not None
                several = isinstance(statement.value, ast.Tuple)
                found = inner._several(statement.value) if several else [inner.value(statement.value)]
        self.count = inner.count
        return found

    def cast(self, value: Value, bits: int) -> Value:
        """The value in another width, wrapped if it must; truths are 0 and 1."""
        if value.bits == bits:
            return value
        if not value.text.startswith("%"):
            return _literal(value, bits)
        if not bits:
            return self.new(f"sitofp {value.type} {value.text} to double", 0)
        if not value.bits:
            return self.new(f"fptosi double {value.text} to i{bits}", bits)
        how = "trunc" if value.bits > bits else ("zext" if value.bits == 1 else "sext")
        return self.new(f"{how} {value.type} {value.text} to i{bits}", bits)


def _literal(value: Value, bits: int) -> Value:
    """A literal in another width."""
    if not bits:
        return Value(repr(float(int(value.text))), 0)
    number = int(value.text)
    if bits > 1:
        number = ((number + 2 ** (bits - 1)) & (2**bits - 1)) - 2 ** (bits - 1)
    return Value(str(number), bits)


class Loop(NamedTuple):
    """One loop: its lines, the width of each array it reads or writes, and the tables it looks up."""

    lines: Sequence[str]
    reads: Mapping[str, int]
    writes: Mapping[str, int]
    tables: Mapping[str, tuple[int, Sequence[int]]]  # name → width, cells


def module(loop: Loop) -> str:
    """The LLVM module of a loop: ``entry(ptr to the addresses of reads and writes in order, rows, today)``."""
    names = [*loop.reads, *loop.writes]
    widths = {**loop.reads, **loop.writes}
    arrays = {name: Array(f"%{name}", widths[name]) for name in names}
    arrays |= {name: Array(f"@{name}", width) for name, (width, _) in loop.tables.items()}
    translator = Translator(arrays, {"i": Value("%i", 64), "on": Value("%on", 32)})
    translator.run(loop.lines)
    params = ", ".join(
        f"ptr noalias nocapture {'readonly' if name in loop.reads else 'writeonly'} %{name}" for name in names
    )
    text = [
        f"@{name} = internal constant [{len(cells)} x i{width}] [{', '.join(f'i{width} {c}' for c in cells)}], align 64"
        for name, (width, cells) in loop.tables.items()
    ]
    text += [
        "declare double @llvm.floor.f64(double)",
        f"define internal void @loop(i32 %on, i64 %n, {params}) noinline nounwind #0 {{",
        "start:",
        "%some = icmp sgt i64 %n, 0",
        "br i1 %some, label %body, label %done",
        "body:",
        "%i = phi i64 [ 0, %start ], [ %next, %body ]",
        *translator.out,
        "%next = add nuw nsw i64 %i, 1",
        "%more = icmp slt i64 %next, %n",
        "br i1 %more, label %body, label %done, !llvm.loop !0",
        "done:",
        "ret void",
        "}",
        "define void @entry(ptr nocapture readonly %at, i64 %n, i32 %on) nounwind #0 {",
    ]
    for number, name in enumerate(names):
        text.append(f"%p_{name} = getelementptr ptr, ptr %at, i64 {number}")
        text.append(f"%{name} = load ptr, ptr %p_{name}, align 8")
    passed = ", ".join(f"ptr %{name}" for name in names)
    text += [f"call void @loop(i32 %on, i64 %n, {passed})", "ret void", "}"]
    text += ['attributes #0 = { "prefer-vector-width"="512" }']
    text += ["!0 = distinct !{!0, !1}", '!1 = !{!"llvm.loop.vectorize.enable", i1 true}']
    return "\n".join(text) + "\n"
