"""Columns: every norm for a whole nation, block by block on several threads."""

from __future__ import annotations

import os

from fodfaeste.facts.frames import Frames, complete_fields
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.reasoning.columns.answer import Answer
from fodfaeste.reasoning.columns.graph import Vertex
from fodfaeste.reasoning.columns.kernels import Kernel, kernels_of, nullable
from fodfaeste.reasoning.columns.outcome import Columns
from fodfaeste.reasoning.columns.plan import TRIVIAL, make_plan
from fodfaeste.reasoning.columns.slots import assign_slots, judging_stages
from fodfaeste.rulebook.rulebook import Rulebook

FEW = 5_000
"""Up to this many persons the kernels run uncompiled: that is sooner done than compiling."""


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
                roots = [v.number for v in here if v.number in self.plan.columns and v.op not in (*TRIVIAL, "agg")]
                self.kernels[space, stage] = kernels_of(self.plan, roots, can, compiled)
                self.aggregates[space, stage] = [v.number for v in here if v.op == "agg"]
        self.judged = judging_stages(self.plan)
        self.released: set[int] = set()
        self.slots = {space: assign_slots(self, space) for space in self.spaces}
        self.blocks: dict[str, int] = dict.fromkeys(self.spaces, 0)  # rows of a block; 0: as many as fit the cache

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
    (the first time takes half a minute for a whole law; the result is kept on disk). Values are encoded as in Frames;
    statuses are Status numbers. Raises ValueError when the frames are of another day than the rulebook.
    """
    if frames.on != rulebook.day:
        raise ValueError("the frames are of another day than the rulebook; make both for the day asked about")
    wanted = norms if norms is not None else [n.id for n in rulebook.norms.values() if not n.absent]
    fast = frames.n > FEW if compiled is None else compiled
    engine = engine_of(rulebook, wanted, full_fields(frames, rulebook.vocabulary), fast)
    return Answer(engine, frames, detail == "full", threads or os.cpu_count() or 1, into).columns()


def full_fields(frames: Frames, vocabulary: Vocabulary) -> frozenset[str]:
    """Fact columns in which nothing is unknown; found once for frames that do not say."""
    if frames.complete is None:
        frames.complete = complete_fields(frames.fields, vocabulary)
    return frames.complete


def engine_of(rulebook: Rulebook, norms: list[str], full: frozenset[str], compiled: bool = True) -> Engine:
    """The engine, made once per rulebook, norms and full facts."""
    key = f"engine:{hash((tuple(norms), full, compiled))}"
    found = rulebook.cache.get(key)
    if not isinstance(found, Engine):
        found = Engine(rulebook, norms, full, compiled)
        rulebook.cache[key] = found
    return found
