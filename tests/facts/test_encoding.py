"""Values become whole numbers and come back as they were."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.facts import UnfitValueError, decode, encode, range_of
from tests.facts.words import WORDS

VALUES = st.one_of(
    st.tuples(st.just("bool"), st.booleans()),
    st.tuples(st.just("int"), st.integers(-(10**6), 10**6)),
    st.tuples(st.just("days"), st.integers(-4_000_000, 4_000_000)),
    st.tuples(st.just("date"), st.dates(dt.date(1900, 1, 1))),
    st.tuples(st.just("form"), st.sampled_from(["fysisk", "telefon", "video"])),
    st.tuples(st.just("money"), st.decimals(-(10**11), 10**11, places=2)),
    st.tuples(st.just("hours"), st.decimals(0, 10**6, places=2)),
    st.tuples(st.just("percent"), st.decimals(0, 10**4, places=2)),
)


@given(VALUES)
def test_every_value_survives_the_round_trip_and_lies_in_the_range_of_its_type(
    typed: tuple[str, object],
) -> None:
    type_, value = typed
    code = encode(value, type_, WORDS)
    lo, hi = range_of(type_, WORDS)
    assert lo <= code <= hi
    assert decode(code, type_, WORDS) == value


@given(st.integers(-(10**13), 10**13))
def test_kroner_written_as_a_json_number_are_exact_to_the_last_oere(oere: int) -> None:
    assert encode(float(Decimal(oere).scaleb(-2)), "money", WORDS) == oere


def test_false_is_0_true_is_2_so_that_1_is_left_for_the_unknown() -> None:
    assert (encode(False, "bool", WORDS), encode(True, "bool", WORDS)) == (0, 2)
    with pytest.raises(UnfitValueError):
        decode(1, "bool", WORDS)


@pytest.mark.parametrize(
    ("value", "type_", "says"),
    [
        ("ja", "bool", "'ja' is not true or false; write true or false, or null when unknown"),
        (1, "bool", "1 is not true or false"),
        (True, "int", "True is not a whole number"),
        ("4", "int", "'4' is not a whole number; write it without quotes"),
        (4.5, "days", "4.5 is not a whole number"),
        ("2024-02-30", "date", "'2024-02-30' is not in the calendar; write a day that exists"),
        ("1/2-2024", "date", "is not a date"),
        (dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "date", "is not a date"),
        (
            "203,17",
            "money",
            "'203,17' is not a number with at most two decimals; write a number with a point",
        ),
        (203.175, "money", "two decimals"),
        (float("nan"), "hours", "is not a number"),
        (None, "hours", "is not a number"),
        ("fysik", "form", "'fysik' is not a value of form; did you mean 'fysisk'?"),
        ("brevdue", "form", "choose one of fysisk, telefon, video"),
        (["fysisk"], "form", "is not a value of form"),
        ("x", "frm", "'frm' is not a type; did you mean 'form'?"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_a_sentence_that_mends_it(
    value: object, type_: str, says: str
) -> None:
    with pytest.raises(UnfitValueError) as caught:
        encode(value, type_, WORDS)
    assert says in str(caught.value)


def test_a_number_that_stands_for_nothing_is_refused() -> None:
    with pytest.raises(UnfitValueError, match="position"):
        decode(3, "form", WORDS)
    with pytest.raises(UnfitValueError, match="not a type"):
        decode(3, "frm", WORDS)
