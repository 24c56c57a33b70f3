"""The loops the clock is measured against live the same lives, to the last digit."""

import pickle
from pathlib import Path

import pytest

from bench.nation.numpy_luck import philox
from bench.nation.on_numpy import run as loop
from bench.nation.ours_weekly import run as ours
from fodfaeste.population import luck
from tests.simulation.runs import FEWER, GENERAL, run


@pytest.mark.parametrize("kept", [False, True])
def test_both_loops_agree_with_the_kernel(kept: bool, tmp_path: Path) -> None:
    setup = tmp_path / "setup.pickle"
    setup.write_bytes(pickle.dumps(run((GENERAL, FEWER), to_work=1.3)))
    assert loop(str(setup), 12_000, 3, kept)["sums"] == ours(str(setup), 12_000, 3, threads=1, repeat=1)["sums"]


def test_the_peers_have_our_luck() -> None:
    import numpy as np

    persons = np.arange(5, dtype=np.uint64)
    columns = philox(persons, 7, 4, 1, 2)
    for person in range(5):
        assert [int(column[person]) for column in columns] == [int(w) for w in luck.philox(person, 0, 7, 4, 1, 2)]
