"""Files are read fast, and mean what PyYAML says they mean."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from fodfaeste.rulebook import plainyaml
from tests.rulebook.hven import TOYLAW

ROOT = Path(__file__).parents[2]
FILES = [path for folder in (ROOT / "law", ROOT / "regimes", TOYLAW) for path in sorted(folder.glob("**/*.yaml"))]


def read(text: str | bytes, fast: bool) -> str:
    """What a text says, with types and in order; or what is wrong with it, and where."""
    try:
        content: Any = plainyaml.load(text) if fast else yaml.load(text, Loader=plainyaml.Loader)
    except (yaml.YAMLError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return repr(content)


def test_the_law_reads_as_pyyaml_reads_it() -> None:
    assert FILES
    for path in FILES:
        text = path.read_bytes()
        assert read(text, fast=True) == read(text, fast=False), path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but a remark\n",
        "a: [1, -2, +3, 0x1F, 0o17, 017, 1_000, 1.5, .5, 1e3, 1.0e+3, .inf, -.Inf, 12:30:45]",
        "a: [null, ~, Null, nul, , '']",
        "a: [true, True, TRUE, false, yes, no, on, off, y, n]",
        "a: [2024-01-31, 2024-1-31, 2024-01-31 12:00:00, '2024-01-31', \"2024-01-31\"]",
        "{1: a, true: b, null: c, 2024-01-31: d, '1x': e}",
        "a: |\n  two\n  lines\nb: >-\n  one\n  line\n",
        "a: &x {b: 1, c: [1, 2]}\nd: *x\ne: {<<: *x, b: 2, f: 3}\ng: {b: 9, <<: *x}\n",
        "a: &x {b: 1, c: 1}\nd: &y {b: 2, e: 2}\nf: {<<: [*x, *y], g: 3}\nh: {<<: {i: 1}}\nj: {'<<': 1}\n",
        "a: &n 2024-01-31\nb: *n\n&k key: *n\n",
        "a: !!str 5\nb: !!int '7'\nc: !!set {x, y}\n",
        "a: æøå – “quoted” €\n",
        # mistakes
        "a: 1\nb: 2\na: 3\n",
        "a: {x: 1, 'x': 2}",
        "{1: a, '1': b}",
        "a: 2024-02-31",
        "a: !person {name: b}",
        "a: *nowhere",
        "a: &x [*x]",
        "a: &x {b: *x}",
        "[a, b]: c",
        "? {a: 1}\n: b\n",
        "a: {<<: 3}",
        "a: {<<: [1]}",
        "a: {<<: {b: 1}, <<: {c: 1}}",
        "a: =",
        "a: [1, 2",
        "a: b: c",
        "a: 1\n---\nb: 2\n",
        "\tx: 1",
    ],
)
def test_a_text_reads_as_pyyaml_reads_it(text: str) -> None:
    assert read(text, fast=True) == read(text, fast=False)


def test_on_is_a_word_and_a_key_stands_once() -> None:
    assert plainyaml.load("on: yes") == {"on": "yes"}
    with pytest.raises(yaml.YAMLError, match="'a' is written twice"):
        plainyaml.load("a: 1\na: 2")
