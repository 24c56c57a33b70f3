"""A few norms changed, and the small part of the law that an example reads: resolved anew for every mutant.

``rulebook.resolve`` does the work. It is fast here because it gets only the norms the example can reach, and finds
what did not change in the law's own cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from fodfaeste.facts.view import View
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Example, Law, resolve
from fodfaeste.rulebook.graph import norm_references
from fodfaeste.rulebook.norms import Norm, Regime, Version
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook


def targets(norm: Norm) -> set[str]:
    """The norms that a norm changes from outside: those it overrides, excepts or fills."""
    excepted = norm.excepts.norms if norm.excepts else ()
    return {*norm.overrides, *excepted, *((norm.fills,) if norm.fills else ())}


def begun(norm: Norm, day: int) -> tuple[Version, ...]:
    """The versions that count on a day, before any regime edits them."""
    if norm.governed_by is None:
        return tuple(v for v in norm.versions if v.span.covers(day))
    return tuple(v for v in norm.versions if v.span.first is None or v.span.first <= day)


class Heard(dict[str, ResolvedNorm]):
    """The norms of a rulebook that remember which of them somebody asked for."""

    def __init__(self, norms: dict[str, ResolvedNorm]) -> None:
        super().__init__(norms)
        self.asked: set[str] = set()

    def __getitem__(self, id_: str) -> ResolvedNorm:
        self.asked.add(id_)
        return super().__getitem__(id_)


@dataclass(frozen=True, eq=False)
class Question:
    """An example with its case as a view, and the norms that can have a part in its answers."""

    example: Example
    view: View
    reach: tuple[str, ...]
    replaced: frozenset[str]  # norms that a regime of the example has put its own in the place of
    regimes: dict[str, Regime]  # every regime, with its edits of those norms only

    def rulebook(self, law: Law, changed: dict[str, Norm]) -> Rulebook:
        """What the law with the changes is for this example."""
        norms = {id_: changed.get(id_) or law.norms[id_] for id_ in self.reach}
        example = self.example
        part = replace(law, norms=norms, regimes=self.regimes)
        return resolve(part, example.on, example.place, example.regimes)


def edits_of(regimes: dict[str, Regime], norms: tuple[str, ...]) -> dict[str, Regime]:
    """The regimes as they concern some norms."""
    found = {}
    for id_, regime in regimes.items():
        edits = tuple(edit for edit in regime.edits if edit.op == "add" or edit.norm in norms)
        found[id_] = regime if edits == regime.edits else replace(regime, edits=edits)
    return found


def reach(rulebook: Rulebook, law: Law, references: dict[str, set[str]], norms: list[str]) -> tuple[str, ...]:
    """The norms of the law that can have a part in the answers of some norms, in the law's order.

    ``references`` are those of every version; the rulebook adds what its regimes bring.
    """
    found: set[str] = set()
    waiting = list(norms)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            here = rulebook.norms.get(id_)
            waiting += references.get(id_, set()) | (here.reads if here is not None else set())
    return tuple(id_ for id_ in law.norms if id_ in found)


@dataclass
class Patch:
    """A law with some norms changed, and the evaluators of the examples asked so far."""

    law: Law
    changed: dict[str, Norm]
    references: dict[str, Reference] = field(default_factory=dict)

    @property
    def whole(self) -> Law:
        """The whole law with the changes."""
        return replace(self.law, norms={**self.law.norms, **self.changed})

    def reference(self, question: Question) -> Reference:
        """The evaluator of an example, under the law with the changes."""
        id_ = question.example.id
        if id_ not in self.references:
            self.references[id_] = Reference(question.rulebook(self.law, self.changed), question.view)
        return self.references[id_]


def part_of(law: Law) -> Callable[[set[str], dict[str, Norm], int], Rulebook]:
    """A function: (norms, changed norms, day) → the rulebook of what those norms can reach, without regimes."""
    references = {id_: norm_references(norm, law) for id_, norm in law.norms.items()}
    nothing = Rulebook(law.vocabulary, 0, None, (), {})

    def part(norms: set[str], changed: dict[str, Norm], day: int) -> Rulebook:
        reached = reach(nothing, law, references, sorted(norms))
        kept = {id_: changed.get(id_) or law.norms[id_] for id_ in reached}
        return resolve(replace(law, norms=kept, regimes={}), day)

    return part
