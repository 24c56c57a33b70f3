"""Time, memory and checksums, with nothing but the standard library and NumPy."""

from __future__ import annotations

import ctypes
import gc
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

_MIX = np.uint64(0x9E3779B97F4A7C15)
_BLOCK = 1 << 20


def repeated(
    call: Callable[[], Any], least: int = 3, most: int = 7, budget: float = 4.0, fresh: Callable[[], Any] | None = None
) -> list[float]:
    """Seconds of each of ``least`` to ``most`` calls, as many as the budget allows.

    With ``fresh``, its answer is made untimed before each call and handed to it.
    """
    times: list[float] = []
    gc.collect()
    gc.disable()
    try:
        while len(times) < least or (len(times) < most and sum(times) < budget):
            given = () if fresh is None else (fresh(),)
            began = time.perf_counter()
            answer = call(*given)
            times.append(time.perf_counter() - began)
            del answer, given
    finally:
        gc.enable()
    return times


def checksum(column: Any) -> int:
    """A number that changes when any value does, or moves to another row; the dtype has no effect."""
    total = np.uint64(0)
    with np.errstate(over="ignore"):
        for lo in range(0, len(column), _BLOCK):
            values = np.asarray(column[lo : lo + _BLOCK]).astype(np.int64).view(np.uint64)
            weights = np.arange(lo + 1, lo + 1 + len(values), dtype=np.uint64) * _MIX
            total += np.sum((values + np.uint64(1)) * (weights ^ (weights >> np.uint64(29))), dtype=np.uint64)
    return int(total)


def resident() -> int:
    """Bytes of memory this process holds now; 0 where the system does not say (not Linux)."""
    return _status("VmRSS")


def high_water() -> int:
    """The most bytes it held since the start or the last ``reset_high_water``."""
    return _status("VmHWM")


def reset_high_water() -> None:
    """Give freed memory back, and let the high-water mark start again from what is held now."""
    gc.collect()
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError):
        return
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _status(key: str) -> int:
    path = Path("/proc/self/status")
    if not path.exists():
        return 0
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) * 1024
    return 0


def since_start() -> float:
    """Seconds since this process began, the start of Python included."""
    ticks = int(Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[19])
    uptime = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    return uptime - ticks / os.sysconf("SC_CLK_TCK")
