"""The small changes of one expression, made in its text so that people can read them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SHOWN = 76  # as much of an expression as a line shows around a change

_SWAPS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")), ast.LtE: ("<=", ("<", ">")), ast.Gt: (">", (">=", "<=")),
    ast.GtE: (">=", (">", "<")), ast.Eq: ("==", ("!=",)), ast.NotEq: ("!=", ("==",)),
    ast.In: ("in", ("not in",)), ast.NotIn: ("not in", ("in",)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An expression with one small change: what sort, the whole new text, and the part people look at."""

    sort: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Cut:
    """Bytes of the expression that others take the place of."""

    sort: str
    start: int
    end: int
    instead: str


def rewritings(source: str | int | date) -> Iterator[Rewritten]:
    """Every small change of an expression; nothing for what is no expression."""
    if isinstance(source, bool):
        return
    if isinstance(source, date):
        source = f"date('{source.isoformat()}')"
    text = " ".join(str(source).split()).encode()
    try:
        tree = ast.parse(text.decode(), mode="eval").body
    except SyntaxError:
        return
    for node, above in _walk(tree, ()):
        for cut in _cuts(node, text):
            yield _rewritten(text, cut, (node, *above))


def _walk(node: ast.expr, above: tuple[ast.expr, ...]) -> Iterator[tuple[ast.expr, tuple[ast.expr, ...]]]:
    yield node, above
    for child in ast.iter_child_nodes(node):
        inner = child.value if isinstance(child, ast.keyword) else child
        if isinstance(inner, ast.expr):
            yield from _walk(inner, (node, *above))


def _rewritten(text: bytes, cut: _Cut, around: tuple[ast.expr, ...]) -> Rewritten:
    """The change, shown in the widest expression around it that fits on a line, else among its neighbours."""
    start, end = cut.start, cut.end
    for node in around:
        first, last = min(cut.start, node.col_offset), max(cut.end, _end(node))
        if last - first > SHOWN:
            break
        start, end = first, last
    if end - start < SHOWN // 5:
        start, end = max(cut.start - SHOWN // 2, 0), min(cut.end + SHOWN // 2, len(text))
    instead = cut.instead.encode()
    whole = text[: cut.start] + instead + text[cut.end :]
    shown = text[start : cut.start] + instead + text[cut.end : end]
    return Rewritten(cut.sort, whole.decode(), _readable(text[start:end]), _readable(shown))


def _readable(part: bytes) -> str:
    """A part of the text, where a letter at its edge may have been cut in two."""
    return part.decode(errors="ignore").strip()


def _cuts(node: ast.expr, text: bytes) -> Iterator[_Cut]:
    match node:
        case ast.Compare():
            operands = [node.left, *node.comparators]
            for op, left, right in zip(node.ops, operands, operands[1:], strict=False):
                symbol, others = _SWAPS[type(op)]
                sort = "in" if "in" in symbol else "comparison"
                yield from _between(sort, text, left, right, symbol, others)
        case ast.BoolOp():
            symbol, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from _between("and/or", text, left, right, symbol, (other,))
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            symbol, other = ("+", "-") if isinstance(node.op, ast.Add) else ("-", "+")
            yield from _between("+/-", text, node.left, node.right, symbol, (other,))
        case ast.UnaryOp(op=ast.Not()):
            yield _Cut("not", node.col_offset, node.col_offset + len("not "), "")
        case ast.Set() if len(node.elts) > 1:
            items = [text[item.col_offset : _end(item)].decode() for item in node.elts]
            for i in range(len(items)):
                left_out = "{" + ", ".join(items[:i] + items[i + 1 :]) + "}"
                yield _Cut("set", node.col_offset, _end(node), left_out)
        case ast.Call(func=ast.Name(id="date"), args=[ast.Constant(value=str(day)) as literal]):
            for moved in moved_days(day):
                yield _Cut("date", literal.col_offset, _end(literal), f"'{moved}'")
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            number = Decimal(text[node.col_offset : _end(node)].decode())
            for other in (str(number - 1), str(number + 1)):
                yield _Cut("number", node.col_offset, _end(node), other)


def _between(
    sort: str, text: bytes, left: ast.expr, right: ast.expr, symbol: str, others: tuple[str, ...]
) -> Iterator[_Cut]:
    """The operator that stands between two operands (and their brackets), changed."""
    found = re.search(re.escape(symbol), text[_end(left) : right.col_offset].decode())
    if found is None:
        return
    start = _end(left) + found.start()
    for other in others:
        yield _Cut(sort, start, start + len(symbol), other)


def _end(node: ast.expr) -> int:
    assert node.end_col_offset is not None
    return node.end_col_offset


FROM_THE_BEGINNING = "1900-01-01"
"""The first day any fact may lie on: as a literal it says "from the beginning", and no day beside it says else."""


def moved_days(day: str) -> tuple[str, ...]:
    """The day before and the day after; nothing for what is no day, or is the first of all."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return ()
    if day == FROM_THE_BEGINNING:
        return ()
    one = timedelta(days=1)
    return ((found - one).isoformat(), (found + one).isoformat())
