"""What differs between two rulebooks of Hven."""

from pathlib import Path

from fodfaeste.rulebook import diff
from tests.rulebook.hven import change, hven, rulebook


def changes(before: object, after: object) -> dict[str, str]:
    return {one.norm: one.what for one in diff(before, after)}  # type: ignore[arg-type]


def test_nothing_differs_from_itself() -> None:
    assert diff(rulebook("2024-06-15"), rulebook("2024-06-15")) == []


def test_norms_come_go_and_change_with_time() -> None:
    assert changes(rulebook("2023-12-31"), rulebook("2025-06-01")) == {
        "ferry.1.renewal": "changed",
        "lighthouse.1.parts": "gone",
        "lighthouse.2.relief": "changed",
        "rate.ferry-fare": "changed",
        "rate.pass-length": "changed",
    }
    assert changes(rulebook("2023-12-31"), rulebook("2024-01-01"))["rate.ferry-fare"] == "gone"
    assert changes(rulebook("2024-12-31"), rulebook("2025-01-01"))["rate.ferry-fare"] == "new"


def test_a_change_names_the_fields_before_and_after() -> None:
    (change_,) = [
        one for one in diff(rulebook("2022-12-31"), rulebook("2023-01-01")) if one.norm == "lighthouse.2.watches"
    ]
    assert set(change_.fields) == {"applies", "must", "paused_by"}
    assert change_.fields["applies"] == ("in_service", "in_service and grown")
    assert change_.fields["paused_by"] == (None, ["shore-leave", "influenza"])
    assert change_.before is not None
    assert change_.after is not None
    assert change_.before.version.span.last == change_.after.version.span.first - 1  # type: ignore[operator]


def test_a_regime_shows_as_its_edits() -> None:
    found = {one.norm: one for one in diff(rulebook("2024-07-01"), rulebook("2024-07-01", "kyrkbacken"))}
    assert set(found) == {"lighthouse.2.oath", "lighthouse.1.grown", "lighthouse.2.watches", "goat.1.roam"}
    assert found["lighthouse.1.grown"].fields == {
        "value": ("age_now >= 18 or 16 <= age_now < 18 and married", "age_now >= 15"),
        "edits": ([], [("quick-oaths", "replace")]),
    }


def test_an_added_norm_is_new_and_what_it_fills_is_changed() -> None:
    assert changes(rulebook("2024-07-01"), rulebook("2024-07-01", "norreborg")) == {
        "ferry.1.luggage": "changed",
        "ferry.1.waiting": "changed",
        "local.norreborg.luggage": "new",
        "local.norreborg.waiting": "new",
    }


def test_a_norm_set_aside_is_gone() -> None:
    found = diff(rulebook("2024-07-01"), rulebook("2024-07-01", None, ["no-oaths"]))
    assert [(one.norm, one.what, one.after) for one in found] == [("goat.2.oath", "gone", None)]


def test_a_table_or_blank_that_changed_is_shown(tmp_path: Path) -> None:
    law = change(tmp_path, "law/ferry/1.yaml", "keeper: \"'backviken'\"", "keeper: \"'norreborg'\"")
    (found,) = diff(rulebook("2024-07-01"), rulebook("2024-07-01", law=law))
    assert (found.norm, list(found.fields)) == ("ferry.1.home", ["table"])


def test_an_exception_that_comes_into_force_shows_on_what_it_excepts(tmp_path: Path) -> None:
    law = change(
        tmp_path, "law/lighthouse/3.yaml",
        "in_force: {from: 2020-01-01, to: null}, value: lamp == 'oil'",
        "in_force: {from: 2024-07-01, to: null}, value: lamp == 'oil'",
    )  # fmt: skip
    found = {one.norm: one for one in diff(rulebook("2024-06-30", law=law), rulebook("2024-07-02", law=law))}
    assert found["lighthouse.3.oil-restores"].what == "new"
    assert found["lighthouse.2.watches"].fields["exceptions"] == (
        ["lighthouse.3.fog-waiver", "lighthouse.3.wedding-waiver"],
        ["lighthouse.3.fog-waiver", "lighthouse.3.oil-restores", "lighthouse.3.wedding-waiver"],
    )
    assert law is not hven()
