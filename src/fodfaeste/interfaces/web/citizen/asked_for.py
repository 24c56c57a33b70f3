"""What the law needs a fact, an event or a period for: the sections of the norms that read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import Words
from fodfaeste.rulebook import Rulebook, ir
from fodfaeste.rulebook.graph import version_nodes
from fodfaeste.rulebook.norms import Version

_CACHE = "asked-for"
_SAID = 3
"""Rules named before the others are counted."""


@dataclass(frozen=True)
class Use:
    """A rule that reads something, with where it can be read."""

    label: str
    ref: str
    address: str


@dataclass(frozen=True)
class Uses:
    """The first few rules, and how many more there are."""

    first: tuple[Use, ...]
    more: int


def uses_of(name: str, book: Rulebook, words: Words) -> Uses:
    """What a field, or a kind of event or spell, is used for under a rulebook."""
    norms = _readers(book).get(name, [])
    law = rulebooks.law()
    said = [Use(words.norm(id_), book.norms[id_].ref, norm_address(id_, law)) for id_ in norms[:_SAID]]
    return Uses(tuple(said), len(norms) - len(said))


def _readers(book: Rulebook) -> dict[str, list[str]]:
    """For each field and kind the norms that read it, duties and rights before definitions."""
    found = book.cache.get(_CACHE)
    if not isinstance(found, dict):
        made: dict[str, dict[str, None]] = defaultdict(dict)
        ordered = sorted(book.norms.values(), key=lambda one: one.norm.kind not in ("duty", "right"))
        for norm in ordered:
            if norm.absent:
                continue
            for name in _read(norm.version, norm.norm.each):
                made[name][norm.id] = None
        found = book.cache[_CACHE] = {name: list(norms) for name, norms in made.items()}
    return found


def _read(version: Version, each: str | None) -> Iterator[str]:
    if each is not None:
        yield each
    if version.must is not None:
        yield version.must.kind
    if version.judged is not None:
        yield version.judged
    for root in version_nodes(version):
        for node in ir.walk(root):
            if isinstance(node, ir.FieldRef):
                yield node.name
            elif isinstance(node, ir.Agg):
                yield node.kind
