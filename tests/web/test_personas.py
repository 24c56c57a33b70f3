"""The people of the demonstration: each can be picked, and stands where she belongs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from fodfaeste.casework.access.models import Job, Kommune, Role, User
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.casework.plans.models import Invitation, Shared, Step
from fodfaeste.foundation import to_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.cli.lived import live
from fodfaeste.interfaces.cli.personas import has_citizens, outside_personas, staff_personas
from fodfaeste.interfaces.lawfiles import OWN_REGIMES, open_law
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.population.municipality import PROMISES
from fodfaeste.rulebook import resolve
from tests.web.caseworker.anna import GOAL, make_anna, text_of

TODAY = date(2026, 6, 30)
As = Callable[[User], Client]


@pytest.fixture
def anna(kommune: Kommune, monkeypatch: pytest.MonkeyPatch) -> Course:
    """Anna, ill, with Jonas; and somebody before her with neither goal nor step."""
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())
    staff_personas(kommune)
    jonas = User.objects.get(username="jonas")
    bare = make_anna(jonas, TODAY, "6203790001", "Bare Navn")
    bare.words.all().delete()
    return make_anna(jonas, TODAY)


def test_a_citizen_with_a_goal_a_step_and_a_date_is_picked(client_as: As, kommune: Kommune, anna: Course) -> None:
    outside_personas(kommune, TODAY)
    user = User.objects.get(username="borger-syg")
    assert user.citizen == anna.citizen
    assert GOAL in text_of(client_as(user).get("/mit/"))
    assert not User.objects.filter(username="borger-dagpenge").exists(), "nobody in Mette's cases fits"


def test_a_partner_is_let_in_to_one_step_with_consent(client_as: As, kommune: Kommune, anna: Course) -> None:
    outside_personas(kommune, TODAY)
    partner = User.objects.get(username="arbejdsgiver")
    invitation = Invitation.objects.get(user=partner)
    assert (invitation.course, invitation.consent_on) == (anna, TODAY)
    assert [one.step for one in Shared.objects.filter(invitation=invitation)] == list(Step.objects.filter(course=anna))
    assert client_as(partner).get("/partner/").status_code == 200


def test_doing_it_twice_makes_nobody_twice(kommune: Kommune, anna: Course) -> None:
    assert not has_citizens(kommune)
    outside_personas(kommune, TODAY)
    first = User.objects.count(), Invitation.objects.count()
    staff_personas(kommune)
    Spell.objects.filter(course=anna, kind="maalgruppe").delete()
    outside_personas(kommune, TODAY)
    assert (User.objects.count(), Invitation.objects.count()) == first
    assert has_citizens(kommune)


def test_the_last_weeks_have_been_lived_on_both_sides_and_only_once(
    client_as: As, kommune: Kommune, anna: Course
) -> None:
    outside_personas(kommune, TODAY)
    book = resolve(library.load(), to_day(TODAY), kommune.slug)
    for _ in range(2):
        live(kommune, book, TODAY)
    her, jonas = client_as(User.objects.get(username="borger-syg")), client_as(User.objects.get(username="jonas"))
    assert "Vi ringer til dig" in text_of(her.get("/mit/hjaelp/"))
    assert 'name="tid"' in her.get("/mit/aftaler/").content.decode(), "there is a time to book"
    assert "Spørge arbejdspladsen om færre timer" in text_of(her.get("/mit/plan/"))
    assert Step.objects.filter(course=anna, text__startswith="Spørge arbejdspladsen").count() == 1
    assert "Anna Kjær" in text_of(jonas.get("/hjaelp/"))
    day = text_of(jonas.get("/min-dag/"))
    assert "Skriver, at noget er forkert" in day
    assert "En samarbejdspartner har svaret" in day


def test_a_promise_that_was_given_up_stands_among_the_municipalitys_promises(
    client_as: As, kommune: Kommune, anna: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(OWN_REGIMES, str(PROMISES))
    law = open_law()
    monkeypatch.setattr(rulebooks, "law", lambda: law)
    rulebooks.rulebook_of.cache_clear()
    outside_personas(kommune, TODAY)
    live(kommune, resolve(law, to_day(TODAY), kommune.slug), TODAY)
    said = text_of(client_as(User.objects.get(username="lars")).get("/kommunen/loefter/"))
    rulebooks.rulebook_of.cache_clear()
    assert re.search(
        r"Første jobsamtale inden en uge fra første henvendelse LAB § 31\b.*? Vores løfte: Inden 4 dage", said
    )
    assert said.count("Holdes.") == 4
    assert re.search(r"Opgivet fra .* Besluttet af: Et opdigtet udvalg, .* Skrevet af Lars Bro\.", said)


def test_the_three_jobs_are_there_and_the_picker_has_a_heading_for_each_side(
    anonymous: Client, kommune: Kommune, anna: Course, settings
) -> None:
    outside_personas(kommune, TODAY)
    settings.DEMONSTRATION = True
    assert {user.job for user in User.objects.filter(role=Role.CASEWORKER)} == set(Job.values)
    said = text_of(anonymous.get("/persona/"))
    order = ["Medarbejdere", "Mette Holm", "Borgere", "Anna Kjær", "Samarbejdspartnere", "Karl Bæk"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert "Virksomhedskonsulent" in said
