"""The page about a citizen: what stands first, who may see it, what is asked, and what is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fodfaeste.casework.access.actions import OWN_CASE
from fodfaeste.casework.access.models import Kommune, Lookup, Role, User
from fodfaeste.casework.courses.models import Course, Fact, Spell
from tests.django_site import make_user
from tests.web.caseworker.anna import GOAL, address, make_anna, text_of

TODAY = date(2026, 6, 30)
As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return make_anna(caseworker, TODAY)


def page(client_as: As, user: User, course: Course, more: str = "") -> str:
    response = client_as(user).get(address(course, more))
    assert response.status_code == 200
    return text_of(response)


# -- what stands first ------------------------------------------------------------------------------------------


def test_her_own_goal_and_next_step_stand_before_the_law(client_as: As, caseworker: User, anna: Course) -> None:
    said = page(client_as, caseworker, anna)
    order = [GOAL, "Besøge to skolekøkkener", "Vis tidslinjen", "Loven kræver"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert "Skrevet af Anna Kjær selv, 31. maj 2026" in said
    assert "Grund: lægen siger halve dage fra næste uge" in said
    assert "Samtale torsdag 9. juli 2026 kl. 14.00" in said


def test_nobody_but_the_citizen_can_write_her_words(client_as: As, caseworker: User, anna: Course) -> None:
    html = client_as(caseworker).get(address(anna)).content.decode()
    assert GOAL not in "".join(re.findall(r"<(?:textarea|input)[^>]*>[^<]*", html))


def test_without_a_goal_the_page_says_what_to_do(client_as: As, caseworker: User, anna: Course) -> None:
    anna.words.all().delete()
    assert "Borgeren har ikke skrevet sit mål endnu." in page(client_as, caseworker, anna)


def test_no_field_has_to_be_filled_to_read_the_page(client_as: As, caseworker: User, anna: Course) -> None:
    assert " required" not in client_as(caseworker).get(address(anna)).content.decode()


# -- the law ----------------------------------------------------------------------------------------------------


def test_the_law_tells_what_is_late_since_when(client_as: As, caseworker: User, anna: Course) -> None:
    said = page(client_as, caseworker, anna)
    assert re.search(r"Overskredet Visitation til kategori 2 .*? sidste dag tir 21. april 2026 \(70 dage siden\)", said)
    assert "Mentorstøtte til den, der har brug for det" in said[said.index("Loven lader stå åbent") :]


def test_what_is_folded_can_be_read_on_a_page_without_javascript(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    folded = client.get(address(anna, "loven/?del=rights"), headers={"HX-Request": "true"})
    right = re.search(r'class="law-label">([^<]+)<', folded.content.decode())
    assert right is not None
    assert right.group(1) not in text_of(client.get(address(anna)))
    assert unescape(right.group(1)) in text_of(client.get(address(anna, "loven/")))


def test_every_line_leads_to_its_reasons_and_its_section(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    html = client.get(address(anna, "loven/")).content.decode()
    whys = set(map(unescape, re.findall(r'hx-get="([^"]+/hvorfor/[^"]+)"', html)))
    sections = set(re.findall(r'class="law-ref"><a href="([^"#]+)', html))
    assert len(whys) > 40
    for why in sorted(whys)[::6]:
        assert client.get(why).status_code == 200, why
    for section in sorted(sections)[::6]:
        assert client.get(section).status_code == 200, section


def test_a_sanction_is_never_shown_as_something_that_follows_by_itself(
    client_as: As, caseworker: User, anna: Course
) -> None:
    said = page(client_as, caseworker, anna, "loven/")
    assert "Sanktioner, loven åbner for" not in said or "Ingen sanktion følger af sig selv." in said


# -- who may see it ---------------------------------------------------------------------------------------------


def test_her_own_case_opens_at_once_and_is_logged(client_as: As, caseworker: User, anna: Course) -> None:
    page(client_as, caseworker, anna)
    seen = Lookup.objects.get(course=anna.pk)
    assert (seen.user, seen.page, seen.purpose) == (caseworker, "citizen", OWN_CASE)


@pytest.mark.parametrize("more", ["", "loven/", "sammenlign/", "spoergsmaal/", "oplysning/akassemedlem/"])
def test_somebody_elses_case_asks_for_a_purpose_first(client_as: As, kommune: Kommune, anna: Course, more: str) -> None:
    colleague = make_user(kommune, "sofie", "Sofie Lund", Role.CASEWORKER)
    client = client_as(colleague)
    asked = client.get(address(anna, more))
    assert asked.status_code == 302
    assert asked["Location"].startswith(address(anna, "formaal/"))
    assert not Lookup.objects.exists()
    answered = client.post(asked["Location"], {"reason": "stand-in", "next": address(anna, more)}, follow=True)
    assert "Anna Kjær" in text_of(answered)
    assert Lookup.objects.filter(course=anna.pk, user=colleague).exclude(purpose=OWN_CASE).exists()


@pytest.mark.parametrize("more", ["", "loven/", "sammenlign/", "spoergsmaal/", "oplysning/akassemedlem/"])
def test_another_municipality_does_not_know_the_case(
    client_as: As, other_kommune: Kommune, anna: Course, more: str
) -> None:
    stranger = make_user(other_kommune, "per", "Per Dam", Role.CASEWORKER)
    assert client_as(stranger).get(address(anna, more)).status_code == 404


def test_a_jurist_reads_the_case_and_changes_nothing(client_as: As, jurist: User, anna: Course) -> None:
    client = client_as(jurist)
    client.post(address(anna, "formaal/"), {"reason": "access", "next": address(anna)})
    html = client.get(address(anna)).content.decode()
    assert "Gem svar" not in html
    assert client.post(address(anna, "spoergsmaal/"), {"om": "fact:akassemedlem", "svar": "ja"}).status_code == 403
    assert client.post(address(anna, "oplysning/akassemedlem/"), {"svar": "nej"}).status_code == 403
    assert Fact.objects.filter(course=anna, field="akassemedlem").count() == 2


# -- facts ------------------------------------------------------------------------------------------------------


def test_each_fact_stands_once_with_source_and_day(client_as: As, caseworker: User, anna: Course) -> None:
    said = page(client_as, caseworker, anna)
    assert said.count("Medlem af en a-kasse") == said.count("Ret Medlem af en a-kasse") + 1
    assert "Ja Ret Medlem af en a-kasse altid · borgeren · Mette Holm · noteret 07.03.2025 · 1 tidligere" in said


def test_a_correction_keeps_what_stood_before(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    client.post(address(anna, "oplysning/akassemedlem/"), {"svar": "nej", "fra": "2026-06-01", "gem": "1"})
    said = text_of(client.get(address(anna, "oplysning/akassemedlem/")))
    assert re.search(r"Medlem af en a-kasse Nej Fra 1. juni 2026 .* Historik Ja Altid .* Nej Altid", said)


def test_a_sensitive_fact_is_hidden_until_asked_for_and_that_is_logged(
    client_as: As, caseworker: User, anna: Course
) -> None:
    said = page(client_as, caseworker, anna)
    assert "Terminalt syg Følsom oplysning Vis" in said
    assert not Lookup.objects.filter(action="reveal").exists()
    assert "Terminalt syg" in page(client_as, caseworker, anna, "oplysning/terminalt_syg/")
    seen = Lookup.objects.get(action="reveal")
    assert (seen.page, seen.purpose) == ("fact:terminalt_syg", OWN_CASE)


# -- queries ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "most"),
    [("", 10), ("loven/", 5), ("sammenlign/?dato=2026-07-01", 5), ("spoergsmaal/", 6), ("oplysning/akassemedlem/", 7)],
)
def test_the_page_asks_the_database_little(client_as: As, caseworker: User, anna: Course, more: str, most: int) -> None:
    client = client_as(caseworker)
    client.get(address(anna, more))  # the law is read once in a process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address(anna, more))
    own = ("courses_", "people_", "plans_", "contacts_")
    found = [query["sql"] for query in asked if any(f'FROM "{table}' in query["sql"] for table in own)]
    assert len(found) == most, "\n".join(one[:120] for one in found)


def test_many_lines_ask_no_more(client_as: As, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    client.get(address(anna))
    with CaptureQueriesContext(connection) as few:
        client.get(address(anna))
    for number in range(60):
        Fact.objects.create(
            kommune=anna.kommune, course=anna, field="akassemedlem", value=bool(number % 2), entered_by=caseworker,
            recorded=TODAY,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(address(anna))
    assert len(many) == len(few)


def test_an_empty_case_has_a_page(client_as: As, caseworker: User, anna: Course) -> None:
    for lines in (
        anna.events,
        anna.facts,
        anna.steps,
        anna.appointments,
        anna.words,
        Spell.objects.filter(course=anna),
    ):
        lines.all().delete()
    said = page(client_as, caseworker, anna)
    assert "Der er ikke aftalt et næste skridt." in said
    assert "Der er ikke noteret oplysninger endnu." in said


def test_an_explanation_tells_whence_its_facts_are_known(client_as: As, caseworker: User, anna: Course) -> None:
    Fact.objects.create(kommune=anna.kommune, course=anna, field="i_job", value=False, recorded=TODAY)
    said = page(client_as, caseworker, anna, "hvorfor/sdl.akasse.sygesamtale/")
    assert "Medlem af en a-kasse ja borgeren, noteret 7. marts 2025" in said


def test_a_sensitive_fact_in_an_explanation_is_logged_by_name(client_as: As, caseworker: User, anna: Course) -> None:
    page(client_as, caseworker, anna, "hvorfor/sdl.akasse.sygesamtale/")
    assert not Lookup.objects.filter(action="reveal").exists()
    Spell.objects.create(
        kommune=anna.kommune, course=anna, kind="tilkendelsessag", period=DateRange(TODAY, None),
        attrs={"om": "foertidspension"},
    )  # fmt: skip
    assert "Terminalt syg nej" in page(client_as, caseworker, anna, "hvorfor/lsp.18.uden-team/")
    assert Lookup.objects.filter(course=anna.pk, action="reveal", page="fact:terminalt_syg").exists()
