"""From a case to payments: amounts spread over days, weeks cut where something changes, nothing guessed."""

from typing import Any

import fodfaeste as ff
from fodfaeste.economy import share_payments, week_of
from fodfaeste.economy.payments import Paid, payments_of, uncertain
from fodfaeste.facts import Case
from fodfaeste.foundation import from_day, parse_day
from tests.economy.nation import tariff


def case(*spells: dict[str, Any], **more: Any) -> Case:
    return ff.read({"format": "fodfaeste/case/1", "case": "a", "spells": list(spells), **more})


def paid(one: Case, until: str = "2024-12-31", weekly: int | None = None) -> list[Paid]:
    return payments_of(one, ff.load().vocabulary, tariff(), parse_day(until), weekly)


def test_a_month_is_spread_over_its_days() -> None:
    june = case(
        {"kind": "udbetaling", "ydelse": "kontanthjaelp", "beloeb": 12000, "from": "2024-06-01", "to": "2024-06-30"}
    )
    found = paid(june)
    week = week_of(parse_day("2024-06-10"))
    assert [one.payment.amount for one in found if week_of(one.payment.day) == week] == [2_800_00]
    assert sum(one.payment.amount or 0 for one in found) == 12_000_00
    assert found[0].payment.amount == 800_00  # Saturday and Sunday


def test_an_amount_that_does_not_divide_adds_up_all_the_same() -> None:
    found = paid(
        case({"kind": "udbetaling", "ydelse": "dagpenge", "beloeb": 20359, "from": "2024-01-01", "to": "2024-01-31"})
    )
    assert sum(one.payment.amount or 0 for one in found) == 20_359_00


def test_a_week_across_two_months_is_one_benefit_week() -> None:
    months = [
        {"kind": "udbetaling", "ydelse": "kontanthjaelp", "beloeb": 11700, "from": "2024-04-01", "to": "2024-04-30"},
        {"kind": "udbetaling", "ydelse": "kontanthjaelp", "beloeb": 12400, "from": "2024-05-01", "to": "2024-05-31"},
    ]
    found = paid(case(*months))
    shares = share_payments([one.payment for one in found], tariff())
    week = [share for share in shares if week_of(share.payment.day) == week_of(parse_day("2024-04-29"))]
    assert {share.number for share in week} == {5}
    assert sum(share.payment.amount or 0 for share in week) == 2 * 390_00 + 5 * 400_00


def test_a_benefit_without_payment_has_an_unknown_amount_or_the_supposed_one() -> None:
    one = case({"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-03", "to": "2024-01-14"})
    assert [row.payment.amount for row in paid(one)] == [None, None]
    supposed = paid(one, weekly=700_00)
    assert [row.payment.amount for row in supposed] == [500_00, 700_00]


def test_a_payment_tells_of_its_benefit_once() -> None:
    one = case(
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01", "to": "2024-01-14"},
        {"kind": "udbetaling", "ydelse": "kontanthjaelp", "beloeb": 2800, "from": "2024-01-01", "to": "2024-01-07"},
    )
    assert [row.payment.amount for row in paid(one)] == [2_800_00, None]


def test_the_day_asked_about_is_the_last() -> None:
    one = case({"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01"})
    assert from_day(paid(one, "2024-01-31")[-1].last).isoformat() == "2024-01-31"


def test_the_latest_begun_activity_of_a_day_counts() -> None:
    one = case(
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2012-06-04", "to": "2012-06-17"},
        {"kind": "tilbud", "type": "virksomhedspraktik", "sektor": "privat", "from": "2012-06-07", "to": "2012-06-12"},
    )
    found = [(from_day(row.payment.day).day, row.payment.activity) for row in paid(one)]
    assert found == [(4, "ingen"), (7, "virksomhedspraktik"), (11, "virksomhedspraktik"), (13, "ingen")]


def test_offers_that_may_be_missing_leave_the_activity_open() -> None:
    one = case(
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2012-06-04", "to": "2012-06-10"}, unobserved=["tilbud"]
    )
    (row,) = paid(one)
    assert row.payment.activity is None


def test_a_subsidised_job_is_a_benefit_by_itself() -> None:
    one = case(
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01", "to": "2024-01-07"},
        {"kind": "tilbud", "type": "loentilskud", "sektor": "privat", "from": "2024-01-08", "to": "2024-01-21"},
    )
    assert [row.payment.benefit for row in paid(one)] == ["kontanthjaelp", "loentilskud", "loentilskud"]


def test_fleksjob_is_on_the_ladder_by_the_day_of_referral() -> None:
    spell = {"kind": "ydelse", "type": "ledighedsydelse", "from": "2024-01-01", "to": "2024-01-07"}
    referred = [
        {"fleksjob_visiteret": "2015-01-01"},
        {"fleksjob_visiteret": "2012-01-01", "fleksjob_ny_ansaettelse": "2016-01-01"},
        {},
    ]
    seen = [paid(case(spell, facts=facts))[0].payment.benefit for facts in referred]
    assert seen == ["ledighedsydelse", "ledighedsydelse-uden-for", None]
    assert paid(case(spell))[0].recorded == "ledighedsydelse"


def test_benefits_that_may_be_missing_leave_every_number_open() -> None:
    one = case(
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2024-01-01", "to": "2024-01-07"}, unobserved=["ydelse"]
    )
    assert uncertain(one)
    (share,) = share_payments([row.payment for row in paid(one)], tariff(), uncertain=True)
    assert (share.number, share.rate) == (None, None)
