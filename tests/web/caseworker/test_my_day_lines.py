"""What a case demands on a day, line by line: no database, no words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import fodfaeste as ff
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, due_first, lines_of
from fodfaeste.reasoning import Status
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, ago


@pytest.fixture(scope="module")
def book():
    return ff.resolve(ff.load(), DAY, "odense")


def lines(book, case) -> list[Line]:
    return list(lines_of(book, view_case(ff.read(case), book.vocabulary, to_day(DAY))))


def of(found: list[Line], section: Section, owed_by: str = "kommune") -> dict[str, Line]:
    return {line.norm: line for line in found if line.section == section and line.owed_by == owed_by}


def test_a_duty_with_a_last_day_is_due_and_counts_what_was_held(book) -> None:
    due = of(lines(book, day_cases.job_ready()), Section.DUE)
    talks = due["lab.31.samtaler.kommune"]
    assert (talks.due, talks.count, talks.required, talks.done_by) == (date(2026, 12, 20), 1, 4, "jobsamtale")
    assert not talks.late


def test_a_duty_past_its_last_day_is_late(book) -> None:
    late = of(lines(book, day_cases.in_fleksjob()), Section.DUE)["lab.121.opfoelgning"]
    assert late.late
    assert late.due == date(2026, 8, 2)


def test_what_somebody_asked_for_says_what_and_when(book) -> None:
    asked = of(lines(book, day_cases.wishing()), Section.ASKED)
    assert {line.asked_on for line in asked.values()} == {date(2026, 8, 17)}
    assert {line.wish for line in asked.values()} == {("anmodningstype", "fysisk-samtale")}
    assert {"lab.33.ret-fysisk", "rsl.4.fysisk-moede"} <= set(asked)


def test_a_right_nobody_used_is_no_line(book) -> None:
    assert not of(lines(book, day_cases.job_ready()), Section.ASKED)
    assert "lab.33.ret-fysisk" not in {line.norm for line in lines(book, day_cases.job_ready())}


def test_the_latest_wish_counts_where_a_norm_is_about_the_person(book) -> None:
    case = day_cases.wishing()
    case["events"].append({"kind": "anmodning", "om": "fysisk-samtale", "date": ago(1)})
    asked = of(lines(book, case), Section.ASKED)
    assert asked["lab.33.ret-fysisk"].asked_on == date(2026, 8, 19)


def test_a_granted_wish_is_gone(book) -> None:
    case = day_cases.wishing()
    case["events"] += [
        {"kind": "jobsamtale", "holder": "kommune", "form": "fysisk", "date": ago(1)},
        {"kind": "anmodning-svar", "date": ago(1)},
    ]
    assert not of(lines(book, case), Section.ASKED)


def test_what_waits_for_knowledge_is_unknown_not_due(book) -> None:
    found = lines(book, day_cases.sick())
    assert "sdl.13b.foerste" in of(found, Section.WAITING)
    assert all(line.status == Status.UNKNOWN for line in found if line.section == Section.WAITING)


def test_a_duty_without_a_last_day_stands_apart(book) -> None:
    assert "rsl.12.besked" in of(lines(book, day_cases.sick()), Section.NO_DAY)


def in_a_traineeship(began: int, ends: int) -> dict[str, Any]:
    """Job-ready, in a traineeship longer than the law allows."""
    case = day_cases.job_ready()
    offer = {"kind": "tilbud", "type": "virksomhedspraktik", "sektor": "privat"}
    case["spells"].append(offer | {"from": ago(began), "to": ago(ends)})
    return case


def test_what_can_still_be_mended_stands_apart_from_what_is_over(book) -> None:
    running = lines(book, in_a_traineeship(began=40, ends=-5))
    assert "lab.61.fire-uger" in of(running, Section.BREACHED)
    over = lines(book, in_a_traineeship(began=50, ends=1))
    assert "lab.61.fire-uger" in of(over, Section.MISSED)
    assert "lab.61.fire-uger" not in of(over, Section.BREACHED)


def test_what_begins_later_has_a_first_day(book) -> None:
    later = of(lines(book, day_cases.sick()), Section.LATER)
    assert later
    assert all(line.start is not None and line.start > DAY for line in later.values())


def test_what_the_citizen_owes_is_hers(book) -> None:
    found = lines(book, day_cases.job_ready())
    assert of(found, Section.DUE, "borger")
    assert not set(of(found, Section.DUE, "borger")) & set(of(found, Section.DUE))


def test_first_is_what_is_due_first_and_last_what_has_no_day() -> None:
    def line(norm: str, due: date | None) -> Line:
        return Line(1, norm, 0, Section.DUE, Status.OPEN, "kommune", due=due)

    found = due_first([line("c", None), line("b", date(2026, 9, 1)), line("a", date(2026, 8, 1))])
    assert [one.norm for one in found] == ["a", "b", "c"]
