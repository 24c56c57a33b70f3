"""Norms as data: what a section file holds once it is read and typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.rulebook import ir

KINDS = ("definition", "rate", "condition", "duty", "right", "power", "sanction", "quota")
"""What a norm can be."""

PREDICATES = ("right", "power", "sanction")
"""Kinds whose value is whether they apply."""

NATURES = ("help", "control", "process")
"""What a norm is for."""

CONFIDENCES = ("high", "medium", "low")
"""How sure the encoding of a version is."""

EXAMPLE_SOURCES = (
    "statute", "order", "guidance", "ministry", "appeal", "court", "calculator", "interpretation", "invented",
)  # fmt: skip
"""Who says that an example comes out so."""


@dataclass(frozen=True)
class Span:
    """Days of validity, both included; None is open."""

    first: int | None
    last: int | None

    def covers(self, day: int) -> bool:
        """Whether a day lies inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Must:
    """What a duty demands, typed: events of one kind between a start and a last day.

    ``form``: ``count`` (``needed`` times by ``last``), ``every`` (again and again: ``last`` is computed from the
    latest event), ``not_before`` (forbidden before ``last``). ``last`` None = the law gives no last day.
    """

    form: str
    kind: str
    spell: bool
    filters: tuple[ir.Filter, ...]
    needed: ir.Node
    start: ir.Node
    last: ir.Node | None
    count_from: ir.Node
    pauses: tuple[str, ...]


@dataclass(frozen=True)
class Version:
    """One wording in time, typed. Expressions that a kind does not have are None."""

    span: Span
    ref: str
    raw: dict[str, Any]
    applies: ir.Node
    value: ir.Node | None = None
    requires: ir.Node | None = None
    must: Must | None = None
    promise: ir.Node | None = None
    promise_from: ir.Node | None = None  # where its days are counted from; None: from where the duty starts
    lapses_when: ir.Node | None = None
    share: int | None = None  # hundredths of a per cent, for a quota
    judged: str | None = None
    sources: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    confidence: str = "high"
    not_modelled: str | None = None


@dataclass(frozen=True)
class Exceptance:
    """How a norm takes exception to others: ``effect`` is waive, restore or an expression."""

    norms: tuple[str, ...]
    rank: int
    effect: str


@dataclass(frozen=True)
class Norm:
    """A legal norm with all its versions in time."""

    id: str
    kind: str
    name: str | None
    type: str  # of its value; '' for duties and quotas
    act: str
    section: str
    file: str
    label: dict[str, str]
    owed_by: str | None
    owed_to: str | None
    nature: str | None
    each: str | None
    governed_by: ir.Node | None
    overrides: tuple[str, ...]
    excepts: Exceptance | None
    fills: str | None
    of: str | None  # the duty a quota counts
    versions: tuple[Version, ...]
    last_day: bool | None
    no_example: str | None = None


@dataclass(frozen=True)
class Example:
    """A worked case with its outcome and the kind of source that states it."""

    id: str
    file: str
    source_type: str
    kind: str
    says: str
    sources: tuple[str, ...]
    on: int
    place: str | None
    regimes: tuple[str, ...] | None
    case: dict[str, Any]
    expect: dict[str, Any]


@dataclass(frozen=True)
class Section:
    """The header of a section file, for coverage and the page about the section."""

    act: str
    section: str
    file: str
    title: dict[str, str]
    verified_until: int | None
    not_modelled: tuple[dict[str, str], ...]
    norms: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """One edit of a regime: ``op`` and what it is done to."""

    op: str
    norm: str
    raw: dict[str, Any]


@dataclass(frozen=True)
class Regime:
    """Who is set free from what, where, until when and why: a list of edits to named norms."""

    id: str
    kind: str
    status: str
    title: dict[str, str]
    window: Span
    who: tuple[str, ...] | None  # municipality slugs; None = all
    edits: tuple[Edit, ...]
    added: tuple[Norm, ...]
    raw: dict[str, Any]
    file: str
    assembler: Any = field(repr=False, compare=False)

    @property
    def was_law(self) -> bool:
        """Whether it bound anyone while it ran (and is therefore used without being asked for)."""
        return self.status in ("in-force", "expired", "superseded") and self.kind not in (
            "proposal",
            "reform",
        )


@dataclass(frozen=True)
class Law:
    """Everything in a law folder and its regimes, loaded, typed and checked."""

    vocabulary: Vocabulary
    norms: dict[str, Norm]
    names: dict[str, str]
    sections: tuple[Section, ...]
    sources: dict[str, dict[str, str]]
    doubts: dict[str, dict[str, Any]]
    protected: tuple[dict[str, Any], ...]
    examples: tuple[Example, ...]
    municipalities: dict[str, dict[str, Any]]
    begins: int | None = None  # the first day the files mean to cover; None: they do not say
    regimes: dict[str, Regime] = field(default_factory=dict)
    file_digest: str = ""
    assembler: Any = field(default=None, repr=False, compare=False)
    cache: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
