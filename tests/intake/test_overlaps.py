"""Of spells that a person has one at a time: what is there stays, and of those that come in, the first."""

import datetime as dt
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.casework.intake.overlaps import _refused, _Spell

START = dt.date(2026, 1, 1)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def spell(first: int, after: int, key: int | None = None, old: tuple[int, int] | None = None) -> _Spell:
    was = None if old is None else (day(old[0]), day(old[1]))
    return _Spell(1, "ydelse", day(first), day(after), key, was)


def test_the_first_of_two_stays_and_the_other_is_told_what_it_meets() -> None:
    assert _refused([spell(0, 10, 1), spell(9, 20, 2), spell(10, 12, 3)]) == {2: "2026-01-01 – 2026-01-10"}


def test_what_is_there_stays_even_if_it_comes_last() -> None:
    assert set(_refused([spell(0, 10, 1), spell(5, 20)])) == {1}


def test_a_change_may_take_the_days_another_change_leaves() -> None:
    assert _refused([spell(0, 20, 1, old=(0, 10)), spell(20, 30, 2, old=(10, 30))]) == {}


def test_a_refused_change_keeps_its_old_days() -> None:
    spells = [spell(0, 15, 1, old=(0, 10)), spell(30, 40), spell(12, 35, 2, old=(10, 12)), spell(14, 16, 3)]
    assert set(_refused(spells)) == {1, 2}
    _check(spells)


spans = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def histories(draw: st.DrawFn) -> list[_Spell]:
    """Spells that are there do not meet; some of them the batch changes."""
    edges = sorted(draw(st.lists(st.integers(0, 40), min_size=0, max_size=8, unique=True)))
    there = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    found = []
    for number, (first, after) in enumerate(there):
        if draw(st.booleans()):
            new = draw(spans)
            found.append(spell(*new, key=100 + number, old=(first, after)))
        else:
            found.append(spell(first, after))
    found += [spell(*one, key=number) for number, one in enumerate(draw(st.lists(spans, max_size=6)))]
    return draw(st.permutations(found))


@given(histories())
def test_what_is_left_never_meets(spells: list[_Spell]) -> None:
    _check(spells)


def _check(spells: list[_Spell]) -> None:
    refused = _refused(spells)
    standing = []
    for one in spells:
        if one.key in refused and one.key is not None:
            standing += [one.old] if one.old is not None else []
        else:
            standing.append((one.first, one.after))
    assert not any(a[0] < b[1] and b[0] < a[1] for a, b in combinations(standing, 2))
