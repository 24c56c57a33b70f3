"""What a duty demands, from the short forms a jurist writes to one typed shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fodfaeste.facts.encoding import encode
from fodfaeste.foundation import Period, parse_period
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import MUST_FORMS, MUST_KEYS, Compiler, FieldError
from fodfaeste.rulebook.norms import Must
from fodfaeste.rulebook.scope import GrammarError, Scope, nearest
from fodfaeste.rulebook.types import range_of

_DATE = range_of("date")


def read_must(compiler: Compiler, raw: dict[str, Any], scope: Scope) -> Must:
    """The typed demand of ``must:`` with its pauses. Raises FieldError."""
    must = raw["must"]
    form = _form(must)
    kind = must["once"] if form == "once" else must.get("of")
    attrs = _attributes(kind, scope)
    filters = _filters(must, attrs, compiler, str(kind))
    if "from" not in must:
        raise FieldError("must.from", "the duty does not say when it starts", "add `from: <date expression>`")
    start = compiler.expression("must.from", must["from"], scope, "date")
    since = compiler.expression("must.count_from", must["count_from"], scope, "date") if "count_from" in must else start
    spell = scope.is_spell(str(kind))
    needed = _int(_times(must))
    pauses = tuple(raw.get("paused_by") or ())
    for pause in pauses:
        if pause not in scope.vocabulary.spells:
            raise FieldError("paused_by", f"'{pause}' is no spell", nearest(pause, list(scope.vocabulary.spells)))
    if form == "every":
        base, again = _every(compiler, must, scope, str(kind), spell, filters, start, since)
        return Must("every", str(kind), spell, filters, needed, base, again, since, pauses)
    last = _last(compiler, must, form, start, scope)
    name = "not_before" if form == "not_before" else "count"
    return Must(name, str(kind), spell, filters, needed, start, last, since, pauses)


def read_promise(compiler: Compiler, raw: dict[str, Any], must: Must, scope: Scope) -> tuple[ir.Node, ir.Node | None]:
    """The last day of a promise: ``by``/``within``/``until`` as in must, or ``every`` after the latest event.

    Also the day it is counted from, where that is not the start of the duty: pauses move a promise as they move the
    last day of the law.
    """
    if "every" in raw:
        base = latest(must.kind, must.spell, must.filters, must.count_from, must.start)
        return add_period(base, _period(raw, "every"), scope), base
    last = _last(compiler, raw, "promise", must.start, scope)
    if last is None:
        raise FieldError("promise", "a promise needs a day", "write by:, within:, until: or every:")
    return last, None


def _form(must: Any) -> str:
    if not isinstance(must, dict):
        raise FieldError("must", "the demand is not a list of fields", "write must: {once: …, from: …, by: …}")
    for key in must:
        if key not in MUST_KEYS:
            raise FieldError(f"must.{key}", f"a demand has no field '{key}'", nearest(key, sorted(MUST_KEYS)))
    forms = [form for form in MUST_FORMS if form in must]
    if len(forms) != 1:
        raise FieldError("must", "the demand has no single form", f"use exactly one of {', '.join(MUST_FORMS)}")
    idle = [key for key in ("by", "within", "until") if key in must and forms[0] not in ("once", "at_least")]
    idle += [key for key in ("first",) if key in must and forms[0] != "every"]
    if idle:
        raise FieldError(f"must.{idle[0]}", f"{idle[0]}: means nothing beside {forms[0]}:", "leave one of them out")
    if forms[0] != "once" and "of" not in must:
        raise FieldError("must.of", "the demand does not say which event meets it", "add `of: <event or spell kind>`")
    return forms[0]


def _times(must: dict[str, Any]) -> int:
    times = must.get("at_least", 1)
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise FieldError("must.at_least", f"'{times}' is no number of times", "write a whole number from 1")
    return times


def _attributes(kind: Any, scope: Scope) -> Mapping[str, str]:
    try:
        return scope.attributes(str(kind))
    except GrammarError as error:
        raise FieldError("must.of", error.message, error.mend) from None


def _filters(must: dict[str, Any], attrs: Mapping[str, str], compiler: Compiler, kind: str) -> tuple[ir.Filter, ...]:
    filters = []
    for key, keep in (("where", True), ("where_not", False)):
        for attr, value in (must.get(key) or {}).items():
            if attr not in attrs:
                raise FieldError(f"must.{key}", f"{kind} has no attribute '{attr}'", nearest(attr, list(attrs)))
            items = value if isinstance(value, list) else [value]
            try:
                codes = tuple(sorted(encode(item, attrs[attr], compiler.base.vocabulary) for item in items))
            except ValueError as error:
                raise FieldError(f"must.{key}", str(error), "use a value of the attribute's type") from None
            filters.append(ir.Filter(list(attrs).index(attr), codes, keep))
    return tuple(filters)


def _last(compiler: Compiler, must: dict[str, Any], form: str, start: ir.Node, scope: Scope) -> ir.Node | None:
    if form in ("agreed", "not_before"):
        return compiler.expression(f"must.{form}", must[form], scope, "date")
    given = [key for key in ("by", "within", "until") if key in must]
    if len(given) != 1:
        noun = "promise" if form == "promise" else "must"
        message = f"the {'promise' if form == 'promise' else 'demand'} has no single last day"
        raise FieldError(noun, message, "use exactly one of by:, within:, until:")
    (key,) = given
    if key == "until":
        return compiler.expression("must.until", must["until"], scope, "date")
    if key == "within":
        return minus_one_day(add_period(start, _period(must, "within"), scope))
    if must["by"] == "unstated":
        return None
    try:
        period = parse_period(str(must["by"]))
    except ValueError:
        source = must["by"]
        source = f"date('{source.isoformat()}')" if isinstance(source, date) else source
        return compiler.expression("must.by", source, scope, "date")
    return add_period(start, period, scope)


def _every(
    compiler: Compiler, must: dict[str, Any], scope: Scope, kind: str, spell: bool,
    filters: tuple[ir.Filter, ...], start: ir.Node, since: ir.Node,
) -> tuple[ir.Node, ir.Node]:  # fmt: skip
    """Base (latest event, else start) and last day of a recurring duty."""
    base = latest(kind, spell, filters, since, start)
    again = add_period(base, _period(must, "every"), scope)
    if "first" not in must:
        return base, again
    first = add_period(start, _period(must, "first"), scope)
    today = ir.Today("date", *_DATE, "on")
    held = ir.Agg("int", 0, 100_000, f"count('{kind}')", "count", kind, spell, (since, today), filters)
    any_held = ir.Compare("bool", 0, 2, f"{held.text} > 0", ">", held, _int(0))
    return base, ir.If("date", *_DATE, f"{again.text} if any else {first.text}", any_held, again, first)


def latest(kind: str, spell: bool, filters: tuple[ir.Filter, ...], since: ir.Node, start: ir.Node) -> ir.Node:
    """The latest event of a kind since a day, or the start when there is none."""
    today = ir.Today("date", *_DATE, "on")
    return ir.Agg("date", *_DATE, f"latest {kind}", "last", kind, spell, (since, today), filters, -1, start)


def add_period(start: ir.Node, period: Period, scope: Scope) -> ir.Node:
    """A day plus a period; months need the stated rounding of the file."""
    text = f"{start.text} + {period.n} {period.unit}"
    if period.unit == "workdays":
        return ir.Call("date", *_DATE, text, "add_workdays", (start, _int(period.n)))
    amount = ir.Const(period.unit, period.n, period.n, f"{period.n} {period.unit}", period.n)
    if period.unit == "months" and scope.last_day is None:
        mend = "add `month_end: last_day` (or next_first) to the file"
        raise FieldError("must", "months are added, but what the 31st plus a month is, is not stated", mend)
    op = "add_months" if period.unit == "months" else "add_days"
    return ir.Arith("date", *_DATE, text, op, start, amount, scope.last_day is not False)


def minus_one_day(node: ir.Node) -> ir.Node:
    """The day before."""
    one = ir.Const("days", -1, -1, "1 day", -1)
    return ir.Arith("date", *_DATE, f"{node.text} - 1 day", "add_days", node, one)


def _period(must: dict[str, Any], key: str) -> Period:
    try:
        return parse_period(str(must[key]))
    except ValueError as error:
        raise FieldError(
            f"must.{key}", str(error), "write for example 6 months, 2 weeks, 8 days or 5 workdays"
        ) from None


def _int(value: int) -> ir.Const:
    return ir.Const("int", value, value, str(value), value)
