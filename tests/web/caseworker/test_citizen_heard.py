"""Of each fact: who needs it, how sensitive it is, who sees it, and whether the citizen was heard about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Fact
from tests.web.caseworker.anna import address, make_anna, text_of

As = Callable[[User], Client]
TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return make_anna(caseworker, TODAY)


def test_a_fact_says_who_needs_it_and_who_sees_it(client_as: As, caseworker: User, anna: Course) -> None:
    said = text_of(client_as(caseworker).get(address(anna, "oplysning/foedt/")))
    assert "Bruges af" in said
    assert "LAB § 27, stk. 3" in said
    assert "Følsomhed almindelig" in said
    assert "Borgeren er hørt nej" in said
    sensitive = text_of(client_as(caseworker).get(address(anna, "oplysning/terminalt_syg/")))
    assert "Følsomhed følsom" in sensitive
    assert "når de beder om at se den; hvert kig noteres" in sensitive


def test_that_the_citizen_was_heard_is_noted_on_the_line_that_counts(
    client_as: As, caseworker: User, anna: Course
) -> None:
    client, place = client_as(caseworker), address(anna, "oplysning/akassemedlem/")
    before = Fact.objects.filter(course=anna).count()
    said = text_of(client.post(f"{place}hoert/", {"hoert-den": "2026-06-20"}, follow=True))
    assert "Borgeren er hørt 20. juni 2026" in said
    assert Fact.objects.filter(course=anna).count() == before
    assert Fact.objects.exclude(heard=None).get().value is True
    assert "borgeren hørt" in text_of(client.get(address(anna)))


@pytest.mark.parametrize("day", ["2026-07-01", "i går"])
def test_a_day_to_come_is_refused(client_as: As, caseworker: User, anna: Course, day: str) -> None:
    place = address(anna, "oplysning/akassemedlem/")
    answer = client_as(caseworker).post(f"{place}hoert/", {"hoert-den": day}, follow=True)
    assert "i dag eller en tidligere dag. Intet er gemt." in text_of(answer)
    assert f'name="hoert-den" value="{day}"' in answer.content.decode(), "what was typed stands there to be mended"
    assert not Fact.objects.exclude(heard=None).exists()
