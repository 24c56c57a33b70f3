"""Ours: the compiled clock over both sides, on any engine; and what its sums are told by."""

from __future__ import annotations

import pickle
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.measure import checksum


def checks(stock: Any, moves: Any, fallen: Any, acts: Any) -> list[int]:
    """What two clocks must have alike."""
    return [checksum(np.ascontiguousarray(one).ravel()) for one in (stock, moves, fallen, acts)]


def run(setup: str, persons: int, seed: int, threads: int, repeat: int = 3, engine: str = "threads", blocks: int = 0,
        **_: Any) -> dict[str, Any]:  # fmt: skip
    """Seconds of each repetition, and checksums of each side."""
    from fodfaeste.population.nation import everybody
    from fodfaeste.simulation.run import Engine, run_nation

    made = pickle.loads(Path(setup).read_bytes())
    began = time.perf_counter()
    people = everybody(persons, seed)
    building = time.perf_counter() - began
    how = Engine(engine, threads, None, blocks or None)
    run_nation(people.slice(0, min(2_000, persons)), made, how)
    times = []
    for _i in range(repeat):
        began = time.perf_counter()
        totals = run_nation(people, made, how)
        times.append(time.perf_counter() - began)
    there = totals.people()
    sums = [
        checks(there[i], totals.moves[i], totals.fallen[i], totals.acts[i]) for i in range(len(made.sides))
    ]  # fmt: skip
    return {"times": times, "sums": sums, "digest": totals.digest, "building": building}
