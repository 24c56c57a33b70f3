"""The three evaluators agree under every regime on every norm that the regime, on any of its days, makes differ."""

from __future__ import annotations

import pytest

from tests.agreement.laws import danish_law, differing_places
from tests.agreement.sweep import Record, Run, place_parts, regime_parts


@pytest.mark.slow
@pytest.mark.parametrize("regime", sorted(danish_law().regimes))
def test_the_evaluators_agree_under(regime: str, record_property: Record) -> None:
    run = Run()
    for small, norms, views in regime_parts(danish_law(), regime):
        run.add(small, norms, views)
    run.close(record_property)


@pytest.mark.slow
@pytest.mark.parametrize("place", sorted(differing_places(danish_law())))
def test_the_evaluators_agree_where_several_regimes_ran(place: str, record_property: Record) -> None:
    run = Run()
    for small, norms, views in place_parts(danish_law(), place):
        run.add(small, norms, views)
    run.close(record_property)
