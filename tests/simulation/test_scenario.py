"""Scenarios as files: refused with line and mend when something is missing, and run as they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fodfaeste.foundation import ProblemError, from_day
from fodfaeste.simulation.behaviour import declared, drawn, parameters
from fodfaeste.simulation.scenario import Scenario, parse_scenario, path_of, read_scenario, schema

WHOLE = """\
format: fodfaeste/scenario/1
id: proeve
title: {da: Prøve, en: A try}
purpose: {da: Frihed til at vælge, en: Freedom to choose}
saving: none claimed
start: 2026-08-04
horizon: 60 weeks
replications: 3
people: {persons: 20000, seed: 2}
compare:
  before: {name: lov}
  after: {name: forslag, regimes: [eg-02-individual]}
"""
EXAMPLES = sorted(Path("examples/scenarios").glob("*.yaml"))


def problems(text: str) -> list[str]:
    with pytest.raises(ProblemError) as refused:
        parse_scenario("min.yaml", text)
    return [str(one) for one in refused.value.problems]


def scenario(text: str = WHOLE) -> Scenario:
    return parse_scenario("min.yaml", text)


def test_a_whole_scenario_begins_on_the_next_monday() -> None:
    found = scenario()
    assert from_day(found.start).isoformat() == "2026-08-10"
    assert (found.weeks, found.persons, found.people_seed) == (60, 20_000, 2)
    assert found.after.regimes == ("eg-02-individual",)
    assert found.saving is None


@pytest.mark.parametrize("missing", ["purpose", "saving"])
def test_without_purpose_or_saving_it_does_not_run(missing: str) -> None:
    lines = [line for line in WHOLE.splitlines() if not line.startswith(f"{missing}:")]
    (said,) = problems("\n".join(lines))
    assert f"'{missing}' is missing — say what" in said


def test_freer_rules_have_no_effect_unless_somebody_says_so_with_an_interval() -> None:
    (effect,) = scenario().freer
    assert effect.to_work == 0.0
    assert effect.low < 0 < effect.high
    assert "KORA" in effect.source


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("horizon: 60 weeks", "horizon: 5", "min.yaml:7: horizon: 5 does not fit here — write a text"),
        ("horizon: 60 weeks", "horizon: five years", 'min.yaml:7: horizon: "five years" does not fit here — write for'),
        ("replications: 3", "replikationer: 3", "'replikationer' has no meaning here — leave it out"),
        ("start: 2026-08-04", "start: august", "min.yaml:6: start: 'august' is not a date — write year-month-day"),
        ("before: {name: lov}", "before: {law: now}", "min.yaml:11: compare.before.law: 'now' is not a date"),
        ("saving: none claimed", "saving: a lot", 'min.yaml:5: saving: "a lot" does not fit here'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(was: str, becomes: str, said: str) -> None:
    assert any(said in one for one in problems(WHOLE.replace(was, becomes)))


def test_an_effect_outside_its_interval_or_of_no_state_is_refused() -> None:
    text = WHOLE + "freer:\n- {states: [dagpenge, arbejde], to_work: 0.3, interval: [0.0, 0.2], source: somebody}\n"
    said = problems(text)
    assert any("'arbejde' is no state people leave — use dagpenge" in one for one in said)
    assert any("min.yaml:14" in one and "0.3 does not lie from 0.0 to 0.2" in one for one in said)


def test_everything_wrong_is_told_at_once() -> None:
    text = WHOLE.replace("horizon: 60 weeks", "horizon: 5").replace("id: proeve", "id: Prøve")
    assert len(problems(text)) == 2


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(ProblemError, match="there is no such file"):
        read_scenario(Path("nowhere.yaml"))


def test_the_schema_is_one_and_the_examples_follow_it() -> None:
    Draft202012Validator.check_schema(schema())
    assert EXAMPLES
    for path in EXAMPLES:
        assert read_scenario(path).purpose["da"]


def test_money_stays_what_it_was_until_a_year_says_otherwise() -> None:
    assert path_of({2027: 300.0, 2029: 1100.0}, (2026, 2027, 2028, 2029, 2030)) == (0.0, 300.0, 300.0, 1100.0, 1100.0)
    assert path_of(None, (2026,)) == (0.0,)


def test_every_figure_of_behaviour_has_an_interval_around_it_and_a_source() -> None:
    found = list(parameters())
    assert len(found) > 12
    for one in found:
        assert one.low <= one.value <= one.high, one.name
        assert len(one.source) > 5, one.name


def test_a_replication_draws_inside_the_intervals_and_the_first_is_central() -> None:
    central = {one.path: one.value for one in parameters()}
    assert {one.path: one.value for one in parameters(drawn(0, 1))} == central
    bounds = {one.path: (one.low, one.high) for one in parameters()}
    for number in range(1, 30):
        for one in parameters(drawn(number, 1)):
            low, high = bounds[one.path]
            assert low <= one.value <= high
    assert drawn(3, 1) == drawn(3, 1)
    assert drawn(3, 1) != drawn(4, 1)
    assert declared()["effect_of_freer_rules"]["value"] == 0.0
