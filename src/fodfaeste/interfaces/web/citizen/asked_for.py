"""What the law needs a fact, an event or a period for: the first few rules that read it, and how many more do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fodfaeste.foundation import to_day
from fodfaeste.interfaces.needs import Key, Reader, needs_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import Words

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


def uses_of(key: Key, day: date, words: Words) -> Uses:
    """What a thing of the vocabulary is used for on a day: duties and rights are named before definitions."""
    law = rulebooks.law()
    need = needs_of(law, to_day(day)).get(key)
    readers = [] if need is None else sorted(need.now, key=lambda reader: _rank(law.norms[reader.norm].kind))
    said = [_use(reader, words) for reader in readers[:_SAID]]
    return Uses(tuple(said), len(readers) - len(said))


def _rank(kind: str) -> bool:
    return kind not in ("duty", "right")


def _use(reader: Reader, words: Words) -> Use:
    return Use(words.norm(reader.norm), reader.ref, norm_address(reader.norm, rulebooks.law()))
