"""Every form of duty on Hven, and the order in which its status is found."""

from pathlib import Path
from typing import Any

import pytest

from tests.reasoning.asking import ask, event, spell, status
from tests.rulebook.hven import island, norm

KEEPER = [spell("service", "2024-06-01", trade="keeper")]
GROWN = {"born": "1980-01-01", "married": False, "lamp": "gas"}


def watch(date: str, lamp: str | None = "oil", alone: bool | None = True) -> dict[str, Any]:
    return event("watch", date, lamp=lamp, alone=alone)


# once … by


@pytest.mark.parametrize(
    ("on", "oaths", "said"),
    [
        ("2024-06-01", [], "open"),
        ("2024-06-15", [], "open"),  # the last day is in it
        ("2024-06-16", [], "late"),
        ("2024-06-16", ["2024-06-15"], "met"),
        ("2024-06-16", ["2024-06-16"], "met_late"),
        ("2024-06-10", ["2024-06-11"], "open"),  # not yet sworn that day
        ("2024-06-16", ["2024-05-02"], "met"),  # counted from thirty days before
        ("2024-06-16", ["2024-05-01"], "late"),
    ],
)
def test_the_oath_is_due_two_weeks_after_service_begins(on: str, oaths: list[str], said: str) -> None:
    assert status("lighthouse.2.oath", on, spells=KEEPER, events=[event("oath", d) for d in oaths]) == said


def test_what_is_said_of_a_duty() -> None:
    events = [event("oath", "2024-06-02"), event("oath", "2024-06-03")]
    assert ask("lighthouse.2.oath", "2024-06-20", spells=KEEPER, events=events) == {
        "status": "met", "start": "2024-06-01", "due": "2024-06-15", "count": 2, "required": 1, "met_on": "2024-06-02",
    }  # fmt: skip
    assert ask("lighthouse.2.oath", "2024-06-20") == {"status": "not_applicable"}


# at_least … within, where and where_not


def test_three_lone_watches_are_met_on_the_day_of_the_third() -> None:
    events = [watch("2024-06-01"), watch("2024-06-02"), watch("2024-06-20", "gas"), watch("2024-06-25")]
    answer = ask("lighthouse.2.watches", "2024-06-28", facts=GROWN, spells=KEEPER, events=events)
    assert (answer["status"], answer["count"], answer["required"], answer["met_on"]) == ("met", 4, 3, "2024-06-20")
    answer = ask("lighthouse.2.watches", "2024-06-19", facts=GROWN, spells=KEEPER, events=events)
    assert (answer["status"], answer["count"], answer["due"]) == ("open", 2, "2024-06-30")


def test_watches_with_others_or_by_electric_light_do_not_count() -> None:
    events = [watch("2024-06-01", alone=False), watch("2024-06-02", "electric"), watch("2024-05-31")]
    assert ask("lighthouse.2.watches", "2024-06-28", facts=GROWN, spells=KEEPER, events=events)["count"] == 0


def test_an_event_of_uncertain_kind_decides_only_when_it_matters() -> None:
    sure = [watch("2024-06-01"), watch("2024-06-02")]
    perhaps = watch("2024-06-03", alone=None)
    case = {"facts": GROWN, "spells": KEEPER}
    assert status("lighthouse.2.watches", "2024-06-28", **case, events=[*sure, perhaps]) == "unknown"
    assert status("lighthouse.2.watches", "2024-06-28", **case, events=[*sure, perhaps, watch("2024-06-04")]) == "met"
    assert status("lighthouse.2.watches", "2024-06-28", **case, events=[perhaps]) == "open"
    assert status("lighthouse.2.watches", "2024-06-28", **case, events=sure, unobserved=["watch"]) == "unknown"


def test_met_late_is_only_said_when_nothing_uncertain_may_have_met_it_in_time(tmp_path: Path) -> None:
    """Due on 30 June. The third certain watch came on 2 July; one of uncertain kind in June may have been the third."""
    must = "{at_least: 3, of: watch, where: {alone: true}, from: date('2024-06-01'), until: 2024-06-30}"
    law = island(tmp_path, norm("lighthouse.1.t", "duty", f"must: {must}"))
    sure, third = [watch("2024-06-01"), watch("2024-06-02")], watch("2024-07-02")

    def said(*events: dict[str, Any], **more: Any) -> Any:
        return status("lighthouse.1.t", "2024-07-05", law=law, events=list(events), **more)

    assert said(*sure, third) == "met_late"
    assert said(*sure, watch("2024-06-20", alone=None), third) == "unknown"
    assert said(*sure, watch("2024-07-01", alone=None), third) == "met_late"
    assert said(*sure, third, unobserved=["watch"]) == "unknown"


# until, and a spell as what is done


@pytest.mark.parametrize(
    ("on", "leave", "said"),
    [
        ("2024-12-31", None, "open"),
        ("2024-12-31", "2024-12-31", "met"),
        ("2024-12-30", "2024-12-31", "open"),  # leave that is planned has not begun
        ("2024-06-15", "2023-12-31", "open"),
    ],
)
def test_relief_is_met_by_a_leave_that_begins_by_the_last_day_itself(on: str, leave: str | None, said: str) -> None:
    spells = [*KEEPER, *([spell("shore-leave", leave)] if leave else [])]
    assert status("lighthouse.2.relief", on, spells=spells) == said


# by a day that is reckoned out


def test_a_last_day_may_be_any_day_that_can_be_reckoned() -> None:
    fog = spell("fog", "2024-06-02", "2024-06-11")
    answer = ask("lighthouse.2.beacon", "2024-06-13", spells=[*KEEPER, fog])
    assert (answer["status"], answer["start"], answer["due"]) == ("open", "2024-06-11", "2024-06-13")
    assert status("lighthouse.2.beacon", "2024-06-14", spells=[*KEEPER, fog]) == "late"


def test_a_start_that_is_never_is_not_yet() -> None:
    assert ask("lighthouse.2.beacon", spells=KEEPER) == {"status": "not_yet", "count": 0, "required": 1}


# every


@pytest.mark.parametrize(
    ("on", "inspections", "due", "said"),
    [
        ("2024-06-15", [], "2024-07-13", "open"),  # first: six weeks
        ("2024-07-14", [], "2024-07-13", "late"),
        ("2024-07-14", ["2024-07-14"], "2024-10-14", "open"),  # it begins again
        ("2024-12-01", ["2024-08-31"], "2024-11-30", "late"),
        ("2024-12-01", ["2024-08-31", "2024-09-01"], "2024-12-01", "open"),
        ("2024-07-14", ["2024-05-31"], "2024-07-13", "late"),  # before service began
    ],
)
def test_an_inspection_every_three_months_after_the_latest(
    on: str, inspections: list[str], due: str, said: str
) -> None:
    answer = ask("lighthouse.2.polish", on, spells=KEEPER, events=[event("inspection", d) for d in inspections])
    assert (answer["status"], answer["due"]) == (said, due)


def test_without_first_the_first_time_is_like_the_others() -> None:
    assert ask("lighthouse.2.sweep", "2024-06-08", spells=KEEPER)["due"] == "2024-06-08"
    assert (
        ask("lighthouse.2.sweep", "2024-06-08", spells=KEEPER, events=[event("letter", "2024-06-07")])["due"]
        == "2024-06-14"
    )


def test_a_returning_duty_is_unknown_when_the_latest_event_is() -> None:
    assert status("lighthouse.2.polish", spells=KEEPER, unobserved=["inspection"]) == "unknown"


# agreed, not_before


@pytest.mark.parametrize(
    ("on", "agreed", "letter", "said"),
    [
        ("2024-06-15", None, None, "unknown"),  # unknown until agreed
        ("2024-06-15", "2024-06-15", None, "open"),
        ("2024-06-16", "2024-06-15", None, "late"),
        ("2024-06-16", "2024-06-15", "2024-06-01", "met"),
        ("2024-06-16", "2024-06-15", "2024-06-16", "met_late"),
    ],
)
def test_the_chart_is_due_on_the_agreed_day(on: str, agreed: str | None, letter: str | None, said: str) -> None:
    facts = {"trade": "stargazer", "agreed_day": agreed}
    events = [event("letter", letter)] if letter else []
    assert status("lighthouse.2.chart", on, facts=facts, events=events) == said


@pytest.mark.parametrize(
    ("on", "watches", "said"),
    [
        ("2024-06-15", [], "not_yet"),
        ("2024-06-30", [], "not_yet"),
        ("2024-07-01", [], "met"),  # free from the day itself
        ("2024-07-02", [watch("2024-07-01")], "met"),
        ("2024-06-15", [watch("2024-06-14")], "breached"),
        ("2024-08-01", [watch("2024-06-30")], "breached"),
        ("2024-06-15", [watch("2023-12-31")], "not_yet"),  # before the ban began
        ("2024-06-15", [watch("2024-06-14", "electric")], "not_yet"),
        ("2024-06-15", [watch("2024-06-14", None)], "unknown"),
    ],
)
def test_gazing_too_early_is_a_breach(on: str, watches: list[dict[str, Any]], said: str) -> None:
    facts = {"trade": "stargazer", "agreed_day": "2024-07-01"}
    assert status("lighthouse.2.gaze", on, facts=facts, events=watches) == said


def test_a_ban_to_an_unknown_day_is_unknown() -> None:
    assert status("lighthouse.2.gaze", facts={"trade": "stargazer"}) == "unknown"


# unstated, promise, workdays


def test_a_duty_without_a_last_day_is_open_until_met_and_never_late() -> None:
    answer = ask("lighthouse.2.repaint", "2034-06-15", spells=KEEPER)
    assert answer == {"status": "open", "start": "2024-06-01", "count": 0, "required": 1, "promise": "2024-07-01"}
    assert status("lighthouse.2.repaint", "2034-06-15", spells=KEEPER, events=[event("letter", "2034-06-14")]) == "met"


def test_a_promise_stands_beside_the_last_day_of_the_law() -> None:
    sworn = [event("oath", "2024-06-14")]  # a Friday
    answer = ask("lighthouse.2.report", "2024-06-19", spells=KEEPER, events=sworn)
    assert (answer["promise"], answer["due"]) == ("2024-06-19", "2024-06-21")
    answer = ask("thing.1.letter", "2024-06-20", "backviken", events=[event("afgoerelse", "2024-06-14", type="pass")])
    assert (answer[0]["promise"], answer[0]["due"]) == ("2024-06-17", "2024-06-21")


def test_a_promise_to_return_counts_from_the_latest_event() -> None:
    events = [event("inspection", "2024-06-10")]
    assert ask("lighthouse.2.polish", place="backviken", spells=KEEPER, events=events)["promise"] == "2024-07-10"
    assert ask("lighthouse.2.polish", place="backviken", spells=KEEPER)["promise"] == "2024-07-01"
    assert ask("lighthouse.2.watches", place="backviken", facts=GROWN, spells=KEEPER)["promise"] == "2024-06-14"


# The order of statuses. One duty in which everything can be so or so.

TRIAL = norm(
    "lighthouse.1.t", "duty",
    "applies: islander, must: {once: watch, where: {alone: true}, from: agreed_day, by: born}, "
    "paused_by: [fog], lapses_when: married",
)  # fmt: skip
WAIVER = norm("lighthouse.1.w", "condition", "value: goats > 3", "excepts: {norms: [lighthouse.1.t], rank: 1}")
BASE: dict[str, Any] = {
    "islander": True,
    "goats": 0,
    "agreed_day": "2024-06-01",
    "born": "2024-06-10",
    "married": False,
}
FOG = spell("fog", "2024-06-12")
DONE, PERHAPS = watch("2024-06-05"), watch("2024-06-05", alone=None)


@pytest.mark.parametrize(
    ("facts", "events", "spells", "said"),
    [
        ({"islander": False}, [DONE], [FOG], "not_applicable"),
        ({"goats": 9}, [DONE], [FOG], "waived"),
        ({"islander": None}, [DONE], [FOG], "unknown"),
        ({"islander": None, "goats": 9}, [DONE], [FOG], "unknown"),
        ({"goats": None}, [DONE], [FOG], "unknown"),
        ({"agreed_day": None}, [DONE], [FOG], "unknown"),
        ({"agreed_day": "2024-06-16"}, [DONE], [FOG], "not_yet"),
        ({}, [DONE], [FOG], "met"),
        ({}, [watch("2024-06-11")], [], "met_late"),
        ({}, [PERHAPS], [FOG], "unknown"),
        ({"married": True}, [DONE], [], "met"),
        ({"married": True}, [], [FOG], "lapsed"),
        ({"married": None}, [], [FOG], "unknown"),
        ({}, [], [FOG], "paused"),
        ({"born": None}, [], [FOG], "paused"),
        ({"born": None}, [], [], "unknown"),
        ({}, [], [], "late"),
        ({"born": "2024-06-15"}, [], [], "open"),
    ],
)
def test_the_first_status_that_fits_is_said(
    tmp_path: Path, facts: dict[str, Any], events: list[Any], spells: list[Any], said: str
) -> None:
    law = island(tmp_path, TRIAL, WAIVER)
    assert ask("lighthouse.1.t", law=law, facts={**BASE, **facts}, events=events, spells=spells)["status"] == said


def test_of_a_duty_that_does_not_apply_nothing_more_is_said(tmp_path: Path) -> None:
    law = island(tmp_path, TRIAL, WAIVER)
    for facts in ({"islander": False}, {"goats": 9}, {"islander": None}):
        assert list(ask("lighthouse.1.t", law=law, facts={**BASE, **facts}, events=[DONE])) == ["status"]


# Demands and standing duties


@pytest.mark.parametrize(
    ("sleep", "spells", "said"),
    [(7, KEEPER, "met"), (6.99, KEEPER, "breached"), (None, KEEPER, "unknown"), (3, [], "not_applicable")],
)
def test_a_demand_is_met_or_breached(sleep: float | None, spells: list[Any], said: str) -> None:
    assert status("lighthouse.3.sleep", facts={"sleep": sleep}, spells=spells) == said


def test_a_demand_whose_rate_nobody_wrote_down_is_unknown() -> None:
    assert status("lighthouse.3.sleep", "2026-06-15", facts={"sleep": 3}, spells=KEEPER) == "unknown"


def test_a_duty_no_event_can_show_stands() -> None:
    assert ask("lighthouse.3.bell", spells=KEEPER) == {"status": "standing"}
    assert ask("lighthouse.3.bell") == {"status": "not_applicable"}
    assert ask("lighthouse.3.bell", unobserved=["service"]) == {"status": "unknown"}


# Quotas and rights that oblige


def test_a_quota_says_who_is_a_member() -> None:
    assert ask("goat.2.half", facts={"trade": "goatherd", "islander": True}) is True
    assert ask("goat.2.half", facts={"trade": "keeper", "islander": True}) is False
    assert ask("goat.2.half", facts={"trade": "goatherd"}) == "unknown"


def test_a_right_may_oblige_the_other_side() -> None:
    events = [event("milking", "2024-06-10", litres=3)]
    assert ask("goat.1.milk", facts={"islander": True}, events=events)["due"] == "2024-06-18"
    assert ask("goat.1.milk", facts={"islander": False}, events=events) == {"status": "not_applicable"}
    assert ask("goat.1.milk", facts={"islander": True}) == {"status": "unknown", "count": 0, "required": 1}
