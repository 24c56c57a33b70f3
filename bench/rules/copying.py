"""The limit: moving as many bytes as the rules touch, half read and half written, on all threads allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from bench.measure import repeated


def run(bytes_touched: int, threads: int = 2, **_: Any) -> dict[str, Any]:
    """Times of copying half of ``bytes_touched`` into buffers that are there already."""
    half = max(bytes_touched // 2 // threads, 1)
    parts = [(np.ones(half, np.uint8), np.zeros(half, np.uint8)) for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:

        def copied() -> None:
            for done in [pool.submit(np.copyto, into, source) for source, into in parts]:
                done.result()

        copied()
        return {"times": repeated(copied, least=5, most=15)}
