"""The parts columns are made of say what the plain functions say, and give memory back only when nobody looks."""

from __future__ import annotations

import gc
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import FAR, calendar, workdays
from fodfaeste.reasoning.columns import memory, straight
from fodfaeste.reasoning.columns.carry import carrier
from fodfaeste.reasoning.columns.lists import lister
from fodfaeste.reasoning.columns.machine import Code, compiled
from fodfaeste.reasoning.columns.memory import SMALL, Sheet
from fodfaeste.reasoning.columns.program import address
from fodfaeste.reasoning.columns.translate import Loop, module

DAYS = st.one_of(st.integers(-425_567, FAR), st.integers(-40_000, 60_000), st.integers(FAR - 800, FAR))
EVERY_MONTH = range(calendar.day_number(1899, 1, 1), calendar.day_number(2110, 1, 1))


@given(DAYS, st.integers(-1_200, 1_200), st.booleans())
def test_months_added_without_branches(day: int, n: int, last_day: bool) -> None:
    assert straight.add_months(day, n, last_day) == calendar.add_months(day, n, last_day)


@given(DAYS, DAYS)
def test_months_and_years_between_days_without_branches(a: int, b: int) -> None:
    assert straight.months_between(a, b) == calendar.months_between(a, b)
    assert straight.age(a, b) == calendar.age(a, b)


def test_first_and_last_of_every_month_without_branches() -> None:
    for day in EVERY_MONTH[::9]:
        assert straight.start_of_month(day) == calendar.start_of_month(day)
        assert straight.end_of_month(day) == calendar.end_of_month(day)
    assert straight.start_of_month(FAR) == straight.end_of_month(FAR) == FAR


@given(DAYS, st.integers(-400, 400))
def test_working_days_without_branches(day: int, n: int) -> None:
    table = workdays.workday_table()
    assert straight.to_workday(day, table.offsets) == workdays.to_workday(day, table.offsets)
    shifted = workdays.shift_workdays(day, n, table.rank, table.days)
    assert straight.shift_workdays(day, n, table.rank, table.days) == shifted


def test_the_same_loop_in_machine_code_and_in_python() -> None:
    lines = ["v1=a0[i]", "v2=np.int32(add_months(v1,a1[0],True))", "v3=np.int32(v2//np.int32(7))", "r0[i]=np.int32(v3)"]
    code = Code(compiled(module(Loop(lines, {"a0": 32, "a1": 32, "MONTHS": 32}, {"r0": 32}, {}))))
    days = np.array([*EVERY_MONTH[::7], FAR, -300_000], np.int32)
    months, out = np.array([-13], np.int32), np.zeros(len(days), np.int32)
    at = np.array([address(one) for one in (days, months, straight.MONTHS, out)], np.int64)
    code.call(address(at), len(days), 0)
    assert out.tolist() == [calendar.add_months(day, -13, True) // 7 for day in days.tolist()]


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 331])
def test_rows_that_pass_a_test_are_listed_in_order(size: int) -> None:
    draw = np.random.default_rng(size)
    applies = draw.choice([0, 0, 0, 1, 2], size).astype(np.int8)
    some, found = np.full(size + 16, -1, np.int32), np.zeros(1, np.int64)
    at = np.array([address(applies), address(some), address(found)], np.int64)
    lister("applying", "i8").call(address(at), size, 0)
    assert some[: found[0]].tolist() == np.flatnonzero(applies).tolist()


@pytest.mark.parametrize("hides", [0, 1])
@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_persons_with_anything_of_a_kind_are_listed_and_those_who_may_have(hides: int, dtype: str) -> None:
    size, lo = 77, 5
    draw = np.random.default_rng(hides)
    offsets = np.concatenate([[0], np.cumsum(draw.choice([0, 0, 0, 1, 3], lo + size))]).astype(dtype)
    observed = draw.choice([0, 1, 1, 1], lo + size).astype(np.int8)
    some, found = np.full(size + 16, -1, np.int32), np.zeros(1, np.int64)
    at = np.array([lo, address(offsets), address(observed), hides, address(some), address(found)], np.int64)
    lister("having", f"i{np.dtype(dtype).itemsize * 8}").call(address(at), size, 0)
    wanted = (np.diff(offsets) > 0) | ((observed == 0) & (hides == 1))
    assert some[: found[0]].tolist() == np.flatnonzero(wanted[lo:]).tolist()


@pytest.mark.parametrize("shift", [0, 1, 8])
@pytest.mark.parametrize("size", [0, 1, 63, 64, 1_000])
def test_a_column_is_carried_whole_and_nothing_beside_it(shift: int, size: int) -> None:
    source = np.arange(size, dtype=np.int8)
    room = np.full(size + 256, 77, np.int8)
    begin = -address(room) % 64 + shift
    at = np.array([address(source), address(room) + begin, 1], np.int64)
    carrier().call(address(at), size, 0)
    assert room[begin : begin + size].tolist() == source.tolist()
    assert (room[:begin] == 77).all()
    assert (room[begin + size :] == 77).all()


def test_memory_is_used_again_only_when_the_last_array_is_gone() -> None:
    def stretch() -> list[memory.Array]:
        sheet = Sheet()
        for _ in range(3):
            sheet.want(SMALL, np.int32)
        return sheet.arrays()

    one, two, three = stretch()
    three[:] = 3
    kept = three[5:50]
    begin = address(one)
    del one, two, three
    gc.collect()
    again = stretch()
    assert address(again[0]) != begin
    for array in again:
        array[:] = 9
    assert (kept == 3).all()
    del kept
    gc.collect()
    assert address(stretch()[0]) == begin


def test_answering_from_kept_code_does_not_load_the_compiler() -> None:
    script = (
        "import sys; from fodfaeste.reasoning.columns.native import native;"
        "native('every', ('*int32', '*int64')); print('numba' in sys.modules)"
    )
    run = [sys.executable, "-c", script]
    subprocess.run(run, check=True, capture_output=True)
    again = subprocess.run(run, check=True, capture_output=True, text=True)
    assert again.stdout.strip() == "False"
