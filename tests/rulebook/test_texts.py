"""Texts for people may stand alone or in both languages, wherever a file of the law has one."""

from pathlib import Path
from typing import Any

import pytest

from fodfaeste.foundation import ProblemError
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.texts import Text, in_all, in_language
from tests.rulebook.hven import change, hven, island, norm, regime, rulebook

ALONE = "only these words"
BOTH = "{da: på dansk, en: in English}"
VALUE = "value: goats > 3"
DUTY = "must: {once: oath, from: on, by: 3 days}"
SAID = 'says: "Of a stranger nothing is known, and nothing is assumed."'


def of_a_norm(folder: Path, written: str) -> Any:
    made = island(folder, norm("lighthouse.1.a", "condition", VALUE).replace("it is a trial", written))
    return made.norms["lighthouse.1.a"].no_example


def of_a_version(folder: Path, written: str) -> Any:
    made = island(folder, norm("lighthouse.1.a", "condition", f"{VALUE}, note: {written}"))
    return made.norms["lighthouse.1.a"].versions[0].raw["note"]


def of_a_replaced_version(folder: Path, written: str) -> Any:
    edit = f"{{op: replace, norm: lighthouse.1.a, with: {{note: {written}}}}}"
    made = island(folder, norm("lighthouse.1.a", "condition", VALUE), regimes={"r": regime("r", edit)})
    return rulebook("2024-06-15", None, ["r"], made)["lighthouse.1.a"].version.raw["note"]


def of_an_edit(folder: Path, written: str) -> Any:
    edit = f"{{op: set_aside, norm: lighthouse.1.a, why: {written}}}"
    made = island(folder, norm("lighthouse.1.a", "duty", DUTY), regimes={"r": regime("r", edit)})
    return made.regimes["r"].edits[0].raw["why"]


def of_a_regime(folder: Path, written: str) -> Any:
    return island(folder, regimes={"r": regime("r", legal_basis=written)}).regimes["r"].raw["legal_basis"]


def of_a_protected_right(folder: Path, written: str) -> Any:
    made = change(folder, "law/protected.yaml", '"A goat\'s owner who was never asked cannot be judged."', written)
    return made.protected[0]["why"]


def of_a_rate(folder: Path, written: str) -> Any:
    made = change(folder, "law/rates/sleep-least.yaml", '"Nobody wrote down 2026."', written)
    return made.norms["rate.sleep-least"].versions[-1].raw["note"]


def of_an_example(folder: Path, written: str) -> Any:
    made = change(folder, "law/lighthouse/1.yaml", SAID, f"says: {written}")
    return next(example.says for example in made.examples if example.id == "ex-nobody")


PLACES = (
    of_a_norm, of_a_version, of_a_replaced_version, of_an_edit, of_a_regime, of_a_protected_right, of_a_rate,
    of_an_example,
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_text_stands_alone_or_in_both_languages(tmp_path: Path, place: Any) -> None:
    alone = place(tmp_path / "alone", ALONE)
    assert (in_language(alone, "da"), in_language(alone, "en")) == (ALONE, ALONE)
    both = place(tmp_path / "both", BOTH)
    assert isinstance(both, Text)
    assert (in_language(both, "da"), in_language(both, "en")) == ("på dansk", "in English")


@pytest.mark.parametrize(
    ("file", "where"),
    [
        ("law/lighthouse/1.yaml", "month_end:"),
        ("law/rates/sleep-least.yaml", "values:"),
        ("law/lighthouse/1.yaml", "- id: ex-nobody"),
    ],
)
def test_a_section_a_rate_series_and_an_example_may_have_a_note(tmp_path: Path, file: str, where: str) -> None:
    def noted(folder: str, written: str) -> Law:
        begin = "- " if where.startswith("- ") else ""
        return change(tmp_path / folder, file, where, f"{begin}note: {written}\n{where.replace('- ', '  ')}")

    assert digest(noted("both", BOTH)) == digest(hven())
    with pytest.raises(ProblemError, match="'note' is not a text in Danish, or in Danish and English"):
        noted("one", "{da: kun på dansk}")


def test_an_example_in_one_language_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="'says' is not a text in Danish, or in Danish and English"):
        of_an_example(tmp_path, "{da: kun på dansk}")


def test_what_can_be_searched_in_holds_both_languages() -> None:
    assert in_all(Text("en attest", "a certificate")) == "en attest a certificate"
    assert in_all(ALONE) == ALONE


def digest(law: Law) -> str:
    return rulebook("2024-06-15", law=law).digest


def test_other_words_for_people_leave_the_digest_as_it_was(tmp_path: Path) -> None:
    """A note decides no answer, so a translation makes nothing that was reckoned stale."""
    said = '"Nobody knows how long gas burns for a child: that cell is unknown."'
    assert digest(change(tmp_path / "note", "law/lighthouse/1.yaml", said, BOTH)) == digest(hven())
    assert digest(change(tmp_path / "says", "law/lighthouse/1.yaml", SAID, f"says: {BOTH}")) == digest(hven())
    made = [
        island(tmp_path / name, norm("lighthouse.1.a", "definition", f"not_modelled: {why}", "name: later"))
        for name, why in (("alone", ALONE), ("both", BOTH))
    ]
    assert digest(made[0]) == digest(made[1])


def test_that_something_is_not_modelled_is_in_the_digest(tmp_path: Path) -> None:
    modelled = island(tmp_path / "a", norm("lighthouse.1.a", "duty", DUTY))
    missing = island(tmp_path / "b", norm("lighthouse.1.a", "duty", f"not_modelled: {BOTH}"))
    assert digest(modelled) != digest(missing)
