"""The frame around every page: who gets in, whose municipality, which language, what the browser may load."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.people.models import Citizen
from fodfaeste.interfaces.web.middleware import BoundToMunicipality
from tests.django_site import WebClient, as_web, make_user


def names_seen(request: HttpRequest) -> HttpResponse:
    return HttpResponse(",".join(Citizen.objects.order_by("name").values_list("name", flat=True)))


@pytest.fixture
def two_towns(kommune: Kommune, other_kommune: Kommune) -> tuple[User, User]:
    Citizen.objects.create(kommune=kommune, person_number="6101900001", name="Fra Odense")
    Citizen.objects.create(kommune=other_kommune, person_number="6101900001", name="Fra Aarhus")
    return (
        make_user(kommune, "oda", "Oda Bang", Role.CASEWORKER),
        make_user(other_kommune, "aage", "Aage Friis", Role.CASEWORKER),
    )


def asked_by(user: object) -> str:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    return BoundToMunicipality(names_seen)(request).content.decode()  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_one_connection_two_municipalities(two_towns: tuple[User, User]) -> None:
    from django.contrib.auth.models import AnonymousUser

    odense, aarhus = two_towns
    with as_web():
        assert asked_by(odense) == "Fra Odense"
        assert asked_by(aarhus) == "Fra Aarhus"
        assert asked_by(AnonymousUser()) == ""
        assert asked_by(odense) == "Fra Odense"
        assert names_seen(HttpRequest()).content == b"", "after the answer the connection belongs to nobody"


@pytest.mark.django_db(transaction=True)
def test_a_failed_answer_leaves_nothing_behind(two_towns: tuple[User, User], kommune: Kommune) -> None:
    def writes_and_fails(request: HttpRequest) -> HttpResponse:
        Citizen.objects.create(kommune=kommune, person_number="6101900002", name="Halvt gemt")
        return HttpResponse(status=500)

    request = RequestFactory().post("/")
    request.user = two_towns[0]
    BoundToMunicipality(writes_and_fails)(request)
    assert not Citizen.objects.filter(name="Halvt gemt").exists()


@pytest.mark.django_db(transaction=True)
def test_a_citizen_of_another_municipality_cannot_be_written(
    two_towns: tuple[User, User], other_kommune: Kommune
) -> None:
    def writes(request: HttpRequest) -> HttpResponse:
        Citizen.objects.create(kommune=other_kommune, person_number="6101900003", name="Over sundet")
        return HttpResponse()

    request = RequestFactory().post("/")
    request.user = two_towns[0]
    with as_web(), pytest.raises(Exception, match="row-level security"):
        BoundToMunicipality(writes)(request)
    assert not Citizen.objects.filter(name="Over sundet").exists()


def test_who_has_not_signed_in_is_asked_to_and_comes_back(anonymous: WebClient, caseworker: User) -> None:
    asked = anonymous.get("/")
    assert asked.status_code == 302
    assert asked["Location"] == "/log-ind/?next=/"
    given = {"username": "mette", "password": "hemmelig", "next": "/tilgaengelighed/"}
    assert anonymous.post("/log-ind/", given)["Location"] == "/tilgaengelighed/"


def test_each_role_begins_where_its_day_begins(client_as, caseworker: User, leader: User, jurist: User) -> None:
    starts = {user.role: client_as(user).get("/")["Location"] for user in (caseworker, leader, jurist)}
    assert starts == {"caseworker": "/min-dag/", "leader": "/kommunen/", "jurist": "/loven/"}


def test_the_menu_follows_the_role(client_as, caseworker: User, leader: User) -> None:
    day = client_as(caseworker).get("/tilgaengelighed/").content.decode()
    town = client_as(leader).get("/tilgaengelighed/").content.decode()
    assert 'href="/min-dag/"' in day
    assert 'href="/kommunen/"' not in day
    assert 'href="/kommunen/"' in town
    assert 'href="/min-dag/"' not in town


def test_the_browser_may_load_from_here_only(anonymous: WebClient) -> None:
    page = anonymous.get("/log-ind/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Frame-Options"] == "DENY"


def test_a_user_reads_her_own_language_until_she_chooses(client_as, caseworker: User) -> None:
    caseworker.language = "en"
    caseworker.save()
    client = client_as(caseworker)
    assert '<html lang="en"' in client.get("/tilgaengelighed/").content.decode()
    back = client.post("/sprog/", {"language": "da", "next": "/tilgaengelighed/"})
    assert back["Location"] == "/tilgaengelighed/"
    assert '<html lang="da"' in client.get("/tilgaengelighed/").content.decode()
    caseworker.refresh_from_db()
    assert caseworker.language == "da"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
def test_a_choice_never_leads_away(anonymous: WebClient, elsewhere: str) -> None:
    assert anonymous.post("/sprog/", {"language": "en", "next": elsewhere})["Location"] == "/"
    assert anonymous.get("/log-ind/", {"next": elsewhere}).context["next"] == ""


def test_the_theme_is_kept_in_a_cookie(anonymous: WebClient) -> None:
    assert 'data-theme="auto"' in anonymous.get("/log-ind/").content.decode()
    anonymous.post("/tema/", {"theme": "dark", "next": "/log-ind/"})
    assert 'data-theme="dark"' in anonymous.get("/log-ind/").content.decode()
    anonymous.post("/tema/", {"theme": "plaid"})
    assert 'data-theme="dark"' in anonymous.get("/log-ind/").content.decode()


def test_was_leads_to_the_statement(anonymous: WebClient, settings) -> None:
    settings.CONTACT_PHONE = "12 34 56 78"
    page = anonymous.get("/was", follow=True)
    assert page.redirect_chain == [("/tilgaengelighed/", 302)]
    assert "12 34 56 78" in page.content.decode()


def test_history_tells_who_and_where(client_as, caseworker: User, kommune: Kommune) -> None:
    import pghistory.models

    from fodfaeste.casework.courses.models import Course

    citizen = Citizen.objects.create(kommune=kommune, person_number="6101900001", name="N. N.")
    course = Course.objects.create(kommune=kommune, citizen=citizen, opened="2026-01-05")

    def closes(request: HttpRequest) -> HttpResponse:
        Course.objects.filter(pk=course.pk).update(version=2)
        return HttpResponse()

    from fodfaeste.interfaces.web.middleware import HistoryMiddleware

    request = RequestFactory().post("/borger/1/", {"navn": "Hemmelig"})
    request.user = caseworker
    HistoryMiddleware(closes)(request)
    kept = pghistory.models.Context.objects.get()
    assert kept.metadata == {"user": caseworker.pk, "url": "/borger/1/", "method": "POST"}
    assert connection.vendor == "postgresql"


def test_the_law_and_the_programming_interface_are_open(anonymous: WebClient) -> None:
    assert anonymous.get("/loven/").status_code == 200
    assert anonymous.get("/api/v1/openapi.json").status_code == 200
    assert anonymous.get("/min-dag/")["Location"] == "/log-ind/?next=/min-dag/"
