"""The index says what the law says, however it was made, and is never the truth itself."""

from __future__ import annotations

from datetime import date

import pytest

import fodfaeste as ff
from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses import actions
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.casework.inbox.actions import build_index, renew_lines
from fodfaeste.casework.inbox.derive import SHOWN
from fodfaeste.casework.inbox.frames import caseload_of
from fodfaeste.casework.inbox.models import Concern, DutyLine
from fodfaeste.casework.inbox.queries import concerned, derivation_of, load_by_desk, load_by_norm
from fodfaeste.facts import frames_from_views, view_case
from fodfaeste.foundation import to_day
from fodfaeste.population.sample import sample
from tests.casework.rows import odense, store

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 20)
DAY = to_day(TODAY)
AWKWARD = {
    "facts": [{"field": "i_job", "value": True, "from": "2026-01-01", "to": "2026-08-20", "recorded": "2026-08-21"}],
    "spells": [
        {"kind": "maalgruppe", "gruppe": "dp", "from": "2026-08-20"},
        {"kind": "fravaer", "from": "2026-08-01", "to": "2026-08-30"},
        {"kind": "fravaer", "from": "2026-08-20"},
    ],
    "events": [
        {"kind": "jobsamtale", "holder": "kommune", "date": "2026-08-19", "form": "video"},
        {"kind": "jobsamtale", "date": "2026-08-19"},
        {"kind": "jobsamtale", "holder": "a-kasse", "date": "2026-08-19", "faelles": False},
        {"kind": "jobsamtale", "date": "2026-09-19"},
        {"kind": "dagpengetimer", "timer": 160.33, "date": "2026-07-31"},
        {"kind": "anmodning", "om": "samtale", "date": "2026-08-18"},
    ],
    "unobserved": ["tilmelding", "fritagelse-tilbud"],
}


@pytest.fixture(scope="module")
def book():
    return ff.resolve(ff.load(), TODAY, "Odense")


@pytest.fixture
def courses(book) -> list[Course]:
    cases = [*sample(book.vocabulary, 40, 11, DAY), ff.read(AWKWARD)]
    return [store(case) for case in cases]


def test_columns_from_the_tables_are_the_columns_of_the_cases(book, courses) -> None:
    caseload = caseload_of(461, DAY, book.vocabulary)
    cases = cases_of(courses, book.vocabulary)
    views = [view_case(cases[course], book.vocabulary, DAY) for course in caseload.courses.tolist()]
    expected = frames_from_views(views, book.vocabulary, DAY)
    assert caseload.courses.tolist() == sorted(course.pk for course in courses)
    for name, column in expected.fields.items():
        assert caseload.frames.fields[name].tolist() == column.tolist(), name
    for kind in (*book.vocabulary.events, *book.vocabulary.spells):
        part = "events" if kind in expected.events else "spells"
        given, wanted = getattr(caseload.frames, part)[kind], getattr(expected, part)[kind]
        assert given.offsets.tolist() == wanted.offsets.tolist(), kind
        for name in ("day",) if part == "events" else ("start", "end"):
            assert getattr(given, name).tolist() == getattr(wanted, name).tolist(), kind
        assert {n: c.tolist() for n, c in given.attrs.items()} == {n: c.tolist() for n, c in wanted.attrs.items()}, kind
        assert _list(given.observed) == _list(wanted.observed), kind


def _list(column):
    return None if column is None else column.tolist()


def _lines() -> list[tuple]:
    return sorted(DutyLine.objects.values_list("course", "norm__norm", "item", "status", "start", "due", "version"))


def test_one_by_one_and_in_columns_the_index_is_the_same(book, courses) -> None:
    build_index(odense(), book, in_columns=False)
    singly, concerns = _lines(), sorted(Concern.objects.values_list("norm__norm", "cases"))
    build_index(odense(), book, in_columns=True)
    assert len(singly) > len(courses)
    assert _lines() == singly
    assert sorted(Concern.objects.values_list("norm__norm", "cases")) == concerns
    assert derivation_of(461).cases == len(courses)


def test_the_index_holds_what_the_library_answers(book, courses) -> None:
    build_index(odense(), book)
    cases = cases_of(courses, book.vocabulary)
    for course in courses:
        expected = {
            (duty.norm, duty.outcome.status, duty.due)
            for duty in ff.duties(book, cases[course.pk], TODAY)
            if duty.outcome.status in SHOWN and (book.norms[duty.norm].must or book.norms[duty.norm].requires)
        }
        found = {
            (norm, status, None if due.year == 9999 else due)
            for norm, status, due in DutyLine.objects.filter(course=course).values_list("norm__norm", "status", "due")
        }
        assert found == expected


def test_what_is_written_shows_in_the_index_at_once(book) -> None:
    course = store(
        ff.read(
            {
                "spells": [
                    {"kind": "maalgruppe", "gruppe": "kh-jobparat", "from": "2026-08-17"},
                    {"kind": "ydelse", "type": "kontanthjaelp", "from": "2026-08-17"},
                ],
                "events": [{"kind": "foerste-henvendelse", "date": "2026-08-17"}],
            }
        )
    )
    build_index(odense(), book)
    before = set(_lines())
    user = User.objects.create_user("kim", kommune=odense())
    attrs = {"holder": "kommune", "form": "fysisk"}
    actions.record_event(course, book.vocabulary, "jobsamtale", TODAY, attrs, user, TODAY)
    renew_lines(course, book)
    renewed = _lines()
    assert set(renewed) != before
    build_index(odense(), book)
    assert _lines() == renewed


def test_a_closed_course_is_in_no_list(book, courses) -> None:
    build_index(odense(), book)
    Course.objects.filter(pk=courses[0].pk).update(closed=TODAY)
    renew_lines(courses[0], book)
    assert not DutyLine.objects.filter(course=courses[0]).exists()


def test_a_leader_sees_what_is_late_by_section_and_by_desk(book, courses) -> None:
    desk = User.objects.create_user("bo", kommune=odense())
    Course.objects.filter(pk__in=[course.pk for course in courses[:20]]).update(caseworker=desk)
    assert concerned(461, ["lab.31.4.foerste"]) is None
    build_index(odense(), book)
    loads = load_by_norm(461, TODAY, date(2026, 9, 3))
    assert sum(load.late for load in loads) == sum(1 for line in _lines() if line[3] in (6, 10)) > 0
    desks = {
        load.caseworker: load for load in load_by_desk(461, [load.norm for load in loads], TODAY, date(2026, 9, 3))
    }
    assert set(desks) == {desk.pk, None}
    assert sum(load.late for load in desks.values()) == sum(load.late for load in loads)
    assert desks[desk.pk].cases_late <= 20
