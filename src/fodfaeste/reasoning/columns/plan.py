"""The plan of a rulebook: which column is made when, and by what."""

from __future__ import annotations

from dataclasses import dataclass, field

from fodfaeste.reasoning.bounds import LEAST, MOST
from fodfaeste.reasoning.columns.graph import Graph, Vertex
from fodfaeste.reasoning.columns.same import settle
from fodfaeste.reasoning.history import MANY
from fodfaeste.rulebook.compiler import FALSE
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

GIVEN = ("field", "this")
"""Operations that read a column of the frames."""

SAME = ("const", "today", "same")
"""Operations with one value for all rows; ``same`` was reckoned once from the others (see ``same``)."""

TRIVIAL = (*GIVEN, *SAME)
"""Operations that are read, not reckoned."""

FORMS = {"count": 0, "every": 1, "not_before": 2}
"""The form of a demand as library.duty knows it."""


_FEW = 120
"""So far a count is kept in eight bits."""


@dataclass(slots=True)
class DutyStep:
    """A duty to judge: vertex numbers of what decides it; -1 where a constant stands."""

    norm: str
    must: Must
    space: str
    applies: int
    waived: int
    start: int
    last: int
    since: int
    needed: int
    lapses: int
    promise: int
    promise_from: int  # -1 where a promise counts from the start, or no pause can move it

    def inputs(self) -> list[int]:
        """The vertices it reads."""
        numbers = (
            self.applies,
            self.waived,
            self.start,
            self.last,
            self.since,
            self.needed,
            self.lapses,
            self.promise,
            self.promise_from,
        )
        return [n for n in numbers if n >= 0]


@dataclass(slots=True)
class Plan:
    """Vertices in stages; outputs per norm: a vertex number, or a duty step."""

    graph: Graph
    outputs: dict[str, int] = field(default_factory=dict)
    duties: dict[str, DutyStep] = field(default_factory=dict)
    stages: int = 0
    columns: set[int] = field(default_factory=set)  # vertices that get a column of their own
    kept: set[int] = field(default_factory=set)  # person columns that items read, kept whole

    @property
    def vertices(self) -> list[Vertex]:
        """The vertices by number."""
        return self.graph.vertices


def make_plan(rulebook: Rulebook, norms: list[str]) -> Plan:
    """The plan that answers the norms named."""
    plan = Plan(Graph(rulebook))
    for id_ in norms:
        _output(plan, rulebook.norms[id_])
    settle(plan.vertices, rulebook.day)
    _count_no_further(plan)
    _choose_columns(plan)
    _stage(plan)
    return plan


def _output(plan: Plan, norm: ResolvedNorm) -> None:
    graph, each = plan.graph, norm.norm.each or ""
    applies = graph.add(norm.applies, each)
    if norm.must is not None:
        plan.duties[norm.id] = _duty(plan, norm, norm.must, applies, each)
        return
    waived = graph.add(norm.waived, each)
    if norm.requires is not None:
        args = (applies, waived, graph.add(norm.requires, each))
        plan.outputs[norm.id] = graph.vertex("demand", args, (), "bool", 0, 11, each)
    elif norm.norm.kind == "duty":
        plan.outputs[norm.id] = graph.vertex("standing", (applies, waived), (), "bool", 0, 11, each)
    elif norm.norm.kind == "quota":
        plan.outputs[norm.id] = applies
    else:
        assert norm.value is not None
        plan.outputs[norm.id] = graph.add(norm.value, each)


def _duty(plan: Plan, norm: ResolvedNorm, must: Must, applies: int, each: str) -> DutyStep:
    add = plan.graph.add
    return DutyStep(
        norm.id, must, each, applies,
        -1 if norm.waived is FALSE else add(norm.waived, each),
        add(must.start, each),
        -1 if must.last is None else add(must.last, each),
        add(must.count_from, each),
        add(must.needed, each),
        -1 if norm.lapses_when is FALSE else add(norm.lapses_when, each),
        -1 if norm.promise is None else add(norm.promise, each),
        -1 if norm.promise_from is None or not must.pauses else add(norm.promise_from, each),
    )  # fmt: skip


def _count_no_further(plan: Plan) -> None:
    """Counts that are only compared with small constants are counted to one above the greatest, in eight bits.

    Most are asked only whether there is any: then the first event found answers, and flags are what is kept.
    """
    vertices = plan.vertices
    pairs: dict[tuple[object, ...], list[Vertex]] = {}
    for vertex in vertices:
        if vertex.op == "agg" and vertex.params[0] in (LEAST, MOST):
            pairs.setdefault((vertex.args, vertex.params[1:]), []).append(vertex)
    counts = {vertex.number for pair in pairs.values() for vertex in pair}
    greatest = dict.fromkeys(counts, 0)
    for vertex in vertices:
        for arg in counts.intersection(vertex.args):
            others = [vertices[a] for a in vertex.args if a != arg]
            plain = vertex.op == "compare" and len(others) == 1 and others[0].op in SAME
            value = others[0].params[0] if plain and others[0].op != "today" else None
            greatest[arg] = max(greatest[arg], MANY if value is None else value)
    for number in {*plan.outputs.values(), *(n for step in plan.duties.values() for n in step.inputs())} & counts:
        greatest[number] = MANY
    for pair in pairs.values():
        most = max(greatest[vertex.number] for vertex in pair) + 1
        for vertex in pair:
            vertex.notes["most"] = most if most <= _FEW else MANY
            vertex.hi = min(vertex.hi, vertex.notes["most"])


def _choose_columns(plan: Plan) -> None:
    """Library arguments, outputs, and what many norms read get columns; the rest is reckoned where it is used."""
    vertices = plan.vertices
    for vertex in vertices:
        if vertex.op == "agg":
            plan.columns |= {vertex.number, *vertex.args}
            for arg in vertex.args:
                vertices[arg].notes["wide"] = True
        elif vertex.readers >= 2 and vertex.op not in TRIVIAL and _weight(vertices, vertex, 0) > 4:
            plan.columns.add(vertex.number)
            vertex.barrier = True
    for step in plan.duties.values():
        plan.columns |= set(step.inputs())
        for number in (step.start, step.last, step.since, step.needed, step.promise, step.promise_from):
            if number >= 0:
                vertices[number].notes["wide"] = True
    plan.columns |= set(plan.outputs.values())
    for number in plan.outputs.values():  # answered in the same dtype, whoever else asks for it
        vertices[number].notes.pop("wide", None)
    _choose_kept(plan)
    plan.columns |= plan.kept


def _choose_kept(plan: Plan) -> None:
    """What items read of their person is kept whole, and so is what an ``each`` norm says of the person alone."""
    vertices = plan.vertices
    for vertex in vertices:
        if vertex.space:
            plan.kept |= {a for a in vertex.args if not vertices[a].space and vertices[a].op not in SAME}
    for step in plan.duties.values():
        if step.space:
            plan.kept |= {n for n in step.inputs() if not vertices[n].space and vertices[n].op not in SAME}
    for norm, number in plan.outputs.items():
        if plan.graph.rulebook.norms[norm].norm.each and not vertices[number].space:
            plan.kept.add(number)


def _weight(vertices: list[Vertex], vertex: Vertex, depth: int) -> int:
    """Rough size of the work to make a value again."""
    if depth > 6 or vertex.op in TRIVIAL or vertex.op == "agg":
        return 1
    return 1 + sum(_weight(vertices, vertices[a], depth + 1) for a in vertex.args)


def _stage(plan: Plan) -> None:
    """A vertex's stage: not before everything it reads is there, and not long before it is read itself.

    Arguments come before their readers in number. What is made late is kept for a short time.
    """
    vertices = plan.vertices
    for vertex in vertices:
        ready = [vertices[a] for a in vertex.args]
        vertex.stage = max((a.stage + 1 if a.barrier else a.stage for a in ready), default=0)
    plan.stages = max((v.stage for v in vertices), default=0) + 2
    wanted: dict[int, int] = {}
    for step in plan.duties.values():
        numbers = step.inputs()
        last = max(vertices[n].stage for n in numbers)
        for number in numbers:
            wanted[number] = min(wanted.get(number, last), last)
    for vertex in reversed(vertices):
        if vertex.number in wanted:
            vertex.stage = max(vertex.stage, wanted[vertex.number])
        for arg in vertex.args:
            by = vertex.stage - 1 if vertices[arg].barrier else vertex.stage
            wanted[arg] = min(wanted.get(arg, by), by)
