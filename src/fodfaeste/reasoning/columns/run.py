"""Columns: every norm for a whole nation, block by block on several threads."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from fodfaeste.facts.frames import Array, Frames, SpellFrame, complete_fields, unknown_of
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.reasoning.columns import library
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.kernels import Kernel, kernels_of, nullable, storage
from fodfaeste.reasoning.columns.plan import FORMS, DutyStep, Plan, make_plan
from fodfaeste.reasoning.columns.slots import assign_slots, judging_stages
from fodfaeste.reasoning.columns.steps import EMPTY_8, EMPTY_32, History, Place, constant, run_aggregate
from fodfaeste.rulebook.rulebook import Rulebook

SCRATCH = 24 * 2**20
"""Bytes of columns in between that one thread may hold: they stay in the processor's cache."""

SMALLEST, LARGEST = 16_384, 131_072
"""Rows handled at a time, at least and at most."""

FEW = 5_000
"""Up to this many persons the kernels run uncompiled: that is sooner done than compiling."""


@dataclass(slots=True)
class DutyColumns:
    """A duty for every row. ``start``, ``count``, ``met_on``, ``promise`` are empty unless asked for in full."""

    status: Array
    due: Array
    start: Array
    count: Array
    met_on: Array
    promise: Array
    needed: Array


@dataclass(slots=True)
class Columns:
    """Outcomes of norms for all persons (or, for an ``each`` norm, for all items in order of person)."""

    n: int
    on: int
    values: dict[str, Array | DutyColumns]
    people: dict[str, Array]  # item kind → person of each item

    def __getitem__(self, norm: str) -> Array | DutyColumns:
        return self.values[norm]


class Engine:
    """A rulebook compiled for frames in which the same facts may be unknown."""

    def __init__(self, rulebook: Rulebook, norms: list[str], full_fields: frozenset[str], compiled: bool) -> None:
        self.rulebook = rulebook
        self.plan = make_plan(rulebook, norms)
        self._frame_dtypes()
        can = nullable(self.plan, full_fields)
        self.kernels: dict[tuple[str, int], list[Kernel]] = {}
        self.aggregates: dict[tuple[str, int], list[int]] = {}
        asked = {rulebook.norms[norm].norm.each or "" for norm in norms}  # also where no value depends on the item
        self.spaces = sorted({v.space for v in self.plan.vertices} | asked | {""})
        standing: dict[tuple[str, int], list[Vertex]] = {}
        for vertex in self.plan.vertices:
            standing.setdefault((vertex.space, vertex.stage), []).append(vertex)
        for space in self.spaces:
            for stage in range(self.plan.stages):
                here = standing.get((space, stage), [])
                roots = [
                    v.number
                    for v in here
                    if v.number in self.plan.columns and v.op not in ("const", "today", "field", "this", "agg")
                ]
                self.kernels[space, stage] = kernels_of(self.plan, roots, can, compiled)
                self.aggregates[space, stage] = [v.number for v in here if v.op == "agg"]
        self.judged = judging_stages(self.plan)
        self.released: set[int] = set()
        self.slots = {space: assign_slots(self, space) for space in self.spaces}
        self.blocks = {space: block_size(self.slots[space].values()) for space in self.spaces}

    def _frame_dtypes(self) -> None:
        """Facts and attributes are read in the dtype their frame has."""
        from fodfaeste.facts.frames import attr_dtype, field_dtype

        vocabulary = self.rulebook.vocabulary
        for vertex in self.plan.vertices:
            if vertex.op == "field":
                vertex.notes["frame_dtype"] = str(field_dtype(vertex.params[0], vocabulary))
            elif vertex.op == "this":
                name, slot = vertex.params
                kinds = vocabulary.spells if vertex.space in vocabulary.spells else vocabulary.events
                dtype = "int32" if slot < 0 else str(attr_dtype(kinds[vertex.space].attrs[name], vocabulary))
                vertex.notes["frame_dtype"] = dtype


def columns(
    rulebook: Rulebook, frames: Frames, norms: list[str] | None = None, detail: str = "status",
    threads: int | None = None, into: Columns | None = None, compiled: bool | None = None,
) -> Columns:  # fmt: skip
    """Every norm (or those named) for every person of the frames.

    ``detail`` "status" gives duties their status and last day, "full" all of an outcome. ``into`` reuses the
    arrays of an earlier answer for as many rows. ``compiled`` None compiles when there are more than FEW persons
    (the first time takes a minute for a whole law; the result is kept on disk). Values are encoded as in Frames;
    statuses are Status numbers. Raises ValueError when the frames are of another day than the rulebook.
    """
    if frames.on != rulebook.day:
        raise ValueError("the frames are of another day than the rulebook; make both for the day asked about")
    wanted = norms if norms is not None else [n.id for n in rulebook.norms.values() if not n.absent]
    fast = frames.n > FEW if compiled is None else compiled
    engine = engine_of(rulebook, wanted, full_fields(frames, rulebook.vocabulary), fast)
    return _Run(engine, frames, detail == "full", threads or os.cpu_count() or 1, into).answer()


def full_fields(frames: Frames, vocabulary: Vocabulary) -> frozenset[str]:
    """Fact columns in which nothing is unknown; found once for frames that do not say."""
    if frames.complete is None:
        frames.complete = complete_fields(frames.fields, vocabulary)
    return frames.complete


def history_of(frames: Frames, vocabulary: Vocabulary) -> History:
    """The histories of the latest frames, with what was found about them before."""
    found = _HISTORIES.get(id(frames))
    if found is None or found.frames is not frames:
        _HISTORIES.clear()
        found = _HISTORIES[id(frames)] = History(frames, vocabulary)
    return found


_HISTORIES: dict[int, History] = {}


def engine_of(rulebook: Rulebook, norms: list[str], full: frozenset[str], compiled: bool = True) -> Engine:
    """The engine, made once per rulebook, norms and full facts."""
    key = f"engine:{hash((tuple(norms), full, compiled))}"
    found = rulebook.cache.get(key)
    if not isinstance(found, Engine):
        found = Engine(rulebook, norms, full, compiled)
        rulebook.cache[key] = found
    return found


class _Run:
    def __init__(self, engine: Engine, frames: Frames, full: bool, threads: int, into: Columns | None) -> None:
        self.engine, self.frames, self.full, self.threads = engine, frames, full, threads
        self.plan: Plan = engine.plan
        self.history = history_of(frames, engine.rulebook.vocabulary)
        self.on = frames.on
        self.whole: dict[int, Array] = {}  # vertex → full-length column
        self.people: dict[str, Array] = {}
        self.into = into
        self.duties: dict[str, DutyColumns] = {}

    def answer(self) -> Columns:
        self._prepare()
        for space in self.engine.spaces:
            size = self._size(space)
            step = self.engine.blocks[space]
            blocks = [(lo, min(lo + step, size)) for lo in range(0, size, step)]
            if len(blocks) < 2 or self.threads < 2:
                for block in blocks:
                    self._block(space, *block)
            else:
                with ThreadPoolExecutor(self.threads) as pool:
                    for done in [pool.submit(self._block, space, *block) for block in blocks]:
                        done.result()
        values: dict[str, Array | DutyColumns] = dict(self.duties)
        for norm, number in self.plan.outputs.items():
            values[norm] = self._output(norm, number)
        order = [id_ for id_ in self.engine.rulebook.norms if id_ in values]
        return Columns(self.frames.n, self.on, {id_: values[id_] for id_ in order}, self.people)

    def _size(self, space: str) -> int:
        return len(self.people[space]) if space else self.frames.n

    def _prepare(self) -> None:
        for space in self.engine.spaces:
            if space:
                frame = self.history.frame(space)
                self.people[space] = np.repeat(np.arange(self.frames.n, dtype=np.int32), np.diff(frame.offsets))
        for norm, number in self.plan.outputs.items():
            vertex = self.plan.vertices[number]
            if vertex.op not in ("const", "today", "field", "this"):
                old = self.into.values.get(norm) if self.into else None
                size, dtype = self._size(vertex.space), np.dtype(storage(vertex))
                if not isinstance(old, np.ndarray) or old.dtype != dtype or len(old) != size:
                    old = np.empty(size, dtype)
                self.whole[number] = old
        for number in self.plan.kept:
            vertex = self.plan.vertices[number]
            if number not in self.whole and vertex.op not in ("field", "this"):
                self.whole[number] = np.empty(self._size(vertex.space), storage(vertex))
        for step in self.plan.duties.values():
            self.duties[step.norm] = self._duty_columns(step)
        self._match_first()

    def _match_first(self) -> None:
        """Match columns are made before the threads start, so that no two make the same."""
        for vertex in self.plan.vertices:
            if vertex.op == "agg":
                self.history.match(vertex.params[1], vertex.params[3])
                self.history.some(vertex.params[1])
        for step in self.plan.duties.values():
            self.history.match(step.must.kind, step.must.filters)
            if step.must.pauses:
                self.history.pauses(step.must.pauses)

    def _duty_columns(self, step: DutyStep) -> DutyColumns:
        old = self.into.values.get(step.norm) if self.into else None
        size = self._size(step.space)
        if isinstance(old, DutyColumns) and len(old.status) == size and len(old.start) == (size if self.full else 0):
            return old
        more = size if self.full else 0
        promise = size if self.full and step.promise >= 0 else 0
        needed = self.plan.vertices[step.needed]
        const = np.array([needed.params[0]], np.int32) if needed.op == "const" else np.empty(size, np.int32)
        return DutyColumns(
            np.empty(size, np.int8), np.empty(size, np.int32), np.empty(more, np.int32), np.empty(more, np.int32),
            np.empty(more, np.int32), np.empty(promise, np.int32), const,
        )  # fmt: skip

    def _output(self, norm: str, number: int) -> Array:
        each = self.engine.rulebook.norms[norm].norm.each
        vertex = self.plan.vertices[number]
        size = self._size(each or "")
        if vertex.op in ("const", "today"):
            return self.constant(number, size)
        column = self.base(number) if vertex.op in ("field", "this") else self.whole[number]
        return column[self.people[each]] if each and not vertex.space else column

    def constant(self, number: int, size: int) -> Array:
        """A column of a constant, or of today."""
        vertex = self.plan.vertices[number]
        dtype = storage(vertex)
        value = self.on if vertex.op == "today" else vertex.params[0]
        hole = unknown_of(dtype, vertex.type)
        return constant(size, hole if value is None else value, dtype)

    def base(self, number: int) -> Array:
        """The frame's own column of a fact, or of an attribute of the items."""
        vertex = self.plan.vertices[number]
        if vertex.op == "field":
            return self.frames.fields[vertex.params[0]]
        name, slot = vertex.params
        frame = self.history.frame(vertex.space)
        if slot >= 0:
            return frame.attrs[name]
        if isinstance(frame, SpellFrame):
            return frame.start if slot == -1 else frame.end
        return frame.day

    def _block(self, space: str, lo: int, hi: int) -> None:
        """Everything of one space for one block of rows."""
        block = _Block(self, space, lo, hi)
        for stage in range(self.plan.stages):
            for kernel in self.engine.kernels[space, stage]:
                kernel.run(self.on, *(block.read(n) for n in kernel.ins), *(block.write(n) for n in kernel.outs))
            for number in self.engine.aggregates[space, stage]:
                vertex = self.plan.vertices[number]
                run_aggregate(vertex, self.history, block.wide, block.place, self.on, block.write(number))
            for step in self.engine.judged.get((space, stage), ()):
                self._judge(step, block)

    def _judge(self, step: DutyStep, block: _Block) -> None:
        must, out = step.must, self.duties[step.norm]
        frame = self.history.frame(must.kind)
        day = frame.start if isinstance(frame, SpellFrame) else frame.day
        none = (EMPTY_32, EMPTY_32, EMPTY_32, EMPTY_8, EMPTY_8)
        pauses = self.history.pauses(must.pauses) if must.pauses else none
        cut = slice(block.lo, block.hi)
        needed = out.needed
        if self.plan.vertices[step.needed].op != "const":
            needed = out.needed[cut] = block.wide(step.needed)
        library.duty(
            FORMS[must.form], frame.offsets, day, self.history.match(must.kind, must.filters),
            self.history.observed(must.kind), *pauses, block.rows, block.lo, block.read(step.applies),
            block.maybe(step.waived, EMPTY_8), block.wide(step.start), block.maybe(step.last, EMPTY_32),
            block.wide(step.since), needed, block.maybe(step.lapses, EMPTY_8), block.maybe(step.promise, EMPTY_32),
            self.on, out.status[cut], out.start[cut], out.due[cut], out.count[cut], out.met_on[cut], out.promise[cut],
        )  # fmt: skip


def block_size(slots: Iterable[tuple[int, str]]) -> int:
    """Rows to handle at a time, so that the columns in between fit the cache."""
    width = sum(np.dtype(dtype).itemsize for _, dtype in set(slots))
    fitting = SCRATCH // max(width, 1)
    return max(SMALLEST, min(LARGEST, fitting // SMALLEST * SMALLEST))


_LOCAL = threading.local()


def scratch(slot: int, dtype: str, size: int) -> Array:
    """This thread's scratch column number ``slot``: reused block after block, so that no memory is asked for."""
    columns_: dict[tuple[int, str], Array] = _LOCAL.__dict__.setdefault("columns", {})
    found = columns_.get((slot, dtype))
    if found is None or len(found) < size:
        found = columns_[slot, dtype] = np.empty(size, dtype)
    return found[:size]


@lru_cache(maxsize=64)
def every_row(size: int) -> Array:
    """All rows of a block."""
    return np.arange(size, dtype=np.int32)


class _Block:
    """The columns of one block: slices of whole columns, and scratch ones of its own."""

    def __init__(self, run: _Run, space: str, lo: int, hi: int) -> None:
        self.run, self.space, self.lo, self.hi = run, space, lo, hi
        self.rows = run.people[space][lo:hi] if space else EMPTY_32
        self._own: dict[int, Array] = {}
        self._wide: dict[int, Array] = {}
        self._some: dict[str, Array] = {}

    def read(self, number: int) -> Array:
        """A column of a vertex for these rows."""
        if number in self._own:
            return self._own[number]
        run, vertex = self.run, self.run.plan.vertices[number]
        if vertex.op in ("const", "today"):
            column = run.constant(number, self.hi - self.lo)
        elif vertex.op in ("field", "this"):
            base = run.base(number)
            column = base[self.rows] if self.space and not vertex.space else base[self.lo : self.hi]
        elif self.space and not vertex.space:
            column = run.whole[number][self.rows]
        else:
            column = run.whole[number][self.lo : self.hi]
        self._own[number] = column
        return column

    def write(self, number: int) -> Array:
        """Where a vertex's values of these rows go."""
        if number in self.run.whole:
            self._own[number] = self.run.whole[number][self.lo : self.hi]
        else:
            slot, dtype = self.run.engine.slots[self.space][number]
            self._own[number] = scratch(slot, dtype, self.hi - self.lo)
        return self._own[number]

    def wide(self, number: int) -> Array:
        """A column as library steps want it: truths int8, all else 32 or 64 bits with their unknown."""
        column = self.read(number)
        vertex = self.run.plan.vertices[number]
        if vertex.type == "bool" or column.dtype in (np.int32, np.int64):
            return column
        if number not in self._wide:
            hole = np.iinfo(column.dtype).min
            self._wide[number] = np.where(column == hole, np.iinfo(np.int32).min, column.astype(np.int32)).astype(
                np.int32
            )
        return self._wide[number]

    def place(self, kind: str) -> Place:
        """The rows that have anything of a kind, or all where some of it may be unwritten."""
        if self.space or len(self.run.history.observed(kind)):
            return Place(every_row(self.hi - self.lo), self.rows, self.lo)
        if kind not in self._some:
            everyone = self.run.history.some(kind)
            a, b = np.searchsorted(everyone, np.array((self.lo, self.hi), np.int32))
            self._some[kind] = everyone[a:b] - np.int32(self.lo)
        return Place(self._some[kind], EMPTY_32, self.lo)

    def maybe(self, number: int, empty: Array) -> Array:
        """A column, or the empty one that stands for a constant."""
        return empty if number < 0 else self.wide(number)
