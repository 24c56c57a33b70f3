"""How long the a-kasse has the course: three months is the law, and somebody answers every day."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fodfaeste.economy import Payment, share_payments, tariff_of
from fodfaeste.economy.bands import Spells as Paid
from fodfaeste.economy.nation import borne
from fodfaeste.economy.payments import NOTHING
from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import ProblemError, from_day, parse_day
from fodfaeste.interfaces.cli import main
from fodfaeste.interfaces.cli.nation_sweep import money, weekly
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import states
from fodfaeste.reasoning import explain
from fodfaeste.rulebook import resolve
from fodfaeste.rulebook.varied import varied
from fodfaeste.simulation.blocks import count_block
from fodfaeste.simulation.course import Person
from fodfaeste.simulation.custody import HOLDER, NOBODY, custody_of
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario, parse_scenario
from fodfaeste.simulation.setup import numbers
from fodfaeste.simulation.situations import DAYS_A_WEEK
from fodfaeste.simulation.spells import chain_starts, joined, tell_nation
from fodfaeste.simulation.sweep import INSURED, Told, quantities, sides_of, sweep
from tests.simulation.answers import described
from tests.simulation.runs import FEWER, GENERAL, people, run
from tests.simulation.test_clock import stretch
from tests.simulation.test_scenario import WHOLE, problems

REGIME, RATE = "djof-07-maaneder", "djof-07-maaneder.maaneder"
SWEEP = f"sweep: {{regime: {REGIME}, rate: {RATE}, values: [0, 3, 4, 6]}}\n"
TEXT = WHOLE.replace("after: {name: forslag, regimes: [eg-02-individual]}", "after: {name: forslag}") + SWEEP


def scenario(text: str = TEXT, replications: int = 1) -> Scenario:
    return replace(parse_scenario("min.yaml", text), replications=replications)


@cache
def told() -> Told:
    return next(sweep(load(), scenario(), people(20_000, 2)))


def amounts(name: str) -> dict[str, float]:
    """A quantity by side."""
    found = next(one for one in quantities([told()]) if one.name == name)
    return dict(zip(("lov", "0", "3", "4", "6"), found.amounts, strict=True))


def test_three_months_is_the_law() -> None:
    assert told().same == (True, False, True, False, False)
    for one in quantities([told()]):
        assert one.amounts[0] == one.amounts[2], one.name
    assert (told().held[0].days == told().held[2].days).all()


def test_talks_move_with_the_months_and_none_is_lost_between_two_stools() -> None:
    fund, office = amounts("talks a-kasse"), amounts("talks kommune")
    assert fund["0"] == 0 < fund["3"] < fund["4"] < fund["6"]
    assert office["0"] > office["3"] > office["4"] > office["6"] > 0
    assert amounts("talks moved to the a-kasser")["0"] == -fund["lov"]
    both = [fund[side] + office[side] for side in fund]
    assert max(both) < 1.15 * min(both)  # the same four talks in six months, held by one or the other


def test_every_day_of_every_spell_is_somebodys() -> None:
    for side in told().held:
        weeks = side.spells.until - side.spells.first
        assert (side.days.sum(axis=1) == DAYS_A_WEEK * weeks).all()
        assert side.total(NOBODY) == 0
        assert set(side.bodies) == {"kommune", "a-kasse", NOBODY}
    days = amounts("days a-kasse")
    assert days["0"] == 0 < days["3"] < days["4"] < days["6"]


@pytest.mark.parametrize("value", [0, 3, 4, 6, 12])
def test_day_by_day_exactly_one_is_responsible(value: int) -> None:
    """Persons of the run, the law asked anew on each day: never nobody, and the counted days are these."""
    law, _ = sides_of(load(), scenario(TEXT.replace("[0, 3, 4, 6]", f"[{value}]")))
    (_, side) = sides_of(load(), scenario(TEXT.replace("[0, 3, 4, 6]", f"[{value}]")))[1]
    spells = told().held[0].spells
    some = spells.of(np.flatnonzero(spells.until - spells.first < 60)[:: len(spells) // 25])
    start = told().run.start
    custody = custody_of(law, side, start, start + DAYS_A_WEEK * told().run.weeks)
    seen = set()
    for row in range(len(some)):
        course, begun = int(some.course[row]), start + DAYS_A_WEEK * int(some.first[row] - some.before[row])
        first, last = start + DAYS_A_WEEK * int(some.first[row]), start + DAYS_A_WEEK * int(some.until[row]) - 1
        answers = [custody.bodies[custody.on(course, begun, day)] for day in range(first, last + 1)]
        assert NOBODY not in answers
        assert answers == sorted(answers)  # the a-kasse first, then the municipality, and never back
        counted = dict(zip(custody.bodies, custody.days(course, begun, first, last), strict=True))
        assert counted == {body: answers.count(body) for body in custody.bodies}
        seen |= set(answers)
    assert seen == ({"kommune"} if value == 0 else {"kommune", "a-kasse"})


def test_the_evaluator_of_one_case_says_the_same_of_a_case_written_by_hand() -> None:
    law, id_ = varied(load(), REGIME, RATE, 6)
    begun = parse_day("2026-08-03")
    hours = [{"kind": "dagpengetimer", "date": _text(begun + 7 * week + 6), "timer": 37} for week in range(40)]
    starts = [{"kind": kind, "date": _text(begun)} for kind in ("tilmelding", "dp-indplacering")]
    spells = [{"kind": "maalgruppe", "gruppe": "dp", "from": _text(begun)}]
    facts = {"foedt": "1984-01-01", "deltidsforsikret": False}
    case = read_case({"facts": facts, "spells": spells, "events": [*starts, *hours]}, law.vocabulary)
    for day, who in (("2026-08-03", "a-kasse"), ("2027-01-31", "a-kasse"), ("2027-02-01", "kommune")):
        book = resolve(law, parse_day(day), None, [id_])
        (one,) = explain(book, view_case(case, law.vocabulary, parse_day(day)), HOLDER)
        assert one.outcome.as_dict()["value"] == who, day


def _text(day: int) -> str:
    return from_day(day).isoformat()


def test_spells_are_those_of_the_plain_reckoning() -> None:
    ours, part = run((GENERAL, FEWER), to_work=1.3), stretch(people(), "dagpenge", 60)
    totals, found = tell_nation(part, ours)
    assert totals.digest == count_block(part, ours).digest
    for side, spells in enumerate(found):
        rows = list(zip(*(getattr(spells, name).tolist() for name in ("person", "state", "first", "until", "before")),
                        strict=True))  # fmt: skip
        plain = [
            (part.first + row, states().index(one.state), one.first, one.until, one.before)
            for row in range(len(part)) for one in Person(part, row, ours, side).spells()
            if numbers()["clocked"][states().index(one.state)] and one.until > one.first
        ]  # fmt: skip
        assert rows == plain


@pytest.mark.parametrize("engine", [Engine(workers=1, blocks=1), Engine(workers=2, blocks=7), Engine("processes", 2)])
def test_spells_are_the_same_whoever_counts_them_in_whatever_blocks(engine: Engine) -> None:
    ours = run((GENERAL, FEWER))
    totals, found = tell_nation(people(), ours, engine)
    whole, wanted = tell_nation(people(), ours)
    assert totals.digest == whole.digest
    for one, other in zip(found, wanted, strict=True):
        assert all((getattr(one, name) == getattr(other, name)).all() for name in one.__dataclass_fields__)


def test_a_stretch_goes_on_through_a_move_and_not_through_a_gap() -> None:
    spells = told().spells[0]
    follows = joined(spells, [0] * len(states()))
    starts = chain_starts(spells, follows)
    for row in np.flatnonzero(follows)[:50].tolist():
        assert spells.person[row] == spells.person[row - 1]
        assert spells.first[row] == spells.until[row - 1]
        assert starts[row] == starts[row - 1] <= spells.first[row - 1]
    assert (starts[~follows] == (spells.first - spells.before)[~follows]).all()


def test_reimbursement_moves_only_if_people_do() -> None:
    price = weekly(load(), scenario())
    assert price == 508_649  # the highest rate of 2026, 22,041 kroner a month, for 37 of 160.33 hours
    state, office, own = money(load(), told(), price, scenario())
    assert len(set(state)) == len(set(office)) == 1
    assert own[1] == 0 < own[2] < own[3] < own[4] < office[0]
    weeks = next(one for one in quantities([told()]) if one.name == "weeks on dagpenge").amounts[0]
    assert (state[0] + office[0]) * 1e6 == pytest.approx(weeks * int(price * 0.93) / 100)


def test_a_declared_effect_moves_people_and_money_but_not_where_the_law_is_the_same() -> None:
    effect = "freer:\n- {states: [dagpenge], to_work: 0.2, interval: [0.0, 0.3], source: a try}\n"
    found = next(sweep(load(), scenario(TEXT + effect), people(20_000, 2)))
    weeks = next(one for one in quantities([found]) if one.name == "weeks on dagpenge").amounts
    assert weeks[2] == weeks[0]
    assert weeks[1] == weeks[3] == weeks[4] < weeks[0]
    state, office, _ = money(load(), found, 500_000, scenario())
    assert office[2] == office[0] > office[3]
    assert state[2] == state[0] > state[3]


def test_what_a_nations_weeks_cost_is_what_one_person_after_another_costs() -> None:
    first, last = parse_day("2025-01-06"), parse_day("2027-12-31")
    tariff = tariff_of(load(), first, last, None, [])
    benefits = [("dagpenge", 0, 10), ("sygedagpenge", 10, 20), ("dagpenge", 20, 90), ("dagpenge", 100, 140)]
    number = {name: tariff.situation(name, NOTHING) for name, _, _ in benefits}
    rows = [(first + 7 * a, first + 7 * b - 1, number[name]) for name, a, b in benefits]
    spells = Paid(np.zeros(4, np.int64), *(np.array(column) for column in zip(*rows, strict=True)))
    found = borne(spells, tariff, number["dagpenge"], 500_000, first + 7 * 5)
    payments = [Payment(first + 7 * week, name, NOTHING, 500_000) for name, a, b in benefits for week in range(a, b)]
    shares = [one for one in share_payments(payments, tariff)
              if one.payment.benefit == "dagpenge" and one.payment.day >= first + 7 * 5]  # fmt: skip
    assert int(found.weeks.sum()) == len(shares) == 5 + 70 + 40
    assert int(found.state.sum()) == sum(one.state or 0 for one in shares)
    assert int(found.municipality.sum()) == sum(one.municipality or 0 for one in shares)
    assert found.weeks[1] == found.state[1] == 0  # sickness benefit only counts on the ladder


def test_a_regime_without_the_rate_or_a_value_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ProblemError, match="there is no regime 'djof-99'"):
        varied(load(), "djof-99", RATE, 4)
    with pytest.raises(
        ProblemError, match=r"adds no rate 'djof-07\.x' — name a rate it adds: djof-07-maaneder\.maaneder"
    ):
        varied(load(), REGIME, "djof-07.x", 4)
    made, id_ = varied(load(), REGIME, RATE, 9)
    assert id_ == "djof-07-maaneder=9"
    assert id_ not in load().regimes
    day = parse_day("2026-08-03")
    nobody = view_case(read_case({}, load().vocabulary), load().vocabulary, day)
    for law, regime, value in ((load(), REGIME, "4"), (made, id_, "9")):
        (one,) = explain(resolve(law, day, None, [regime]), nobody, RATE)
        assert str(one.outcome.as_dict()["value"]) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT.replace("values: [0, 3, 4, 6]", "values: [3, 3]"), "sweep.values: [3, 3] does not fit here"),
        (TEXT.replace("values: [0, 3, 4, 6]", "values: [tre]"), 'sweep.values.0: "tre" does not fit here'),
        (TEXT.replace("{name: forslag}", "{name: forslag, places: {Odense: []}}"), "leave places out"),
        (TEXT + "late_need: {kroner: 1, interval: [0, 2], source: ingen}\n", "'late_need' has no part in a sweep"),
        (TEXT + "merge: {benefits: [dagpenge, kontanthjaelp], into: dagpenge}\n", "either a sweep or a merge"),
    ],
)
def test_a_sweep_that_cannot_run_is_refused_with_its_place(text: str, said: str) -> None:
    assert any(said in one for one in problems(text))


def test_the_command_answers_as_json_as_the_guide_says_and_in_words(tmp_path: Path) -> None:
    file = tmp_path / "min.yaml"
    file.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(main, ["nation", "sweep", str(file), "--replications", "1", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    described(found)
    assert found["values"] == [0, 3, 4, 6]
    assert found["same_as_before"] == [False, True, False, False]
    nobody = next(one for one in found["quantities"] if one["name"] == "days without a responsible")
    assert nobody["amounts"] == [0.0] * 5
    shown = CliRunner().invoke(main, ["nation", "sweep", str(file), "--replications", "1", "--lang", "en"])
    assert "Days without a responsible" in shown.output
    wrong = CliRunner().invoke(main, ["nation", "compare", str(file), "--lang", "en"])
    assert wrong.exit_code == 2
    assert "run it with fodfaeste nation sweep" in wrong.stderr
    assert INSURED == "dagpenge"
