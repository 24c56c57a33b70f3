"""Memory for results: one stretch for a whole answer, kept for the next when the last array of it is gone.

Fresh memory costs a fault for every page that is first written to, which is more than filling it. What is kept is
marked as free: the system takes it back when it needs it. It is asked for again in large pages, which are faster to
write to but may be slow to get: who asks once does not wait for them.
"""

from __future__ import annotations

import mmap
import threading
import weakref
from contextlib import suppress
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

SMALL = 1 << 20
"""An answer of fewer bytes is ordinary memory."""

KEPT = 2
"""Stretches kept for later, at most."""

_ALIGNED = 64
_PAGE = 2 * 2**20

_OWN: dict[str, int] = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_ANONYMOUS") else {}
"""Memory of this process alone: what is shared, as Python asks for, the system neither joins nor takes back."""

_free: list[mmap.mmap] = []
_large: weakref.WeakSet[mmap.mmap] = weakref.WeakSet()
_lock = threading.Lock()


class _Stretch:
    """A stretch of bytes as NumPy sees it; when no array looks at it any more, it is free."""

    def __init__(self, pages: mmap.mmap) -> None:
        self._pages = pages
        address = np.frombuffer(pages, np.uint8, 1).__array_interface__["data"][0]
        self.__array_interface__ = {
            "shape": (len(pages),), "typestr": "|u1", "data": (address, False), "version": 3,
        }  # fmt: skip
        weakref.finalize(self, _give_back, pages)


def _give_back(pages: mmap.mmap) -> None:
    """Keep pages that no array looks at any more. They are let go of before anybody else can take them."""
    first = pages not in _large
    for wish in ("MADV_DONTNEED", "MADV_HUGEPAGE") if first else ("MADV_FREE",):
        if hasattr(mmap, wish):
            with suppress(OSError):  # a system without it keeps the pages as they are
                pages.madvise(getattr(mmap, wish))
    with _lock:
        _large.add(pages)
        if len(_free) >= KEPT:
            _free.remove(min(_free, key=len))
        _free.append(pages)


def _taken(size: int) -> mmap.mmap:
    """Pages for that many bytes: kept ones that are not far too many, or new ones."""
    with _lock:
        fitting = [pages for pages in _free if size <= len(pages) <= 2 * size]
        if fitting:
            best = min(fitting, key=len)
            _free.remove(best)
            return best
    return mmap.mmap(-1, -(-size // _PAGE) * _PAGE, **_OWN)


class Sheet:
    """Arrays asked for one by one and laid side by side: ``want`` them all, then ``arrays``."""

    def __init__(self) -> None:
        self._wanted: list[tuple[int, np.dtype[Any], int]] = []  # rows, dtype, offset
        self._size = 0

    def want(self, rows: int, dtype: npt.DTypeLike) -> int:
        """Ask for an array; gives its place in ``arrays``."""
        kind = np.dtype(dtype)
        self._wanted.append((rows, kind, self._size))
        self._size += -(-rows * kind.itemsize // _ALIGNED) * _ALIGNED
        return len(self._wanted) - 1

    def arrays(self) -> list[Array]:
        """The arrays, with whatever was in them before."""
        if self._size < SMALL:
            return [np.empty(rows, dtype) for rows, dtype, _ in self._wanted]
        whole = np.asarray(_Stretch(_taken(self._size)))
        return [whole[at : at + rows * dtype.itemsize].view(dtype) for rows, dtype, at in self._wanted]
