"""Columns of one type: truths, dates, numbers and enum values, with their unknowns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.nation.shares import YES
from fodfaeste.facts import Vocabulary
from fodfaeste.facts.encoding import range_of
from fodfaeste.facts.frames import dtype_of, unknown_of

Array = Any


def column(
    draw: np.random.Generator, type_: str, bounds: tuple[int, int], near: Array, unknown: float, vocabulary: Vocabulary
) -> Array:
    """Values of a type, one for each of ``near`` (a day that dates keep close to); a share is unknown."""
    lo, hi = bounds
    n = len(near)
    dtype = dtype_of(type_, lo, hi)
    maker = _MAKERS.get(type_)
    if type_ == "bool":
        values = np.where(draw.random(n, np.float32) < YES, np.int8(2), np.int8(0))
    elif maker is not None:
        values = np.clip(maker(draw, n, near), lo, hi).astype(dtype)
    else:
        values = ranked(draw, n, len(vocabulary.enums[type_].values)).astype(dtype)
    if unknown:
        values[draw.random(n, np.float32) < unknown] = unknown_of(dtype, type_)
        values[:1] = unknown_of(dtype, type_)  # so that every part that begins with the first row has an unknown
    return values


def attribute(draw: np.random.Generator, type_: str, near: Array, vocabulary: Vocabulary) -> Array:
    """An attribute of events or spells: one in fifty is unknown."""
    return column(draw, type_, range_of(type_, vocabulary), near, 0.02, vocabulary)


def ranked(draw: np.random.Generator, n: int, values: int) -> Array:
    """Positions in an enum, the first values far more often than the last."""
    weights = 1 / np.arange(1, values + 1)
    return chosen(draw, n, weights / weights.sum())


def chosen(draw: np.random.Generator, n: int, shares: Any) -> Array:
    """Positions drawn by their shares."""
    edges = np.cumsum(np.asarray(shares, np.float64))
    return np.minimum(np.searchsorted(edges, draw.random(n) * edges[-1], side="right"), len(edges) - 1)


def _scaled(mean: float) -> Callable[[np.random.Generator, int, Array], Array]:
    return lambda draw, n, near: np.round(draw.exponential(mean, n) / 50) * 50


_MAKERS: dict[str, Callable[[np.random.Generator, int, Array], Array]] = {
    "date": lambda draw, n, near: near + draw.integers(-60, 200, n),
    "int": lambda draw, n, near: draw.geometric(0.2, n) - 1,
    "days": lambda draw, n, near: draw.geometric(0.05, n),
    "months": lambda draw, n, near: draw.geometric(0.1, n),
    "hours": _scaled(2_000),
    "percent": _scaled(4_000),
    "money": _scaled(1_500_000),
}
