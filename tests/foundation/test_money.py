"""Money to the øre."""

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

import numba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import format_kroner, half_up_div, parse_kroner, parse_scaled

ØRE = st.integers(-(10**15), 10**15)


class TestReading:
    @pytest.mark.parametrize(
        ("value", "øre"),
        [
            ("203.17", 20317),
            (203.17, 20317),
            (1140, 114000),
            ("7.5", 750),
            ("-0.05", -5),
            (0.07, 7),
            (1.1, 110),
            (" 12 ", 1200),
            (Decimal("0.10"), 10),
            ("20359.00", 2035900),
            ("1.5000", 150),
            ("1e3", 100000),
            ("-0", 0),
        ],
    )
    def test_exactly_what_was_written(self, value: str | float, øre: int) -> None:
        assert parse_kroner(value) == øre

    @given(ØRE)
    def test_what_is_written_is_read_back(self, øre: int) -> None:
        assert parse_kroner(Decimal(øre).scaleb(-2)) == øre
        assert parse_kroner(str(Decimal(øre).scaleb(-2))) == øre

    @given(st.integers(-(10**11), 10**11))
    def test_a_float_is_never_rounded_in_binary(self, øre: int) -> None:
        assert parse_kroner(øre / 100) == øre

    def test_other_scales(self) -> None:
        assert parse_scaled("160.33", 2) == 16033
        assert parse_scaled(3, 0) == 3
        assert parse_scaled("0.125", 3) == 125

    def test_long_numbers_keep_every_digit(self) -> None:
        assert parse_kroner("123456789012345678901234567890.12") == 12345678901234567890123456789012

    @pytest.mark.parametrize("value", ["203.175", 0.001, "1e-9"])
    def test_a_third_decimal_is_refused_not_dropped(self, value: str | float) -> None:
        with pytest.raises(ValueError, match="too many decimals: at most 2"):
            parse_kroner(value)

    @pytest.mark.parametrize("value", ["", "7.517,29", "12 kr.", "nan", "inf", float("inf"), True, "1.2.3"])
    def test_what_is_no_number_is_refused(self, value: str | float) -> None:
        with pytest.raises(ValueError, match="is not a number: write digits"):
            parse_kroner(value)

    @pytest.mark.parametrize("value", ["1e400000", "1e-400000", 1e300])
    def test_what_is_beyond_reason_is_refused_at_once(self, value: str | float) -> None:
        with pytest.raises(ValueError, match="out of range"):
            parse_kroner(value)


class TestWriting:
    @pytest.mark.parametrize(
        ("øre", "danish", "english"),
        [
            (751729, "7.517,29 kr.", "DKK 7,517.29"),
            (0, "0,00 kr.", "DKK 0.00"),
            (5, "0,05 kr.", "DKK 0.05"),
            (-114005, "-1.140,05 kr.", "DKK -1,140.05"),
            (123456789012, "1.234.567.890,12 kr.", "DKK 1,234,567,890.12"),
        ],
    )
    def test_as_people_write_it(self, øre: int, danish: str, english: str) -> None:
        assert format_kroner(øre) == danish
        assert format_kroner(øre, "en") == english

    @given(ØRE)
    def test_nothing_is_lost_in_writing(self, øre: int) -> None:
        written = format_kroner(øre).removesuffix(" kr.").replace(".", "").replace(",", ".")
        assert parse_kroner(written) == øre


class TestHalfUp:
    @pytest.mark.parametrize(
        ("a", "b", "result"), [(5, 2, 3), (-5, 2, -2), (4, 2, 2), (7, 3, 2), (8, 3, 3), (5, -2, -2)]
    )
    def test_a_half_goes_up(self, a: int, b: int, result: int) -> None:
        assert half_up_div(a, b) == result

    @given(ØRE, st.integers(-(10**9), 10**9).filter(bool))
    def test_is_the_exact_quotient_plus_a_half_rounded_down(self, a: int, b: int) -> None:
        exact = Fraction(a, b) + Fraction(1, 2)
        assert half_up_div(a, b) == exact.__floor__()

    @given(st.integers(0, 20_000), ØRE)
    def test_a_percentage_of_money_as_decimal_counts_it(self, percent: int, øre: int) -> None:
        exact = Decimal(percent) * Decimal(øre) / Decimal(10_000)
        assert half_up_div(percent * øre, 10_000) == int((exact + Decimal("0.5")).to_integral_value(ROUND_FLOOR))

    def test_nothing_can_be_divided_by_nothing(self) -> None:
        with pytest.raises(ZeroDivisionError):
            half_up_div(1, 0)

    def test_a_compiler_takes_it_as_it_is(self) -> None:
        compiled = numba.njit(half_up_div)
        for a in (-(10**17) - 5, -15, -5, 0, 5, 14, 15, 10**17 + 5):
            for b in (-10, 2, 3, 10):
                assert compiled(a, b) == half_up_div(a, b)
