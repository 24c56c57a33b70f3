"""The three employees of the municipality in a real browser: each walks through her morning; and a leader's counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_good_in_every_look, faults
from tests.browser.site import Site

Persona = Callable[..., Page]


@pytest.fixture(scope="module")
def colleagues(site: Site) -> None:
    """An employment worker and a company consultant, each with a citizen who has said what she needs."""
    from fodfaeste.casework.access.models import Job, Kommune, Role
    from fodfaeste.casework.courses.models import Spell
    from fodfaeste.casework.plans.models import Need, Step
    from tests.django_site import make_user
    from tests.web.caseworker import day_cases
    from tests.web.caseworker.day_cases import appointment, citizen_of

    day = timezone.localdate()
    with site.rows():
        kommune = Kommune.objects.get(code=461)
        for username, name, job in (
            ("vibe", "Vibe Dal", Job.EMPLOYMENT),
            ("conny", "Conny Krog", Job.COMPANIES),
        ):
            worker = make_user(kommune, username, name, Role.CASEWORKER, job=job)
            course = citizen_of(worker, day_cases.job_ready(day), f"Nadia hos {worker.first_name}", day=day)
            shared = {"kommune": kommune, "course": course}
            appointment(course, day)
            Need.objects.create(
                **shared, area="job", text="En virksomhed, der tør.", said_by="borger", said_on=day, written_by=worker
            )
            Step.objects.create(
                **shared, text="Besøge et værksted", owner="borger", on=day + timedelta(days=2), reason="aftalt",
                agreed=True,
            )  # fmt: skip
            Spell.objects.create(
                **shared, kind="tilbud", attrs={"type": "oevo"}, period=(day, day + timedelta(days=20))
            )


def test_the_employment_worker_goes_from_a_step_to_the_citizen(page_as: Persona, colleagues: None) -> None:
    page = page_as("vibe")
    steps = page.locator("#part-skridt")
    expect(steps).to_contain_text("Besøge et værksted")
    assert_good_in_every_look(page)
    steps.get_by_role("link", name="Nadia hos Vibe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nadia hos Vibe")
    expect(page.locator(".citizen-form")).to_contain_text("Borgeren vælger formen")


def test_the_company_consultant_goes_from_a_wish_to_what_may_answer_it(page_as: Persona, colleagues: None) -> None:
    page = page_as("conny")
    expect(page.locator("#part-oensker")).to_contain_text("En virksomhed, der tør.")
    page.locator("#part-oensker").get_by_role("link", name="Nadia hos Conny").click()
    page.get_by_role("link", name="Mulige tilbud").click()
    expect(page.locator("#tilbud-virksomhedspraktik")).to_contain_text("En virksomhed, der tør.")
    page.locator("main details > summary").last.click()
    assert_good_in_every_look(page)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Possible offers")
    assert faults(page) == []
    page.get_by_role("button", name="Dansk").click()


def test_the_leader_follows_a_need_and_reads_what_the_work_goes_to(page_as: Persona, colleagues: None) -> None:
    page = page_as("lars")
    page.get_by_role("link", name="Behov og resultater").click()
    page.get_by_role("link", name="At finde et job").click()
    expect(page.get_by_role("cell", name="intet skridt endnu").first).to_be_visible()
    for address in ("/kommunen/behov/", "/kommunen/tid/", "/kommunen/loefter/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"\w"))
        assert_good_in_every_look(page)
