"""Shore leave and influenza move the last day: their days do not count."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.foundation import FAR
from fodfaeste.reasoning import plainly
from tests.reasoning.asking import ask, event, spell
from tests.rulebook.hven import island, norm

KEEPER = spell("service", "2024-06-01", trade="keeper")
GROWN = {"born": "1980-01-01", "married": False, "lamp": "gas"}
WATCHES = [event("watch", f"2024-06-0{day}", lamp="oil", alone=True) for day in (2, 3, 4)]


def watches(on: str, *pauses: dict[str, Any], events: Any = (), **more: Any) -> dict[str, Any]:
    """The three watches of June, without pauses due on 30 June."""
    answer: dict[str, Any] = ask(
        "lighthouse.2.watches", on, facts=GROWN, spells=[KEEPER, *pauses], events=list(events), **more
    )
    return answer


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2024-06-30"),
        ([("shore-leave", "2024-06-10", "2024-06-16")], "2024-07-07"),
        ([("shore-leave", "2024-06-10", "2024-06-10")], "2024-07-01"),
        # overlapping days count once, whatever the kind
        ([("shore-leave", "2024-06-10", "2024-06-16"), ("influenza", "2024-06-14", "2024-06-18")], "2024-07-09"),
        ([("influenza", "2024-06-10", "2024-06-16"), ("influenza", "2024-06-12", "2024-06-13")], "2024-07-07"),
        # touching, and with a day between
        ([("influenza", "2024-06-10", "2024-06-11"), ("shore-leave", "2024-06-12", "2024-06-13")], "2024-07-04"),
        ([("influenza", "2024-06-10", "2024-06-11"), ("shore-leave", "2024-06-13", "2024-06-13")], "2024-07-03"),
        # before the start, over the start, on the last day, after it
        ([("influenza", "2024-05-01", "2024-05-20")], "2024-06-30"),
        ([("influenza", "2024-05-20", "2024-06-05")], "2024-07-04"),
        ([("influenza", "2024-06-01", "2024-06-01")], "2024-06-30"),  # days are counted after the first
        ([("influenza", "2024-06-30", "2024-07-04")], "2024-07-05"),
        ([("influenza", "2024-07-01", "2024-07-04")], "2024-06-30"),
        # a pause in the days another pause added
        ([("influenza", "2024-06-10", "2024-06-19"), ("shore-leave", "2024-07-05", "2024-07-06")], "2024-07-12"),
        # other spells are no pause
        ([("fog", "2024-06-10", "2024-06-16")], "2024-06-30"),
    ],
)
def test_a_pause_moves_the_last_day_by_its_days(pauses: list[tuple[str, str, str]], due: str) -> None:
    assert watches("2024-06-02", *(spell(*one) for one in pauses))["due"] == due


def test_met_in_time_stays_met_though_nobody_wrote_down_the_pauses(tmp_path: Path) -> None:
    """A pause can only move the last day later, so what was in time without one was in time."""
    must = "must: {once: oath, from: date('2024-06-01'), until: 2024-06-30}, paused_by: [influenza]"
    law = island(tmp_path, norm("lighthouse.1.t", "duty", must))

    def sworn(day: str, **more: Any) -> Any:
        return ask("lighthouse.1.t", "2024-07-05", law=law, events=[event("oath", day)], **more)

    hidden = {"unobserved": ["influenza"]}
    assert sworn("2024-06-30")["due"] == "2024-06-30"
    assert sworn("2024-06-30", **hidden) == {
        "status": "met", "start": "2024-06-01", "count": 1, "required": 1, "met_on": "2024-06-30",
    }  # fmt: skip
    assert sworn("2024-07-01")["status"] == "met_late"
    assert sworn("2024-07-01", **hidden)["status"] == "unknown"


def test_a_promise_is_moved_by_pauses_as_the_last_day_is() -> None:
    """At Backviken the three watches are promised within two weeks."""
    promised = {"place": "backviken"}
    assert watches("2024-06-05", **promised)["promise"] == "2024-06-14"
    ill = spell("influenza", "2024-06-10", "2024-06-16")
    answer = watches("2024-06-05", ill, **promised)
    assert (answer["promise"], answer["due"]) == ("2024-06-21", "2024-07-07")
    assert watches("2024-06-05", spell("influenza", "2024-05-01", "2024-05-20"), **promised)["promise"] == "2024-06-14"
    assert "promise" not in watches("2024-06-20", spell("influenza", "2024-06-10"), **promised)
    assert "promise" not in watches("2024-06-05", unobserved=["influenza"], **promised)


def test_a_promise_to_return_is_moved_by_the_pauses_since_the_latest_event(tmp_path: Path) -> None:
    duty = norm(
        "lighthouse.1.t", "duty",
        "must: {every: 3 months, of: inspection, from: date('2024-01-01')}, promise: {every: 10 days}, "
        "paused_by: [influenza]",
    )  # fmt: skip
    law = island(tmp_path, duty)
    case = {"events": [event("inspection", "2024-06-01")]}

    def promised(*pauses: dict[str, Any]) -> Any:
        return ask("lighthouse.1.t", "2024-06-08", law=law, spells=list(pauses), **case)["promise"]

    assert promised() == "2024-06-11"
    assert promised(spell("influenza", "2024-05-01", "2024-05-20")) == "2024-06-11"  # before the latest inspection
    assert promised(spell("influenza", "2024-06-03", "2024-06-05")) == "2024-06-14"


def test_an_open_pause_leaves_no_last_day_in_sight() -> None:
    open_ = spell("influenza", "2024-06-10")
    answer = watches("2024-06-20", open_)
    assert answer["status"] == "paused"
    assert "due" not in answer
    assert watches("2025-06-01", open_)["status"] == "paused"


def test_an_open_pause_that_begins_after_the_last_day_is_too_late() -> None:
    assert watches("2024-06-02", spell("influenza", "2024-07-01"))["due"] == "2024-06-30"
    assert "due" not in watches("2024-06-02", spell("influenza", "2024-06-30"))


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2024-06-09", "open"),
        ("2024-06-10", "paused"),
        ("2024-06-16", "paused"),
        ("2024-06-17", "open"),
        ("2024-06-30", "open"),
    ],
)
def test_the_duty_is_paused_on_the_days_of_the_pause(on: str, said: str) -> None:
    assert watches(on, spell("shore-leave", "2024-06-10", "2024-06-16"))["status"] == said


def test_in_the_month_after_the_pause_the_watches_are_of_that_month() -> None:
    """The start is the first of the month asked about: a new month is a new count."""
    answer = watches("2024-07-08", spell("shore-leave", "2024-06-10", "2024-06-16"))
    assert (answer["status"], answer["start"], answer["due"]) == ("open", "2024-07-01", "2024-07-31")


def test_what_is_done_in_a_pause_counts_and_nothing_done_is_undone() -> None:
    pause = spell("shore-leave", "2024-06-02", "2024-06-20")
    assert watches("2024-06-10", pause, events=WATCHES)["status"] == "met"
    assert watches("2024-06-10", pause, events=WATCHES[:2])["status"] == "paused"


@pytest.mark.parametrize("kind", ["shore-leave", "influenza"])
def test_a_pause_nobody_observed_leaves_the_last_day_unknown(kind: str) -> None:
    answer = watches("2024-06-20", unobserved=[kind])
    assert answer["status"] == "unknown"
    assert "due" not in answer
    assert watches("2024-06-20", unobserved=["grazing"])["status"] == "open"


def test_a_returning_duty_is_paused_after_the_latest_event() -> None:
    def polish(*more: dict[str, Any], events: Any = ()) -> Any:
        return ask("lighthouse.2.polish", spells=[KEEPER, *more], events=list(events)).get("due")

    inspected = [event("inspection", "2024-06-05")]
    assert polish(events=inspected) == "2024-09-05"
    assert polish(spell("shore-leave", "2024-06-03", "2024-06-08"), events=inspected) == "2024-09-08"
    assert polish(spell("shore-leave", "2024-06-01", "2024-06-04"), events=inspected) == "2024-09-05"


def test_a_ban_lasts_longer_by_the_days_of_fog() -> None:
    facts = {"trade": "stargazer", "agreed_day": "2024-06-10"}
    fog = spell("fog", "2024-06-01", "2024-06-03")
    seen = [event("watch", "2024-06-12", lamp="oil")]
    assert ask("lighthouse.2.gaze", facts=facts, events=seen)["status"] == "met"
    answer = ask("lighthouse.2.gaze", facts=facts, spells=[fog], events=seen)
    assert (answer["status"], answer["due"]) == ("breached", "2024-06-13")


def test_each_grazing_is_paused_on_its_own() -> None:
    spells = [
        spell("grazing", "2024-06-01", None, coat="brown", goats=3),
        spell("grazing", "2024-06-10", None, coat="white", goats=3),
        spell("shore-leave", "2024-06-05", "2024-06-07"),
    ]
    assert [one["due"] for one in ask("goat.1.talks", spells=spells)] == ["2024-07-02", "2024-07-08"]


# Against counting the days outside pauses one by one

DAYS = st.integers(0, 120)
PAUSES = st.lists(st.tuples(DAYS, st.integers(0, 30)).map(lambda p: (p[0], p[0] + p[1], ())), max_size=6)


@given(PAUSES, DAYS, st.integers(0, 60))
def test_as_many_free_days_pass_as_without_pauses(rows: Any, begin: int, need: int) -> None:
    paused = {day for start, end, _ in rows for day in range(start, end + 1)}
    day, free = begin, 0
    while free < need:
        day += 1
        free += day not in paused
    assert plainly.shifted(plainly.merged(rows, ()), begin, begin + need) == day


@given(PAUSES, DAYS, st.integers(1, 60))
def test_an_open_pause_swallows_what_is_left(rows: Any, begin: int, need: int) -> None:
    ends = [*rows, (begin + 1, FAR, ())]
    assert plainly.shifted(plainly.merged(ends, ()), begin, begin + need) == FAR


@given(PAUSES, DAYS)
def test_never_and_the_past_are_not_moved(rows: Any, begin: int) -> None:
    pauses = plainly.merged(rows, ())
    assert plainly.shifted(pauses, begin, FAR) == FAR
    assert plainly.shifted(pauses, begin, begin - 5) == begin - 5


@given(PAUSES)
def test_merged_pauses_are_apart_in_order_and_cover_the_same_days(rows: Any) -> None:
    pauses = plainly.merged(rows, ())
    assert all(end + 1 < start for (_, end), (start, _) in pairwise(pauses))
    covered = {day for start, end in pauses for day in range(start, end + 1)}
    assert covered == {day for start, end, _ in rows for day in range(start, end + 1)}
