"""The published generator in NumPy, for the peers: the same words as ours, a whole column at a time."""

from __future__ import annotations

from typing import Any

import numpy as np

_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_A, _B = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)


def philox(person: Any, at: Any, purpose: int, seed: int, replication: int) -> tuple[Any, ...]:
    """Four columns of words for these persons; ``at`` is one number or a column."""
    x0 = person & _LOW
    x1 = person >> _HALF
    x2 = np.broadcast_to(np.asarray(at, np.uint64), person.shape)
    x3 = np.full(person.shape, purpose, np.uint64)
    a, b = np.uint64(seed), np.uint64(replication)
    for _ in range(10):
        p, q = _A * x0, _B * x2
        x0, x1, x2, x3 = (q >> _HALF) ^ x1 ^ a, q & _LOW, (p >> _HALF) ^ x3 ^ b, p & _LOW
        a, b = (a + np.uint64(0x9E3779B9)) & _LOW, (b + np.uint64(0xBB67AE85)) & _LOW
    return tuple(one.astype(np.int64) for one in (x0, x1, x2, x3))


def waits(gaps: Any, word: Any) -> Any:
    """Weeks before the next blow."""
    return len(gaps) - np.searchsorted(gaps[::-1], word, "right")
