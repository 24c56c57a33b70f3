"""Raking: a table meets its margins and keeps what the margins do not speak of."""

import numpy as np
import pytest

from fodfaeste.population.nation.raking import Rates, Totals, rake, whole


def test_both_margins_hold_and_the_association_of_the_start_is_kept() -> None:
    start = np.array([[40.0, 30.0], [35.0, 50.0]])
    rows = Totals("rows", np.array([0, 0, 1, 1]), np.array([150.0, 300.0]))
    columns = Totals("columns", np.array([0, 1, 0, 1]), np.array([200.0, 250.0]))
    found = rake(start, [rows, columns]).cells
    assert found.sum(axis=1) == pytest.approx([150, 300])
    assert found.sum(axis=0) == pytest.approx([200, 250])
    odds = lambda t: t[0, 0] * t[1, 1] / (t[0, 1] * t[1, 0])  # noqa: E731
    assert odds(found) == pytest.approx(odds(start))


def test_a_rate_holds_of_its_group_and_nobody_appears_where_none_can_be() -> None:
    start = np.array([10.0, 90.0, 0.0, 100.0])
    inside = np.array([0, 0, 1, 1])
    found = rake(
        start,
        [
            Rates("rate", np.array([0, -1, -1, -1]), np.array([0, 0, -1, -1]), np.array([0.25])),
            Totals("people", inside, np.array([200.0, 100.0])),
        ],
    )
    assert found.cells == pytest.approx([50, 150, 0, 100])
    assert found.deviation < 1e-6


def test_a_margin_nobody_can_meet_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'impossible' wants persons in group 1"):
        rake(np.array([5.0, 0.0]), [Totals("impossible", np.array([0, 1]), np.array([5.0, 5.0]))])


def test_whole_persons_add_up_and_no_stretch_is_off_by_more_than_one() -> None:
    cells = np.random.default_rng(4).random((7, 11)) * 3
    found = whole(cells, 500)
    assert found.sum() == 500
    assert (found >= 0).all()
    wanted = cells / cells.sum() * 500
    off = np.abs(np.cumsum(found.ravel()) - np.cumsum(wanted.ravel()))
    assert off.max() <= 0.5 + 1e-9
