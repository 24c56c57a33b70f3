"""The person-weeks of the benchmark are what they should be, and both sides are asked the same law."""

import numpy as np

from bench.refusion.nation import BENEFITS, nation
from bench.refusion.ours import law_terms, run
from fodfaeste.economy import Payment, share_payments
from tests.economy.nation import tariff


def test_rows_stand_by_person_and_day_with_at_most_two_a_week() -> None:
    given = nation(5_000, seed=3)
    assert abs(len(given["day"]) - 5_000) < 1_000
    for lo, hi in zip(given["offsets"][:-1], given["offsets"][1:], strict=True):
        days = given["day"][lo:hi].astype(int)
        assert (np.diff(days) > 0).all()
        assert max(np.unique((days + 3) // 7, return_counts=True)[1]) <= 2


def test_ours_measures_what_the_one_person_machine_says() -> None:
    given = nation(2_000, seed=3)
    total = 0
    for lo, hi in zip(given["offsets"][:-1], given["offsets"][1:], strict=True):
        rows = zip(
            given["day"][lo:hi].tolist(), given["kind"][lo:hi].tolist(), given["amount"][lo:hi].tolist(), strict=True
        )
        payments = [Payment(day, BENEFITS[kind], None, amount) for day, kind, amount in rows]
        total += sum(share.state or 0 for share in share_payments(payments, tariff()))
    assert run(2_000, seed=3)["total"] == total


def test_the_peer_is_told_the_law() -> None:
    terms = law_terms()
    assert terms["upto"] == [4, 26, 52]
    assert terms["rates"] == [80_00, 40_00, 30_00, 20_00]
    assert (terms["needed"], terms["window"]) == (52, 156)
    outside = {name for name, counts in zip(BENEFITS, terms["counts"], strict=True) if not counts}
    assert outside == {"su", "barselsdagpenge"}
