"""The law of Hven uses every construct there is: all evaluators agree on it, with and without its regimes."""

from __future__ import annotations

import pytest

from fodfaeste.foundation import from_day
from tests.agreement.laws import days_of, differing_places, toy_law
from tests.agreement.sweep import Run, people_of_day, place_parts, regime_parts

LAW = toy_law()
if LAW is None:
    pytest.skip("the law of Hven is not here", allow_module_level=True)


@pytest.mark.parametrize("day", days_of(LAW), ids=lambda day: from_day(day).isoformat())
def test_the_evaluators_agree_on(day: int) -> None:
    run = Run()
    run.add(*people_of_day(LAW, day))
    assert not run.problems, "\n".join(run.problems)


@pytest.mark.parametrize("regime", sorted(LAW.regimes))
def test_the_evaluators_agree_under(regime: str) -> None:
    run = Run()
    for small, norms, views in regime_parts(LAW, regime):
        run.add(small, norms, views)
    assert not run.problems, "\n".join(run.problems)


@pytest.mark.parametrize("place", sorted(differing_places(LAW)))
def test_the_evaluators_agree_where_several_regimes_ran(place: str) -> None:
    run = Run()
    for small, norms, views in place_parts(LAW, place):
        run.add(small, norms, views)
    assert not run.problems, "\n".join(run.problems)
