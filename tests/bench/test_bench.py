"""The benchmarks measure what they say: the law of the ten rules loads, and all sides answer alike."""

import json
from pathlib import Path

import numpy as np
import pytest

from bench import report
from bench.__main__ import main
from bench.bars import Bar, Line, figure, seconds
from bench.encoded import ON, bytes_of
from bench.measure import checksum, repeated
from bench.nation.caseload import caseload
from bench.peers import PEERS
from bench.rules.ours import LAW, frames_of
from bench.rules.people import people, tables
from bench.rules.reference import results
from bench.rules.terms import INPUTS, RESULTS, touched
from bench.settings import Settings
from bench.web.browsers import AnswerError, form_of
from bench.web.run import percentile
from fodfaeste.facts import load_vocabulary, view_of
from fodfaeste.reasoning import judge_of
from fodfaeste.rulebook import read_law, resolve

ROOT = Path(__file__).parents[2]


def test_the_ten_rules_load_and_say_what_the_judge_says() -> None:
    law, problems = read_law(LAW, None)
    assert problems == []
    assert law is not None
    assert len(law.norms) == 23
    assert set(INPUTS) == set(law.vocabulary.fields)
    rulebook = resolve(law, ON)
    columns = people(400, seed=7)
    wanted = results(columns, tables(), ON)
    frames = frames_of(columns, law.vocabulary, ON)
    order = list(rulebook.norms)
    for row in range(400):
        found = dict(zip(order, judge_of(rulebook).all(view_of(frames, row, law.vocabulary)), strict=True))
        for name, dtype in RESULTS.items():
            raw = found[law.names[name]][0]
            assert raw is not None
            assert (raw >> 1 if dtype == "bool" else raw) == wanted[name][row], (name, row)


def test_every_rule_says_more_than_one_thing() -> None:
    answers = results(people(20_000, seed=7), tables(), ON)
    assert all(len(np.unique(answers[name])) > 1 for name in RESULTS)


def test_a_person_costs_what_the_dtypes_say() -> None:
    row = people(1, seed=1)
    assert touched() == sum(column.itemsize for column in row.values()) + 18


def test_the_checksum_sees_values_and_places() -> None:
    column = np.arange(10_000) % 97
    swapped = column.copy()
    swapped[[3, 9_000]] = swapped[[9_000, 3]]
    changed = column.copy()
    changed[5] += 1
    sums = {checksum(column), checksum(swapped), checksum(changed)}
    assert len(sums) == 3
    assert checksum(column.astype(np.int8)) == checksum(column)
    assert checksum(column.astype(bool)) == checksum(column != 0)


def test_repetitions_end_and_get_a_fresh_start_each() -> None:
    seen: list[int] = []
    times = repeated(seen.append, least=3, most=3, fresh=lambda: len(seen))
    assert seen == [0, 1, 2]
    assert len(times) == 3


def test_a_caseload_is_the_same_for_the_same_seed() -> None:
    vocabulary = load_vocabulary(ROOT / "law")
    one, two = (caseload(vocabulary, ON, 500, 6_000, seed=3) for _ in range(2))
    assert bytes_of(one) == bytes_of(two)
    assert all(np.array_equal(one.fields[name], two.fields[name]) for name in one.fields)
    events = sum(len(frame.day) for frame in one.events.values())
    assert 5_500 < events < 6_500
    per_person = np.sum([np.diff(frame.offsets) for frame in one.events.values()], axis=0)
    assert per_person.max() > 5 * np.median(per_person)
    assert all((frame.day <= ON).all() for frame in one.events.values())


@pytest.mark.parametrize(("measured", "met"), [(49.0, False), (50.0, True), (51.0, True)])
def test_a_speed_up_must_reach_its_bar(measured: float, met: bool) -> None:
    line = Line("rules", "x", "y", measured, "×", Bar(50, "×", at_least=True))
    assert line.met is met
    assert line.cells()[4:6] == ["≥ 50 ×", "yes" if met else "NO"]


def test_figures_are_short() -> None:
    assert figure(1234.4, "MB") == "1 234 MB"
    assert figure(0.03456, "ms") == "0.0346 ms"
    assert seconds(0.0021) == (2.1, "ms")


def test_the_product_never_imports_a_peer() -> None:
    names = {requirement.split("=")[0].lower().replace("-", "_") for needs in PEERS.values() for requirement in needs}
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert not any(f"import {name}" in source for name in names - {"numpy", "polars"})
    assert "openfisca" not in source.lower()


def test_what_is_recorded_stands_in_the_readme_and_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("# Benchmarks\n\n## Results\n", encoding="utf-8")
    monkeypatch.setattr(report, "FOLDER", tmp_path)
    monkeypatch.setattr(report, "README", readme)
    lines = [Line("rules", "time", "10 rules", 0.7, "×", Bar(2.5, "×"), "a | b")]
    report.record(lines, Settings())
    path = report.keep(lines, Settings(), kept=True)
    text = readme.read_text(encoding="utf-8")
    assert "| rules | time | 10 rules | 0.7 × | ≤ 2.5 × | yes | a / b |" in text
    assert "Python 3" in text
    assert path.parent == tmp_path / "results"
    assert json.loads(path.read_text(encoding="utf-8"))["lines"][0]["met"] is True


def test_only_what_exists_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert "choose among rules" in capsys.readouterr().err
    assert main(["--list"]) == 0


def test_a_percentile_is_a_time_that_was_measured() -> None:
    times = [float(n) for n in range(1, 101)]
    assert (percentile(times, 50), percentile(times, 95), percentile(times, 99)) == (50.0, 95.0, 99.0)
    assert percentile([3.0, 1.0], 95) == 3.0


def test_a_form_is_sent_as_it_stands() -> None:
    page = """
    <form method="get" action="/borger/1/samtale/"><input name="q" value="x"></form>
    <form method="post" action="/borger/1/samtale/">
      <input type="hidden" name="token" value="t1">
      <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
      <input type="checkbox" name="along" value="c"><textarea name="note"></textarea>
      <select name="form"><option value="1">1</option><option value="2" selected>2</option></select>
      <button name="save" value="now">Gem</button>
    </form>
    <form method="post" action="/log-ud/"><input name="other" value="y"></form>"""
    assert form_of(page, "/borger/1/samtale/") == [("token", "t1"), ("kind", "b"), ("note", ""), ("form", "2")]
    with pytest.raises(AnswerError, match="no form"):
        form_of(page, "/borger/2/samtale/")
