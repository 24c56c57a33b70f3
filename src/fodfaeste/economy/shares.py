"""State and municipal shares for a nation: person-weeks as columns, several threads, exact øre."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.economy.ladder import Payment
from fodfaeste.economy.tariff import Tariff

Array = npt.NDArray[Any]

_PARTS = 8  # parts of the work for each thread, so that none waits long for another
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class PersonWeeks:
    """Payments of many persons: those of person i are rows ``offsets[i]`` to ``offsets[i + 1]``, sorted by day.

    ``day`` in whole days since 1970 (two bytes are enough), ``situation`` as the tariff numbers them, ``amount`` in
    whole øre or UNKNOWN_ØRE. Weeks in which nothing was paid have no row: they are self-support.
    """

    offsets: Array
    day: Array
    situation: Array
    amount: Array

    def __post_init__(self) -> None:
        rows = len(self.day)
        if len(self.situation) != rows or len(self.amount) != rows:
            raise ValueError("the columns have different lengths; give day, situation and amount of every row")
        if not len(self.offsets) or self.offsets[0] != 0 or self.offsets[-1] != rows:
            raise ValueError("the offsets do not begin at 0 and end at the number of rows; give one more than persons")

    @property
    def persons(self) -> int:
        """How many persons."""
        return len(self.offsets) - 1


@dataclass(frozen=True, slots=True)
class Shares:
    """The state share of every row in øre (or UNKNOWN_ØRE, OUTSIDE_ØRE), and the week's number if asked for."""

    rows: PersonWeeks
    state: Array
    number: Array | None

    @property
    def known(self) -> Array:
        """Whether a row is shared and its share known."""
        from fodfaeste.economy.kernel import OUTSIDE_ØRE

        found: Array = self.state > OUTSIDE_ØRE
        return found

    @property
    def municipality(self) -> Array:
        """The municipal share of every row in øre; as ``state`` where it is not known or not shared."""
        return np.where(self.known, self.rows.amount - self.state, self.state)

    def totals(self) -> dict[str, int]:
        """``state`` and ``municipality`` in øre over all rows with a known share, and how many rows are otherwise."""
        from fodfaeste.economy.kernel import OUTSIDE_ØRE, UNKNOWN_ØRE

        found = {"state": 0, "municipality": 0, "unknown": 0, "outside": 0}
        for lo in range(0, len(self.state), _BLOCK):
            state, amount = self.state[lo : lo + _BLOCK], self.rows.amount[lo : lo + _BLOCK]
            known = state > OUTSIDE_ØRE
            borne = int(state.sum(where=known, dtype=np.int64))
            found["state"] += borne
            found["municipality"] += int(amount.sum(where=known, dtype=np.int64)) - borne
            found["unknown"] += int((state == UNKNOWN_ØRE).sum())
            found["outside"] += int((state == OUTSIDE_ØRE).sum())
        return found


def share_columns(
    rows: PersonWeeks, tariff: Tariff, numbers: bool = False, threads: int | None = None, into: Array | None = None
) -> Shares:
    """What every row costs whom; the same answers as ``share_payments`` for one person after another.

    ``numbers`` asks for the week's number too (0: none matters, or it is not known). ``into`` takes the state share
    (int32). Beside the answer it needs no memory worth naming; a nation that does not fit is given in parts, for
    persons do not depend on each other. Raises ValueError for days the tariff was not made for.
    """
    from fodfaeste.economy import kernel

    _check_days(rows, tariff)
    state = np.empty(len(rows.day), np.int32) if into is None else into
    number = np.zeros(len(rows.day) if numbers else 0, np.uint16)
    workers = threads or os.cpu_count() or 1

    weeks = (tariff.restart_weeks, tariff.window_weeks, tariff.uses_up, tariff.stands, tariff.running)
    terms = np.stack([one.astype(np.int64) for one in weeks], axis=1)

    def part(bounds: tuple[int, int]) -> None:
        ring = np.zeros((2, int(tariff.window_weeks.max()) + 2), np.int64)
        own = np.full((3, len(tariff.benefits) + 1), -1, np.int64)
        kernel.share_rows(
            *bounds, rows.offsets, rows.day, rows.situation, rows.amount, tariff.starts, tariff.flags, tariff.share,
            tariff.gap, terms, len(tariff.activities) + 1, ring, own, state, number,
        )  # fmt: skip

    bounds = _parts(rows.offsets, 1 if workers == 1 else workers * _PARTS)
    if len(bounds) == 1:
        part(bounds[0])
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(part, bounds))
    return Shares(rows, state, number if numbers else None)


def _check_days(rows: PersonWeeks, tariff: Tariff) -> None:
    if not len(rows.day):
        return
    if int(rows.day.min()) < int(tariff.starts[0]) or int(rows.day.max()) > tariff.last:
        raise ValueError("some days lie outside the days the tariff was made for; make it for more")


def _parts(offsets: Array, parts: int) -> list[tuple[int, int]]:
    """Persons in parts of about as many rows each."""
    persons, rows = len(offsets) - 1, int(offsets[-1])
    edges = np.searchsorted(offsets, np.linspace(0, rows, parts + 1)[1:-1].astype(np.int64), "left")
    edges = np.unique(np.concatenate([[0], edges, [persons]]))
    return list(pairwise(edges.tolist()))


def rows_of(people: Sequence[Sequence[Payment]], tariff: Tariff) -> PersonWeeks:
    """Payments of several persons as columns."""
    from fodfaeste.economy.kernel import UNKNOWN_ØRE

    flat = [one for payments in people for one in sorted(payments, key=lambda one: one.day)]
    sizes = [len(payments) for payments in people]
    return PersonWeeks(
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        np.array([one.day for one in flat], np.int32),
        np.array([tariff.situation(one.benefit, one.activity) for one in flat], np.uint16),
        np.array([UNKNOWN_ØRE if one.amount is None else one.amount for one in flat], np.int32),
    )
