"""Values that are not enums: how a date, an amount or a truth becomes a whole number, and back.

Both evaluators reckon in whole numbers only: dates are days since 1970-01-01, money whole øre, hours and
per cent hundredths, false and true 0 and 2 (1 is kept for the unknown).
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from collections.abc import Iterable
from decimal import Decimal

from fodfaeste.foundation import FAR, from_day, parse_day, parse_scaled, to_day

Value = bool | int | str | dt.date | Decimal
"""A fact as a person would write it in Python; the unknown is None and never a value."""

EARLIEST = to_day(dt.date(1900, 1, 1))
"""First day any fact may lie on."""

DECIMALS = {"money": 2, "hours": 2, "percent": 2}
"""Decimals kept in the whole number of a scaled type."""

RANGES: dict[str, tuple[int, int]] = {
    "bool": (0, 2),
    "int": (-1_000_000, 1_000_000),
    "date": (EARLIEST, FAR),
    "days": (-4_000_000, 4_000_000),
    "money": (-(10**13), 10**13),
    "hours": (0, 10**8),
    "percent": (0, 10**6),
}
"""Smallest and largest encoded value of each type, unless a field declares a narrower range."""

SCALARS = tuple(RANGES)
"""The types that are not enums."""

_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_LISTED = 12  # more choices than this are not listed in a sentence


class UnfitValueError(ValueError):
    """A value that does not fit: ``message`` says what is wrong and ``mend`` what to write instead."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(f"{message}; {mend}")
        self.message = message
        self.mend = mend


def suggest(word: object, choices: Iterable[str]) -> str:
    """How to mend a misspelt word: the nearest choice, or the choices themselves when none is near."""
    known = sorted(choices)
    near = difflib.get_close_matches(str(word).lower(), known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if not known:
        return "leave it out, for there is nothing to choose from"
    shown = ", ".join(known[:_LISTED])
    return f"choose one of {shown}" + (", …" if len(known) > _LISTED else "")


def encode_scalar(value: object, type_: str) -> int:
    """Encode a value of a type that is not an enum; UnfitValueError says how to mend what is wrong."""
    if type_ == "bool":
        if isinstance(value, bool):
            return 2 if value else 0
        raise UnfitValueError(f"{_shown(value)} is not true or false", "write true or false, or null when unknown")
    if type_ == "date":
        return _encode_date(value)
    if type_ in DECIMALS:
        return _encode_scaled(value, type_)
    if type_ in RANGES:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise UnfitValueError(f"{_shown(value)} is not a whole number", "write it without quotes and decimals, as 4")
    raise UnfitValueError(f"'{type_}' is not a type", suggest(type_, SCALARS))


def decode_scalar(code: int, type_: str) -> Value:
    """The value a whole number stands for: bool, int, date, or Decimal for money, hours and per cent."""
    if type_ == "bool":
        if code not in (0, 2):
            raise UnfitValueError(f"{code} is not an encoded truth", "use 0 for false and 2 for true")
        return code == 2
    if type_ == "date":
        return from_day(code)
    if type_ in DECIMALS:
        return Decimal(code).scaleb(-DECIMALS[type_])
    if type_ in RANGES:
        return int(code)
    raise UnfitValueError(f"'{type_}' is not a type", suggest(type_, SCALARS))


def _encode_date(value: object) -> int:
    mend = "write year-month-day, as 2024-01-31"
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return to_day(value)
    if isinstance(value, str):
        try:
            return parse_day(value)
        except ValueError:
            if _is_no_day(value):
                message, mend = f"{_shown(value)} is not in the calendar", "write a day that exists"
            else:
                message = f"{_shown(value)} is not a date"
            raise UnfitValueError(message, mend) from None
    raise UnfitValueError(f"{_shown(value)} is not a date", mend)


def _is_no_day(text: str) -> bool:
    """Whether a day is written as it should be, in Danish or by the standard, but is not there, as 29 February 2023."""
    if _WRITTEN_DAY.fullmatch(text):
        return True  # it could not be read, so it is not there
    danish = _DANISH_DAY.fullmatch(text)
    if danish is None:
        return False
    try:
        dt.date(int(danish[3]), int(danish[2]), int(danish[1]))
    except ValueError:
        return True
    return False


def _encode_scaled(value: object, type_: str) -> int:
    mend = "write a number with a point and at most two decimals, as 203.17"
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise UnfitValueError(f"{_shown(value)} is not a number", mend)
    if isinstance(value, float) and not math.isfinite(value):
        raise UnfitValueError(f"{_shown(value)} is not a number", mend)
    try:
        exact = str(value) if isinstance(value, Decimal) else value
        return parse_scaled(exact, DECIMALS[type_])
    except ValueError:
        raise UnfitValueError(f"{_shown(value)} is not a number with at most two decimals", mend) from None


def _shown(value: object) -> str:
    """The value as it stands in a sentence: short, and in quotes when it is text."""
    text = f"'{value}'" if isinstance(value, str | dt.date) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
