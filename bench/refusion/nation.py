"""Invented person-weeks, drawn with NumPy alone so that both engines get the same payments."""

from __future__ import annotations

from typing import Any

import numpy as np

WEEKS_EACH = 275
"""Rows of a person, on average."""

FIRST_MONDAY = 16_804
"""4 January 2016 in days since 1970: the first Monday of the ladder."""

SPAN = 565
"""Weeks from there to the end of October 2026."""

_BLOCK = 5_000
_KINDS = np.array([0.22, 0.40, 0.22, 0.06, 0.06, 0.04])
"""Dagpenge, kontanthjælp, sygedagpenge, ledighedsydelse, SU and barsel: invented shares of spells, for speed only."""

BENEFITS = ("dagpenge", "kontanthjaelp", "sygedagpenge", "ledighedsydelse", "su", "barselsdagpenge")


def nation(rows: int, seed: int) -> dict[str, Any]:
    """About ``rows`` rows: ``offsets``, ``day`` (Monday, or Thursday for a second payment), ``kind`` and ``amount``."""
    persons = max(rows // WEEKS_EACH, 1)
    made = [_block(min(_BLOCK, persons - lo), (seed, lo)) for lo in range(0, persons, _BLOCK)]
    sizes = np.concatenate([one[0] for one in made])
    columns = zip(*(one[1:] for one in made), strict=True)
    day, kind, amount = (np.concatenate(parts) for parts in columns)
    offsets = np.zeros(persons + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return {"offsets": offsets, "day": day, "kind": kind, "amount": amount}


def _block(persons: int, seed: tuple[int, int]) -> tuple[Any, ...]:
    """Spells of some weeks with breaks between; a fortieth of the weeks has a second payment."""
    random = np.random.default_rng(seed)
    wide = 400
    breaks = random.random((persons, wide)) < 0.03
    lengths = random.choice([1, 2, 4, 8, 16, 30, 53, 60, 104], (persons, wide))
    second = (random.random((persons, wide)) < 0.025) & ~breaks
    step = np.where(second, 0, 1) + np.where(breaks, lengths, 0)
    step[:, 0] = random.integers(0, 120, persons)
    second[:, 0] = False
    week = np.cumsum(step, axis=1, dtype=np.int32)
    change = breaks | (random.random((persons, wide)) < 0.02)
    spell = np.cumsum(change, axis=1, dtype=np.int32)
    kinds = random.choice(len(_KINDS), (persons, wide + 1), p=_KINDS).astype(np.uint8)
    kind = np.take_along_axis(kinds, spell, axis=1)
    # Three rows of one week would need an order of their own: a second payment never follows a second one.
    second[:, 1:] &= ~second[:, :-1]
    keep = (week < SPAN) & ((step > 0) | second)
    keep[:, 0] = True
    amount = random.integers(50_000, 550_000, (persons, wide), dtype=np.int32)
    day = (FIRST_MONDAY + 7 * week + 3 * second).astype(np.uint16)
    return keep.sum(axis=1), day[keep], kind[keep], amount[keep]
