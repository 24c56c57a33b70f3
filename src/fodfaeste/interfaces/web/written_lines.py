"""A line of a case in words: ``Målgruppe siden 1. maj 2026 (dagpengemodtager)``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fodfaeste.casework.courses.models import Event, Spell
from fodfaeste.facts import decode, encode
from fodfaeste.interfaces.wording import Words, raised

_DAY = timedelta(days=1)


def line_text(line: Event | Spell, words: Words) -> str:
    """What happened on which day, or what lasted from when to when, with what is known of it."""
    if isinstance(line, Event):
        days: dict[str, Any] = {"date": line.on}
    else:
        after = line.period.upper
        days = {"from": line.period.lower, "to": None if after is None else after - _DAY}
    return raised(words.row({"kind": line.kind, **days, **_decoded(line, words)}, with_kind=True))


def _decoded(line: Event | Spell, words: Words) -> dict[str, Any]:
    vocabulary = words.vocabulary
    if line.kind not in vocabulary.events and line.kind not in vocabulary.spells:
        return {}
    attrs = vocabulary.kind(line.kind).attrs
    return {
        name: decode(encode(value, attrs[name], vocabulary), attrs[name], vocabulary)
        for name, value in line.attrs.items()
        if name in attrs and value is not None
    }
