"""Money as whole øre, and other decimals as whole hundredths: exact, never binary-rounded."""

from decimal import Decimal, InvalidOperation
from typing import Literal

Language = Literal["da", "en"]


def parse_scaled(value: str | int | float | Decimal, decimals: int) -> int:
    """A decimal number as a whole number of its last decimal: ``("160.33", 2)`` gives 16033.

    A float is read through its shortest spelling, so 203.17 from a YAML file means exactly that. ValueError,
    one sentence, if it is no number, or has more decimals than fit.
    """
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is not a number: write digits, for example 203.17")
    text = repr(value) if isinstance(value, float) else str(value)
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"{text!r} is not a number: write digits with a point before the decimals, for example 203.17")
    # Through the tuple, because arithmetic on Decimal rounds to the context's 28 digits without a word.
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or abs(number.adjusted()) > 40:
        raise ValueError(f"{text!r} is out of range: write a smaller number")
    whole = int("".join(map(str, digits)))
    shift = exponent + decimals
    scale: int = 10 ** abs(shift)
    if shift >= 0:
        return (-whole if sign else whole) * scale
    if whole % scale:
        raise ValueError(f"{text!r} has too many decimals: at most {decimals} are kept, so round it first")
    return (-whole if sign else whole) // scale


def parse_kroner(value: str | int | float | Decimal) -> int:
    """Kroner as whole øre: ``"203.17"`` gives 20317. ValueError, one sentence, as in ``parse_scaled``."""
    return parse_scaled(value, 2)


def format_kroner(øre: int, lang: Language = "da") -> str:
    """``7.517,29 kr.`` in Danish, ``DKK 7,517.29`` in English."""
    sign = "-" if øre < 0 else ""
    kroner, rest = divmod(abs(øre), 100)
    english = f"{sign}{kroner:,}.{rest:02d}"
    if lang == "en":
        return f"DKK {english}"
    return english.translate(str.maketrans(",.", ".,")) + " kr."


def half_up_div(a: int, b: int) -> int:
    """``a / b`` to the nearest whole number, a half always up (towards plus infinity).

    ZeroDivisionError when ``b`` is 0. Compilable, and safe from overflow: it forms nothing above twice ``b``.
    """
    if b < 0:
        a, b = -a, -b
    return a // b + (1 if 2 * (a % b) >= b else 0)
