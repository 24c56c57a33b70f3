"""One case after another: results only, with every reason, and one norm explained."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import Any

from bench.encoded import ON, encoded_law, general_rulebook, in_force, mix
from bench.nation.caseload import caseload
from fodfaeste.facts import View, view_of
from fodfaeste.reasoning import Explanation, explain, explain_all, judge_of, teller_of


def run(cases: int, seed: int, **_: Any) -> dict[str, Any]:
    """Seconds of each case, sorted."""
    law = encoded_law()
    rulebook = general_rulebook(law)
    frames = caseload(law.vocabulary, ON, cases, round(cases * 12.5), seed)
    views = [view_of(frames, row, law.vocabulary) for row in range(cases)]
    began = time.perf_counter()
    judge = judge_of(rulebook)
    made = time.perf_counter() - began
    began = time.perf_counter()
    teller_of(rulebook)
    made_telling = time.perf_counter() - began
    duty = next(norm.id for norm in in_force(rulebook) if norm.must is not None and norm.norm.each is None)
    return {
        "norms": len(in_force(rulebook)),
        "mix": mix(rulebook),
        "made": made,
        "made_telling": made_telling,
        "steps": sorted(read(explain_all(rulebook, view)) for view in views),
        "result": each(judge.all, views),
        "explained": each(lambda view: explain_all(rulebook, view), views),
        "read": each(lambda view: read(explain_all(rulebook, view)), views),
        "one": each(lambda view: explain(rulebook, view, duty), views),
    }


def read(told: dict[str, list[Explanation]]) -> int:
    """Go through every step of every explanation down to the facts, each once, reading what it says; their number.

    That all of it is there, and says what the slow evaluator says, is a test: tests/agreement/test_explanations.py.
    """
    seen: set[int] = set()
    waiting = [step for explained in told.values() for one in explained for _, step in one.because]
    while waiting:
        step = waiting.pop()
        if id(step) not in seen:
            seen.add(id(step))
            assert step.text is not None
            assert step.value is not None or step.kind
            assert all(row["kind"] for row in step.rows)
            waiting += step.why
    return len(seen)


def each(call: Callable[[View], Any], views: list[View], times: int = 2) -> list[float]:
    """The best of a few times of each case, sorted: what is left is the case, not the machine's other work."""
    best = [float("inf")] * len(views)
    for view in views[:20]:
        call(view)
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            for row, view in enumerate(views):
                began = time.perf_counter()
                call(view)
                best[row] = min(best[row], time.perf_counter() - began)
            gc.collect()
    finally:
        gc.enable()
    return sorted(best)
