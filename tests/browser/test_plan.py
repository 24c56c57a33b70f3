"""The plan in a real browser: both sides of the table, and those who are let in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look
from tests.browser.site import Site

As = Callable[..., Page]
_NUMBERS = iter(range(1000))


class Table:
    """Who sits around it, and where."""

    def __init__(self, reference: object, citizen: str, partner: str, step: int) -> None:
        self.staff = f"/borger/{reference}/"
        self.shared = f"/partner/{reference}/"
        self.citizen, self.partner, self.step = citizen, partner, step


@pytest.fixture
def table(site: Site) -> Iterator[Table]:
    """A plan of the test's own, with a citizen and a partner who can sign in."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.plans import needs
    from tests.django_site import make_citizen_user
    from tests.web.caseworker.anna import make_anna
    from tests.web.planning.plans import Plan, partner_of

    number = next(_NUMBERS)
    with site.rows():
        mette = User.objects.get(username="mette")
        course = make_anna(mette, timezone.localdate(), f"620380{number:04d}", f"Rie Lind{chr(97 + number)}")
        citizen = make_citizen_user(course, f"rie{number}")
        partner = partner_of(mette, f"kok{number}", "Kaj Kok", "Køkkenet ApS")
        plan = Plan(course, citizen, mette, timezone.localdate())
        plan.invite(partner, steps=(plan.agreed,), sees_goal=True)
        needs.close_need(plan.need, timezone.localdate(), "Kan stå fire timer")
        return Table(course.citizen.reference, citizen.username, partner.username, plan.disputed.pk)


def test_staffs_pages_are_good_in_every_look(page_as: As, table: Table) -> None:
    page = page_as("mette")
    for more in ("plan/", "inviter/", "rum/"):
        page.goto(table.staff + more)
        for folded in page.locator("main details:not(.law-why, .room-fold)").all():
            folded.evaluate("one => one.open = true")
        assert_good_in_every_look(page)


def test_the_citizens_pages_are_good_in_every_look(page_as: As, table: Table) -> None:
    page = page_as(table.citizen)
    for more in ("plan/", f"plan/skridt/{table.step}/", "plan/referat/"):
        page.goto(f"/mit/{more}")
        for folded in page.locator("main details:not(.law-why, .room-fold)").all():
            folded.evaluate("one => one.open = true")
        assert_good_in_every_look(page)


def test_a_partners_pages_are_good_in_every_look(page_as: As, table: Table) -> None:
    page = page_as(table.partner)
    assert_good_in_every_look(page)
    page.goto(table.shared)
    assert_good_in_every_look(page)


def test_from_a_need_to_its_result_in_one_click(page_as: As, table: Table) -> None:
    """From the page about the citizen; the study's measure is three."""
    page = page_as("mette")
    page.goto(table.staff)
    page.get_by_role("link", name="Planen", exact=True).first.click()
    need = page.locator(".plan-need").filter(has_text="Holde til en hel dag")
    expect(need).to_contain_text("Halve dage i et køkken")
    expect(need.locator(".plan-result")).to_contain_text("Kan stå fire timer")


def test_by_keyboard_on_a_phone_without_javascript_she_says_what_she_would_rather(page_as: As, table: Table) -> None:
    page = page_as(table.citizen, java_script_enabled=False, viewport={"width": 375, "height": 740})
    page.goto("/mit/plan/")
    page.locator(f"#skridt-{table.step} a").press("Enter")
    page.get_by_label("Jeg er enig").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Hellere en uge i et lille køkken")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dit svar står nu ved skridtet.")
    expect(page.locator(f"#skridt-{table.step}")).to_contain_text("Uenig: Hellere en uge i et lille køkken")


def test_the_record_prints_without_buttons_and_with_room_to_write(page_as: As, table: Table) -> None:
    page = page_as("mette")
    page.goto(table.staff + "plan/referat/")
    page.emulate_media(media="print")
    expect(page.locator(".record-step").first).to_be_visible()
    expect(page.locator(".record-lines")).to_be_visible()
    expect(page.get_by_text("Skriv, hvad du mener om det").first).to_be_hidden()
