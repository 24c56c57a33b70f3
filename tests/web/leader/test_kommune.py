"""*Kommunen*: what a leader sees of deadlines, by rule and by desk; and that it says how old the figures are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.inbox.actions import build_index
from fodfaeste.interfaces.web.rulebooks import rulebook_of
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
NORM = "las.10.opfoelgning"
QUERIES = 15
"""What the page asks the database, however many cases there are."""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def cases(caseworker: User, kommune: Kommune) -> list[Course]:
    found = [
        citizen_of(caseworker, day_cases.in_fleksjob(), "Ida Bech"),
        citizen_of(caseworker, day_cases.sick(), "Bo Dam"),
        citizen_of(None, day_cases.in_fleksjob(), "Kaj Friis", kommune),
    ]
    index(kommune)
    return found


def index(kommune: Kommune) -> None:
    bind(kommune.pk)
    build_index(kommune, rulebook_of(DAY, kommune.slug))


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode().replace("<", " <"))).strip()


def test_without_an_index_the_page_says_how_it_is_made(client_as: As, leader: User) -> None:
    page = text(client_as(leader).get("/kommunen/"))
    assert "ikke talt op endnu" in page
    assert "fodfaeste index build" in page


def test_what_is_late_stands_by_rule_and_by_desk(client_as: As, leader: User, caseworker: User, cases) -> None:
    html = client_as(leader).get("/kommunen/").content.decode()
    assert "3 åbne sager" in strip_tags(html)
    desk = re.search(rf'<th scope="row">{caseworker.name}</th>(.*?)</tr>', html, re.DOTALL)
    nobody = re.search(r'<th scope="row">Uden sagsbehandler</th>(.*?)</tr>', html, re.DOTALL)
    assert desk
    assert nobody
    assert re.findall(r">(\d+)<", desk[1])[:2] == ["2", "1"], "two open cases, one in which a day has passed"
    assert re.findall(r">(\d+)<", nobody[1])[:2] == ["1", "1"]


def test_a_rule_leads_to_its_cases_and_they_to_the_citizens(client_as: As, leader: User, cases) -> None:
    client = client_as(leader)
    rules = re.findall(r'href="(/kommunen/regel/[^"]+)"', client.get("/kommunen/").content.decode())
    found = [text(client.get(rule.replace("&amp;", "&"))) for rule in rules]
    assert any("Ida Bech" in page and "Kaj Friis" in page for page in found)


def test_figures_of_another_day_are_said_to_be_old(client_as: As, leader: User, cases, monkeypatch) -> None:
    assert "Dagen eller loven er en anden" not in text(client_as(leader).get("/kommunen/"))
    monkeypatch.setenv("FODFAESTE_TODAY", (DAY + timedelta(days=1)).isoformat())
    assert "Dagen eller loven er en anden" in text(client_as(leader).get("/kommunen/"))


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.JURIST])
def test_the_page_is_for_leaders(client_as: As, kommune: Kommune, role: Role) -> None:
    answer = client_as(make_user(kommune, "per", "Per Dahl", role)).get("/kommunen/")
    assert answer.status_code == 403
    assert "Siden er for ledere" in text(answer)


def test_another_municipalitys_cases_are_in_no_sum(client_as: As, leader: User, cases, other_kommune: Kommune) -> None:
    before = text(client_as(leader).get("/kommunen/"))
    citizen_of(None, day_cases.in_fleksjob(), "Fremmed", other_kommune)
    index(other_kommune)
    assert text(client_as(leader).get("/kommunen/")) == before


def test_a_rule_nobody_knows_is_a_page_with_a_way_back(client_as: As, leader: User, cases) -> None:
    answer = client_as(leader).get("/kommunen/regel/findes.ikke/")
    assert answer.status_code == 404
    assert "Gå tilbage til Kommunen" in text(answer)


def test_the_page_in_english_has_no_danish_left(client_as: As, leader: User, cases) -> None:
    client = client_as(leader)
    client.post("/sprog/", {"language": "en", "next": "/kommunen/"})
    page = text(client.get("/kommunen/"))
    assert "open cases, counted for" in page
    assert not re.search(r"\d\. (January|February|March|April|May|June|July)", page), "days are written as in English"
    assert not re.search(r"\b(sager|frist|regel|overskredet)\b", page.replace("Fodfæste", ""))


def test_the_page_asks_the_database_as_often_however_many_cases(
    client_as: As, leader: User, caseworker: User, cases, kommune: Kommune, django_assert_num_queries
) -> None:
    client = client_as(leader)
    client.get("/kommunen/")
    for number in range(8):
        citizen_of(caseworker, day_cases.in_fleksjob(), f"Nr. {number}")
    index(kommune)
    with django_assert_num_queries(QUERIES):
        client.get("/kommunen/")
