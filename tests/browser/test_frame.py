"""The frame's own pages in a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.looks import assert_good_in_every_look, faults, sideways

PAGES = ["/log-ind/", "/persona/", "/tilgaengelighed/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_good_in_every_look(page: Page, address: str) -> None:
    page.goto(address)
    assert_good_in_every_look(page)


@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_whole_in_english(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Accessibility statement")).to_be_visible()
    assert not set("æøåÆØÅ") & set(page.locator("main").inner_text())


def test_a_persona_is_one_click_away(page: Page) -> None:
    page.goto("/persona/")
    page.locator('button[name=persona][value="judith"]').click()
    expect(page.locator(".site-user")).to_contain_text("Judith Vang")


def test_a_page_that_does_not_exist(page_as: Callable[..., Page], watch: Watch) -> None:
    watch.allow("status of 404")
    page = page_as("judith")
    page.goto("/findes/ikke/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Siden findes ikke")
    expect(page.locator("main")).to_contain_text("/findes/ikke/")
    assert_good_in_every_look(page)


def test_signing_in_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/log-ind/?next=/tilgaengelighed/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Gå til sidens indhold")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("mette")
    page.keyboard.press("Tab")
    page.keyboard.type("hemmelig")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tilgængelighedserklæring")
    expect(page.locator(".site-user")).to_contain_text("Mette Holm")


def test_a_wrong_password_keeps_the_user_name(page: Page) -> None:
    page.goto("/log-ind/")
    page.get_by_label("Brugernavn").fill("mette")
    page.get_by_label("Adgangskode").fill("forkert")
    page.locator("main button").click()
    expect(page.get_by_role("alert")).to_contain_text("passer ikke sammen")
    expect(page.get_by_label("Brugernavn")).to_have_value("mette")
    assert_good_in_every_look(page)


def test_the_theme_somebody_chose_stays(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/tilgaengelighed/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="Mørke").click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto("/log-ind/")
    assert page.evaluate(ground) == dark
    page.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Lyse").click()
    assert page.evaluate(ground) == light


def test_everything_works_without_javascript(page_as: Callable[..., Page]) -> None:
    page = page_as("judith", java_script_enabled=False)
    page.goto("/tilgaengelighed/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accessibility statement")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_page_on_paper_is_text_alone(page: Page) -> None:
    page.goto("/tilgaengelighed/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_be_hidden()
    expect(page.locator("footer")).to_be_hidden()


def test_the_checks_see_what_is_wrong(page: Page) -> None:
    """The other tests mean something: a faint word, a picture without words and a wide line are found."""
    page.goto("/tilgaengelighed/")
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.append(Object.assign(document.createElement("img"), {src: "/static/web/icon.svg"}));
            const faint = document.createElement("p");
            faint.append("faint");
            faint.style.setProperty("color", "#ccc");
            faint.style.setProperty("min-width", "3000px");
            main.append(faint);
        }"""
    )
    assert {fault.split(":")[0] for fault in faults(page)} == {"color-contrast", "image-alt"}
    assert [part.split(" ")[1] for part in sideways(page)] == ["faint"]


def test_the_watch_hears_errors_and_other_hosts(new_page: Callable[..., Page], watch: Watch) -> None:
    page = new_page()
    page.goto("/tilgaengelighed/")
    page.evaluate("() => { console.error('said aloud'); setTimeout(() => { throw new Error('thrown') }) }")
    page.evaluate("() => fetch('https://example.org/').catch(() => 0)")
    heard = " ".join(watch.complaints)
    watch.allow("")
    assert "said aloud" in heard
    assert "thrown" in heard
    assert "example.org" in heard
