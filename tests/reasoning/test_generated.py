"""What the generated functions do in a quicker way comes out as the plain way has it."""

from __future__ import annotations

import pytest

from fodfaeste.foundation import FAR, calendar, day_number
from fodfaeste.reasoning.generated import add_months, age

NEAR = [*range(18_260, 20_460, 7), *(day_number(year, month, 28) for year in (2023, 2024) for month in range(1, 13))]
EDGES = [
    *(day_number(year, month, day) for year in (1, 1900, 2024, 9998) for month, day in ((1, 31), (2, 28), (3, 1))),
    day_number(2024, 2, 29), day_number(9999, 12, 30), FAR, FAR + 1, -800_000,
]  # fmt: skip


@pytest.mark.parametrize("last_day", [True, False])
def test_months_are_added_as_the_calendar_adds_them(last_day: bool) -> None:
    for day in (*NEAR, *EDGES, *(day + 1 for day in NEAR), *(day + 3 for day in NEAR)):
        for months in (-30_000, -13, -12, -1, 0, 1, 6, 12, 25, 120, 100_000):
            assert add_months(day, months, last_day) == calendar.add_months(day, months, last_day), (day, months)


def test_an_age_is_what_the_calendar_says() -> None:
    born = [*EDGES, *(day_number(year, month, day) for year in (1960, 2000, 2001) for month, day in ((2, 28), (3, 1)))]
    for one in born:
        for at in (*NEAR, *(day + 1 for day in NEAR), *EDGES):
            assert age(one, at) == calendar.age(one, at), (one, at)
