"""Receipts: what each form wrote can be found again, by the caseworker and by the citizen, the newest first."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Event
from tests.django_site import make_citizen_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.anna import text_of
from tests.web.caseworker.day_cases import DAY, citizen_of

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.insured(), "Anna Jensen")


def place(course: Course, page: str) -> str:
    return f"/borger/{course.citizen.reference}/{page}/"


@pytest.fixture
def mette(client_as: As, caseworker: User, course: Course) -> Client:
    """She has written a conversation, an absence and a change of benefit, in that order."""
    client = client_as(caseworker)
    talk = {
        "token": str(uuid4()), "kind": "jobsamtale", "on": (DAY - timedelta(days=1)).isoformat(), "way": "telefon",
        "note": "Godt", "next_form": "telefon",
    }  # fmt: skip
    assert client.post(place(course, "samtale"), talk).status_code == 302
    absence = {"token": str(uuid4()), "first": DAY.isoformat(), "note": ""}
    assert client.post(place(course, "skridt/fravaer"), absence).status_code == 302
    shift = {"token": str(uuid4()), "on": DAY.isoformat(), "benefit": "kontanthjaelp", "group": "kh-jobparat",
             "regime": "", "gem": "1"}  # fmt: skip
    assert client.post(place(course, "skift"), shift).status_code == 302
    return client


def labels(response: object) -> list[str]:
    html = response.content.decode()  # type: ignore[attr-defined]
    part = html[html.index('class="receipt-list') :]
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<h2>(.*?)</h2>", part, re.DOTALL)]


def test_the_newest_stands_first_and_each_leads_to_the_whole_receipt(mette: Client, course: Course) -> None:
    page = mette.get(place(course, "kvitteringer"))
    assert [labels(page)[0], labels(page)[2]] == ["Skift af ydelse eller målgruppe", "Samtale"]
    said = text_of(page)
    assert "Skrevet 20. august 2026 kl." in said
    assert "af Mette Holm" in said
    assert "Ydelse siden 20. august 2026 (kontanthjælp)" in said
    links = re.findall(r'<h2><a href="([^"]+)"', page.content.decode())
    heads = [text_of(mette.get(link)) for link in links]
    assert "Skift af ydelse eller målgruppe er gemt" in heads[0]
    assert "Samtalen er registreret" in heads[2]


def test_the_citizen_reads_the_same_list_without_the_caseworkers_doors(
    mette: Client, client_as: As, course: Course
) -> None:
    page = client_as(make_citizen_user(course, "anna")).get("/mit/kvitteringer/")
    assert labels(page) == labels(mette.get(place(course, "kvitteringer")))
    assert "/borger/" not in page.content.decode()
    assert "af Mette Holm" in text_of(page)
    assert "Kvitteringer" in text_of(client_as(course.citizen.user).get("/mit/")), "it is on her front page"


def test_what_was_taken_back_says_so_and_stays(mette: Client, course: Course) -> None:
    newest = re.findall(r'<h2><a href="([^"]+)"', mette.get(place(course, "kvitteringer")).content.decode())[1]
    mette.post(newest.replace("&amp;", "&"))
    said = text_of(mette.get(place(course, "kvitteringer")))
    assert said.count("Taget tilbage: det tæller ikke med.") == 1


def test_a_conversation_that_was_mended_says_so_and_leads_to_what_stands_now(mette: Client, course: Course) -> None:
    event = Event.objects.get(course=course, kind="jobsamtale", on=DAY - timedelta(days=1), standing=True)
    mended = {"kind": "jobsamtale", "on": (DAY - timedelta(days=2)).isoformat(), "way": "fysisk", "note": "Godt"}
    mette.post(f"{place(course, 'samtale')}{event.pk}/ret/", {"token": str(uuid4()), **mended})
    page = mette.get(place(course, "kvitteringer"))
    assert "Noget af det er rettet siden." in text_of(page)
    link = re.findall(r'<h2><a href="([^"]+)"', page.content.decode())[2]
    assert "fysisk fremmøde" in text_of(mette.get(link))


def test_nothing_written_yet_says_where_receipts_will_come(client_as: As, caseworker: User, course: Course) -> None:
    assert "Der er ingen kvitteringer endnu." in text_of(client_as(caseworker).get(place(course, "kvitteringer")))


def test_as_few_questions_to_the_database_however_many_receipts(mette: Client, course: Course) -> None:
    asked = []
    for _ in range(2):
        mette.get(place(course, "kvitteringer"))  # the law is read once in a process
        with CaptureQueriesContext(connection) as found:
            mette.get(place(course, "kvitteringer"))
        asked.append(len(found))
        mette.post(place(course, "skridt/fravaer"), {"token": str(uuid4()), "first": DAY.isoformat(), "note": ""})
    assert asked[0] == asked[1]
