"""Small files and small functions, unless a reason is written here."""

import ast

from tests.architecture.source import FILES, name_of, tree_of

MAX_FILE = 400
MAX_FUNCTION = 60

LONG_FILES: dict[str, str] = {
    # "room/module.py": "why it is one thing and not two",
}
LONG_FUNCTIONS: dict[str, str] = {
    # "room/module.py::function": "why it is one thing and not two",
}


def lines_of_files() -> dict[str, int]:
    return {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}


def lines_of_functions() -> dict[str, int]:
    return {
        f"{name_of(path)}::{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def too_long(lines: dict[str, int], limit: int, excused: dict[str, str]) -> list[str]:
    return [
        f"{name} has {count} lines, at most {limit}"
        for name, count in lines.items()
        if count > limit and name not in excused
    ]


def test_no_file_is_too_long() -> None:
    assert too_long(lines_of_files(), MAX_FILE, LONG_FILES) == []


def test_no_function_is_too_long() -> None:
    assert too_long(lines_of_functions(), MAX_FUNCTION, LONG_FUNCTIONS) == []


def test_every_excuse_is_still_needed() -> None:
    files, functions = lines_of_files(), lines_of_functions()
    assert [name for name in LONG_FILES if files.get(name, 0) <= MAX_FILE] == []
    assert [name for name in LONG_FUNCTIONS if functions.get(name, 0) <= MAX_FUNCTION] == []


def test_the_tests_see_the_source() -> None:
    assert lines_of_files()["foundation/calendar.py"] > 100
    assert lines_of_functions()["foundation/calendar.py::civil"] > 5
