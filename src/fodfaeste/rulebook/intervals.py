"""Interval arithmetic: the proof at load time that no expression overflows."""

from __future__ import annotations

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.scope import GrammarError

LIMIT = 2**62
"""No value may come nearer to the end of 64 bits than this."""


def arith_range(op: str, left: ir.Node, right: ir.Node, text: str) -> tuple[int, int]:
    """Smallest and largest value of ``left op right``; refuses what could leave 64 bits."""
    corners = [_apply(op, a, b) for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
    lo, hi = min(corners), max(corners)
    if lo < -LIMIT or hi > LIMIT:
        raise GrammarError(f"'{text}' can become larger than 64 bits hold", "narrow the range of the facts it uses")
    return lo, hi


def share_range(percent: ir.Node, money: ir.Node, text: str) -> tuple[int, int]:
    """Smallest and largest share of an amount; refuses what could leave 64 bits on the way."""
    corners = [2 * p * m + 10_000 for p in (percent.lo, percent.hi) for m in (money.lo, money.hi)]
    if min(corners) < -LIMIT or max(corners) > LIMIT:
        raise GrammarError(f"'{text}' can become larger than 64 bits hold", "narrow the range of the money")
    return min(corners) // 20_000, max(corners) // 20_000


def _apply(op: str, a: int, b: int) -> int:
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    if op == "*":
        return a * b
    return a // b
