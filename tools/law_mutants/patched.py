"""The law of a day at a place, woven for one norm and what it reads, with a few norms changed.

Says what ``rulebook.resolve`` says (a test compares them), without making the hundreds of norms nobody asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fodfaeste.rulebook import Example, Law, ir, resolve
from fodfaeste.rulebook.compiler import FALSE
from fodfaeste.rulebook.edits import edited
from fodfaeste.rulebook.norms import Edit, Norm, Regime, Version
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook
from fodfaeste.rulebook.types import range_of
from fodfaeste.rulebook.weave import govern, weave

_PREDICATES = ("condition", "right", "power", "sanction")


def targets(norm: Norm) -> set[str]:
    """The norms that a norm changes from outside: those it overrides, excepts or fills."""
    excepted = norm.excepts.norms if norm.excepts else ()
    return {*norm.overrides, *excepted, *((norm.fills,) if norm.fills else ())}


def begun(norm: Norm, day: int) -> tuple[Version, ...]:
    """The versions that count on a day, before any regime edits them."""
    if norm.governed_by is None:
        return tuple(v for v in norm.versions if v.span.covers(day))
    return tuple(v for v in norm.versions if v.span.first is None or v.span.first <= day)


@dataclass
class Patch:
    """A law with some norms changed, and what has been woven of it so far."""

    law: Law
    changed: dict[str, Norm]
    woven: dict[Any, tuple[ResolvedNorm, Any]] = field(default_factory=dict)

    @staticmethod
    def of(law: Law, changed: dict[str, Norm]) -> Patch:
        """The patch of a law; the law itself and what it remembers stay as they are."""
        return Patch(replace(law, norms={**law.norms, **changed}, cache={}), changed)


class Heard(dict[str, ResolvedNorm]):
    """The norms of a rulebook that remember which of them somebody asked for."""

    def __init__(self, norms: dict[str, ResolvedNorm]) -> None:
        super().__init__(norms)
        self.asked: set[str] = set()

    def __getitem__(self, id_: str) -> ResolvedNorm:
        self.asked.add(id_)
        return super().__getitem__(id_)


class Setting:
    """A day, a place and its regimes: what the law was there and then, changed or not."""

    def __init__(self, law: Law, bare: Law, example: Example) -> None:
        names = resolve(bare, example.on, example.place, example.regimes)
        self.day, self.place, self.regimes = names.day, names.place, names.regimes
        self.law = law
        self.norms = dict(law.norms)
        self.edits: dict[str, list[tuple[Regime, Edit]]] = {}
        for regime in (law.regimes[id_] for id_ in self.regimes):
            self.norms |= {norm.id: norm for norm in regime.added}
            for edit in regime.edits:
                if edit.op != "add":
                    self.edits.setdefault(edit.norm, []).append((regime, edit))
        self.around: dict[str, list[str]] = {}
        for id_, norm in self.norms.items():
            for target in targets(norm):
                self.around.setdefault(target, []).append(id_)
        self.same = Patch(law, {})
        self._live: dict[str, tuple[Version, ...]] = {}
        self._made: dict[str, ResolvedNorm | None] = {}

    def rulebook(self, norm: str, patch: Patch | None = None) -> Rulebook:
        """A rulebook of a norm and all it reads; with a patch, what that reaches is made anew."""
        make = self._base if patch is None else self._patched(patch)
        norms: dict[str, ResolvedNorm] = {}
        waiting = [norm]
        while waiting:
            id_ = waiting.pop()
            if id_ not in norms and (made := make(id_)) is not None:
                norms[id_] = made
                waiting += made.reads
        return Rulebook(self.law.vocabulary, self.day, self.place, self.regimes, norms)

    def has(self, norm: Norm) -> bool:
        """Whether the norm is law here, and not replaced by a regime's own."""
        return self.norms.get(norm.id) is norm

    def _base(self, id_: str) -> ResolvedNorm | None:
        if id_ not in self._made:
            self._made[id_] = self._weave(id_, self.same)
        return self._made[id_]

    def _patched(self, patch: Patch) -> Callable[[str], ResolvedNorm | None]:
        reached = set(patch.changed)
        for id_, norm in patch.changed.items():
            reached |= targets(norm) | (targets(self.norms[id_]) if id_ in self.norms else set())
        return lambda id_: self._weave(id_, patch) if id_ in reached else self._base(id_)

    def _norm(self, id_: str, patch: Patch) -> Norm | None:
        here = self.norms.get(id_)
        changed = patch.changed.get(id_)
        return changed if changed is not None and here is self.law.norms.get(id_) else here

    def _versions(self, norm: Norm, patch: Patch) -> tuple[Version, ...]:
        """The versions in force after the edits of the regimes; known ones are remembered."""
        known = norm.id not in patch.changed
        if known and norm.id in self._live:
            return self._live[norm.id]
        versions: Iterable[Version] = begun(norm, self.day)
        for regime, edit in self.edits.get(norm.id, ()):
            new = (edited(patch.law, norm, version, regime, edit) for version in versions)
            versions = tuple(version for version in new if version is not None)
        live = tuple(versions)
        if known:
            self._live[norm.id] = live
        return live

    def _weave(self, id_: str, patch: Patch) -> ResolvedNorm | None:
        norm = self._norm(id_, patch)
        if norm is None:
            return None
        versions = self._versions(norm, patch)
        if not versions:
            return _absent(norm, patch)
        near = [other for i in self.around.get(id_, ()) if (other := self._norm(i, patch)) is not None]
        near = [other for other in near if id_ in targets(other) and self._versions(other, patch)]
        key = (id_, tuple(map(id, versions)), tuple(map(id, near)))
        if key not in patch.woven:
            made = _made(norm, versions, near, patch.law)
            patch.woven[key] = (made, (versions, near))
        return patch.woven[key][0]


def _made(norm: Norm, versions: tuple[Version, ...], near: list[Norm], law: Law) -> ResolvedNorm:
    exceptions = sorted(
        (other for other in near if other.excepts and norm.id in other.excepts.norms),
        key=lambda other: (other.excepts.rank if other.excepts else 0, other.id),
    )
    overriders = [other.id for other in near if norm.id in other.overrides]
    fillers = [other.id for other in near if other.fills == norm.id]
    return replace(weave(norm, govern(norm, versions), exceptions, overriders, fillers, law), versions=versions)


def _absent(norm: Norm, patch: Patch) -> ResolvedNorm:
    """As resolve has it: a predicate that is not in force is false, a value unknown."""
    enum = patch.law.vocabulary.enums.get(norm.type)
    bounds = range_of(norm.type or "int", len(enum.values) if enum else 0)
    value: ir.Node = FALSE if norm.kind in _PREDICATES else ir.Const(norm.type, *bounds, "", None)
    return ResolvedNorm(
        norm, norm.versions[-1], (), FALSE, value, None, None, None, FALSE, FALSE, absent=True, digest="absent"
    )
