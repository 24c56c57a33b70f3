"""The counting of weeks, and what a week costs whom, as a lawyer or a finance officer would check it."""

import pytest

from fodfaeste.economy import share_payments, tariff_of
from fodfaeste.foundation import ProblemError
from tests.economy.nation import after, shared, state, tariff, weeks, with_terms
from tests.interfaces.hven import hven


def test_sixty_weeks_at_a_hundred_kroner_give_2140_for_the_state() -> None:
    shares = shared(weeks("2024-01-01", "kontanthjaelp", 60))
    assert state(shares) == 2_140_00
    assert sum(share.municipality or 0 for share in shares) == 3_860_00
    assert [share.number for share in shares] == list(range(1, 61))


@pytest.mark.parametrize(("count", "published"), [(13, 52.3), (26, 46.2), (52, 38.1), (104, 29.0), (156, 26.0)])
def test_the_mean_state_share_is_as_published(count: int, published: float) -> None:
    shares = shared(weeks("2018-01-01", "kontanthjaelp", count))
    assert round(state(shares) / (count * 100_00) * 100, 1) == published


def test_an_unbroken_first_course_of_sixty_weeks() -> None:
    shares = shared(weeks("2024-01-01", "kontanthjaelp", 60, 3_000_00))
    assert (state(shares), sum(share.municipality or 0 for share in shares)) == (64_200_00, 115_800_00)


def test_thirty_weeks_of_work_restart_nothing() -> None:
    shares = shared(after(weeks("2022-01-03", "kontanthjaelp", 26), 30, "kontanthjaelp", 1))
    assert (shares[-1].number, shares[-1].rate, shares[-1].restarted) == (27, 30_00, False)


def test_fifty_two_whole_weeks_of_work_restart_the_ladder() -> None:
    shares = shared(after(weeks("2020-01-06", "kontanthjaelp", 80), 52, "dagpenge", 1))
    last = shares[-1]
    assert (last.number, last.rate, last.restarted) == (1, 80_00, True)
    assert last.municipality == 20_00


def test_fifty_one_weeks_do_not() -> None:
    shares = shared(after(weeks("2020-01-06", "kontanthjaelp", 80), 51, "dagpenge", 1))
    assert (shares[-1].number, shares[-1].restarted) == (81, False)


def test_the_weeks_need_not_be_consecutive() -> None:
    course = after(weeks("2020-01-06", "kontanthjaelp", 10), 26, "kontanthjaelp", 5)
    shares = shared(after(course, 26, "kontanthjaelp", 2))
    assert [share.number for share in shares[-3:]] == [15, 1, 2]


def test_weeks_older_than_three_years_do_not_help() -> None:
    course = after(weeks("2018-01-01", "kontanthjaelp", 1), 30, "kontanthjaelp", 130)
    assert shared(after(course, 25, "kontanthjaelp", 1))[-1].number == 132  # 30 weeks lie 155 to 185 weeks back
    near = after(weeks("2018-01-01", "kontanthjaelp", 1), 30, "kontanthjaelp", 90)
    assert shared(after(near, 25, "kontanthjaelp", 1))[-1].number == 1


def test_work_before_the_first_benefit_is_irrelevant() -> None:
    shares = shared(after(weeks("2024-06-03", "kontanthjaelp", 1), 51, "kontanthjaelp", 1))
    assert [share.number for share in shares] == [1, 2]
    assert not any(share.restarted for share in shares)


def test_another_benefit_goes_on_with_the_count() -> None:
    course = after(after(weeks("2024-01-01", "dagpenge", 20), 0, "sygedagpenge", 10), 0, "kontanthjaelp", 1)
    rates = [share.rate for share in shared(course)]
    assert rates[20:30] == [40_00] * 6 + [30_00] * 4
    assert rates[30] == 30_00


def test_two_benefits_in_a_week_are_one_benefit_week() -> None:
    monday = weeks("2024-06-03", "dagpenge", 1)[0]
    shares = shared([monday, *weeks("2024-06-05", "kontanthjaelp", 1), *weeks("2024-06-10", "kontanthjaelp", 1)])
    assert [share.number for share in shares] == [1, 1, 2]


@pytest.mark.parametrize("support", ["su", "barselsdagpenge", "efterloen", "seniorjob", "foertidspension-uden-for"])
def test_other_public_support_neither_counts_nor_frees(support: str) -> None:
    course = after(weeks("2023-01-02", "kontanthjaelp", 40), 0, support, 60)
    shares = shared(after(course, 0, "kontanthjaelp", 1))
    assert (shares[-1].number, shares[-1].rate) == (41, 30_00)


def test_a_subsidised_job_counts_as_benefit_weeks() -> None:
    shares = shared(after(weeks("2023-01-02", "kontanthjaelp", 2), 0, "loentilskud", 60))
    assert shares[-1].number == 62


def test_a_restart_uses_the_weeks_up() -> None:
    course = after(weeks("2020-01-06", "kontanthjaelp", 10), 60, "kontanthjaelp", 1)
    course = after(course, 40, "kontanthjaelp", 1)
    assert [share.number for share in shared(course)][-2:] == [1, 2]
    otherwise = share_payments(course, with_terms(uses_up=False, stands=True, running=True))
    assert [share.number for share in otherwise][-2:] == [1, 1]


def test_a_restart_once_won_stands() -> None:
    course = after(after(weeks("2018-01-01", "kontanthjaelp", 10), 52, "su", 160), 0, "kontanthjaelp", 1)
    assert shared(course)[-1].number == 1
    assert share_payments(course, with_terms(uses_up=True, stands=False, running=True))[-1].number == 11


def test_a_week_without_payment_is_no_benefit_week() -> None:
    course = weeks("2024-01-01", "kontanthjaelp", 3)
    course[1] = weeks("2024-01-08", "kontanthjaelp", 1, 0)[0]
    assert [share.counted for share in shared(course)] == [True, False, True]
    assert shared(course)[-1].number == 2


def test_an_unknown_benefit_leaves_the_number_open_and_no_share_is_guessed() -> None:
    shares = shared(after(after(weeks("2024-01-01", "kontanthjaelp", 1), 0, None, 1), 0, "kontanthjaelp", 1))
    assert shares[0].number == 1
    assert (shares[2].number, shares[2].rate, shares[2].state) == (None, None, None)


def test_an_unknown_amount_has_a_percentage_and_no_kroner() -> None:
    (share,) = shared(weeks("2024-01-01", "kontanthjaelp", 1, None))
    assert (share.rate, share.state, share.municipality) == (80_00, None, None)


def test_rounding_keeps_the_total_to_the_oere() -> None:
    last_four = shared(weeks("2024-01-01", "kontanthjaelp", 4, 2844_46))
    assert sum(share.municipality or 0 for share in last_four) == 2275_57
    long = share_payments(weeks("2024-01-01", "kontanthjaelp", 4, 2844_46), tariff(), before=52)
    assert sum(share.municipality or 0 for share in long) == 9102_27


# The rules before 2016


def test_the_sick_pay_rules_of_2011() -> None:
    passive = weeks("2011-01-03", "sygedagpenge", 60)
    assert state(shared(passive)) / 60 == 32_00
    back = passive[:19] + weeks("2011-05-16", "sygedagpenge", 41, activity="delvis-rask")
    assert state(shared(back)) / 60 == 43_00


def test_activity_counts_in_2012_and_not_in_2016() -> None:
    def share(day: str, activity: str) -> int | None:
        payments = [*weeks("2014-12-29", "kontanthjaelp", 60), *weeks(day, "kontanthjaelp", 1, 10_000_00, activity)]
        return (shared(payments) if day > "2015" else shared(payments[-1:]))[-1].state

    activities = ("virksomhedspraktik", "oevo", "ingen")
    assert [share("2012-06-04", one) for one in activities] == [5_000_00, 3_000_00, 3_000_00]
    assert [share("2016-06-06", one) for one in activities] == [2_000_00, 2_000_00, 2_000_00]


@pytest.mark.parametrize(("day", "activity", "rate"), [
    ("2010-09-06", "virksomhedspraktik", 65_00), ("2010-09-06", "ingen", 35_00),
    ("2011-09-05", "delvis-rask", 50_00), ("2011-09-05", "ingen", 30_00),
])  # fmt: skip
def test_week_twenty_of_sick_pay(day: str, activity: str, rate: int) -> None:
    from fodfaeste.economy import monday_of, week_of
    from fodfaeste.foundation import from_day, parse_day

    begin = from_day(monday_of(week_of(parse_day(day)) - 19)).isoformat()
    course = weeks(begin, "sygedagpenge", 19) + weeks(day, "sygedagpenge", 1, activity=activity)
    assert (shared(course)[-1].number, shared(course)[-1].rate) == (20, rate)


def test_weeks_before_2016_count_on_the_ladder_from_july_2014() -> None:
    early = shared(weeks("2014-06-02", "kontanthjaelp", 100))
    by_day = {share.payment.day: share for share in early}
    counted = [share for share in by_day.values() if share.counted]
    assert counted[0].ladder == 1
    assert counted[0].payment.day == weeks("2014-07-07", "su", 1)[0].day  # Monday 30 June lies before the count
    assert by_day[weeks("2016-01-04", "su", 1)[0].day].number == 79


def test_sick_pay_went_on_the_ladder_a_week_before_the_others() -> None:
    shares = shared(weeks("2014-12-29", "sygedagpenge", 53))
    assert [share.rate for share in shares[-2:]] == [30_00, 20_00]  # week 52 by its own rules, week 53 on the ladder


def test_a_wage_subsidy_of_an_old_fleksjob_is_flat() -> None:
    shares = shared(weeks("2024-01-01", "fleksjob-tilskud", 60, 15_000_00))
    assert {share.state for share in shares} == {9_750_00}


def test_old_pensions_have_no_known_share_and_su_no_share() -> None:
    (pension,) = shared(weeks("2024-01-01", "foertidspension-uden-for", 1))
    (su,) = shared(weeks("2024-01-01", "su", 1))
    assert (pension.shared, pension.state) == (True, None)
    assert (su.shared, su.state) == (False, None)


def test_a_law_without_reimbursement_is_refused() -> None:
    with pytest.raises(ProblemError, match="says nothing of reimbursement"):
        tariff_of(hven(), 19_000, 19_100)


def test_a_day_outside_the_tariff_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the days"):
        shared(weeks("2031-01-06", "kontanthjaelp", 1))
