"""Every duty of all open cases: time, and the most memory the process held, input and output included."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from bench.encoded import ON, bytes_of, bytes_written, encoded_law, general_rulebook, in_force
from bench.measure import high_water, repeated, reset_high_water, resident
from bench.nation.caseload import caseload
from fodfaeste.reasoning import NEEDS_ACTION


def run(n: int, events: int, seed: int, threads: int = 2, **_: Any) -> dict[str, Any]:
    """Times and memory of all duties of ``n`` cases."""
    from fodfaeste.reasoning.columns import DutyColumns, columns

    law = encoded_law()
    rulebook = general_rulebook(law)
    duties = [norm.id for norm in in_force(rulebook) if norm.norm.kind == "duty"]
    frames = caseload(law.vocabulary, ON, n, events, seed)
    columns(rulebook, frames.slice(0, 1000), norms=duties, threads=threads, compiled=True)

    reset_high_water()
    before = resident()
    began = time.perf_counter()
    answer = columns(rulebook, frames, norms=duties, threads=threads, compiled=True)
    first = time.perf_counter() - began
    most = high_water()
    judged = waiting = 0
    for value in answer.values.values():
        status = value.status if isinstance(value, DutyColumns) else value
        judged += len(status)
        waiting += int(np.isin(status, [int(one) for one in NEEDS_ACTION]).sum())
    written = bytes_written(answer, frames)
    del answer
    times = repeated(
        lambda asked: columns(rulebook, asked, norms=duties, threads=threads, compiled=True),
        least=2, most=4, budget=15, fresh=lambda: replace(frames),
    )  # fmt: skip
    return {
        "duties": len(duties),
        "events": sum(len(frame.day) for frame in frames.events.values()),
        "judged": judged,
        "waiting": waiting,
        "first": first,
        "times": times,
        "most": most,
        "before": before,
        "held": bytes_of(frames),
        "written": written,
    }
