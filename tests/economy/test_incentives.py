"""What help is worth to whom under each way of sharing, and the steps that reward something else."""

from pathlib import Path

import pytest

import fodfaeste as ff
from fodfaeste.economy import Tariff, share_payments, tariff_of
from fodfaeste.economy.incentives import (
    Choice,
    Kind,
    average_share,
    case_of,
    case_types,
    choices,
    flat,
    kinks,
    models,
    week_less,
)
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawfiles import with_regime_files
from tests.economy.nation import tariff

FLAT = """
id: flad-refusion
kind: proposal
status: proposed
title: {da: Flad refusion, en: Flat reimbursement}
legal_basis: "none"
purpose: {da: prøve, en: trial}
saving: {da: ingen, en: none}
who: all
window: {from: 2024-01-01, to: 2026-12-31}
assumed_window: true
edits:
- {op: replace, norm: refusion.andel.statens-andel, with: {value: "percent(50)"}, why: trial}
safeguards: [none]
source: [lbk-221-2021]
evaluation: {da: ingen, en: none}
stop_rule: {da: ingen, en: none}
running_cases: {da: fortsætter, en: continue}
"""


def model(year: int) -> Tariff:
    return next(one for one in reversed(models(tariff())) if from_day(one.books[0].day).year <= year)


def of(found: list[Choice], what: str) -> int | None:
    return next(one.gain.municipality for one in found if what in (one.what, one.activity))


def test_each_way_of_sharing_is_a_model() -> None:
    assert [from_day(one.books[0].day).year for one in models(tariff())] == [2010, 2011, 2015, 2016]


def test_a_line_for_each_step_of_the_ladder() -> None:
    steps = [one for one in case_types(model(2024), 1_000_00) if one.benefit == "kontanthjaelp"]
    assert [(one.first, one.last, one.week_less.municipality, one.week_less.state) for one in steps] == [
        (1, 4, 200_00, 800_00), (5, 26, 600_00, 400_00), (27, 52, 700_00, 300_00), (53, None, 800_00, 200_00),
    ]  # fmt: skip
    assert {one.week_less.fund for one in steps} == {0}


@pytest.mark.parametrize(("number", "saved"), [(1, 2275_57), (53, 9102_27)])
def test_four_weeks_less_of_2844_46(number: int, saved: int) -> None:
    assert week_less(model(2024), "kontanthjaelp", number, 2844_46, weeks=4).municipality == saved


@pytest.mark.parametrize("year", [2010, 2011, 2016])
@pytest.mark.parametrize("benefit", ["kontanthjaelp", "dagpenge", "sygedagpenge"])
def test_the_line_agrees_with_the_machine(year: int, benefit: str) -> None:
    """A week less is the cost of the longer course less that of the shorter, to the øre."""
    law = model(year)
    for one in case_types(law, 2_844_46, [benefit]):
        longer = share_payments(case_of(law, benefit, one.first, 100_00), law)
        shorter = share_payments(case_of(law, benefit, one.first - 1, 100_00), law)
        saved = sum(share.municipality or 0 for share in longer) - sum(share.municipality or 0 for share in shorter)
        assert saved == week_less(law, benefit, one.first, 100_00).municipality


def test_week_ten_of_sixty_under_the_rules_of_2010_and_now() -> None:
    """In 2010 activation alone paid; on the ladder only work does, and a job pays most of all."""
    old = choices(model(2010), "kontanthjaelp", 60, 100_00, 10)
    now = choices(model(2024), "kontanthjaelp", 60, 100_00, 10)
    assert (of(old, "oevo"), of(old, "job-for-a-week"), of(old, "job-for-good")) == (30_00, 65_00, 51 * 65_00)
    assert of(now, "oevo") == 0
    assert of(now, "job-for-a-week") == 80_00  # one week fewer: the dearest week of the course is the one that goes
    assert of(now, "job-for-good") == 17 * 60_00 + 26 * 70_00 + 8 * 80_00


def test_a_week_the_case_does_not_have() -> None:
    with pytest.raises(ValueError, match="no week 61"):
        choices(model(2024), "kontanthjaelp", 60, 100_00, 61)


def test_the_rules_of_2010_reward_activation_for_its_own_sake() -> None:
    found = [one for one in kinks(model(2010), ["kontanthjaelp", "dagpenge"]) if one.kind is Kind.ACTIVITY]
    assert {(one.benefit, one.dear, one.cheap) for one in found} == {
        ("kontanthjaelp", 65_00, 35_00), ("dagpenge", 50_00, 25_00),
    }  # fmt: skip
    kontanthjaelp = next(one for one in found if one.benefit == "kontanthjaelp")
    assert kontanthjaelp.longer == 8  # ten active weeks at 35 cost as much as 5.4 passive ones at 65


def test_the_rules_of_2011_reward_some_kinds_of_activation() -> None:
    found = {one.activity for one in kinks(model(2011), ["kontanthjaelp"])}
    assert found == {"virksomhedspraktik", "loentilskud", "ordinaer-uddannelse"}


def test_weeks_the_state_pays_alone_give_the_municipality_nothing_to_gain() -> None:
    (free,) = [one for one in kinks(model(2011), ["sygedagpenge"]) if one.kind is Kind.NO_GAIN]
    assert (free.first, free.last) == (1, 4)


def test_the_ladder_rewards_no_form_and_no_waiting() -> None:
    assert kinks(model(2024), ["kontanthjaelp", "dagpenge", "sygedagpenge", "ledighedsydelse"]) == []


def test_a_flat_rate_has_no_such_step(tmp_path: Path) -> None:
    file = tmp_path / "flad.yaml"
    file.write_text(FLAT, encoding="utf-8")
    law, ids = with_regime_files(ff.load(), [str(file)])
    day = tariff().last - 365
    flat = tariff_of(law, day, day + 100, regimes=ids)
    assert kinks(models(flat)[-1]) == []
    assert {one.rate for one in case_types(models(flat)[-1], 100_00, ["kontanthjaelp", "sygedagpenge"])} == {50_00}


def test_the_share_of_a_whole_case() -> None:
    """60 weeks at 100 kr. give 2,140 kr.; of a case whose old share nobody knows the average is not known."""
    assert average_share(model(2024), "kontanthjaelp", 60) == 35_67
    assert average_share(model(2012), "uddannelseshjaelp", 60) is None


def test_a_flat_rate_as_a_thought_costs_the_same_in_every_week_and_skews_nothing() -> None:
    thought = flat(model(2010), 40_00)
    assert kinks(thought) == []
    assert [(one.first, one.last, one.rate) for one in case_types(thought, 100_00, ["sygedagpenge"])] == [
        (1, None, 40_00)
    ]
    assert week_less(thought, "kontanthjaelp", 70, 100_00).municipality == 60_00
    assert share_payments(case_of(thought, "su", 1, 100_00), thought)[0].shared is False
