"""What is said of the law in words is said in Danish and in English."""

from collections.abc import Iterator
from functools import cache

import pytest

from fodfaeste.interfaces.lawrows import coverage_row, regime_row, section_row
from fodfaeste.interfaces.wording import words_of
from fodfaeste.rulebook import Law, load_law
from fodfaeste.rulebook.texts import Text, in_language
from tests.architecture.source import ROOT


@cache
def law() -> Law:
    return load_law(ROOT / "law", ROOT / "regimes")


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


def test_words_alone_are_what_there_is() -> None:
    assert in_language("plain", "en") == in_language("plain", "da") == "plain"
