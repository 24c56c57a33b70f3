"""The law of Hven as it is loaded, and that it uses everything the norm guide offers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fodfaeste.foundation import ProblemError, parse_day
from fodfaeste.rulebook import ir, load_law, plainyaml
from fodfaeste.rulebook.assemble import NORM_KEYS
from fodfaeste.rulebook.calls import AGGREGATES, FUNCTIONS
from fodfaeste.rulebook.compiler import MUST_FORMS, MUST_KEYS, VERSION_KEYS
from fodfaeste.rulebook.norms import CONFIDENCES, EXAMPLE_SOURCES, KINDS, NATURES, Norm, Version
from fodfaeste.rulebook.regimes import KINDS as REGIME_KINDS
from fodfaeste.rulebook.regimes import OPS, STATUSES
from tests.rulebook.hven import TOYLAW, hven, island, norm, try_island

IN_NO_GUIDE = {"transition", "group", "of"}  # of and group stand in a version or in the norm


def raw_norms() -> Iterator[dict[str, Any]]:
    for path in sorted(TOYLAW.glob("law/*/*.yaml")):
        if path.parent.name not in ("vocabulary", "rates", "examples"):
            yield from plainyaml.load(path.read_text(encoding="utf-8"))["norms"]


def versions() -> Iterator[tuple[Norm, Version]]:
    for one in hven().norms.values():
        for version in one.versions:
            yield one, version


def nodes() -> Iterator[ir.Node]:
    for one, version in versions():
        must = version.must
        roots = [
            version.applies,
            version.value,
            version.requires,
            version.lapses_when,
            version.promise,
            one.governed_by,
        ]
        roots += [must.start, must.last, must.count_from] if must else []
        for root in roots:
            if root is not None:
                yield from ir.walk(root)


# Hven uses everything


def test_every_kind_of_norm_and_every_nature() -> None:
    assert {one.kind for one in hven().norms.values()} == set(KINDS)
    assert {one.nature for one in hven().norms.values()} - {None} == set(NATURES)


def test_every_field_of_a_norm_and_of_a_version() -> None:
    norms = list(raw_norms())
    assert NORM_KEYS - {key for one in norms for key in one} <= {"of", "note", "not_modelled"}
    used = {key for one in norms for version in one["versions"] for key in version}
    assert VERSION_KEYS - used <= {"transition", "seen_valid"}  # the second stands in the rows of rates
    assert {v.get("confidence", "high") for one in norms for v in one["versions"]} >= set(CONFIDENCES) - {"low"}


def test_every_form_of_duty() -> None:
    demands = [v["must"] for one in raw_norms() for v in one["versions"] if "must" in v]
    assert {key for must in demands for key in must} == MUST_KEYS
    assert {form for must in demands for form in MUST_FORMS if form in must} == set(MUST_FORMS)
    assert any(must.get("by") == "unstated" for must in demands)
    assert any("workday" in str(must.get("by")) for must in demands)
    assert {must.form for _, v in versions() if (must := v.must)} == {"count", "every", "not_before"}
    assert any(must.spell for _, v in versions() if (must := v.must))


def test_every_node_and_function_of_the_grammar() -> None:
    found = list(nodes())
    kinds = {type(node).__name__ for node in found} | {"AppliesRef"}  # the last comes from overrides, when resolved
    assert kinds == {kind.__name__ for kind in ir.Node.__subclasses__()}
    called = {node.name for node in found if isinstance(node, ir.Call | ir.Agg)}
    assert called == {*FUNCTIONS, *AGGREGATES, "min", "max"}
    assert {node.op for node in found if isinstance(node, ir.Compare)} == {"==", "!=", "<", "<=", ">", ">="}
    assert {node.op for node in found if isinstance(node, ir.Arith)} == {"+", "-", "*", "//", "add_days", "add_months"}
    assert {node.last_day for node in found if isinstance(node, ir.Arith) and node.op == "add_months"} == {True, False}
    assert {node.op for node in found if isinstance(node, ir.Bool)} == {"and", "or"}
    filters = [f for node in found if isinstance(node, ir.Agg) for f in node.filters]
    assert {f.keep for f in filters} == {True, False}
    assert any(len(f.values) > 1 for f in filters)


def test_norms_are_judged_for_the_person_for_spells_and_for_events() -> None:
    law = hven()
    each = {one.each for one in law.norms.values()}
    assert None in each
    assert each & set(law.vocabulary.spells)
    assert each & set(law.vocabulary.events)
    assert "afgoerelse" in each


def test_every_edit_kind_and_status_of_a_regime() -> None:
    regimes = hven().regimes.values()
    assert {edit.op for one in regimes for edit in one.edits} == set(OPS)
    assert {one.status for one in regimes} == set(STATUSES)
    assert {one.kind for one in regimes} == set(REGIME_KINDS)


def test_every_source_of_an_example() -> None:
    assert {example.source_type for example in hven().examples} == set(EXAMPLE_SOURCES)


# What loading gives


def test_a_section_has_its_title_norms_and_what_is_left_out() -> None:
    section = next(one for one in hven().sections if (one.act, one.section) == ("lighthouse", "1"))
    assert section.title["en"] == "Who keeps the light"
    assert section.verified_until == parse_day("2026-11-21")
    assert section.not_modelled == (
        {"ref": "FYR § 1, stk. 9", "why": "what a keeper hums on watch is left to the keeper"},
    )
    assert section.norms[0] == "lighthouse.1.in-service"
    assert section.file == "law/lighthouse/1.yaml"


def test_a_rate_series_becomes_a_norm_with_a_version_for_each_row() -> None:
    rate = hven().norms["rate.ferry-fare"]
    assert (rate.kind, rate.type, rate.name, rate.act) == ("rate", "money", "ferry_fare", "rates")
    assert [v.value.value for v in rate.versions] == [3550, 4000]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rate", "type_", "value"),
    [
        ("grazing-time", "days", 154),
        ("leap-year", "months", 24),
        ("quarantine", "days", 8),
        ("pass-length", "months", 1),
        ("goat-discount", "percent", 1250),
        ("crossings", "int", 4),
        ("sleep-least", "hours", 700),
        ("ferry-fare", "money", 3550),
    ],
)
def test_a_rate_counts_in_its_own_unit(rate: str, type_: str, value: int) -> None:
    """Twenty-two weeks are not twenty-two days, and two years not two months."""
    found = hven().norms[f"rate.{rate}"]
    assert (found.type, found.versions[0].value.value) == (type_, value)  # type: ignore[union-attr]


def test_versions_stand_in_order_of_time_whatever_the_order_of_writing(tmp_path: Path) -> None:
    written = norm(
        "lighthouse.1.a", "definition",
        versions=(
            "in_force: {from: 2024-01-01, to: null}, value: 2",
            "in_force: {from: null, to: 2023-12-31}, value: 1",
        ),
    )  # fmt: skip
    spans = [v.span.first for v in island(tmp_path, written).norms["lighthouse.1.a"].versions]
    assert spans == [None, parse_day("2024-01-01")]


def test_the_type_of_a_norm_is_that_of_the_first_version_that_tells(tmp_path: Path) -> None:
    one = norm("lighthouse.1.a", "definition", "not_modelled: nobody knows", "name: later")
    two = norm("lighthouse.1.b", "definition", "value: kr(3)")
    three = norm("lighthouse.1.c", "definition", "not_modelled: nobody knows", "type: money")
    law = island(tmp_path, one, two, three)
    assert [law.norms[f"lighthouse.1.{x}"].type for x in "abc"] == ["bool", "money", "money"]


def test_a_name_may_be_used_before_it_stands_and_across_files() -> None:
    version = hven().norms["ferry.1.renewal"].versions[0]
    assert ir.references(version.applies) == {"lighthouse.1.in-service"}


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    wrong = [norm(f"lighthouse.1.{x}", "definition", f"value: {x}") for x in "abc"]
    _, problems = try_island(tmp_path, *wrong)
    assert [p.message for p in problems] == [f"'{x}' is not defined" for x in "abc"]
    with pytest.raises(ProblemError, match="'a' is not defined"):
        load_law(tmp_path / "law", tmp_path / "regimes")


def test_a_norm_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    wrong = norm("lighthouse.1.a", "definition", "value: goast", "name: sail")
    reader = norm("lighthouse.1.b", "condition", "value: sail > 3", "each: grazing")
    _, problems = try_island(tmp_path, wrong, reader)
    assert {p.message for p in problems} == {"'goast' is not defined"}


def test_an_unfinished_law_can_be_looked_at_unchecked(tmp_path: Path) -> None:
    lone = norm("lighthouse.1.a", "definition", "value: 3, assumptions: [T99]")
    try_island(tmp_path, lone)
    assert "lighthouse.1.a" in load_law(tmp_path / "law", checked=False).norms


def test_a_folder_without_vocabulary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="there is no vocabulary here"):
        load_law(tmp_path)


# Reading YAML as a jurist means it


def test_on_and_no_are_words_and_true_is_true(tmp_path: Path) -> None:
    decision = norm("lighthouse.1.a", "condition", "value: true", "on: {decisions: all}")
    law = island(tmp_path, decision)
    assert law.norms["lighthouse.1.a"].each == "afgoerelse"
    assert law.norms["lighthouse.1.a"].versions[0].value.value == 2  # type: ignore[union-attr]


def test_a_day_that_does_not_exist_is_told_with_its_line(tmp_path: Path) -> None:
    wrong = norm("lighthouse.1.a", "definition", versions=("in_force: {from: 2023-02-29, to: null}, value: 1",))
    _, problems = try_island(tmp_path, wrong)
    assert [(p.line, p.message) for p in problems] == [(11, "day is out of range for month")]


def test_the_line_is_that_of_the_field(tmp_path: Path) -> None:
    wrong = norm("lighthouse.1.a", "duty", "must: {once: oath, from: goats, by: 3 days}")
    _, problems = try_island(tmp_path, wrong)
    (problem,) = problems
    assert (problem.file, problem.line) == ("law/lighthouse/1.yaml", 11)
    assert problem.where == "lighthouse.1.a.versions.0.must.from"
