"""Promises above the law: on the case beside the law, and given up only where everybody can see it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.local.models import Decision
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.rulebook import Rulebook
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db
ADDRESS = "/kommunen/loefter/"
PROMISED = "lab.31.samtaler.kommune"

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def samsoe(db: None) -> Kommune:
    return Kommune.objects.get_or_create(code=741, defaults={"name": "Samsø", "slug": "samsoe"})[0]


@pytest.fixture
def promising(monkeypatch: pytest.MonkeyPatch, samsoe: Kommune) -> Kommune:
    """A municipality that has decided the invented service level."""
    real = rulebooks.rulebook_of

    def with_promises(day: date, place: str | None, regimes: tuple[str, ...] | None = None) -> Rulebook:
        found = real(day, place, regimes)
        if place != "samsoe" or regimes is not None:
            return found
        return real(day, place, (*found.regimes, "lokal-serviceniveau-demo"))

    monkeypatch.setattr(rulebooks, "rulebook_of", with_promises)
    return samsoe


@pytest.fixture
def clerk(promising: Kommune) -> User:
    return make_user(promising, "sofie", "Sofie Bach", Role.CASEWORKER)


@pytest.fixture
def head(promising: Kommune) -> User:
    return make_user(promising, "hans", "Hans Vig", Role.LEADER)


@pytest.fixture
def anna(clerk: User) -> Course:
    return citizen_of(clerk, day_cases.job_ready(), "Anna Jensen")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode().replace("<", " <"))).strip()


def line_of(client: Client, course: Course, label: str) -> str:
    html = client.get(f"/borger/{course.citizen.reference}/").content.decode()
    found = [text_of for one in re.findall(r'<li class="law-line.*?</li>', html, re.DOTALL)
             if label in (text_of := re.sub(r"\s+", " ", strip_tags(one.replace("<", " <"))))]  # fmt: skip
    return found[0] if found else ""


def decision(**more: Any) -> dict[str, str]:
    return {
        "norm": PROMISED, "what": "given-up", "begins": DAY.isoformat(),
        "decided_by": "Beskæftigelsesudvalget 18. august", "reason": "Der er ikke råd til så mange samtaler.",
    } | more  # fmt: skip


def test_the_case_shows_the_law_and_the_promise_side_by_side(client_as: As, clerk: User, anna: Course) -> None:
    line = line_of(client_as(clerk), anna, "Fire jobsamtaler")
    law, promise = (re.search(rf"{said} \S+ (\d+\. \w+ 2026)", line) for said in ("sidste dag", "vores løfte: senest"))
    assert law, line
    assert promise, line
    assert law[1] != promise[1]


def test_a_promise_where_the_law_names_no_day_says_so(client_as: As, clerk: User, promising: Kommune) -> None:
    bo = citizen_of(clerk, day_cases.wishing(), "Bo Lund")
    html = text(client_as(clerk).get(f"/borger/{bo.citizen.reference}/loven/"))
    assert "loven nævner ingen sidste dag ; vores løfte: senest" in html.replace("dag;", "dag ;")


def test_giving_a_promise_up_stands_on_the_case_with_who_when_and_why(
    client_as: As, head: User, clerk: User, anna: Course
) -> None:
    assert client_as(head).post(ADDRESS, decision()).status_code == 302
    line = line_of(client_as(clerk), anna, "Fire jobsamtaler")
    assert "vores løfte:" not in line
    assert (
        "Vores løfte ud over loven er opgivet fra 20. august 2026. Besluttet af: Beskæftigelsesudvalget 18. august. "
        "Grund: Der er ikke råd til så mange samtaler."
    ) in line
    assert "sidste dag" in line, "the law stands as it was"


def test_until_the_day_it_is_given_up_the_promise_holds(
    client_as: As, head: User, clerk: User, anna: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_as(head).post(ADDRESS, decision(begins=(DAY + timedelta(days=10)).isoformat()))
    assert "vores løfte: senest" in line_of(client_as(clerk), anna, "Fire jobsamtaler")
    monkeypatch.setenv("FODFAESTE_TODAY", (DAY + timedelta(days=10)).isoformat())
    assert "er opgivet fra" in line_of(client_as(clerk), anna, "Fire jobsamtaler")


def test_a_promise_can_be_taken_up_again_and_nothing_is_erased(
    client_as: As, head: User, clerk: User, anna: Course
) -> None:
    client = client_as(head)
    client.post(ADDRESS, decision())
    client.post(ADDRESS, decision(what="kept", reason="Der blev råd alligevel."))
    assert "vores løfte: senest" in line_of(client_as(clerk), anna, "Fire jobsamtaler")
    page = text(client.get(ADDRESS))
    assert "Alle beslutninger (2)" in page
    assert "Der er ikke råd til så mange samtaler." in page


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": ""}, "Feltet skal udfyldes."),
        ({"decided_by": " "}, "Feltet skal udfyldes."),
        ({"begins": (DAY - timedelta(days=1)).isoformat()}, "Et løfte kan ikke opgives bagud."),
        ({"what": "kept"}, "Sådan er det allerede den dag."),
        ({"norm": "lab.100.dp"}, "Vælg et løfte fra listen."),
    ],
)
def test_a_decision_without_who_when_or_why_is_refused_and_kept(
    client_as: As, head: User, wrong: dict[str, str], says: str
) -> None:
    answer = client_as(head).post(ADDRESS, decision(**wrong))
    assert answer.status_code == 422
    assert says in text(answer)
    assert "18. august" in answer.content.decode() or wrong.get("decided_by")
    assert not Decision.objects.exists()


def test_only_leaders_decide(client_as: As, clerk: User, head: User) -> None:
    assert client_as(clerk).get(ADDRESS).status_code == 403
    assert client_as(clerk).post(ADDRESS, decision()).status_code == 403
    assert client_as(head).get(ADDRESS).status_code == 200


def test_a_municipality_that_promised_nothing_is_told_how_to(client_as: As, leader: User) -> None:
    assert "Kommunen har ikke lovet noget ud over loven." in text(client_as(leader).get(ADDRESS))
