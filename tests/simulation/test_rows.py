"""What a nation is asked to show: 98 rulebooks in one run, a saving and its remainder, lateness, the year 2030."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from fodfaeste.foundation import ProblemError, from_day, parse_day
from fodfaeste.interfaces.library import load
from fodfaeste.population.nation import kommuner, nation_day, states
from fodfaeste.population.nation.sources import dying
from fodfaeste.simulation.behaviour import declared, drawn, parameters
from fodfaeste.simulation.blocks import count_block
from fodfaeste.simulation.calendar import Asking
from fodfaeste.simulation.compare import Compared, compare
from fodfaeste.simulation.lawtables import Side, tables
from fodfaeste.simulation.outcomes import figures
from fodfaeste.simulation.saving import break_even, lateness, saving_years
from fodfaeste.simulation.scenario import Scenario, parse_scenario, read_scenario
from fodfaeste.simulation.setup import setup
from fodfaeste.simulation.sharing import Shared
from fodfaeste.simulation.situations import Records, courses
from tests.simulation.runs import START, people, run
from tests.simulation.test_law import FIGURES, book
from tests.simulation.test_scenario import WHOLE

EXAMPLES = Path("examples/scenarios")


def example(name: str) -> Scenario:
    return replace(read_scenario(EXAMPLES / f"{name}.yaml"), replications=1)


@pytest.mark.slow
def test_each_of_98_municipalities_has_a_rulebook_of_its_own_in_one_run() -> None:
    given = example("98-kommuner-hver-sine-regler")
    assert len(given.after.places) == 98
    made = setup(load(), given.sides, given.start, 8, declared())
    ours, before = made.law.which[1, :, 0].tolist(), set(made.law.which[0].ravel().tolist())
    assert len({made.law.books[table] for table in ours}) == 98
    assert not before & set(ours)  # and none of them is the general law
    assert len({made.law.at[table].tobytes() for table in ours}) == 98  # each asks something else of somebody
    some = people()
    found = count_block(some, made)
    assert set(some.kommune.tolist()) == set(range(98))
    assert found.acts_kommune.shape[1] == 98
    assert (found.stock[0] == found.stock[1]).all()
    assert (found.fallen[0] != found.fallen[1]).any()


def test_shared_calendars_are_those_of_each_rulebook_by_itself() -> None:
    """What is not gone through again is what going through it would have given."""
    chosen = ([], ["djof-09"], ["djof-13", "djof-14"], ["djof-09", "djof-13"])
    law, records = load(), Records(load().vocabulary, FIGURES)
    from fodfaeste.rulebook import resolve

    books = [resolve(law, START, None, one) for one in chosen]
    shared = Shared(records)
    found = shared.calendars(books)
    assert shared.gone_through < len(books) * len(courses()) * 0.7
    for one, calendars in zip(books[1:], found[1:], strict=True):
        asking = Asking(one, records)
        for number in (0, 7, 13, 20, 24, len(courses()) - 1):
            alone = asking.calendar(courses()[number])
            assert (alone.falling, alone.planned) == (calendars[number].falling, calendars[number].planned)
            assert alone.unknown == calendars[number].unknown


def test_the_first_agreement_leaves_the_remainder_the_second_delivered() -> None:
    """300, 750 and 1,100 million kroner; 344 and 371 delivered by the agreement of June 2021; 729 are left."""
    given = example("tidlig-pension-besparelse")
    found = {one.year: one for one in saving_years(given, (2022, 2023, 2024))}
    assert [one.claimed for one in found.values()] == [300, 750, 1100]
    assert [one.delivered for one in found.values()] == [344, 371, 371]
    assert [one.remainder for one in found.values()] == [-44, 379, 729]
    assert given.smaller == {year: max(one.remainder, 0) for year, one in found.items()}  # what the example takes out


def test_a_scenario_that_claims_nothing_has_no_remainder() -> None:
    assert saving_years(parse_scenario("min.yaml", WHOLE), (2026,)) == []


@cache
def smaller() -> Compared:
    text = WHOLE + "smaller: {million_kroner: {2026: 900}, falls_on: everything}\n"
    text += "late_need: {kroner: 1000, interval: [0, 50000], source: a free parameter}\n"
    given = replace(parse_scenario("min.yaml", text), replications=3)
    return compare(load(), given, people(20_000, 2))


def test_the_sign_of_a_saving_flips_at_a_stated_price_of_lateness() -> None:
    price = break_even(smaller())
    assert price is not None
    by_price = {one.kroner: one.saved for one in lateness(smaller())}
    assert {0.0, 1000.0, 50_000.0} <= set(by_price)  # no price, and those of the scenario
    assert by_price[price] == pytest.approx(0, abs=1e-6)
    assert all((saved > 0) == (kroner < price) for kroner, saved in by_price.items() if kroner != price)
    assert min(by_price.values()) < 0 < max(by_price.values())


def test_the_price_of_lateness_is_drawn_and_its_interval_shows_both_signs() -> None:
    (both,) = (one for one in figures(smaller()) if one.name == "pay and late need")
    pay, late = (next(one for one in figures(smaller()) if one.name == name) for name in ("pay", "late need"))
    assert both.difference == pytest.approx(pay.difference + late.difference)
    assert late.low is not None
    assert late.high is not None
    assert late.high > 2 * late.difference  # the centre is a thousand kroner, the interval goes to fifty


def test_the_population_stands_under_a_chosen_regime_on_new_years_day_2030() -> None:
    given = example("nyt-system-2030")
    assert {side.day for side in given.sides} == {parse_day("2030-01-01")}
    assert from_day(given.start).isoformat() == "2030-01-07"  # the clock begins on the Monday after
    found = compare(load(), given, people(20_000, 2))
    assert found.central.run.years == (2030,)
    duties = {one.name: one for one in figures(found) if one.kind == "duty"}
    assert duties["eg-02-individual.aarlig"].after > duties["eg-02-individual.aarlig"].before == 0
    assert duties["lab.31.samtaler.oevrige"].before > duties["lab.31.samtaler.oevrige"].after


def test_people_are_as_old_when_the_clock_starts_as_they_were_made() -> None:
    """Else a run that starts in 2030 would begin with everybody who has grown old or up since the census."""
    models = declared()
    early, late = (
        count_block(people(), setup(load(), [Side("lov", day=START)], parse_day(day), 8, models))
        for day in ("2026-08-03", "2030-01-07")
    )
    old, child = states().index("folkepension"), states().index("barn")
    for totals in (early, late):
        assert totals.moves[0, :, :, old].sum() < 0.004 * len(people())  # eight weeks of ageing, not years of it
        assert totals.moves[0, :, child].sum() < 0.004 * len(people())
    assert nation_day() < START


def test_people_die_as_the_census_says_and_what_is_owed_to_them_ends() -> None:
    made = run(weeks=104)
    found = count_block(people(), made)
    there = found.people()[0]
    gone = len(people()) - there.sum(axis=1)
    assert (gone[1:] >= gone[:-1]).all()
    assert gone[-1] == found.deaths[0].sum()
    a_year = found.deaths[0].sum() / made.weeks * 52 / len(people())
    assert 0.008 < a_year < 0.012  # of six million about 58,000, as of 2020 who were not there in 2025
    old = states().index("folkepension")
    assert found.deaths[0, :, old].sum() > 0.75 * found.deaths[0].sum()
    spared = count_block(people(), replace(made, life=made.life * 0 + made.life.max()))
    assert spared.deaths.sum() == 0
    assert found.fallen.sum() < spared.fallen.sum()
    assert found.by_kommune.sum() < spared.by_kommune.sum()


def test_the_chance_of_dying_is_what_is_left_of_an_age_five_years_later() -> None:
    from math import exp

    men = dying()[1]
    assert exp(-5 * men[14]) == pytest.approx(141_383 / 155_734, rel=1e-6)  # men of 65 to 69 in 2020
    assert men[4] == 0  # more young people came to the country than died or left
    assert (dying()[0, 13:] < men[13:]).all()  # women live longer


def test_no_run_outlasts_the_childhood_of_those_who_should_have_been_born() -> None:
    parse_scenario("min.yaml", WHOLE.replace("60 weeks", "15 years"))
    with pytest.raises(ProblemError, match="nobody is born in the clock — write at most 15 years"):
        parse_scenario("min.yaml", WHOLE.replace("60 weeks", "16 years"))


def test_an_award_has_a_case_behind_it_whose_duties_are_counted_once_for_each() -> None:
    made = run(weeks=104)
    found = count_block(people(), made)
    duty = [one.norm for one in made.law.duties].index("lab.43.samlet-beskrivelse")
    moves = found.moves[0].sum(axis=0)
    awards = moves[made.law.case >= 0].sum()
    assert awards > 0
    assert 0.7 * awards < found.fallen[0, :, duty].sum() <= awards  # the first weeks' cases began before the run


def test_a_benefit_that_begins_is_owed_a_notice() -> None:
    one = next(each for each in courses() if each.state == "kh-jobparat")
    made = Asking(book(), Records(load().vocabulary, FIGURES), 10).calendar(one)
    assert [each.week for each in made.falling if each.norm == "rsl.12.besked"] == [0]
    assert "rsl.3.afgoerelse.ydelse" in made.unknown  # the deadline is the council's, and no council has said


def test_duties_to_what_nobody_counts_are_named() -> None:
    found = tables(load(), [Side("lov", day=START)], START, 4, declared())
    assert {"fvl.22.begrundelse", "rsl.66.genvurdering", "ofl.36.svar"} <= set(found.unasked)
    assert not set(found.unasked) & {duty.norm for duty in found.duties}


def test_a_replication_draws_every_interval_flows_and_stays_too() -> None:
    central, one, other = declared(), drawn(1, 1), drawn(2, 1)
    assert drawn(0, 1) == {**declared()}
    for source, row in central["moves"]["from"].items():
        for to, share in row.items():
            assert one["moves"]["from"][source][to] != other["moves"]["from"][source][to]
            assert 0 < one["moves"]["from"][source][to] <= share * 1.3 + 1e-9
        assert sum(one["moves"]["from"][source].values()) <= 1 + 1e-9
    for row in one["arrivals"]["to"].values():
        assert sum(row.values()) == pytest.approx(1)
    assert one["arrivals"]["to"]["kh-jobparat"] != other["arrivals"]["to"]["kh-jobparat"]
    from fodfaeste.population.nation.sources import duration_models

    for state, given in duration_models().items():
        if "interval" in given:
            low, high = given["interval"]
            assert low <= one["stays"][state] * given["mean"] <= high
            assert one["stays"][state] != other["stays"][state]
        else:
            assert given["fitted_to"]
            assert state not in one["stays"]
    assert {each.name for each in parameters(one)} == {each.name for each in parameters(central)}


def test_longer_stays_mean_fewer_leave() -> None:
    from fodfaeste.simulation.rates import flows

    plain, longer = flows(declared()), flows({**declared(), "stays": {"kh-jobparat": 2.0}})
    state = states().index("kh-jobparat")
    assert longer.leave[state, 0] == pytest.approx(plain.leave[state, 0] / 2, rel=0.001)
    assert (longer.there[state, 1:] > plain.there[state, 1:]).all()


def test_arrivals_keep_the_stock_that_deaths_thin_out() -> None:
    from fodfaeste.simulation.rates import arrivals

    none = {**declared(), "deaths": {"value": 0.0}}
    assert arrivals(declared())["fleksjob"] > arrivals(none)["fleksjob"]
    assert len(kommuner()) == 98
