"""Lines of a course in words: what an event or a spell says beside its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fodfaeste.facts import decode, encode
from fodfaeste.interfaces.wording import Words

_DAY = timedelta(days=1)


def attrs_text(kind: str, attrs: Mapping[str, Any], words: Words) -> str:
    """``virksomhedspraktik, privat``: what is known of an event or spell, unknown attributes left out."""
    vocabulary = words.vocabulary
    types = vocabulary.kind(kind).attrs
    row = {
        name: decode(encode(value, types[name], vocabulary), types[name], vocabulary)
        for name, value in attrs.items()
        if value is not None and name in types
    }
    return words.described(kind, row).strip(" ()") if row else ""


def last_day(period: Any) -> date | None:
    """The last day of a range as the database has it; None while it lasts."""
    return None if period is None or period.upper is None else period.upper - _DAY
