"""Types and units never mix, and declared ranges prove that nothing overflows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.rulebook import ir
from fodfaeste.rulebook.intervals import LIMIT, arith_range, share_range
from fodfaeste.rulebook.scope import GrammarError
from fodfaeste.rulebook.types import RANGES, SCALARS, range_of
from tests.rulebook.hven import hven, read, refusal

UNITS = {
    "int": "goats", "days": "voyage", "months": "months(goats)", "money": "savings", "hours": "sleep",
    "percent": "catch_share", "date": "born", "bool": "married", "lamp": "lamp",
}  # fmt: skip


@pytest.mark.parametrize("left", UNITS)
@pytest.mark.parametrize("right", UNITS)
def test_only_like_is_added_to_like_and_a_period_to_a_date(left: str, right: str) -> None:
    expression = f"{UNITS[left]} + {UNITS[right]}"
    if left == "date" and right in ("days", "months"):
        assert read(expression).type == "date"
    elif left == right and left not in ("date", "bool", "lamp"):
        assert read(expression).type == left
    else:
        assert refusal(expression) != ""


@pytest.mark.parametrize("left", UNITS)
@pytest.mark.parametrize("right", UNITS)
def test_only_like_is_compared_with_like(left: str, right: str) -> None:
    expression = f"{UNITS[left]} < {UNITS[right]}"
    assert (refusal(expression) == "") == (left == right and left not in ("bool", "lamp"))


@pytest.mark.parametrize("unit", ["int", "days", "months", "money", "hours", "percent"])
def test_a_quantity_may_be_multiplied_and_divided_by_a_number(unit: str) -> None:
    assert read(f"{UNITS[unit]} * 2").type == read(f"2 * {UNITS[unit]}").type == unit
    assert read(f"{UNITS[unit]} // 2").type == unit


def test_like_divided_by_like_is_a_number() -> None:
    assert read("voyage // weeks(1)").type == "int"
    assert read("savings // kr(7)").type == "int"
    assert refusal("savings // weeks(1)") != ""


@pytest.mark.parametrize("product", ["savings * savings", "savings * catch_share", "voyage * voyage", "on * 2"])
def test_two_quantities_have_no_product(product: str) -> None:
    assert refusal(product) != ""


def test_days_between_dates_are_days() -> None:
    assert read("on - born").type == "days"
    assert read("on - days(1)").type == read("on - months(1)").type == "date"
    assert refusal("days(1) - on") != ""


@pytest.mark.parametrize("divisor", ["children", "children - 1", "0", "goats - goats", "-3"])
def test_nothing_is_divided_by_what_may_be_zero_or_negative(divisor: str) -> None:
    assert "may be zero or negative" in refusal(f"goats // ({divisor})")
    assert refusal(f"goats // max(1, {divisor})") == ""


# Ranges


@pytest.mark.parametrize(
    ("expression", "lo", "hi"),
    [
        ("goats", 0, 40),
        ("goats + children", 0, 52),
        ("goats - children", -12, 40),
        ("goats * children", 0, 480),
        ("-3 * goats", -120, 0),
        ("goats // 3", 0, 13),
        ("(goats - 7) // 2", -4, 16),
        ("min(goats, children)", 0, 12),
        ("max(goats, children)", 0, 40),
        ("min(goats, -1, children)", -1, -1),
        ("goats if grown else 99", 0, 99),
        ("days(goats)", 0, 40),
        ("weeks(goats)", 0, 280),
        ("years(goats)", 0, 480),
        ("count('trip')", 0, 100_000),
        ("percent_of(catch_share, savings)", 0, 100_000_000),
        ("percent_of(percent(50), -1 * savings)", -50_000_000, 0),
    ],
)
def test_the_range_of_an_expression_follows_from_the_facts(expression: str, lo: int, hi: int) -> None:
    node = read(expression)
    assert (node.lo, node.hi) == (lo, hi)


def constant(lo: int, hi: int, type_: str = "int") -> ir.Node:
    return ir.Node(type_, min(lo, hi), max(lo, hi), "")


WHOLE = st.integers(-(10**6), 10**6)


@given(st.sampled_from("+-*"), WHOLE, WHOLE, WHOLE, WHOLE, st.data())
def test_no_result_lies_outside_its_range(op: str, a: int, b: int, c: int, d: int, data: st.DataObject) -> None:
    left, right = constant(a, b), constant(c, d)
    lo, hi = arith_range(op, left, right, "")
    x, y = data.draw(st.integers(left.lo, left.hi)), data.draw(st.integers(right.lo, right.hi))
    assert lo <= {"+": x + y, "-": x - y, "*": x * y}[op] <= hi


@given(WHOLE, WHOLE, st.integers(1, 1000), st.integers(1, 1000), st.data())
def test_no_quotient_lies_outside_its_range(a: int, b: int, c: int, d: int, data: st.DataObject) -> None:
    left, right = constant(a, b), constant(c, d)
    lo, hi = arith_range("//", left, right, "")
    x, y = data.draw(st.integers(left.lo, left.hi)), data.draw(st.integers(right.lo, right.hi))
    assert lo <= x // y <= hi


@given(st.integers(0, 10**6), st.integers(0, 10**6), WHOLE, WHOLE, st.data())
def test_no_share_lies_outside_its_range(a: int, b: int, c: int, d: int, data: st.DataObject) -> None:
    percent, money = constant(a, b, "percent"), constant(c, d, "money")
    lo, hi = share_range(percent, money, "")
    p, m = data.draw(st.integers(percent.lo, percent.hi)), data.draw(st.integers(money.lo, money.hi))
    assert lo <= (p * m * 2 + 10_000) // 20_000 <= hi


@pytest.mark.parametrize(
    ("op", "left", "right", "over"),
    [
        ("+", (0, LIMIT - 1), (0, 1), False),
        ("+", (0, LIMIT), (0, 1), True),
        ("+", (-LIMIT, 0), (-1, 0), True),
        ("-", (-LIMIT, 0), (0, 0), False),
        ("-", (-LIMIT, 0), (0, 1), True),
        ("*", (0, 2**31), (0, 2**31), False),
        ("*", (0, 2**31), (0, 2**31 + 1), True),
        ("*", (-(2**31), 0), (0, 2**31 + 1), True),
        ("*", (-(2**31), 5), (-(2**31) - 1, 5), True),
    ],
)
def test_what_may_leave_64_bits_is_refused(op: str, left: tuple[int, int], right: tuple[int, int], over: bool) -> None:
    if over:
        with pytest.raises(GrammarError, match="'x' can become larger than 64 bits hold"):
            arith_range(op, constant(*left), constant(*right), "x")
    else:
        lo, hi = arith_range(op, constant(*left), constant(*right), "x")
        assert -LIMIT <= lo <= hi <= LIMIT


@pytest.mark.parametrize(
    "expression",
    [
        "savings * 100000000000000",
        "percent_of(percent(9999), spent)",
        "on + days(10000001)",
        "on - days(10000001)",
        "on - months(300001)",
        "on + years(goats * 1000)",
    ],
)
def test_an_expression_that_may_overflow_is_refused_at_load(expression: str) -> None:
    assert refusal(expression).endswith(("narrow the range of the facts it uses", "narrow the range of the money"))


@pytest.mark.parametrize("expression", ["on + days(9999999)", "on + years(months_between(born, on) // 12)"])
def test_a_long_time_is_no_overflow(expression: str) -> None:
    assert refusal(expression) == ""


def test_ages_and_months_from_the_first_day_to_never_lie_in_range() -> None:
    from fodfaeste.foundation import FAR, age, months_between
    from fodfaeste.rulebook.types import EARLIEST

    for name, function in (("age", age), ("months_between", months_between)):
        node = read(f"{name}(born, on)")
        assert node.lo <= function(FAR, EARLIEST)
        assert function(EARLIEST, FAR) <= node.hi


def test_every_type_is_of_some_norm_or_fact_on_hven() -> None:
    law = hven()
    used = {norm.type for norm in law.norms.values()} | {field.type for field in law.vocabulary.fields.values()}
    assert {*SCALARS, *law.vocabulary.enums} - used <= {"afgoerelsestype", "udfald", "coat"}


def test_the_range_of_an_enum_is_that_of_its_values() -> None:
    assert range_of("lamp", 3) == (0, 2)
    assert range_of("money") == RANGES["money"]
