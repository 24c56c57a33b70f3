"""The source as the architecture tests read it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "fodfaeste"
FILES = sorted(file for file in SRC.rglob("*.py") if not file.match("migrations/0*_*.py"))  # those Django writes


def name_of(path: Path) -> str:
    """The file as people cite it: ``foundation/calendar.py``."""
    return path.relative_to(SRC).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def docstrings(tree: ast.Module) -> set[ast.Constant]:
    """Strings that only a reader sees: the docstrings, and the words below a constant or a field."""
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef)]
    bodies += [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {
        statement.value
        for body in bodies
        for statement in body
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    }


def spoken_strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """String literals the program uses, f-strings' fixed parts included."""
    silent = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node
