"""Values of any type of the vocabulary as whole numbers, and back."""

from __future__ import annotations

import datetime as dt

from fodfaeste.facts.scalars import (
    RANGES,
    SCALARS,
    UnfitValueError,
    Value,
    decode_scalar,
    encode_scalar,
    suggest,
)
from fodfaeste.facts.terms import Vocabulary


def encode(value: object, type_: str, vocabulary: Vocabulary) -> int:
    """The whole number both evaluators reckon with.

    ``value`` is what a person writes: true/false, a whole number, ``2024-01-31`` or a date, kroner or hours
    with at most two decimals, or a value of an enum. The unknown (None) has no number: leave it None.
    Raises UnfitValueError (a ValueError) with a sentence that says what is wrong and how to mend it.
    """
    if type_ in RANGES:
        return encode_scalar(value, type_)
    enum = vocabulary.enums.get(type_)
    if enum is None:
        raise UnfitValueError(f"'{type_}' is not a type", suggest(type_, (*SCALARS, *vocabulary.enums)))
    return enum.index_of(value)


def decode(code: int, type_: str, vocabulary: Vocabulary) -> Value:
    """The value an encoded number stands for; Decimal for money (kroner), hours and per cent."""
    if type_ in RANGES:
        return decode_scalar(code, type_)
    enum = vocabulary.enums.get(type_)
    if enum is None:
        raise UnfitValueError(f"'{type_}' is not a type", suggest(type_, (*SCALARS, *vocabulary.enums)))
    if not 0 <= code < len(enum.values):
        raise UnfitValueError(f"{code} is not the position of a value of {type_}", f"use 0 to {len(enum.values) - 1}")
    return enum.values[code]


def range_of(type_: str, vocabulary: Vocabulary) -> tuple[int, int]:
    """Smallest and largest encoded value of a type (a field may declare a narrower range)."""
    if type_ in RANGES:
        return RANGES[type_]
    return (0, len(vocabulary.enums[type_].values) - 1)


def check_range(code: int, lo: int, hi: int, type_: str) -> None:
    """Refuse a number outside the declared range, which proves at load that nothing can overflow."""
    if lo <= code <= hi:
        return
    least, most = decode_scalar(lo, type_), decode_scalar(hi, type_)
    value = decode_scalar(code, type_)
    raise UnfitValueError(f"{value} is outside what is possible", f"write a value from {least} to {most}")


def plain(value: Value | None) -> bool | int | float | str | None:
    """Write the value as JSON does. Two decimals survive: a float is written as the shortest that reads ."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
