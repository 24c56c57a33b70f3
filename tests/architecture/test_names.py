"""A module is named for what it holds."""

import ast
import re

import pytest

from tests.architecture.source import FILES, SRC, name_of, tree_of

HOLD_ALL = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "misc",
}
PACKAGES = sorted(path.parent for path in FILES if path.name == "__init__.py")


def words(name: str) -> set[str]:
    return set(name.lower().split("_"))


def test_no_module_or_package_is_a_drawer() -> None:
    names = {path.relative_to(SRC).with_suffix("") for path in FILES}
    assert sorted(str(name) for name in names if any(words(part) & HOLD_ALL for part in name.parts)) == []


@pytest.mark.parametrize("name", ["utils", "date_helpers", "case_manager"])
def test_a_drawer_is_recognised(name: str) -> None:
    assert words(name) & HOLD_ALL


def test_file_names_are_plain_ascii() -> None:
    odd = [name_of(path) for path in FILES if not re.fullmatch(r"[a-z0-9_/]+\.py", name_of(path))]
    assert odd == []


def test_every_folder_with_code_is_a_room_with_a_face() -> None:
    folders = {path.parent for path in FILES}
    assert sorted(str(folder.relative_to(SRC)) for folder in folders - set(PACKAGES)) == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.relative_to(SRC).as_posix())
def test_every_room_says_what_it_is_for(package: object) -> None:
    path = SRC / str(package) / "__init__.py"
    said = ast.get_docstring(tree_of(path))
    assert said, f"{name_of(path)} has no docstring: one line on what the room is for"
