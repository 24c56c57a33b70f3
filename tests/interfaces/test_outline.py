"""The outline of a case is the overview without the reasons: same entries, same order, same questions."""

from __future__ import annotations

from pathlib import Path

import pytest

import fodfaeste as ff
from fodfaeste.facts import Case, view_case
from fodfaeste.interfaces.outline import Outline, outline
from fodfaeste.interfaces.overview import Overview, overview
from fodfaeste.reasoning import explain
from tests.architecture.source import ROOT

FILES = sorted((ROOT / "examples" / "cases").glob("*.json"))
DAYS = ("2024-05-01", "2026-07-01")


def pictured(found: Overview) -> list[object]:
    return [(one.key, one.group, one.explanation.outcome, one.explanation.item) for one in found.entries]


def of(case: Case, day: str) -> tuple[Overview, Outline]:
    book = ff.resolve(ff.load(), day, "odense")
    view = view_case(case, book.vocabulary, book.day)
    return overview(book, view, contrasts=False), outline(book, view, ask=True)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_outline_says_what_the_overview_says(file: Path, day: str) -> None:
    full, brief = of(ff.read(file), day)
    assert pictured(brief) == pictured(full)
    assert brief.questions == full.questions


@pytest.mark.parametrize("name", ["tre-ydelsesskift", "syg-braekket-ben-2025"])
def test_a_number_leads_to_the_explanation_of_the_same_thing(name: str) -> None:
    case = ff.read(ROOT / "examples" / "cases" / f"{name}.json")
    _, brief = of(case, DAYS[1])
    view = view_case(case, brief.rulebook.vocabulary, brief.rulebook.day)
    for one in [*(entry.explanation for entry in brief.entries if entry.explanation.item), *brief.refused]:
        told = explain(brief.rulebook, view, one.norm.id)[brief.number(one)]
        assert (told.outcome, told.item) == (one.outcome, one.item)


def test_what_is_refused_is_a_power_or_sanction_that_does_not_hold() -> None:
    refused = of(ff.read(ROOT / "examples" / "cases" / "syg-braekket-ben-2025.json"), DAYS[1])[1].refused
    assert {one.norm.norm.kind for one in refused} == {"power", "sanction"}
    assert all(one.outcome.value is False for one in refused)
