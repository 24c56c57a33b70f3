"""Contact by agreement in a real browser: on a phone without scripts, by keyboard, in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look
from tests.browser.site import Site

As = Callable[..., Page]
PHONE = {"width": 375, "height": 812}
_NUMBERS = iter(range(1000))


@pytest.fixture
def gerda(site: Site) -> Iterator[tuple[str, str]]:
    """Reference and user name of a citizen with times, calm, a reminder and a sign; her caseworker is Mette."""
    from fodfaeste.casework.access.models import User
    from fodfaeste.casework.access.today import now
    from fodfaeste.casework.contacts.agreeing import Cadence, agree_contact
    from fodfaeste.casework.contacts.booking import Offered, did_not_come, publish_slots
    from fodfaeste.casework.contacts.calming import Peace, agree_calm
    from fodfaeste.casework.contacts.forms import ALL, Advice
    from fodfaeste.casework.contacts.helping import ask_for_help, set_reminder
    from fodfaeste.interfaces import library
    from tests.django_site import make_citizen_user
    from tests.web.caseworker.day_cases import appointment, citizen_of, insured

    username = f"gerda{next(_NUMBERS)}"
    with site.rows():
        mette, day, law = User.objects.get(username="mette"), timezone.localdate(), library.load()
        course = citizen_of(mette, insured(day), "Gerda Vind", day=day)
        first = timezone.make_aware(datetime.combine(day + timedelta(days=6), time(9)))
        publish_slots(mette, Offered(first, first + timedelta(hours=2), 30, ("fysisk", "telefon"), "Lokale 2"), now())
        anyway = Advice(ALL, "fysisk", (), None)
        agree_contact(course, Cadence(4, "telefon", "Passer med skiftehold"), "borger", mette, anyway, day)
        agree_calm(course, law.vocabulary, Peace(day + timedelta(days=40), "Sorg", mette, "Ring bare"), mette, day, day)
        did_not_come(appointment(course, day - timedelta(days=2)), mette, now())
        set_reminder(course, now() + timedelta(days=1), "Tag cv med", now())
        ask_for_help(course, law.vocabulary, "Om brevet", make_citizen_user(course, username), now())
    yield str(course.citizen.reference), username
    with site.rows():
        from fodfaeste.casework.contacts.models import Slot
        from fodfaeste.casework.courses.models import Course

        Slot.objects.filter(caseworker=mette).update(withdrawn_at=now())
        Course.objects.filter(pk=course.pk).update(closed=course.opened)


def go(page: Page, *addresses: str) -> Iterator[Page]:
    for address in addresses:
        page.goto(address)
        yield page


def test_both_sides_in_every_look(gerda: tuple[str, str], page_as: As) -> None:
    reference, username = gerda
    her: dict[str, Any] = {username: ("/mit/aftaler/", "/mit/kontakt/", "/mit/hvordan-gaar-det/", "/mit/hjaelp/")}
    staff = {"mette": (f"/borger/{reference}/kontakt/", "/ledige-tider/", "/hjaelp/", "/min-dag/")}
    for who, addresses in {**her, **staff, "lars": ("/kommunen/kontakt/", "/kommunen/75-procent/")}.items():
        page = page_as(who)
        for shown in go(page, *addresses):
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            assert_good_in_every_look(shown)


def test_on_a_phone_without_scripts_she_books_asks_to_meet_and_gets_a_person_back(
    gerda: tuple[str, str], page_as: As
) -> None:
    page = page_as(gerda[1], java_script_enabled=False, viewport=PHONE)
    page.goto("/mit/aftaler/")
    page.get_by_role("button", name="Telefon").first.click()
    expect(page.get_by_text("Du har bestilt tid")).to_be_visible()
    page.goto("/mit/kontakt/")
    page.get_by_role("button", name="Jeg vil mødes ansigt til ansigt").click()
    expect(page.get_by_text("Du vil mødes ansigt til ansigt")).to_be_visible()
    page.get_by_text("Jeg vil styre selv").click()
    page.get_by_label("Nej, ikke lige nu").check()
    page.get_by_role("button", name="Begynd").click()
    page.get_by_role("button", name="Jeg vil have et menneske igen").click()
    expect(page.get_by_role("heading", name="Vi ringer til dig")).to_be_visible()


def test_by_keyboard_a_caseworker_goes_from_the_sign_to_the_call(gerda: tuple[str, str], page_as: As) -> None:
    page = page_as("mette")
    page.locator("#part-ring").get_by_role("link", name="Gerda Vind").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Jeg har ringet").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vi talte sammen").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Gem opkaldet").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Opkaldet er skrevet ned.")).to_be_visible()
    expect(page.get_by_text("En aftale blev ikke til noget")).to_have_count(0)
