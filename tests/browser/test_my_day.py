"""*Min dag*, search and purpose in a real browser: everyone can use them, in every look and both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import NARROW, assert_good_in_every_look, faults
from tests.browser.site import Site

Persona = Callable[..., Page]


@pytest.fixture(scope="module")
def dagny(site: Site) -> str:
    """A caseworker with a day full of things; and a colleague with one case."""
    from fodfaeste.casework.access.models import Kommune, Role
    from tests.django_site import make_user
    from tests.web.caseworker import day_cases
    from tests.web.caseworker.day_cases import appointment, citizen_of

    day = timezone.localdate()
    with site.rows():
        kommune = Kommune.objects.get(code=461)
        dagny = make_user(kommune, "dagny", "Dagny Lund", Role.CASEWORKER)
        colleague = make_user(kommune, "bo", "Bo Krog", Role.CASEWORKER)
        citizen_of(colleague, day_cases.in_fleksjob(day), "Carl Kollega", day=day)
        for number in range(17):
            citizen_of(dagny, day_cases.in_fleksjob(day), f"Bent Hansen {number:02}", day=day)
        appointment(citizen_of(dagny, day_cases.wishing(day), "Anna Jensen", day=day), day)
        clara = citizen_of(dagny, day_cases.sick(day), "Clara Østergaard-Holmgaard Christensen", day=day)
        appointment(clara, day - timedelta(days=5))
    return "dagny"


def why_of(page: Page, name: str) -> tuple[object, object]:
    line = page.locator("li.day-line", has_text=name).first
    return line.locator("summary"), line.locator(".day-reason")


def test_the_day_can_be_used_by_everyone(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Min dag")
    page.locator("#part-venter a", has_text="Vis").click()
    expect(page.locator("#part-venter")).to_contain_text("Clara Østergaard-Holmgaard Christensen")
    page.get_by_text("1 tidligere aftale er ikke registreret").click()
    summary, reason = why_of(page, "Anna Jensen")
    summary.click()
    expect(reason).to_contain_text("Det bygger på")
    assert_good_in_every_look(page)


def test_why_opens_below_its_line_with_the_keyboard_alone(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    summary, reason = why_of(page, "Bent Hansen 00")
    for _ in range(80):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(reason).to_contain_text("Det ville ændre svaret: Hvis")
    expect(reason).to_contain_text(re.compile(r"LAB § 121"))
    page.keyboard.press("Enter")
    expect(reason).to_be_hidden()


def test_more_lines_come_without_leaving_the_page(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    lines = page.locator("#part-forfalder li.day-line")
    expect(lines).to_have_count(15)
    page.get_by_role("link", name=re.compile("Vis flere")).click()
    expect(lines.nth(17)).to_be_visible()
    page.locator("#part-forfalder").get_by_role("link", name=re.compile("Vis færre")).click()
    expect(lines).to_have_count(15)


def test_without_javascript_everything_is_reached_by_links(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny, java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Vis flere")).click()
    expect(page.locator("#part-forfalder li.day-line").nth(17)).to_be_visible()
    summary, reason = why_of(page, "Bent Hansen 00")
    summary.click()
    reason.get_by_role("link", name="Åbn forklaringen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Personlig opfølgning i fleksjobbet")
    expect(page.locator("main")).to_contain_text("Det ville ændre svaret")
    page.goto("/min-dag/")
    page.get_by_label("Saml efter borger").check()
    page.get_by_role("button", name="Vis").click()
    expect(page.locator("section.day-citizen h3").first).to_contain_text("Bent Hansen")


def test_why_as_a_page_of_its_own_and_the_day_on_paper(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    address = page.locator("details.day-why").first.get_attribute("hx-get")
    page.goto(str(address))
    assert_good_in_every_look(page)
    page.goto("/min-dag/liste/")
    assert_good_in_every_look(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_text("Bent Hansen 16")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Skriv dagen ind bagefter").click()
    expect(page.get_by_role("group", name=re.compile("Anna Jensen"))).to_be_visible()
    assert_good_in_every_look(page)


def test_in_english(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("My day")
    expect(page.locator("main")).to_contain_text("What citizens have asked for")
    expect(page.locator("main")).to_contain_text("Asked for a conversation in person")
    summary, reason = why_of(page, "Anna Jensen")
    summary.click()
    expect(reason).to_contain_text("It rests on")
    assert faults(page) == []
    page.get_by_role("button", name="Dansk").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Min dag")


def test_somebody_elses_case_is_found_and_opened_with_a_reason(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny)
    page.get_by_role("link", name="Søg borger").click()
    page.get_by_label("Navn, personnummer eller fødselsdag").fill("car kol")
    page.keyboard.press("Enter")
    expect(page.locator(".day-found")).to_contain_text("hos Bo Krog")
    assert "car" not in page.url
    assert_good_in_every_look(page)
    page.get_by_role("link", name="Carl Kollega").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvorfor slår du op?")
    page.get_by_role("button", name="Åbn sagen").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg en grund")
    assert_good_in_every_look(page)
    page.get_by_label("Jeg passer sagen for en kollega").check()
    page.get_by_role("button", name="Åbn sagen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Carl Kollega")


def test_the_day_reads_well_on_a_telephone(page_as: Persona, dagny: str) -> None:
    page = page_as(dagny, viewport=NARROW)
    line = page.locator("li.day-line", has_text="Bent Hansen 00").first
    name, what = line.locator(".day-who").bounding_box(), line.locator(".day-what").bounding_box()
    assert name is not None
    assert what is not None
    assert name["y"] + name["height"] <= what["y"] + 1, "name above what, not beside it"
