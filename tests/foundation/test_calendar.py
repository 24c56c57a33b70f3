"""Days and months: what a calendar on the wall would say."""

import types
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import (
    EPOCH,
    FAR,
    add_days,
    add_months,
    age,
    civil,
    day_number,
    days_in_month,
    end_of_month,
    end_of_week,
    from_day,
    months_between,
    parse_day,
    start_of_month,
    to_day,
    weekday,
)
from fodfaeste.foundation import calendar as calendar_module

DATES = st.dates()
DAYS = st.dates(date(1850, 1, 1), date(2200, 12, 31)).map(to_day)
MONTHS = st.integers(-1200, 1200)


def day(text: str) -> int:
    return parse_day(text)


class TestDays:
    @given(DATES)
    def test_a_date_survives_the_round_trip(self, value: date) -> None:
        assert from_day(to_day(value)) == value

    @given(DATES)
    def test_the_integer_algorithm_agrees_with_the_standard_library(self, value: date) -> None:
        assert civil(to_day(value)) == (value.year, value.month, value.day)
        assert day_number(value.year, value.month, value.day) == to_day(value)
        assert weekday(to_day(value)) == value.weekday()

    @given(st.integers(-(10**7), 10**7))
    def test_the_conversions_are_inverse_far_beyond_the_calendar(self, number: int) -> None:
        assert day_number(*civil(number)) == number

    def test_every_day_of_four_centuries_in_order(self) -> None:
        value, number = date(1900, 1, 1), to_day(date(1900, 1, 1))
        while value.year < 2300:
            assert civil(number) == (value.year, value.month, value.day)
            value, number = value + timedelta(days=1), number + 1

    def test_the_ends_of_time(self) -> None:
        assert from_day(EPOCH) == date(1970, 1, 1)
        assert from_day(FAR) == date.max
        with pytest.raises(ValueError, match=r"ordinal|year"):
            from_day(FAR + 1)

    def test_the_clock_is_left_out(self) -> None:
        assert to_day(datetime(2024, 2, 29, 23, 59, tzinfo=UTC)) == to_day(date(2024, 2, 29))

    @given(DATES)
    def test_a_written_date_is_read_back(self, value: date) -> None:
        assert parse_day(value.isoformat()) == to_day(value)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2023-02-29",
            "2024-13-01",
            "0000-01-01",
            "20240101",
            "2024-W01-1",
            "2024-1-1",
            "01-02-2024",
            " 2024-01-01",
            "2024-01-01\n",
            "2024-01-01T00:00",
            "２０２４-01-01",
        ],
    )
    def test_anything_else_is_refused_in_one_sentence(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"is not a date: write year-month-day, for example 2024-01-31$"):
            parse_day(text)


class TestAddDays:
    @given(DAYS, st.integers(-50_000, 50_000))
    def test_as_the_standard_library_counts(self, start: int, n: int) -> None:
        assert from_day(add_days(start, n)) == from_day(start) + timedelta(days=n)

    @given(st.integers(-(10**6), 10**6))
    def test_never_stays_never(self, n: int) -> None:
        assert add_days(FAR, n) == FAR
        assert add_months(FAR, n, True) == add_months(FAR, n, False) == FAR

    def test_nothing_is_later_than_never(self) -> None:
        assert add_days(FAR - 1, 1) == add_days(FAR - 1, 500) == FAR
        assert add_months(FAR - 1, 1, True) == add_months(day("9999-11-30"), 99, False) == FAR


class TestAddMonths:
    @pytest.mark.parametrize(
        ("start", "n", "last_day", "first_of_next"),
        [
            ("2023-01-31", 1, "2023-02-28", "2023-03-01"),
            ("2024-01-31", 1, "2024-02-29", "2024-03-01"),
            ("2024-01-30", 1, "2024-02-29", "2024-03-01"),
            ("2024-01-29", 1, "2024-02-29", "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
            ("2024-02-29", 48, "2028-02-29", "2028-02-29"),
            ("2024-02-29", -12, "2023-02-28", "2023-03-01"),
            ("2024-05-31", -3, "2024-02-29", "2024-03-01"),
            ("2024-08-31", 6, "2025-02-28", "2025-03-01"),
            ("2024-10-31", 1, "2024-11-30", "2024-12-01"),
            ("2024-12-31", 2, "2025-02-28", "2025-03-01"),
            ("2023-11-30", 3, "2024-02-29", "2024-03-01"),
            ("1899-12-31", 2, "1900-02-28", "1900-03-01"),
            ("1999-12-31", 2, "2000-02-29", "2000-03-01"),
            ("2024-03-15", 0, "2024-03-15", "2024-03-15"),
        ],
    )
    def test_the_month_end_rounds_as_stated(self, start: str, n: int, last_day: str, first_of_next: str) -> None:
        assert add_months(day(start), n, True) == day(last_day)
        assert add_months(day(start), n, False) == day(first_of_next)

    @given(DAYS, MONTHS, st.booleans())
    def test_the_month_is_the_right_one_and_the_day_is_kept_where_it_exists(
        self, start: int, n: int, last_day: bool
    ) -> None:
        year, month, day_of_month = civil(start)
        wanted_year, wanted_month = divmod(year * 12 + month - 1 + n, 12)
        wanted_month += 1
        got = civil(add_months(start, n, last_day))
        if day_of_month <= days_in_month(wanted_year, wanted_month):
            assert got == (wanted_year, wanted_month, day_of_month)
        elif last_day:
            assert got == (wanted_year, wanted_month, days_in_month(wanted_year, wanted_month))
        else:
            assert got == (wanted_year, wanted_month + 1, 1)

    @given(DAYS, MONTHS)
    def test_the_two_roundings_differ_by_one_day_at_most(self, start: int, n: int) -> None:
        assert add_months(start, n, False) - add_months(start, n, True) in (0, 1)

    @given(DAYS, DAYS, MONTHS, st.booleans())
    def test_who_starts_later_never_ends_earlier(self, a: int, b: int, n: int, last_day: bool) -> None:
        first, second = sorted((a, b))
        assert add_months(first, n, last_day) <= add_months(second, n, last_day)

    @given(DAYS, MONTHS, st.booleans())
    def test_one_more_month_is_always_later(self, start: int, n: int, last_day: bool) -> None:
        assert add_months(start, n, last_day) < add_months(start, n + 1, last_day)

    @given(DAYS, MONTHS, st.booleans())
    def test_forth_and_back_comes_home_or_to_the_month_end(self, start: int, n: int, last_day: bool) -> None:
        back = add_months(add_months(start, n, last_day), -n, last_day)
        assert abs(back - start) <= 3
        if civil(start)[2] <= 28:
            assert back == start


class TestWholeMonths:
    @given(DAYS, DAYS)
    def test_the_most_months_that_fit(self, a: int, b: int) -> None:
        first, second = sorted((a, b))
        whole = months_between(first, second)
        assert add_months(first, whole, False) <= second < add_months(first, whole + 1, False)

    @given(DAYS, DAYS)
    def test_the_other_way_round_is_minus_as_many(self, a: int, b: int) -> None:
        assert months_between(a, b) == -months_between(b, a)

    @given(DAYS, st.integers(0, 1200))
    def test_undoes_adding_months(self, start: int, n: int) -> None:
        assert months_between(start, add_months(start, n, False)) == n

    @pytest.mark.parametrize(
        ("a", "b", "whole"),
        [
            ("2024-01-31", "2024-02-29", 0),
            ("2024-01-31", "2024-03-01", 1),
            ("2024-01-15", "2024-02-14", 0),
            ("2024-01-15", "2024-02-15", 1),
            ("2024-02-15", "2024-02-14", 0),
            ("2024-02-15", "2024-01-15", -1),
            ("2024-12-31", "2025-12-31", 12),
        ],
    )
    def test_examples(self, a: str, b: str, whole: int) -> None:
        assert months_between(day(a), day(b)) == whole


class TestAge:
    @pytest.mark.parametrize(
        ("born", "at", "years"),
        [
            ("1989-05-01", "2019-04-30", 29),
            ("1989-05-01", "2019-05-01", 30),
            ("2004-02-29", "2022-02-28", 17),  # our choice: a year older on 1 March in a common year
            ("2004-02-29", "2022-03-01", 18),
            ("2004-02-29", "2024-02-29", 20),
            ("2000-12-31", "2001-01-01", 0),
            ("2024-06-02", "2024-06-01", -1),
        ],
    )
    def test_examples(self, born: str, at: str, years: int) -> None:
        assert age(day(born), day(at)) == years

    @given(DAYS, DAYS)
    def test_twelve_whole_months_make_a_year(self, a: int, b: int) -> None:
        born, at = sorted((a, b))
        assert age(born, at) == months_between(born, at) // 12


class TestEnds:
    @given(DAYS)
    def test_months_begin_on_the_first_and_end_the_day_before_the_next(self, start: int) -> None:
        first, last = start_of_month(start), end_of_month(start)
        assert first <= start <= last
        assert civil(first)[2] == 1
        assert add_months(first, 1, True) == last + 1

    @given(DAYS)
    def test_weeks_end_on_the_sunday(self, start: int) -> None:
        assert weekday(end_of_week(start)) == 6
        assert 0 <= end_of_week(start) - start <= 6

    def test_never_has_no_week_or_month(self) -> None:
        assert start_of_month(FAR) == end_of_month(FAR) == end_of_week(FAR) == FAR
        assert end_of_week(FAR - 1) == FAR


def test_a_compiler_takes_the_source_as_it_is() -> None:
    compiled: dict[str, Any] = dict(vars(calendar_module))
    for function in calendar_module.COMPILABLE:
        # The same code object; only the names it calls are the compiled ones above it.
        bare = types.FunctionType(function.__code__, compiled, function.__name__)
        compiled[function.__name__] = numba.njit(bare)

    rows = [
        (a, n)
        for a in (*range(day("2023-12-25"), day("2024-03-05")), day("1900-02-28"), FAR - 1, FAR)
        for n in (-13, -1, 0, 1, 12)
    ]
    for a, n in rows:
        b = add_days(a, n * 7)
        calls: list[tuple[str, tuple[object, ...]]] = [
            ("civil", (a,)),
            ("day_number", civil(a)),
            ("days_in_month", civil(a)[:2]),
            ("add_days", (a, n)),
            ("add_months", (a, n, True)),
            ("add_months", (a, n, False)),
            ("months_between", (a, b)),
            ("age", (a, b)),
            ("weekday", (a,)),
            ("start_of_month", (a,)),
            ("end_of_month", (a,)),
            ("end_of_week", (a,)),
        ]
        assert {name for name, _ in calls} == {function.__name__ for function in calendar_module.COMPILABLE}
        for name, arguments in calls:
            assert compiled[name](*arguments) == getattr(calendar_module, name)(*arguments), (name, arguments)
