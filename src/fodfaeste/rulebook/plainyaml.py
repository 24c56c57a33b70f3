"""YAML as a jurist means it, read fast: events straight to dicts, lists and words.

A nation's law is some hundred thousand scalars, and PyYAML makes a node of each before it makes a value. Here a file
that is plain is built from the parser's events; whatever is not plain (tags, a key that is a list, a mistake) is read
by PyYAML's own construction, which also tells what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import yaml


class Loader(yaml.CSafeLoader):
    """YAML 1.2 truths only: ``on`` and ``no`` are words, as a jurist means them. No key twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """As YAML does, but a key written twice is an error instead of a silent choice of the last."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"'{key.value}' is written twice", problem_mark=key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep=deep)


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF"))


def load(text: str | bytes) -> Any:
    """The content of a YAML file. Raises yaml.YAMLError, and ValueError for a day that does not exist."""
    try:
        return _Plain(text).content()
    except (_NotPlainError, yaml.YAMLError, ValueError, RecursionError):
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, made stricter above


class _NotPlainError(Exception):
    """The file needs all of YAML."""


class _Plain:
    """One file of mappings with words as keys, lists and scalars, with anchors and merged mappings."""

    def __init__(self, text: str | bytes) -> None:
        self.next: Callable[[], Any] = Loader(text).get_event
        self.anchors: dict[str, Any] = {}

    def content(self) -> Any:
        """The only document, None when there is none."""
        self.next()  # the stream begins
        if type(self.next()) is yaml.StreamEndEvent:
            return None
        content = self.value(self.next())
        self.next()  # the document ends
        if type(self.next()) is not yaml.StreamEndEvent:
            raise _NotPlainError
        return content

    def value(self, event: Any) -> Any:
        """What begins with an event."""
        kind = type(event)
        if kind is yaml.AliasEvent:
            if event.anchor not in self.anchors:
                raise _NotPlainError
            return self.anchors[event.anchor]
        if event.tag is not None:
            raise _NotPlainError
        if kind is yaml.ScalarEvent:
            value = _meaning(event.value) if event.implicit[0] and event.value[:1] in _FIRST else event.value
        else:
            value = self.mapping() if kind is yaml.MappingStartEvent else self.items()
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def items(self) -> list[Any]:
        """The rest of a list."""
        found = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            found.append(self.value(event))
        return found

    def mapping(self) -> dict[Any, Any]:
        """The rest of a mapping; what is merged into it comes first, and its own words go before."""
        found: dict[Any, Any] = {}
        merged: Any = None
        seen: set[str] = set()
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent or event.value in seen:
                raise _NotPlainError
            seen.add(event.value)
            if event.value == "<<" and event.implicit[0]:
                merged = self.value(self.next())
            else:
                key = self.value(event)
                found[key] = self.value(self.next())
        return found if merged is None else _merged(merged) | found


_FIRST = frozenset(Loader.yaml_implicit_resolvers)  # what a plain word begins with that may be more than a word


@lru_cache(maxsize=10_000)
def _meaning(text: str) -> Any:
    """What a plain word means: a number, a truth, a day, nothing, or itself."""
    loader: Any = Loader(b"")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))
    return loader.construct_object(yaml.ScalarNode(tag, text))


def _merged(given: Any) -> dict[Any, Any]:
    """Mappings to be merged as one; the earlier goes before the later."""
    found: dict[Any, Any] = {}
    for one in reversed(given if isinstance(given, list) else [given]):
        if not isinstance(one, dict):
            raise _NotPlainError
        found |= one
    return found
