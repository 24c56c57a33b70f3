"""The tool that changes the law changes it, and says truly whether an example notices."""

import copy
import json
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from fodfaeste.reasoning.examples import run_example, run_examples
from fodfaeste.rulebook import Law, load_law
from tests.architecture.source import ROOT
from tools import mutate_law
from tools.law_mutants.changes import changed, changes_of
from tools.law_mutants.expressions import rewritings
from tools.law_mutants.mutants import Mutant, RefusedError, mutants_of_files, mutants_of_norm
from tools.law_mutants.patched import Patch
from tools.law_mutants.trial import Bench, answer

TOY = ROOT / "toylaw"


@pytest.fixture(scope="module")
def toylaw() -> Law:
    return load_law(TOY / "law", TOY / "regimes")


@pytest.fixture(scope="module")
def bench(toylaw: Law) -> Bench:
    return Bench(toylaw)


def every_mutant(law: Law) -> list[Mutant]:
    return [*(mutant for id_ in law.norms for mutant in mutants_of_norm(law, id_)), *mutants_of_files(law)]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("(a) == (b)", ["(a) != (b)"]),
        ("a <= on <= b", ["a < on <= b", "a > on <= b", "a <= on < b", "a <= on > b"]),
        ("a and (b or c)", ["a or (b or c)", "a and (b and c)"]),
        ("a or b or c", ["a and b or c", "a or b and c"]),
        ("not (a)", ["(a)"]),
        ("a not in {'x', 'y'}", ["a in {'x', 'y'}", "a not in {'y'}", "a not in {'x'}"]),
        ("år in {'æ'}", ["år not in {'æ'}"]),
        ("date('2024-03-01')", ["date('2024-02-29')", "date('2024-03-02')"]),
        ("d + months(6)", ["d - months(6)", "d + months(5)", "d + months(7)"]),
        ("kr(203.17)", ["kr(202.17)", "kr(204.17)"]),
        (24, ["23", "25"]),
        ("True", []),
        (True, []),
        ("'word'", []),
        ("3 weeks", []),
    ],
)
def test_every_small_change_of_an_expression(source: str | int, texts: list[str]) -> None:
    assert sorted(one.text.strip() for one in rewritings(source)) == sorted(texts)


def test_a_change_is_shown_with_its_neighbours_and_not_the_whole_line() -> None:
    long = " and ".join(f"field_number_{i} >= {i}" for i in range(30))
    shown = [(one.before, one.after) for one in rewritings(long)]
    assert ("field_number_7 >= 7", "field_number_7 > 7") in shown
    assert all(before != after and len(before) < 100 for before, after in shown)


def test_what_a_demand_and_its_norm_can_lose() -> None:
    norm = {
        "overrides": ["x.1"],
        "excepts": {"norms": ["x.2", "x.3"], "effect": "waive"},
        "on": {"decisions": ["a", "b"], "adverse": True},
        "versions": [
            {
                "in_force": {"from": "2024-01-01", "to": None},
                "must": {
                    "at_least": 1,
                    "of": "talk",
                    "where": {"holder": ["p", "q"]},
                    "from": "start",
                    "by": "2 weeks",
                },
                "paused_by": ["ill"],
                "lapses_when": "gone",
                "blank": {"type": "int", "default": 6},
                "table": {"by": ["a"], "rows": {"x": 4}},
            },
            {"not_modelled": "why", "in_force": {"from": "2020-01-01"}, "applies": "a < 1"},
        ],
    }
    before = copy.deepcopy(norm)
    found = list(changes_of(norm))
    for change in found:
        assert changed(norm, change.path, change.instead) != norm
    assert norm == before
    counted = {sort: sum(c.sort == sort for c in found) for sort in sorted({c.sort for c in found})}
    assert counted == {
        "exception": 2, "filter": 4, "in_force": 2, "lapses_when": 1, "number": 5, "override": 1, "paused_by": 1,
        "period": 2, "set": 2,
    }  # fmt: skip


def test_the_part_of_the_law_an_example_reads_says_what_the_whole_says(toylaw: Law, bench: Bench) -> None:
    assert bench.broken == []
    assert len(bench.expectations) == sum(len(example.expect) for example in toylaw.examples)
    same = Patch(toylaw, {})
    for example in toylaw.examples:
        got = {result.norm: result.got for result in run_example(toylaw, example)}
        question = next(e.question for e in bench.expectations if e.question.example is example)
        assert len(question.reach) < len(toylaw.norms)
        assert {norm: answer(same.reference(question), norm) for norm in example.expect} == got


def told_by_all_examples(law: Law) -> bool:
    cache = {key: kept for key, kept in law.cache.items() if key[0] != "example"}  # rulebooks of another law
    law = replace(law, cache=cache)
    return not all(result.passed for result in run_examples(law))


@pytest.mark.slow
def test_the_few_examples_asked_decide_as_all_of_them_would(toylaw: Law, bench: Bench) -> None:
    drawn = random.Random(2).sample(every_mutant(toylaw), 250)
    for mutant in drawn:
        verdict = bench.judged(mutant)
        if verdict.fate in ("noticed", "survived"):
            said = told_by_all_examples(bench.workshop.patch(mutant).whole)
            assert said == (verdict.fate == "noticed"), mutant


@pytest.mark.slow
def test_a_changed_file_says_what_the_mutant_says(bench: Bench, toylaw: Law, tmp_path: Path) -> None:
    edits = [
        ("goat/1.yaml", "children >= 3", "children > 3"),
        ("goat/1.yaml", "kr(50)", "kr(51)"),
        ("lighthouse/2.yaml", "month_end: last_day", "month_end: next_first"),
        ("ferry/2.yaml", "months(23)", "months(22)"),
    ]
    for file, before, after in edits:
        folder = tmp_path / str(edits.index((file, before, after)))
        shutil.copytree(TOY, folder, ignore=shutil.ignore_patterns("bad"))
        path = folder / "law" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
        told = told_by_all_examples(load_law(folder / "law", folder / "regimes"))
        mutant = next(
            m for m in every_mutant(toylaw) if m.file.endswith(file) and after in f"{m.field}: {m.change.after}"
        )
        assert told == (bench.judged(mutant).fate == "noticed"), (file, after)


def test_what_does_not_load_is_refused(toylaw: Law, bench: Bench) -> None:
    overlap = next(
        m
        for m in mutants_of_norm(toylaw, "lighthouse.1.parts")
        if m.field == "…: in_force.to" and m.change.after == "2024-01-01"
    )
    assert bench.judged(overlap).fate == "refused"
    with pytest.raises(RefusedError, match="two versions are in force at once"):
        bench.workshop.patch(overlap)


def test_a_mutant_leaves_the_law_as_it_was(toylaw: Law, bench: Bench) -> None:
    before = dict(toylaw.norms), dict(toylaw.assembler.raw), dict(bench.workshop.raw)
    for mutant in every_mutant(toylaw)[:100]:
        bench.judged(mutant)
    assert before == (toylaw.norms, toylaw.assembler.raw, bench.workshop.raw)
    assert not told_by_all_examples(toylaw)


def test_a_change_without_meaning_is_left_out_by_a_stated_rule(toylaw: Law, bench: Bench) -> None:
    fates = [bench.judged(mutant) for mutant in every_mutant(toylaw)]
    left_out = {verdict.by for verdict in fates if verdict.fate == "rule"}
    assert left_out
    assert left_out <= set(mutate_law.RULES)
    shares = [verdict for verdict in fates if verdict.mutant.field.endswith(": share")]
    assert {verdict.by for verdict in shares} == {"share"}


def test_two_processes_say_what_one_says(toylaw: Law) -> None:
    def fates(jobs: int) -> list[tuple[str, str, str, str]]:
        found = mutate_law.tried(toylaw, "goat.1", jobs)
        return [(v.mutant.shown, v.mutant.field, v.mutant.change.after, v.fate) for v in found]

    assert fates(2) == fates(1)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["mutate_law", "--law", str(TOY / "law"), "--jobs", "1", *words])
    return mutate_law.main()


def test_the_summary_and_the_list(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "survivors.json"
    assert run(monkeypatch, "--only", "goat.1.spirited", "--list-survivors", "--out", str(out)) == 1
    said = capsys.readouterr().out
    listed = json.loads(out.read_text(encoding="utf-8"))
    assert list(listed) == ["law/goat/1.yaml"]
    row = next(row for row in listed["law/goat/1.yaml"] if row["after"].endswith("spirit > 8"))
    assert row["before"] == "children >= 3 or spirit > 7"
    assert row["field"] == "2020-01-01: value"
    assert row["asked"] == 1
    assert f"  goat.1.spirited  2020-01-01: value  {row['before']}  →  {row['after']}\n" in said
    assert f"% of {row_of(said, 'total')[0]} mutants killed in" in said
    assert row_of(said, "goat") == row_of(said, "total")


def row_of(said: str, name: str) -> list[str]:
    return next(line for line in said.splitlines()[::-1] if line.startswith(name + " ")).split()[1:]


def test_enough_is_enough(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(mutate_law, "ENOUGH", 10)
    assert run(monkeypatch, "--only", "goat") == 0
    assert "Left out:" in capsys.readouterr().out


def test_a_law_that_does_not_load_is_mended_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(TOY / "law", tmp_path / "law")
    path = tmp_path / "law" / "goat" / "1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("children >= 3", "children >="), encoding="utf-8")
    assert run(monkeypatch, "--law", str(tmp_path / "law")) == 2
    assert "mend it first" in capsys.readouterr().err
