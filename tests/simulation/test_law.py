"""The law reaches the clock only through the rulebook: the tables say what the evaluator of one case says."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

import pytest

from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import margins
from fodfaeste.reasoning import Reference, Status
from fodfaeste.rulebook import Rulebook, resolve
from fodfaeste.simulation.calendar import Asking, Calendar, duties_of
from fodfaeste.simulation.course import Person
from fodfaeste.simulation.situations import Records, Situation, grid, situations
from tests.simulation.runs import START, people, run

FIGURES = {"agreed_weeks": 9.0, "need_weeks": 13.0, "case_weeks": 26.0}
ON = START


@cache
def book(on: int = ON) -> Rulebook:
    return resolve(load(), on, None, [])


@cache
def calendar(one: Situation, weeks: int = 80) -> Calendar:
    return Asking(book(), Records(load().vocabulary, FIGURES), weeks).calendar(one)


def of(state: str, **wanted: object) -> Situation:
    return next(
        one
        for one in grid()
        if one.state == state and all(getattr(one, name) == value for name, value in wanted.items())
    )


def falling(one: Situation, norm: str) -> list[tuple[int, int]]:
    return [(each.week, each.needed) for each in calendar(one).falling if each.norm == norm]


def test_four_conversations_in_six_months_for_the_job_ready() -> None:
    one = of("kh-jobparat", age=2)
    assert falling(one, "lab.31.foerste.kommune") == [(1, 1)]
    assert [needed for _, needed in falling(one, "lab.31.samtaler.kommune")] == [4]
    talks = [each.week for each in calendar(one).planned if each.act == "samtale" and each.week <= 26]
    assert len(talks) == 4  # the first conversation is one of the four


def test_nobody_follows_up_on_the_employed_who_soon_get_well() -> None:
    soon, long = of("syg-job", recovery=0), of("syg-job", recovery=2)
    before = [each for each in calendar(soon).planned if each.act == "sygesamtale" and each.week < 26]
    assert before == []
    assert falling(long, "sdl.13b.foerste") == [(7, 1)]


def test_a_certificate_only_where_somebody_finds_it_necessary() -> None:
    with_, without = (of("syg-job", recovery=2, cut=cut) for cut in (True, False))
    assert [each.act for each in calendar(with_).planned].count("attest") == 1
    assert "attest" not in [each.act for each in calendar(without).planned]


def test_a_course_kept_as_planned_is_never_late() -> None:
    """Asked about by the slow evaluator and the whole rulebook, with everything planned on record."""
    draw = random.Random(3)
    for one in draw.sample(grid(), 8):
        made, records = calendar(one), Records(load().vocabulary, FIGURES)
        for week in draw.sample(range(80), 3):
            done = [act for act in made.acts if act.week < week]
            reference = Reference(book(), records.view(one, ON, week, done))
            for norm in duties_of(book()):
                raw = of_the_item(reference.norm(book().norms[norm.id]))
                if raw[0] not in (Status.OPEN, Status.LATE) or norm.id in made.unknown:
                    continue
                due = (raw[2] - ON) // 7 + week if abs(raw[2]) < 10**6 else week
                near = [each for each in made.falling if each.norm == norm.id and abs(each.week - due) <= 1]
                assert near or due >= 80 or _soon(made, norm.id, week), (one, week, norm.id, due)
                if near and norm.must is not None and norm.must.form == "count":
                    assert near[0].needed == raw[4]


def of_the_item(raw: Any) -> Any:
    """The answer of a duty to each of something, of which a course has one or none."""
    return raw if not isinstance(raw, list) else raw[0] if raw else (Status.NOT_APPLICABLE,)


def _soon(made: Calendar, norm: str, week: int) -> bool:
    """A duty that waits for an act already planned, or met a week off because months are not equally long."""
    return any(each.norm == norm and each.week - 9 <= week <= each.week + 9 for each in made.falling)


def test_sampled_persons_are_asked_what_the_evaluator_asks_of_their_case() -> None:
    """Persons of a run, on the day their table stands for, in the case a caseworker would write."""
    ours, everyone, compared = run(weeks=60), people(), 0
    wanted = {states().index(state) for state in ("dagpenge", "kh-jobparat", "syg-job", "ledighedsydelse")}
    rows = [row for row in range(len(everyone)) if int(everyone.state[row]) in wanted]
    for row in random.Random(8).sample(rows, 60):
        spell = next(Person(everyone, row, ours).spells())
        table = int(ours.law.which[0, int(everyone.kommune[row]), 0])
        week = spell.before
        if spell.course < 0 or week >= 80:
            continue
        one = grid()[spell.course]
        made = calendar(one)
        case = read_case(_written(one, week, made), load().vocabulary)
        reference = Reference(book(), view_case(case, load().vocabulary, ON))
        lo, hi = ours.law.at[table, spell.course, week], ours.law.at[table, spell.course, week + 1]
        here = {ours.law.duties[int(ours.law.ref[r])].norm for r in range(lo, hi) if ours.law.kind[r] == 0}
        for norm in duties_of(book()):
            raw = of_the_item(reference.norm(book().norms[norm.id]))
            dated = raw[0] in (Status.OPEN, Status.LATE) and abs(raw[2]) < 10**6
            if dated and (raw[2] - ON) // 7 == 0 and norm.id not in made.unknown:
                near = any(each.norm == norm.id and abs(each.week - week) <= 1 for each in made.falling)
                assert norm.id in here or near, (one, week, norm.id)
                compared += 1
        for norm in here:
            raw = of_the_item(reference.norm(book().norms[norm]))
            assert raw[0] not in (Status.NOT_APPLICABLE, Status.UNKNOWN), (one, week, norm)
            compared += 1
    assert compared > 8


def _written(one: Situation, week: int, made: Calendar) -> dict[str, object]:
    """The case as somebody would write it, from the same course."""
    words, given = load().vocabulary, situations()["states"][one.state]
    start = ON - 7 * week
    day = lambda number: from_day(number).isoformat()  # noqa: E731
    view = Records(words, FIGURES).view(one, ON, week, [act for act in made.acts if act.week < week])
    named = margins()["states"][one.state]
    facts: dict[str, object] = {}
    for name, field in words.fields.items():
        value = view.fields[field.index]
        if value is not None:
            facts[name] = day(value) if field.type == "date" else value == 2 if field.type == "bool" else value
    events: list[dict[str, Any]] = [{"kind": kind, "date": day(start)} for kind in given["begins"]]
    if "asks" in given:
        events.append({"kind": "ansoegning", "om": given["asks"], "date": day(start)})
    spells = [
        {"kind": "maalgruppe", "gruppe": named["group"], "from": day(start)},
        {"kind": "ydelse", "type": named["benefit"], "from": day(start)},
    ]
    often = given.get("weekly")
    if often:
        events += [
            {"kind": often["event"], "timer": often["timer"], "date": day(start + 7 * number + 6)}
            for number in range(min(week, often["until_week"]))
        ]
    for act in made.acts:
        at = start + 7 * act.week + act.day
        if act.week >= week or at > ON:
            continue
        types = (words.spells if act.spell else words.events)[act.kind].attrs
        said = {
            name: value == 2 if type_ == "bool" else words.enums[type_].values[value]
            for (name, type_), value in zip(types.items(), act.attrs, strict=True)
            if value is not None and (type_ == "bool" or type_ in words.enums)
        }
        ends = {"from": day(at), "to": day(at + 7 * situations()["offer_weeks"] - 1)}
        (spells if act.spell else events).append(
            {"kind": act.kind, **said, **(ends if act.spell else {"date": day(at)})}
        )
    return {"case": "sampled", "facts": facts, "spells": spells, "events": events}


@pytest.mark.parametrize("state", ["syg-job", "jobafklaring", "ledighedsydelse", "kh-jobparat"])
def test_what_the_grid_does_not_ask_apart_changes_nothing(state: str) -> None:
    asking = Asking(book(), Records(load().vocabulary, FIGURES), 40)
    one = of(state)
    by = situations()["states"][state]["asked_by"]
    ages = (one.age,) if "age" in by else (1, 2)
    found = {
        tuple((each.week, each.norm, each.needed) for each in asking.calendar(other).falling)
        for other in (
            Situation(state, age, qualified, one.recovery, one.cut) for age in ages for qualified in (False, True)
        )
    }
    assert len(found) == 1


def test_a_change_of_law_changes_the_weeks_after_it() -> None:
    from fodfaeste.simulation.behaviour import declared
    from fodfaeste.simulation.lawtables import Side, tables

    start = parse_day("2026-06-01")
    found = tables(load(), [Side("lov", regimes=()), Side("før", day=start, regimes=())], start, 10, declared())
    assert len(set(found.which[0, 0].tolist())) == 2
    assert found.which[0, 0, 4] != found.which[0, 0, 5]  # the Monday after 1 July
    assert len(set(found.which[1, 0].tolist())) == 1


def test_each_of_the_municipalities_may_have_its_own_regime_in_one_run() -> None:
    from fodfaeste.population.nation import kommuner
    from fodfaeste.simulation.behaviour import declared
    from fodfaeste.simulation.lawtables import Side, tables

    own = {one.name: ("eg-02-individual",) if number % 2 else () for number, one in enumerate(kommuner())}
    side = Side("hver sin", regimes=("eg-02-individual",), places=tuple(own.items()))
    found = tables(load(), [side], START, 4, declared())
    assert len(found.books) == 2
    with_, without = (set(found.which[0, number::2, 0].tolist()) for number in (1, 0))
    assert len(with_) == len(without) == 1
    assert with_ != without
