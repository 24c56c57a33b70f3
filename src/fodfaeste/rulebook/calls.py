"""The functions of the grammar: literals with units, pure functions and questions to the history."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fodfaeste.foundation import parse_day
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.intervals import share_range
from fodfaeste.rulebook.scope import GrammarError, nearest
from fodfaeste.rulebook.types import ADDITIVE, EARLIEST, SCALE, is_enum, range_of

if TYPE_CHECKING:
    from fodfaeste.rulebook.grammar import Reader

_PERIODS = {"days": ("days", 1), "weeks": ("days", 7), "months": ("months", 1), "years": ("months", 12)}
_SCALED = {"kr": "money", "hours": "hours", "percent": "percent"}

FUNCTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "known": (("any",), "bool"),
    "age": (("date", "date"), "int"),
    "months_between": (("date", "date"), "int"),
    "end_of_week": (("date",), "date"),
    "end_of_month": (("date",), "date"),
    "start_of_month": (("date",), "date"),
    "next_workday": (("date",), "date"),
    "add_workdays": (("date", "int"), "date"),
    "percent_of": (("percent", "money"), "money"),
}
"""Pure functions: argument types and result type."""

AGGREGATES: dict[str, tuple[tuple[str, ...], str]] = {
    "count": (("from", "to"), "int"),
    "first": (("from", "to"), "date"),
    "last": (("from", "to"), "date"),
    "total": (("from", "to"), "attr"),
    "reached_total": (("amount", "from"), "date"),
    "active": (("at",), "bool"),
    "current": (("at",), "attr"),
    "spell_start": (("at",), "date"),
    "spell_end": (("at",), "date"),
    "run_start": (("at", "gap"), "date"),
    "days_in": (("from", "to"), "days"),
    "reached": (("amount", "window", "from"), "date"),
}
"""Questions to events and spells: their arguments, in order, and result type ('attr' = the attribute's)."""

SPELL_ONLY = frozenset({"active", "current", "spell_start", "spell_end", "run_start", "days_in", "reached"})
"""Questions that only spells can answer; count, first and last take a spell as an event on its first day."""

_EVENT_ONLY = {"reached_total", "total"}
_WITH_ATTR = {"total", "reached_total", "current"}
_MOST = 100_000  # more events of one kind than any person has
_DIGITS = 15  # no amount has more


def call(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    """The node of a function call, or a GrammarError that names the nearest function."""
    builder = _builder(name)
    if builder is None:
        names = [*_PERIODS, *_SCALED, *FUNCTIONS, *AGGREGATES, "date", "min", "max"]
        raise GrammarError(f"there is no function '{name}'", nearest(name, names))
    return builder(reader, tree, name)


def _builder(name: str) -> Callable[[Reader, ast.Call, str], ir.Node] | None:
    if name in _PERIODS:
        return _period
    if name in _SCALED:
        return _scaled
    if name in AGGREGATES:
        return _aggregate
    if name in FUNCTIONS:
        return _function
    return {"date": _date, "min": _extreme, "max": _extreme}.get(name)


def _only(reader: Reader, tree: ast.Call, n: int) -> list[ast.expr]:
    if len(tree.args) != n or tree.keywords:
        raise GrammarError(
            f"'{reader.text(tree)}' takes {n} argument(s)", "see the table of functions in the norm guide"
        )
    return tree.args


def _period(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    (arg,) = _only(reader, tree, 1)
    node = reader.read(arg)
    reader.need(node, "int")
    type_, factor = _PERIODS[name]
    text = reader.text(tree)
    if isinstance(node, ir.Const) and node.value is not None:
        value = node.value * factor
        return ir.Const(type_, value, value, text, value)
    times = ir.Const("int", factor, factor, str(factor), factor)
    return ir.Arith(type_, node.lo * factor, node.hi * factor, text, "*", node, times)


def _scaled(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    (arg,) = _only(reader, tree, 1)
    type_ = _SCALED[name]
    text = reader.text(tree)
    try:
        number = Decimal(reader.text(arg))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
        raise GrammarError(f"'{text}' needs a number", f"write {name}(12.50)")
    exact = number * 10 ** SCALE[type_]
    if exact != int(exact):
        raise GrammarError(f"'{text}' has more than two decimals", "round it as the law says, and say so")
    return ir.Const(type_, int(exact), int(exact), text, int(exact))


def _date(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    (arg,) = _only(reader, tree, 1)
    text = reader.text(tree)
    if not (isinstance(arg, ast.Constant) and isinstance(arg.value, str)):
        raise GrammarError(f"'{text}' needs a quoted day", "write date('2024-01-01')")
    try:
        day = parse_day(arg.value)
    except ValueError as error:
        raise GrammarError(f"'{text}': {error}", "write date('2024-01-01')") from None
    return ir.Const("date", day, day, text, day)


def _extreme(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    if len(tree.args) < 2 or tree.keywords:
        raise GrammarError(f"'{reader.text(tree)}' takes two or more arguments", "give at least two")
    args = tuple(reader.read(arg) for arg in tree.args)
    for arg in args[1:]:
        reader.need(arg, args[0].type)
    if args[0].type == "bool" or is_enum(args[0].type):
        text = reader.text(tree)
        raise GrammarError(
            f"'{text}' puts {args[0].type} in an order it does not have", f"{name} takes numbers and dates"
        )
    pick = min if name == "min" else max
    lo, hi = pick(a.lo for a in args), pick(a.hi for a in args)
    return ir.Call(args[0].type, lo, hi, reader.text(tree), name, args)


def _function(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    types, result = FUNCTIONS[name]
    args = tuple(reader.read(arg) for arg in _only(reader, tree, len(types)))
    for arg, type_ in zip(args, types, strict=True):
        if type_ != "any":
            reader.need(arg, type_)
    lo, hi = {"known": (0, 2), "age": (-8200, 8200), "months_between": (-98_000, 98_000)}.get(name, range_of(result))
    if name == "percent_of":
        lo, hi = share_range(args[0], args[1], reader.text(tree))
    return ir.Call(result, lo, hi, reader.text(tree), name, args)


def _aggregate(reader: Reader, tree: ast.Call, name: str) -> ir.Node:
    text = reader.text(tree)
    args = list(tree.args)
    kind = _word(reader, args, f"'{text}' needs the kind first")
    attrs = reader.scope.attributes(kind)
    spell = reader.scope.is_spell(kind)
    if name in SPELL_ONLY and not spell:
        raise GrammarError(f"{name} asks about spells, but {kind} is an event", "use count, first or last")
    if name in _EVENT_ONLY and spell:
        raise GrammarError(f"{name} asks about events, but {kind} is a spell", "use days_in or reached")
    slot, type_ = _attribute(reader, args, name, attrs, text)
    filters, default, gap = _keywords(reader, tree, attrs, kind)
    if name != "run_start" and any(keyword.arg == "gap" for keyword in tree.keywords):
        raise GrammarError(f"gap= means nothing in {name}", "only run_start takes gap=")
    if name in ("total", "reached_total") and type_ not in ADDITIVE:
        raise GrammarError(f"'{text}' adds {type_}, which has no sum", "add up numbers, hours or money")
    roles, result = AGGREGATES[name]
    amount = "days" if name == "reached" else type_
    type_ = type_ if result == "attr" else result
    given = tuple(_argument(reader, role, args, i, amount, gap, text) for i, role in enumerate(roles))
    if len(args) > len([r for r in roles if r != "gap"]):
        raise GrammarError(f"'{text}' has too many arguments", "see the table of functions in the norm guide")
    if default is not None and name not in ("first", "last"):
        raise GrammarError(f"default= means nothing in {name}", "only first and last take default=")
    lo, hi = (0, _MOST) if name == "count" else range_of(type_, reader.scope.enum_size(type_))
    if name == "total":
        lo, hi = lo * _MOST, hi * _MOST
    if name == "reached" and given[1].type == "months" and reader.scope.last_day is None:
        raise GrammarError(f"'{text}' counts months back", "add `month_end: last_day` (or next_first) to the file")
    rounding = reader.scope.last_day is not False
    return ir.Agg(type_, lo, hi, text, name, kind, spell, given, filters, slot, default, rounding)


def _word(reader: Reader, args: list[ast.expr], message: str, what: str = "an event or spell kind") -> str:
    if not args or not isinstance(args[0], ast.Constant) or not isinstance(args[0].value, str):
        raise GrammarError(message, f"quote the name of {what}")
    first = args.pop(0)
    assert isinstance(first, ast.Constant)
    return str(first.value)


def _attribute(reader: Reader, args: list[ast.expr], name: str, attrs: Mapping[str, str], text: str) -> tuple[int, str]:
    if name not in _WITH_ATTR:
        return -1, ""
    attr = _word(reader, args, f"'{text}' needs the attribute after the kind", f"one of {', '.join(attrs)}")
    if attr not in attrs:
        raise GrammarError(f"there is no attribute '{attr}' in '{text}'", nearest(attr, list(attrs)))
    return list(attrs).index(attr), attrs[attr]


def _keywords(
    reader: Reader, tree: ast.Call, attrs: Mapping[str, str], kind: str
) -> tuple[tuple[ir.Filter, ...], ir.Node | None, ir.Node]:
    filters: list[ir.Filter] = []
    default: ir.Node | None = None
    gap: ir.Node = ir.Const("days", 0, 0, "days(0)", 0)
    for keyword in tree.keywords:
        word = keyword.arg or "**"
        if word == "default":
            default = reader.read(keyword.value)
            reader.need(default, "date")
        elif word == "gap":
            gap = reader.read(keyword.value)
            reader.need(gap, "days")
        else:
            filters.append(read_filter(reader, word, keyword.value, attrs, kind))
    return tuple(filters), default, gap


def read_filter(reader: Reader, word: str, value: ast.expr, attrs: Mapping[str, str], kind: str) -> ir.Filter:
    """``attr=literal``, ``attr={…}`` or ``attr_not=…``. Raises GrammarError for what the kind does not have."""
    keep = word in attrs or not word.endswith("_not")
    attr = word if keep else word.removesuffix("_not")
    if attr not in attrs:
        raise GrammarError(f"{kind} has no attribute '{attr}'", nearest(attr, list(attrs)))
    items = value.elts if isinstance(value, ast.Set) else [value]
    values = tuple(sorted(reader.literal(item, attrs[attr]) for item in items))
    return ir.Filter(list(attrs).index(attr), values, keep)


def _argument(reader: Reader, role: str, args: list[ast.expr], i: int, amount: str, gap: ir.Node, text: str) -> ir.Node:
    if role == "gap":
        return gap
    if i < len(args):
        node = reader.read(args[i])
        if role == "window":
            if node.type not in ("days", "months") or not isinstance(node, ir.Const):
                raise GrammarError(f"the window in '{text}' is no period", "write days(…), weeks(…) or months(…)")
            return node
        reader.need(node, amount if role == "amount" else "date")
        return node
    if role in ("amount", "window"):
        raise GrammarError(f"'{text}' lacks the {role}", "see the table of functions in the norm guide")
    if role == "from":
        return ir.Const("date", EARLIEST, EARLIEST, "", EARLIEST)
    return ir.Today("date", *range_of("date"), "on")
