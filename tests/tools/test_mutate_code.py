"""The tool that breaks the code breaks it, and only it."""

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.architecture.source import ROOT


@pytest.fixture(scope="module")
def mutate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutate_code", ROOT / "tools" / "mutate_code.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("x = a < b", {"x = a <= b"}),
        ("x = a + 1", {"x = a - 1", "x = a + 2"}),
        ("x = a and b", {"x = a or b"}),
        ("x: Literal[3] = True", {"x: Literal[3] = False"}),
        ("if a:\n    b()", {"if not a:\n    b()"}),
        ("x = 'text'", set()),
    ],
)
def test_each_change_is_one_small_break(mutate: ModuleType, tmp_path: Path, code: str, broken: set[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(code, encoding="utf-8")
    assert {mutant.code for mutant in mutate.mutants_of(path)} == {ast.unparse(ast.parse(one)) for one in broken}
    assert path.read_text(encoding="utf-8") == code


@pytest.mark.slow
def test_a_break_is_noticed_by_the_tests_for_it(mutate: ModuleType) -> None:
    path = ROOT / "src" / "fodfaeste" / "foundation" / "periods.py"
    week = next(mutant for mutant in mutate.mutants_of(path) if mutant.change == "7  ->  8")
    assert not mutate.survives(week, ["tests/foundation/test_periods.py"], 120)
    assert mutate.survives(week, ["tests/foundation/test_unknown.py"], 120)
