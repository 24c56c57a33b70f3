from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fodfaeste.interfaces.cells import AmbiguousNumberError, cell


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("", "bool", None),
        ("  ", "date", None),
        (None, "int", None),
        ("Ja", "bool", True),
        ("falsk", "bool", False),
        ("0", "bool", False),
        (True, "bool", True),
        ("måske", "bool", "måske"),
        ("01-10-2024", "date", date(2024, 10, 1)),
        ("1/10/2024", "date", date(2024, 10, 1)),
        ("2024-10-01", "date", "2024-10-01"),
        ("32-01-2024", "date", "32-01-2024"),
        (datetime(2024, 10, 1, 12), "date", date(2024, 10, 1)),  # noqa: DTZ001
        ("7.517,29", "money", "7517.29"),
        ("160,33", "hours", "160.33"),
        ("160.33", "hours", "160.33"),
        (160.33, "hours", 160.33),
        ("4", "int", 4),
        (4.0, "int", 4),
        (Decimal(4), "days", 4),
        ("4,5", "int", "4,5"),
        (" oil ", "lamp", "oil"),
        (7, "", "7"),
    ],
)
def test_a_cell_says_what_the_case_format_does(value: Any, type_: str, expected: Any) -> None:
    assert cell(value, type_) == expected


@pytest.mark.parametrize("type_", ["money", "int"])
def test_a_number_with_two_meanings_is_refused(type_: str) -> None:
    with pytest.raises(AmbiguousNumberError, match="two ways") as caught:
        cell("1.500", type_)
    assert caught.value.mend == "write 1500, or with a decimal comma"
