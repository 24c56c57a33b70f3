"""The three evaluators side by side, brought to one form: a raw outcome per person, or per item of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fodfaeste.facts import Frames, View, frames_from_views, unknown_of
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning import Judge, Reference, judge_of
from fodfaeste.reasoning.columns import Columns, DutyColumns, columns
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import ResolvedNorm, Rulebook
from tests.agreement.chance import reading
from tests.agreement.coverage import Coverage

SHOWN = 3
"""Disagreements described in full."""


@dataclass(frozen=True)
class Difference:
    """One answer on which two evaluators differ."""

    norm: str
    evaluator: str
    person: int
    reference: Any
    other: Any


def by_reference(rulebook: Rulebook, norms: Sequence[str], views: Sequence[View]) -> list[list[Any]]:
    """Per norm, then per person: what the reference says."""
    found: list[list[Any]] = [[] for _ in norms]
    for view in views:
        reference = Reference(rulebook, view)
        for answers, norm in zip(found, norms, strict=True):
            answers.append(reference.norm(rulebook.norms[norm]))
    return found


def by_judge(rulebook: Rulebook, norms: Sequence[str], views: Sequence[View]) -> list[list[Any]]:
    """Per norm, then per person: what the generated Python says."""
    judge: Judge = judge_of(rulebook)
    place = {id_: i for i, id_ in enumerate(rulebook.norms)}
    rows = [judge.all(view) for view in views]
    return [[row[place[norm]] for row in rows] for norm in norms]


def by_columns(rulebook: Rulebook, found: Columns, norm: str) -> list[Raw]:
    """What the columns say of a norm, row by row."""
    return raws(rulebook.norms[norm], found[norm], found.n if rulebook.norms[norm].norm.each is None else None)


def raws(norm: ResolvedNorm, column: Any, size: int | None = None) -> list[Raw]:
    """A column as raw outcomes."""
    if isinstance(column, DutyColumns):
        return _duties(norm, column)
    assert size is None or len(column) == size
    if norm.requires is not None or norm.norm.kind == "duty":
        return [(status, *[NONE] * 6) for status in column.tolist()]
    type_ = norm.norm.type or "bool"
    hole = unknown_of(column.dtype, type_)
    if type_ == "bool":
        return [(value,) for value in column.tolist()]
    return [(None if value == hole else value,) for value in column.tolist()]


def _duties(norm: ResolvedNorm, duty: DutyColumns) -> list[Raw]:
    size = len(duty.status)
    needed = duty.needed.tolist() * (size if len(duty.needed) == 1 else 1)
    promise = duty.promise.tolist() if len(duty.promise) else [NONE if norm.promise else FAR] * size
    rows = zip(
        duty.status.tolist(), duty.start.tolist(), duty.due.tolist(), duty.count.tolist(), needed, duty.met_on.tolist(),
        promise, strict=True,
    )  # fmt: skip
    # Where the duty is not owed, there is no count; the number needed is then of no one.
    return [row if row[3] != NONE else (*row[:4], NONE, row[5], NONE) for row in rows]


def compare(
    rulebook: Rulebook, norms: list[str], views: list[View], frames: Frames | None = None, compiled: bool = False,
    threads: int = 1, coverage: Coverage | None = None,
) -> tuple[int, list[Difference]]:  # fmt: skip
    """How many answers were compared, and those that differ."""
    frames = frames or frames_from_views(views, rulebook.vocabulary, rulebook.day)
    found = columns(rulebook, frames, norms, detail="full", threads=threads, compiled=compiled)
    expected, generated = by_reference(rulebook, norms, views), by_judge(rulebook, norms, views)
    if coverage is not None:
        coverage.add(rulebook, norms, expected)
    compared, differences = 0, []
    for norm, right, fast in zip(norms, expected, generated, strict=True):
        flat = [(i, raw) for i, one in enumerate(right) for raw in (one if isinstance(one, list) else [one])]
        wide = by_columns(rulebook, found, norm)
        compared += len(flat)
        if right != fast:
            differences += [
                Difference(norm, "generated", i, a, b)
                for i, (a, b) in enumerate(zip(right, fast, strict=True))
                if a != b
            ]
        if [raw for _, raw in flat] != wide:
            pairs = zip(flat, wide, strict=True) if len(flat) == len(wide) else []
            differences += [Difference(norm, "columns", i, a, b) for (i, a), b in pairs if a != b]
            if len(flat) != len(wide):
                differences.append(Difference(norm, "columns", -1, len(flat), len(wide)))
    return compared, differences


def described(rulebook: Rulebook, views: Sequence[View], differences: Sequence[Difference]) -> str:
    """The first differences with the facts behind them; '' when there are none."""
    lines = [f"{len(differences)} differences"] if differences else []
    for one in differences[:SHOWN]:
        lines.append(f"{from_day(rulebook.day)} {rulebook.regimes} {one.norm}, person {one.person}:")
        lines.append(f"  reference {one.reference}")
        lines.append(f"  {one.evaluator} {one.other}")
        lines += [f"    {line}" for line in facts_of(rulebook, views[one.person], one.norm)] if one.person >= 0 else []
    return "\n".join(lines)


def facts_of(rulebook: Rulebook, view: View, norm: str) -> list[str]:
    """What is known of a person that the norm reads."""
    seen = reading(rulebook, norm)
    lines = [f"{name} = {view.fields[rulebook.vocabulary.fields[name].index]}" for name in sorted(seen.fields)]
    for kind in sorted(seen.kinds):
        rows = view.spells[kind] if kind in view.spells else view.events[kind]
        lines += [f"{kind} {'(unobserved) ' if kind in view.unobserved else ''}{rows}"]
    return lines
