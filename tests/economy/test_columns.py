"""A nation in columns says what the one-person machine says, and both keep the law's own promises."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fodfaeste.economy import Payment, PersonWeeks, Share, rows_of, share_columns, share_payments
from fodfaeste.economy.kernel import OUTSIDE_ØRE, UNKNOWN_ØRE
from tests.economy.nation import courses, shared, tariff, weeks, with_terms


def told(share: Share) -> int:
    if share.state is not None:
        return share.state
    return UNKNOWN_ØRE if share.shared else OUTSIDE_ØRE


@settings(max_examples=120, deadline=None)
@given(st.lists(courses(), min_size=1, max_size=4), st.booleans(), st.booleans(), st.booleans())
def test_columns_agree_with_one_person(people: list[list[Payment]], uses_up: bool, stands: bool, running: bool) -> None:
    law = with_terms(uses_up, stands, running)
    found = share_columns(rows_of(people, law), law, numbers=True, threads=1)
    wanted = [share for payments in people for share in share_payments(payments, law)]
    assert found.state.tolist() == [told(share) for share in wanted]
    assert found.number is not None
    assert found.number.tolist() == [share.number or 0 for share in wanted]
    bears = [share.municipality for share in wanted if share.municipality is not None]
    assert found.municipality[found.known].tolist() == bears


@settings(max_examples=60, deadline=None)
@given(courses())
def test_the_shares_are_the_benefit(payments: list[Payment]) -> None:
    for share in shared(payments):
        if share.state is not None and share.municipality is not None:
            assert share.state + share.municipality == share.payment.amount


@settings(max_examples=60, deadline=None)
@given(courses(clean=True))
def test_on_the_ladder_the_state_share_never_rises_without_a_restart(payments: list[Payment]) -> None:
    """And the total is the exact share of each week, added up and rounded once."""
    shares = shared(payments)
    ladder = [
        share
        for share in shares
        if share.number and share.shared and share.payment.day >= weeks("2016-01-04", "su", 1)[0].day
    ]
    for before, later in pairwise(ladder):
        assert later.rate is not None
        assert before.rate is not None
        assert later.rate <= before.rate or later.restarted or later.number == 1
    exact = sum(
        (share.payment.amount or 0) * share.rate
        for share in shares
        if share.state is not None and share.rate is not None
    )
    assert sum(share.state or 0 for share in shares) == (exact + 5_000) // 10_000


def test_threads_and_parts_change_nothing() -> None:
    people = [weeks("2018-01-01", "kontanthjaelp", 3 + n % 70, 1_234_56) for n in range(200)]
    rows = rows_of(people, tariff())
    one = share_columns(rows, tariff(), threads=1)
    two = share_columns(rows, tariff(), threads=2)
    assert np.array_equal(one.state, two.state)
    small = PersonWeeks(rows.offsets, rows.day.astype(np.uint16), rows.situation, rows.amount)
    assert np.array_equal(share_columns(small, tariff(), threads=2).state, one.state)
    sums = two.totals()
    assert sums["state"] + sums["municipality"] == int(rows.amount.sum())
    assert (sums["unknown"], sums["outside"]) == (0, 0)


def test_totals_tell_what_is_left_out() -> None:
    people = [
        weeks("2024-01-01", "su", 2),
        weeks("2024-01-01", "foertidspension-uden-for", 3),
        weeks("2024-01-01", "dagpenge", 4),
    ]
    sums = share_columns(rows_of(people, tariff()), tariff()).totals()
    assert sums == {"state": 320_00, "municipality": 80_00, "unknown": 3, "outside": 2}


def test_columns_that_do_not_fit_each_other_are_refused() -> None:
    rows = rows_of([weeks("2024-01-01", "dagpenge", 4)], tariff())
    with pytest.raises(ValueError, match="different lengths"):
        PersonWeeks(rows.offsets, rows.day, rows.situation[1:], rows.amount)
    with pytest.raises(ValueError, match="offsets"):
        PersonWeeks(rows.offsets[:-1], rows.day, rows.situation, rows.amount)
    with pytest.raises(ValueError, match="outside the days"):
        share_columns(PersonWeeks(rows.offsets, rows.day + 9_000, rows.situation, rows.amount), tariff())
