"""One case, generated Python and columns give the same answer to every norm, on every day on which the law changes.

Every norm is asked about on some awkward days; on the others, those that read otherwise than the day before.
"""

from __future__ import annotations

import pytest

from fodfaeste.foundation import from_day
from tests.agreement.laws import ALSO, DEEP, danish_law, days_of
from tests.agreement.sweep import Record, Run, news_of_day, people_of_day

DAYS = days_of(danish_law())
NEWEST = ALSO[-1]
WHOLE = {DAYS[0], *ALSO, DAYS[-1]}
"""Days on which all norms are asked about."""


@pytest.mark.slow
@pytest.mark.parametrize("day", [day for day in DAYS if day != NEWEST], ids=lambda day: from_day(day).isoformat())
def test_the_evaluators_agree_on(day: int, record_property: Record) -> None:
    run = Run()
    run.add(*(people_of_day if DEEP or day in WHOLE else news_of_day)(danish_law(), day))
    run.close(record_property)


def test_the_evaluators_agree_today(record_property: Record) -> None:
    run = Run()
    run.add(*people_of_day(danish_law(), NEWEST))
    run.close(record_property)
    assert len(run.coverage.rows) > 400
    assert run.rows > 40 * len(run.coverage.rows)


def test_the_days_are_those_on_which_the_law_changes() -> None:
    assert len(DAYS) >= 50
    for norm in danish_law().norms.values():
        for version in norm.versions:
            assert version.span.first is None or version.span.first in DAYS
            assert version.span.last is None or version.span.last + 1 in DAYS
