"""Why something is asked: for every field, event, spell and attribute, the norms that read it and their sections.

Computed from the vocabulary and the norms; nothing of it is written by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fodfaeste.facts import Vocabulary
from fodfaeste.rulebook import Law, Norm, Version, ir
from fodfaeste.rulebook.graph import version_nodes

Key = tuple[str, ...]
"""``("field", name)``, ``("event", kind)``, ``("spell", kind)`` or ``("attribute", kind, name)``."""

DAY_SLOTS = {-1: "start", -2: "end"}


@dataclass(frozen=True)
class Reader:
    """A norm that reads something, and the section of its wording."""

    norm: str
    ref: str


@dataclass
class Need:
    """Who reads one thing. ``now``: by wordings of the day; ``otherwise``: only by earlier or later ones.

    ``regimes`` are trials and proposals whose edits name it.
    """

    key: Key
    now: list[Reader] = field(default_factory=list)
    otherwise: list[Reader] = field(default_factory=list)
    regimes: list[str] = field(default_factory=list)

    @property
    def sections(self) -> list[str]:
        """The sections that need it on the day, in order, each once."""
        return list(dict.fromkeys(reader.ref for reader in self.now))


def needs_of(law: Law, day: int) -> dict[Key, Need]:
    """Everything the vocabulary knows, with who reads it on a day; kept with the law."""
    kept = law.cache.get(("needs", day))
    if isinstance(kept, dict):
        return kept
    found = {key: Need(key) for key in _keys(law.vocabulary)}
    for norm in _norms(law):
        readings = [(version, _read(norm, version, law.vocabulary)) for version in norm.versions]
        for version, keys in readings:
            live = version.span.covers(day)
            for key in keys & found.keys():
                where = found[key].now if live else found[key].otherwise
                where.append(Reader(norm.id, version.ref))
    for need in found.values():
        spoken = {reader.norm for reader in need.now}
        need.otherwise = [reader for reader in need.otherwise if reader.norm not in spoken]
    _of_regimes(law, found)
    law.cache[("needs", day)] = found
    return found


def _keys(vocabulary: Vocabulary) -> Iterator[Key]:
    yield from (("field", name) for name in vocabulary.fields)
    for what, kinds in (("event", vocabulary.events), ("spell", vocabulary.spells)):
        for kind in kinds.values():
            yield (what, kind.name)
            yield from (("attribute", kind.name, name) for name in kind.attrs)


def _norms(law: Law) -> Iterable[Norm]:
    """The norms of the law without those between authorities: no caseworker is asked about reimbursement."""
    from fodfaeste.interfaces.lawrows import between_authorities

    return (norm for norm in law.norms.values() if not between_authorities(norm))


def _read(norm: Norm, version: Version, vocabulary: Vocabulary) -> set[Key]:
    found: set[Key] = set()
    nodes = [*version_nodes(version), *([norm.governed_by] if norm.governed_by is not None else [])]
    for node in nodes:
        for one in ir.walk(node):
            found |= _of_node(one, norm, vocabulary)
    if norm.each is not None:
        found.add(_kind(norm.each, vocabulary))
    must = version.must
    if must is not None:
        found.add(_kind(must.kind, vocabulary))
        found |= {_attribute(must.kind, one.slot, vocabulary) for one in must.filters}
        found |= {_kind(kind, vocabulary) for kind in must.pauses}
    if version.judged is not None:
        found.add(("field", version.judged))
    return found


def _of_node(node: ir.Node, norm: Norm, vocabulary: Vocabulary) -> set[Key]:
    match node:
        case ir.FieldRef():
            return {("field", node.name)}
        case ir.This() if norm.each is not None and node.slot not in DAY_SLOTS:
            return {_attribute(norm.each, node.slot, vocabulary)}
        case ir.Agg():
            asked = {_attribute(node.kind, one.slot, vocabulary) for one in node.filters}
            if node.slot >= 0:
                asked.add(_attribute(node.kind, node.slot, vocabulary))
            return asked | {_kind(node.kind, vocabulary)}
    return set()


def _kind(kind: str, vocabulary: Vocabulary) -> Key:
    return ("event" if kind in vocabulary.events else "spell", kind)


def _attribute(kind: str, slot: int, vocabulary: Vocabulary) -> Key:
    return ("attribute", kind, list(vocabulary.kind(kind).attrs)[slot])


def _of_regimes(law: Law, found: dict[Key, Need]) -> None:
    """Regimes whose edits, as they are written, name a thing."""
    named: dict[str, list[str]] = defaultdict(list)
    for regime in law.regimes.values():
        words = _words([edit.raw for edit in regime.edits])
        for word in words:
            named[word].append(regime.id)
    for key, need in found.items():
        if key[0] != "attribute":
            need.regimes = named.get(key[1], [])


def _words(raw: Any) -> set[str]:
    """Every name in what an edit says: letters, digits, dashes and underscores in one piece."""
    plain = "".join(sign if sign.isalnum() or sign in "-_" else " " for sign in str(raw))
    return set(plain.split())
