"""Generated kernels: one loop per value over a block of rows, written so that the compiler can vectorise.

A truth is two flags (certainly true, certainly false); any other value is a number and, where it can be
unknown, a flag. Nothing branches; whole numbers stay in 32 bits wherever the ranges prove that they fit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fodfaeste.foundation import FAR
from fodfaeste.reasoning.columns.graph import Vertex


@dataclass(frozen=True, slots=True)
class Column:
    """A value a loop reads: ``hole`` is its unknown (None: it has none); ``single``: one value for all rows."""

    hole: int | None
    single: bool = False


Source = Callable[[int], Column | None]
"""The column a vertex is kept in; None when the loop must reckon it."""


class LoopWriter:
    """Writes the body of one loop: the values of some vertices from the columns it can read.

    Columns that are read are called a0, a1 … and results r0, r1 …, so that equal work in two rulebooks is
    one text.
    """

    def __init__(self, vertices: list[Vertex], source: Source) -> None:
        self.vertices, self.source = vertices, source
        self.lines: list[str] = []
        self.columns: dict[int, str] = {}  # vertex → argument name
        self.results: list[int] = []
        self.tables: dict[int, str] = {}  # vertex → name of its table
        self._done: dict[int, tuple[str, str]] = {}
        self._n = 0

    def let(self, text: str) -> str:
        """A local with that value; gives its name."""
        self._n += 1
        name = f"v{self._n}"
        self.lines.append(f"{name}={text}")
        return name

    def read(self, number: int) -> tuple[str, str]:
        """(value, unknown flag or '') — or (certainly true, certainly false) for a truth."""
        if number not in self._done:
            found = self.source(number)
            self._done[number] = self._load(number, found) if found else self._compute(self.vertices[number])
        return self._done[number]

    def _load(self, number: int, column: Column) -> tuple[str, str]:
        vertex = self.vertices[number]
        name = self.columns.setdefault(number, f"a{len(self.columns)}")
        raw = self.let(f"{name}[{'0' if column.single else 'i'}]")
        if vertex.type == "bool":
            true = self.let(f"{raw}==2")
            return true, self.let(f"not {true}" if column.hole is None else f"{raw}==0")
        value = self.let(f"{wide(vertex)}({raw})")
        return value, ("" if column.hole is None else self.let(f"{raw}=={column.hole}"))

    def _compute(self, vertex: Vertex) -> tuple[str, str]:
        method = getattr(self, f"_{vertex.op}")
        result: tuple[str, str] = method(vertex)
        return result

    def _const(self, v: Vertex) -> tuple[str, str]:
        (value,) = v.params
        if v.type == "bool":
            return str(value == 2), str(value == 0)
        return f"{wide(v)}({value or 0})", "True" if value is None else ""

    def _today(self, v: Vertex) -> tuple[str, str]:
        return "np.int32(on)", ""

    def _arith(self, v: Vertex) -> tuple[str, str]:
        op, last_day = v.params
        (a, ua), (b, ub) = (self.read(arg) for arg in v.args)
        kind = wide(v)
        if op == "add_days":
            text = f"np.int32({FAR}) if {a}>=np.int32({FAR}) else np.int32(min(np.int32({a}+{b}),np.int32({FAR})))"
        elif op == "add_months":
            text = f"np.int32(add_months({a},{b},{last_day}))"
        elif op == "//":
            text = f"{kind}({a}//{b})"
        else:
            text = f"{kind}({self._cast(kind, a)}{op}{self._cast(kind, b)})"
        return self.let(text), self.either(ua, ub)

    def _cast(self, kind: str, name: str) -> str:
        return f"{kind}({name})" if kind == "np.int64" else name

    def _compare(self, v: Vertex) -> tuple[str, str]:
        (a, ua), (b, ub) = (self.read(arg) for arg in v.args)
        return self.flag(f"{a}{v.params[0]}{b}", self.either(ua, ub))

    def flag(self, test: str, unknown: str) -> tuple[str, str]:
        """A truth from a test that is meaningless where ``unknown``."""
        holds = self.let(test)
        if not unknown:
            return holds, self.let(f"not {holds}")
        known = self.let(f"not {unknown}")
        return self.let(f"{holds}&{known}"), self.let(f"(not {holds})&{known}")

    def either(self, *flags: str) -> str:
        """The flag that any of the flags is set; '' when none can be."""
        kept = [flag for flag in dict.fromkeys(flags) if flag]
        if not kept:
            return ""
        return kept[0] if len(kept) == 1 else self.let("|".join(kept))

    def _and(self, v: Vertex) -> tuple[str, str]:
        parts = [self.read(arg) for arg in v.args]
        return self.let("&".join(t for t, _ in parts)), self.let("|".join(f for _, f in parts))

    def _or(self, v: Vertex) -> tuple[str, str]:
        parts = [self.read(arg) for arg in v.args]
        return self.let("|".join(t for t, _ in parts)), self.let("&".join(f for _, f in parts))

    def _not(self, v: Vertex) -> tuple[str, str]:
        true, false = self.read(v.args[0])
        return false, true

    def _if(self, v: Vertex) -> tuple[str, str]:
        (yes, no), (a, x), (b, y) = (self.read(arg) for arg in v.args)
        if v.type == "bool":
            # unknown test: true only if both are true, false only if both are false
            return self.let(f"({yes}&{a})|({no}&{b})|({a}&{b})"), self.let(f"({yes}&{x})|({no}&{y})|({x}&{y})")
        kind = wide(v)
        value = self.let(f"{kind}({a} if {yes} else {b})")
        torn = self.let(f"(not {yes})&(not {no})&({a}!={b})")
        parts = [torn]
        parts += [self.let(f"(not {no})&{x}")] if x else []
        parts += [self.let(f"(not {yes})&{y}")] if y else []
        return value, self.either(*parts)

    def _in(self, v: Vertex) -> tuple[str, str]:
        a, unknown = self.read(v.args[0])
        return self.flag("|".join(f"({a}=={value})" for value in v.params[0]) or "False", unknown)

    def _bits(self, v: Vertex) -> tuple[str, str]:
        mask, _ = self.read(v.args[0])
        kind, (bits, unknown) = wide(self.vertices[v.args[0]]), v.params
        true = self.let(f"({mask}&{kind}({bits}))!=0")
        return true, self.let(f"(not {true})&(({mask}&{kind}({unknown}))==0)")

    def _call(self, v: Vertex) -> tuple[str, str]:
        (name,) = v.params
        parts = [self.read(arg) for arg in v.args]
        if name == "known":
            (a, u), bool_ = parts[0], self.vertices[v.args[0]].type == "bool"
            true = self.let(f"{a}|{u}") if bool_ else (self.let(f"not {u}") if u else "True")
            return true, (self.let(f"not {true}") if true != "True" else "False")
        values = [value for value, _ in parts]
        unknown = self.either(*(u for _, u in parts))
        kind = wide(v)
        if name in ("min", "max"):
            text = values[0]
            for other in values[1:]:
                text = f"{name}({text},{other})"
        elif name == "percent_of":
            text = self._percent(v, values)
        elif name == "end_of_week":
            day = values[0]
            text = f"min(np.int32({day}+np.int32(6)-np.int32(np.int32({day}+np.int32(3))%np.int32(7))),np.int32({FAR}))"
        elif name == "next_workday":
            text = f"to_workday({values[0]},WO)"
        elif name == "add_workdays":
            text = f"shift_workdays({values[0]},{values[1]},WR,WD)"
        else:
            text = f"{name}({','.join(values)})"
        return self.let(f"{kind}({text})"), unknown

    def _percent(self, v: Vertex, values: list[str]) -> str:
        """Half an øre up. Below 2**50 the quotient of doubles, rounded down, is exact, and it can be vectorised."""
        percent, money = (self.vertices[arg] for arg in v.args)
        most = 2 * max(abs(percent.lo), abs(percent.hi)) * max(abs(money.lo), abs(money.hi)) + 10_000
        if most < 2**50:
            product = f"np.float64({values[0]})*np.float64({values[1]})"
            return f"np.floor(({product}*2.0+10000.0)/20000.0)"
        return f"(np.int64({values[0]})*np.int64({values[1]})*2+10000)//20000"

    def _table(self, v: Vertex) -> tuple[str, str]:
        origins, shape, cells = v.params
        index, unknown = "", []
        for arg, origin, size in zip(v.args, origins, shape, strict=True):
            value, u = self._code(arg)
            here = self.let(f"np.int32({value}-np.int32({origin}))") if origin else value
            proved = origin <= self.vertices[arg].lo and self.vertices[arg].hi < origin + size
            unknown += [u] if proved else [u, self.let(f"({here}<0)|({here}>={size})")]
            index = self.let(f"np.int32({index}*np.int32({size})+{here})") if index else here
        torn = self.either(*unknown)
        safe = self.let(f"np.uint32(0 if {torn} else {index})") if torn else f"np.uint32({index})"
        name = self.tables.setdefault(v.number, f"TABLE{len(self.tables)}")
        raw = self.let(f"{name}[{safe}]")
        holes = [self.let(f"{raw}=={table_hole(v)}")] if any(c is None for c in cells) else []
        return self.let(f"{wide(v)}({raw})"), self.either(torn, *holes)

    def _demand(self, v: Vertex) -> tuple[str, str]:
        (yes, no), (w, nw), (r, nr) = (self.read(arg) for arg in v.args)
        judged = f"4 if {r} else (10 if {nr} else 1)"
        text = f"0 if {no} else (9 if {yes}&{w} else (1 if (not {yes})|(not {nw}) else ({judged})))"
        return self.let(f"np.int8({text})"), ""

    def _standing(self, v: Vertex) -> tuple[str, str]:
        (yes, no), (w, nw) = (self.read(arg) for arg in v.args)
        text = f"0 if {no} else (9 if {yes}&{w} else (11 if {yes}&{nw} else 1))"
        return self.let(f"np.int8({text})"), ""

    def _code(self, arg: int) -> tuple[str, str]:
        a, b = self.read(arg)
        if self.vertices[arg].type != "bool":
            return a, b
        return self.let(f"np.int32(2 if {a} else (0 if {b} else 1))"), ""

    def store(self, number: int, kind: str, hole: int) -> None:
        """Write the vertex to a column of its own, of dtype ``kind`` and with that unknown."""
        vertex = self.vertices[number]
        a, b = self.read(number)
        out = f"r{len(self.results)}[i]"
        self.results.append(number)
        kind = f"np.{kind}"
        if vertex.op in ("demand", "standing"):
            self.lines.append(f"{out}={a}")
        elif vertex.type == "bool":
            self.lines.append(f"{out}={kind}(2) if {a} else ({kind}(0) if {b} else {kind}(1))")
        elif b:
            self.lines.append(f"{out}={kind}({hole}) if {b} else {kind}({a})")
        else:
            self.lines.append(f"{out}={kind}({a})")


def wide(vertex: Vertex) -> str:
    """The integer type an expression is reckoned in."""
    return "np.int64" if vertex.dtype == "int64" else "np.int32"


def table_dtype(vertex: Vertex) -> str:
    """Dtype of the cells of a table."""
    return "int64" if vertex.dtype == "int64" else "int32"


def table_hole(vertex: Vertex) -> int:
    """What stands in a table for a cell nobody knows."""
    return -(2**63) if table_dtype(vertex) == "int64" else -(2**31)
