"""Thirteen steps of one case in a real browser: few motions, and nothing typed twice. ``make motions`` writes the page.

One browser and one case; the steps follow each other as in a course.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.motions.document import FILE, MOST, told
from tests.browser.motions.hand import Count, Hand
from tests.browser.motions.scripts import PROPOSED, STEPS
from tests.browser.site import Site

Persona = Callable[..., Page]
WRITE = "WRITE_MOTIONS"
SAID = {"Conversation": "Samtalen er registreret", "Plan": PROPOSED}
"""What the page says when the step is saved, where it is not that it is saved."""


@pytest.fixture
def anna(site: Site) -> Iterator[str]:
    """A citizen of whom nothing is known but her name and day of birth; her address."""
    from fodfaeste.casework.access.models import Kommune, User
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.casework.people.models import Citizen

    with site.rows():
        kommune = Kommune.objects.get(code=461)
        mette = User.objects.get(username="mette")
        citizen = Citizen.objects.create(
            kommune=kommune, person_number="6203880001", name="Anna Motion", born=date(1988, 3, 2)
        )
        course = Course.objects.create(
            kommune=kommune,
            citizen=citizen,
            caseworker=mette,
            opened=timezone.localdate() - timedelta(days=60),
            unobserved=[],
        )
    yield f"/borger/{citizen.reference}/"
    with site.rows():
        Course.objects.filter(pk=course.pk).update(closed=timezone.localdate())


def known(site: Site, address: str) -> set[str]:
    """The fields the case has an answer to."""
    from fodfaeste.casework.courses.models import Fact

    with site.rows():
        found = Fact.objects.filter(course__citizen__reference=address.split("/")[2]).exclude(value=None)
        return set(found.values_list("field", flat=True))


def test_thirteen_steps_in_few_motions_and_nothing_typed_twice(site: Site, page_as: Persona, anna: str) -> None:
    page = page_as("mette")
    hand, counts, today = Hand(page), {}, timezone.localdate()
    for name, script in STEPS:
        page.goto(anna)
        hand.begin(known(site, anna))
        script(hand, today)
        expect(page.locator("main")).to_contain_text(SAID.get(name, "er gemt"))
        counts[name] = hand.count
    check(counts)


def check(counts: dict[str, Count]) -> None:
    assert {name: count.again for name, count in counts.items() if count.again} == {}
    assert {name: counts[name].motions for name, most in MOST.items() if counts[name].motions > most} == {}
    if os.environ.get(WRITE):
        FILE.write_text(told(counts), encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == told(counts), "the page tells other numbers: run `make motions`"
