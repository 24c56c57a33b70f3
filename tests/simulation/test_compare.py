"""What a comparison says, and what it must never say."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import states
from fodfaeste.simulation.compare import Compared, compare, kept_acts
from fodfaeste.simulation.outcomes import Figure, by_kommune, figures
from fodfaeste.simulation.saving import break_even
from fodfaeste.simulation.scenario import Scenario, parse_scenario
from fodfaeste.simulation.validate import Held, validate
from tests.interfaces.test_documents import WORD, fields_of
from tests.simulation.runs import people
from tests.simulation.test_scenario import WHOLE

SMALLER = WHOLE + "smaller: {million_kroner: {2026: 900}, falls_on: everything}\n"
LATE = "late_need: {kroner: 1000, interval: [0, 5000], source: a free parameter}\n"


@cache
def compared(text: str = WHOLE, replications: int = 1) -> Compared:
    scenario: Scenario = replace(parse_scenario("min.yaml", text), replications=replications)
    return compare(load(), scenario, people(20_000, 2))


def figure(found: Compared, kind: str, name: str) -> Figure:
    return next(one for one in figures(found) if (one.kind, one.name) == (kind, name))


def test_freer_rules_remove_duties_and_touch_no_life() -> None:
    found = compared()
    talks = figure(found, "duty", "lab.31.samtaler.oevrige")
    assert talks.before > 0
    assert talks.after == 0
    assert figure(found, "duty", "eg-02-individual.aarlig").before == 0
    assert figure(found, "duty", "eg-02-individual.aarlig").after > 0  # what a reform adds is shown too
    assert talks.owed_by == "kommune"
    assert talks.ref.startswith("LAB")
    for one in figures(found):
        if one.kind in ("weeks", "move"):
            assert one.difference == 0.0


def test_one_run_has_no_interval_and_several_have() -> None:
    assert all(one.low is None for one in figures(compared()))
    several = [one for one in figures(compared(replications=3)) if one.kind == "weeks" and one.name == "dagpenge"]
    assert several[0].low is not None
    assert several[0].high is not None
    assert several[0].low <= several[0].difference <= several[0].high
    assert several[0].low <= 0 <= several[0].high  # the sign of freedom's effect is not known
    assert several[0].low < several[0].high


def test_a_smaller_budget_leaves_acts_undone_that_are_still_due() -> None:
    freer, smaller = compared(), compared(SMALLER)
    for act in ("samtale", "sygesamtale", "andet"):
        assert figure(smaller, "act done", act).after < figure(freer, "act done", act).after
        assert figure(smaller, "act not done", act).after > figure(freer, "act not done", act).after
        assert figure(smaller, "act done", act).before == figure(freer, "act done", act).before
    for act in ("akasse-samtale", "akasse-andet"):  # the money of the municipalities is not that of the a-kasser
        assert figure(smaller, "act done", act).after == figure(freer, "act done", act).after
    duty = "lab.31.samtaler.kommune"
    assert figure(smaller, "duty", duty).after == figure(freer, "duty", duty).after  # money lifts no duty
    assert figure(smaller, "without a talk", "dagpenge").after > figure(freer, "without a talk", "dagpenge").after


def test_money_set_free_by_fewer_duties_is_taken_first() -> None:
    made = compared().central
    assert kept_acts(made, (0.0,) * len(made.run.years), "everything") == (1.0,) * len(made.run.years)
    little, much = (kept_acts(made, (million,) * len(made.run.years), "everything") for million in (1.0, 3000.0))
    assert little[0] == 1.0  # less than the hours that fall away cost
    assert 0 < much[0] < 1
    assert kept_acts(made, (3000.0,) * len(made.run.years), "acts")[0] < much[0]


def test_late_need_turns_a_saving_around_at_a_stated_price() -> None:
    found = compared(SMALLER + LATE)
    price = break_even(found)
    assert price is not None
    assert price > 0
    undone = [one for one in figures(found) if one.kind == "act not done"]
    more = sum(one.difference for one in undone)
    pay = figure(found, "money", "pay")
    assert more * price == pytest.approx(-pay.difference * 1e6)
    assert figure(found, "money", "late need").difference == pytest.approx(more * 1000 / 1e6)


def test_municipalities_add_up_to_the_nation() -> None:
    found = compared()
    places = by_kommune(found)
    assert len(places) == 98
    clocked = sum(one.before for one in figures(found) if one.kind == "weeks" and one.name != "beskaeftigelse")
    assert sum(place["benefit_weeks"][0] for place in places) == pytest.approx(clocked, rel=1e-9)


def test_hours_and_positions_are_the_same_thing_counted_twice() -> None:
    hours, positions = (figure(compared(), kind, "kh-jobparat") for kind in ("hours", "positions"))
    assert hours.before / positions.before == pytest.approx(1600)


def test_validate_shows_what_lies_outside_in_red_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    from fodfaeste.interfaces.cli import nation_validate

    rows = list(held().values())
    monkeypatch.setattr(nation_validate, "validate", lambda *_: rows)  # the run itself is asked above
    described(json.loads(said("nation", "validate", "--persons", "1000", "--json")))
    text = said("nation", "validate", "--persons", "1000", "--lang", "en")
    assert "OUTSIDE" in text
    assert "12,500" in text
    assert "only acts the law asks for" in text


@cache
def held() -> dict[str, Held]:
    return {one.id: one for one in validate(load(), people(60_000, 2))}


def test_the_level_of_the_rules_of_2017_comes_out() -> None:
    for group, talks in (("dagpenge", 7), ("jobparat", 3), ("aktivitetsparat", 3)):
        assert held()[f"niveau-{group}-2017"].ours == talks


def test_published_orders_of_magnitude_come_out() -> None:
    assert held()["samtaler-dagpenge"].within
    assert held()["bestand-syg"].deviation == pytest.approx(0, abs=0.1)
    assert 20_000 < held()["syge-2025"].ours < 100_000


def test_what_lies_outside_is_explained_and_what_has_no_source_is_not_compared() -> None:
    for one in held().values():
        if one.within is False:
            assert one.why or one.id.startswith("niveau"), one.id
    assert held()["stillinger"].within is False
    assert held()["halv-million"].within is None
    assert held()["halv-million"].deviation is None


def said(*line: str) -> str:
    done = CliRunner().invoke(main, list(line))
    assert done.exit_code == 0, done.output
    return done.output


def described(data: dict[str, Any]) -> None:
    """The guide names every field of the answer, and of the rows in it."""
    fields = fields_of(data["format"])
    assert set(fields) == set(data) - {"format"}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert set(value[0]) <= set(WORD.findall(fields[name])), name


def test_the_commands_answer_as_json(tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(WHOLE, encoding="utf-8")
    found = json.loads(said("nation", "compare", str(file), "--replications", "1", "--json"))
    assert found["format"] == "fodfaeste/nation-compare/1"
    described(found)
    assert found["saving"] == "none claimed"
    assert {one["kind"] for one in found["figures"]} >= {"duty", "act done", "hours", "positions", "weeks", "money"}
    assert found["effects"][0]["to_work"] == 0.0
    levels = json.loads(said("nation", "run", str(file), "--side", "before", "--json"))
    described(levels)
    assert [year["year"] for year in levels["years"]] == [2026, 2027]
    assert set(levels["years"][0]["stock"]) == set(states())
    assert levels["digest"] == found["digest"]


def test_a_nation_on_disk_answers_as_one_made_anew(tmp_path: Path) -> None:
    file, folder = tmp_path / "min.yaml", tmp_path / "nation"
    file.write_text(WHOLE, encoding="utf-8")
    built = json.loads(said("nation", "build", str(folder), "--persons", "20000", "--seed", "2", "--json"))
    assert built["files"] == 98
    described(built)
    found = json.loads(said("nation", "run", str(file), "--nation", str(folder), "--json"))
    assert found["digest"] == compared().central.totals.digest


def test_a_scenario_that_cannot_run_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(WHOLE.replace("saving: none claimed\n", ""), encoding="utf-8")
    done = CliRunner().invoke(main, ["nation", "compare", str(file)])
    assert done.exit_code == 2
    assert "min.yaml:1" in done.stderr
    assert "saving" in done.stderr
    file.write_text(WHOLE.replace("eg-02-individual", "eg-99"), encoding="utf-8")
    done = CliRunner().invoke(main, ["nation", "compare", str(file)])
    assert done.exit_code == 2
    assert "eg-99" in done.stderr
