"""What is said of the law in words is said in Danish and in English."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from fodfaeste.foundation import parse_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.lawrows import coverage_row, norm_row, regime_row, section_row
from fodfaeste.interfaces.wording import words_of
from fodfaeste.rulebook import Law, resolve
from fodfaeste.rulebook.texts import Text, in_language, is_reference
from tests.architecture.source import ROOT

SAID = {
    "note", "no_example", "not_modelled", "why", "legal_basis", "saving", "safeguards", "evaluation", "stop_rule",
    "running_cases", "says",
}  # fmt: skip
"""The fields of the law's files that hold texts for people."""


@cache
def law() -> Law:
    return library.load()


def one_language(node: yaml.Node, said: bool = False) -> Iterator[yaml.Node]:
    """Every text for people that does not stand in both languages; what only refers to law reads alike in both."""
    if isinstance(node, yaml.MappingNode):
        keys = {key.value for key, _ in node.value}
        if said and keys & {"da", "en"}:
            if keys != {"da", "en"} or not all(value.value.strip() for _, value in node.value):
                yield node
            return
        for key, value in node.value:
            yield from one_language(value, key.value in SAID)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from one_language(value, said)
    elif said and node.value and not is_reference(node.value):
        yield node


def missing(root: Path) -> list[str]:
    """``file:line`` of each text of the law under a folder that stands in one language only."""
    return [
        f"{path.relative_to(root)}:{node.start_mark.line + 1}"
        for room in ("law", "regimes")
        for path in sorted((root / room).rglob("*.yaml"))
        for node in one_language(yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader) or yaml.ScalarNode("", ""))
    ]


def test_every_text_for_people_is_in_both_languages() -> None:
    assert missing(ROOT) == []


def test_a_text_in_one_language_is_told_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "law" / "lab").mkdir(parents=True)
    (tmp_path / "law" / "lab" / "1.yaml").write_text(
        "norms:\n- versions:\n  - {ref: a, note: in English only}\n"
        "  - {ref: b, note: {da: på dansk, en: in English}}\n"
        "not_modelled:\n- {ref: c, why: {da: kun på dansk}}\n- said without a reference\n",
        encoding="utf-8",
    )
    (tmp_path / "regimes").mkdir()
    (tmp_path / "regimes" / "r.yaml").write_text("legal_basis: BEK 603/2017 § 5, stk. 1\nsafeguards: [none]\n")
    assert missing(tmp_path) == ["law/lab/1.yaml:3", "law/lab/1.yaml:6", "law/lab/1.yaml:7", "regimes/r.yaml:2"]


def gaps() -> Iterator[tuple[str, object]]:
    """Every reason why something is not written as a rule, with where it stands."""
    for section in law().sections:
        yield from ((section.file, one["why"]) for one in section.not_modelled)
    for norm in [*law().norms.values(), *(norm for regime in law().regimes.values() for norm in regime.added)]:
        yield from ((norm.id, v.not_modelled) for v in norm.versions if v.not_modelled is not None)


def test_every_reason_for_a_gap_is_in_both_languages() -> None:
    found = list(gaps())
    assert len(found) > 100
    assert [where for where, why in found if not isinstance(why, Text)] == []


@pytest.mark.parametrize("field", ["safeguards", "saving", "evaluation", "stop_rule", "running_cases"])
def test_what_a_regime_says_of_itself_is_in_both_languages(field: str) -> None:
    for regime in law().regimes.values():
        said = regime.raw[field]
        assert all(isinstance(one, Text) for one in (said if isinstance(said, list) else [said])), regime.id


def test_the_reader_gets_the_own_language() -> None:
    section = next(section for section in law().sections if section.not_modelled)
    why = section.not_modelled[0]["why"]
    for lang in ("da", "en"):
        expected = in_language(why, lang)
        assert section_row(section, law(), lang)["not_modelled"][0]["why"] == expected
        assert coverage_row(section, law(), lang)["not_modelled"][0]["why"] == expected
    assert in_language(why, "da") != in_language(why, "en")
    regime = law().regimes["djof-10"]
    danish, english = (regime_row(regime, law(), words_of(law(), lang)) for lang in ("da", "en"))
    assert danish["stop_rule"] == "Ikke nævnt i kilden."
    assert english["stop_rule"] == "Not stated in the source."


def test_notes_and_reasons_follow_the_reader() -> None:
    book = resolve(law(), parse_day("2026-11-21"))
    spoken = {lang: words_of(law(), lang) for lang in ("da", "en")}
    danish, english = (norm_row(law().norms["lab.31.samtaler.oevrige"], law(), book, spoken[lang]) for lang in spoken)
    assert danish["no_example"] == "antallet er en antagelse (D08); ingen kilde regner et tilfælde igennem"
    assert english["no_example"] == "the number is an assumption (D08); no source works out a case"


def test_every_example_says_what_it_shows_in_both_languages() -> None:
    assert len(law().examples) > 1000
    assert [one.id for one in law().examples if not isinstance(one.says, Text)] == []


def test_an_example_speaks_the_readers_language() -> None:
    book = resolve(law(), parse_day("2026-11-21"))
    rows = [norm_row(law().norms["kfl.5.refusion"], law(), book, words_of(law(), lang)) for lang in ("da", "en")]
    said = [next(one["says"] for one in row["examples"] if one["id"] == "ex-kfl-uge-5") for row in rows]
    assert said == ["Uge 5: 40 pct.", "Week 5: 40 per cent."]


def test_a_regime_says_its_basis_its_note_and_its_reasons_to_the_reader() -> None:
    regime = law().regimes["djof-10"]
    danish, english = (regime_row(regime, law(), words_of(law(), lang)) for lang in ("da", "en"))
    assert (danish["legal_basis"], english["legal_basis"]) == ("Intet: et forslag", "None: a proposal")
    assert danish["note"].startswith("Lov fra 1. januar 2025")
    assert english["note"].startswith("Law from 1 January 2025")
    assert danish["changes"][1]["why"] == "Attesten er til teamet."
    assert english["changes"][1]["why"] == "The certificate is for the team."


def test_what_only_refers_to_law_reads_alike_in_both_languages() -> None:
    assert is_reference("BEK 603/2017 § 15; BEK 1184/2019 §§ 26, 29")
    assert is_reference("LAS § 74 c, stk. 1 (LBK 831/2018 § 9 d).")
    assert not is_reference("BEK 603/2017 § 16 (category 2)")
    assert not is_reference("LOB: jobcenter.")
    assert not is_reference("INVENTED")


def test_words_alone_are_what_there_is() -> None:
    assert in_language("plain", "en") == in_language("plain", "da") == "plain"
