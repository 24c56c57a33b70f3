"""The number by which a row of an extract is known again: the same row read twice is one line.

A 64-bit mix that never changes: it stands in the database. Numbers are mixed by the finaliser of SplitMix64; words by
BLAKE2b.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def mixed(parts: Iterable[pl.Series], salt: str) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """One number for each row of equally long columns of numbers or words; ``salt`` keeps tables apart."""
    with np.errstate(over="ignore"):
        total: Any = np.uint64(_word(salt))
        for part in parts:
            total = _finish((total ^ _numbers(part)) + _GOLDEN)
    return np.asarray(total, dtype=np.uint64)


def keys(
    base: np.ndarray[Any, np.dtype[np.uint64]], ids: pl.Series | None, salt: str
) -> tuple[pl.Series, pl.Series | None]:
    """Keys of the rows, and which rows repeat an id that stands further up (None: no id is repeated).

    A row with an id of its own is known by that. Of rows that are otherwise alike, the second has another key than
    the first: two conversations on one day are two.
    """
    frame = pl.DataFrame({"base": base})
    if frame["base"].is_duplicated().any():
        nth = frame.select(pl.int_range(pl.len(), dtype=pl.UInt64).over("base").alias("nth"))["nth"]
        key = mixed([frame["base"], nth], salt)
    else:
        key = mixed([frame["base"], pl.Series(np.zeros(len(base), dtype=np.uint64))], salt)
    repeated = None
    if ids is not None and ids.null_count() < len(ids):
        given = ids.is_not_null().to_numpy()
        named = mixed([ids.fill_null("")], salt + "/id")
        key = np.where(given, named, key)
        twice = ids.is_first_distinct() | ids.is_null()
        repeated = None if twice.all() else ~twice
    return pl.Series("key", key.view(np.int64)), repeated


def _finish(total: Any) -> Any:
    total = (total ^ (total >> np.uint64(30))) * _FIRST
    total = (total ^ (total >> np.uint64(27))) * _SECOND
    return total ^ (total >> np.uint64(31))


def _numbers(part: pl.Series) -> Any:
    if part.dtype in (pl.String, pl.Categorical):
        part = part.cast(pl.String).fill_null("")
        words = part.unique().to_list()
        codes = pl.Series(np.array([_word(word) for word in words], dtype=np.uint64))
        return part.replace_strict(pl.Series(words, dtype=pl.String), codes, return_dtype=pl.UInt64).to_numpy()
    if part.dtype == pl.Date:
        part = part.to_physical()
    if part.dtype == pl.UInt64:
        return part.to_numpy()
    return part.cast(pl.Int64).fill_null(-(2**63)).to_numpy().view(np.uint64)


def _word(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
