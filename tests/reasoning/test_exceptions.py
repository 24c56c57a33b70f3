"""What norms do to each other on Hven: exceptions by rank, overrides, blanks and what fills them."""

from pathlib import Path
from typing import Any

import pytest

from tests.reasoning.asking import UNKNOWN, ask, spell, status
from tests.rulebook.hven import hven, island, norm, regime, rulebook

KEEPER = spell("service", "2024-06-01", trade="keeper")
FOG = spell("fog", "2024-06-10", thick=True)


# Waive and restore: fog 10 waives, oil 20 restores, a wedding 30 waives


@pytest.mark.parametrize(
    ("fog", "oil", "wed", "said"),
    [
        (False, False, False, "open"),
        (True, False, False, "waived"),
        (True, True, False, "open"),
        (True, True, True, "waived"),
        (False, True, True, "waived"),
        (False, True, False, "open"),
        (True, None, False, "unknown"),
        (False, None, False, "open"),  # whether oil restores or not, nothing was waived
        (True, True, None, "unknown"),
        (True, False, None, "waived"),  # waived whether they are wed or not
        (None, False, False, "unknown"),
        (None, True, False, "open"),  # oil restores whatever the fog
        (None, None, True, "waived"),
    ],
)
def test_the_highest_rank_that_holds_decides(fog: bool | None, oil: bool | None, wed: bool | None, said: str) -> None:
    lamp = None if oil is None else "oil" if oil else "gas"
    facts = {"born": "1980-01-01", "lamp": lamp, "married": wed, "children": 0}
    fogs = [spell("fog", "2024-06-10", thick=True if fog else None)] if fog in (True, None) else []
    assert status("lighthouse.2.watches", facts=facts, spells=[KEEPER, *fogs]) == said


def test_an_exception_that_does_not_apply_does_not_hold() -> None:
    facts = {"born": "1980-01-01", "lamp": "gas", "married": True, "children": 2}
    assert ask("lighthouse.3.wedding-waiver", facts=facts) is False
    assert status("lighthouse.2.watches", facts=facts, spells=[KEEPER]) == "open"


def test_an_exception_waives_a_demand_and_sets_a_right_aside() -> None:
    tired = {"sleep": 3, "islander": True}
    assert status("lighthouse.3.nap", facts=tired) == "met"
    assert status("lighthouse.3.nap", facts=tired, spells=[FOG]) == "waived"
    assert ask("goat.1.roam", facts=tired) is True
    assert ask("goat.1.roam", facts=tired, spells=[FOG]) is False
    assert ask("goat.1.roam", facts=tired, unobserved=["fog"]) == UNKNOWN


def test_what_an_exception_waives_still_does_not_apply_to_others() -> None:
    assert status("lighthouse.2.polish", spells=[FOG]) == "not_applicable"


# Another value


@pytest.mark.parametrize(
    ("children", "born", "money"),
    [
        (2, "1980-01-01", "20.00"),
        (5, "1980-01-01", "75.50"),  # rank 1
        (5, "1950-01-01", "100.00"),  # rank 2
        (2, "1950-01-01", "40.00"),
        (None, "1980-01-01", UNKNOWN),
        (5, None, UNKNOWN),
        (None, "1950-01-01", UNKNOWN),
    ],
)
def test_an_exception_gives_a_definition_another_value(children: int | None, born: str | None, money: str) -> None:
    assert ask("lighthouse.3.allowance", facts={"children": children, "born": born}, spells=[KEEPER]) == money


def test_two_values_that_are_the_same_need_no_deciding() -> None:
    facts = {"children": 0, "born": None}
    assert ask("lighthouse.3.allowance", facts=facts, spells=[KEEPER]) == "0.00"


def test_a_definition_that_does_not_apply_is_unknown() -> None:
    assert ask("lighthouse.3.allowance", facts={"children": 2, "born": "1980-01-01"}) == UNKNOWN


# Overrides


def test_where_the_special_applies_the_general_does_not() -> None:
    assert status("lighthouse.3.bell", spells=[KEEPER]) == "standing"
    assert status("lighthouse.3.horn", spells=[KEEPER]) == "not_applicable"
    assert status("lighthouse.3.bell", spells=[KEEPER, FOG]) == "not_applicable"
    assert status("lighthouse.3.horn", spells=[KEEPER, FOG]) == "late"


def test_where_it_is_unknown_whether_the_special_applies_so_is_the_general() -> None:
    fog = spell("fog", "2024-06-10")  # thick or thin, nobody wrote
    assert status("lighthouse.3.bell", spells=[KEEPER, fog]) == "unknown"
    assert status("lighthouse.3.horn", spells=[KEEPER, fog]) == "unknown"


def test_a_special_norm_that_is_not_in_force_overrides_nothing(tmp_path: Path) -> None:
    general = norm("lighthouse.1.g", "condition", "value: true")
    special = norm(
        "lighthouse.1.s", "condition", more="overrides: [lighthouse.1.g]",
        versions=("in_force: {from: 2024-07-01, to: null}, value: true",),
    )  # fmt: skip
    law = island(tmp_path, general, special)
    assert ask("lighthouse.1.g", "2024-06-30", law=law) is True
    assert ask("lighthouse.1.g", "2024-07-01", law=law) is False


# Blanks


def test_a_blank_has_its_default_until_it_is_filled() -> None:
    assert [ask("ferry.1.waiting", on) for on in ("2024-10-31", "2024-11-01", "2025-03-31", "2025-04-01")] == [
        2,
        5,
        5,
        2,
    ]


def test_a_blank_without_default_is_unknown_until_it_is_filled() -> None:
    assert ask("ferry.1.luggage") == UNKNOWN
    assert ask("ferry.1.luggage", place="norreborg") == 3
    assert ask("ferry.1.luggage", place="kyrkbacken") == UNKNOWN


def test_a_blank_of_an_enum_has_a_word_for_default() -> None:
    assert ask("ferry.1.lodging") == "norreborg"


def test_the_council_fills_last() -> None:
    assert ask("ferry.1.waiting", "2024-12-01", "norreborg") == 9
    assert ask("ferry.1.waiting", "2024-12-01", "kyrkbacken") == 5


def test_what_reads_a_blank_reads_what_fills_it() -> None:
    trip = [{"kind": "trip", "date": "2024-06-01"}]
    assert ask("ferry.2.waiting-days", events=trip) == 12
    assert ask("ferry.2.waiting-days", place="norreborg", events=trip) == 5


@pytest.mark.parametrize(("goats", "waits"), [(5, 9), (2, 4), (None, UNKNOWN)])
def test_where_the_filler_does_not_apply_the_default_stands(goats: int | None, waits: Any, tmp_path: Path) -> None:
    """A council that fills a blank for owners of many goats leaves the others with what the law says."""
    blank = norm("lighthouse.1.hole", "definition", "blank: {type: days, default: days(4)}", "name: hole")
    filler = norm("lighthouse.1.many", "definition", "value: days(9), applies: goats > 3", "fills: lighthouse.1.hole")
    law = island(tmp_path, blank, filler, norm("lighthouse.1.twice", "definition", "value: hole * 2"))
    facts = {"goats": goats}
    assert ask("lighthouse.1.hole", law=law, facts=facts) == waits
    assert ask("lighthouse.1.twice", law=law, facts=facts) == (waits if waits == UNKNOWN else 2 * waits)


def test_a_filler_that_another_norm_overrides_leaves_the_default(tmp_path: Path) -> None:
    blank = norm("lighthouse.1.hole", "definition", "blank: {type: days, default: days(4)}")
    filler = norm("lighthouse.1.filler", "definition", "value: days(9)", "fills: lighthouse.1.hole")
    over = norm("lighthouse.1.over", "condition", "value: true, applies: islander", "overrides: [lighthouse.1.filler]")
    law = island(tmp_path, blank, filler, over)
    assert [ask("lighthouse.1.hole", law=law, facts={"islander": x}) for x in (True, False)] == [4, 9]


def test_a_filler_without_default_beneath_is_unknown_where_it_does_not_apply(tmp_path: Path) -> None:
    blank = norm("lighthouse.1.hole", "definition", "blank: {type: days}")
    filler = norm("lighthouse.1.many", "definition", "value: days(9), applies: goats > 3", "fills: lighthouse.1.hole")
    law = island(tmp_path, blank, filler)
    assert [ask("lighthouse.1.hole", law=law, facts={"goats": n}) for n in (5, 2)] == [9, UNKNOWN]


# In the rulebook


def test_the_rulebook_says_which_exceptions_are_folded_in() -> None:
    assert rulebook("2024-06-15")["lighthouse.2.watches"].exceptions == (
        "lighthouse.3.fog-waiver", "lighthouse.3.oil-restores", "lighthouse.3.wedding-waiver",
    )  # fmt: skip
    assert rulebook("2019-06-15")["lighthouse.2.watches"].exceptions == ()


def test_an_exception_set_aside_by_a_regime_waives_nothing(tmp_path: Path) -> None:
    duty = norm("lighthouse.1.t", "duty", "must: {once: oath, from: on, by: 3 days}")
    waiver = norm("lighthouse.1.w", "condition", "value: islander", "excepts: {norms: [lighthouse.1.t], rank: 1}")
    law = island(tmp_path, duty, waiver, regimes={"r": regime("r", "{op: set_aside, norm: lighthouse.1.w}")})
    facts: dict[str, Any] = {"islander": True}
    assert ask("lighthouse.1.t", law=law, facts=facts)["status"] == "waived"
    assert ask("lighthouse.1.t", law=law, regimes=["r"], facts=facts)["status"] == "open"
    assert hven() is not law
