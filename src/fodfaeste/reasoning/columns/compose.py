"""Composing the program of a space: which step makes which column from which, and where each column lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fodfaeste.facts.frames import Array, SpellFrame, unknown_of
from fodfaeste.foundation import FAR
from fodfaeste.reasoning import bounds
from fodfaeste.reasoning.columns.carry import carrier
from fodfaeste.reasoning.columns.histories import Narrow
from fodfaeste.reasoning.columns.kernels import Kernel, table_array
from fodfaeste.reasoning.columns.lists import lister
from fodfaeste.reasoning.columns.native import native
from fodfaeste.reasoning.columns.plan import FORMS, GIVEN, SAME, DutyStep
from fodfaeste.reasoning.columns.program import LO, Operand, Program, number, rows, whole
from fodfaeste.reasoning.history import NONE, NONE_WIDE

if TYPE_CHECKING:
    from fodfaeste.reasoning.columns.answer import Answer

MANY = 31
"""Combinations of filters that are told apart by the bits of one number."""

_LLVM = {"int16": "i16", "int32": "i32", "int64": "i64"}

_FALSE = np.zeros(1, np.int8)
_FAR = np.array([FAR], np.int32)
_NONE = np.array([NONE], np.int32)
_ZERO = np.zeros(1, np.int32)


class Composer:
    """The program of one space of an answer."""

    def __init__(self, answer: Answer, space: str, size: int) -> None:
        self.answer, self.space, self.size = answer, space, size
        self.plan, self.history = answer.plan, answer.history
        self.program = Program(size)
        self.people = rows(answer.people[space]) if space else whole(_ZERO)
        self.items = number(1 if space else 0)
        self._at: dict[int, Operand] = {}
        self._wide: dict[int, Operand] = {}
        self._slots: dict[tuple[int, str], Operand] = {}
        self._applying: dict[int, Narrow] = {}
        self._every: Narrow | None = None
        self.judged = self.program.scratch("int8"), self.program.scratch("int32")

    def composed(self) -> Program:
        """All steps, stage by stage."""
        if not self.space:
            self._look_around()
        engine = self.answer.engine
        for stage in range(self.plan.stages):
            for kernel in engine.kernels[self.space, stage]:
                self._kernel(kernel)
            for asked in self._questions(engine.aggregates[self.space, stage]):
                if len(asked) == 1:
                    self._aggregate(asked[0])
                else:
                    self._count_bounds(asked)
                for vertex in asked:
                    self.deliver(vertex)
            for step in engine.judged.get((self.space, stage), ()):
                self._judge(step)
        self.program.fit(engine.blocks.get(self.space, 0))
        return self.program

    def library(self, name: str, *operands: Operand) -> None:
        """Add a step of the library."""
        self.program.step(native(name, tuple(one.kind for one in operands)), operands)

    def _look_around(self) -> None:
        """List who has anything of each kind, narrow by every filter that is asked about, and name owners of items."""
        for kind in self.history.kinds:
            self.history.lists[kind, ()] = self._having(kind)
        for kind in self.answer.engine.spaces:
            if kind:
                frame, people = self.history.frame(kind), self.answer.people[kind]
                some, found = self.history.lists[kind, ()]
                self.library("owners", LO, whole(frame.offsets), some, found, whole(people))
        for kind, combinations in self.history.narrowed.items():
            for lo in range(0, len(combinations), MANY):
                self._narrow(kind, combinations[lo : lo + MANY])

    def _having(self, kind: str) -> Narrow:
        some, found = self.program.scratch("int32"), self.program.cell()
        offsets = whole(self.history.frame(kind).offsets)
        self.program.step(
            lister("having", _LLVM[offsets.dtype]), (LO, offsets, *self.history.hidden(kind), some, found)
        )
        return some, found

    def _narrow(self, kind: str, combinations: list[tuple[Any, ...]]) -> None:
        """Match columns of several combinations of filters, and who has anything that may fit each."""
        dtype = "int16" if len(combinations) < 8 else ("int32" if len(combinations) < 16 else "int64")
        offsets, everyone = whole(self.history.frame(kind).offsets), self.history.lists[kind, ()]
        weights = whole(np.empty(self.history.size(kind) + 1, dtype))
        slots = sorted({one.slot for filters in combinations for one in filters})
        for turn, slot in enumerate(slots):
            column, below, bits = self.history.weights(kind, combinations, slot)
            table = whole(bits.astype(dtype))
            self.library("weighed", LO, offsets, whole(column), number(below), table, number(int(turn > 0)), weights)
        any_ = self.program.scratch(dtype)
        self.library("gathered", LO, offsets, *self.history.hidden(kind), weights, *everyone, any_)
        for k, filters in enumerate(combinations):
            match = whole(self.history.matches[kind, filters])
            self.library("matched", LO, offsets, weights, number(2 * k), match)
            some, found = self.program.scratch("int32"), self.program.cell()
            self.program.step(lister("fitting", _LLVM[dtype]), (*everyone, any_, number(1 << 2 * k), some, found))
            self.history.lists[kind, filters] = some, found

    def _kernel(self, kernel: Kernel) -> None:
        reads = [self.read(n) for n in kernel.ins]
        writes = [self.write(n) for n in kernel.outs]
        tables = [whole(table_array(name)) for name in kernel.tables] if kernel.code else []
        self.program.step(kernel.code, [*reads, *tables, *writes], kernel.plain)
        for vertex in kernel.outs:
            self.deliver(vertex)

    def read(self, vertex: int) -> Operand:
        """The column of a vertex, as kernels read it."""
        if vertex not in self._at:
            self._at[vertex] = self._read(vertex)
        return self._at[vertex]

    def _read(self, number_: int) -> Operand:
        vertex = self.plan.vertices[number_]
        if vertex.op in SAME:
            return whole(self.answer.single(number_))
        array = self.answer.base(number_) if vertex.op in GIVEN else self.answer.whole[number_]
        if not self.space or vertex.space:
            return rows(array)
        out = self.program.scratch(str(array.dtype))
        self.library("taken", self.people, whole(array), out)
        return out

    def write(self, vertex: int) -> Operand:
        """Where a vertex's values go at first; ``deliver`` must follow."""
        slot = self.answer.engine.slots[self.space][vertex]
        if slot not in self._slots:
            self._slots[slot] = self.program.scratch(slot[1])
        self._at[vertex] = self._slots[slot]
        self._wide.pop(vertex, None)
        return self._at[vertex]

    def deliver(self, vertex: int) -> None:
        """Bring values that outlive the block to where they are kept."""
        if vertex in self.answer.whole:
            self.bring(self._at[vertex], self.answer.whole[vertex])

    def bring(self, source: Operand, to: Array) -> None:
        """Bring a column of a block to its rows of an array."""
        self.program.step(carrier(), (source, rows(to), number(to.itemsize)))

    def wide(self, vertex: int) -> tuple[Operand, Operand]:
        """(column, step) as the library wants them: truths in 8 bits, all else in 32 or 64 with their unknown."""
        same = self.plan.vertices[vertex].op in SAME
        one = self.read(vertex)
        narrow = self.plan.vertices[vertex].type != "bool" and one.dtype in ("int8", "int16")
        if narrow and vertex not in self._wide:
            hole = unknown_of(one.dtype, "int")
            if same:
                value = int(self.answer.single(vertex)[0])
                self._wide[vertex] = whole(np.array([NONE if value == hole else value], np.int32))
            else:
                self._wide[vertex] = self.program.scratch("int32")
                self.library("widened", one, number(hole), self._wide[vertex])
        return self._wide[vertex] if narrow else one, number(0 if same else 1)

    def or_else(self, vertex: int, otherwise: Array) -> tuple[Operand, Operand]:
        """A column, or the constant that stands for one that is not there."""
        return (whole(otherwise), number(0)) if vertex < 0 else self.wide(vertex)

    def some(self, kind: str, filters: tuple[object, ...]) -> Narrow:
        """The rows a question to a kind is about."""
        return self.every() if self.space else self.history.lists[kind, filters]

    def every(self) -> Narrow:
        """All rows."""
        if self._every is None:
            self._every = self.program.scratch("int32"), self.program.cell()
            self.library("every", *self._every)
        return self._every

    def _questions(self, vertices: list[int]) -> list[tuple[int, ...]]:
        """Questions to histories: alone, or the least and the most of a count, which are asked at once."""
        alone, counts = [], dict[tuple[object, ...], dict[str, int]]()
        for number_ in vertices:
            vertex = self.plan.vertices[number_]
            if vertex.params[0] in (bounds.LEAST, bounds.MOST):
                counts.setdefault((vertex.args, *vertex.params[1:]), {})[vertex.params[0]] = number_
            else:
                alone.append((number_,))
        return [*alone, *((pair.get(bounds.LEAST, -1), pair.get(bounds.MOST, -1)) for pair in counts.values())]

    def _count_bounds(self, pair: tuple[int, ...]) -> None:
        """The least and the most of a count; -1 for one nobody asks for."""
        vertex = self.plan.vertices[max(pair)]
        _, kind, _, filters, *_ = vertex.params
        flat = [one for a in vertex.args for one in self.wide(a)]
        outs = [self.write(one) if one >= 0 else self.program.scratch(vertex.dtype) for one in pair]
        frame = self.history.frame(kind)
        day = frame.start if isinstance(frame, SpellFrame) else frame.day
        for out in outs:
            self.library("fill", *flat, whole(_ZERO), number(0), number(unknown_of(out.dtype, "int")), out)
        self.library(
            "count_bounds", LO, whole(frame.offsets), whole(day), whole(self.history.matches[kind, filters]),
            *self.history.hidden(kind), self.people, self.items, *self.some(kind, filters), *flat,
            number(vertex.notes["most"]), *outs,
        )  # fmt: skip

    def _aggregate(self, number_: int) -> None:
        vertex = self.plan.vertices[number_]
        name, kind, _, filters, slot, has_default, months, last_day = vertex.params
        args = [self.wide(a) for a in vertex.args]
        out = self.write(number_)
        frame = self.history.frame(kind)
        where = (self.people, self.items, *self.some(kind, filters))
        flat = [one for arg in args for one in arg]
        hidden = self.history.hidden(kind)
        spells = isinstance(frame, SpellFrame) and name not in ("count", "first", "last")
        days = (frame.start, frame.end) if isinstance(frame, SpellFrame) else (frame.day,)
        offsets = whole(frame.offsets)
        if name == "mask":
            column, hole = self.history.attribute(kind, slot) if slot >= 0 else (_FALSE, 0)
            values = whole(column), number(hole), number(vertex.hi.bit_length() - 1), number(0 if slot >= 0 else 1)
            self.library("mask", LO, offsets, *map(whole, days), *hidden, *where, *values, out)
            return
        ends = [whole(one) for one in (days if spells else days[:1])]
        head = (LO, offsets, *ends, whole(self.history.matches[kind, filters]), *hidden, *where)
        match name:
            case "count" | "days_in":
                self.library("fill", *flat, whole(_ZERO), number(0), number(NONE), out)
                self.library(name, *head, *flat, out)
            case "first" | "last":
                default = flat[4:6] if has_default else [whole(_NONE), number(0)]
                self.library("fill", *flat[:4], *default, number(NONE), out)
                self.library(name, *head, *flat[:4], out)
            case "total":
                column, hole = self.history.attribute(kind, slot)
                self.library("fill", *flat, whole(_ZERO), number(0), number(NONE_WIDE), out)
                self.library(name, *head, whole(column), number(hole), *flat, out)
            case "reached_total":
                column, hole = self.history.attribute(kind, slot)
                self.library("reached_total_start", *flat, out)
                self.library(name, *head, whole(column), number(hole), *flat, out)
            case "active":
                self.library("active_start", *flat, out)
                self.library(name, *head, *flat, out)
            case "current" | "spell_start" | "spell_end":
                column = frame.end if name == "spell_end" and isinstance(frame, SpellFrame) else days[0]
                if name == "current":
                    column, _ = self.history.attribute(kind, slot)
                hole = unknown_of(out.dtype, vertex.type) if name == "current" else NONE
                self.library("current", *head, whole(column), *flat, number(hole), out)
            case "run_start":
                self.library(name, *head, *flat, out)
            case _:
                window = flat[2]
                self.library("reached_start", *flat[:2], *flat[4:6], out)
                flags = (number(int(months)), number(int(last_day)))
                self.library(name, *head, *flat[:2], window, *flags, *flat[4:6], out)

    def _judge(self, step: DutyStep) -> None:
        must, out = step.must, self.answer.duties[step.norm]
        frame = self.history.frame(must.kind)
        day = frame.start if isinstance(frame, SpellFrame) else frame.day
        applies = self.wide(step.applies)
        waived, start = self.or_else(step.waived, _FALSE), self.wide(step.start)
        last, since = self.or_else(step.last, _FAR), self.wide(step.since)
        needed, lapses = self.wide(step.needed), self.or_else(step.lapses, _FALSE)
        some = self._applying_to(step.applies, applies)
        head = (
            LO, number(FORMS[must.form]), whole(frame.offsets), whole(day),
            whole(self.history.matches[must.kind, must.filters]), *self.history.hidden(must.kind),
        )  # fmt: skip
        where = (self.people, self.items, *some)
        status, due = self.judged
        self.library("unjudged", status, due)
        self.library(
            "duty", *head, *self.history.paused(must.pauses), *where, *applies, *waived, *start, *last, *since,
            *needed, *lapses, status, due,
        )  # fmt: skip
        self.bring(status, out.status)
        self.bring(due, out.due)
        if self.plan.vertices[step.needed].op not in SAME:
            self.library("copied", needed[0], rows(out.needed))
        if self.answer.full:
            promise = self.wide(step.promise) if step.promise >= 0 else (whole(_NONE), number(-1))
            promised = rows(out.promise) if step.promise >= 0 else rows(out.start)
            self.library(
                "duty_in_full", *head, *where, *applies, *waived, *start, due, *since, *needed, *promise,
                rows(out.start), rows(out.count), rows(out.met_on), promised,
            )  # fmt: skip
            if step.promise >= 0 and must.pauses:
                begin = start if step.promise_from < 0 else self.wide(step.promise_from)
                self.library("promise_paused", LO, *self.history.paused(must.pauses), *where, *begin, promised)

    def _applying_to(self, vertex: int, applies: tuple[Operand, Operand]) -> Narrow:
        """The rows a duty applies to or may, listed once for all duties that ask."""
        if vertex not in self._applying:
            listed = self.program.scratch("int32"), self.program.cell()
            column, step = applies
            if step.value:
                self.program.step(lister("applying", "i8"), (column, *listed))
            else:
                self.library("every", *listed)
            self._applying[vertex] = listed
        return self._applying[vertex]
