"""Steps, shifts, hand-over, absence and the register of fields in a real browser: every look, keyboard, no script."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look, faults
from tests.browser.site import Site

Persona = Callable[..., Page]


@pytest.fixture
def anna(site: Site) -> Iterator[str]:
    """A citizen on kontanthjælp for two months; her address."""
    from fodfaeste.casework.access.models import Kommune, Role, User
    from tests.django_site import make_user
    from tests.web.caseworker import day_cases
    from tests.web.caseworker.day_cases import appointment, citizen_of

    day = timezone.localdate()
    with site.rows():
        kommune = Kommune.objects.get(code=461)
        for username, name in (("viggo", "Viggo Strand"), ("sofie", "Sofie Lund")):
            if not User.objects.filter(username=username).exists():
                make_user(kommune, username, name, Role.CASEWORKER)
        viggo = User.objects.get(username="viggo")
        course = citizen_of(viggo, day_cases.insured(day), "Anna Jensen", day=day)
        appointment(course, day + timedelta(days=5))
    yield f"/borger/{course.citizen.reference}/"
    with site.rows():
        type(course).objects.filter(pk=course.pk).update(closed=day)


def picture(page: Page, name: str) -> None:
    """Kept where somebody wants to look at the pages: ``PICTURES=folder``."""
    folder = os.environ.get("PICTURES")
    if folder:
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_every_look_of_a_step_its_errors_and_its_receipt(page_as: Persona, anna: str) -> None:
    page = page_as("viggo")
    page.goto(f"{anna}skridt/")
    assert_good_in_every_look(page)
    picture(page, "steps")
    page.goto(f"{anna}skridt/praktik/")
    assert_good_in_every_look(page)
    picture(page, "step")
    page.get_by_label("Første dag").fill("")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Intet er gemt endnu")).to_be_focused()
    assert faults(page) == []
    page.get_by_label("Første dag").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Virksomhedspraktik er gemt")
    assert_good_in_every_look(page)
    picture(page, "receipt")


def test_every_look_of_a_shift_without_javascript(page_as: Persona, anna: str) -> None:
    page = page_as("viggo", java_script_enabled=False)
    page.goto(f"{anna}skift/")
    page.locator("select[name=benefit]").select_option("sygedagpenge")
    page.locator("select[name=group]").select_option("syg")
    page.get_by_label("Første fraværsdag").check()
    page.get_by_role("button", name="Vis, hvad der sker med fristerne").click()
    expect(page.get_by_role("heading", name="Det gør loven ved fristerne")).to_be_visible()
    picture(page, "shift")
    page.get_by_role("button", name="Gem skiftet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skift af ydelse eller målgruppe er gemt")
    address = page.url
    looked = page_as("viggo")
    looked.goto(address)
    assert_good_in_every_look(looked)


def test_every_look_of_handover_absence_fund_fact_and_fields(page_as: Persona, anna: str) -> None:
    page = page_as("viggo")
    for address in (
        f"{anna}overdrag/",
        "/fravaer/",
        f"{anna}a-kasse/",
        f"{anna}a-kasse/pakke/",
        f"{anna}oplysning/foedt/",
    ):
        page.goto(address)
        assert_good_in_every_look(page)
        picture(page, address.strip("/").split("/")[-1])
    page.goto("/felter/?vis=skal")
    assert_good_in_every_look(page)
    picture(page, "felter")


def test_a_step_by_keyboard_and_in_english(page_as: Persona, anna: str) -> None:
    page = page_as("viggo")
    page.get_by_role("button", name="English").click()
    page.goto(f"{anna}skridt/fravaer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lawful absence")
    save = page.get_by_role("button", name="Save", exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if save.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lawful absence: saved")
    picture(page, "english")
    page.get_by_role("button", name="Dansk").click()
