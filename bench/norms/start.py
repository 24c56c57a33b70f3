"""From nothing to the first answer of all norms, in a process that has just begun."""

from __future__ import annotations

import time
from typing import Any

from bench.encoded import ON, encoded_law, general_rulebook
from bench.nation.caseload import caseload


def run(seed: int, threads: int = 2, **_: Any) -> dict[str, Any]:
    """Seconds of reading the law, and from importing the engine to the first answer for 1 000 persons."""
    began = time.perf_counter()
    law = encoded_law()
    rulebook = general_rulebook(law)
    read = time.perf_counter() - began
    frames = caseload(law.vocabulary, ON, 1000, 12_500, seed)
    began = time.perf_counter()
    from fodfaeste.reasoning.columns import columns

    columns(rulebook, frames, threads=threads, compiled=True)
    return {"law": read, "first": time.perf_counter() - began}
