"""What expressions are worth on Hven: sums, days, tables, and the unknown after Kleene."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import from_day, kleene_and, kleene_not, kleene_or
from tests.reasoning.asking import UNKNOWN, ask, event, reckon

TRUTHS = {0: False, 1: None, 2: True}


def says(truth: int) -> Any:
    return UNKNOWN if truth == 1 else truth == 2


# Kleene


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_and_or_not_are_kleenes(a: int, b: int) -> None:
    facts = {"islander": TRUTHS[a], "married": TRUTHS[b]}
    assert reckon("islander and married", facts=facts) == says(kleene_and(a, b))
    assert reckon("islander or married", facts=facts) == says(kleene_or(a, b))
    assert reckon("not islander", facts=facts) == says(kleene_not(a))


def test_a_long_and_is_false_as_soon_as_one_part_is() -> None:
    assert reckon("goats > 3 and islander and lamp == 'oil'", facts={"lamp": "gas"}) is False
    assert reckon("goats > 3 or islander or lamp == 'oil'", facts={"lamp": "oil"}) is True
    assert reckon("goats > 3 and islander and lamp == 'oil'", facts={"lamp": "oil"}) == UNKNOWN


@pytest.mark.parametrize("op", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_with_the_unknown_is_unknown(op: str) -> None:
    assert reckon(f"goats {op} 3") == UNKNOWN
    assert reckon(f"3 {op} goats") == UNKNOWN
    assert reckon(f"goats {op} goats") == UNKNOWN


@pytest.mark.parametrize(
    "expression", ["goats + 1", "goats * 0", "goats // 2", "1 - goats", "on + days(goats)", "on - born"]
)
def test_reckoning_with_the_unknown_is_unknown(expression: str) -> None:
    assert reckon(expression) == UNKNOWN


def test_membership_of_the_unknown_is_unknown() -> None:
    assert reckon("lamp in {'oil', 'gas', 'electric'}") == UNKNOWN
    assert reckon("lamp not in {'oil'}") == UNKNOWN
    assert reckon("lamp in {'oil', 'gas'}", facts={"lamp": "gas"}) is True
    assert reckon("lamp not in {'oil', 'gas'}", facts={"lamp": "electric"}) is True
    assert reckon("goats in {1, 3}", facts={"goats": 2}) is False


def test_known_is_never_unknown() -> None:
    assert reckon("known(goats)") is False
    assert reckon("known(goats)", facts={"goats": 0}) is True
    assert reckon("known(islander)", facts={"islander": False}) is True
    assert reckon("known(islander)") is False
    assert reckon("known(grown)") is False  # a condition of unknown facts
    assert reckon("known(grown)", facts={"born": "2020-01-01"}) is True
    assert reckon("known(first('oath'))") is False


def test_a_choice_by_the_unknown_is_unknown_unless_both_sides_are_the_same() -> None:
    assert reckon("3 if islander else 4") == UNKNOWN
    assert reckon("3 if islander else 3") == 3
    assert reckon("3 if islander else goats", facts={"goats": 3}) == 3
    assert reckon("goats if islander else goats") == UNKNOWN
    assert reckon("married if islander else married", facts={"married": True}) is True
    assert reckon("married if islander else grown") == UNKNOWN
    assert reckon("3 if islander else goats", facts={"islander": True}) == 3  # the other side may be unknown
    assert reckon("goats if islander else 4", facts={"islander": False}) == 4


def test_a_chain_of_comparisons_is_an_and() -> None:
    assert reckon("1 <= goats < 4", facts={"goats": 3}) is True
    assert reckon("1 <= goats < 3", facts={"goats": 3}) is False
    assert reckon("5 <= 4 < goats") is False


# Numbers and money


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("goats * 3 + 1", 22),
        ("(goats - 10) // 2", -2),  # rounded down, not towards zero
        ("-3 // 2", -2),
        ("kr(10) // 3", "3.33"),
        ("kr(10) // kr(3)", 3),
        ("kr(1.10) * 3", "3.30"),
        ("percent(12.5) * 2", "25.00"),
        ("hours(37) - hours(7.25)", "29.75"),
        ("weeks(2) + days(1)", 15),
        ("years(2) - months(1)", 23),
        ("min(goats, 9, 8)", 7),
        ("max(kr(1), kr(2.50))", "2.50"),
        ("min(on, date('2024-06-14'))", "2024-06-14"),
        ("days(goats) == weeks(1)", True),
        ("savings == kr(0)", UNKNOWN),
    ],
)
def test_sums(expression: str, value: Any) -> None:
    assert reckon(expression, facts={"goats": 7}) == value


@pytest.mark.parametrize(
    ("percent", "savings", "share"),
    [
        ("50", 0.01, "0.01"),
        ("50", 0.03, "0.02"),
        ("12.5", 0.12, "0.02"),
        ("33.33", 100, "33.33"),
        ("0", 5, "0.00"),
        ("49.99", 0.01, "0.00"),
    ],
)
def test_a_share_is_rounded_half_an_øre_up(percent: str, savings: float, share: str) -> None:
    assert reckon(f"percent_of(percent({percent}), savings)", facts={"savings": savings}) == share


@given(st.integers(0, 10_000), st.integers(-(10**9), 10**9))
def test_a_share_is_the_nearest_øre(percent: int, money: int) -> None:
    from fodfaeste.reasoning.reference import percent_of

    exact = percent * money
    found = percent_of(percent, money) * 10_000
    assert -5_000 <= exact - found < 5_000


def test_a_share_or_extreme_of_the_unknown_is_unknown() -> None:
    assert reckon("percent_of(catch_share, kr(5))") == UNKNOWN
    assert reckon("min(goats, 0)") == UNKNOWN


# Days


@pytest.mark.parametrize(
    ("expression", "last_day", "next_first"),
    [
        ("date('2024-01-31') + months(1)", "2024-02-29", "2024-03-01"),
        ("date('2023-01-31') + months(1)", "2023-02-28", "2023-03-01"),
        ("date('2024-03-31') - months(1)", "2024-02-29", "2024-03-01"),
        ("date('2024-02-29') + years(1)", "2025-02-28", "2025-03-01"),
        ("date('2024-01-30') + months(1)", "2024-02-29", "2024-03-01"),
        ("date('2024-01-29') + months(1)", "2024-02-29", "2024-02-29"),
        ("date('2024-08-31') + months(6)", "2025-02-28", "2025-03-01"),
        ("date('2024-12-15') + months(1)", "2025-01-15", "2025-01-15"),
    ],
)
def test_the_31st_and_a_month_is_what_the_file_says(expression: str, last_day: str, next_first: str) -> None:
    assert reckon(expression, last_day=True) == last_day
    assert reckon(expression, last_day=False) == next_first


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("on", "2024-06-15"),
        ("on + days(16)", "2024-07-01"),
        ("on - weeks(1)", "2024-06-08"),
        ("on - date('2024-01-01')", 166),
        ("end_of_week(on)", "2024-06-16"),
        ("end_of_week(date('2024-06-16'))", "2024-06-16"),
        ("end_of_month(date('2024-02-03'))", "2024-02-29"),
        ("start_of_month(on)", "2024-06-01"),
        ("next_workday(on)", "2024-06-17"),  # a Saturday
        ("next_workday(date('2024-03-28'))", "2024-04-02"),  # Maundy Thursday to Easter Monday
        ("add_workdays(on, 1)", "2024-06-17"),
        ("add_workdays(date('2024-06-14'), 5)", "2024-06-21"),
        ("add_workdays(on, 0)", "2024-06-15"),
        ("add_workdays(on, -1)", "2024-06-14"),
        ("months_between(date('2024-01-31'), date('2024-02-29'))", 0),
        ("months_between(date('2024-01-31'), date('2024-03-01'))", 1),
        ("months_between(on, date('2024-01-31'))", -4),
        ("age(date('2004-02-29'), date('2024-02-28'))", 19),
        ("age(date('2004-02-29'), date('2023-02-28'))", 18),
        ("age(date('2004-02-29'), date('2023-03-01'))", 19),
        ("never", "9999-12-31"),
        ("never + days(1)", "9999-12-31"),
        ("never - days(1)", "9999-12-31"),  # never stays never
        ("never + months(1)", "9999-12-31"),
        ("end_of_week(never)", "9999-12-31"),
        ("next_workday(never)", "9999-12-31"),
        ("min(never, on)", "2024-06-15"),
        ("on < never", True),
        ("on == never", False),
    ],
)
def test_days(expression: str, value: Any) -> None:
    assert reckon(expression) == value


@given(st.integers(-20_000, 30_000), st.integers(0, 300))
def test_months_on_and_whole_months_between_agree(day: int, months: int) -> None:
    start = from_day(day).isoformat()
    assert reckon(f"months_between(date('{start}'), date('{start}') + months({months}))", last_day=False) == months


# Names


def test_a_name_is_worth_what_its_norm_says_in_the_rulebook_of_the_day() -> None:
    assert reckon("climb", on="2023-12-31", facts={"tower_steps": 99}) == 198
    assert reckon("climb", on="2024-01-01", facts={"tower_steps": 99}) == 208


def test_an_enum_is_worth_its_word() -> None:
    assert reckon("lamp", facts={"lamp": "gas"}) == "gas"
    assert reckon("'gas' if islander else lamp", facts={"islander": False, "lamp": "oil"}) == "oil"


# Tables


@pytest.mark.parametrize(
    ("lamp", "born", "hours"),
    [
        ("oil", "1980-01-01", "4.50"),
        ("oil", "2020-01-01", "3.00"),
        ("gas", "1980-01-01", "8.00"),
        ("gas", "2020-01-01", UNKNOWN),  # the cell was left out
        ("electric", "2020-01-01", "24.00"),
        (None, "1980-01-01", UNKNOWN),
        ("oil", None, UNKNOWN),
    ],
)
def test_a_wick_burns_as_the_table_says(lamp: str | None, born: str | None, hours: str) -> None:
    assert ask("lighthouse.1.wick", facts={"lamp": lamp, "born": born}) == hours


@pytest.mark.parametrize(
    ("children", "cans"), [(0, 1), (1, 2), (2, 2), (3, 3), (4, UNKNOWN), (12, UNKNOWN), (None, UNKNOWN)]
)
def test_a_table_by_number_is_unknown_outside_its_rows(children: int | None, cans: Any) -> None:
    assert ask("lighthouse.1.oilcans", facts={"children": children}) == cans


def test_what_is_not_modelled_is_unknown_and_what_it_does_not_decide_is_known() -> None:
    assert ask("goat.1.spirit") == UNKNOWN
    assert ask("goat.1.spirited", facts={"children": 3}) is True
    assert ask("goat.1.spirited", facts={"children": 2}) == UNKNOWN


def test_a_judged_condition_is_the_field_a_named_person_fills() -> None:
    assert ask("goat.1.menace") == UNKNOWN
    assert ask("goat.1.menace", facts={"menace": True}) is True


def test_nothing_after_the_day_has_happened() -> None:
    events = [event("oath", "2024-06-15"), event("oath", "2024-06-16")]
    assert reckon("count('oath', on, on + days(9))", events=events) == 1
    assert reckon("last('oath', date('2024-01-01'), never)", events=events) == "2024-06-15"
