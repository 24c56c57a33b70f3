"""One answer: the arrays it fills, and the programs that fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fodfaeste.facts.frames import Array, Frames, SpellFrame, unknown_of
from fodfaeste.reasoning.columns.compose import Composer
from fodfaeste.reasoning.columns.histories import History
from fodfaeste.reasoning.columns.kernels import storage
from fodfaeste.reasoning.columns.memory import Sheet
from fodfaeste.reasoning.columns.outcome import Columns, DutyColumns
from fodfaeste.reasoning.columns.plan import GIVEN, SAME, TRIVIAL, DutyStep, Plan
from fodfaeste.reasoning.columns.program import Program, run

if TYPE_CHECKING:
    from fodfaeste.reasoning.columns.run import Engine


class Answer:
    """An engine at work on frames."""

    def __init__(self, engine: Engine, frames: Frames, full: bool, threads: int, into: Columns | None) -> None:
        self.engine, self.frames, self.full, self.threads = engine, frames, full, threads
        self.plan: Plan = engine.plan
        self.history = History(frames, engine.rulebook.vocabulary, engine.plan)
        self.on = frames.on
        self.whole: dict[int, Array] = {}  # vertex → full-length column
        self.people: dict[str, Array] = {}
        self.into = into.values if into else {}
        self.duties: dict[str, DutyColumns] = {}
        self._singles: dict[int, Array] = {}

    def columns(self) -> Columns:
        """Fill and give the columns."""
        self._prepare()
        spaces = [space for space in self.engine.spaces if space]
        persons = Composer(self, "", self.frames.n).composed()
        items: list[Program] = []
        run(
            [persons], self.on, self.threads,
            meanwhile=lambda: items.extend(Composer(self, space, self._size(space)).composed() for space in spaces),
        )  # fmt: skip
        run([program for program in items if program.size], self.on, self.threads)
        values: dict[str, Array | DutyColumns] = dict(self.duties)
        for norm, number in self.plan.outputs.items():
            values[norm] = self._output(norm, number)
        order = [id_ for id_ in self.engine.rulebook.norms if id_ in values]
        return Columns(self.frames.n, self.on, {id_: values[id_] for id_ in order}, self.people)

    def _size(self, space: str) -> int:
        return self.history.size(space) if space else self.frames.n

    def _prepare(self) -> None:
        """Take memory for everything that outlives a block: the answer in one stretch, the rest by itself."""
        sheet = Sheet()
        places: dict[int, int] = {}
        for norm, number in self.plan.outputs.items():
            vertex = self.plan.vertices[number]
            if vertex.op in TRIVIAL or number in places or number in self.whole:
                continue
            old, size, dtype = self.into.get(norm), self._size(vertex.space), storage(vertex)
            if isinstance(old, np.ndarray) and old.dtype == dtype and len(old) == size and old.flags.writeable:
                self.whole[number] = old
            else:
                places[number] = sheet.want(size, dtype)
        duties = {step.norm: self._wanted(step, sheet) for step in self.plan.duties.values()}
        people = {space: sheet.want(self._size(space), np.int32) for space in self.engine.spaces if space}
        arrays = sheet.arrays()
        self.whole |= {number: arrays[place] for number, place in places.items()}
        self.people = {space: arrays[place] for space, place in people.items()}
        for step in self.plan.duties.values():
            wanted = duties[step.norm]
            if isinstance(wanted, DutyColumns):
                self.duties[step.norm] = wanted
            else:
                parts = {name: arrays[place] for name, place in wanted.items()}
                if "needed" not in parts:
                    parts["needed"] = self.single(step.needed)
                self.duties[step.norm] = DutyColumns(**parts)
        for number in self.plan.kept:
            vertex = self.plan.vertices[number]
            if number not in self.whole and vertex.op not in GIVEN:
                self.whole[number] = np.empty(self._size(vertex.space), storage(vertex))

    def _wanted(self, step: DutyStep, sheet: Sheet) -> DutyColumns | dict[str, int]:
        """The columns of an earlier answer, or the places of new ones."""
        old = self.into.get(step.norm)
        size = self._size(step.space)
        more = size if self.full else 0
        if isinstance(old, DutyColumns) and len(old.status) == size and len(old.start) == more:
            return old
        sizes = {"status": size, "due": size, "start": more, "count": more, "met_on": more}
        sizes["promise"] = more if step.promise >= 0 else 0
        if self.plan.vertices[step.needed].op not in SAME:
            sizes["needed"] = size
        return {name: sheet.want(rows, np.int8 if name == "status" else np.int32) for name, rows in sizes.items()}

    def _output(self, norm: str, number: int) -> Array:
        each = self.engine.rulebook.norms[norm].norm.each
        vertex = self.plan.vertices[number]
        if vertex.op in SAME:
            return np.broadcast_to(self.single(number), self._size(each or ""))
        column = self.base(number) if vertex.op in GIVEN else self.whole[number]
        return column[self.people[each]] if each and not vertex.space else column

    def single(self, number: int) -> Array:
        """The one value of a vertex that is the same for all rows."""
        if number not in self._singles:
            vertex = self.plan.vertices[number]
            dtype = storage(vertex)
            value = self.on if vertex.op == "today" else vertex.params[0]
            self._singles[number] = np.array([unknown_of(dtype, vertex.type) if value is None else value], dtype)
        return self._singles[number]

    def base(self, number: int) -> Array:
        """The frame's own column of a fact, or of an attribute of the items."""
        vertex = self.plan.vertices[number]
        if vertex.op == "field":
            return self.frames.fields[vertex.params[0]]
        name, slot = vertex.params
        frame: Any = self.history.frame(vertex.space)
        if slot >= 0:
            column: Array = frame.attrs[name]
            return column
        if isinstance(frame, SpellFrame):
            return frame.start if slot == -1 else frame.end
        days: Array = frame.day
        return days
