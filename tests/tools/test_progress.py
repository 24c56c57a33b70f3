"""The demonstration of progress that is not a job: what it shows, and that the page says what the model does."""

from __future__ import annotations

import numpy as np
import pytest

from fodfaeste.simulation.behaviour import parameters
from fodfaeste.simulation.progress import Seen, declared_progress, demonstrate, people
from tools.progress import DOCUMENT, WEEKS, written


def at(week: int, **figures: float) -> Seen:
    return demonstrate((week,), figures)[0]


def test_the_scale_moves_before_work_does() -> None:
    found = demonstrate(WEEKS)
    early = next(one for one in found if one.week == 13)
    assert early.steps[1] > 1.3 * early.steps[0]
    assert early.people_steps is not None
    assert early.people_work is None, "nothing is known of work yet"
    last = found[-1]
    assert last.work[1] > last.work[0]
    assert last.people_work is not None
    assert last.people_work > 50 * (last.people_steps or 0)


def test_steps_that_lead_nowhere_move_all_the_same() -> None:
    nowhere = at(104, each_step=0.0)
    assert nowhere.people_steps is not None
    assert nowhere.people_work is None
    assert nowhere.work[1] == pytest.approx(nowhere.work[0], abs=0.01)


def test_an_effort_that_does_nothing_is_not_seen() -> None:
    nothing = at(52, helped=1.0)
    assert (nothing.people_steps, nothing.people_work) == (None, None)


def test_a_scale_has_an_end() -> None:
    assert max(at(104, weekly=0.9, work=0.0).steps) == declared_progress()["steps"]


def test_so_many_people_are_enough_four_times_in_five() -> None:
    """Two groups of that size, drawn again and again: the difference is seen as often as was asked for."""
    models, luck = declared_progress(), np.random.default_rng(1)
    plain, helped = luck.normal(0, 1, 200_000), luck.normal(0.5, 1, 200_000)
    needed = people(models, plain, helped)
    assert needed is not None
    assert 60 <= needed <= 66  # 2 · (1.96 + 0.84)² / 0.5² = 62.8
    seen = 0
    for _ in range(1000):
        one, other = luck.normal(0, 1, needed), luck.normal(0.5, 1, needed)
        seen += abs(other.mean() - one.mean()) > 1.96 * (2 / needed) ** 0.5
    assert 760 < seen < 840


def test_every_figure_is_declared_with_an_interval() -> None:
    for one in parameters(declared_progress()):
        assert one.low <= one.value <= one.high, one.name
        assert len(one.source) > 10, one.name


def test_the_page_says_what_the_model_does_today() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == written(), "run make progress"
