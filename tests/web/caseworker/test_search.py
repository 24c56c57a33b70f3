"""Finding a citizen, and saying why when the case is not one's own."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.courses.models import Course
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import citizen_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", day_cases.DAY.isoformat())


@pytest.fixture
def colleague(kommune: Kommune) -> User:
    return make_user(kommune, "bo", "Bo Krog", "caseworker")


def named(caseworker: User | None, name: str, number: str, kommune: Kommune | None = None) -> Course:
    course = citizen_of(caseworker, day_cases.in_fleksjob(), name, kommune)
    course.citizen.person_number = number
    course.citizen.save()
    return course


def found(client, text: str) -> list[str]:
    page = client.post("/borger/", {"text": text}).content.decode()
    rows = re.findall(r'<li class="day-found">(.*?)</li>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", strip_tags(row)).strip() for row in rows]


@pytest.fixture
def people(caseworker: User, colleague: User, other_kommune: Kommune) -> dict[str, Course]:
    return {
        "anna": named(caseworker, "Anna Marie Jensen", "6103801234"),
        "hanne": named(colleague, "Hanne Jensen-Holm", "6103809999"),
        "åse": named(None, "Åse Ørsted", "7012551111", caseworker.kommune),
        "aarhus": named(None, "Anna Jensen", "6103801234", other_kommune),
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("an jen", ["Anna Marie Jensen"]),
        ("JENSEN", ["Anna Marie Jensen", "Hanne Jensen-Holm"]),
        ("holm", ["Hanne Jensen-Holm"]),
        ("ørs", ["Åse Ørsted"]),
        ("anna hansen", ["Anna Marie Jensen"]),  # not both words, so whoever fits one
        ("610380-1234", ["Anna Marie Jensen"]),
        ("610380 1234", ["Anna Marie Jensen"]),
        ("610380", ["Anna Marie Jensen", "Hanne Jensen-Holm"]),
        ("6103801235", []),
        ("% _", []),
        ("zz", []),
    ],
)
def test_who_is_found(client_as, caseworker: User, people, text: str, names: list[str]) -> None:
    rows = found(client_as(caseworker), text)
    assert len(rows) == len(names)
    assert all(row.startswith(name) for row, name in zip(rows, names, strict=True))


def test_a_reference_finds_its_citizen(client_as, caseworker: User, people) -> None:
    reference = str(people["hanne"].citizen.reference)
    assert found(client_as(caseworker), reference)[0].startswith("Hanne Jensen-Holm")
    assert found(client_as(caseworker), str(people["aarhus"].citizen.reference)) == []


def test_no_more_is_shown_than_tells_people_apart(client_as, caseworker: User, people) -> None:
    rows = found(client_as(caseworker), "jensen")
    assert rows == [
        "Anna Marie Jensen født 1. marts 1980 din sag · Ingen kontakt og ingen aftale",
        "Hanne Jensen-Holm født 1. marts 1980 hos Bo Krog",
    ]


def test_a_protected_name_is_marked(client_as, caseworker: User, people) -> None:
    people["anna"].citizen.protected = True
    people["anna"].citizen.save()
    assert "navn og adresse er beskyttet" in found(client_as(caseworker), "anna")[0]


def test_a_search_never_stands_in_an_address(client_as, caseworker: User, people) -> None:
    page = client_as(caseworker).get("/borger/", {"text": "jensen"})
    assert "Anna Marie Jensen" not in page.content.decode()
    assert 'method="post"' in page.content.decode()


def test_who_was_shown_is_logged(client_as, caseworker: User, people) -> None:
    found(client_as(caseworker), "jensen")
    rows = Lookup.objects.filter(user=caseworker, page="search", action="list")
    assert set(rows.values_list("course", flat=True)) == {people["anna"].pk, people["hanne"].pk}


def test_too_little_to_search_for_is_said_and_kept(client_as, caseworker: User) -> None:
    page = client_as(caseworker).post("/borger/", {"text": "a"})
    assert page.status_code == 422
    assert "Skriv mindst to bogstaver" in page.content.decode()
    assert 'value="a"' in page.content.decode()


def test_many_are_shown_in_part_and_it_is_said(client_as, caseworker: User) -> None:
    for number in range(23):
        named(caseworker, f"Ida {number:02}", f"61038000{number:02}")
    page = client_as(caseworker).post("/borger/", {"text": "ida"}).content.decode()
    assert page.count('class="day-found"') == 20
    assert "Skriv mere af navnet" in page


# -- why somebody looks --------------------------------------------------------------------------------------------


def asked(client, course: Course, **given: str):
    return client.post(f"/borger/{course.citizen.reference}/formaal/", given)


def test_ones_own_case_opens_without_a_question(client_as, caseworker: User, people) -> None:
    client = client_as(caseworker)
    page = client.get(f"/borger/{people['anna'].citizen.reference}/samtale/")
    assert page.status_code == 200
    row = Lookup.objects.get(user=caseworker, course=people["anna"].pk)
    assert (row.page, row.purpose) == ("conversation", "own_case")


def test_anothers_case_asks_why_once_and_writes_it_down(client_as, caseworker: User, people) -> None:
    client, course = client_as(caseworker), people["hanne"]
    address = f"/borger/{course.citizen.reference}/samtale/"
    sent = client.get(address)
    assert sent.status_code == 302
    assert sent["Location"].startswith(f"/borger/{course.citizen.reference}/formaal/?next=")
    assert not Lookup.objects.filter(course=course.pk).exists(), "nothing was seen yet"
    question = client.get(sent["Location"])
    assert "Hanne Jensen-Holm er ikke en af dine sager" in question.content.decode()
    answer = asked(client, course, reason="contact", words="ringede om sit møde", next=address)
    assert answer["Location"] == address
    assert client.get(address).status_code == 200
    assert client.get(address).status_code == 200
    purposes = set(Lookup.objects.filter(course=course.pk, user=caseworker).values_list("purpose", flat=True))
    assert purposes == {"Borgeren har henvendt sig: ringede om sit møde"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Vælg en grund"),
        ({"reason": "other"}, "Skriv med nogle ord"),
        ({"reason": "nysgerrig", "words": "Bare for sjov"}, "Vælg en af grundene"),
        ({"reason": "other", "words": "x" * 151}, "højst 150 tegn"),
    ],
)
def test_without_a_reason_the_case_stays_closed(client_as, caseworker: User, people, given, said: str) -> None:
    client = client_as(caseworker)
    page = asked(client, people["hanne"], **given)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert given.get("words", "") in page.content.decode(), "what was typed stays"
    assert client.get(f"/borger/{people['hanne'].citizen.reference}/samtale/").status_code == 302


def test_a_purpose_opens_one_case_only(client_as, caseworker: User, people) -> None:
    client = client_as(caseworker)
    asked(client, people["hanne"], reason="contact")
    assert client.get(f"/borger/{people['åse'].citizen.reference}/samtale/").status_code == 302


def test_the_answer_never_leads_to_another_site(client_as, caseworker: User, people) -> None:
    page = asked(client_as(caseworker), people["hanne"], reason="contact", next="https://example.org/")
    assert page["Location"] == f"/borger/{people['hanne'].citizen.reference}/"


def test_a_case_of_another_municipality_does_not_exist(client_as, caseworker: User, people) -> None:
    client = client_as(caseworker)
    for address in ("formaal/", "samtale/", "hvorfor/lab.31.samtaler.kommune/"):
        page = client.get(f"/borger/{people['aarhus'].citizen.reference}/{address}")
        assert page.status_code == 404
        assert "Anna" not in page.content.decode()
