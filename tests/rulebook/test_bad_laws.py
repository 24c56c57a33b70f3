"""Every broken law of Hven gives exactly the sentence beside it, and every sentence has a broken law."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fodfaeste import rulebook
from fodfaeste.foundation import Problem
from fodfaeste.rulebook.load import read_law
from fodfaeste.rulebook.reading import Document
from tests.rulebook.hven import TOYLAW

BAD = TOYLAW / "bad"
SLUGS = sorted(path.name for path in BAD.iterdir() if path.is_dir())
SOURCE = Path(rulebook.__file__).parent


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the law in which one file at a time is broken and mended again."""
    root = tmp_path_factory.mktemp("hven")
    for room in ("law", "regimes"):
        shutil.copytree(TOYLAW / room, root / room)
    return root


@pytest.fixture(scope="module", autouse=True)
def parsed_once() -> Iterator[None]:
    """The files that stay as they are, are parsed once for all broken laws."""
    known: dict[str, Any] = {}
    content = Document.content

    def remembered(self: Document, problems: list[Problem]) -> Any:
        if self.digest not in known:
            before = len(problems)
            found = content(self, problems)
            if len(problems) > before:
                return found
            known[self.digest] = found
        return known[self.digest]

    Document.content = remembered  # type: ignore[method-assign]
    yield
    Document.content = content  # type: ignore[method-assign]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_broken_law_says_what_where_and_how_to_mend_it(slug: str, whole: Path) -> None:
    (broken,) = (path for path in (BAD / slug).rglob("*") if path.is_file())
    place = whole / broken.relative_to(BAD / slug)
    needs_regimes = place.parent.name in ("regimes", "examples")
    before = place.read_bytes() if place.exists() else None
    shutil.copy(broken, place)
    try:
        _, problems = read_law(whole / "law", whole / "regimes" if needs_regimes else None)
    finally:
        if before is None:
            place.unlink()
        else:
            place.write_bytes(before)
    said = "".join(f"{problem}\n" for problem in problems).replace(f"{whole}/", "")
    assert said == (BAD / f"{slug}.expected.txt").read_text(encoding="utf-8")


def test_the_law_itself_has_no_problem(whole: Path) -> None:
    assert read_law(whole / "law", whole / "regimes")[1] == []


def test_every_broken_law_has_its_sentence_and_the_other_way_round() -> None:
    assert sorted(path.name.removesuffix(".expected.txt") for path in BAD.glob("*.expected.txt")) == SLUGS


def test_a_sentence_names_file_line_and_mend() -> None:
    for slug in SLUGS:
        for line in (BAD / f"{slug}.expected.txt").read_text(encoding="utf-8").splitlines():
            assert re.match(r"(law|regimes)/[\w/-]+\.yaml:[0-9]+: \S.* — \S", line), f"{slug}: {line}"


# Every message in the source of the rulebook is brought forth by some broken law.

MESSAGE = {"GrammarError": 0, "FieldError": 1, "problem": 1, "ValueError": 0}
NOT_A_LOAD_ERROR = ("under these regimes the norms go in a circle",)  # said when regimes are put together


def _patterns(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """The texts an expression can be, with * for what is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*_patterns(one, function), *_patterns(other, function))
        case ast.Name(id=name):
            for found in ast.walk(function):
                if isinstance(found, ast.Assign) and any(
                    isinstance(target, ast.Name) and target.id == name for target in found.targets
                ):
                    yield from _patterns(found.value, function)


def _messages() -> Iterator[str]:
    for path in sorted(SOURCE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                    spot = (
                        2
                        if name == "report" and path.stem in ("assemble", "check")
                        else 1
                        if name == "report"
                        else None
                    )
                    spot = MESSAGE.get(name, spot)
                    if spot is not None and spot < len(node.args):
                        yield from _patterns(node.args[spot], function)
                if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and path.stem == "regimes":
                    yield from _patterns(node.value.elts[0], function)


def test_every_message_has_a_broken_law() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in BAD.glob("*.expected.txt"))
    messages = {text for text in _messages() if not text.startswith(NOT_A_LOAD_ERROR)}
    assert len(messages) > 120
    missing = [
        text for text in sorted(messages)
        if not re.search(r"(?<=: )" + re.escape(text).replace(r"\*", ".*"), said)
    ]  # fmt: skip
    assert missing == [], "add a folder to toylaw/bad for each"
