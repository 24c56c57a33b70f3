"""What the same luck is worth: the variance of a difference between two regimes, paired and apart."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np


def run(setup: str, persons: int, pairs: int, seed: int, threads: int, **_: Any) -> dict[str, Any]:
    """By quantity: variance of differences between independent runs, over that of paired ones."""
    from fodfaeste.population.nation import everybody, states
    from fodfaeste.simulation.run import Engine, run_nation

    made = pickle.loads(Path(setup).read_bytes())
    people, names = everybody(persons, seed), states()
    inside = [names.index(one) for one in ("dagpenge", "syg-job")]
    work = names.index("beskaeftigelse")
    found: dict[str, list[Any]] = {"benefit weeks": [], "exits to work": []}
    for number in range(pairs):
        totals = run_nation(people, replace(made, replication=number), Engine(workers=threads))
        found["benefit weeks"].append(totals.people()[:, :, inside].sum(axis=(1, 2)))
        found["exits to work"].append(totals.moves[:, :, inside, work].sum(axis=(1, 2)))
    ratios = {}
    for name, values in found.items():
        each = np.array(values, float)
        paired = np.var(each[:, 1] - each[:, 0], ddof=1)
        ratios[name] = float((np.var(each[:, 0], ddof=1) + np.var(each[:, 1], ddof=1)) / paired)
    return {"ratios": ratios, "pairs": pairs}
