"""What a citizen costs stands on no page about her: all addresses, templates and answers but the leaders' are tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from fodfaeste.casework.access.models import Kommune, Role, User
from tests.django_site import ROOT, make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
WEB = ROOT / "src" / "fodfaeste" / "interfaces" / "web"
MONEY = re.compile(
    r"refusionstrap|statens andel|state share|medfinansier|kommunen/refusion|leader:refusion", re.IGNORECASE
)
CASE = json.loads(Path("examples/cases/dagpenge-august-2026.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def patterns(found: list, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, one.namespace or space)
        else:
            yield space, one


ADDRESSES = list(patterns(get_resolver("fodfaeste.interfaces.site.urls").url_patterns))


def test_only_the_leaders_addresses_name_it() -> None:
    named = {space for space, one in ADDRESSES if "refusion" in str(one.pattern) or "refusion" in (one.name or "")}
    assert named == {"leader"}


def test_only_the_leaders_templates_name_it() -> None:
    found = [
        path.relative_to(WEB).parts[0]
        for path in WEB.glob("**/templates/**/*.html")
        if MONEY.search(path.read_text(encoding="utf-8"))
    ]
    assert set(found) == {"leader"}


def test_every_page_about_a_case_is_silent_about_money(client_as: As, caseworker: User) -> None:
    course = citizen_of(caseworker, day_cases.job_ready(), "Ida Bech")
    client = client_as(caseworker)
    looked = 0
    for space, one in ADDRESSES:
        if space != "caseworker" or set(one.pattern.converters) - {"reference"}:
            continue
        given = {"reference": course.citizen.reference} if one.pattern.converters else {}
        answer = client.get(reverse(f"caseworker:{one.name}", kwargs=given))
        assert not MONEY.search(answer.content.decode()), one.name
        looked += answer.status_code == 200
    assert looked > 5


@pytest.mark.parametrize("address", ["duties", "explain", "against"])
def test_no_answer_about_a_case_tells_what_it_costs(client: Client, address: str) -> None:
    given = {"cases": [CASE]} if address == "duties" else {"case": CASE}
    more = {"against_date": "2027-01-01"} if address == "against" else {}
    asked = json.dumps(given | more | {"date": "2026-08-20"})
    answer = client.post(f"/api/v1/{address}", asked, content_type="application/json")
    assert answer.status_code == 200
    assert not re.search(r'"(kfl|fin-bek|refusion)\.|medfinans', answer.content.decode())


@pytest.mark.parametrize("role", [Role.CITIZEN, Role.PARTNER, Role.CASEWORKER])
def test_a_change_of_reimbursement_is_told_to_leaders_and_jurists_alone(
    client_as: As, kommune: Kommune, role: Role
) -> None:
    client = client_as(make_user(kommune, "per", "Per Dahl", role))
    answer = client.get("/aendringer/", {"fra": "2015-12-27", "til": "2015-12-28"})
    assert "Statens andel af en ydelse i en uge" not in answer.content.decode()
