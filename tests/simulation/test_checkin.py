"""A check-in on the nation: the same needs are met sooner, it costs time, and nobody goes to work because of it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.library import load
from fodfaeste.interfaces.wording import reworded
from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import duration_models
from fodfaeste.simulation.behaviour import parameters
from fodfaeste.simulation.checkin import EVERYBODY, Followed, Row, Waited, checkin, followed, rows
from fodfaeste.simulation.needs import Checkin, declared_needs, drawn_needs
from fodfaeste.simulation.needs_kernel import ASKED, CALLS, DAYS, FOR_NOTHING, MET, NEEDS, OFFERED
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario, parse_scenario
from fodfaeste.simulation.spells import tell_nation
from tests.simulation.answers import described
from tests.simulation.runs import FEWER, GENERAL, people, run
from tests.simulation.test_scenario import WHOLE, problems

STATES = "[dagpenge, kh-aktivitetsparat, syg-ledig]"
OFFER = f"checkin: {{states: {STATES}, rhythms: {{1: 0.5, 4: 0.5}}}}\n"
TEXT = WHOLE.replace("after: {name: forslag, regimes: [eg-02-individual]}", "after: {name: forslag}") + OFFER
ON_BENEFIT = tuple(duration_models())
EVERY_WEEK = Checkin(ON_BENEFIT, ((1, 1.0),), None)


def scenario(text: str = TEXT, replications: int = 1) -> Scenario:
    return replace(parse_scenario("min.yaml", text), replications=replications)


@cache
def told(text: str = TEXT) -> tuple[Scenario, tuple[Waited, ...]]:
    given = scenario(text, 3)
    return given, tuple(checkin(load(), given, people(20_000, 2)))


def row(name: str, state: str = EVERYBODY, text: str = TEXT) -> Row:
    given, waited = told(text)
    return next(one for one in rows(given, list(waited)) if (one.name, one.state) == (name, state))


@cache
def after(wanted: Checkin = EVERY_WEEK, **figures: float) -> Followed:
    """The needs of a small nation, with some figures of the model set; ``section__name`` is a place in it."""
    ours = run((GENERAL,))
    needs = drawn_needs(wanted, 0, 1)
    for place, value in figures.items():
        section, _, name = place.partition("__")
        (needs[section][name] if name else needs[section])["value"] = value
    _, (spells,) = tell_nation(people(), ours)
    return followed(people(), ours, 0, spells, wanted, needs)


def test_the_same_needs_are_met_sooner_and_by_more() -> None:
    for state in (EVERYBODY, "dagpenge", "kh-aktivitetsparat", "syg-ledig"):
        needs, mean, never = (row(name, state) for name in ("needs", "weeks to contact", "never met"))
        assert needs.without == needs.with_it
        assert mean.without is not None
        assert mean.with_it is not None
        assert 0 < mean.with_it < mean.without
        assert (never.with_it or 0) <= (never.without or 0)
        low, high = mean.intervals[2] or (0, 0)
        assert low < high < 0


def test_no_need_waits_longer_with_it_whatever_is_drawn() -> None:
    for one in told()[1]:
        for side in one.sides:
            without, with_it = side.waits.cumsum(axis=2)
            assert (with_it >= without).all()
            assert (side.sums[1, :, DAYS] <= side.sums[0, :, DAYS]).all()
            assert (side.sums[1, :, NEEDS] == side.sums[0, :, NEEDS]).all()


def test_work_is_as_it_was_with_central_values_and_may_be_either_more_or_less() -> None:
    work = row("weeks in work")
    assert work.without == work.with_it
    (effect,) = scenario().freer
    assert (effect.to_work, effect.states) == (0.0, ("dagpenge", "kh-aktivitetsparat", "syg-ledig"))
    assert effect.low < 0 < effect.high
    assert "no outcome study of a check-in is known" in effect.source


def test_who_declares_an_effect_on_work_gets_the_effect_he_declared() -> None:
    text = TEXT + "freer:\n- {states: [dagpenge], to_work: 0.3, interval: [0.2, 0.4], source: a try}\n"
    work = row("weeks in work", text=text)
    assert (work.with_it or 0) > (work.without or 0)
    assert (work.intervals[2] or (0, 0))[0] > 0


def test_it_costs_time_for_everybody_who_joins_and_not_only_for_those_with_a_need() -> None:
    hours, calls, idle, each = (
        row(one) for one in ("hours of staff", "calls", "calls for nothing", "minutes for each")
    )
    assert (hours.with_it or 0) > (hours.without or 0) > 0
    assert calls.without == idle.without == 0
    assert 0.5 * (calls.with_it or 0) < (idle.with_it or 0) < (calls.with_it or 0)
    assert each.without is None
    assert 0 < (each.with_it or 0) < 10


def test_the_talks_that_end_a_wait_are_those_the_clock_has_held() -> None:
    for side in (GENERAL, FEWER):
        ours = run((side,))
        totals, (spells,) = tell_nation(people(), ours)
        found = followed(people(), ours, 0, spells, EVERY_WEEK, drawn_needs(EVERY_WEEK, 0, 1))
        state = states().index("dagpenge")
        held = totals.acts[0, :, state, :3, 0].sum(axis=0)
        assert held.sum() > 100
        assert found.talks[state].tolist() == held.tolist()


def test_where_nobody_joins_and_nobody_presses_a_check_in_changes_nothing() -> None:
    found = after(joins=0.0, asks__button=0.0, asks__button_days=99)
    assert (found.sums[0] == found.sums[1]).all()
    assert (found.waits[0] == found.waits[1]).all()
    assert found.care.sum() == 0


def test_answers_that_always_tell_bring_somebody_within_a_week_and_a_call() -> None:
    sure = after(joins=1.0, check_in__answered=1.0, check_in__tells=1.0, check_in__for_nothing=0.0)
    met = sure.waits[1, [states().index(state) for state in ON_BENEFIT]].sum(axis=0)
    assert met[:3].sum() == met.sum() > 100  # the next week's check-in, and three days
    assert sure.care[:, FOR_NOTHING].sum() == 0
    assert sure.care[:, CALLS].sum() > 0
    deaf = after(joins=1.0, check_in__answered=1.0, check_in__tells=0.0, asks__button=0.0, asks__button_days=10)
    assert (deaf.sums[1] == deaf.sums[0]).all()


def test_the_button_alone_shortens_the_wait_of_those_who_would_not_have_rung() -> None:
    few, many = after(joins=0.0, asks__button=0.0), after(joins=0.0, asks__button=1.0)
    assert many.sums[1, :, MET].sum() > few.sums[1, :, MET].sum() >= few.sums[0, :, MET].sum()
    assert many.sums[1, :, DAYS].sum() < few.sums[1, :, DAYS].sum()
    assert many.sums[1, :, ASKED].sum() > few.sums[1, :, ASKED].sum()


def test_a_rarer_rhythm_is_lighter_and_slower() -> None:
    rare = Checkin(ON_BENEFIT, ((4, 1.0),), None)
    often, seldom = after(joins=1.0), after(rare, joins=1.0)
    assert often.care[:, OFFERED].tolist() == seldom.care[:, OFFERED].tolist()
    assert 3.5 * seldom.care[:, CALLS].sum() < often.care[:, CALLS].sum()
    assert often.sums[1, :, DAYS].sum() < seldom.sums[1, :, DAYS].sum() < seldom.sums[0, :, DAYS].sum()


def test_late_discovery_is_what_makes_needs_wait() -> None:
    early, late = after(need__early=1.0, asks__herself=1.0), after(need__early=0.0, asks__herself=1.0)
    assert early.sums[0, :, NEEDS].tolist() == late.sums[0, :, NEEDS].tolist()
    assert early.sums[0, :, DAYS].sum() < late.sums[0, :, DAYS].sum()


@pytest.mark.parametrize("engine", [Engine(workers=1, blocks=1), Engine(workers=2, blocks=7), Engine("processes", 2)])
def test_the_answer_is_the_same_whoever_counts_it_in_whatever_blocks(engine: Engine) -> None:
    (one,) = checkin(load(), scenario(), people(20_000, 2), engine)
    assert one.digest == told()[1][0].digest


def test_a_part_of_the_people_has_the_waits_it_has_in_the_whole() -> None:
    ours, needs = run((GENERAL,)), drawn_needs(EVERY_WEEK, 0, 1)
    parts = [people().slice(0, 15_000), people().slice(15_000, 40_000)]
    found = [followed(part, ours, 0, tell_nation(part, ours)[1][0], EVERY_WEEK, needs) for part in parts]
    assert (np.sum([one.waits for one in found], axis=0) == after().waits).all()
    assert (np.sum([one.care for one in found], axis=0) == after().care).all()


def test_every_figure_has_an_interval_and_says_what_it_rests_on() -> None:
    found = list(parameters(declared_needs()))
    assert len(found) > 15
    for one in found:
        assert one.low <= one.value <= one.high, one.name
        assert len(one.source) > 5, one.name
    assert declared_needs()["effect_on_work"]["value"] == 0.0
    assert sum(declared_needs()["rhythms"].values()) == pytest.approx(1)
    drawn = {one.name: one for one in parameters(drawn_needs(EVERY_WEEK, 3, 1))}
    assert all(one.low <= one.value <= one.high for one in drawn.values())
    assert drawn["need.weekly"].value != next(one for one in found if one.name == "need.weekly").value


def test_a_scenario_says_who_joins() -> None:
    text = TEXT.replace("rhythms:", "joins: {share: 0.2, interval: [0.1, 0.3], source: et gæt}, rhythms:")
    wanted = scenario(text).checkin
    assert wanted is not None
    assert wanted.rhythms == ((1, 0.5), (4, 0.5))
    for number in range(4):
        assert 0.1 <= drawn_needs(wanted, number, 1)["joins"]["value"] <= 0.3
    assert drawn_needs(wanted, 0, 1)["joins"]["value"] == 0.2


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        (STATES, "[arbejde]", "checkin.states: 'arbejde' is no state people leave — use dagpenge"),
        ("4: 0.5", "4: 0.4", "checkin.rhythms: the shares sum to 0.9, not to 1 — give each"),
        ("4: 0.5", "99: 0.5", "checkin.rhythms: '99' has no meaning here — leave it out"),
        ("rhythms:", "joins: {share: 0.9, interval: [0.1, 0.3], source: et gæt}, rhythms:",
         "checkin.joins.interval: 0.9 does not lie from 0.1 to 0.3"),
        ("{name: forslag}", "{name: forslag, places: {Odense: []}}", "a checkin is run with one law"),
        (OFFER, OFFER + "merge: {benefits: [dagpenge, kontanthjaelp], into: dagpenge}\n",
         "checkin: a scenario has either a merge or a checkin — make two scenarios of it"),
        (OFFER, "checkin: {rhythms: {1: 1.0}}\n", "'states' is missing — add states:"),
    ],
)  # fmt: skip
def test_a_check_in_that_cannot_run_is_refused_with_its_place(was: str, becomes: str, said: str) -> None:
    found = problems(TEXT.replace(was, becomes))
    assert any(said in one for one in found), found


def test_refusals_are_in_the_readers_language() -> None:
    assert reworded("the shares sum to 0.9, not to 1", "da") == "andelene giver 0.9 tilsammen, ikke 1"
    assert reworded("a scenario has either a sweep or a checkin", "da") == "et scenarie har enten sweep eller checkin"


def test_the_command_answers_as_json_as_the_guide_says_and_in_words(tmp_path: Path) -> None:
    file, plain = tmp_path / "min.yaml", tmp_path / "plain.yaml"
    file.write_text(TEXT, encoding="utf-8")
    plain.write_text(WHOLE, encoding="utf-8")
    done = CliRunner().invoke(main, ["nation", "checkin", str(file), "--replications", "1", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    described(found)
    assert found["rhythms"] == {"1": 0.5, "4": 0.5}
    assert {one["state"] for one in found["quantities"]} == {EVERYBODY, "dagpenge", "kh-aktivitetsparat", "syg-ledig"}
    assert found["quantities"][0]["intervals"] == [None, None, None]
    shown = CliRunner().invoke(main, ["nation", "checkin", str(file), "--replications", "1", "--lang", "en"])
    assert "put in; the talks are the law's" in shown.output
    assert "zero, with an interval, for no study is known" in shown.output
    for command, path, said in (
        ("compare", file, "kør det med fodfaeste nation checkin"),
        ("checkin", plain, "scenariet tilbyder ikke check-in"),
    ):
        wrong = CliRunner().invoke(main, ["nation", command, str(path), "--lang", "da"])
        assert wrong.exit_code == 2
        assert said in wrong.stderr
