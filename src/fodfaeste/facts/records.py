"""The lines of a case: facts, events and spells, with when each was true and when it was recorded.

Days are whole days since 1970-01-01. ``recorded`` None means that it was always known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fodfaeste.facts.scalars import Value


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of a field from ``start`` to ``end``, both included. None: value unknown, end open."""

    field: str
    value: Value | None
    start: int | None = None
    end: int | None = None
    recorded: int | None = None
    source: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on ``date``. An attribute that is not in ``attrs`` is unknown.

    ``corrects`` names the line this one stands in place of; with ``void`` nothing stands there any more.
    """

    kind: str
    date: int
    attrs: Mapping[str, Value] = field(default_factory=dict)
    id: str | None = None
    recorded: int | None = None
    void: bool = False
    corrects: str | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that lasted from ``start`` to ``end``, both included; ``end`` None while it is open."""

    kind: str
    start: int
    end: int | None = None
    attrs: Mapping[str, Value] = field(default_factory=dict)
    id: str | None = None
    recorded: int | None = None
    void: bool = False
    corrects: str | None = None
