"""*Hvorfor?*: section, wording in force, decisive facts with dates, the nearest change, doubts."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Lookup, User
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def why(client, course, norm: str, query: str = "", **headers: str):
    return client.get(f"/borger/{course.citizen.reference}/hvorfor/{norm}/{query}", headers=headers)


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def test_it_says_section_wording_facts_and_what_would_change_it(client_as, caseworker: User) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    page = why(client_as(caseworker), bent, "lab.121.opfoelgning")
    said = text(page)
    assert "For sent · sidste dag 2. august 2026 (18 dage siden)" in said
    assert "ordlyden er i kraft" in said
    assert re.search(r"LAB § 121", said)
    assert "Ansat i fleksjob" in said
    assert "2. februar 2024" in said, "the day the fleksjob began"
    assert "Det ville ændre svaret: Hvis" in said
    assert "opfølgning i fleksjob holdt" in said
    assert 'href="/loven/lab/121/"' in page.content.decode()


def test_htmx_gets_the_part_and_a_browser_without_it_the_page(client_as, caseworker: User) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    client = client_as(caseworker)
    piece = why(client, bent, "lab.121.opfoelgning", HX_Request="true").content.decode()
    page = why(client, bent, "lab.121.opfoelgning").content.decode()
    assert "<html" not in piece
    assert "<h1>" in page
    assert "For sent" in piece
    assert "For sent" in page


def test_a_rule_about_one_wish_among_several_says_which(client_as, caseworker: User) -> None:
    case = day_cases.wishing()
    case["events"].insert(2, {"kind": "anmodning", "om": "hjaelp", "date": day_cases.ago(9)})
    anna = citizen_of(caseworker, case, "Anna Jensen")
    client = client_as(caseworker)
    help_ = text(why(client, anna, "rsl.3.spoergsmaal-om-hjaelp"))
    assert "11. august 2026 (hjælp)" in help_
    assert "Hvis »svar på en anmodning« sker 20. august 2026: opfyldt." in help_
    meeting = text(why(client, anna, "rsl.4.fysisk-moede", "?nr=1"))
    assert "17. august 2026 (en samtale med fysisk fremmøde)" in meeting


def test_doubts_and_sources_are_told(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")
    said = text(why(client_as(caseworker), anna, "lab.32.ret-samtale"))
    assert "Tvivl:" in said
    assert "Vi går ud fra:" in said
    assert "Kilder:" in said


def test_on_another_day_under_that_days_law(client_as, caseworker: User) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    said = text(why(client_as(caseworker), bent, "lab.121.opfoelgning", "?dato=2026-08-01"))
    assert "Åben · sidste dag 2. august 2026 (om 1 dag)" in said


@pytest.mark.parametrize(
    ("norm", "query"),
    [("lab.999.nej", ""), ("rsl.4.fysisk-moede", "?nr=7"), ("lab.121.opfoelgning", "?dato=i+går"),
     ("lab.121.opfoelgning", "?regime=findes-ikke")],
)  # fmt: skip
def test_what_cannot_be_explained_is_said(client_as, caseworker: User, norm: str, query: str) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    page = why(client_as(caseworker), bent, norm, query)
    assert page.status_code == 404
    assert re.search(r"(Slå den op|Gå tilbage)", text(page))


def test_a_look_at_why_is_logged_and_asks_for_a_purpose_where_the_case_is_not_ones_own(
    client_as, caseworker: User, leader: User
) -> None:
    bent = citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")
    assert why(client_as(caseworker), bent, "lab.121.opfoelgning").status_code == 200
    assert Lookup.objects.get(user=caseworker, course=bent.pk).page == "why"
    assert "/formaal/" in why(client_as(leader), bent, "lab.121.opfoelgning")["Location"]
    assert "/formaal/" in why(client_as(leader), bent, "lab.121.opfoelgning", HX_Request="true")["HX-Redirect"]
