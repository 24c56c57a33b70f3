"""The limit: copying the clock's state table once a week, one thread, into arrays that are there."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

# municipality, education, born, state, weeks in it, chance left, luck, where to, spared, last heard, end, left at,
# course, next shock, shocks seen: what the loops in this folder carry from week to week, at the smallest dtypes.
STATE = (
    np.uint8, np.uint8, np.int32, np.uint8, np.uint16, np.uint32, np.uint32, np.uint32, np.uint32, np.uint16, np.uint16,
    np.uint16, np.int8, np.uint16, np.uint8,
)  # fmt: skip


def run(persons: int, weeks: int, repeat: int = 3, **_: Any) -> dict[str, Any]:
    """Seconds of each repetition, and bytes of state a person."""
    table = [np.ones(persons, dtype) for dtype in STATE]
    other = [np.zeros_like(column) for column in table]
    for column in other:
        column[:] = 1  # touched, so that it is memory
    times = []
    for _i in range(repeat):
        began = time.perf_counter()
        for _week in range(weeks):
            for column, there in zip(table, other, strict=True):
                np.copyto(there, column)
        times.append(time.perf_counter() - began)
    return {"times": times, "bytes": sum(column.itemsize for column in table)}
