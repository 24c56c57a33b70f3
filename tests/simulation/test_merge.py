"""Benefits that become one: what is a move no more, what the law still asks, and who wins and loses how much."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from fodfaeste.foundation import ProblemError, parse_day
from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import margins
from fodfaeste.rulebook import resolve
from fodfaeste.simulation.behaviour import IN_THE_LAW, declared, parameters
from fodfaeste.simulation.incomes import Amounts, deciles, declared_incomes, drawn_incomes, households, kinds
from fodfaeste.simulation.merge import Merged, Paid, law_of, merge, paid, rules_of
from fodfaeste.simulation.merge_outcomes import answer, classes, rights
from fodfaeste.simulation.merging import Courses, Key, fallen, merging
from fodfaeste.simulation.run import Engine, run_nation
from fodfaeste.simulation.scenario import Scenario, parse_scenario
from fodfaeste.simulation.setup import setup
from fodfaeste.simulation.situations import Records, courses
from tests.simulation.answers import described
from tests.simulation.runs import people
from tests.simulation.test_scenario import WHOLE, problems

LAW = "2026-08-03"
BOTH = f"  before: {{name: lov, law: {LAW}}}\n  after: {{name: en ydelse, law: {LAW}%s}}\n"
HEAD = WHOLE.split("  before:")[0].replace("replications: 3", "replications: 1")
FOUR = "ressourceydelse-jaf, ressourceydelse-rf, ledighedsydelse, kontanthjaelp"
MERGE = f"merge: {{benefits: [{FOUR}], into: kontanthjaelp%s}}\n"


def scenario(regimes: str = ", regimes: [en-ydelse-demo]", more: str = ", rates_on: 2023-08-07") -> Scenario:
    return parse_scenario("min.yaml", HEAD + BOTH % regimes + MERGE % more)


@cache
def told() -> Merged:
    return next(merge(load(), scenario(), people(20_000, 2)))


@cache
def said() -> dict[str, Any]:
    return answer(load(), scenario(), [told()])


def state_numbers(*benefits: str) -> list[int]:
    return [i for i, name in enumerate(states()) if margins()["states"][name].get("benefit") in benefits]


def test_the_moves_that_vanish_are_those_the_clock_counted_between_two_of_the_benefits() -> None:
    one, before = scenario(), scenario().before
    run = setup(load(), (before,), one.start, one.weeks, declared())
    moves = run_nation(people(20_000, 2), run).moves[0].sum(axis=0)
    merged = one.merge.benefits if one.merge else ()
    for benefit in merged:
        for other in merged:
            here = moves[np.ix_(state_numbers(benefit), state_numbers(other))].sum()
            assert told().moves.get((benefit, other), 0) == (here if benefit != other else 0)
    assert sum(told().moves.values()) > 0
    assert told().left == 0


def test_where_clocks_begin_anew_every_move_is_still_one() -> None:
    again = scenario(more=", clocks: restart")
    goes_on = rules_of(again)[1].goes_on
    assert ("kh-jobparat", "kh-aktivitetsparat") in goes_on  # it was the same benefit before
    assert ("kh-aktivitetsparat", "ledighedsydelse") not in goes_on
    assert ("kh-aktivitetsparat", "ledighedsydelse") in rules_of(scenario())[1].goes_on


@cache
def law_courses(regimes: str, more: str = "") -> tuple[Courses, Courses]:
    one = scenario(regimes, more)
    figures = {name: float(declared()["offices"][name]["value"]) for name in IN_THE_LAW}
    sides = zip(law_of(load(), one).books, rules_of(one), strict=True)
    before, after = (Courses(book, figures, rules) for book, rules in sides)
    return before, after


def number(state: str) -> int:
    return next(i for i, one in enumerate(courses()) if one.state == state and one.age == 2)


def norms(made: Courses, key: Key, last: int = 80) -> set[str]:
    return {one.norm for one in made.calendar(key).falling if one.week < last}


def test_duties_that_name_a_benefit_that_is_gone_fall_away_or_are_unknown_unless_a_regime_carries_them() -> None:
    before, bare = law_courses("")
    fleks, jaf = Key(number("ledighedsydelse")), Key(number("jobafklaring"))
    assert {"las.10.ledighedsydelse", "las.74c.revurdering", "lab.31.samtaler.kommune"} <= norms(before, fleks)
    assert not {"las.10.ledighedsydelse", "las.74c.revurdering", "lab.31.samtaler.kommune"} & norms(bare, fleks)
    assert "lab.31.samtaler.oevrige" in norms(before, jaf)
    assert "lab.31.samtaler.oevrige" in bare.calendar(jaf).unknown  # not gone: nobody can say
    _, carried = law_courses(", regimes: [en-ydelse-demo]")
    assert {"las.10.ledighedsydelse", "las.74c.revurdering", "lab.31.samtaler.kommune"} <= norms(carried, fleks)
    assert "lab.31.samtaler.oevrige" in norms(carried, jaf)
    assert "las.10.kontanthjaelp" in norms(carried, jaf)  # and what comes with the benefit that stays


def test_which_clocks_go_on_is_the_laws_answer_to_an_unbroken_benefit() -> None:
    """From kontanthjælp to being referred to fleksjob after 39 weeks: the six months are over, or begin again."""
    _, made = law_courses(", regimes: [en-ydelse-demo]")
    came, fleks = number("kh-aktivitetsparat"), number("ledighedsydelse")
    through, anew = Key(fleks, came, 39, unbroken=True), Key(fleks, came, 39, unbroken=False)
    due = [
        next(one.week for one in made.calendar(key).falling if one.norm == "lab.31.samtaler.kommune")
        for key in (through, anew)
    ]
    assert due == [0, 26]  # unbroken, what should have been done in the first six months is late at once


def test_all_may_be_given_the_target_group_of_one() -> None:
    one = scenario(more=", groups: kh-aktivitetsparat")
    _, rules = rules_of(one)
    assert courses()[rules.course(number("jobafklaring"))].state == "kh-aktivitetsparat"
    lost = {row["norm"]: (row["before"], row["after"]) for row in rights(load(), one) if row["state"] == "jobafklaring"}
    assert lost["lab.110.fortsat-ret"] == ("yes", "no")


def test_what_falls_due_is_added_up_as_week_by_week() -> None:
    made, _ = law_courses("")
    key = Key(number("kh-aktivitetsparat"))
    duties = sorted({one.norm for one in made.calendar(key).falling})
    running = made.running(key, duties)
    weeks = made.asking.weeks
    for first, last in ((0, 30), (10, 11), (140, 170), (200, 300), (500, 500)):
        plain = []
        for week in range(first, last):
            place = week if week < weeks else weeks - 52 + (week - weeks) % 52
            plain += [one.norm for one in made.calendar(key).falling if one.week == place]
        (found,) = fallen(running, np.array([first]), np.array([last])).tolist()
        assert found == [plain.count(norm) for norm in duties]


def test_reassessments_are_counted_on_both_sides_and_listed_by_section() -> None:
    found = {row["norm"]: row for row in said()["duties"]}
    for norm in ("las.10.kontanthjaelp", "las.10.ledighedsydelse", "las.74c.revurdering"):
        assert found[norm]["reassessment"]
        assert found[norm]["before"] > 0
    assert not found["lab.32.behov"]["reassessment"]
    assert found["las.10.kontanthjaelp"]["after"] > found["las.10.kontanthjaelp"]["before"]
    again = said()["reassessments"]
    difference = sum(row["after"] - row["before"] for row in said()["duties"] if row["reassessment"])
    assert again["after"]["value"] - again["before"]["value"] == pytest.approx(difference)
    assert said()["unknown"]["only_after"] == []
    assert "ydelsesopfoelgning" in merging()["reassessments"]


def test_no_number_depends_on_the_blocks() -> None:
    other = next(merge(load(), scenario(), people(20_000, 2), Engine(workers=1, blocks=7)))
    assert other.digest == told().digest
    assert (other.moves, other.duties) == (told().moves, told().duties)
    for name in Paid.__dataclass_fields__:
        assert (getattr(other.money, name) == getattr(told().money, name)).all()


@cache
def money(rate: str, rates_on: str = "2023-08-07") -> Merged:
    """The same people, paid otherwise."""
    one = scenario(more=f", rate: {rate}, rates_on: {rates_on}")
    asked, first = law_of(load(), one), told().spells[0]
    records = Records(asked.books[0].vocabulary, dict.fromkeys(IN_THE_LAW, 0.0))
    found = paid(load(), one, asked, records, first, drawn_incomes(0, 1))
    return Merged(0, told().weeks, told().scale, told().spells, {}, 0, {}, told().unknown, found, "")


def test_who_wins_and_loses_follows_the_rate() -> None:
    assert classes(money("own"))["same"][0] == sum(number for number, _ in classes(money("own")).values())
    assert classes(money("lowest"))["win"][0] == 0 < classes(money("lowest"))["lose"][0]
    assert classes(money("highest"))["lose"][0] == 0 < classes(money("highest"))["win"][0]
    lose, kroner = classes(money("into"))["lose"]
    fleks = np.isin(told().spells[0].state, state_numbers("ledighedsydelse"))
    assert lose == len(np.unique(told().spells[0].person[fleks]))
    # 17,558 kroner (89 per cent of 19,728) become 11,944, or 15,874 with a child: in weeks on the benefit itself
    assert set((money("into").money.change[fleks] / 100).tolist()) == {11944.0 - 17558, 15874.0 - 17558}
    assert -5614 < kroner < 0


def test_a_rate_may_be_named() -> None:
    change = money("rate.dagpenge-max").money
    assert set(change.after.tolist()) == {1_972_800}
    with pytest.raises(ProblemError, match=r"the law has no 'rate\.nowhere'"):
        law_of(load(), scenario(more=", rate: rate.nowhere"))


def test_what_the_law_data_do_not_have_is_unknown_and_never_nothing() -> None:
    """No rate of ressourceforløbsydelse is published for 2026."""
    found = money("into", LAW)
    gone = np.isin(found.spells[0].state, state_numbers("ressourceydelse-jaf", "ressourceydelse-rf"))
    assert not found.money.known[gone].any()
    assert (found.money.before[gone] == -1).all()
    stays = np.isin(found.spells[0].state, state_numbers("kontanthjaelp"))
    assert found.money.known[stays].all()  # the same norm decides before and after, whatever it comes to
    assert classes(found)["unknown"][0] > 0
    rows = {row["benefit"]: row for row in answer(load(), scenario(more=f", rates_on: {LAW}"), [found])["benefits"]}
    assert rows["ressourceydelse-rf"]["before"] is None
    assert rows["ressourceydelse-rf"]["known"] == 0


def test_deciles_hold_everybody_and_say_where_they_do_not_know() -> None:
    rows = {row["decile"]: row for row in said()["deciles"]}
    weeks = told().spells[0].until - told().spells[0].first
    there = sum(row["persons"]["value"] for row in rows.values())
    assert there == pytest.approx(weeks.sum() / told().weeks * told().scale)
    couples = np.isin(told().money.kind, [kinds().index("couple"), kinds().index("two")])
    assert rows[None]["persons"]["value"] >= weeks[couples].sum() / told().weeks * told().scale
    assert (told().money.decile[couples] == 0).all()
    won = sum(row["million_kroner_a_year"]["value"] for row in rows.values())
    plain = (told().money.change * weeks).sum() / 100 * 12 / 52
    assert won == pytest.approx(told().a_year(float(plain)) / 1e6)
    limits = deciles(drawn_incomes(0, 1))
    assert list(limits.limits) == sorted(limits.limits)
    assert limits.of(1_194_400, kinds().index("alone")) == 1
    assert limits.of(10_000_000, kinds().index("alone")) == 10
    assert limits.of(None, kinds().index("alone")) == 0


def test_households_are_the_same_for_the_same_people_and_have_the_shares_assumed() -> None:
    models = declared_incomes()
    persons = np.arange(1000, 41_000)
    found = households(persons, 2, models)
    assert (households(persons[10:20], 2, models) == found[10:20]).all()
    for kind, share in models["households"].items():
        assert (found == kinds().index(kind)).mean() == pytest.approx(share["value"], abs=0.01)
    assert households(np.zeros(0, np.int64), 2, models).size == 0


def test_a_replication_draws_every_assumption_of_incomes_from_its_interval() -> None:
    central = {one.path: one.value for one in parameters(declared_incomes())}
    assert {one.path: one.value for one in parameters(drawn_incomes(0, 1))} == central
    for number in range(1, 20):
        for one in parameters(drawn_incomes(number, 1)):
            assert one.low <= one.value <= one.high
    assert drawn_incomes(3, 1) == drawn_incomes(3, 1) != drawn_incomes(4, 1)


def test_the_amounts_are_the_rulebooks() -> None:
    book = resolve(load(), parse_day("2023-08-07"), None, [])
    records = Records(book.vocabulary, dict.fromkeys(IN_THE_LAW, 0.0))
    amounts = Amounts(load(), book, records, {"dimittend": False, "dp_tidligere_loen": 40_000})
    adult = courses()[number("kh-aktivitetsparat")]
    assert amounts.of("kontanthjaelp", adult, kinds().index("parent")) == 1_587_400
    assert amounts.of("kontanthjaelp", adult, kinds().index("alone")) == 1_194_400
    assert amounts.of("sygedagpenge", courses()[number("dagpenge")], 0) is None  # pay and hours are not known
    assert amounts.norm("lab-bek.7.ugetimer", adult, 0) is None  # hours are no money


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        (MERGE % ", groups: arbejde", "'arbejde' is no state people leave"),
        (MERGE % ", rates_on: i-morgen", "'i-morgen' is not a date"),
        (MERGE % ", clocks: maybe", '"maybe" does not fit here — use one of go-on, restart'),
        (MERGE.replace("into: kontanthjaelp", "into: dagpenge") % "", "'dagpenge' is not among benefits"),
        (MERGE.replace("ledighedsydelse,", "boernepenge,") % "", "'boernepenge' is no benefit of the nation"),
        ("merge: {benefits: [dagpenge], into: dagpenge}\n", "does not fit here"),
    ],
)
def test_a_merge_that_cannot_run_is_refused_with_its_place(more: str, wrong: str) -> None:
    assert any(wrong in one for one in problems(HEAD + BOTH % "" + more))


def test_the_command_answers_as_json_as_the_guide_says_and_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fodfaeste.interfaces.cli import nation_merge

    monkeypatch.setattr(nation_merge, "merge", lambda *_: iter([told()]))  # the run itself is asked above
    file = tmp_path / "min.yaml"
    file.write_text(HEAD + BOTH % ", regimes: [en-ydelse-demo]" + MERGE % ", rates_on: 2023-08-07", encoding="utf-8")
    done = CliRunner().invoke(main, ["nation", "merge", str(file), "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    described(found)
    assert found["digest"] == told().digest
    assert found["rates_on"] == "2023-08-07"
    shown = CliRunner().invoke(main, ["nation", "merge", str(file), "--lang", "en"])
    assert "Moves that are none any more" in shown.output
    assert "Not known (a partner's income)" in shown.output
    file.write_text(WHOLE, encoding="utf-8")
    wrong = CliRunner().invoke(main, ["nation", "merge", str(file), "--lang", "en"])
    assert wrong.exit_code == 2
    assert "the scenario merges nothing" in wrong.stderr
