"""Outcomes: what an evaluator says of a norm, raw and readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from fodfaeste.facts.encoding import decode
from fodfaeste.facts.scalars import DECIMALS
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.status import Status
from fodfaeste.rulebook.rulebook import ResolvedNorm

Raw = tuple[int | None, ...]
"""(value,) of a definition, rate, predicate or quota membership;
(status, start, due, count, needed, met_on, promise) of a duty or demand, NONE where there is nothing."""


@dataclass(slots=True, unsafe_hash=True)  # frozen would cost more than all the rest of making one
class Outcome:
    """A readable outcome; read it only, others may hold it too.

    ``value`` is None for duties and for the unknown; ``status`` None for values.
    ``due`` and ``promise`` are None when unknown, unstated or not in sight (a pause still open).
    """

    norm: str
    status: Status | None
    value: Any = None
    start: date | None = None
    due: date | None = None
    count: int | None = None
    required: int | None = None
    met_on: date | None = None
    promise: date | None = None

    @property
    def known(self) -> bool:
        """Whether it is anything but unknown."""
        return self.status != Status.UNKNOWN if self.status is not None else self.value is not None

    def as_dict(self) -> dict[str, Any]:
        """The documented JSON form: only what is there."""
        if self.status is None:
            return {"value": "unknown" if self.value is None else plain(self.value)}
        row: dict[str, Any] = {"status": self.status.word}
        for key in ("start", "due", "count", "required", "met_on", "promise"):
            value = getattr(self, key)
            if value is not None:
                row[key] = plain(value)
        return row


_STATUSES = tuple(Status)  # by number: looked up in a third of the time that Status(number) takes


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | str) else str(value)


def outcome(norm: ResolvedNorm, raw: Raw, vocabulary: Vocabulary) -> Outcome:
    """The readable form of a raw outcome: dates, decimals and words instead of whole numbers."""
    if len(raw) == 1:
        return Outcome(norm.id, None, value_of(norm.norm.type or "bool", raw[0], vocabulary))
    status, start, due, count, needed, met_on, promise = raw
    assert status is not None
    days = _day(start), _day(due), _number(count), _number(needed), _day(met_on), _day(promise)
    return Outcome(norm.id, _STATUSES[status], None, *days)


def value_of(type_: str, raw: int | None, vocabulary: Vocabulary) -> Any:
    """A decoded value; None when unknown."""
    if raw is None or (type_ == "bool" and raw == 1):
        return None
    if type_ == "bool":
        return raw == 2
    if type_ in ("int", "days", "months"):
        return raw
    return from_day(raw) if type_ == "date" else decode(raw, type_, vocabulary)


def decoder(type_: str, vocabulary: Vocabulary) -> Callable[[int], Any]:
    """What makes a known encoded value of a type readable; ``value_of`` for one type after another."""
    if type_ == "bool":
        return (False, None, True).__getitem__
    if type_ in ("int", "days", "months"):
        return int
    if type_ == "date":
        return from_day
    if type_ in vocabulary.enums:
        return vocabulary.enums[type_].values.__getitem__
    return partial(_scaled, -DECIMALS[type_])


def _scaled(exponent: int, raw: int) -> Decimal:
    return Decimal(raw).scaleb(exponent)


def _day(raw: int | None) -> date | None:
    return None if raw is None or raw == NONE or raw >= FAR else from_day(raw)


def _number(raw: int | None) -> int | None:
    return None if raw is None or raw == NONE else raw
