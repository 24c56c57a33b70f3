"""The evaluators agree on laws nobody would write, in which every construct meets every other."""

from __future__ import annotations

from pathlib import Path

import pytest

from fodfaeste.foundation import parse_day
from tests.agreement.invented import DAYS, NORMS, invented
from tests.agreement.laws import DEEP, general
from tests.agreement.people import people
from tests.agreement.sweep import Run, in_force


@pytest.mark.parametrize("seed", range(200 if DEEP else 8))
def test_the_evaluators_agree(seed: int, tmp_path: Path) -> None:
    rulebook = general(invented(tmp_path, seed), parse_day(DAYS[seed % len(DAYS)]))
    norms, run = in_force(rulebook), Run()
    run.add(rulebook, norms, people(rulebook, norms, 80, f"invented {seed}"))
    assert not run.problems, "\n".join(run.problems)
    assert len(norms) > NORMS // 2
