"""Norms judged for every spell or event, for every decision, and norms another day governs."""

from pathlib import Path
from typing import Any

import pytest

from tests.reasoning.asking import UNKNOWN, ask, event, spell, status
from tests.rulebook.hven import island, norm, regime

PASSES = [
    spell("pass", "2024-03-31", None, harbour="backviken", price=10),
    spell("pass", "2024-01-31", None, harbour="kyrkbacken", price=10),
    spell("pass", "2024-05-20", "2024-05-25", price=10),
]


# Each


def test_a_norm_is_judged_for_every_spell_in_order_of_time() -> None:
    # a pass runs one month, and on this island the 31st and a month is the first of the next
    assert ask("ferry.1.expiry", spells=PASSES) == ["2024-02-29", "2024-04-30", "2024-05-25"]
    assert ask("ferry.1.expiry") == []


def test_what_a_norm_reads_of_another_is_of_the_same_spell() -> None:
    assert ask("ferry.1.valid", "2024-04-30", spells=PASSES) == [False, True, False]
    assert ask("ferry.1.valid", "2024-05-20", spells=PASSES[::-1]) == [False, False, False]  # its harbour is unknown


def test_a_norm_about_the_person_is_the_same_for_every_spell() -> None:
    escapes = [
        event("escape", "2024-06-01", coat="white", damage=60),
        event("escape", "2024-06-14", coat="brown", damage=60),
    ]
    assert ask("goat.1.fine", facts={"islander": True}, events=escapes) == [True, True]
    assert ask("goat.1.fine", "2024-06-30", facts={"islander": True}, events=escapes) == [False, False]


def test_an_unknown_attribute_of_the_spell_is_unknown_for_that_spell_alone() -> None:
    assert status("ferry.1.stamp", spells=PASSES) == ["late", "late", "unknown"]
    escapes = [event("escape", "2024-06-01"), event("escape", "2024-06-14", damage=5)]
    assert ask("goat.1.fine", events=escapes) == [UNKNOWN, False]


def test_an_open_spell_ends_never_and_a_spell_that_lies_ahead_is_judged_too() -> None:
    grazing = [spell("grazing", "2024-01-01"), spell("grazing", "2024-07-01")]
    assert ask("goat.1.over-time", spells=grazing) == [True, False]
    assert status("goat.1.fence", spells=grazing) == ["unknown", "not_yet"]


def test_the_day_of_the_event_and_of_the_spell_can_be_asked_about() -> None:
    # more than one herd at a time; white goats are no herd
    spells = [spell("grazing", "2024-05-01", None, coat="brown"), spell("grazing", "2024-06-01", None, coat="white")]
    assert status("goat.1.one-herd", spells=spells) == ["met", "met"]


def test_an_agreed_day_may_be_that_of_the_spell() -> None:
    spells = [spell("grazing", "2024-05-01", None, agreed="2024-06-01"), spell("grazing", "2024-05-02", None)]
    fences = [event("inspection", "2024-05-20", announced=True)]
    assert status("goat.1.fence", spells=spells, events=fences) == ["met", "unknown"]


# On any decision


def decision(date: str, type_: str | None = "pass", udfald: str | None = "afslag") -> dict[str, Any]:
    return event("afgoerelse", date, type=type_, udfald=udfald)


def test_a_letter_follows_every_decision_but_those_with_their_own_rule() -> None:
    made = [decision("2024-06-03"), decision("2024-06-04", "fine"), decision("2024-06-05", "grazing")]
    assert status("thing.1.letter", events=made) == ["late", "not_applicable", "not_applicable"]
    assert status("thing.1.fine-letter", events=made) == ["not_applicable", "late", "late"]


def test_a_decision_of_unknown_kind_may_have_either_rule() -> None:
    made = [decision("2024-06-03", None)]
    assert status("thing.1.letter", events=made) == ["unknown"]
    assert status("thing.1.fine-letter", events=made) == ["unknown"]


@pytest.mark.parametrize(
    ("udfald", "adverse", "cheered"),
    [
        ("afslag", "breached", "not_applicable"),
        ("delvis", "breached", "not_applicable"),
        ("medhold", "not_applicable", "breached"),
        (None, "unknown", "unknown"),
    ],
)
def test_adverse_is_whatever_is_not_granted_in_full(udfald: str | None, adverse: str, cheered: str) -> None:
    made = [decision("2024-06-03", "pass", udfald)]
    assert status("thing.2.hearing", events=made) == [adverse]
    assert status("thing.1.cheer", events=made) == [cheered]


# Another day than today governs


@pytest.mark.parametrize(
    ("born", "trade", "pension"),
    [
        ("1959-12-31", None, "2019-12-31"),  # 60, the last day of the month
        ("1960-01-01", None, "2025-01-31"),  # 65
        ("1989-12-31", None, "2054-12-31"),
        ("1990-01-01", "keeper", "2060-01-04"),  # 70, the Sunday of the week
        ("1990-01-01", "stargazer", "9999-12-31"),
        ("1990-01-01", None, UNKNOWN),
        (None, "keeper", UNKNOWN),
    ],
)
def test_the_wording_of_the_day_of_birth_is_used(born: str | None, trade: str | None, pension: str) -> None:
    assert ask("lighthouse.1.pension", facts={"born": born, "trade": trade}) == pension


def renewal(start: str | None, on: str = "2024-12-01", **more: Any) -> dict[str, Any]:
    spells = [spell("service", start, trade="keeper")] if start else []
    answer: dict[str, Any] = ask(
        "ferry.1.renewal", on, facts={"islander": True}, spells=[*spells, *more.pop("spells", [])], **more
    )
    return answer


def test_days_numbers_and_promises_follow_the_governing_day() -> None:
    old, new = renewal("2023-12-31"), renewal("2024-01-01")
    assert (old["required"], old["due"], old["promise"]) == (1, "2024-01-30", "2024-01-06")
    assert (new["required"], new["due"]) == (2, "2024-02-29")
    assert "promise" not in new


def test_when_the_duty_lapses_follows_the_governing_day() -> None:
    ill = [spell("influenza", "2024-11-01")]
    assert renewal("2023-12-31", spells=ill)["status"] == "lapsed"
    assert renewal("2024-01-01", spells=ill)["status"] == "late"


def test_a_version_that_has_not_begun_governs_nothing_yet() -> None:
    assert renewal("2024-01-05", on="2023-12-31")["status"] == "not_applicable"


def test_a_day_before_the_first_version_is_governed_by_none() -> None:
    assert renewal("2019-12-31") == {"status": "not_applicable"}


def test_an_unknown_governing_day_is_unknown(tmp_path: Path) -> None:
    versions = (
        "in_force: {from: 2020-01-01, to: 2023-12-31}, applies: islander, value: 3",
        "in_force: {from: 2024-01-01, to: null}, applies: islander, value: 4",
    )
    law = island(tmp_path, norm("lighthouse.1.g", "definition", more="governed_by: agreed_day", versions=versions))
    assert ask("lighthouse.1.g", law=law, facts={"islander": True}) == UNKNOWN
    assert ask("lighthouse.1.g", law=law, facts={"islander": True, "agreed_day": "2023-12-31"}) == 3
    assert ask("lighthouse.1.g", law=law, facts={"islander": True, "agreed_day": "2024-01-01"}) == 4
    assert ask("lighthouse.1.g", law=law, facts={"islander": True, "agreed_day": "2019-01-01"}) == UNKNOWN


def test_by_unstated_in_one_version_is_unstated_in_that_version_alone(tmp_path: Path) -> None:
    versions = (
        "in_force: {from: 2020-01-01, to: 2023-12-31}, must: {once: oath, from: agreed_day, by: 8 days}",
        "in_force: {from: 2024-01-01, to: null}, must: {once: oath, from: agreed_day, by: unstated}",
    )
    law = island(tmp_path, norm("lighthouse.1.g", "duty", more="governed_by: agreed_day", versions=versions))
    old = ask("lighthouse.1.g", law=law, facts={"agreed_day": "2023-12-31"})
    new = ask("lighthouse.1.g", law=law, facts={"agreed_day": "2024-01-01"})
    assert (old["status"], old["due"]) == ("late", "2024-01-08")
    assert (new["status"], "due" in new) == ("open", False)


def test_a_regime_that_has_ended_still_binds_what_began_while_it_ran(tmp_path: Path) -> None:
    version = ("in_force: {from: 2020-01-01, to: null}, value: 3",)
    trial = regime(
        "r", "{op: replace, norm: lighthouse.1.g, with: {value: 4}}",
        status="in-force", who="[norreborg]", window="{from: 2023-03-01, to: 2023-05-31}",
    )  # fmt: skip
    law = island(
        tmp_path, norm("lighthouse.1.g", "definition", more="governed_by: agreed_day", versions=version),
        norm("lighthouse.1.h", "definition", versions=version), regimes={"r": trial},
    )  # fmt: skip

    def value(agreed: str, place: str = "norreborg") -> Any:
        return ask("lighthouse.1.g", place=place, law=law, facts={"agreed_day": agreed})

    days = ("2023-02-28", "2023-03-01", "2023-05-31", "2023-06-01")
    assert [value(day) for day in days] == [3, 4, 4, 3]
    assert value("2023-04-01", "kyrkbacken") == 3
    assert ask("lighthouse.1.h", place="norreborg", law=law) == 3
