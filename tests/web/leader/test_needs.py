"""From need to result, and what the work goes to: counted, with what counting cannot say beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.actions import log_list, log_lookup
from fodfaeste.casework.access.models import Kommune, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need, Step
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import citizen_of

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]


@pytest.fixture
def anna(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")


def need(course: Course, area: str, **more: Any) -> Need:
    return Need.objects.create(
        kommune_id=course.kommune_id, course=course, area=area, text="Et job i et køkken.", said_by="borger",
        said_on=day_cases.DAY, written_by=course.caseworker, **more,
    )  # fmt: skip


def cells(response: Any) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [
        [re.sub(r"\s+", " ", strip_tags(one)).strip() for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def test_a_need_is_followed_to_its_result_in_three_clicks(client_as: As, leader: User, anna: Course) -> None:
    one = need(anna, "job", closed=day_cases.DAY, result="Ansat i Skolekøkkenet.")
    Step.objects.create(
        kommune_id=anna.kommune_id, course=anna, text="Besøge", owner="borger", need=one, done=day_cases.DAY
    )
    client = client_as(leader)
    clicks, page = 0, client.get("/kommunen/behov/")
    for link in (r'href="(/kommunen/behov/job/)"', rf'href="(/borger/{anna.citizen.reference}/plan/)"'):
        found = re.search(link, page.content.decode())
        assert found
        page, clicks = client.get(found[1]), clicks + 1
        if page.status_code == 302:  # a leader says why she opens the case
            sent = client.post(page["Location"], {"reason": "supervision", "words": "", "next": found[1]})
            page, clicks = client.get(sent["Location"]), clicks + 1
    assert "Ansat i Skolekøkkenet." in page.content.decode()
    assert clicks <= 3


def test_each_kind_of_need_counts_what_was_said_done_and_came_to_something(
    client_as: As, leader: User, anna: Course
) -> None:
    stepped, _open = need(anna, "job"), need(anna, "job")
    Step.objects.create(kommune_id=anna.kommune_id, course=anna, text="Ringe", owner="borger", need=stepped)
    need(anna, "bolig", closed=day_cases.DAY, result="Fik en lejlighed.")
    rows = cells(client_as(leader).get("/kommunen/behov/"))
    assert ["At finde et job", "2", "1", "0", "0"] in rows
    assert ["Bolig", "1", "0", "0", "1"] in rows


def test_the_list_of_needs_names_nobody(client_as: As, leader: User, anna: Course) -> None:
    need(anna, "job")
    page = client_as(leader).get("/kommunen/behov/job/").content.decode()
    assert "Anna Jensen" not in page
    assert "Et job i et køkken." not in page


def test_interactions_are_counted_by_purpose_and_minutes_are_not_claimed(
    client_as: As, leader: User, caseworker: User, anna: Course
) -> None:
    for page, action in (("citizen", "view"), ("citizen", "view"), ("conversation", "change"), ("why", "view")):
        log_lookup(caseworker, anna, page, "own_case", action)
    log_list(caseworker, [anna], "my-day", "own_case")
    page = client_as(leader).get("/kommunen/tid/")
    rows = {row[0].split()[0]: row[1:] for row in cells(page) if len(row) == 4}
    assert rows["Borgeren"] == ["2", "0", "50 %"]
    assert rows["Registrering"] == ["0", "1", "25 %"]
    assert rows["Afgørelser"] == ["1", "0", "25 %"]
    said = strip_tags(page.content.decode())
    assert "Det er antal, ikke minutter." in said
    assert "efteråret 2010" in said


def test_without_any_interaction_no_share_is_claimed(client_as: As, leader: User) -> None:
    rows = cells(client_as(leader).get("/kommunen/tid/"))
    assert [row[-1] for row in rows[1:]] == ["–"] * 5


@pytest.mark.parametrize("address", ["/kommunen/behov/", "/kommunen/behov/job/", "/kommunen/tid/"])
def test_only_leaders(client_as: As, caseworker: User, address: str) -> None:
    assert client_as(caseworker).get(address).status_code == 403


def test_another_municipality_is_not_counted(client_as: As, leader: User, other_kommune: Kommune) -> None:
    stranger = User.objects.create_user("sara", role="caseworker", kommune=other_kommune)
    need(citizen_of(stranger, day_cases.job_ready(), "Sara Holm", other_kommune), "job")
    assert "Ingen har skrevet et behov ned endnu." in strip_tags(
        client_as(leader).get("/kommunen/behov/").content.decode()
    )
