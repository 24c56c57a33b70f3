"""The citizen's own pages in a real browser: on a phone, without JavaScript, by keyboard, in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import assert_good_in_every_look, sideways
from tests.browser.site import Site
from tools.translations import WEB, catalogue_of

As = Callable[..., Page]
MOST = 6
"""Interactions, clicks and fields entered, that a task may take her."""

PHONE = {"width": 375, "height": 812}
LARGE_TEXT = {"width": 188, "height": 406}
"""The same phone, with everything shown twice as large."""
OWN = ("", "rettigheder/", "oplysninger/", "maal/", "tilbud/", "breve/", "hvem-har-set/", "noter/")
_NUMBERS = iter(range(1000))


class Hand:
    """What she does, counted."""

    def __init__(self) -> None:
        self.motions = 0

    def click(self, what: Locator) -> None:
        self.motions += 1
        what.click()

    def enter(self, what: Locator, text: str) -> None:
        self.motions += 1
        what.fill(text)


@pytest.fixture
def frida(site: Site) -> Iterator[str]:
    """The user name of a citizen of the test's own, whose caseworker has a free time; her days lie around today."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.contacts.models import Slot
    from tests.django_site import make_citizen_user
    from tests.web.caseworker.anna import make_anna

    number = next(_NUMBERS)
    with site.rows():
        karen = User.objects.get(username="karen")
        day = timezone.localdate()
        course = make_anna(karen, day, number=f"620381{number:04d}", name=f"Frida Lund{chr(97 + number)}")
        make_citizen_user(course, f"frida{number}")
        at = timezone.make_aware(datetime.combine(day + timedelta(days=5), time(10 + number % 8)))
        Slot.objects.create(kommune=karen.kommune, caseworker=karen, at=at, minutes=30, forms=["fysisk", "telefon"])
    return f"frida{number}"


def in_view(page: Page, what: Locator) -> bool:
    """Whether she sees it without scrolling."""
    box = what.bounding_box()
    size = page.viewport_size
    return box is not None and size is not None and box["y"] + box["height"] <= size["height"]


def test_three_tasks_on_a_phone_without_javascript(page_as: As, frida: str) -> None:
    """Find the next step, move a meeting, object to a fact: each in at most six interactions from her first page."""
    page = page_as(frida, java_script_enabled=False, viewport=PHONE)
    took = {}
    step = page.locator(".own-step").first
    expect(step).to_have_text("Besøge to skolekøkkener")
    assert in_view(page, page.locator(".own-words").first)
    took["find the next step"] = Hand().motions

    hand = Hand()
    hand.click(page.get_by_role("link", name="Flyt samtalen"))
    hand.click(page.locator("button[name=tid]").first)
    expect(page.get_by_role("status")).to_contain_text("Aftalen er flyttet")
    took["move a meeting"] = hand.motions

    page.goto("/mit/")
    hand = Hand()
    hand.click(page.get_by_role("link", name="Det, kommunen ved om dig"))
    line = page.locator("li", has_text="Medlem af en a-kasse").last
    hand.click(line.get_by_role("link", name="Det er forkert"))
    hand.enter(page.get_by_label("Hvad er forkert?"), "Jeg meldte mig ud i april.")
    hand.click(page.get_by_role("button", name="Send"))
    expect(page.get_by_role("status")).to_contain_text("Dine ord står nu ved siden af oplysningen.")
    expect(page.locator("li", has_text="Medlem af en a-kasse").last).to_contain_text("Jeg meldte mig ud i april.")
    took["object to a fact"] = hand.motions

    assert {task: motions for task, motions in took.items() if motions > MOST} == {}


def test_every_page_is_good_in_every_look(page_as: As, frida: str) -> None:
    page = page_as(frida)
    for more in OWN:
        page.goto(f"/mit/{more}")
        for folded in page.locator("main details").all()[:6]:
            folded.evaluate("one => one.open = true")
        assert_good_in_every_look(page)


def test_what_goes_wrong_is_good_in_every_look_and_keeps_the_text(page_as: As, frida: str) -> None:
    page = page_as(frida)
    page.goto("/mit/oplysninger/missing/0/forkert/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv, hvad der er forkert.")
    assert_good_in_every_look(page)
    page.goto("/mit/maal/")
    long = ("Jeg vil gerne. " * 300).strip()
    page.locator("textarea").first.fill(long)
    page.get_by_role("button", name="Gem det nye").click()
    expect(page.get_by_role("alert")).to_contain_text("Teksten er for lang")
    expect(page.locator("textarea").first).to_have_value(long)


def test_by_keyboard_from_her_goal_to_a_new_one(page_as: As, frida: str) -> None:
    page = page_as(frida, viewport=PHONE)
    assert not sideways(page)
    reach(page, "Ret eller skriv mere")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit mål og din situation")
    page.locator("textarea").first.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Jeg vil have nøglen til mit eget køkken.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Dine ord er gemt.")
    expect(page.locator(".own-words").first).to_contain_text("Jeg vil have nøglen til mit eget køkken.")
    reach(page, "Jeg har brug for hjælp")


def test_with_text_twice_as_large_nothing_on_a_phone_has_to_be_scrolled_sideways(page_as: As, frida: str) -> None:
    page = page_as(frida, viewport=LARGE_TEXT)
    for more in (*OWN, "aftaler/", "plan/", "kontakt/", "hjaelp/", "kvitteringer/", "hvordan-gaar-det/"):
        page.goto(f"/mit/{more}")
        for part in page.locator("main details:not([open]) > summary").all():
            if part.is_visible():
                part.click()
        assert sideways(page) == [], more


def reach(page: Page, name: str) -> None:
    """Go on with the tab key until something of that name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if name in str(page.evaluate("() => document.activeElement.innerText || ''")):
            return
    raise AssertionError(f"the keyboard never came to {name}")


def test_her_pages_are_whole_in_english(page_as: As, frida: str) -> None:
    catalogue = catalogue_of(WEB / "citizen" / "locale" / "en" / "LC_MESSAGES" / "django.po")
    danish = {str(one.id) for one in catalogue if isinstance(one.id, str) and one.id and one.id != one.string}
    page = page_as(frida)
    page.context.add_cookies([{"name": "django_language", "value": "en", "domain": "127.0.0.1", "path": "/"}])
    for more in OWN:
        page.goto(f"/mit/{more}")
        seen = {line.strip() for line in page.locator("body").inner_text().splitlines()}
        assert sorted(seen & danish) == [], more


def test_staff_answers_what_she_says_is_wrong(page_as: As, frida: str, site: Site) -> None:
    """From her words on the citizen's page to a corrected fact, and her page tells her so."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.courses.models import Fact
    from fodfaeste.casework.courses.objecting import object_to

    with site.rows():
        user = User.objects.get(username=frida)
        course = user.citizen.course
        line = Fact.objects.filter(course=course, field="akassemedlem").latest("pk")
        object_to(course, "fact", line.pk, "Jeg meldte mig ud i april.", user)
        address = f"/borger/{user.citizen.reference}/"
    page = page_as("karen")
    page.goto(address)
    page.locator(".citizen-said").get_by_role("link").click()
    assert_good_in_every_look(page)
    page.get_by_label("Det rettes").check()
    page.get_by_label("Nej", exact=True).check()
    page.get_by_label("Svar til borgeren").fill("Rettet efter dit brev.")
    page.get_by_role("button", name="Gem svaret").click()
    expect(page.get_by_role("status")).to_contain_text("Svaret er gemt")
    page.goto(f"{address}maal/")
    assert_good_in_every_look(page)
    hers = page_as(frida)
    hers.goto("/mit/oplysninger/")
    expect(hers.locator("li", has_text="Medlem af en a-kasse").last).to_contain_text("Rettet efter dit brev.")
