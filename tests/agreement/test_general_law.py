"""One case, generated Python and columns give the same answer to every norm, on every day on which the law changes."""

from __future__ import annotations

import pytest

from fodfaeste.foundation import from_day
from tests.agreement.laws import ALSO, danish_law, days_of
from tests.agreement.sweep import Run, people_of_day

DAYS = days_of(danish_law())
NEWEST = ALSO[-1]


def agreement_on(day: int) -> Run:
    run = Run()
    run.add(*people_of_day(danish_law(), day))
    return run


@pytest.mark.slow
@pytest.mark.parametrize("day", [day for day in DAYS if day != NEWEST], ids=lambda day: from_day(day).isoformat())
def test_the_evaluators_agree_on(day: int) -> None:
    run = agreement_on(day)
    assert not run.problems, "\n".join(run.problems)
    assert run.rows > 50 * len(run.norms)


def test_the_evaluators_agree_today() -> None:
    run = agreement_on(NEWEST)
    assert not run.problems, "\n".join(run.problems)


def test_the_days_are_those_on_which_the_law_changes() -> None:
    law = danish_law()
    assert len(DAYS) >= 50
    for norm in law.norms.values():
        for version in norm.versions:
            assert version.span.first is None or version.span.first in DAYS
            assert version.span.last is None or version.span.last + 1 in DAYS
