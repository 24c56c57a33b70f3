"""Luck that belongs to a person and a week, not to a row: the same whatever the order, the blocks or the machine.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011), a published generator without state: from a counter and a key come
four words of 32 bits. The key is seed and replication; the counter is person, place in time and purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

_compiled: Callable[[Any], Any] = numba.njit(nogil=True, cache=True, inline="never", error_model="numpy")

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_A, _B = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_STEP_A, _STEP_B = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)


class Purpose(IntEnum):
    """What a stream of luck is for; no two purposes share a word."""

    EDUCATION = 1
    ELAPSED = 2
    SHOCK = 3
    EXIT = 4
    DESTINATION = 5
    ACT = 6
    EXEMPTION = 7
    PARAMETER = 8
    AGAIN = 9
    DEATH = 10
    HOUSEHOLD = 20
    NEED = 30
    CHECK_IN = 31
    RHYTHM = 32
    PROGRESS = 33


@_compiled
def philox(c0, c1, c2, c3, k0, k1):
    """Four words of 32 bits (each in 64) from a counter and a key of 32-bit words."""
    x0, x1, x2, x3 = np.uint64(c0) & _LOW, np.uint64(c1) & _LOW, np.uint64(c2) & _LOW, np.uint64(c3) & _LOW
    a, b = np.uint64(k0) & _LOW, np.uint64(k1) & _LOW
    for _ in range(10):
        p, q = _A * x0, _B * x2
        x0, x1, x2, x3 = (q >> _HALF) ^ x1 ^ a, q & _LOW, (p >> _HALF) ^ x3 ^ b, p & _LOW
        a, b = (a + _STEP_A) & _LOW, (b + _STEP_B) & _LOW
    return x0, x1, x2, x3


@_compiled
def fill_words(out, first, purpose, seed, replication):
    """One word of luck for each of the persons from ``first`` on."""
    for i in range(len(out)):
        person = np.uint64(first) + np.uint64(i)
        out[i] = philox(person, person >> _HALF, np.uint64(0), purpose, seed, replication)[0]


def words(first: int, number: int, purpose: Purpose, seed: int, replication: int = 0) -> npt.NDArray[np.uint32]:
    """One word of 32 bits for each of ``number`` persons from ``first`` on."""
    out = np.empty(number, np.uint32)
    fill_words(out, np.uint64(first), np.uint64(purpose), np.uint64(seed), np.uint64(replication))
    return out
