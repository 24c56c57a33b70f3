"""The typed tree every expression becomes: one small set of nodes that all evaluators implement.

Values are integers throughout: dates are whole days since 1970-01-01, money whole øre, hours and
per cent hundredths, enum values their position, truth 0/1/2 (false, unknown, true).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Node:
    """A typed expression. ``text`` is the source it came from, shown in explanations."""

    type: str
    lo: int
    hi: int
    text: str


@dataclass(frozen=True, slots=True)
class Const(Node):
    """A literal; ``value`` None is the literal unknown (an unfilled blank)."""

    value: int | None


@dataclass(frozen=True, slots=True)
class FieldRef(Node):
    """A fact about the person, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class NormRef(Node):
    """The value of another norm (definition, rate or predicate), by norm id."""

    norm: str


@dataclass(frozen=True, slots=True)
class AppliesRef(Node):
    """Whether another norm applies, by norm id (used by ``overrides``)."""

    norm: str


@dataclass(frozen=True, slots=True)
class This(Node):
    """An attribute of the spell or event an ``each`` norm is judged for."""

    attr: str
    slot: int  # position among the kind's attributes; -1 date/start, -2 end


@dataclass(frozen=True, slots=True)
class Today(Node):
    """The day the question is asked about."""


@dataclass(frozen=True, slots=True)
class Arith(Node):
    """op: + - * // on numbers; ``add_days`` and ``add_months`` on dates (``last_day`` states the rounding)."""

    op: str
    left: Node
    right: Node
    last_day: bool = True


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """op: == != < <= > >= ."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Bool(Node):
    """op: and | or, by Kleene's three-valued tables."""

    op: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Kleene negation."""

    arg: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """``then`` if ``test`` else ``other``; an unknown test is unknown unless both sides are the same known value."""

    test: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """Whether ``arg`` is one of the listed encoded values."""

    arg: Node
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A pure function of its arguments (see calls.FUNCTIONS)."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Table(Node):
    """A table of constants looked up by enum, bool or small-int arguments; None cells are unknown."""

    args: tuple[Node, ...]
    origins: tuple[int, ...]
    shape: tuple[int, ...]
    cells: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Keep the items whose attribute number ``slot`` is (``keep``) or is not one of ``values``."""

    slot: int
    values: tuple[int, ...]
    keep: bool


@dataclass(frozen=True, slots=True)
class Agg(Node):
    """A question to the person's history: events or spells of one kind.

    ``name`` is one of calls.AGGREGATES; ``args`` are the date and amount arguments in the order the
    table there gives; ``slot`` the attribute asked for; ``default`` the answer of first/last when there is none.
    """

    name: str
    kind: str
    spell: bool
    args: tuple[Node, ...]
    filters: tuple[Filter, ...] = ()
    slot: int = -1
    default: Node | None = None
    last_day: bool = True


_PARTS: dict[type[Node], Callable[[Any], tuple[Node, ...]]] = {
    Arith: attrgetter("left", "right"),
    Compare: attrgetter("left", "right"),
    Bool: attrgetter("args"),
    Call: attrgetter("args"),
    Table: attrgetter("args"),
    Not: lambda node: (node.arg,),
    In: lambda node: (node.arg,),
    If: attrgetter("test", "then", "other"),
    Agg: lambda node: node.args if node.default is None else (*node.args, node.default),
}


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, in reading order."""
    parts = _PARTS.get(type(node))
    return parts(node) if parts is not None else ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, each before its parts, in reading order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


def references(node: Node) -> set[str]:
    """Ids of the norms an expression reads."""
    return {n.norm for n in walk(node) if isinstance(n, NormRef | AppliesRef)}
