"""The reference evaluator: one case, slow and obvious. It judges the fast evaluators and explains.

Values are whole numbers, None unknown; truths are 0/1/2 (false, unknown, true).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.foundation import FAR, workdays
from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning import plainly
from fodfaeste.reasoning.aggregates import aggregate
from fodfaeste.reasoning.bounds import by_bounds
from fodfaeste.reasoning.history import (
    MANY,
    NONE,
    demand_status,
    duty_status,
    every_status,
    not_before_status,
    standing_status,
)
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

Item = tuple[int, int, tuple[int | None, ...]]
"""The spell (first, last, attributes) or event (day, day, attributes) an ``each`` norm is judged for."""


@dataclass(frozen=True, slots=True)
class DutyParts:
    """The decisive numbers of a duty in a case, for explanations."""

    applies: int
    waived: int
    start: int | None
    unpaused: int | None
    due: int | None
    needed: int
    sure: int
    possible: int
    timely: int
    met_on: int | None
    lapses: int
    paused: int


class Reference:
    """Evaluates any expression and norm of a rulebook for one view, remembering what it has seen."""

    def __init__(self, rulebook: Rulebook, view: View) -> None:
        self.rulebook, self.view, self.on = rulebook, view, view.on
        self._of_person: dict[int, int | None] = {}
        self._of_item: dict[int, int | None] = {}
        self._depends: dict[int, bool] = rulebook.cache.setdefault("depends", {})  # type: ignore[assignment]
        self.item: Item | None = None

    def items(self, kind: str) -> list[Item]:
        """What an ``each`` norm of this kind is judged for, in order."""
        if kind in self.view.spells:
            return list(self.view.spells[kind])
        return [(day, day, attrs) for day, attrs in self.view.events[kind]]

    def at_item(self, item: Item | None) -> Reference:
        """Set the item that ``this`` means; None for none."""
        self.item = item
        self._of_item = {}
        return self

    def know(self, node: ir.Node, value: int | None) -> None:
        """Take over the value of an expression about the person from an evaluator proved to agree."""
        self._of_person[id(node)] = value

    def value(self, node: ir.Node) -> int | None:
        """The value of an expression."""
        key = id(node)
        memo = self._of_item if self.item is not None and self.about_item(node) else self._of_person
        if key in memo:
            return memo[key]
        found = memo[key] = _EVALUATE[type(node)](self, node)
        return found

    def about_item(self, node: ir.Node) -> bool:
        """Whether an expression depends on the item of an ``each`` norm; found once a rulebook."""
        found = self._depends.get(id(node))
        if found is None:
            own = isinstance(node, ir.This)
            if isinstance(node, ir.NormRef | ir.AppliesRef):
                own = self.rulebook.norms[node.norm].norm.each is not None
            found = self._depends[id(node)] = own or any(self.about_item(child) for child in ir.children(node))
        return found

    def truth(self, node: ir.Node) -> int:
        """The value of a bool expression: 0, 1 or 2."""
        found = self.value(node)
        return 1 if found is None else found

    # -- norms ---------------------------------------------------------------------------------------------

    def norm(self, norm: ResolvedNorm) -> Raw | list[Raw]:
        """The outcome of a norm; a list, one per item, when it is judged for each."""
        if norm.norm.each is None:
            return self.at_item(None).single(norm)
        outcomes = [self.at_item(item).single(norm) for item in self.items(norm.norm.each)]
        self.at_item(None)
        return outcomes

    def single(self, norm: ResolvedNorm) -> Raw:
        """The outcome of a norm for the person, or for the item set."""
        if norm.must is not None:
            return self.duty(norm, norm.must)
        applies, waived = self.truth(norm.applies), self.truth(norm.waived)
        if norm.requires is not None:
            status = demand_status(applies, waived, self.truth(norm.requires) if applies else 1)
            return (status, NONE, NONE, NONE, NONE, NONE, NONE)
        if norm.norm.kind == "duty":
            return (standing_status(applies, waived), NONE, NONE, NONE, NONE, NONE, NONE)
        if norm.norm.kind == "quota":
            return (self.truth(norm.applies),)
        assert norm.value is not None
        return (self.truth(norm.value) if norm.value.type == "bool" else self.value(norm.value),)

    def duty(self, norm: ResolvedNorm, must: Must) -> Raw:
        """Status, start, due, count, needed, met on, promise of a duty."""
        parts = self.parts(norm, must)
        status = self._status(must, parts)
        if status in (0, 9) or parts.applies != 2 or parts.waived == 1:
            return (status, NONE, NONE, NONE, NONE, NONE, NONE)
        promise = self._promise(norm, norm.promise, must) if norm.promise is not None else FAR
        return (
            status, _or(parts.start), _or(parts.due), parts.sure, parts.needed, _or(parts.met_on), _or(promise),
        )  # fmt: skip

    def _promise(self, norm: ResolvedNorm, promise: ir.Node, must: Must) -> int | None:
        """The last day promised, moved by pauses as the last day of the law is."""
        last, stretches = self.value(promise), self._pauses(must)
        if last is None or stretches is None:
            return None
        begin = self.value(norm.promise_from or must.start)
        return last if not stretches else None if begin is None else plainly.shifted(stretches, begin, last)

    def _status(self, must: Must, p: DutyParts) -> int:
        start, due, unpaused = _or(p.start), _or(p.due), _or(p.unpaused)
        if must.form == "every":
            return every_status(p.applies, p.waived, start, due, p.lapses, p.paused, self.on)
        if must.form == "not_before":
            return not_before_status(p.applies, p.waived, start, due, p.sure, p.possible, self.on)
        met = _or(p.met_on)
        return duty_status(
            p.applies, p.waived, start, unpaused, due, p.needed, p.sure, p.possible, p.timely, met, p.lapses, p.paused,
            self.on,
        )  # fmt: skip

    def parts(self, norm: ResolvedNorm, must: Must) -> DutyParts:
        """Everything that decides a duty."""
        applies, waived = self.truth(norm.applies), self.truth(norm.waived)
        start, since, needed = self.value(must.start), self.value(must.count_from), self.value(must.needed)
        unpaused = FAR if must.last is None else self.value(must.last)
        due = unpaused
        stretches = self._pauses(must)
        if stretches is None or (stretches and start is None):
            due = None
        elif start is not None and due is not None:
            due = plainly.shifted(stretches, start, due)
        until = self.on
        if must.form == "not_before":
            until = min(self.on, due - 1) if due is not None else NONE
        sure, possible, met_on = self._done(must, since, until, needed or 1)
        _, timely, _ = self._done(must, since, min(until, due), 1) if due is not None else (0, possible, None)
        lapses = self.truth(norm.lapses_when)
        paused = 1 if stretches is None else 2 if any(a <= self.on <= b for a, b in stretches) else 0
        return DutyParts(
            applies, waived, start, unpaused, due, needed or 1, sure, possible, timely, met_on, lapses, paused,
        )  # fmt: skip

    def _pauses(self, must: Must) -> list[tuple[int, int]] | None:
        """Pause stretches, or None when a pause kind is not observed."""
        if any(kind in self.view.unobserved for kind in must.pauses):
            return None
        rows = [row for kind in must.pauses for row in self.view.spells[kind]]
        return plainly.merged([(s, e, ()) for s, e, _ in rows], ())

    def _done(self, must: Must, since: int | None, until: int, needed: int) -> tuple[int, int, int | None]:
        """Events that fit for certain, that may fit, and the day of the one that met the duty."""
        if since is None:
            return 0, MANY, None
        rows = plainly.as_events(self.view.spells[must.kind]) if must.spell else self.view.events[must.kind]
        sure, maybe = plainly.between(rows, must.filters, since, until)
        possible = MANY if must.kind in self.view.unobserved else len(sure) + len(maybe)
        met_on = sure[needed - 1][0] if len(sure) >= needed else None
        return len(sure), possible, met_on


def _or(value: int | None) -> int:
    return NONE if value is None else value


# -- expressions ---------------------------------------------------------------------------------------------


def _const(e: Reference, n: ir.Const) -> int | None:
    return n.value


def _field(e: Reference, n: ir.FieldRef) -> int | None:
    return e.view.fields[e.rulebook.vocabulary.fields[n.name].index]


def _norm_ref(e: Reference, n: ir.NormRef) -> int | None:
    target = e.rulebook.norms[n.norm].value
    assert target is not None
    return e.value(target)


def _applies_ref(e: Reference, n: ir.AppliesRef) -> int | None:
    return e.value(e.rulebook.norms[n.norm].applies)


def _this(e: Reference, n: ir.This) -> int | None:
    assert e.item is not None
    first, last, attrs = e.item
    if n.slot < 0:
        return first if n.slot == -1 else last
    return attrs[n.slot]


def _today(e: Reference, n: ir.Today) -> int | None:
    return e.on


def _arith(e: Reference, n: ir.Arith) -> int | None:
    a, b = e.value(n.left), e.value(n.right)
    if a is None or b is None:
        return None
    if n.op == "add_days":
        return cal.add_days(a, b)
    if n.op == "add_months":
        return cal.add_months(a, b, n.last_day)
    return {"+": a + b, "-": a - b, "*": a * b, "//": a // b if b else 0}[n.op]


def _compare(e: Reference, n: ir.Compare) -> int | None:
    bounded = by_bounds(e.rulebook, n)
    if bounded is not None:
        return e.value(bounded)
    a, b = e.value(n.left), e.value(n.right)
    if a is None or b is None:
        return 1
    holds = {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[n.op]
    return 2 if holds else 0


def _bool(e: Reference, n: ir.Bool) -> int | None:
    stop = 0 if n.op == "and" else 2
    answer = 2 - stop
    for arg in n.args:
        truth = e.truth(arg)
        if truth == stop:
            return stop
        if truth == 1:
            answer = 1
    return answer


def _not(e: Reference, n: ir.Not) -> int | None:
    return 2 - e.truth(n.arg)


def _if(e: Reference, n: ir.If) -> int | None:
    test = e.truth(n.test)
    if test == 2:
        return e.value(n.then)
    if test == 0:
        return e.value(n.other)
    a, b = e.value(n.then), e.value(n.other)
    return a if a == b else (1 if n.type == "bool" else None)


def _in(e: Reference, n: ir.In) -> int | None:
    a = e.value(n.arg)
    return 1 if a is None else (2 if a in n.values else 0)


def _call(e: Reference, n: ir.Call) -> int | None:
    if n.name == "known":
        value = e.value(n.args[0])
        return 0 if value is None or (n.args[0].type == "bool" and value == 1) else 2
    args = [e.value(arg) for arg in n.args]
    known = [arg for arg in args if arg is not None]
    if len(known) < len(args):
        return None
    return CALLS[n.name](*known) if n.name in CALLS else {"min": min, "max": max}[n.name](known)


def percent_of(percent: int, money: int) -> int:
    """A per cent (hundredths) of an amount (øre), half an øre up."""
    return (percent * money * 2 + 10_000) // 20_000


CALLS: dict[str, Callable[..., int]] = {
    "age": cal.age, "months_between": cal.months_between, "end_of_week": cal.end_of_week,
    "end_of_month": cal.end_of_month, "start_of_month": cal.start_of_month,
    "next_workday": workdays.next_workday, "add_workdays": workdays.add_workdays, "percent_of": percent_of,
}  # fmt: skip
"""The pure functions of the grammar."""


def _table(e: Reference, n: ir.Table) -> int | None:
    index = 0
    for arg, origin, size in zip(n.args, n.origins, n.shape, strict=True):
        value = e.value(arg)
        if value is None or not 0 <= value - origin < size:
            return None
        index = index * size + value - origin
    return n.cells[index]


_EVALUATE: dict[type[ir.Node], Callable[[Reference, Any], int | None]] = {
    ir.Const: _const, ir.FieldRef: _field, ir.NormRef: _norm_ref, ir.AppliesRef: _applies_ref, ir.This: _this,
    ir.Today: _today, ir.Arith: _arith, ir.Compare: _compare, ir.Bool: _bool, ir.Not: _not, ir.If: _if, ir.In: _in,
    ir.Call: _call, ir.Table: _table, ir.Agg: aggregate,
}  # fmt: skip
