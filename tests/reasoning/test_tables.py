"""Tables by words, truths and small whole numbers."""

from pathlib import Path
from typing import Any

import pytest

from tests.reasoning.asking import UNKNOWN, ask
from tests.rulebook.hven import island, norm, try_island


def table(by: str, rows: str, more: str = "") -> str:
    return norm("lighthouse.1.t", "definition", f"table: {{by: [{by}], rows: {{{rows}}}}}", more)


@pytest.mark.parametrize(
    ("goats", "value"), [(0, "1.00"), (7, "2.00"), (8, UNKNOWN), (40, "3.00"), (39, UNKNOWN), (None, UNKNOWN)]
)
def test_a_table_by_a_number_may_begin_below_zero(tmp_path: Path, goats: int | None, value: Any) -> None:
    law = island(tmp_path, table("goats - 7", "-7: kr(1), 0: kr(2), 33: kr(3)"))
    assert ask("lighthouse.1.t", law=law, facts={"goats": goats}) == value


@pytest.mark.parametrize(
    ("lamp", "married", "children", "value"),
    [
        ("oil", True, 0, "gas"),
        ("oil", True, 12, "electric"),
        ("oil", False, 0, "oil"),
        ("electric", False, 12, "gas"),
        ("electric", True, 12, UNKNOWN),
        ("gas", True, 0, UNKNOWN),
    ],
)
def test_a_table_by_three_has_a_cell_for_each(
    tmp_path: Path, lamp: str, married: bool, children: int, value: str
) -> None:
    rows = "oil: {true: {0: \"'gas'\", 12: \"'electric'\"}, false: {0: \"'oil'\"}}, electric: {false: {12: \"'gas'\"}}"
    law = island(tmp_path, table("lamp, married, children", rows, "type: lamp"))
    facts = {"lamp": lamp, "married": married, "children": children}
    assert ask("lighthouse.1.t", law=law, facts=facts) == value


@pytest.mark.parametrize(
    ("by", "readable"),
    [
        ('"min(tower_steps, 199)"', True),
        ('"min(tower_steps, 200)"', False),
        ('"max(tower_steps, 101)"', True),
        ('"min(savings, kr(0.01))"', False),
        ("voyage", False),
        ("born", False),
    ],
)
def test_a_table_is_by_words_truths_or_at_most_200_numbers(tmp_path: Path, by: str, readable: bool) -> None:
    _, problems = try_island(tmp_path, table(by, "150: 1"))
    assert (problems == []) == readable
    assert all("not an enum, truth or small whole number" in problem.message for problem in problems)


@pytest.mark.parametrize(("row", "readable"), [(-7, True), (-8, False), (33, True), (34, False), ("true", False)])
def test_a_row_lies_in_the_range_of_the_number(tmp_path: Path, row: Any, readable: bool) -> None:
    _, problems = try_island(tmp_path, table("goats - 7", f"{row}: 1"))
    assert (problems == []) == readable
