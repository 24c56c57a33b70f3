"""Building the synthetic persons, from the published figures to files."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any


def run(persons: int, seed: int, threads: int, **_: Any) -> dict[str, Any]:
    """Seconds for the whole of it."""
    from fodfaeste.population.nation.parquet import build

    with tempfile.TemporaryDirectory() as room:
        began = time.perf_counter()
        build(Path(room) / "nation", persons, seed, threads=threads)
        return {"seconds": time.perf_counter() - began}
