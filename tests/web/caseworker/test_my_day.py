"""*Min dag* over HTTP, under the role that row-level security binds."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.courses.actions import record_event
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.my_day_page import held_text
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

pytestmark = pytest.mark.django_db
QUERIES = 16
"""What the page asks the database, however many cases there are."""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def part(response, slug: str) -> str:
    """One section of the page as text; empty when it is not there."""
    found = re.search(rf'<section class="day-part" id="part-{slug}".*?</section>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", strip_tags(found[0])).strip() if found else ""


def test_what_is_late_stands_first_with_how_far(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    due = part(client_as(caseworker).get("/min-dag/"), "forfalder")
    assert due.index("Bent Hansen") < due.index("Anna Jensen")
    assert "søndag 2. august 18 dage over" in due
    assert "søndag 20. december om 122 dage" in due
    assert "(1 af 4 holdt)" in due


def test_a_wish_is_one_row_in_the_citizens_words_of_the_vocabulary(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")
    page = client_as(caseworker).get("/min-dag/")
    asked = part(page, "bedt-om")
    assert "Har bedt om en samtale med fysisk fremmøde mandag 17. august" in asked
    assert "ventet 3 dage" in asked
    assert page.content.decode().count("Har bedt om") == 1, "many rules about one wish are one row"


def test_what_the_citizen_owes_stands_apart(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    client = client_as(caseworker)
    assert "Cv på Jobnet" not in text(client.get("/min-dag/"))
    hers = part(client.get("/min-dag/?hvem=borger"), "forfalder")
    assert "Cv på Jobnet" in hers
    assert "Fire jobsamtaler" not in hers


def test_what_waits_for_knowledge_is_counted_and_opened_on_demand(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.sick(), "Clara Friis")
    client = client_as(caseworker)
    closed = part(client.get("/min-dag/"), "venter")
    assert closed.startswith("Venter på viden 1 ")
    assert "Clara Friis" not in closed
    opened = part(client.get("/min-dag/?vis=venter"), "venter")
    assert re.search(r"Clara Friis \d+ regler venter på noget, der ikke er oplyst", opened)


def test_the_appointments_of_the_day_and_those_nobody_registered(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    today = appointment(anna, hour=13)
    appointment(anna, DAY - timedelta(days=6))
    appointment(anna, DAY + timedelta(days=1))
    page = client_as(caseworker).get("/min-dag/")
    shown = part(page, "i-dag")
    assert "13.00 Anna Jensen Telefon Registrér samtale" in shown
    assert "1 tidligere aftale er ikke registreret 14.08.2026 Anna Jensen" in shown
    assert f"/borger/{anna.citizen.reference}/samtale/?aftale={today.pk}" in page.content.decode()


def test_only_ones_own_open_cases(client_as, caseworker: User, kommune: Kommune, other_kommune: Kommune) -> None:
    other = make_user(kommune, "bo", "Bo Krog", "caseworker")
    far = make_user(other_kommune, "aage", "Aage Friis", "caseworker")
    citizen_of(caseworker, day_cases.in_fleksjob(), "Anna Min")
    citizen_of(other, day_cases.in_fleksjob(), "Bent Kollega")
    citizen_of(far, day_cases.in_fleksjob(), "Carl Aarhus")
    closed = citizen_of(caseworker, day_cases.in_fleksjob(), "Dora Slut")
    closed.closed = DAY - timedelta(days=1)
    closed.save()
    page = text(client_as(caseworker).get("/min-dag/"))
    assert "Anna Min" in page
    assert not any(name in page for name in ("Bent Kollega", "Carl Aarhus", "Dora Slut"))


def test_the_day_is_for_caseworkers(client_as, leader: User, jurist: User, anonymous) -> None:
    for user in (leader, jurist):
        refused = client_as(user).get("/min-dag/")
        assert refused.status_code == 403
        assert "Min dag er for sagsbehandlere" in text(refused)
    assert anonymous.get("/min-dag/")["Location"] == "/log-ind/?next=/min-dag/"


def test_the_list_is_logged_once_a_day_for_each_case(client_as, caseworker: User) -> None:
    courses = [citizen_of(caseworker, day_cases.in_fleksjob(), f"Borger {letter}") for letter in "ABC"]
    client = client_as(caseworker)
    client.get("/min-dag/")
    client.get("/min-dag/?saml=borger")
    rows = Lookup.objects.filter(user=caseworker, page="my-day")
    assert sorted(rows.values_list("course", flat=True)) == sorted(course.pk for course in courses)
    assert set(rows.values_list("purpose", "action")) == {("own_case", "list")}


def test_the_number_of_questions_to_the_database_does_not_grow(
    client_as, caseworker: User, django_assert_num_queries
) -> None:
    client = client_as(caseworker)
    for letter in "AB":
        citizen_of(caseworker, day_cases.wishing(), f"Borger {letter}")
    client.get("/min-dag/")
    for letter in "CDEFGH":
        appointment(citizen_of(caseworker, day_cases.sick(), f"Borger {letter}"))
    client.get("/min-dag/")  # writes down that the new ones were shown
    with django_assert_num_queries(QUERIES):
        client.get("/min-dag/")


def test_what_is_written_changes_the_day_at_once(client_as, caseworker: User) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    client = client_as(caseworker)
    assert "18 dage over" in text(client.get("/min-dag/"))
    vocabulary = rulebooks.law().vocabulary
    record_event(bent, vocabulary, "fleksopfoelgning", DAY, {"form": "telefon"}, caseworker, DAY)
    assert "dage over" not in text(client.get("/min-dag/"))


def test_one_kind_alone(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    due = part(client_as(caseworker).get("/min-dag/?slags=fleksopfoelgning"), "forfalder")
    assert "Bent Hansen" in due
    assert "Anna Jensen" not in due


def test_gathered_by_citizen_the_most_urgent_first(client_as, caseworker: User) -> None:
    citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")
    citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    page = client_as(caseworker).get("/min-dag/?saml=borger").content.decode()
    heads = re.findall(r"<h3><a[^>]*>([^<]*)</a></h3>", page)
    assert heads == ["Bent Hansen", "Anna Jensen"]
    anna = page[page.index(">Anna Jensen<") :]
    assert "Fire jobsamtaler" in anna
    assert "Har bedt om" in anna


def test_a_long_list_is_shown_a_part_at_a_time(client_as, caseworker: User) -> None:
    for number in range(17):
        citizen_of(caseworker, day_cases.in_fleksjob(), f"Borger {number:02}")
    client = client_as(caseworker)
    first = client.get("/min-dag/")
    assert part(first, "forfalder").count("18 dage over") == 15
    more = re.search(r'href="(\?[^"#]*vis=forfalder[^"#]*)#', first.content.decode())
    assert more is not None
    assert "Vis flere (2 tilbage)" in part(first, "forfalder")
    everything = part(client.get("/min-dag/" + more[1].replace("&amp;", "&")), "forfalder")
    assert everything.count("18 dage over") == 17
    assert "Vis færre" in everything


def test_on_paper_everything_due_stands_with_telephone_numbers(client_as, caseworker: User) -> None:
    for number in range(17):
        citizen_of(caseworker, day_cases.in_fleksjob(), f"Borger {number:02}")
    appointment(citizen_of(caseworker, day_cases.wishing(), "Anna Jensen"))
    page = text(client_as(caseworker).get("/min-dag/liste/"))
    assert page.count("18 dage over") == 17
    assert re.search(r"10\.00 Anna Jensen Telefon 20 30 40 50 · Telefon", page)


def test_in_english(client_as, caseworker: User) -> None:
    caseworker.language = "en"
    caseworker.save()
    citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")
    citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    page = text(client_as(caseworker).get("/min-dag/"))
    assert "Sunday 2 August 18 days over" in page
    assert "Asked for a conversation in person Monday 17 August" in page


def test_without_cases_the_page_says_so(client_as, caseworker: User) -> None:
    assert "Du har ingen åbne sager" in text(client_as(caseworker).get("/min-dag/"))


@pytest.mark.parametrize(
    "query", ["?hvem=alle&vis=senere&antal=9", "?vis=x&antal=-1&hvem=%00&slags=<b>", "?antal=99999999"]
)
def test_an_odd_address_is_no_error(client_as, caseworker: User, query: str) -> None:
    citizen_of(caseworker, day_cases.sick(), "Clara Friis")
    assert client_as(caseworker).get(f"/min-dag/{query}").status_code == 200


def test_more_conversations_than_the_law_asks_are_not_told_as_a_part_of_it() -> None:
    assert held_text(1, 4) == "1 af 4 holdt"
    assert held_text(4, 4) == "4 af 4 holdt"
    assert held_text(5, 4) == "5 holdt, 4 kræves"
    with override("en"):
        assert held_text(5, 4) == "5 held, 4 required"
