"""Who looked at her case and why; what was sent; what she is in the middle of."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fodfaeste.casework.access.actions import OWN_CASE, log_lookup
from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.interfaces.web.citizen.looks import PAGES, REASONS
from tests.django_site import ROOT, make_user
from tests.web.caseworker.anna import address
from tests.web.citizen.people import TODAY, anna_herself, text_of

As = Callable[[User], Client]
WEB = ROOT / "src/fodfaeste/interfaces/web"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> User:
    return anna_herself(caseworker)[0]


@pytest.fixture
def course(anna: User) -> Course:
    assert anna.citizen is not None
    return anna.citizen.course


def seen(client_as: As, anna: User, more: str = "") -> str:
    return text_of(client_as(anna).get(reverse("citizen:looks") + more))


def test_she_sees_who_looked_at_what_and_why_in_words(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    client_as(caseworker).get(address(course))
    client_as(caseworker).get(address(course, "oplysning/terminalt_syg/"))
    colleague = make_user(course.kommune, "sofie", "Sofie Lund", Role.CASEWORKER)
    client = client_as(colleague)
    client.post(address(course, "formaal/"), {"reason": "contact", "words": "ringede i dag", "next": address(course)})
    client.get(address(course))
    said = seen(client_as, anna)
    assert re.search(r"Mette Holm Sagsbehandler kl\. .*? så: .*siden om dig.* Grund: Det er personens egen sag\.", said)
    assert "oplysningen »terminalt syg«" in said
    assert re.search(r"Sofie Lund Sagsbehandler .* Grund: Borgeren har henvendt sig: ringede i dag", said)
    assert OWN_CASE not in said


def test_a_look_at_somebody_else_is_not_hers(client_as: As, anna: User, caseworker: User) -> None:
    _, other = anna_herself(caseworker, "6203799997", "birgit")
    log_lookup(caseworker, other, "citizen", "Klage: Birgits sag")
    assert "Birgits sag" not in seen(client_as, anna)
    assert "Ingen har åbnet din sag" in seen(client_as, anna)


def test_a_long_log_has_older_pages(client_as: As, anna: User, caseworker: User, course: Course) -> None:
    for number in range(51):
        log_lookup(caseworker, course, "citizen", f"Opslag {number:02}")
    assert "Opslag 00" not in seen(client_as, anna)
    assert "Ældre" in seen(client_as, anna)
    assert "Opslag 00" in seen(client_as, anna, "?side=2")


def test_every_page_that_is_logged_has_a_name_she_understands() -> None:
    """A new page about a citizen needs a name in ``looks.PAGES``, or she reads only *din sag*."""
    calls = re.compile(r'(?:opens_case\(|by_staff\(\w+, |by_attorney\(\w+, |by_partner\(\w+, )"([a-z-]+)"')
    logged = {name for path in WEB.rglob("*.py") for name in calls.findall(path.read_text(encoding="utf-8"))}
    assert {"citizen", "why", "conversation"} <= logged
    assert sorted((logged | {"my-day", "search"}) - set(PAGES)) == []


def test_what_was_refused_does_not_stand_as_a_change(
    client_as: As, anna: User, caseworker: User, leader: User, course: Course
) -> None:
    client = client_as(leader)
    client.post(reverse("caseworker:purpose", args=[course.citizen.reference]), {"reason": "supervision"})
    refused = client.post(reverse("caseworker:plan", args=[course.citizen.reference]), {"do": "need"})
    mended = client_as(caseworker).post(reverse("caseworker:plan", args=[course.citizen.reference]), {"do": "need"})
    assert (refused.status_code, mended.status_code) == (403, 422)
    assert "så og skrev i" not in text_of(client_as(anna).get(reverse("citizen:looks")))
    said = {"do": "need", "behov-area": "helbred", "behov-text": "Sove om natten", "behov-said_by": "borger"}
    client_as(caseworker).post(reverse("caseworker:plan", args=[course.citizen.reference]), said)
    assert "så og skrev i: din plan" in text_of(client_as(anna).get(reverse("citizen:looks")))


def test_every_reason_without_words_of_its_own_is_explained() -> None:
    assert {OWN_CASE, "cover", "search"} <= set(REASONS)


# -- letters and offers -----------------------------------------------------------------------------------------


def test_letters_and_decisions_stand_with_day_and_the_way_to_complain(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    shared = {"kommune": course.kommune, "course": course, "entered_by": caseworker, "source": caseworker.name}
    Event.objects.create(**shared, kind="afgoerelse", on=TODAY, attrs={"type": "tilbud-afgoerelse", "udfald": "afslag"})
    Event.objects.create(**shared, kind="klage", on=TODAY, attrs={})
    said = text_of(client_as(anna).get(reverse("citizen:letters")))
    assert re.search(
        r"30\. juni 2026 · fra kommunen Afgørelse: tilbud, afslag eller indgreb Er du uenig\? Du kan klage\.", said
    )
    assert "30. juni 2026 · fra dig Klage modtaget" in said
    assert "Jobsamtale" not in said


def test_offers_and_what_she_can_ask_for(client_as: As, anna: User) -> None:
    said = text_of(client_as(anna).get(reverse("citizen:offers")))
    assert "Du er ikke i gang med et tilbud." in said
    before = said[said.index("Det har du været i") :]
    assert "Virksomhedspraktik, privat" in before
    asked = said[said.index("Det kan du bede om") : said.index("Det har du været i")]
    assert "Mentorstøtte til den, der har brug for det" in asked
    assert "§" in asked
