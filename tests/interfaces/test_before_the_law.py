"""A question about a day before the law begins is answered, and told that it is."""

import shutil
from pathlib import Path

import pytest

from fodfaeste.rulebook.load import read_law
from tests.interfaces.hven import TOY, run, write_case

BEFORE, SINCE = "1800-01-01", "2024-06-28"
DANISH = "1. januar 1800 ligger før den lov, der er skrevet her, begynder (1. januar 2010)"
ENGLISH = "1 January 1800 lies before the law written here begins (1 January 2010)"


@pytest.fixture(scope="module")
def begins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The law of Hven, which says from which day it is written."""
    folder = tmp_path_factory.mktemp("hven") / "toylaw"
    shutil.copytree(TOY, folder)
    (folder / "law" / "encoded.yaml").write_text("from: 2010-01-01\n", encoding="utf-8")
    return folder


ASKED: dict[str, tuple[str, ...]] = {
    "explain": ("CASE",),
    "duties": ("CASE",),
    "quota": ("CASE",),
    "benefits": ("CASE",),
    "law list": (),
    "law fields": (),
    "law show": ("lighthouse 2",),
    "regime list": (),
}
"""Commands that take a day of law, and what else they need."""


@pytest.mark.parametrize("command", ASKED)
def test_every_command_that_takes_a_day_says_when_it_lies_before_the_law(
    tmp_path: Path, begins: Path, command: str
) -> None:
    case = write_case(tmp_path, spells=[], events=[])
    asked = [*command.split(), *(str(case) if one == "CASE" else one for one in ASKED[command])]

    def said(*more: str) -> str:
        answer = run(*asked, *more, law=begins)
        assert (answer.code, answer.err) == (0, "")
        return " ".join(answer.out.split())

    assert DANISH in said("--date", BEFORE)
    assert ENGLISH in said("--date", BEFORE, "--lang", "en")
    assert "begynder" not in said("--date", SINCE)
    (warning,) = run(*asked, "--date", BEFORE, "--json", law=begins).data["warnings"]
    assert warning.startswith(DANISH)
    assert run(*asked, "--date", SINCE, "--json", law=begins).data["warnings"] == []


def test_both_days_of_a_comparison_are_told(tmp_path: Path, begins: Path) -> None:
    case = write_case(tmp_path)
    for asked in (("explain", case, "--date", SINCE, "--against", BEFORE), ("law", "diff", BEFORE, SINCE)):
        answer = run(*asked, "--json", law=begins)
        assert [said.startswith(DANISH) for said in answer.data["warnings"]] == [True]


def test_a_receipt_stays_as_it_was_sealed_and_the_warning_stands_beside_it(tmp_path: Path, begins: Path) -> None:
    case, kept = write_case(tmp_path), tmp_path / "kept.json"
    asked = ("receipt", case, "--norm", "lighthouse.2.watches", "--date", "2009-12-31")
    answer = run(*asked, "--json", "--out", kept, law=begins)
    assert "31. december 2009 ligger før den lov" in answer.err
    assert "warnings" not in answer.data
    assert run("receipt", kept, "--check", "--json", law=begins).data["holds"]


def test_a_law_that_does_not_say_when_it_begins_warns_of_nothing(tmp_path: Path) -> None:
    assert run("duties", write_case(tmp_path, spells=[], events=[]), "--date", BEFORE, "--json").data["warnings"] == []


@pytest.mark.parametrize("written", ["from: then\n", "since: 2010-01-01\n", "2010-01-01\n"])
def test_a_beginning_that_is_no_day_is_told_of(tmp_path: Path, written: str) -> None:
    shutil.copytree(TOY / "law", tmp_path / "law")
    (tmp_path / "law" / "encoded.yaml").write_text(written, encoding="utf-8")
    _, (problem,) = read_law(tmp_path / "law", None)
    assert problem.message == "the file does not say from which day the law is written"
    assert "year-month-day" in problem.mend
