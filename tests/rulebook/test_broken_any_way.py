"""However a file of Hven is broken, it is told in sentences, and nothing falls over."""

import copy as copying
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from fodfaeste.rulebook import plainyaml
from fodfaeste.rulebook.load import read_law
from tests.rulebook.hven import TOYLAW, copy

FILES = sorted(
    path.relative_to(TOYLAW).as_posix()
    for path in (*TOYLAW.glob("law/**/*.yaml"), *TOYLAW.glob("regimes/*.yaml"))
    if "vocabulary" not in path.parts
)
JUNK: list[Any] = [
    None, 7, -1.5, True, "x", "", "((", "kr(NaN)", "2024-13-01", "goat.1.talks", [], {}, [None], [[]], [1, "a"],
    {"a": 1}, {1: 2, "a": 3}, float("nan"),
]  # fmt: skip
TIMES = 1


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy(tmp_path_factory.mktemp("hven"))


def places(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a file, as the steps that lead there."""
    if at:
        yield at
    if isinstance(content, dict):
        for key, value in content.items():
            yield from places(value, (*at, key))
    if isinstance(content, list):
        for index, value in enumerate(content):
            yield from places(value, (*at, index))


def broken(content: Any, chance: random.Random) -> tuple[Any, str]:
    """The content with something put in the place of something, or left out."""
    changed = copying.deepcopy(content)
    at = chance.choice(list(places(content)))
    inside = changed
    for step in at[:-1]:
        inside = inside[step]
    if chance.random() < 0.2:
        del inside[at[-1]]
        return changed, f"{at} left out"
    inside[at[-1]] = chance.choice(JUNK)
    return changed, f"{at} = {inside[at[-1]]!r}"


@pytest.mark.parametrize("file", FILES)
def test_a_broken_file_is_told_in_sentences(file: str, whole: Path) -> None:
    path = whole / file
    text = path.read_text(encoding="utf-8")
    content = plainyaml.load(text)
    chance = random.Random(file)
    try:
        for _ in range(TIMES):
            changed, what = broken(content, chance)
            path.write_text(yaml.safe_dump(changed, sort_keys=False, allow_unicode=True), encoding="utf-8")
            _, problems = read_law(whole / "law", whole / "regimes")
            for problem in problems:
                assert problem.message, what
                assert problem.mend, what
                assert "\n" not in str(problem), what
    finally:
        path.write_text(text, encoding="utf-8")
