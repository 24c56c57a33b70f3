"""The three employees of the municipality: each begins the day with what her job is, with the same rights."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Job, User
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.casework.plans.models import Invitation, Need, Step
from tests.django_site import Role, make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def desk(caseworker: User) -> dict[str, Course]:
    """Three citizens: one in a traineeship that ends, one who wants out to a company, one with agreed steps."""
    kommune = caseworker.kommune
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    bo = citizen_of(caseworker, day_cases.insured(), "Bo Lund")
    clara = citizen_of(caseworker, day_cases.in_fleksjob(), "Clara Friis")
    offer(anna, "virksomhedspraktik", 20, 5)
    offer(clara, "ordinaer-uddannelse", 30, 60)
    for course, text in ((anna, "Et job i et køkken."), (bo, "En virksomhed, der tør.")):
        Need.objects.create(
            kommune=kommune, course=course, area=Need.Area.JOB, text=text, said_by="borger", said_on=DAY,
            written_by=caseworker,
        )  # fmt: skip
    step(clara, "Besøge et værksted", DAY + timedelta(days=2), agreed=True)
    step(clara, "Et forslag, ingen har svaret på", DAY + timedelta(days=1), agreed=False)
    employer = make_user(kommune, "koekken", "Kirsten Kok", Role.PARTNER, organisation="Skolekøkkenet")
    Invitation.objects.create(
        kommune=kommune, course=anna, kind=Invitation.Kind.EMPLOYER, user=employer, purpose="Praktikken hos os",
        basis="samtykke", begins=DAY - timedelta(days=20), until=DAY + timedelta(days=5), invited_by=caseworker,
    )  # fmt: skip
    return {"anna": anna, "bo": bo, "clara": clara}


def offer(course: Course, kind: str, ago: int, ahead: int) -> None:
    Spell.objects.create(
        kommune_id=course.kommune_id, course=course, kind="tilbud", attrs={"type": kind, "sektor": "privat"},
        period=(DAY - timedelta(days=ago), DAY + timedelta(days=ahead + 1)),
    )  # fmt: skip


def step(course: Course, text: str, on: date, agreed: bool) -> None:
    Step.objects.create(
        kommune_id=course.kommune_id, course=course, text=text, owner=Step.Owner.CITIZEN, on=on, reason="aftalt",
        agreed=agreed,
    )  # fmt: skip


def as_job(user: User, job: Job) -> User:
    user.job = job
    user.save()
    return user


def headings(response: Any) -> list[str]:
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", response.content.decode(), re.DOTALL)
    return [re.sub(r"\s+\d+$", "", re.sub(r"\s+", " ", strip_tags(one)).strip()) for one in found]


def in_order(shown: list[str], *wanted: str) -> bool:
    """Whether the headings stand on the page in this order, whatever stands between."""
    places = [shown.index(one) if one in shown else -1 for one in wanted]
    return -1 not in places and places == sorted(places)


def part(response: Any, slug: str) -> str:
    found = re.search(rf'<section class="day-part" id="part-{slug}".*?</section>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", strip_tags(found[0].replace("<", " <"))).strip() if found else ""


def test_a_caseworker_begins_with_what_the_law_asks(client_as, caseworker: User, desk: dict[str, Course]) -> None:
    shown = headings(client_as(as_job(caseworker, Job.CASEWORK)).get("/min-dag/"))
    assert "Forfalder" in shown
    assert "Aftalte skridt" not in shown
    assert "Praktik og løntilskud, det der slutter først øverst" not in shown


def test_an_employment_worker_begins_with_meetings_steps_and_offers(
    client_as, caseworker: User, desk: dict[str, Course]
) -> None:
    appointment(desk["anna"])
    page = client_as(as_job(caseworker, Job.EMPLOYMENT)).get("/min-dag/")
    assert in_order(headings(page), "I dag", "Aftalte skridt", "Tilbud i gang", "Det, loven kræver", "Forfalder")
    assert "Clara Friis Besøge et værksted (Borgeren) lørdag 22. august om 2 dage" in part(page, "skridt")
    assert "Et forslag" not in part(page, "skridt"), "what nobody has agreed to is not hers to follow up"
    assert part(page, "tilbud").index("Anna Jensen") < part(page, "tilbud").index("Clara Friis"), "what ends first"


def test_a_company_consultant_begins_with_placements_employers_and_who_wants_out(
    client_as, caseworker: User, desk: dict[str, Course]
) -> None:
    page = client_as(as_job(caseworker, Job.COMPANIES)).get("/min-dag/")
    assert in_order(
        headings(page), "Praktik og løntilskud, det der slutter først øverst", "Arbejdsgivere, der er med i en plan",
        "Vil ud i en virksomhed", "Det, loven kræver", "Forfalder",
    )  # fmt: skip
    assert "Anna Jensen Virksomhedspraktik (privat) tirsdag 25. august om 5 dage" in part(page, "praktik")
    assert "Clara Friis" not in part(page, "praktik"), "education is not with a company"
    assert "Anna Jensen Kirsten Kok, Skolekøkkenet (Praktikken hos os)" in part(page, "arbejdsgivere")
    wishes = part(page, "oensker")
    assert "Bo Lund »En virksomhed, der tør.«" in wishes
    assert "Anna Jensen" not in wishes, "she is out with a company already"


@pytest.mark.parametrize("job", list(Job))
def test_every_job_opens_the_same_pages(client_as, caseworker: User, desk: dict[str, Course], job: Job) -> None:
    client = client_as(as_job(caseworker, job))
    reference = desk["anna"].citizen.reference
    for address in (f"/borger/{reference}/", f"/borger/{reference}/samtale/", "/min-dag/liste/"):
        assert client.get(address).status_code == 200


def test_the_lists_of_a_job_ask_the_database_no_more_for_more_cases(
    client_as, caseworker: User, desk: dict[str, Course]
) -> None:
    client = client_as(as_job(caseworker, Job.COMPANIES))
    with CaptureQueriesContext(connection) as few:
        client.get("/min-dag/")
    for number in range(6):
        course = citizen_of(caseworker, day_cases.job_ready(), f"Borger {number}")
        offer(course, "loentilskud", 10, number)
    with CaptureQueriesContext(connection) as many:
        client.get("/min-dag/")
    assert len(many) <= len(few)
