"""Types of expressions: names, default ranges and how they combine."""

from __future__ import annotations

from fodfaeste.foundation import FAR

SCALARS = ("bool", "int", "date", "days", "months", "money", "hours", "percent")
"""Types a vocabulary need not declare; every other type is an enum."""

EARLIEST = -25567
"""The first day any fact may lie on: 1 January 1900."""

FIRST_RECKONED = -9_000_000
"""The first day an expression may come to on its way; what lies before is kept for the mark of the unknown."""

RANGES: dict[str, tuple[int, int]] = {
    "bool": (0, 2),
    "int": (-1_000_000, 1_000_000),
    "date": (EARLIEST, FAR),
    "days": (-4_000_000, 4_000_000),
    "months": (-1_200, 1_200),
    "money": (-(10**13), 10**13),
    "hours": (0, 10**8),
    "percent": (0, 10**6),
}
"""The widest value of each type; what an expression counts on when it reads a definition (proved in ranges)."""

SCALE = {"money": 2, "hours": 2, "percent": 2}
"""Decimals kept in the integer of a scaled type."""

ADDITIVE = ("int", "days", "months", "money", "hours", "percent")
"""Types that can be added up."""


def is_enum(type_: str) -> bool:
    """Whether the type names an enum of the vocabulary."""
    return type_ not in SCALARS


def range_of(type_: str, enum_size: int = 0) -> tuple[int, int]:
    """Smallest and largest encoded value of a type."""
    if is_enum(type_):
        return (0, max(enum_size - 1, 0))
    return RANGES[type_]
