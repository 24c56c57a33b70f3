"""*Samarbejdspartnere*: a leader lets people outside sign in, and closes their access; by name, and kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from fodfaeste.casework.access.models import Kommune, PartnerChange, Role, User
from tests.django_site import make_user
from tests.web.caseworker.anna import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/kommunen/samarbejdspartnere/"
SUSANNE = {"do": "ny", "name": "Susanne Kvist", "organisation": "En a-kasse", "username": "susanne@a-kasse.dk"}

As = Callable[[User], Client]


@pytest.fixture
def lars(client_as: As, leader: User) -> Client:
    return client_as(leader)


def made(lars: Client) -> tuple[User, str]:
    """Susanne, and the password that was shown."""
    said = text_of(lars.post(ADDRESS, SUSANNE, follow=True))
    shown = re.search(r"logge ind som susanne@a-kasse\.dk med adgangskoden (\S+)\. Den vises kun nu", said)
    assert shown, said
    return User.objects.get(username="susanne@a-kasse.dk"), shown[1]


def signs_in(password: str) -> bool:
    return Client().login(username="susanne@a-kasse.dk", password=password)


def test_whoever_is_made_can_sign_in_and_sees_nothing_of_anybody(lars: Client, client_as: As) -> None:
    susanne, password = made(lars)
    assert (susanne.role, susanne.organisation, susanne.kommune.slug) == (Role.PARTNER, "En a-kasse", "odense")
    assert signs_in(password)
    assert client_as(susanne).get("/borger/").status_code == 403
    assert "Susanne Kvist" in text_of(lars.get(ADDRESS))
    assert password not in text_of(lars.get(ADDRESS)), "it is shown once"


def test_a_closed_access_opens_to_nobody_and_can_be_opened_again_with_a_new_password(lars: Client) -> None:
    susanne, first = made(lars)
    lars.post(ADDRESS, {"do": "luk", "nummer": susanne.pk})
    assert not signs_in(first)
    assert "Lukket" in text_of(lars.get(ADDRESS))
    said = text_of(lars.post(ADDRESS, {"do": "adgangskode", "nummer": susanne.pk}, follow=True))
    second = re.search(r"adgangskoden (\S+)\. Den", said)
    assert second
    assert (signs_in(first), signs_in(second[1])) == (False, True)


def test_what_was_done_stands_with_the_name_of_who_did_it(lars: Client) -> None:
    susanne, _password = made(lars)
    lars.post(ADDRESS, {"do": "flyt", "nummer": susanne.pk, f"p{susanne.pk}-organisation": "En anden a-kasse"})
    lars.post(ADDRESS, {"do": "luk", "nummer": susanne.pk})
    said = text_of(lars.get(ADDRESS))
    told = said[said.index("Hvad er der gjort, og af hvem?") :]
    done = ["Lukket, Susanne Kvist (En anden a-kasse)", "Organisation rettet, Susanne Kvist", "Oprettet, Susanne Kvist"]
    assert [told.index(one) for one in done] == sorted(told.index(one) for one in done)
    assert told.count("Gjort af Lars Bro.") == 3 or told.count("Gjort af") == 3
    assert PartnerChange.objects.count() == 3


def test_closing_twice_is_once(lars: Client) -> None:
    susanne, _password = made(lars)
    for _ in range(2):
        lars.post(ADDRESS, {"do": "luk", "nummer": susanne.pk})
    assert PartnerChange.objects.filter(what="closed").count() == 1


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("name", "Skriv personens fulde navn."),
        ("organisation", "Skriv, hvilken organisation personen kommer fra."),
        ("username", "Skriv et brugernavn"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(lars: Client, missing: str, says: str) -> None:
    page = lars.post(ADDRESS, SUSANNE | {missing: ""})
    assert page.status_code == 422
    assert says in text_of(page)
    for name in {"name", "organisation", "username"} - {missing}:
        assert f'value="{SUSANNE[name]}"' in page.content.decode()
    assert not User.objects.filter(role=Role.PARTNER).exists()


def test_a_user_name_is_one_persons(lars: Client) -> None:
    made(lars)
    page = lars.post(ADDRESS, SUSANNE | {"username": "Susanne@A-kasse.dk", "name": "En Anden"})
    assert "Brugernavnet er taget. Vælg et andet." in text_of(page)


def test_another_municipalitys_partner_and_ones_own_staff_are_out_of_reach(
    lars: Client, other_kommune: Kommune, caseworker: User
) -> None:
    there = make_user(other_kommune, "karl", "Karl Bæk", Role.PARTNER)
    for user in (there, caseworker):
        assert lars.post(ADDRESS, {"do": "luk", "nummer": user.pk}).status_code == 404
        user.refresh_from_db()
        assert user.is_active
    assert "Karl Bæk" not in text_of(lars.get(ADDRESS))


def test_only_a_leader(client_as: As, caseworker: User) -> None:
    page = client_as(caseworker).get(ADDRESS)
    assert page.status_code == 403
    assert "Bed din leder om at oprette en samarbejdspartner." in text_of(page)
