"""The clarification clock: nine years of beginning anew, seen by the citizen, and put before a leader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.clarifying import Line, clock_of, clock_of_course
from fodfaeste.casework.plans.models import Guarantee
from tests.casework.rows import store
from tests.django_site import as_web, make_citizen_user
from tests.web.caseworker.anna import address, text_of

As = Callable[[User], Client]
TODAY = date(2026, 6, 30)
SINCE = date(2017, 6, 30)
NINE_YEARS = {
    "spells": [
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2017-02-01", "to": "2019-03-31"},
        {"kind": "maalgruppe", "gruppe": "kh-aktivitetsparat", "from": "2017-02-01", "to": "2019-03-31"},
        {"kind": "tilbud", "type": "virksomhedspraktik", "from": "2017-06-30", "to": "2017-09-29"},
        {"kind": "tilbud", "type": "virksomhedspraktik", "from": "2018-02-05", "to": "2018-05-04"},
        {"kind": "maalgruppe", "gruppe": "ressource", "from": "2019-04-01", "to": "2024-03-31"},
        {"kind": "tilbud", "type": "virksomhedspraktik", "from": "2021-09-06", "to": "2021-12-03"},
        {"kind": "maalgruppe", "gruppe": "kh-aktivitetsparat", "from": "2024-04-01"},
        {"kind": "tilbud", "type": "virksomhedspraktik", "from": "2025-01-13", "to": "2025-04-11"},
    ]
}


@pytest.fixture
def nine_years(caseworker: User, kommune: Kommune) -> Course:
    course = store(ff.read(NINE_YEARS), kommune)
    course.caseworker = caseworker
    course.save()
    return course


def test_nine_years_are_counted_from_the_first_measure_with_every_repeat(nine_years: Course) -> None:
    clock = clock_of_course(nine_years, TODAY)
    assert clock is not None
    assert (clock.first, clock.days, clock.repeats) == (SINCE, (TODAY - SINCE).days, 4)


def test_she_sees_the_clock_and_who_promised_what(client_as: As, caseworker: User, nine_years: Course) -> None:
    citizen = client_as(make_citizen_user(nine_years, "herself"))
    said = text_of(citizen.get("/mit/plan/"))
    assert "Afklaringen begyndte 30. juni 2017. Det er 3287 dage siden. Der er begyndt forfra 4 gange." in said
    assert "ingen har lovet en" in said
    typed = {"do": "garanti", "garanti-until": "2026-12-01", "garanti-reason": "Teamet mødes i november"}
    client_as(caseworker).post(address(nine_years, "plan/"), typed)
    said = text_of(citizen.get("/mit/plan/"))
    assert "Kommunen lover en afgørelse senest 1. december 2026. Teamet mødes i november (Mette Holm" in said
    assert citizen.post("/mit/plan/", typed).status_code == 403


def test_it_stands_before_a_leader_until_a_day_is_promised_and_again_when_the_day_is_over(
    client_as: As, caseworker: User, leader: User, nine_years: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name = "/kommunen/afklaring/", nine_years.citizen.name
    assert name in text_of(client_as(leader).get(where))
    assert Lookup.objects.filter(user=leader, course=nine_years.pk, page="clarification").count() == 1
    client_as(caseworker).post(
        address(nine_years, "plan/"),
        {"do": "garanti", "garanti-until": "2026-12-01", "garanti-reason": "Teamet mødes i november"},
    )
    assert name not in text_of(client_as(leader).get(where))
    monkeypatch.setenv("FODFAESTE_TODAY", "2026-12-02")
    assert name in text_of(client_as(leader).get(where))
    assert client_as(caseworker).get(where).status_code == 403


def test_a_promise_wants_a_day_ahead_and_a_reason_and_cannot_be_rewritten(
    client_as: As, caseworker: User, nine_years: Course
) -> None:
    answer = client_as(caseworker).post(
        address(nine_years, "plan/"), {"do": "garanti", "garanti-until": "2026-06-01", "garanti-reason": "snart"}
    )
    assert answer.status_code == 422
    assert "Dagen er gået. Vælg en dag, der kan holdes." in text_of(answer)
    row = Guarantee.objects.create(
        kommune=nine_years.kommune, course=nine_years, until=TODAY, reason="x", by=caseworker
    )
    with as_web():
        bind(nine_years.kommune_id)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Guarantee.objects.filter(pk=row.pk).update(until=TODAY + timedelta(days=900))


SPELLS = [
    Line("maalgruppe", {"gruppe": "jaf"}, date(2022, 1, 10), date(2024, 1, 9)),
    Line("maalgruppe", {"gruppe": "fleks"}, date(2024, 1, 10), None),
]


@pytest.mark.parametrize(
    ("lines", "on", "first"),
    [
        ([], TODAY, None),
        (SPELLS, date(2023, 5, 1), date(2022, 1, 10)),
        (SPELLS, TODAY, None),
        ([*SPELLS, Line("tilkendelsessag", {}, date(2025, 3, 3), None)], TODAY, date(2025, 3, 3)),
        (
            [
                Line("maalgruppe", {"gruppe": "dp"}, date(2025, 1, 1), None),
                Line("tilbud", {"type": "virksomhedspraktik"}, date(2025, 5, 1), date(2025, 6, 1)),
            ],
            TODAY,
            None,
        ),
        (SPELLS, date(2021, 1, 1), None),
    ],
    ids=["nothing", "running", "settled by fleksjob", "a new case after", "a jobseeker's traineeship", "not begun"],
)
def test_what_starts_and_what_settles(lines: list[Line], on: date, first: date | None) -> None:
    clock = clock_of(lines, on)
    assert (clock and clock.first) == first
