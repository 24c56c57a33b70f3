"""The words of the law: enums, fields, and kinds of events and spells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from fodfaeste.facts.scalars import UnfitValueError, suggest

Labels = Mapping[str, str]
"""Text by language: ``da`` and ``en``."""


@dataclass(frozen=True)
class EnumType:
    """A closed list of values. ``labels`` holds each value's text by language."""

    name: str
    values: tuple[str, ...]
    labels: Mapping[str, Labels]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Encoded number of each value: its position in the file."""
        return {value: position for position, value in enumerate(self.values)}

    def index_of(self, value: object) -> int:
        """Encoded number of one value; UnfitValueError with the nearest value when there is no such value."""
        position = self.positions.get(value) if isinstance(value, str) else None
        if position is None:
            raise UnfitValueError(f"'{value}' is not a value of {self.name}", suggest(value, self.values))
        return position


@dataclass(frozen=True)
class Field:
    """A fact about a person. ``lo`` and ``hi`` are encoded; ``index`` is the place in a view's ``fields``."""

    name: str
    type: str
    kind: str
    index: int
    lo: int
    hi: int
    label: Labels
    ask: Labels
    sensitivity: str
    source_file: str


@dataclass(frozen=True)
class EventKind:
    """Something that happens on a day. ``attrs``: the type of each attribute, in the order of the file."""

    name: str
    label: Labels
    attrs: Mapping[str, str]

    @cached_property
    def slots(self) -> dict[str, int]:
        """Place of each attribute in an encoded event."""
        return {name: slot for slot, name in enumerate(self.attrs)}


@dataclass(frozen=True)
class SpellKind:
    """Something that lasts from a day to a day, both included; ``attrs`` as for events."""

    name: str
    label: Labels
    attrs: Mapping[str, str]

    @cached_property
    def slots(self) -> dict[str, int]:
        """Place of each attribute in an encoded spell."""
        return {name: slot for slot, name in enumerate(self.attrs)}


@dataclass(frozen=True)
class Vocabulary:
    """Everything that can be known. Mappings are sorted by name, so that the order of files has no effect.

    ``attributes`` holds the labels of attributes, which go by one name in every kind of event and spell.
    """

    acts: Mapping[str, Mapping[str, str]]
    actors: Mapping[str, Labels]
    enums: Mapping[str, EnumType]
    fields: Mapping[str, Field]
    events: Mapping[str, EventKind]
    spells: Mapping[str, SpellKind]
    attributes: Mapping[str, Labels] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the content, whatever file it stands in and however it is laid out."""
        content = {
            "acts": self.acts,
            "actors": self.actors,
            "enums": {n: [[v, e.labels[v]] for v in e.values] for n, e in self.enums.items()},
            "fields": {n: [f.type, f.kind, f.lo, f.hi, f.label, f.ask, f.sensitivity] for n, f in self.fields.items()},
            "events": {n: [k.label, list(k.attrs.items())] for n, k in self.events.items()},
            "spells": {n: [k.label, list(k.attrs.items())] for n, k in self.spells.items()},
            "attributes": self.attributes,
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """Names of the fields by index."""
        return tuple(self.fields)

    def kind(self, name: str) -> EventKind | SpellKind:
        """The kind of event or spell of that name; UnfitValueError names the nearest if there is none."""
        found = self.events.get(name) or self.spells.get(name)
        if found is None:
            raise UnfitValueError(
                f"'{name}' is not a kind of event or spell", suggest(name, (*self.events, *self.spells))
            )
        return found
