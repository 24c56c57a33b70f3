"""Questions to the history of a case, as the reference evaluator answers them: slow and obvious."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fodfaeste.foundation import FAR
from fodfaeste.reasoning import plainly
from fodfaeste.reasoning.bounds import LEAST, MOST
from fodfaeste.reasoning.history import MANY
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.calls import SPELL_ONLY

if TYPE_CHECKING:
    from fodfaeste.reasoning.reference import Reference


def aggregate(e: Reference, n: ir.Agg) -> int | None:
    """The answer to a question about events or spells of one kind; while it cannot be told None, and 1 for a truth."""
    args = [e.value(arg) for arg in n.args]
    known = [arg for arg in args if arg is not None]
    if len(known) < len(args):
        return None
    if n.name in SPELL_ONLY:
        return _of_spells(e, n, known)
    return _of_events(e, n, known)


def _of_events(e: Reference, n: ir.Agg, args: list[int]) -> int | None:
    rows = plainly.as_events(e.view.spells[n.kind]) if n.spell else e.view.events[n.kind]
    if n.name in (LEAST, MOST):
        return _bound(e, n, args, rows)
    if n.kind in e.view.unobserved:
        return None
    if n.name == "reached_total":
        return _reached_total(n, args, rows, e.on)
    sure, maybe = plainly.between(rows, n.filters, args[0], min(args[1], e.on))
    if n.name == "count":
        return None if maybe else len(sure)
    if n.name in ("first", "last"):
        some, day = (plainly.first_day if n.name == "first" else plainly.last_day)(sure, maybe)
        return day if some else (None if n.default is None else e.value(n.default))
    amounts = [attrs[n.slot] for _, attrs in sure]
    known = [amount for amount in amounts if amount is not None]
    return None if maybe or len(known) < len(amounts) else sum(known)


def _bound(e: Reference, n: ir.Agg, args: list[int], rows: plainly.EventRows) -> int:
    """How many events count for certain, or how many may."""
    sure, maybe = plainly.between(rows, n.filters, args[0], min(args[1], e.on))
    if n.name == LEAST:
        return len(sure)
    return MANY if n.kind in e.view.unobserved else len(sure) + len(maybe)


def _reached_total(n: ir.Agg, args: list[int], rows: plainly.EventRows, on: int) -> int | None:
    """Day by day, so that the order of the events of a day means nothing."""
    amount, since = args
    total = 0
    if amount <= 0:
        return since
    sure, maybe = plainly.between(rows, n.filters, since, on)
    for day in sorted({day for day, _ in (*sure, *maybe)}):
        amounts = [attrs[n.slot] for d, attrs in sure if d == day]
        known = [value for value in amounts if value is not None]
        if len(known) < len(amounts) or any(d == day for d, _ in maybe):
            return None
        total += sum(known)
        if total >= amount:
            return day
    return FAR


def _of_spells(e: Reference, n: ir.Agg, args: list[int]) -> int | None:
    rows, unobserved = e.view.spells[n.kind], n.kind in e.view.unobserved
    if n.name in ("days_in", "reached"):
        return None if unobserved else _days(e, n, args, rows)
    at = args[0]
    covering = [row for row in rows if row[0] <= at <= row[1]]
    sure = [row for row in covering if plainly.fit(row[2], n.filters) == 2]
    maybe = [row for row in covering if plainly.fit(row[2], n.filters) == 1]
    if n.name == "active":
        return 2 if sure else (1 if maybe or unobserved else 0)
    if unobserved:
        return None
    if n.name == "run_start":
        if plainly.uncertain(rows, n.filters, -(10**9), at):
            return None
        return plainly.run_start(rows, n.filters, at, args[1])
    if maybe or not sure:
        return None
    chosen = max(enumerate(sure), key=lambda pair: (pair[1][0], pair[0]))[1]
    return {"spell_start": chosen[0], "spell_end": chosen[1]}.get(n.name, chosen[2][n.slot] if n.slot >= 0 else None)


def _days(e: Reference, n: ir.Agg, args: list[int], rows: plainly.SpellRows) -> int | None:
    if n.name == "days_in":
        a, b = args[0], min(args[1], e.on)
        return None if plainly.uncertain(rows, n.filters, a, b) else len(plainly.covered_days(rows, n.filters, a, b))
    amount, window, after = args
    if amount <= 0:
        return after
    if plainly.uncertain(rows, n.filters, after, e.on):
        return None
    days = plainly.covered_days(rows, n.filters, after, e.on)
    return plainly.reached(days, amount, after, window, n.args[1].type == "months", n.last_day)
