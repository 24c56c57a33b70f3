"""*Kommunen* in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look
from tests.browser.site import Site

As = Callable[..., Page]


@pytest.fixture
def counted(site: Site) -> Iterator[None]:
    """An open case in which a last day has passed, and the index of today."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.access.today import today
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.casework.inbox.actions import build_index
    from fodfaeste.interfaces.web.rulebooks import rulebook_of
    from tests.web.caseworker.day_cases import citizen_of, in_fleksjob

    with site.rows():
        user = User.objects.get(username="mette")
        course = citizen_of(user, in_fleksjob(today()), "Ida Bech")
        build_index(user.kommune, rulebook_of(today(), user.kommune.slug))
    yield
    with site.rows():
        Course.objects.filter(pk=course.pk).update(closed=course.opened)


def test_a_leader_goes_from_a_sum_to_the_cases_by_keyboard(counted: None, page_as: As) -> None:
    page = page_as("lars")
    assert_good_in_every_look(page)
    first = page.locator("th[scope=row] > a").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main").get_by_role("link", name="Kommunen", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Ida Bech")).to_be_visible()
    assert_good_in_every_look(page)


def test_the_sums_are_there_without_a_script(counted: None, page_as: As) -> None:
    page = page_as("lars", java_script_enabled=False)
    expect(page.get_by_role("heading", name="Kommunen", exact=True)).to_be_visible()
    expect(page.get_by_text("Frister overskredet")).to_be_visible()
