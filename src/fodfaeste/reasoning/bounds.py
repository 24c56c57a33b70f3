"""Comparisons of a count, where an event may or may not belong to it: what holds for the least and for the most.

One certain event and one uncertain are at least one, so ``count(…) >= 1`` is true, although the count is unknown.
Every evaluator puts the expression made here in place of such a comparison; explanations show the comparison itself.
"""

from __future__ import annotations

from dataclasses import replace

from fodfaeste.reasoning.history import MANY
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import Rulebook

LEAST, MOST = "count_least", "count_most"
"""Questions no norm asks by name: how many events count for certain, and how many may."""

_UNKNOWN = ir.Const("bool", 0, 2, "", None)

Pair = tuple[ir.Node, ir.Node]
"""The least and the most a side of a comparison can be."""


def by_bounds(rulebook: Rulebook, node: ir.Compare) -> ir.Node | None:
    """The comparison of the bounds, or None where neither side is a count. Made once a rulebook."""
    known: dict[int, tuple[ir.Node | None, ir.Node]] = rulebook.cache.setdefault("bounds", {})  # type: ignore[assignment]
    if id(node) not in known:
        known[id(node)] = (_made(node), node)
    return known[id(node)][0]


def _made(node: ir.Compare) -> ir.Node | None:
    left, right = _bounds(node.left), _bounds(node.right)
    if left[0] is left[1] and right[0] is right[1]:
        return None
    sure, possible = _truths(node, left, right)
    found = _bool("or", node.text, sure, _bool("and", node.text, possible, _UNKNOWN))
    return ir.Not("bool", 0, 2, node.text, found) if node.op == "!=" else found


def _bounds(node: ir.Node) -> Pair:
    if isinstance(node, ir.Agg) and node.name == "count":
        return replace(node, name=LEAST), replace(node, name=MOST, hi=MANY)
    return node, node


def _truths(node: ir.Compare, left: Pair, right: Pair) -> Pair:
    """Whether it holds whatever the uncertain is, and whether it may hold (for ``!=``: the opposite of both)."""

    def compared(op: str, a: ir.Node, b: ir.Node) -> ir.Node:
        return ir.Compare("bool", 0, 2, node.text, op, a, b)

    (least, most), (low, high) = left, right
    match node.op:
        case ">" | ">=":
            return compared(node.op, least, high), compared(node.op, most, low)
        case "<" | "<=":
            return compared(node.op, most, low), compared(node.op, least, high)
    return (
        _bool("and", node.text, compared(">=", least, high), compared("<=", most, low)),
        _bool("and", node.text, compared(">=", most, low), compared("<=", least, high)),
    )


def _bool(op: str, text: str, a: ir.Node, b: ir.Node) -> ir.Node:
    return ir.Bool("bool", 0, 2, text, op, (a, b))
