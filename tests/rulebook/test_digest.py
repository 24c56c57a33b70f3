"""Equal law, equal digest; another law, another digest; and what is equal is the same object."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fodfaeste.rulebook import Law
from tests.rulebook.hven import TOYLAW, change, copy, hven, island, load_copy, norm, regime, rulebook

ON = "2024-06-15"


def digest(law: Law, place: str | None = None, regimes: list[str] | None = None) -> str:
    return rulebook(ON, place, regimes, law).digest


# The digest


def test_equal_law_has_an_equal_digest(tmp_path: Path) -> None:
    law = load_copy(copy(tmp_path))
    assert digest(law) == digest(hven())
    assert digest(law, "norreborg") == digest(hven(), "norreborg")
    assert law.file_digest == hven().file_digest


def test_the_digest_is_the_same_in_another_process() -> None:
    """The order of sets differs from process to process; nothing may depend on it."""
    code = (
        "import json; from tests.rulebook.hven import rulebook;"
        f"print(json.dumps([rulebook('{ON}').digest, list(rulebook('{ON}').norms)]))"
    )
    root = TOYLAW.parent
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root / 'src'}:{root}"},
        )  # fmt: skip
        assert json.loads(run.stdout) == [rulebook(ON).digest, list(rulebook(ON).norms)]


def test_days_with_the_same_law_have_the_same_digest() -> None:
    assert rulebook("2024-06-15").digest == rulebook("2024-06-16").digest
    assert rulebook("2024-06-30").digest != rulebook("2024-07-01").digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("law/lighthouse/1.yaml", "age_now >= 18", "age_now >= 19"),
        ("law/lighthouse/1.yaml", "governed_by: born", "governed_by: on"),
        ("law/lighthouse/1.yaml", "gas: {true: hours(8)}", "gas: {true: hours(9)}"),
        ("law/lighthouse/2.yaml", "at_least: 3, of: watch", "at_least: 4, of: watch"),
        ("law/lighthouse/2.yaml", "paused_by: [shore-leave, influenza]", "paused_by: [influenza]"),
        ("law/lighthouse/2.yaml", "promise: {by: 30 days}", "promise: {by: 31 days}"),
        ("law/lighthouse/2.yaml", 'lapses_when: "service_end < on + days(30)"', "lapses_when: islander"),
        ("law/lighthouse/3.yaml", "rank: 10, effect: waive", "rank: 11, effect: waive"),
        ("law/lighthouse/3.yaml", "effect: kr(75.50)", "effect: kr(75.60)"),
        ("law/lighthouse/3.yaml", "  overrides: [lighthouse.3.bell]\n", ""),
        ("law/ferry/1.yaml", "  fills: ferry.1.waiting\n", "  fills: ferry.1.waiting\n"),
        ("law/ferry/1.yaml", "default: days(2)", "default: days(3)"),
        ("law/ferry/1.yaml", "governed_by: keeper_since", "governed_by: service_start"),
        ("law/ferry/1.yaml", "month_end: next_first", "month_end: last_day"),
        ("law/thing/1.yaml", "decisions: [fine, grazing]", "decisions: [fine]"),
        ("law/thing/1.yaml", "adverse: false", "adverse: true"),
        ("law/goat/2.yaml", "share: percent(50)", "share: percent(60)"),
        ("law/rates/quarantine.yaml", "value: 8", "value: 9"),
        ("law/vocabulary/island.yaml", "min: 0, max: 12,", "min: 0, max: 13,"),
    ],
)  # fmt: skip
def test_one_edit_gives_another_digest(tmp_path: Path, file: str, old: str, new: str) -> None:
    law = change(tmp_path, file, old, new)
    assert (digest(law) == digest(hven())) == (old == new)
    assert (law.file_digest == hven().file_digest) == (old == new)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("law/lighthouse/1.yaml", "en: Who keeps the light", "en: Who minds the light"),
        ("law/lighthouse/1.yaml", 'says: "A keeper with', 'says: "Any keeper with'),
        ("law/sources.yaml", "The Almanac of Uraniborg", "An almanac of Uraniborg"),
        ("law/rates/ferry-fare.yaml", "value: 40", "value: 41"),  # in force from 2025
    ],
)
def test_what_decides_no_answer_that_day_is_not_in_the_digest(tmp_path: Path, file: str, old: str, new: str) -> None:
    law = change(tmp_path, file, old, new)
    assert digest(law) == digest(hven())
    assert law.file_digest != hven().file_digest


def test_an_edit_of_a_regime_changes_only_the_digest_where_the_regime_is(tmp_path: Path) -> None:
    law = change(tmp_path, "regimes/quick-oaths.yaml", "by: 1 week", "by: 2 weeks")
    assert digest(law) == digest(hven())
    assert digest(law, "norreborg") == digest(hven(), "norreborg")
    assert digest(law, "kyrkbacken") != digest(hven(), "kyrkbacken")


# Sharing


def hundred(folder: Path) -> Law:
    """Two norms nobody edits, and one that a hundred regimes narrow, each in its way."""
    norms = (
        norm("lighthouse.1.a", "definition", "value: children + 1", "name: mouths"),
        norm("lighthouse.1.b", "condition", "value: mouths > 3", "name: hungry"),
        norm("lighthouse.1.c", "duty", "must: {once: oath, from: on, by: 3 days}"),
    )
    edits = {
        f"r{i}": regime(f"r{i}", f"{{op: narrow, norm: lighthouse.1.c, applies: goats > {i}}}") for i in range(100)
    }
    return island(folder, *norms, regimes=edits)


def test_a_hundred_regimes_share_all_norms_they_do_not_edit(tmp_path: Path) -> None:
    law = hundred(tmp_path)
    general = rulebook(ON, None, [], law)
    books = [rulebook(ON, None, [f"r{i}"], law) for i in range(100)]
    for book in books:
        assert book["lighthouse.1.a"] is general["lighthouse.1.a"]
        assert book["lighthouse.1.b"] is general["lighthouse.1.b"]
        assert book["lighthouse.1.c"] is not general["lighthouse.1.c"]
    assert len({book["lighthouse.1.c"].applies.text for book in books}) == 100
    assert len({book.digest for book in books}) == 100
    assert rulebook(ON, None, ["r7"], law)["lighthouse.1.c"] is books[7]["lighthouse.1.c"]


def test_days_share_the_norms_whose_version_is_the_same() -> None:
    one, other = rulebook("2024-06-15"), rulebook("2024-07-15")
    changed = {id_ for id_ in one.norms if one[id_] is not other[id_]}
    assert changed == {"rate.pass-length"}


def test_a_norm_that_another_reads_differently_is_still_shared() -> None:
    """What a norm reads is looked up in its rulebook, so a reader of an edited norm need not be made again."""
    here, there = rulebook(ON, "kyrkbacken"), rulebook(ON)
    assert here["lighthouse.1.grown"] is not there["lighthouse.1.grown"]
    assert "lighthouse.1.grown" in here["lighthouse.1.wick"].reads
    assert here["lighthouse.1.wick"] is there["lighthouse.1.wick"]


def test_regimes_that_add_exceptions_of_the_same_name_do_not_share_the_norm(tmp_path: Path) -> None:
    duty = norm("lighthouse.1.c", "duty", "must: {once: oath, from: on, by: 3 days}")
    waiver = norm("lighthouse.1.w", "condition", "value: married", "excepts: {norms: [lighthouse.1.c], rank: 1}")

    def adding(id_: str, effect: str) -> str:
        version = "{in_force: {from: 2024-01-01, to: null}, ref: R, source: [book-1], value: islander}"
        added = (
            f"{{id: r.x, kind: condition, label: {{da: Ny, en: New}}, "
            f"excepts: {{norms: [lighthouse.1.c], rank: 2, effect: {effect}}}, versions: [{version}]}}"
        )
        return regime(id_, f"{{op: add, norm: {added}}}")

    law = island(
        tmp_path, duty, waiver, regimes={"one": adding("one", "waive"), "two": adding("two", "restore")}
    )  # fmt: skip
    one, two = (rulebook(ON, None, [id_], law)["lighthouse.1.c"] for id_ in ("one", "two"))
    assert one.waived != two.waived
    assert one.digest != two.digest
