"""What a regime may do to the law of Hven, and what it may not."""

from pathlib import Path

import pytest

from fodfaeste.foundation import ProblemError, parse_day
from fodfaeste.rulebook import Law, ir
from tests.rulebook.hven import copy, hven, island, load_copy, norm, regime, rulebook, try_island

SLEEP = norm("lighthouse.3.sleep", "condition", "requires: sleep >= hours(7)")
BELL = norm("lighthouse.3.bell", "duty", "must: {once: letter, from: on, by: 3 days}, applies: islander")


def law_with(folder: Path, *edits: str, norms: tuple[str, ...] = (SLEEP, BELL), **header: str) -> Law:
    return island(folder, *norms, regimes={"r": regime("r", *edits, **header)})


def refusals(folder: Path, *edits: str, protect: str = "", norms: tuple[str, ...] = (SLEEP, BELL)) -> list[str]:
    """What is said of a regime with these edits, where norms that match ``protect`` are protected."""
    try_island(folder, *norms)
    rows = f'- {{right: {{da: Ret, en: The right}}, norms: ["{protect}"]}}\n' if protect else "[]\n"
    (folder / "law" / "protected.yaml").write_text(rows, encoding="utf-8")
    (folder / "regimes" / "r.yaml").write_text(regime("r", *edits), encoding="utf-8")
    try:
        load_copy(folder)
    except ProblemError as error:
        return [problem.message for problem in error.problems]
    return []


def under(law: Law, norm_id: str) -> object:
    """What the norm's version says under the regime r, in words."""
    return rulebook("2024-05-01", None, ["r"], law)[norm_id].version.raw


# The edits


def test_set_aside_takes_a_norm_out_of_force(tmp_path: Path) -> None:
    law = law_with(tmp_path, "{op: set_aside, norm: lighthouse.3.bell}")
    assert "lighthouse.3.bell" not in rulebook("2024-05-01", None, ["r"], law).norms
    assert "lighthouse.3.bell" in rulebook("2024-05-01", None, [], law).norms


def test_replace_puts_fields_in_place_of_others(tmp_path: Path) -> None:
    law = law_with(tmp_path, "{op: replace, norm: lighthouse.3.sleep, with: {value: grown_up}}", norms=(
        SLEEP, norm("lighthouse.3.a", "condition", "value: children == 0", "name: grown_up"),
    ))  # fmt: skip
    resolved = rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.sleep"]
    assert resolved.requires is None
    assert resolved.value == ir.NormRef("bool", 0, 2, "grown_up", "lighthouse.3.a")


@pytest.mark.parametrize("new", ["blank: {type: int}", "table: {by: [children], rows: {0: 4}}"])
def test_a_table_or_blank_takes_the_place_of_a_value(tmp_path: Path, new: str) -> None:
    chests = norm("lighthouse.3.chests", "definition", "value: 3")
    law = law_with(tmp_path, f"{{op: replace, norm: lighthouse.3.chests, with: {{{new}}}}}", norms=(chests,))
    value = rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.chests"].value
    assert value == ir.Const("int", -1_000_000, 1_000_000, "", None) or isinstance(value, ir.Table)


def test_replace_keeps_the_days_of_the_version(tmp_path: Path) -> None:
    law = law_with(tmp_path, "{op: replace, norm: lighthouse.3.sleep, with: {in_force: {from: 1990-01-01, to: null}}}")
    assert rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.sleep"].version.span.first == parse_day("2020-01-01")


def test_narrow_and_extend_change_whom_a_norm_concerns(tmp_path: Path) -> None:
    law = law_with(
        tmp_path,
        "{op: narrow, norm: lighthouse.3.bell, applies: goats > 3}",
        "{op: extend, norm: lighthouse.3.bell, applies: married}",
    )
    applies = rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.bell"].applies
    assert applies.text == "((islander) and (goats > 3)) or (married)"


def test_narrowing_a_norm_for_everyone_is_the_condition_itself(tmp_path: Path) -> None:
    law = law_with(tmp_path, "{op: narrow, norm: lighthouse.3.sleep, applies: goats > 3}")
    assert rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.sleep"].applies.text == "(True) and (goats > 3)"


@pytest.mark.parametrize(
    ("value", "new", "encoded"),
    [
        ("kr(3)", "4.50", 450),
        ("percent(3)", "4.5", 450),
        ("hours(3)", "4.5", 450),
        ("days(3)", "4", 4),
        ("weeks(3)", "4", 28),
        ("months(3)", "4", 4),
        ("years(3)", "4", 48),
        ("3", "4", 4),
        ("weeks(3)", "days(4)", 4),
    ],
)
def test_set_rate_counts_in_the_unit_of_the_rate(tmp_path: Path, value: str, new: str, encoded: int) -> None:
    rate = norm("lighthouse.3.rate", "rate", f"value: {value}")
    law = law_with(tmp_path, f"{{op: set_rate, norm: lighthouse.3.rate, value: {new}}}", norms=(rate,))
    assert rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.rate"].value.value == encoded  # type: ignore[union-attr]


def test_promise_adds_a_day_above_the_law_and_leaves_the_law(tmp_path: Path) -> None:
    law = law_with(tmp_path, "{op: promise, norm: lighthouse.3.bell, by: 1 day}")
    under_r, general = (rulebook("2024-05-01", None, r, law)["lighthouse.3.bell"] for r in (["r"], []))
    assert under_r.promise is not None
    assert under_r.promise.text == "on + 1 days"
    assert general.promise is None
    assert under_r.must == general.must


def test_add_brings_a_whole_norm_that_later_edits_and_norms_may_name(tmp_path: Path) -> None:
    version = "in_force: {from: 2024-01-01, to: null}, ref: R, source: [book-1]"
    head = "id: r.herd, kind: condition, name: herd, label: {da: Flok, en: Herd}"
    herd = f"{{{head}, versions: [{{{version}, value: goats > 5}}]}}"
    law = law_with(tmp_path, f"{{op: add, norm: {herd}}}", "{op: narrow, norm: lighthouse.3.bell, applies: not herd}")
    book = rulebook("2024-05-01", None, ["r"], law)
    assert book["lighthouse.3.bell"].applies.text == "(islander) and (not herd)"
    assert book["r.herd"].norm.kind == "condition"
    assert "herd" not in law.names
    assert "r.herd" not in rulebook("2024-05-01", None, [], law).norms


def test_an_added_exception_may_use_a_name_its_regime_added(tmp_path: Path) -> None:
    def added(id_: str, rest: str) -> str:
        version = "in_force: {from: 2024-01-01, to: null}, ref: R, source: [book-1]"
        return f"{{op: add, norm: {{id: {id_}, label: {{da: Ny, en: New}}, {rest.replace('VERSION', version)}}}}}"

    chests = norm("lighthouse.3.chests", "definition", "value: 3")
    law = law_with(
        tmp_path,
        added("r.few", "kind: definition, name: few, versions: [{VERSION, value: 1}]"),
        added(
            "r.child",
            "kind: condition, excepts: {norms: [lighthouse.3.chests], rank: 1, effect: few}, "
            "versions: [{VERSION, value: children > 0}]",
        ),
        norms=(chests,),
    )
    value = rulebook("2024-05-01", None, ["r"], law)["lighthouse.3.chests"].value
    assert isinstance(value, ir.If)
    assert value.then == ir.NormRef("int", -1_000_000, 1_000_000, "few", "r.few")


def test_the_edits_of_two_regimes_add_up(tmp_path: Path) -> None:
    one, two = (
        regime(id_, f"{{op: narrow, norm: lighthouse.3.bell, applies: {text}}}")
        for id_, text in (("one", "married"), ("two", "goats > 3"))
    )
    law = island(tmp_path, SLEEP, BELL, regimes={"one": one, "two": two})
    book = rulebook("2024-05-01", None, ["one", "two"], law)
    assert book["lighthouse.3.bell"].applies.text == "((islander) and (married)) and (goats > 3)"


# Protected rights


@pytest.mark.parametrize(
    "edit",
    [
        "{op: set_aside, norm: lighthouse.3.sleep}",
        "{op: replace, norm: lighthouse.3.sleep, with: {requires: sleep >= hours(2)}}",
        "{op: narrow, norm: lighthouse.3.sleep, applies: goats > 3}",
        "{op: add, norm: {id: lighthouse.3.sleep, kind: condition}}",
        "{op: add, norm: {id: r.x, kind: condition, overrides: [lighthouse.3.sleep]}}",
        "{op: add, norm: {id: r.x, kind: condition, excepts: {norms: [lighthouse.3.sleep], rank: 1}}}",
        "{op: add, norm: {id: r.x, kind: condition, excepts: {norms: lighthouse.3.sleep, rank: 1, effect: waive}}}",
    ],
)
def test_no_regime_takes_a_protected_right_away(tmp_path: Path, edit: str) -> None:
    sentence = "'lighthouse.3.sleep' protects a right no regime may remove: The right"
    assert refusals(tmp_path, edit, protect="lighthouse.3.sl*") == [sentence]


@pytest.mark.parametrize(
    ("exception", "edit", "refused"),
    [
        ("effect: waive", "extend", True),
        ("effect: waive", "replace", True),
        ("effect: waive", "narrow", False),
        ("effect: waive", "set_aside", False),
        ("effect: restore", "extend", False),
        ("effect: restore", "replace", True),
        ("effect: restore", "narrow", True),
        ("effect: restore", "set_aside", True),
    ],
)
def test_nor_by_changing_an_exception_to_it(tmp_path: Path, exception: str, edit: str, refused: bool) -> None:
    storm = norm(
        "lighthouse.3.storm",
        "condition",
        "value: married",
        f"excepts: {{norms: [lighthouse.3.sleep], rank: 1, {exception}}}",
    )
    given = "with: {value: grown_up}" if edit == "replace" else "applies: islander"
    found = refusals(
        tmp_path, f"{{op: {edit}, norm: lighthouse.3.storm, {given}}}", protect="lighthouse.3.sleep",
        norms=(SLEEP, storm, norm("lighthouse.3.a", "condition", "value: children == 0", "name: grown_up")),
    )  # fmt: skip
    assert (found != []) == refused


@pytest.mark.parametrize(("edit", "refused"), [("extend", True), ("narrow", False)])
def test_nor_by_widening_what_overrides_it(tmp_path: Path, edit: str, refused: bool) -> None:
    storm = norm("lighthouse.3.storm", "condition", "value: married", "overrides: [lighthouse.3.sleep]")
    found = refusals(
        tmp_path, f"{{op: {edit}, norm: lighthouse.3.storm, applies: islander}}", protect="lighthouse.3.sleep",
        norms=(SLEEP, storm),
    )  # fmt: skip
    assert (found != []) == refused


@pytest.mark.parametrize(
    "edit",
    [
        "{op: extend, norm: lighthouse.3.bell, applies: married}",
        "{op: promise, norm: lighthouse.3.bell, by: 1 day}",
    ],
)
def test_a_regime_may_give_more_than_a_protected_right(tmp_path: Path, edit: str) -> None:
    assert refusals(tmp_path, edit, protect="lighthouse.3.*") == []


def test_a_norm_that_others_read_is_not_set_aside_unless_they_are_too(tmp_path: Path) -> None:
    chests = norm("lighthouse.3.chests", "definition", "value: 3", "name: chests")
    many = norm("lighthouse.3.many", "condition", "value: chests > 2")
    aside = "{op: set_aside, norm: lighthouse.3.chests}"
    found = refusals(tmp_path, aside, norms=(chests, many))
    assert found == ["1 norms read 'lighthouse.3.chests', among them lighthouse.3.many"]
    assert refusals(tmp_path, aside, "{op: set_aside, norm: lighthouse.3.many}", norms=(chests, many)) == []


def test_all_that_is_wrong_with_a_regime_is_told_at_once(tmp_path: Path) -> None:
    root = copy(tmp_path)
    wrong = regime(
        "r",
        "{op: narrow, norm: goat.2.oath, applies: goast > 3}",
        "{op: set_aside, norm: thing.2.hearing}",
        window="{}",
    )
    (root / "regimes" / "r.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ProblemError) as caught:
        load_copy(root)
    assert [p.message.split(" p")[0] for p in caught.value.problems] == [
        "the regime has no end date",
        "'goast' is not defined",
        "'thing.2.hearing'",
    ]


def test_the_header_of_a_regime_is_kept() -> None:
    found = hven().regimes["quick-oaths"]
    assert found.title == {"da": "Ed på en uge", "en": "Oath in a week"}
    assert found.who == ("kyrkbacken", "backviken")
    assert found.window.last == parse_day("2025-12-31")
    assert found.was_law
    assert hven().regimes["no-oaths"].who is None
    assert found.raw["safeguards"] == ["the right to be heard stands"]
