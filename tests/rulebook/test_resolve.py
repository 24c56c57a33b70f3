"""Which law stands on a day, at a place, under which regimes."""

from pathlib import Path

import pytest

from fodfaeste.foundation import parse_day
from fodfaeste.rulebook import ResolveError, Rulebook, ir, municipality, resolve
from tests.rulebook.hven import hven, island, norm, regime, rulebook


def said(book: Rulebook, id_: str) -> object:
    """The constant a definition or rate says."""
    value = book[id_].value
    assert isinstance(value, ir.Const)
    return value.value


# Versions in time


@pytest.mark.parametrize(
    ("on", "fare"),
    [("2020-01-01", 3550), ("2023-12-31", 3550), ("2024-01-01", None), ("2024-12-31", None), ("2025-01-01", 4000)],
)
def test_a_rate_is_in_force_from_and_to_both_days_included(on: str, fare: int | None) -> None:
    assert said(rulebook(on), "rate.ferry-fare") == fare


def test_the_gap_between_two_rows_of_a_rate_is_unknown_where_it_is_read() -> None:
    gap = rulebook("2024-06-01")["rate.ferry-fare"]
    assert gap.absent
    assert gap.value == ir.Const("money", gap.value.lo, gap.value.hi, "", None)  # type: ignore[union-attr]


def test_a_norm_nobody_reads_is_not_there_when_it_is_not_in_force() -> None:
    assert "lighthouse.1.parts" in rulebook("2024-12-31").norms
    assert "lighthouse.1.parts" not in rulebook("2025-01-01").norms
    assert "rate.ferry-fare" not in rulebook("2019-12-31").norms


def test_each_day_has_the_version_of_that_day() -> None:
    def needed(on: str) -> int:
        must = rulebook(on)["lighthouse.2.watches"].must
        assert must is not None
        assert isinstance(must.needed, ir.Const)
        assert must.needed.value is not None
        return must.needed.value

    assert [needed(on) for on in ("2022-12-31", "2023-01-01")] == [2, 3]


def test_an_absent_predicate_is_false_and_an_absent_value_unknown(tmp_path: Path) -> None:
    past = "in_force: {from: 2020-01-01, to: 2020-12-31}"
    law = island(
        tmp_path,
        norm("lighthouse.1.a", "condition", more="name: was_so", versions=(f"{past}, value: true",)),
        norm("lighthouse.1.b", "right", more="name: had_right", versions=(f"{past}, applies: true",)),
        norm("lighthouse.1.c", "definition", more="name: had_days", versions=(f"{past}, value: days(3)",)),
        norm(
            "lighthouse.1.d", "definition", more="name: had_lamp\ntype: lamp", versions=(f"{past}, value: \"'oil'\"",)
        ),
        norm(
            "lighthouse.1.e", "condition", "value: \"was_so or had_right or had_days > days(1) or had_lamp == 'oil'\""
        ),
    )
    book = rulebook("2024-01-01", law=law)
    assert [said(book, f"lighthouse.1.{x}") for x in "abcd"] == [0, 0, None, None]
    assert [book[f"lighthouse.1.{x}"].absent for x in "abcde"] == [True] * 4 + [False]


def test_what_is_read_stands_before_what_reads_it() -> None:
    for on in ("2019-06-01", "2024-06-01", "2026-06-01"):
        order = list(rulebook(on, "kyrkbacken").norms)
        for id_, one in rulebook(on, "kyrkbacken").norms.items():
            assert all(order.index(other) < order.index(id_) for other in one.reads)


def test_a_norm_another_day_governs_keeps_all_versions_that_have_begun() -> None:
    assert len(rulebook("2023-12-31")["ferry.1.renewal"].versions) == 1
    assert len(rulebook("2024-01-01")["ferry.1.renewal"].versions) == 2


# Places


@pytest.mark.parametrize("place", ["norreborg", "Norreborg", "NORREBORG", "3"])
def test_a_place_is_named_by_slug_name_or_code(place: str) -> None:
    assert municipality(hven(), place) == "norreborg"


def test_an_unknown_place_is_refused_with_the_nearest() -> None:
    with pytest.raises(ResolveError, match=r"'nörreborg' is no municipality; did you mean 'Norreborg'\?"):
        resolve(hven(), parse_day("2024-01-01"), "nörreborg")
    with pytest.raises(ResolveError, match="use a municipality's name, slug or code"):
        resolve(hven(), parse_day("2024-01-01"), "xyz")


# Regimes


def test_what_was_law_at_a_place_is_used_by_itself() -> None:
    assert rulebook("2024-05-01", "norreborg").regimes == ("waiting-norreborg",)
    assert rulebook("2024-05-01", "kyrkbacken").regimes == ("quick-oaths",)
    assert rulebook("2024-07-01", "kyrkbacken").regimes == ("narrow-watch", "quick-oaths")
    assert rulebook("2024-05-01").regimes == ()


def test_the_window_of_a_regime_has_both_its_days() -> None:
    def here(on: str) -> bool:
        return "narrow-watch" in rulebook(on, "kyrkbacken").regimes

    assert [here(on) for on in ("2024-05-31", "2024-06-01", "2024-08-31", "2024-09-01")] == [False, True, True, False]


def test_expired_and_superseded_regimes_were_law_and_the_others_were_not() -> None:
    assert rulebook("2021-06-01", "norreborg").regimes == ("expired-fares", "superseded-fares")


def test_an_empty_list_of_regimes_is_the_general_law() -> None:
    assert rulebook("2024-05-01", "norreborg", []).regimes == ()


def test_regimes_asked_for_by_name_are_used_in_the_order_named() -> None:
    book = rulebook("2021-06-01", None, ["superseded-fares", "expired-fares"])
    assert said(book, "rate.crossings") == 7
    assert said(rulebook("2021-06-01", None, ["expired-fares", "superseded-fares"]), "rate.crossings") == 8
    assert book["rate.crossings"].edits == (("superseded-fares", "set_rate"), ("expired-fares", "set_rate"))


def test_a_proposal_is_never_law_by_itself(tmp_path: Path) -> None:
    one = norm("lighthouse.1.a", "definition", "value: 1")
    proposal = regime("p", "{op: replace, norm: lighthouse.1.a, with: {value: 2}}", kind="proposal", status="in-force")
    law = island(tmp_path, one, regimes={"p": proposal})
    assert said(rulebook("2024-05-01", "norreborg", law=law), "lighthouse.1.a") == 1
    assert said(rulebook("2024-05-01", "norreborg", ["p"], law=law), "lighthouse.1.a") == 2


@pytest.mark.parametrize(
    ("on", "place", "asked", "sentence"),
    [
        ("2024-05-01", None, "no-oath", "there is no regime 'no-oath'; did you mean 'no-oaths'?"),
        (
            "2027-05-01", None, "no-oaths",
            "the regime 'no-oaths' runs from 2024-01-01 to 2026-12-31, not on 2027-05-01; choose a day inside",
        ),
        (
            "2024-05-01", "norreborg", "quick-oaths",
            "the regime 'quick-oaths' does not cover norreborg; it covers kyrkbacken, backviken",
        ),
    ],
)  # fmt: skip
def test_a_regime_that_cannot_be_used_is_refused(on: str, place: str | None, asked: str, sentence: str) -> None:
    with pytest.raises(ResolveError) as caught:
        rulebook(on, place, [asked])
    assert str(caught.value) == sentence


def test_a_regime_may_have_run_for_ever_but_must_end(tmp_path: Path) -> None:
    one = norm("lighthouse.1.a", "definition", "value: 1")
    old = regime(
        "old", "{op: replace, norm: lighthouse.1.a, with: {value: 2}}",
        status="in-force", who="[norreborg]", window="{from: null, to: 2024-12-31}",
    )  # fmt: skip
    law = island(tmp_path, one, regimes={"old": old})
    assert said(rulebook("2020-05-01", "norreborg", law=law), "lighthouse.1.a") == 2
    assert said(rulebook("2025-01-01", "norreborg", law=law), "lighthouse.1.a") == 1


def test_two_regimes_that_add_norms_each_use_their_own_names(tmp_path: Path) -> None:
    def adding(id_: str) -> str:
        version = "{in_force: {from: 2024-01-01, to: null}, ref: R, source: [book-1], value: goats > 3}"
        head = f"id: r.{id_}, kind: condition, name: {id_}, label: {{da: Ny, en: New}}"
        return regime(
            id_, f"{{op: add, norm: {{{head}, versions: [{version}]}}}}",
            f"{{op: narrow, norm: lighthouse.1.a, applies: {id_}}}",
        )  # fmt: skip

    law = island(tmp_path, norm("lighthouse.1.a", "right"), regimes={x: adding(x) for x in ("big", "small")})
    both = rulebook("2024-05-01", None, ["big", "small"], law)["lighthouse.1.a"]
    assert ir.references(both.applies) == {"r.big", "r.small"}


def test_a_regime_for_all_binds_also_where_no_place_is_given(tmp_path: Path) -> None:
    law = island(
        tmp_path,
        norm("lighthouse.1.a", "definition", "value: days(3)"),
        norm("lighthouse.1.b", "definition", "value: days(3)"),
        regimes={
            "everywhere": regime(
                "everywhere", "{op: replace, norm: lighthouse.1.a, with: {value: days(5)}}", status="in-force"
            ),
            "here": regime(
                "here", "{op: replace, norm: lighthouse.1.b, with: {value: days(5)}}", status="in-force",
                who="[kyrkbacken]",
            ),
        },
    )  # fmt: skip
    nowhere, there = rulebook("2024-06-01", law=law), rulebook("2024-06-01", "kyrkbacken", law=law)
    assert nowhere.regimes == ("everywhere",)
    assert (said(nowhere, "lighthouse.1.a"), said(nowhere, "lighthouse.1.b")) == (5, 3)
    assert set(there.regimes) == {"everywhere", "here"}
    assert rulebook("2025-01-01", law=law).regimes == ()
    assert rulebook("2024-06-01", regimes=[], law=law).regimes == ()


def test_regimes_that_only_together_close_a_circle_are_refused_together(tmp_path: Path) -> None:
    hen = norm("lighthouse.1.hen", "definition", "value: 1", "name: hen")
    egg = norm("lighthouse.1.egg", "definition", "value: 2", "name: egg")
    regimes = {
        one: regime(one, f"{{op: replace, norm: lighthouse.1.{one}, with: {{value: {other} + 1}}}}")
        for one, other in (("hen", "egg"), ("egg", "hen"))
    }
    law = island(tmp_path, hen, egg, regimes=regimes)
    rulebook("2024-05-01", None, ["hen"], law)
    rulebook("2024-05-01", None, ["egg"], law)
    with pytest.raises(ResolveError, match=r"the norms go in a circle at 'lighthouse\.1"):
        rulebook("2024-05-01", None, ["hen", "egg"], law)


def test_the_law_itself_is_never_changed_by_a_regime() -> None:
    law = hven()
    before = dict(law.norms)
    for one in law.regimes.values():
        resolve(law, one.window.first or 0, None, [one.id])
    assert law.norms == before
    assert said(rulebook("2025-05-01", None, []), "rate.ferry-fare") == 4000
