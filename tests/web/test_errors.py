"""When something is wrong, the page says what, where and how to mend it, and gives back what was typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from fodfaeste.casework.access.models import User
from fodfaeste.interfaces.site import urls
from tests.django_site import WebClient


def fails(request: HttpRequest, kind: str) -> HttpResponse:
    raise {
        "400": SuspiciousOperation("odd"),
        "403": PermissionDenied("Sagen er en andens."),
        "404": Http404("Ingen borger har det nummer."),
        "500": RuntimeError("secret detail"),
    }[kind]


def saves(request: HttpRequest) -> HttpResponse:
    return HttpResponse("saved")


urlpatterns = [path("fejl/<str:kind>/", fails), path("gem/", saves), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client(client_as, caseworker: User) -> WebClient:
    made = client_as(caseworker)
    made.raise_request_exception = False
    return made


@pytest.mark.parametrize(
    ("kind", "what", "mend"),
    [
        ("400", "Forespørgslen kan ikke læses", "Gå tilbage"),
        ("403", "Sagen er en andens.", "bed din leder om adgang"),
        ("404", "Ingen borger har det nummer.", "begynd fra menuen"),
        ("500", "Der er en fejl i programmet", "Prøv igen om lidt"),
    ],
)
def test_what_where_and_how_to_mend_it(client: WebClient, kind: str, what: str, mend: str) -> None:
    page = client.get(f"/fejl/{kind}/")
    assert page.status_code == int(kind)
    said = page.content.decode()
    assert what in said
    assert mend in said
    assert "secret detail" not in said
    assert "Content-Security-Policy" in page.headers


def test_in_english_too(client: WebClient) -> None:
    client.post("/sprog/", {"language": "en"})
    assert "There is a fault in the program" in client.get("/fejl/500/").content.decode()
    assert "There is nothing at the address /findes-ikke/." in client.get("/findes-ikke/").content.decode()


def test_what_was_typed_is_given_back(client: WebClient) -> None:
    typed = {"note": "Vi talte om <b>praktik</b>", "tom": "", "password": "hemmelig"}
    for kind in ("400", "403", "500"):
        said = client.post(f"/fejl/{kind}/", typed).content.decode()
        assert "Vi talte om &lt;b&gt;praktik&lt;/b&gt;" in said
        assert "hemmelig" not in said


def test_another_site_cannot_make_us_show_its_words(client: WebClient) -> None:
    said = client.post("/fejl/403/", {"note": "Ring 12 34 56 78"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert "Ring 12 34 56 78" not in said.content.decode()


def test_a_form_sent_after_the_session_ended_is_not_lost(anonymous: WebClient) -> None:
    page = anonymous.post("/gem/", {"note": "Vi talte om praktik"})
    assert page.status_code == 401
    assert "Vi talte om praktik" in page.content.decode()
    assert 'href="/log-ind/?next=/gem/"' in page.content.decode()


def test_part_of_a_page_is_refused_without_a_page(anonymous: WebClient) -> None:
    page = anonymous.post("/gem/", {"note": "x"}, headers={"HX-Request": "true"})
    assert page.status_code == 401
    assert "<html" not in page.content.decode()


def test_a_form_without_proof_of_origin_is_refused_and_given_back(caseworker: User) -> None:
    client = WebClient(enforce_csrf_checks=True)
    client.force_login(caseworker, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post("/gem/", {"note": "Vi talte om praktik"})
    assert page.status_code == 403
    assert "Formularen er for gammel" in page.content.decode()
    assert "Vi talte om praktik" in page.content.decode()


@override_settings(ALLOWED_HOSTS=["fodfaeste.example"])
def test_a_request_for_another_host_is_answered_calmly(client: WebClient) -> None:
    page = client.get("/tilgaengelighed/", headers={"Host": "elsewhere.example"})
    assert page.status_code == 400
    assert "Forespørgslen kan ikke læses" in page.content.decode()
