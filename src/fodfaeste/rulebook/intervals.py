"""Interval arithmetic: the proof at load time that no expression overflows."""

from __future__ import annotations

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.scope import GrammarError

LIMIT = 2**62
"""No value may come nearer to the end of 64 bits than this."""


def arith_range(op: str, left: ir.Node, right: ir.Node, text: str) -> tuple[int, int]:
    """Smallest and largest value of ``left op right``; refuses what could leave 64 bits."""
    values = corners(op, (left.lo, left.hi), (right.lo, right.hi))
    lo, hi = min(values), max(values)
    if lo < -LIMIT or hi > LIMIT:
        raise GrammarError(f"'{text}' can become larger than 64 bits hold", "narrow the range of the facts it uses")
    return lo, hi


def corners(op: str, left: tuple[int, int], right: tuple[int, int]) -> list[int]:
    """The results at the ends of two ranges: those between lie between."""
    return [_apply(op, a, b) for a in left for b in right]


def shares(percent: tuple[int, int], money: tuple[int, int]) -> list[int]:
    """What is halved and rounded to a share, at the ends of the two ranges: the largest numbers on the way."""
    return [2 * p * m + 10_000 for p in percent for m in money]


def share_range(percent: ir.Node, money: ir.Node, text: str) -> tuple[int, int]:
    """Smallest and largest share of an amount; refuses what could leave 64 bits on the way."""
    doubled = shares((percent.lo, percent.hi), (money.lo, money.hi))
    if min(doubled) < -LIMIT or max(doubled) > LIMIT:
        raise GrammarError(f"'{text}' can become larger than 64 bits hold", "narrow the range of the money")
    return min(doubled) // 20_000, max(doubled) // 20_000


def _apply(op: str, a: int, b: int) -> int:
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    if op == "*":
        return a * b
    return a // b
