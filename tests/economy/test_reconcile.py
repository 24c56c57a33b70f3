"""Each line of an extract gets its cause, and the differences add up to the øre."""

from dataclasses import replace

from fodfaeste.economy import Share
from fodfaeste.economy.reconcile import Cause, Finding, Line, reconcile
from tests.economy.nation import shared, tariff, weeks


def lines(benefit: str = "kontanthjaelp", count: int = 60, person: str = "p", before: int = 0) -> list[Line]:
    """An extract without a fault; ``before`` weeks are left out at its beginning."""
    found: list[Share] = shared(weeks("2023-01-02", benefit, count, 2844_46))
    return [
        Line(n + 2, person, share.payment, None if benefit == "dagpenge" else share.state,
             share.municipality if benefit == "dagpenge" else None)
        for n, share in enumerate(found) if n >= before
    ]  # fmt: skip


def found(given: list[Line]) -> list[Finding]:
    return reconcile(given, tariff())


def causes(given: list[Line]) -> list[Cause]:
    return [one.cause for one in found(given)]


def test_a_faultless_extract_agrees() -> None:
    assert set(causes([*lines(), *lines("dagpenge", 5, "q")])) == {Cause.EQUAL}


def test_an_oere_is_rounding() -> None:
    given = lines()
    given[7] = replace(given[7], state=(given[7].state or 0) + 1)
    assert causes(given)[7] is Cause.ROUNDING
    assert found(given)[7].difference == 1


def test_weeks_before_the_extract_are_found() -> None:
    """Twenty weeks are cut off: the steps come too early for a fresh start, and 20 weeks put every line right."""
    given = lines(before=20)
    answer = found(given)
    assert {one.cause for one in answer} <= {Cause.EQUAL, Cause.ROUNDING, Cause.EARLIER_WEEKS}
    assert {one.weeks for one in answer if one.cause is Cause.EARLIER_WEEKS} == {20}


def test_another_step_is_named_with_its_percentage() -> None:
    given = lines()
    amount = given[30].payment.amount or 0
    given[30] = replace(given[30], state=amount * 40 // 100)
    (odd,) = [one for one in found(given) if one.cause not in (Cause.EQUAL, Cause.ROUNDING)]
    assert (odd.cause, odd.rate) == (Cause.OTHER_STEP, 40_00)
    assert odd.difference == (odd.stated or 0) - (odd.share.state or 0)


def test_the_same_line_twice_is_due_once() -> None:
    given = lines(count=3)
    answer = found([*given, replace(given[1], number=9)])
    assert answer[-1].cause is Cause.TWICE
    assert answer[-1].difference == given[1].state
    assert [one.share.number for one in answer[:3]] == [1, 2, 3]


def test_columns_that_were_swapped() -> None:
    given = lines("dagpenge", 3)
    given[1] = replace(given[1], state=given[1].municipality, municipality=None)
    assert causes(given)[1] is Cause.OTHER_COLUMN


def test_a_share_that_is_missing_or_not_due() -> None:
    given = lines(count=2)
    given[0] = replace(given[0], state=None)
    assert causes(given)[0] is Cause.MISSING
    assert found(given)[0].difference == -(shared(weeks("2023-01-02", "kontanthjaelp", 1, 2844_46))[0].state or 0)
    su = Line(2, "q", weeks("2023-01-02", "su", 1)[0], 50_00, None)
    assert (causes([su])[0], found([su])[0].difference) == (Cause.NOT_SHARED, 50_00)


def test_a_share_no_rule_gives_is_unexplained() -> None:
    given = lines()
    given[5] = replace(given[5], state=123_45)
    assert causes(given)[5] is Cause.UNEXPLAINED


def test_what_the_law_does_not_tell_is_said() -> None:
    pension = Line(2, "p", weeks("2023-01-02", "foertidspension-uden-for", 1)[0], None, 65_00)
    (one,) = found([pension])
    assert (one.cause, one.difference) == (Cause.UNKNOWN, None)


def test_differences_add_up() -> None:
    given = lines()
    given[5] = replace(given[5], state=123_45)
    given[30] = replace(given[30], state=None)
    answer = found(given)
    stated = sum(line.state or 0 for line in given)
    assert stated - sum(one.share.state or 0 for one in answer) == sum(one.difference or 0 for one in answer)
