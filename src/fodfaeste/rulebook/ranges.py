"""Proof at load time that nothing overflows, reckoned from what every expression really reads.

While a single expression is read, a definition it names is taken to be as wide as its type (types.RANGES). Here
each definition is reckoned from its own expressions, under the law and under any regime: facts from their declared
range, rates from the values they have had. Days and months must then keep inside their type, for days of the
calendar are reckoned in 32 bits; sums of hours or money may grow beyond it, and are followed to where they are used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fodfaeste.foundation import FAR, Problem
from fodfaeste.foundation.calendar import add_months
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.graph import version_nodes
from fodfaeste.rulebook.intervals import LIMIT, corners, shares
from fodfaeste.rulebook.norms import Law, Norm, Regime
from fodfaeste.rulebook.periods import Periods, declared_periods
from fodfaeste.rulebook.pieces import edited
from fodfaeste.rulebook.reading import Document, Place
from fodfaeste.rulebook.types import EARLIEST, FIRST_RECKONED, RANGES
from fodfaeste.rulebook.weave import effect_of

Tell = Callable[[str, str], None]
"""Reports what is wrong with one expression, and how to mend it, where it stands."""

Range = tuple[int, int] | None
"""Smallest and largest value; None for what is never known."""

_TOO_LARGE = "can become larger than 64 bits hold"
_NARROW = "narrow the range of the facts it reads, or set a bound with min(…) or max(…)"
_LONGEST_MONTH = 31
_MOST_DAYS = FAR - EARLIEST + 1  # no more days can be covered


class Ranges:
    """The range of any expression, given the expressions a norm's value can come from (by norm id)."""

    def __init__(self, sources: dict[str, list[ir.Node]]) -> None:
        self.sources = sources
        self._norms: dict[str, Range] = {}
        self._nodes: dict[int, tuple[Range, ir.Node]] = {}
        self.off: list[tuple[ir.Node, str]] = []

    def norm(self, id_: str, otherwise: Range = None) -> Range:
        """Every value a norm can have. ``otherwise`` stands for a norm that is read on the way to itself.

        That happens only between regimes that cannot run together (resolve refuses them).
        """
        if id_ not in self._norms:
            self._norms[id_] = otherwise
            self._norms[id_] = join([self.of(node) for node in self.sources.get(id_, ())])
        return self._norms[id_]

    def of(self, node: ir.Node) -> Range:
        """Every value an expression can have. What may leave 64 bits or the calendar is remembered in ``off``."""
        known = self._nodes.get(id(node))
        if known is None:
            found = self._of(node)
            if node.type == "date" and found is not None and found[0] < FIRST_RECKONED:
                self.off.append((node, "can leave the calendar"))
                found = (EARLIEST, max(found[1], EARLIEST))  # told once: what reads it is not to blame
            elif found is not None and max(-found[0], found[1]) > LIMIT:
                self.off.append((node, _TOO_LARGE))
                found = (max(found[0], -LIMIT), min(found[1], LIMIT))
            known = self._nodes[id(node)] = (found, node)  # the node is kept, so that its id stays its own
        return known[0]

    def _of(self, node: ir.Node) -> Range:
        parts = [self.of(child) for child in ir.children(node)]
        match node:
            case ir.Const():
                return None if node.value is None else (node.value, node.value)
            case ir.NormRef():
                return self.norm(node.norm, (node.lo, node.hi)) if node.type != "bool" else (0, 2)
            case ir.If():
                return join(parts[1:])
            case ir.Arith() | ir.Call() if None in parts and node.type != "bool":
                return None
            case ir.Arith():
                return _arith(node, *(part for part in parts if part is not None))
            case ir.Call():
                args = [part for part in parts if part is not None]
                if node.name == "percent_of" and max(map(abs, shares(*args))) > LIMIT:
                    self.off.append((node, _TOO_LARGE))
                return _call(node, args)
            case ir.Agg() if node.name == "days_in":
                return 0, _MOST_DAYS
            case ir.Agg() if node.default is not None:
                return join([(node.lo, node.hi), parts[-1]])
        return node.lo, node.hi


def join(ranges: list[Range]) -> Range:
    """The range that holds them all; what is never known adds nothing."""
    known = [one for one in ranges if one is not None]
    return (min(lo for lo, _ in known), max(hi for _, hi in known)) if known else None


def _arith(node: ir.Arith, a: tuple[int, int], b: tuple[int, int]) -> Range:
    if node.op == "add_days":
        return a[0] + b[0], min(a[1] + b[1], FAR)
    if node.op == "add_months":
        return add_months(a[0], b[0], node.last_day), add_months(a[1], b[1], node.last_day)
    values = corners(node.op, a, b)
    return min(values), max(values)


def _call(node: ir.Call, args: list[tuple[int, int]]) -> Range:
    if node.name in ("min", "max"):
        pick: Callable[[Any], int] = min if node.name == "min" else max
        return pick(lo for lo, _ in args), pick(hi for _, hi in args)
    if node.name in ("start_of_month", "end_of_month", "end_of_week"):
        return args[0][0] - _LONGEST_MONTH, min(args[0][1] + _LONGEST_MONTH, FAR)
    if node.name == "percent_of":
        doubled = shares(*args)
        return min(doubled) // 20_000, max(doubled) // 20_000
    return node.lo, node.hi


def outside(type_: str, found: Range) -> str | None:
    """What is wrong with the range of a norm's value, or None when its type holds it."""
    if type_ not in ("days", "months") or found is None:
        return None
    lo, hi = RANGES[type_]
    if lo <= found[0] and found[1] <= hi:
        return None
    return f"its value may lie from {found[0]} to {found[1]} {type_}, and none may lie outside {lo} to {hi}"


def check_ranges(law: Law, documents: dict[str, Document], problems: list[Problem]) -> None:
    """Add a problem for every expression that may overflow. The law must be free of circles."""
    found = _Expressions(law, problems)
    for norm in law.norms.values():
        found.norm(norm, law.assembler)
    for regime in law.regimes.values():
        found.regime(regime, documents[regime.file])
    ranges = Ranges(found.sources)
    for node, type_, tell in found.values:
        wrong = outside(type_, ranges.of(node))
        if wrong:
            tell(wrong, _NARROW)
    for node in found.others:
        ranges.of(node)
    for node, why in ranges.off:
        found.tell[id(node)](f"'{node.text}' {why}", _NARROW)
    _check_periods(law, found)


def _check_periods(law: Law, found: _Expressions) -> None:
    """Tell of every expression that mixes kroner per one thing with kroner per another."""
    periods = Periods(found.sources, declared_periods(law))
    for id_ in found.sources:
        periods.norm(id_)
    for node in found.others:
        periods.of(node)
    for node, message, mend in periods.off:
        found.tell[id(node)](message, mend)


class _Expressions:
    """Every expression of a law and its regimes, and which norm's value it can give."""

    def __init__(self, law: Law, problems: list[Problem]) -> None:
        self.law, self.problems = law, problems
        self.norms = law.norms
        self.sources: dict[str, list[ir.Node]] = {}
        self.values: list[tuple[ir.Node, str, Tell]] = []
        self.others: list[ir.Node] = []
        self.tell: dict[int, Tell] = {}

    def norm(self, norm: Norm, assembler: Assembler) -> None:
        """What a norm says in each of its versions, and what it is to others."""
        raws = assembler.raw[norm.id].raw["versions"]
        for version in norm.versions:
            index = next((i for i, raw in enumerate(raws) if raw is version.raw), 0)
            tell = self._at(norm, assembler, ("versions", index))
            if version.value is not None:
                self.value(norm.id, norm.type, version.value, tell)
            for node in version_nodes(version):
                self.other(node, tell)
        if norm.governed_by is not None:
            self.other(norm.governed_by, self._at(norm, assembler, ("governed_by",)))
        if norm.fills:
            self.sources.setdefault(norm.fills, []).append(ir.NormRef(norm.type, 0, 0, norm.id, norm.id))
        if norm.excepts and norm.excepts.effect not in ("waive", "restore"):
            for target in norm.excepts.norms:
                other = self.norms[target]
                tell = self._at(norm, assembler, ("excepts", "effect"))
                self.value(target, other.type, effect_of(norm, other, self.law, assembler), tell)

    def regime(self, regime: Regime, document: Document) -> None:
        """What a regime adds, and what its edits make of other norms."""
        self.norms = {**self.law.norms, **{norm.id: norm for norm in regime.added}}
        for norm in regime.added:
            self.norm(norm, regime.assembler)
        for index, edit in enumerate(regime.edits):
            norm_ = self.law.norms.get(edit.norm)
            if edit.op == "add" or norm_ is None:
                continue

            def tell(message: str, mend: str, index: int = index) -> None:
                place: Place = ("edits", index)
                self.problems.append(document.problem(place, message, mend, f"{regime.id}.edits.{index}"))

            for version in norm_.versions:
                made = edited(self.law, norm_, version, edit, regime.assembler)
                if made is None:
                    continue
                if made.value is not None:
                    self.value(norm_.id, norm_.type, made.value, tell)
                for node in version_nodes(made):
                    self.other(node, tell)

    def value(self, id_: str, type_: str, node: ir.Node, tell: Tell) -> None:
        """An expression that can give a norm its value."""
        self.sources.setdefault(id_, []).append(node)
        self.values.append((node, type_, tell))
        self.other(node, tell)

    def other(self, node: ir.Node, tell: Tell) -> None:
        """An expression, with who is told what is wrong in any part of it."""
        if id(node) in self.tell:  # what an edit left alone was told of in the law itself
            return
        self.others.append(node)
        for part in ir.walk(node):
            self.tell.setdefault(id(part), tell)

    def _at(self, norm: Norm, assembler: Assembler, place: Place) -> Tell:
        raw = assembler.raw[norm.id]

        def tell(message: str, mend: str) -> None:
            assembler.problems = self.problems
            assembler.report(raw, place, message, mend)

        return tell
