"""A change of benefit: everything follows but the two spells, nothing is asked again, and the clocks are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from fodfaeste.casework.access.models import Lookup, User
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.courses.taking import Line
from fodfaeste.facts import Case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.case_lines import with_lines
from fodfaeste.interfaces.web.caseworker.clocks import What, clocks_between
from tests.web.caseworker.anna import GOAL, address, make_anna, text_of

As = Callable[[User], Client]
TODAY = date(2026, 9, 1)
REGIMES = (None, (), ("djof-02",), ("eg-01-groups",), ("djof-07",))


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    """Ill since May; on dagpenge before."""
    return make_anna(caseworker, TODAY)


def sent(**more: Any) -> dict[str, Any]:
    return {"token": str(uuid4()), "on": TODAY.isoformat(), "benefit": "", "group": "", "regime": ""} | more


def to_work_assistance(**more: Any) -> dict[str, Any]:
    return sent(benefit="kontanthjaelp", group="kh-jobparat", along=["foerste-henvendelse"], **more)


def standing(course: Course) -> list[tuple[str, str, date, date | None]]:
    rows = Spell.objects.filter(course=course, kind__in=("ydelse", "maalgruppe"), standing=True).order_by("period")
    return [(row.kind, next(iter(row.attrs.values())), row.period.lower, row.period.upper) for row in rows]


def test_the_clocks_stand_before_anything_is_saved(client_as: As, caseworker: User, anna: Course) -> None:
    before = standing(anna)
    said = text_of(client_as(caseworker).post(address(anna, "skift/"), to_work_assistance(vis="1")))
    clocks = said[said.index("Det gør loven ved fristerne") :]
    assert re.search(r"Begynder .*Fire jobsamtaler i kommunen på seks måneder LAB § 31", clocks)
    assert re.search(
        r"Falder bort .*Første opfølgningssamtale inden udgangen af ottende uge|Falder bort .* SDL § ", clocks
    )
    assert "Gem skiftet" in clocks
    assert standing(anna) == before


def test_a_look_ahead_is_no_change_in_the_log(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    client.post(address(anna, "skift/"), to_work_assistance(vis="1"))
    client.post(address(anna, "skift/"), to_work_assistance(gem="1"))
    assert list(Lookup.objects.filter(page="shift").order_by("pk").values_list("action", flat=True)) == [
        "view", "change"
    ]  # fmt: skip


def test_one_save_ends_and_begins_and_leaves_the_rest(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    facts, events = Fact.objects.filter(course=anna).count(), Event.objects.filter(course=anna).count()
    answer = client.post(address(anna, "skift/"), to_work_assistance(gem="1"))
    assert sorted(row for row in standing(anna) if row[3] is None) == [
        ("maalgruppe", "kh-jobparat", TODAY, None), ("ydelse", "kontanthjaelp", TODAY, None)
    ]  # fmt: skip
    ended = {row[:2]: row[3] for row in standing(anna) if row[3] is not None}
    assert (ended["ydelse", "sygedagpenge"], ended["maalgruppe", "syg"]) == (TODAY, TODAY)
    assert (Fact.objects.filter(course=anna).count(), Event.objects.filter(course=anna).count()) == (facts, events + 1)
    anna.refresh_from_db()
    assert anna.caseworker == caseworker
    said = text_of(client.get(answer["Location"]))
    assert "Skift af ydelse eller målgruppe er gemt" in said
    assert re.search(r"Ydelse siden 1\. september 2026 \(kontanthjælp\)", said)
    assert "LAB § 31" in said[said.index("Det gør loven ved fristerne") :]
    assert GOAL in text_of(client.get(address(anna)))


def test_what_runs_is_untouched_when_only_the_group_changes(client_as: As, caseworker: User, anna: Course) -> None:
    client_as(caseworker).post(address(anna, "skift/"), sent(group="jaf", gem="1"))
    assert [row[1] for row in standing(anna) if row[3] is None] == ["sygedagpenge", "jaf"]


def test_a_benefit_can_end_without_another(client_as: As, caseworker: User, anna: Course) -> None:
    client_as(caseworker).post(address(anna, "skift/"), sent(benefit="ingen", group="ingen", gem="1"))
    assert [row for row in standing(anna) if row[3] is None] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, "Intet er valgt"),
        ({"benefit": "sygedagpenge"}, "Sådan er det allerede den dag"),
        ({"benefit": "kontanthjaelp", "on": "2026-05-04"}, "begyndte samme dag"),
        ({"benefit": "kontanthjaelp", "on": "2026-02-01"}, "Der står allerede noget fra 4. maj 2026"),
        ({"benefit": "kontanthjaelp", "on": ""}, "Skriv den første dag med det nye"),
        ({"benefit": "kontanthjaelp", "on": "2026-10-01", "along": ["tilmelding"]}, "Skiftet ligger i fremtiden"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(
    client_as: As, caseworker: User, anna: Course, wrong: dict[str, Any], said: str
) -> None:
    before = standing(anna)
    answer = client_as(caseworker).post(address(anna, "skift/"), sent(**wrong, gem="1"))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert standing(anna) == before


def test_a_shift_taken_back_leaves_all_as_it_was(client_as: As, caseworker: User, anna: Course) -> None:
    client, before = client_as(caseworker), standing(anna)
    answer = client.post(address(anna, "skift/"), to_work_assistance(gem="1"))
    assert standing(anna) != before
    client.post(answer["Location"])
    assert standing(anna) == before


def test_the_clocks_can_be_seen_under_other_rules(client_as: As, caseworker: User, anna: Course) -> None:
    said = text_of(client_as(caseworker).post(address(anna, "skift/"), to_work_assistance(vis="1", regime="djof-02")))
    assert "Djøf 2: en ny ydelse må ikke betyde, at man starter forfra" in said
    assert "ikke gældende ret" in said


# -- three shifts, and not one question asked again (S3-13) ----------------------------------------------------------

SHIFTS = (
    (date(2026, 9, 1), {"benefit": "kontanthjaelp", "group": "kh-jobparat", "along": ["foerste-henvendelse"]}),
    (date(2026, 10, 1), {"benefit": "dagpenge", "group": "dp", "along": ["tilmelding", "dp-indplacering"]}),
    (date(2026, 11, 2), {"benefit": "sygedagpenge", "group": "syg", "along": ["foerste-fravaersdag"]}),
)


def known(course: Course) -> dict[str, object]:
    return dict(Fact.objects.filter(course=course).order_by("pk").values_list("field", "value"))


def test_three_shifts_ask_nothing_again_and_each_clock_has_its_section(
    client_as: As, caseworker: User, anna: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, facts, asked_again = client_as(caseworker), known(anna), []
    for day, change in SHIFTS:
        monkeypatch.setenv("FODFAESTE_TODAY", day.isoformat())
        earlier = case_of(anna, rulebooks.law().vocabulary)
        html = client.get(address(anna, "skift/")).content.decode()
        asked_again += [name for name in facts if f'name="svar-{name}"' in html or f'name="{name}"' in html]
        answer = client.post(address(anna, "skift/"), sent(on=day.isoformat(), gem="1", **change))
        assert answer.status_code == 302, text_of(answer)
        every_clock_has_its_section(day, earlier, case_of(anna, rulebooks.law().vocabulary))
    assert asked_again == []
    assert known(anna) == facts
    assert [row[1] for row in standing(anna) if row[0] == "ydelse"] == [
        "dagpenge", "sygedagpenge", "kontanthjaelp", "dagpenge", "sygedagpenge"
    ]  # fmt: skip
    assert anna.caseworker == caseworker


def every_clock_has_its_section(day: date, earlier: Case, later: Case) -> None:
    for regimes in REGIMES:
        book = rulebooks.rulebook_of(day, "odense", regimes)
        clocks = clocks_between(book, earlier, later, rulebooks.words(book))
        assert clocks.of(What.BEGINS, What.RESTARTS), regimes
        assert [clock.norm for clock in clocks.changed if not clock.ref] == []
        assert all(clock.before or clock.after for clock in clocks.changed)


def test_the_proposal_against_starting_over_lets_the_clock_run_on(anna: Course) -> None:
    """The period that conversations are counted over begins anew by law with a new request for help."""
    vocabulary = rulebooks.law().vocabulary
    case = case_of(anna, vocabulary)
    ends = [replace(one, end=to_day(TODAY) - 1) for one in case.spells if one.end is None]
    lines = [
        Line("ydelse", True, TODAY, None, {"type": "kontanthjaelp"}),
        Line("maalgruppe", True, TODAY, None, {"gruppe": "kh-jobparat"}),
        Line("foerste-henvendelse", False, TODAY),
    ]
    later = with_lines(case, vocabulary, lines, ends)
    counted_from = {}
    for regimes in ((), ("djof-02",)):
        book = rulebooks.rulebook_of(TODAY, "odense", regimes)
        found = clocks_between(book, case, later, rulebooks.words(book)).all
        counted_from[regimes] = next(clock.after for clock in found if clock.norm == "lab.9.periode-start")
    assert counted_from == {(): "1. september 2026", ("djof-02",): "19. april 2025"}
