"""The page about a citizen in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import NARROW, assert_good_in_every_look, sideways
from tests.browser.site import Site
from tools.translations import WEB, catalogue_of

As = Callable[..., Page]
_NUMBERS = iter(range(1000))


@pytest.fixture
def anna(site: Site) -> Iterator[str]:
    """The address of an Anna of the test's own; her days lie around the real today."""
    from fodfaeste.casework.access.models import User
    from tests.web.caseworker.anna import make_anna

    with site.rows():
        course = make_anna(
            User.objects.get(username="mette"), timezone.localdate(), number=f"620379{next(_NUMBERS):04d}"
        )  # fmt: skip
        return f"/borger/{course.citizen.reference}/"


def today_at(site: Site, address: str, field: str) -> object:
    """The value of a field as it stands in the database."""
    from fodfaeste.casework.courses.models import Fact

    with site.rows():
        reference = address.split("/")[2]
        found = Fact.objects.filter(course__citizen__reference=reference, field=field).order_by("pk").last()
        return None if found is None else found.value


# -- looks ------------------------------------------------------------------------------------------------------


PAGES = ["", "loven/", "oplysning/akassemedlem/", "sammenlign/?dato=2027-01-01&regime=planlagt"]


@pytest.mark.parametrize("more", PAGES)
def test_the_page_is_good_in_every_look(page_as: As, anna: str, more: str) -> None:
    page = page_as("mette")
    page.goto(anna + more)
    assert_good_in_every_look(page)


def test_the_page_is_good_with_everything_unfolded(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    for summary in page.locator(".citizen-law .law-more > summary").all():
        summary.click()
    page.locator(".citizen-timeline summary").click()
    expect(page.locator(".citizen-law .law-list > a")).to_have_count(0)
    page.locator(".citizen-law .law-why > summary").first.click()
    expect(page.locator(".why-answer").first).to_be_visible()
    assert_good_in_every_look(page)


def test_a_question_with_something_to_mend_is_good_in_every_look(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna + "spoergsmaal/?om=judged:samtale_noedvendig")
    page.get_by_role("button", name="Gem svar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_in_every_look(page)


def test_the_pages_are_whole_in_english(page_as: As, anna: str) -> None:
    danish = danish_only()
    page = page_as("mette")
    page.context.add_cookies([{"name": "django_language", "value": "en", "domain": "127.0.0.1", "path": "/"}])
    for more in [*PAGES, "spoergsmaal/", "spoergsmaal/?om=judged:samtale_noedvendig"]:
        page.goto(anna + more)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        said = {part.strip() for part in re.split(r"[\n·]", page.locator("main").inner_text())}
        assert not said & danish, more


def danish_only() -> set[str]:
    """Danish strings of the area that read otherwise in English."""
    catalogue = catalogue_of(WEB / "caseworker" / "locale" / "en" / "LC_MESSAGES" / "django.po")
    return {str(one.id) for one in catalogue if one.id and one.string and one.id != one.string}


# -- the picture ------------------------------------------------------------------------------------------------


def test_the_picture_fits_its_window_and_has_one_version_for_each_width(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    expect(page.locator(".tl-wide")).to_be_visible()
    expect(page.locator(".tl-narrow")).to_be_hidden()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    expect(page.locator(".tl-wide")).to_be_hidden()
    expect(page.locator(".tl-narrow")).to_be_visible()
    box = page.locator(".tl-narrow").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    assert not sideways(page)


def test_the_table_holds_what_the_picture_shows(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    page.get_by_text("Vis tidslinjen som tabel").click()
    table = page.locator(".citizen-table")
    for said in ("Sygedagpenge: siden", "Virksomhedspraktik: fra", "Jobsamtale holdt", "Aftalt samtale (Video)"):
        expect(table.get_by_text(said).first).to_be_visible()
    for bar in page.locator(".tl-wide .tl-bar title").all_text_contents():
        assert table.get_by_text(bar, exact=False).count() >= 1, bar


# -- why --------------------------------------------------------------------------------------------------------


def test_why_opens_below_its_line(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    line = page.locator(".law-line").first
    line.get_by_text("Hvorfor?").first.click()
    expect(line.locator(".why-answer")).to_contain_text("Det bygger på")
    assert page.url.endswith(anna)


def test_the_keyboard_alone_reaches_goal_question_and_law(page_as: As, anna: str, site: Site) -> None:
    page = page_as("mette")
    page.goto(anna)
    seen: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => (document.activeElement.innerText || document.activeElement.value || '').trim()")
        seen.append(str(focused))
        if focused == "ja":
            page.keyboard.press("Space")
        if focused == "Gem svar":
            page.keyboard.press("Enter")
            break
    assert "Gem svar" in seen
    assert "Registrér samtale" in seen
    expect(page.get_by_role("status")).to_contain_text("Svaret er gemt.")
    page.get_by_text("Kan ikke afgøres, før vi ved mere").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".law-more[open] .law-line").first).to_be_visible()


# -- asking -----------------------------------------------------------------------------------------------------


def test_an_answer_is_saved_and_the_next_question_is_put(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    first = page.locator(".citizen-ask h2").inner_text()
    page.locator(".citizen-ask").get_by_label("Nej").check()
    page.get_by_role("button", name="Gem svar").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret er gemt.")
    expect(page.locator(".citizen-ask h2")).not_to_have_text(first)


def test_a_failed_answer_keeps_what_was_typed(page_as: As, anna: str, site: Site) -> None:
    page = page_as("mette")
    page.goto(anna + "spoergsmaal/?om=judged:samtale_noedvendig")
    page.locator(".citizen-ask").get_by_label("Ja").check()
    page.get_by_label("Gælder fra").fill("2026-01-05")
    page.get_by_role("button", name="Gem svar").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Der er noget, der skal rettes. Intet er gemt endnu.")
    expect(page.locator(".citizen-ask").get_by_label("Ja")).to_be_checked()
    expect(page.get_by_label("Gælder fra")).to_have_value("2026-01-05")
    alert.get_by_role("link").first.click()
    page.keyboard.type("Anna har selv bedt om en samtale.")
    page.get_by_role("button", name="Gem svar").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret er gemt.")
    assert today_at(site, anna, "samtale_noedvendig") is True


def test_without_javascript_the_page_answers_explains_and_compares(page_as: As, anna: str, site: Site) -> None:
    page = page_as("mette", java_script_enabled=False)
    page.goto(anna)
    expect(page.locator(".tl-wide")).to_be_visible()
    page.locator(".law-why > summary").first.click()
    page.get_by_role("link", name="Åbn forklaringen").first.click()
    expect(page.locator(".why-answer")).to_be_visible()
    page.goto(anna)
    page.get_by_text("Vis rettighederne").click()
    page.get_by_role("link", name="Åbn listen").first.click()
    expect(page.get_by_role("heading", name="Vis rettighederne")).to_be_visible()
    page.goto(anna)
    page.locator(".citizen-ask").get_by_label("Nej").check()
    page.get_by_role("button", name="Gem svar").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret er gemt.")
    page.get_by_role("link", name="Se en anden dag eller andre regler").click()
    page.get_by_label("Dag").fill("2027-01-01")
    page.get_by_label("Regler").select_option("planlagt")
    page.get_by_role("button", name="Sammenlign").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile(r"\d+ forskelle"))
    expect(page.locator(".compare-sign").first).to_be_visible()


def test_a_sensitive_fact_is_shown_when_asked_for(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    hidden = page.locator(".citizen-list > div").filter(has_text="Terminalt syg")
    expect(hidden).to_contain_text("Følsom oplysning")
    hidden.get_by_role("link").click()
    expect(page.locator(".citizen-step")).to_have_text("Nej")
    expect(page.locator("main")).to_contain_text("Det er noteret i loggen, at du har set den.")


def test_printed_it_has_goal_and_duties_and_no_buttons(page_as: As, anna: str) -> None:
    page = page_as("mette")
    page.goto(anna)
    page.emulate_media(media="print")
    expect(page.locator(".citizen-words").first).to_be_visible()
    expect(page.locator(".tl-wide")).to_be_visible()
    expect(page.locator(".law-label").first).to_be_visible()
    expect(page.get_by_role("button", name="Gem svar")).to_be_hidden()
