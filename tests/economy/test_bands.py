"""A municipality's weeks by benefit and step: each counted once, priced as the machine prices it, and never guessed."""

from __future__ import annotations

import numpy as np

from fodfaeste.economy import Payment, monday_of, share_payments, week_of
from fodfaeste.economy.bands import Band, Spells, bands, certain, counted_from, weeks_of
from fodfaeste.foundation import from_day, parse_day
from tests.economy.nation import tariff

FIRST = monday_of(week_of(parse_day("2024-01-01")))
SINCE = parse_day("2014-06-30")


def spells(*told: tuple[int, int, int, str | None]) -> Spells:
    """Person, first week and last week after FIRST, benefit."""
    law = tariff()
    rows = [(who, FIRST + 7 * a, FIRST + 7 * b + 6, law.situation(benefit, None)) for who, a, b, benefit in told]
    return Spells(*(np.array(part, np.int64) for part in zip(*rows, strict=True)))


def reckoned(told: Spells, since: int | None = SINCE, price: int = 100_00, first_day: int = FIRST) -> list[Band]:
    rows, _person = weeks_of(told, FIRST + 7 * 130)
    rows.amount[:] = price
    return bands(rows, tariff(), certain(rows, tariff(), since), first_day)


def weeks(found: list[Band]) -> dict[tuple[str | None, int | None], int]:
    return {(band.benefit, band.first): band.weeks for band in found}


def test_weeks_of_one_person_by_step_cost_what_the_machine_says() -> None:
    found = reckoned(spells((1, 0, 59, "kontanthjaelp")))
    assert weeks(found) == {
        ("kontanthjaelp", 1): 4, ("kontanthjaelp", 5): 22, ("kontanthjaelp", 27): 26, ("kontanthjaelp", 53): 8,
    }  # fmt: skip
    assert sum(band.state for band in found) == 2_140_00
    payments = [Payment(FIRST + 7 * n, "kontanthjaelp", None, 100_00) for n in range(60)]
    assert sum(band.municipality for band in found) == sum(
        share.municipality or 0 for share in share_payments(payments, tariff())
    )


def test_the_count_goes_on_across_benefits_and_begins_before_the_weeks_that_are_shown() -> None:
    found = reckoned(spells((1, 0, 9, "sygedagpenge"), (1, 10, 29, "kontanthjaelp")), first_day=FIRST + 70)
    assert weeks(found) == {("kontanthjaelp", 5): 16, ("kontanthjaelp", 27): 4}


def test_a_week_with_two_spells_of_a_benefit_is_one_week() -> None:
    law = tariff()
    here = law.situation("dagpenge", None)
    told = Spells(
        *(np.array(part, np.int64) for part in ([1, 1], [FIRST, FIRST + 4], [FIRST + 1, FIRST + 9], [here, here]))
    )
    assert weeks(reckoned(told)) == {("dagpenge", 1): 2}


def test_a_running_spell_ends_where_the_record_does() -> None:
    rows, person = weeks_of(spells((7, 100, 900, "dagpenge")), FIRST + 7 * 130)
    assert len(rows.day) == 30
    assert set(person) == {7}


def test_weeks_are_counted_from_the_day_the_law_says() -> None:
    first = counted_from(tariff())
    assert first is not None
    assert from_day(first).isoformat() == "2014-07-01"


def test_without_enough_of_a_record_the_number_is_not_known() -> None:
    late = FIRST - 7 * 51
    assert weeks(reckoned(spells((1, 0, 3, "kontanthjaelp")), since=late)) == {("kontanthjaelp", None): 4}
    assert weeks(reckoned(spells((1, 0, 3, "kontanthjaelp")), since=late - 7)) == {("kontanthjaelp", 1): 4}
    assert weeks(reckoned(spells((1, 0, 3, "kontanthjaelp")), since=None)) == {("kontanthjaelp", None): 4}


def test_a_whole_year_without_benefit_makes_the_number_certain_again() -> None:
    told = spells((1, 0, 3, "kontanthjaelp"), (1, 56, 59, "kontanthjaelp"))
    assert weeks(reckoned(told, since=FIRST)) == {("kontanthjaelp", None): 4, ("kontanthjaelp", 1): 4}
    nearly = spells((1, 0, 3, "kontanthjaelp"), (1, 55, 58, "kontanthjaelp"))
    assert weeks(reckoned(nearly, since=FIRST)) == {("kontanthjaelp", None): 8}


def test_a_week_whose_number_is_not_known_has_no_price() -> None:
    (band,) = reckoned(spells((1, 0, 3, "kontanthjaelp")), since=None)
    assert (band.weeks, band.priced, band.state, band.municipality) == (4, 0, 0, 0)


def test_one_persons_doubt_is_not_anothers() -> None:
    found = reckoned(spells((1, 0, 1, "dagpenge"), (2, 60, 61, "dagpenge")), since=FIRST)
    assert weeks(found) == {("dagpenge", None): 2, ("dagpenge", 1): 2}


def test_a_benefit_that_may_be_outside_the_ladder_leaves_all_later_weeks_in_doubt() -> None:
    found = reckoned(spells((1, 0, 1, None), (1, 2, 5, "kontanthjaelp")))
    assert weeks(found) == {(None, None): 2, ("kontanthjaelp", None): 4}


def test_benefits_that_follow_no_count_and_benefits_that_are_not_shared() -> None:
    found = {band.benefit: band for band in reckoned(spells((1, 0, 1, "fleksjob-tilskud"), (2, 0, 1, "su")))}
    assert (found["fleksjob-tilskud"].first, found["fleksjob-tilskud"].municipality) == (0, 70_00)
    assert found["fleksjob-tilskud"].shared
    assert not found["su"].shared
    assert found["su"].priced == 0


def test_nobody_on_benefit() -> None:
    empty = Spells(*(np.zeros(0, np.int64) for _ in range(4)))
    assert reckoned(empty) == []
