"""Breaks the code on purpose, one small change at a time, and says which changes no test noticed.

    python -m tools.mutate_code src/fodfaeste/foundation/money.py --tests tests/foundation --most 50

Changes comparisons, arithmetic, and/or, not, whole numbers and truth values. Works on a copy; the source is
never touched. A change that survives is a missing test, or code that makes no difference.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
}


@dataclass(frozen=True)
class Mutant:
    """One changed file."""

    path: Path
    line: int
    change: str
    code: str


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Attribute and new value for each way to break this one node."""
    match node:
        case ast.Compare():
            yield "ops", [OTHER[type(node.ops[0])](), *node.ops[1:]]
        case ast.BinOp() | ast.BoolOp() if type(node.op) in OTHER:
            yield "op", OTHER[type(node.op)]()
        case ast.If() | ast.IfExp() | ast.While():
            yield "test", ast.UnaryOp(ast.Not(), node.test)
        case ast.Constant(value=bool()):
            yield "value", not node.value
        case ast.Constant(value=int() as number):
            yield "value", number + 1


def _typing_only(tree: ast.Module) -> set[ast.AST]:
    """Nodes inside annotations, which change nothing when the program runs."""
    notes = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    return {inner for note in notes if isinstance(note, ast.AST) for inner in ast.walk(note)}


def mutants_of(path: Path) -> list[Mutant]:
    """Every way to break the file that this program knows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = _typing_only(tree)
    found = []
    for node in ast.walk(tree):
        if node in silent:
            continue
        for attribute, value in _changes(node):
            kept, before = getattr(node, attribute), ast.unparse(node).splitlines()[0]
            setattr(node, attribute, value)
            broken = ast.fix_missing_locations(copy.deepcopy(tree))
            after = ast.unparse(node).splitlines()[0]
            found.append(Mutant(path, getattr(node, "lineno", 0), f"{before}  ->  {after}", ast.unparse(broken)))
            setattr(node, attribute, kept)
    return found


def survives(mutant: Mutant, tests: list[str], seconds: float) -> bool:
    """Whether every test still passes with the file changed. A run that never ends counts as noticed."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        (source / mutant.path.resolve().relative_to(ROOT / "src")).write_text(mutant.code, encoding="utf-8")
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
        environment = {**os.environ, "PYTHONPATH": str(source)}
        try:
            run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return False
        return run.returncode == 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path, help="a Python file under src, or a folder")
    parser.add_argument("--tests", nargs="+", required=True, help="what pytest should run")
    parser.add_argument("--most", type=int, default=60, help="try at most so many, drawn at random")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    parser.add_argument("--seconds", type=float, default=120, help="time allowed for one run of the tests")
    return parser.parse_args()


def main() -> int:
    """Try the mutants, list the survivors; 1 if there are any."""
    asked = _arguments()
    files = sorted(asked.path.rglob("*.py")) if asked.path.is_dir() else [asked.path]
    mutants = [mutant for file in files for mutant in mutants_of(file)]
    drawn = random.Random(asked.seed).sample(mutants, min(asked.most, len(mutants)))
    with ThreadPoolExecutor(max_workers=2) as pool:
        alive = list(pool.map(lambda mutant: survives(mutant, asked.tests, asked.seconds), drawn))
    survivors = sorted(
        f"{mutant.path}:{mutant.line}: {mutant.change}" for mutant, lives in zip(drawn, alive, strict=True) if lives
    )
    print(*survivors, sep="\n")
    print(f"{len(drawn) - len(survivors)} of {len(drawn)} changes noticed ({len(mutants)} possible)")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
