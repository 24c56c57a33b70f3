"""Registering a conversation in a real browser: in few motions, by keyboard, without JavaScript, with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import assert_good_in_every_look, faults
from tests.browser.site import Site

Persona = Callable[..., Page]
MOST = 8
"""Interactions, clicks and fields entered, from *Min dag* until everything about a conversation is saved."""


class Hand:
    """What a caseworker does with her hands, counted."""

    def __init__(self) -> None:
        self.motions = 0

    def click(self, what: Locator) -> None:
        self.motions += 1
        what.click()

    def enter(self, what: Locator, text: str) -> None:
        self.motions += 1
        what.fill(text)


@pytest.fixture
def anna(site: Site) -> Iterator[str]:
    """A caseworker with one citizen, who has an appointment today and asked to meet in person; her address."""
    from fodfaeste.casework.access.models import Kommune, Role, User
    from tests.django_site import make_user
    from tests.web.caseworker import day_cases
    from tests.web.caseworker.day_cases import appointment, citizen_of

    day = timezone.localdate()
    with site.rows():
        kommune = Kommune.objects.get(code=461)
        tove = User.objects.filter(username="tove").first() or make_user(kommune, "tove", "Tove Gram", Role.CASEWORKER)
        course = citizen_of(tove, day_cases.wishing(day), "Anna Jensen", day=day)
        appointment(course, day, form="fysisk")
        reference = course.citizen.reference
    yield f"/borger/{reference}/samtale/"
    with site.rows():
        type(course).objects.filter(pk=course.pk).update(closed=day)


def talks(site: Site, address: str) -> list[tuple[object, dict[str, object]]]:
    """What stands written of conversations held within the last week."""
    from fodfaeste.casework.courses.models import Event

    week = timezone.localdate() - timedelta(days=7)
    with site.rows():
        rows = Event.objects.filter(
            course__citizen__reference=address.split("/")[2], kind="jobsamtale", on__gte=week, standing=True
        )
        return [(row.on, row.attrs) for row in rows.order_by("pk")]


def note(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Note")


def save(page: Page) -> Locator:
    return page.get_by_role("button", name="Gem samtalen")


def registers(page: Page, part: str, anna: str) -> Locator:
    """The link in a part of the day that registers a conversation with this test's Anna."""
    link = page.locator(f"#part-{part} a[href^='{anna}']")
    expect(link).to_have_accessible_name("Registrér samtale med Anna Jensen")
    return link


def test_a_conversation_takes_two_motions_and_everything_about_it_at_most_eight(
    site: Site, page_as: Persona, anna: str
) -> None:
    page, hand = page_as("tove"), Hand()
    hand.click(registers(page, "i-dag", anna))
    hand.click(save(page))
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    expect(page.locator("main")).to_contain_text("Opfyldt: Ret til at mødes fysisk")
    assert hand.motions == 2
    assert talks(site, anna) == [(timezone.localdate(), {"holder": "kommune", "form": "fysisk"})]

    page.goto("/min-dag/")
    hand = Hand()
    hand.click(registers(page, "forfalder", anna))
    hand.click(page.get_by_label("Video").first)
    hand.click(page.get_by_label("Opfølgning på ydelsen"))
    hand.enter(note(page), "Talte om et kursus i oktober.")
    hand.enter(page.locator("[name=next_day]"), (timezone.localdate() + timedelta(days=28)).isoformat())
    hand.enter(page.locator("[name=next_time]"), "10:30")
    hand.click(save(page))
    expect(page.locator("main")).to_contain_text("Tæller med: Fire jobsamtaler i kommunen på seks måneder")
    expect(page.locator("main")).to_contain_text("3 af 4 holdt")
    expect(page.locator("main")).to_contain_text("Opfyldt denne gang: Opfølgning på hjælpen")
    expect(page.locator("main")).to_contain_text("kl. 10.30")
    assert hand.motions <= MOST
    page.get_by_role("link", name="Til Min dag").click()
    expect(page.locator("main")).to_contain_text("3 af 4 holdt")


def test_with_the_keyboard_alone(site: Site, page_as: Persona, anna: str) -> None:
    page = page_as("tove")
    page.goto(anna)
    reach(page, note(page))
    page.keyboard.type("Skrevet uden mus.")
    reach(page, save(page))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    assert len(talks(site, anna)) == 1


def reach(page: Page, what: Locator) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if what.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the keyboard does not reach it")


@pytest.mark.parametrize("java_script", [True, False])
def test_a_refused_save_keeps_what_was_typed_and_says_what_to_do(
    site: Site, page_as: Persona, anna: str, java_script: bool
) -> None:
    page = page_as("tove", java_script_enabled=java_script)
    page.goto(anna)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    page.locator("[name=on]").fill(tomorrow)
    note(page).fill("Et langt referat, som ingen vil skrive to gange.")
    save(page).click()
    alert = page.get_by_role("alert").filter(has_text="Intet er gemt endnu")
    expect(alert).to_contain_text("En samtale registreres, når den er holdt")
    if java_script:
        expect(alert).to_be_focused()
    expect(note(page)).to_have_value("Et langt referat, som ingen vil skrive to gange.")
    expect(page.locator("[name=on]")).to_have_value(tomorrow)
    assert talks(site, anna) == []
    page.locator("[name=on]").fill(timezone.localdate().isoformat())
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    expect(page.locator("main")).to_contain_text("Et langt referat, som ingen vil skrive to gange.")
    assert len(talks(site, anna)) == 1


def test_two_quick_clicks_are_one_conversation(site: Site, page_as: Persona, anna: str) -> None:
    page = page_as("tove")
    page.goto(anna)
    save(page).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    assert len(talks(site, anna)) == 1


def test_when_the_database_fails_the_text_stays_on_the_page(site: Site, page_as: Persona, anna: str, watch) -> None:
    watch.allow("status of 500")
    watch.allow("Response Status Error Code 500")
    page = page_as("tove")
    page.goto(anna)
    note(page).fill("Må ikke gå tabt.")
    with site.rows(), connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON contacts_note FROM fodfaeste_web")
    try:
        save(page).click()
        expect(page.get_by_text("Det lykkedes ikke, og intet er gemt.")).to_be_visible()
    finally:
        with site.rows(), connection.cursor() as cursor:
            cursor.execute("GRANT INSERT ON contacts_note TO fodfaeste_web")
    assert talks(site, anna) == []
    expect(note(page)).to_have_value("Må ikke gå tabt.")
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    expect(page.locator("main")).to_contain_text("Må ikke gå tabt.")
    assert len(talks(site, anna)) == 1


def test_when_the_session_ended_the_text_stays_and_can_be_saved_after_signing_in(
    site: Site, page_as: Persona, anna: str, watch
) -> None:
    watch.allow("status of 401")
    watch.allow("Response Status Error Code 401")
    page = page_as("tove")
    page.goto(anna)
    note(page).fill("Skrevet før frokost.")
    page.context.clear_cookies(name="sessionid")
    save(page).click()
    expect(page.get_by_text("Du er blevet logget ud, og intet er gemt.")).to_be_visible()
    expect(note(page)).to_have_value("Skrevet før frokost.")
    other = page.context.new_page()
    other.goto("/persona/")
    other.locator('button[name=persona][value="tove"]').click()
    other.wait_for_url(re.compile("/min-dag/"))
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    expect(page.locator("main")).to_contain_text("Skrevet før frokost.")
    assert len(talks(site, anna)) == 1


def test_a_registration_is_corrected_and_taken_back(site: Site, page_as: Persona, anna: str) -> None:
    page = page_as("tove")
    page.goto(anna)
    save(page).click()
    page.get_by_role("link", name="Ret samtalen").click()
    page.get_by_label("Telefon").check()
    page.get_by_role("button", name="Gem rettelsen").click()
    expect(page.locator("main")).to_contain_text("telefon")
    assert [attrs["form"] for _, attrs in talks(site, anna)] == ["telefon"]
    page.get_by_role("link", name="Ret samtalen").click()
    page.get_by_role("button", name="Samtalen blev ikke holdt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er taget tilbage")
    assert talks(site, anna) == []


def test_every_look_of_the_form_its_errors_and_the_receipt(page_as: Persona, anna: str) -> None:
    page = page_as("tove")
    page.goto(anna)
    assert_good_in_every_look(page)
    page.locator("[name=on]").fill("2001-01-01")
    page.locator("[name=next_time]").fill("10:00")
    save(page).click()
    expect(page.get_by_role("alert").filter(has_text="Intet er gemt endnu")).to_be_visible()
    assert_good_in_every_look(page)
    page.goto(anna)
    note(page).fill("Et ord")
    save(page).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Samtalen er registreret")
    assert_good_in_every_look(page)
    page.get_by_role("link", name="Ret samtalen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ret samtalen")
    assert_good_in_every_look(page)


def test_in_english(page_as: Persona, anna: str) -> None:
    page = page_as("tove")
    page.get_by_role("button", name="English").click()
    page.goto(anna)
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a conversation")
    assert faults(page) == []
    page.get_by_role("button", name="Save the conversation").click()
    expect(page.locator("main")).to_contain_text("Met: Right to meet in person")
    page.get_by_role("button", name="Dansk").click()
