"""The weekly clock: as the plain reckoning of one person, however it is cut, with the same luck on every side."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from fodfaeste.population.nation import People, states
from fodfaeste.simulation.blocks import blocks_of, count_block
from fodfaeste.simulation.course import Person
from fodfaeste.simulation.totals import Totals, added
from tests.simulation.runs import FEWER, GENERAL, people, run


def stretch(of: People, state: str, number: int) -> People:
    """So many persons who stand together, the first in that state."""
    first = int(np.flatnonzero(of.state == states().index(state))[0])
    return of.slice(first, first + number)


_PARTS = ("dagpenge", "syg-job", "beskaeftigelse", "barn", "uddannelse", "ledighedsydelse", "folkepension")


@pytest.mark.parametrize("to_work", [None, 1.3])
@pytest.mark.parametrize("side", [0, 1])
def test_counts_what_the_plain_reckoning_of_each_person_gives(side: int, to_work: float | None) -> None:
    ours = run((GENERAL, FEWER), to_work=to_work)
    parts = [stretch(people(), state, 60) for state in _PARTS]
    names, year = states(), ours.year
    for part in parts:
        totals = count_block(part, ours)
        stock = np.zeros((ours.weeks, len(names)), int)
        moves: Counter[tuple[int, str, str]] = Counter()
        said: Counter[tuple[int, str, str]] = Counter()
        died = np.zeros((len(ours.years), len(names)), int)
        for row in range(len(part)):
            spells = list(Person(part, row, ours, side).spells())
            for spell in spells:
                stock[spell.first : spell.until, names.index(spell.state)] += 1
                said.update((int(year[one.week]), one.what, one.name) for one in (*spell.happenings, *spell.case))
            if spells[-1].until < ours.weeks:
                died[int(year[spells[-1].until]), names.index(spells[-1].state)] += 1
            for one, other in pairwise(spells):
                moves[int(year[other.first]), one.state, other.state] += 1
        assert (totals.people()[side] == stock).all()
        assert (totals.deaths[side] == died).all()
        for (y, one, other), number in moves.items():
            assert totals.moves[side, y, names.index(one), names.index(other)] == number
        assert totals.moves[side].sum() == sum(moves.values())
        duties = [duty.norm for duty in ours.law.duties]
        for what, array in (("fallen", totals.fallen), ("spared", totals.waived)):
            found = {(y, what, duties[i]): int(n) for (y, i), n in np.ndenumerate(array[side]) if n}
            assert found == {key: n for key, n in said.items() if key[1] == what}
        for place, what in enumerate(("done", "undone")):
            by_act = totals.acts[side, :, :, :, place].sum(axis=1)
            found = {(y, what, ours.law.acts[i]): int(n) for (y, i), n in np.ndenumerate(by_act) if n}
            assert found == {key: n for key, n in said.items() if key[1] == what}


@pytest.mark.parametrize("number", [2, 7, 61])
def test_any_number_of_blocks_gives_the_same_bytes(number: int) -> None:
    ours, everyone = run((GENERAL, FEWER)), people()
    whole = count_block(everyone, ours)
    parts = [count_block(everyone.slice(one.first, one.last), ours) for one in blocks_of(len(everyone), number)]
    assert added(parts, ours).digest == whole.digest
    assert added(reversed(parts), ours).digest == whole.digest


def test_nobody_is_lost_and_nobody_is_counted_twice() -> None:
    everyone = people()
    totals = count_block(everyone, run())
    assert (totals.people().sum(axis=2)[:, -1] + totals.deaths.sum(axis=(1, 2)) == len(everyone)).all()
    assert totals.persons[0] == len(everyone)
    assert (totals.people() >= 0).all()


def test_stocks_stay_near_the_published_ones() -> None:
    now = count_block(people(), run(weeks=104)).people()[0]
    for state in ("dagpenge", "syg-job", "kh-aktivitetsparat", "beskaeftigelse"):
        number = states().index(state)
        assert now[-26:, number].mean() == pytest.approx(now[0, number], rel=0.12)


def test_what_changes_nothing_changes_no_life() -> None:
    found = count_block(people(), run((GENERAL, FEWER)))
    assert (found.stock[0] == found.stock[1]).all()
    assert (found.moves[0] == found.moves[1]).all()
    assert (found.fallen[0] != found.fallen[1]).any()


def test_leaving_sooner_means_fewer_weeks_and_more_jobs() -> None:
    found = count_block(people(), run((GENERAL, FEWER), to_work=1.5))
    dagpenge, work = states().index("dagpenge"), states().index("beskaeftigelse")
    weeks = found.people()[:, 8:, dagpenge].sum(axis=1)
    assert weeks[1] < weeks[0] * 0.9
    assert found.moves[1, :, dagpenge, work].sum() > found.moves[0, :, dagpenge, work].sum()
    before = found.people()[:, :5]
    assert (before[0] == before[1]).all()  # the effect begins in week 4, and is seen from the week after


def difference(one: Totals, other: Totals, side: int) -> float:
    dagpenge = states().index("dagpenge")
    return float(one.people()[1, :, dagpenge].sum() - other.people()[side, :, dagpenge].sum())


def test_the_same_luck_makes_differences_sure() -> None:
    """Paired: both sides of one replication. Apart: the sides of two. The pairs vary far less."""
    some = stretch(people(), "dagpenge", 500)
    found = [count_block(some, run((GENERAL, FEWER), replication=number, to_work=1.2)) for number in range(24)]
    paired = np.var([difference(one, one, 0) for one in found])
    apart = np.var([difference(one, other, 0) for one, other in pairwise(found)])
    assert apart / paired > 5


def test_other_luck_gives_other_numbers() -> None:
    one, other = (count_block(people(), run(seed=seed)) for seed in (5, 6))
    assert one.digest != other.digest
