"""A cell of a table as the case format has it: Danish decimals and dates, and words for yes and no."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

_YES = {"true", "ja", "j", "sand", "yes", "y", "1"}
_NO = {"false", "nej", "n", "falsk", "no", "0"}
_DANISH_DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+")
_NUMBERS = ("money", "hours", "percent")


class AmbiguousNumberError(ValueError):
    """A number that means one thing in Danish and another in English."""

    def __init__(self, text: str) -> None:
        super().__init__(f"'{text}' can be read in two ways")
        whole = text.replace(".", "")
        self.mend = f"write {whole}, or with a decimal comma"


def cell(value: Any, type_: str) -> Any:
    """What a cell says: None when it is empty; what cannot be read stays as it is, for the reader to refuse."""
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        value = value.date()
    if type_ == "bool":
        return _truth(value)
    if type_ == "date":
        return _day(value)
    if type_ in _NUMBERS:
        return _number(value)
    if type_ in ("int", "days", "months"):
        return _whole(value)
    return value if isinstance(value, dt.date | bool) else str(value)


def _truth(value: Any) -> Any:
    word = str(value).lower()
    return True if word in _YES else False if word in _NO else value


def _day(value: Any) -> Any:
    match = _DANISH_DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return value


def _number(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if "," in value:
        return value.replace(".", "").replace(" ", "").replace(",", ".")
    if _THOUSANDS.fullmatch(value):
        raise AmbiguousNumberError(value)
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, float | Decimal) and value == int(value):
        return int(value)
    if isinstance(value, str):
        if _THOUSANDS.fullmatch(value):
            raise AmbiguousNumberError(value)
        return int(value) if re.fullmatch(r"-?\d+", value) else value
    return value
