"""Working days as a Danish calendar has them."""

import types
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import holidays
import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import (
    FAR,
    WORKDAY_FIRST,
    WORKDAY_LAST,
    add_workdays,
    from_day,
    is_workday,
    next_workday,
    next_workday_offsets,
    parse_day,
    to_day,
    weekday,
    workday_days,
    workday_rank,
    workday_table,
)
from fodfaeste.foundation import workdays as workdays_module
from fodfaeste.foundation.workdays import Closing

DENMARK = holidays.country_holidays("DK", years=range(1990, 2101))
INSIDE = st.integers(WORKDAY_FIRST, WORKDAY_LAST)
ANYWHERE = st.dates(date(1900, 1, 1), date(2250, 12, 31)).map(to_day)
CLOSINGS = st.sampled_from(["strict", "extended"])


def day(text: str) -> int:
    return parse_day(text)


def walk(start: int, n: int, closing: Closing) -> int:
    """The slow, obvious way: one day at a time."""
    step = 1 if n > 0 else -1
    while n:
        start += step
        if is_workday(start, closing):
            n -= step
    return start


class TestWhichDays:
    def test_the_tables_cover_the_years_promised(self) -> None:
        assert from_day(WORKDAY_FIRST) == date(1990, 1, 1)
        assert from_day(WORKDAY_LAST) == date(2100, 12, 31)

    @given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
    def test_weekends_and_public_holidays_are_closed(self, value: date) -> None:
        assert is_workday(to_day(value)) == (value.weekday() < 5 and value not in DENMARK)

    def test_store_bededag_is_a_holiday_until_2023_only(self) -> None:
        assert not is_workday(day("2023-05-05"))
        assert is_workday(day("2024-04-26"))
        assert is_workday(day("2025-05-16"))

    @pytest.mark.parametrize(
        "text",
        ["2024-01-01", "2024-03-28", "2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20", "2024-12-25"],
    )
    def test_the_holidays_of_2024(self, text: str) -> None:
        assert not is_workday(day(text))

    @pytest.mark.parametrize("text", ["1990-04-13", "1990-12-26", "2100-01-01", "2100-03-26"])
    def test_the_first_and_the_last_year_have_their_holidays(self, text: str) -> None:
        assert not is_workday(day(text))
        assert not is_workday(day(text), "extended")

    @pytest.mark.parametrize("text", ["2024-06-05", "2024-12-24", "2024-12-31"])
    def test_three_half_holidays_close_only_where_a_rule_says_so(self, text: str) -> None:
        assert is_workday(day(text))
        assert not is_workday(day(text), "extended")


class TestNextWorkday:
    def test_a_deadline_on_a_saturday_ends_on_monday(self) -> None:
        assert next_workday(day("2024-06-08")) == day("2024-06-10")

    def test_a_deadline_on_maundy_thursday_ends_after_easter(self) -> None:
        assert next_workday(day("2024-03-28")) == day("2024-04-02")

    def test_a_deadline_at_christmas(self) -> None:
        assert next_workday(day("2024-12-24")) == day("2024-12-24")
        assert next_workday(day("2024-12-24"), "extended") == day("2024-12-27")

    @pytest.mark.parametrize(
        ("start", "end"),
        [("1989-12-30", "1990-01-02"), ("2100-12-31", "2100-12-31"), ("2101-01-01", "2101-01-03")],
    )
    def test_around_the_years_known(self, start: str, end: str) -> None:
        assert next_workday(day(start)) == day(end)

    @given(ANYWHERE, CLOSINGS)
    def test_is_a_working_day_and_skips_none(self, start: int, closing: Closing) -> None:
        found = next_workday(start, closing)
        assert is_workday(found, closing)
        assert not any(is_workday(between, closing) for between in range(start, found))

    @given(ANYWHERE, ANYWHERE, CLOSINGS)
    def test_who_starts_later_never_ends_earlier(self, a: int, b: int, closing: Closing) -> None:
        first, second = sorted((a, b))
        assert next_workday(first, closing) <= next_workday(second, closing)


class TestAddWorkdays:
    @pytest.mark.parametrize(
        ("start", "n", "end"),
        [
            ("2024-06-07", 1, "2024-06-10"),
            ("2024-06-08", 1, "2024-06-10"),
            ("2024-06-08", -1, "2024-06-07"),
            ("2024-06-10", -1, "2024-06-07"),
            ("2024-12-20", 5, "2024-12-31"),
            ("2024-03-27", 5, "2024-04-08"),
            ("2024-06-08", 0, "2024-06-08"),
        ],
    )
    def test_examples(self, start: str, n: int, end: str) -> None:
        assert add_workdays(day(start), n) == day(end)

    @given(ANYWHERE, st.integers(-40, 40), CLOSINGS)
    def test_as_one_who_counts_on_her_fingers(self, start: int, n: int, closing: Closing) -> None:
        assert add_workdays(start, n, closing) == walk(start, n, closing)

    @pytest.mark.parametrize("edge", [WORKDAY_FIRST, WORKDAY_LAST])
    def test_the_edges_of_the_tables_are_not_felt(self, edge: int) -> None:
        for start in range(edge - 15, edge + 15):
            for n in range(-20, 21):
                assert add_workdays(start, n) == walk(start, n, "strict")

    @given(INSIDE, st.integers(1, 300))
    def test_forth_and_back_comes_home(self, start: int, n: int) -> None:
        home = next_workday(start)
        assert add_workdays(add_workdays(home, n), -n) == home

    @given(ANYWHERE, ANYWHERE, st.integers(-300, 300))
    def test_who_starts_later_never_ends_earlier(self, a: int, b: int, n: int) -> None:
        first, second = sorted((a, b))
        assert add_workdays(first, n) <= add_workdays(second, n)

    @given(st.integers(-(10**6), 10**6))
    def test_never_stays_never(self, n: int) -> None:
        assert add_workdays(FAR, n) == next_workday(FAR) == FAR

    def test_nothing_is_later_than_never(self) -> None:
        assert add_workdays(FAR - 3, 10) == FAR
        assert add_workdays(day("2100-12-30"), 10**8) == FAR


class TestTables:
    @given(INSIDE)
    def test_rank_and_days_are_inverse(self, start: int) -> None:
        index = workday_table().rank[start - WORKDAY_FIRST]
        if is_workday(start):
            assert workday_table().days[index] == start
        elif index >= 0:
            assert workday_table().days[index] < start < add_workdays(start, 1)

    def test_the_lists_are_the_callers_own(self) -> None:
        for make in (next_workday_offsets, workday_rank, workday_days):
            make().clear()
            assert make()
        span = WORKDAY_LAST - WORKDAY_FIRST + 1
        assert len(next_workday_offsets()) == len(workday_rank()) == span
        assert len(workday_days()) == workday_rank()[-1] + 1

    def test_days_are_in_order_from_monday_to_friday(self) -> None:
        days = workday_days()
        assert days == sorted(set(days))
        assert {weekday(one) for one in days} == {0, 1, 2, 3, 4}


def test_a_compiler_takes_the_look_ups_as_they_are() -> None:
    compiled: dict[str, Any] = dict(vars(workdays_module))
    compiled["weekday"] = numba.njit(weekday)
    for function in workdays_module.COMPILABLE:
        bare = types.FunctionType(function.__code__, compiled, function.__name__)
        compiled[function.__name__] = numba.njit(bare)
    shift, to_workday = compiled["shift_workdays"], compiled["to_workday"]

    table = workday_table()
    rank, days, offsets = (np.array(column, dtype=np.int32) for column in (table.rank, table.days, table.offsets))
    edges: Sequence[int] = (WORKDAY_FIRST - 1, WORKDAY_FIRST, WORKDAY_LAST, WORKDAY_LAST + 1, FAR - 1, FAR)
    spring = range(to_day(date(2024, 3, 20)), to_day(date(2024, 3, 20) + timedelta(days=30)))
    for start in (*edges, *spring):
        assert to_workday(start, offsets) == next_workday(start)
        for n in (-5, -1, 0, 1, 5):
            assert shift(start, n, rank, days) == add_workdays(start, n)
