"""*Refusion* in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look

As = Callable[..., Page]


def test_a_leader_asks_about_a_benefit_by_keyboard_and_sees_the_ladder(page_as: As) -> None:
    page = page_as("lars")
    page.get_by_role("link", name="Refusion: hvad en uge på ydelse koster").press("Enter")
    expect(page.get_by_role("heading", name="En uge mindre", exact=True)).to_be_visible()
    assert_good_in_every_look(page)
    page.get_by_role("link", name="Uge for uge").press("Enter")
    page.get_by_label("Ydelse om ugen i kroner").fill("1000")
    page.get_by_label("Ydelse", exact=True).select_option("dagpenge")
    page.get_by_role("button", name="Regn").press("Enter")
    expect(page.get_by_role("img", name="Siden 2016")).to_be_visible()
    expect(page.get_by_text("Regnet af 1.000 kr. om ugen.")).to_be_visible()
    assert_good_in_every_look(page)


def test_what_cannot_be_reckoned_is_shown_without_a_script_and_nothing_typed_is_lost(page_as: As) -> None:
    page = page_as("lars", java_script_enabled=False)
    page.goto("/kommunen/refusion/valg/?ydelse=kontanthjaelp&uge=70&uger=60")
    expect(page.get_by_role("link", name="Skriv et helt tal fra 1 til 60.")).to_be_visible()
    expect(page.get_by_label("Ugen der vælges i")).to_have_value("70")
