"""*Min side*: her goal and next step first, what applies now, the way to all the rest; and nobody else gets in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from fodfaeste.casework.access.models import Absence, Kommune, Lookup, Role, User
from fodfaeste.casework.courses.models import Course
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.anna import GOAL, make_anna
from tests.web.caseworker.day_cases import citizen_of
from tests.web.citizen.people import TODAY, anna_herself, main_of, text_of

As = Callable[[User], Client]
PAGES = ["home", "facts", "rights", "letters", "receipts", "offers", "looks", "notes", "words"]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> User:
    return anna_herself(caseworker)[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def page(client_as: As, user: User, name: str = "home") -> str:
    response = client_as(user).get(reverse(f"citizen:{name}"))
    assert response.status_code == 200
    return text_of(response)


def test_signing_in_leads_to_her_own_page(client_as: As, anna: User) -> None:
    assert client_as(anna).get("/")["Location"] == "/mit/"


def test_her_goal_and_next_step_stand_before_anything_the_law_says(client_as: As, anna: User) -> None:
    said = page(client_as, anna)
    order = [GOAL, "Besøge to skolekøkkener", "Det gælder for dig nu", "Det, kommunen ved om dig"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert "Hvorfor: lægen siger halve dage fra næste uge" in said
    assert "Torsdag 9. juli 2026 kl. 14.00" in said


def test_what_she_has_a_right_to_stands_with_section_and_why(client_as: As, anna: User) -> None:
    client = client_as(anna)
    html = client.get(reverse("citizen:rights")).content.decode()
    said = text_of(client.get(reverse("citizen:rights")))
    assert "Borgeren har ret til at se sin sag" in said[said.index("Det har du ret til") :]
    assert re.search(r"FVL § 9", said)
    whys = re.findall(r'href="(/mit/rettigheder/[^"]+)"', html)
    assert len(whys) > 10
    for why in whys[::8]:
        label = plain(re.search(rf'href="{re.escape(why)}">Hvorfor\?<span[^>]*>(.*?)</span>', html)[1])
        told = text_of(client.get(why.replace("&amp;", "&")))
        assert label in told
        assert "Kilder:" in told, "the explanation ends in the law it was read from"


def test_the_lists_are_hers_and_not_the_caseworkers(client_as: As, anna: User) -> None:
    """Nothing that only concerns the municipality, and each rule in one list alone."""
    from fodfaeste.casework.access.today import today
    from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
    from fodfaeste.interfaces.web.citizen.rights import lists_of

    at_hand = case_at_hand(anna.citizen.course, today())
    lists = lists_of(at_hand)
    mine = {
        at_hand.words.norm(entry.explanation.norm.id)
        for entry in at_hand.found.entries
        if "borger" in (entry.explanation.norm.norm.owed_by, entry.explanation.norm.norm.owed_to)
    }
    shown = {line.label for part in vars(lists).values() for line in part}
    assert shown <= mine
    assert {"Borgeren har ret til at se sin sag"} <= {line.label for line in lists.rights}
    others = {at_hand.words.norm(entry.explanation.norm.id) for entry in at_hand.found.entries} - mine
    assert others, "some rules of the case concern the municipality and the fund alone"
    read = page(client_as, anna, "rights")
    assert [label for label in others if label in read] == []
    assert not {line.label for line in lists.hers} & {line.label for line in lists.theirs}


def test_on_every_page_a_person_is_one_step_away(client_as: As, anna: User, caseworker: User) -> None:
    for name in PAGES:
        said = page(client_as, anna, name)
        assert f"{caseworker.name} er din kontakt i kommunen." in said, name
        assert "Jeg har brug for hjælp" in said, name


def test_the_page_for_help_does_not_send_her_to_itself(client_as: As, anna: User) -> None:
    client = client_as(anna)
    assert 'href="/mit/hjaelp/"' in main_of(client.get("/mit/").content.decode())
    assert 'href="/mit/hjaelp/"' not in main_of(client.get("/mit/hjaelp/").content.decode())
    assert "Tal med et menneske" in text_of(client.get("/mit/hjaelp/"))


def test_what_follows_a_control_that_never_was_stands_apart(client_as: As, caseworker: User) -> None:
    """LAB § 38: nobody has been controlled, so nobody owes her a conversation within a week of it."""
    course = citizen_of(caseworker, day_cases.job_ready(), "Emil Dahl")
    said = page(client_as, make_citizen_user(course, "emil"), "rights")
    owed = said[said.index("Det skal andre gøre for dig") : said.index("Det, der kun gælder efter en kontrol")]
    assert "LAB § 31" in owed
    assert "LAB § 38" not in owed
    apart = said[said.index("Det, der kun gælder efter en kontrol") : said.index("Det skal du")]
    assert apart.count("LAB § 38") == 3
    assert "Der er ingen kontrol i gang." in apart


def test_whoever_covers_is_named_while_the_caseworker_is_away(
    client_as: As, anna: User, caseworker: User, kommune: Kommune
) -> None:
    cover = make_user(kommune, "sofie", "Sofie Lund", Role.CASEWORKER)
    Absence.objects.create(
        kommune=kommune, user=caseworker, cover=cover, period=(date(2026, 6, 29), date(2026, 7, 6)), written_by=cover
    )
    assert "Sofie Lund passer din sag i dag." in page(client_as, anna)


# -- who gets in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_staff_and_partners_are_turned_away(client_as: As, caseworker: User, leader: User, name: str) -> None:
    for user in (caseworker, leader):
        answer = client_as(user).get(reverse(f"citizen:{name}"))
        assert answer.status_code == 403
        assert "Siden er for borgere" in text_of(answer)


def test_a_partner_sees_none_of_it(client_as: As, partner_user: User) -> None:
    assert client_as(partner_user).get(reverse("citizen:home")).status_code == 403


def test_one_citizen_never_sees_another(client_as: As, anna: User, caseworker: User) -> None:
    other = make_anna(caseworker, TODAY, number="6203799999", name="Birthe Helt Anden")
    Course.objects.filter(pk=other.pk).update(opened=date(2020, 1, 1))
    client = client_as(anna)
    for name in PAGES:
        assert "Birthe" not in client.get(reverse(f"citizen:{name}")).content.decode()
    line = other.facts.first()
    assert client.get(reverse("citizen:object", args=["fact", line.pk])).status_code == 404
    assert client.post(reverse("citizen:object", args=["fact", line.pk]), {"text": "x"}).status_code == 404
    for reference in (other.citizen.reference, anna.citizen.reference):
        turned_away = client.get(f"/borger/{reference}/")
        assert turned_away.status_code in (403, 404)
        assert "Birthe" not in turned_away.content.decode()
        assert GOAL not in text_of(turned_away)


def test_her_own_looks_are_not_logged(client_as: As, anna: User) -> None:
    for name in PAGES:
        page(client_as, anna, name)
    assert not Lookup.objects.exists()


def test_a_citizen_without_a_case_reads_why_the_page_is_empty(client_as: As, kommune: Kommune) -> None:
    from fodfaeste.casework.people.models import Citizen

    nobody = Citizen.objects.create(kommune=kommune, person_number="6101901234", name="Uden Sag")
    user = make_user(kommune, "uden", "Uden Sag", Role.CITIZEN, citizen=nobody)
    answer = client_as(user).get("/mit/")
    assert answer.status_code == 404
    assert "Kommunen har ingen sag om dig." in text_of(answer)


def test_a_case_with_nothing_in_it_still_shows_a_page(client_as: As, citizen_user: User, leader: User) -> None:
    said = page(client_as, citizen_user)
    assert "Du har ikke skrevet dit mål endnu." in said
    assert "Der er ikke aftalt et skridt." in said
    for name in PAGES:
        page(client_as, citizen_user, name)


# -- first things first -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_no_field_has_to_be_filled_to_read_a_page(client_as: As, anna: User, name: str) -> None:
    html = main_of(client_as(anna).get(reverse(f"citizen:{name}")).content.decode())
    assert not re.search(r"\brequired\b", html)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("home", 13),
        ("facts", 7),
        ("rights", 7),
        ("letters", 4),
        ("offers", 8),
        ("looks", 3),
        ("notes", 4),
        ("words", 5),
    ],
)
def test_the_page_asks_the_database_little(client_as: As, anna: User, name: str, most: int) -> None:
    client = client_as(anna)
    client.get(reverse(f"citizen:{name}"))  # the law is read once in a process
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(f"citizen:{name}"))
    own = ("courses_", "people_", "plans_", "contacts_")
    found = [query["sql"] for query in asked if any(f'FROM "{table}' in query["sql"] for table in own)]
    assert len(found) == most, "\n".join(one[:120] for one in found)


def test_english_pages_have_no_danish_frame(client_as: As, anna: User) -> None:
    client = client_as(anna)
    client.cookies["django_language"] = "en"
    said = text_of(client.get("/mit/"))
    order = ["Hello Anna", "Your goal", "Your next step", "What applies to you now", "Talk to a person"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert not [one for one in ("Hej", "Dit mål", "Dit næste skridt", "Tal med et menneske") if one in said]


# -- and the staff's pages ----------------------------------------------------------------------------------------


def staff_addresses() -> list[str]:
    """Every page of caseworkers and leaders that needs no name or number in its address."""
    found: list[str] = []
    for area in ("caseworker", "leader"):
        named = get_resolver().namespace_dict[area][1].reverse_dict
        plain = (name for name in named if isinstance(name, str))
        found += [
            reverse(f"{area}:{name}") for name in plain if not any(given for _, given in named.getlist(name)[0][0])
        ]
    return sorted(found)


def test_a_citizen_and_a_partner_find_no_page_of_the_staffs(client_as: As, anna: User, partner_user: User) -> None:
    addresses = staff_addresses()
    assert {"/min-dag/", "/borger/", "/kommunen/"} <= set(addresses)
    let_in = [
        (user.username, address)
        for user in (anna, partner_user)
        for address in addresses
        if client_as(user).get(address).status_code not in (403, 404)
    ]
    assert let_in == []
