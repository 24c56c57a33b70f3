"""*Loven* and *Hvad ændrer sig* in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.looks import assert_good_in_every_look
from tests.browser.site import Site

As = Callable[..., Page]
CHANGES = "/aendringer/?fra=2026-06-30&til=2026-07-01"
OPEN_PAGES = [
    "/loven/",
    "/loven/lob/",
    "/loven/sdl/13b-form/",
    "/loven/lob/9/?dag=2021",
    "/loven/satser/",
    "/loven/ordninger/",
    "/loven/ordninger/ref-2027-groups/",
    "/loven/soeg/?q=jobsamtlae",
    "/loven/soeg/?q=LAB+31+stk+3",
]


@pytest.fixture
def case(site: Site) -> Iterator[str]:
    """An open case of Mette's on which July 2026 made a difference; gives the citizen's name."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.courses.models import Course
    from tests.web.caseworker.day_cases import citizen_of
    from tests.web.leader.test_changes import insured

    with site.rows():
        course = citizen_of(User.objects.get(username="mette"), insured(), "Anna Jensen")
    yield "Anna Jensen"
    with site.rows():
        Course.objects.filter(pk=course.pk).update(closed=course.opened)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_the_page_is_good_in_every_look_with_everything_unfolded(page: Page, address: str) -> None:
    page.goto(address)
    unfold(page)
    assert_good_in_every_look(page)


@pytest.mark.parametrize("address", ["/loven/", "/loven/lab/", "/loven/ordninger/"])
def test_the_page_is_whole_in_english(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "paragraf" not in page.locator("main").inner_text().casefold()


def test_from_a_word_to_the_rule_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/loven/")
    page.get_by_label("Søg i loven").focus()
    page.keyboard.type("standby")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søgning på »standby«")
    page.locator(".law-hits a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(re.compile("standby", re.IGNORECASE))
    assert urlsplit(page.url).fragment, "at the rule itself"


def test_the_day_is_switched(page: Page) -> None:
    page.goto("/loven/lab/31/")
    page.get_by_label("Vis loven, som den er den").fill("2021-05-01")
    page.get_by_role("button", name="Vis", exact=True).click()
    rule = page.locator('section[aria-labelledby="lab.31.samtaler.kommune"]')
    expect(rule.locator(".law-now").first).to_contain_text("31. december 2023")
    page.get_by_role("link", name="1. juli 2026").first.click()
    expect(rule.locator(".law-now").first).to_contain_text("Fra 1. juli 2026")


def test_what_changes_is_good_in_every_look(page_as: As, case: str) -> None:
    page = page_as("mette")
    page.goto(CHANGES)
    expect(page.locator("main")).to_contain_text(case)
    unfold(page)
    assert_good_in_every_look(page)


def test_a_question_that_cannot_be_answered_is_good_in_every_look(page_as: As, watch: Watch) -> None:
    page = page_as("mette")
    page.goto("/aendringer/?fra=2026-07-01&til=2026-06-30")
    expect(page.get_by_role("alert")).to_contain_text("Byt dem om")
    expect(page.get_by_label("til dagen")).to_have_value("2026-06-30")
    assert_good_in_every_look(page)


def test_from_a_section_to_its_cases_and_to_the_citizen(page_as: As, case: str) -> None:
    page = page_as("mette")
    page.goto("/min-dag/")
    page.get_by_role("link", name="Hvad ændrer sig").click()
    page.get_by_role("link", name="30. juni 2026 → 1. juli 2026").click()
    page.wait_for_url("**fra=2026-06-30*til=2026-07-01*")  # the page before it has such sections too
    section = page.locator("details.changes-section").filter(has_text="Jobsamtaler i de første seks måneder")
    section.locator("summary").first.click()
    section.get_by_role("link", name=re.compile(r"Vis (sagen|de \d+ sager)")).click()  # she may have others too
    expect(page.locator("#sager")).to_have_text("Sager, der får et andet svar efter LAB § 31")
    page.get_by_role("link", name=case).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(case)


def test_everything_works_without_javascript(page_as: As, case: str) -> None:
    page = page_as("mette", java_script_enabled=False)
    page.goto("/aendringer/")
    page.get_by_label("Fra dagen").fill("2026-06-30")
    page.get_by_label("til dagen").fill("2026-07-01")
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.locator("main")).to_contain_text(case)
    page.locator("details.changes-section summary").first.click()
    expect(page.locator("details.changes-section[open]")).to_have_count(1)


def test_the_list_is_fetched_as_a_file(page_as: As, case: str) -> None:
    page = page_as("mette")
    page.goto(CHANGES)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").click()
    assert fetched.value.suggested_filename == "aendringer-2026-06-30-2026-07-01.csv"
    assert case in fetched.value.path().read_text(encoding="utf-8-sig")
