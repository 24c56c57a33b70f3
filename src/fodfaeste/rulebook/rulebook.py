"""The rulebook: the law as it stood on a day at a place under given regimes, frozen and hashed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.norms import Must, Norm, Version


@dataclass(frozen=True)
class ResolvedNorm:
    """One norm as it applies: the version in force, with exceptions, overrides, fills and edits folded in.

    ``value`` is what other norms read (definitions, rates, predicates). ``waived`` is true where an
    exception sets the norm aside. ``absent`` marks a norm that is only read, but not in force.
    """

    norm: Norm
    version: Version
    versions: tuple[Version, ...]  # more than one when another day than today governs
    applies: ir.Node
    value: ir.Node | None
    requires: ir.Node | None
    must: Must | None
    promise: ir.Node | None
    waived: ir.Node
    lapses_when: ir.Node
    promise_from: ir.Node | None = None  # None: promised days count from the start of the duty
    exceptions: tuple[str, ...] = ()
    edits: tuple[tuple[str, str], ...] = ()  # (regime id, op)
    absent: bool = False
    digest: str = ""

    @cached_property
    def expressions(self) -> tuple[ir.Node, ...]:
        """Every expression that decides the norm."""
        must = (self.must.start, self.must.last, self.must.count_from, self.must.needed) if self.must else ()
        nodes = (self.applies, self.value, self.requires, self.waived, self.lapses_when)
        promised = (self.promise, self.promise_from)
        return tuple(node for node in (*nodes, *promised, *must) if node is not None)

    @cached_property
    def reads(self) -> set[str]:
        """Ids of the norms it reads."""
        found = {id_ for node in self.expressions for id_ in ir.references(node)}
        return found | ({self.norm.of} if self.norm.of else set())

    @property
    def id(self) -> str:
        """The norm's id."""
        return self.norm.id

    @property
    def ref(self) -> str:
        """The section of the version in force."""
        return self.version.ref

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Doubts the wording itself rests on."""
        return tuple(dict.fromkeys(a for version in self.versions for a in version.assumptions))


@dataclass(frozen=True)
class Rulebook:
    """Norms in the order they can be evaluated. Two rulebooks with equal ``digest`` answer alike."""

    vocabulary: Vocabulary
    day: int
    place: str | None
    regimes: tuple[str, ...]
    norms: dict[str, ResolvedNorm]
    cache: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def digest(self) -> str:
        """Hash of everything that decides an answer."""
        parts = [self.vocabulary.digest, *(f"{id_}={norm.digest}" for id_, norm in self.norms.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def __getitem__(self, id_: str) -> ResolvedNorm:
        return self.norms[id_]
