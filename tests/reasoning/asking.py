"""Asking the reference evaluator about somebody on Hven."""

from typing import Any

from fodfaeste.facts import View, read_case, view_case
from fodfaeste.foundation import parse_day
from fodfaeste.reasoning import Reference, outcome
from fodfaeste.reasoning.outcome import plain, value_of
from fodfaeste.rulebook import Law
from tests.rulebook.hven import hven, read, rulebook

ON = "2024-06-15"
UNKNOWN = "unknown"


def seen(on: str = ON, **case: Any) -> View:
    """What is known of a person on a day; the parts of a case as a case file has them."""
    return view_case(read_case(case, hven().vocabulary), hven().vocabulary, parse_day(on))


def ask(
    norm: str,
    on: str = ON,
    place: str | None = None,
    regimes: list[str] | None = None,
    law: Law | None = None,
    **case: Any,
) -> Any:
    """The outcome of a norm as its JSON form has it; a list for an ``each`` norm."""
    book = rulebook(on, place, regimes, law)
    resolved = book[norm]
    raw = Reference(book, seen(on, **case)).norm(resolved)
    if isinstance(raw, list):
        return [_said(outcome(resolved, one, book.vocabulary).as_dict()) for one in raw]
    return _said(outcome(resolved, raw, book.vocabulary).as_dict())


def _said(row: dict[str, Any]) -> Any:
    return row.get("value", row)


def status(norm: str, on: str = ON, **case: Any) -> Any:
    """Only the status of a duty or demand."""
    answer = ask(norm, on, **case)
    return [one["status"] for one in answer] if isinstance(answer, list) else answer["status"]


def reckon(
    expression: str, on: str = ON, expect: str | None = None, last_day: bool = True, law: Law | None = None, **case: Any
) -> Any:
    """The value of an expression for a person, as JSON has it."""
    node = read(expression, expect, last_day=last_day)
    reference = Reference(rulebook(on, law=law), seen(on, **case))
    value = value_of(node.type, reference.value(node), hven().vocabulary)
    return UNKNOWN if value is None else plain(value)


def event(kind: str, date: str, **attrs: Any) -> dict[str, Any]:
    return {"kind": kind, "date": date, **attrs}


def spell(kind: str, start: str, end: str | None = None, **attrs: Any) -> dict[str, Any]:
    return {"kind": kind, "from": start, "to": end, **attrs}
