"""Reading the law, and resolving one rulebook for each regime: time and memory."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.encoded import ON, ROOT
from bench.measure import high_water, repeated, reset_high_water, resident


def run(regimes: str, wanted: int, **_: Any) -> dict[str, Any]:
    """Seconds of reading, resolving and hashing; bytes the resolved rulebooks hold."""
    from fodfaeste.rulebook import read_law, resolve

    own = ROOT / "regimes"
    loads = repeated(lambda: read_law(ROOT / "law", own), least=3, most=7)
    reset_high_water()
    empty = resident()
    law, problems = read_law(ROOT / "law", Path(regimes))
    assert law is not None
    reset_high_water()
    before = resident()
    began = time.perf_counter()
    general = resolve(law, ON, None, [])
    one = time.perf_counter() - began
    named = [regime.id for regime in law.regimes.values() if regime.window.covers(ON)][:wanted]
    began = time.perf_counter()
    rulebooks = [resolve(law, ON, None, [id_]) for id_ in named]
    took = time.perf_counter() - began
    peak = high_water()
    reset_high_water()
    after = resident()
    shared = sum(book.norms.get(id_) is norm for book in rulebooks for id_, norm in general.norms.items())
    digests = {book.digest for book in rulebooks}
    return {
        "loads": loads,
        "norms": len(law.norms),
        "read": len(law.regimes),
        "problems": len(problems),
        "resolved": len(rulebooks),
        "different": len(digests),
        "one": one,
        "all": took,
        "held": after - before,
        "peak": peak - before,
        "law": before - empty,
        "shared": shared / max(len(rulebooks) * len(general.norms), 1),
    }
