"""What she writes reaches her caseworker's day, and goes from it when it is answered or read."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import now
from fodfaeste.casework.contacts.helping import check_in
from fodfaeste.casework.courses.models import Course, Objection
from fodfaeste.casework.courses.objecting import keep, object_to
from fodfaeste.casework.plans.models import Party
from fodfaeste.casework.plans.proposing import Proposal, Voice, propose, take_position
from fodfaeste.interfaces import library
from tests.django_site import make_citizen_user
from tests.web.caseworker.day_cases import DAY, citizen_of, job_ready

pytestmark = pytest.mark.django_db
OBJECTS, ANSWERED, TOLD = "Skriver, at noget er forkert", "Har svaret eller foreslået", "Har skrevet, hvordan det går"


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, job_ready(), "Anna Jensen")


@pytest.fixture
def mette(caseworker: User, client_as) -> Client:
    return client_as(caseworker)


def day_of(mette: Client) -> str:
    return re.sub(r"\s+", " ", strip_tags(mette.get("/min-dag/").content.decode()))


def test_an_objection_waits_on_the_day_until_it_is_answered(mette: Client, course: Course, caseworker: User) -> None:
    object_to(course, Objection.About.MISSING, None, "Jeg var på kursus i maj.", make_citizen_user(course))
    assert OBJECTS in day_of(mette)
    assert "»Jeg var på kursus i maj.«" in day_of(mette)
    assert f"/borger/{course.citizen.reference}/indsigelser/" in mette.get("/min-dag/").content.decode()
    keep(Objection.objects.get(), "Kurset står under tilbud.", caseworker)
    assert OBJECTS not in day_of(mette)


def test_an_answer_to_a_step_waits_until_the_caseworker_has_answered_too(
    mette: Client, course: Course, caseworker: User
) -> None:
    hers, ours = Voice(Party.CITIZEN, make_citizen_user(course)), Voice(Party.KOMMUNE, caseworker)
    step = propose(course, ours, Proposal("Gå i jobcaféen", Party.CITIZEN))
    assert ANSWERED not in day_of(mette), "nobody has answered yet"
    take_position(step, hers, "alternative", "Jeg vil hellere ringe selv")
    assert ANSWERED in day_of(mette)
    take_position(step, ours, "disagrees", "Så taler vi om det på mandag")
    assert ANSWERED not in day_of(mette)


def test_how_things_are_going_stands_until_the_caseworker_has_opened_it(mette: Client, course: Course) -> None:
    her = make_citizen_user(course)
    check_in(course, library.load().vocabulary, "Det går fremad", [], False, her, now())
    assert TOLD in day_of(mette)
    assert "Det går fremad" in mette.get(f"/borger/{course.citizen.reference}/kontakt/").content.decode()
    assert TOLD not in day_of(mette)
