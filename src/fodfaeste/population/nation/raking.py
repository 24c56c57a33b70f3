"""Raking (iterative proportional fitting): a table moved to several margins in turn until all hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

ROUNDS = 100
CLOSE = 1e-7


@dataclass(frozen=True)
class Totals:
    """Cells of group g sum to ``totals[g]``; ``label`` gives the group of each cell, -1 for none."""

    name: str
    label: Array
    totals: Array


@dataclass(frozen=True)
class Rates:
    """Of the cells of group g in ``of``, those in ``part`` are the share ``rates[g]``; -1 is no group."""

    name: str
    part: Array
    of: Array
    rates: Array


@dataclass(frozen=True)
class Raked:
    """The table, how many rounds it took, and the largest relative deviation of any margin left."""

    cells: Array
    rounds: int
    deviation: float


def rake(seed: Array, margins: Sequence[Totals | Rates]) -> Raked:
    """Move a table to its margins; empty cells stay empty. ValueError where a margin asks something of empty cells."""
    cells = np.asarray(seed, dtype=np.float64).ravel().copy()
    deviation = np.inf
    for number in range(1, ROUNDS + 1):
        deviation = max((_move(cells, margin) for margin in margins), default=0.0)
        if deviation < CLOSE:
            return Raked(cells.reshape(seed.shape), number, deviation)
    return Raked(cells.reshape(seed.shape), ROUNDS, deviation)


def _move(cells: Array, margin: Totals | Rates) -> float:
    """Move to one margin; the largest relative deviation there was."""
    if isinstance(margin, Totals):
        label, wanted = margin.label, margin.totals
    else:
        label = margin.part
        wanted = margin.rates * _sums(cells, margin.of, len(margin.rates))
    held = _sums(cells, label, len(wanted))
    if ((held <= 0) & (wanted > 0)).any():
        group = int(np.flatnonzero((held <= 0) & (wanted > 0))[0])
        raise ValueError(f"the margin '{margin.name}' wants persons in group {group}, where nobody can be")
    factor = np.divide(wanted, held, out=np.ones_like(wanted), where=held > 0)
    inside = label >= 0
    cells[inside] *= factor[label[inside]]
    return float(np.abs(factor - 1).max(initial=0.0))


def _sums(cells: Array, label: Array, groups: int) -> Array:
    inside = label >= 0
    sums: Array = np.bincount(label[inside], cells[inside], minlength=groups)
    return sums


def whole(cells: Array, number: int) -> Array:
    """Whole persons by cell, ``number`` in all: the running sum is rounded, so a stretch is off by one at most."""
    flat = cells.ravel()
    running = np.cumsum(flat)
    edges = np.floor(running * (number / running[-1]) + 0.5).astype(np.int64)
    edges[-1] = number
    found: Array = np.diff(edges, prepend=0).reshape(cells.shape)
    return found
