"""The law of reimbursement as the tests ask it, and invented courses of weeks."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import strategies as st

import fodfaeste as ff
from fodfaeste.economy import Payment, Share, Tariff, monday_of, share_payments, tariff_of, week_of
from fodfaeste.foundation import parse_day

FIRST, LAST = parse_day("2010-01-01"), parse_day("2026-12-31")


@cache
def tariff() -> Tariff:
    """General law from 2010 to 2026."""
    return tariff_of(ff.load(), FIRST, LAST, regimes=[])


def weeks(
    day: str, benefit: str | None, count: int, amount: int | None = 100_00, activity: str = "ingen"
) -> list[Payment]:
    """So many weeks in a row from the week of a day, one payment each on Monday."""
    begin = week_of(parse_day(day))
    return [Payment(monday_of(begin + n), benefit, activity, amount) for n in range(count)]


def after(
    payments: list[Payment], free: int, benefit: str | None, count: int, amount: int | None = 100_00
) -> list[Payment]:
    """The payments, so many whole weeks without any, and then so many more."""
    begin = week_of(payments[-1].day) + 1 + free
    return [*payments, *(Payment(monday_of(begin + n), benefit, "ingen", amount) for n in range(count))]


def shared(payments: list[Payment]) -> list[Share]:
    return share_payments(payments, tariff())


def state(shares: Iterable[Share]) -> int:
    return sum(share.state or 0 for share in shares)


def with_terms(uses_up: bool, stands: bool, running: bool) -> Tariff:
    """The law with the doubtful rules decided otherwise."""
    one = tariff()
    size = len(one.starts)
    return replace(one, uses_up=np.full(size, uses_up), stands=np.full(size, stands), running=np.full(size, running))


BENEFITS = (
    "kontanthjaelp", "kontanthjaelp", "dagpenge", "sygedagpenge", "su", "foertidspension-uden-for", "fleksjob-tilskud",
    "loentilskud", "enkeltydelse",
)  # fmt: skip

_spells = st.tuples(
    st.sampled_from([0, 0, 0, 1, 2, 20, 30, 51, 52, 53, 80, 104, 156, 157, 200]),  # whole weeks without anything before
    st.sampled_from(BENEFITS),
    st.integers(1, 60),  # payments
    st.sampled_from([7, 7, 7, 3]),  # days between them
    st.sampled_from([284_446, 10_001, 33_333, 1]),
)
_exceptions = st.lists(
    st.tuples(st.integers(0, 300), st.sampled_from([None, 0, -5_000, "unknown benefit", "activity"])), max_size=4
)


@st.composite
def courses(draw: st.DrawFn, clean: bool = False) -> list[Payment]:
    """A person's payments: spells with breaks, now and then an amount, a benefit or an activity that is odd."""
    day = FIRST + draw(st.integers(0, 5_000))
    found: list[Payment] = []
    for free, benefit, count, step, amount in draw(st.lists(_spells, min_size=1, max_size=6)):
        day += 7 * free
        for _ in range(count):
            if day > LAST:
                return found
            found.append(Payment(day, benefit, "ingen", amount))
            day += step
    for place, what in [] if clean else draw(_exceptions):
        if place < len(found):
            one = found[place]
            found[place] = (
                replace(one, benefit=None) if what == "unknown benefit"
                else replace(one, activity="virksomhedspraktik") if what == "activity"
                else replace(one, amount=what)
            )  # fmt: skip
    return found
