"""Periods as the law writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import Period, parse_period


@pytest.mark.parametrize(
    ("text", "unit", "n"),
    [
        ("6 months", "months", 6),
        ("1 month", "months", 1),
        ("2 weeks", "days", 14),
        ("8 days", "days", 8),
        ("5 workdays", "workdays", 5),
        ("2 years", "months", 24),
        ("0 days", "days", 0),
    ],
)
def test_weeks_are_days_and_years_are_months(text: str, unit: str, n: int) -> None:
    period = parse_period(text)
    assert (period.unit, period.n) == (unit, n)


@given(st.sampled_from(["days", "months", "workdays"]), st.integers(0, 9999))
def test_what_is_written_is_read_back(unit: str, n: int) -> None:
    period = parse_period(f"{n} {unit}")
    assert parse_period(str(period)) == period == Period(period.unit, n)


@pytest.mark.parametrize(
    "text", ["", "six months", "6", "6months", "6  months", "-1 days", "1.5 weeks", "6 Months", "²  days"]
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a period: write a whole number and .*, for example 6 months$"):
        parse_period(text)
