"""No legal date and no section of an act stands in Python: they belong in law/ and regimes/."""

import ast
import re

import pytest

from tests.architecture.source import FILES, SRC, name_of, spoken_strings, tree_of

DATE = re.compile(r"\b(1[89]|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b")
SECTION = re.compile(r"§+\s*[0-9]")
DATE_CALLS = {"date", "datetime", "day_number"}

SHOWN = "shows people how a date is written"
# "room/module.py: what stands there" -> why it may
MAY_STAND: dict[str, str] = {
    "casework/inbox/frames.py: date(2000, 1, 1)": "PostgreSQL counts days from here",
    "foundation/calendar.py: 2024-01-31": SHOWN,
    "facts/checking.py: 2024-01-31": SHOWN,
    "facts/fragments.py: 2024-01-31": SHOWN,
    "facts/scalars.py: 2024-01-31": SHOWN,
    "facts/scalars.py: dt.date(1900, 1, 1)": "earliest day a date field holds unless the vocabulary says so",
    "rulebook/calls.py: 2024-01-01": SHOWN,
    "rulebook/compiler.py: 2024-01-01": SHOWN,
}


def law_in(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and text of each date or section in a string, and of each date made of plain numbers."""
    found = [
        (node.lineno, match[0])
        for node in spoken_strings(tree)
        for pattern in (DATE, SECTION)
        for match in pattern.finditer(str(node.value))
    ]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or len(node.args) < 3:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in DATE_CALLS and all(isinstance(part, ast.Constant) for part in node.args):
            found.append((node.lineno, ast.unparse(node)))
    return found


def test_no_date_or_section_in_python() -> None:
    found = [
        f"{name_of(path)}:{line}: {text}"
        for path in FILES
        for line, text in law_in(tree_of(path))
        if f"{name_of(path)}: {text}" not in MAY_STAND
    ]
    assert found == [], "move it to law/ or regimes/, or give a reason in MAY_STAND"


PAGES_AND_LISTS = [
    path for room in ("interfaces", "casework") for kind in ("*.html", "*.yaml") for path in (SRC / room).rglob(kind)
]
MAY_STAND_ON_PAGES = {"_search_form.html: § 3": "shows people how a section is searched for"}


def law_in_text(text: str) -> set[str]:
    return {match[0] for pattern in (DATE, SECTION) for match in pattern.finditer(text)}


def test_no_date_or_section_on_a_page_or_in_a_list_of_casework() -> None:
    found = {f"{path.name}: {text}" for path in PAGES_AND_LISTS for text in law_in_text(path.read_text("utf-8"))}
    assert len(PAGES_AND_LISTS) > 100
    assert found == MAY_STAND_ON_PAGES.keys()


def test_every_exception_is_still_needed() -> None:
    standing = {f"{name_of(path)}: {text}" for path in FILES for _, text in law_in(tree_of(path))}
    assert sorted(set(MAY_STAND) - standing) == []


@pytest.mark.parametrize(
    "code",
    [
        "start = '2024-01-01'",
        "say(f'{name} since 2024-01-01')",
        "ref = 'LAB § 31, stk. 3'",
        "start = date(2024, 1, 1)",
        "start = calendar.day_number(2024, 1, 1)",
    ],
)
def test_law_in_code_is_seen(code: str) -> None:
    assert law_in(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "'''LAB § 31 as of 2024-01-01.'''",
        "x = 1  # LAB § 31",
        "ref = '§ ' + number",
        "day_number(year, 1, 1)",
    ],
)
def test_citing_the_law_to_a_reader_is_welcome(code: str) -> None:
    assert law_in(ast.parse(code)) == []
