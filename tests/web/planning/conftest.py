"""Anna's plan, and everybody around the table."""

from __future__ import annotations

from datetime import date

import pytest

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course
from tests.django_site import make_citizen_user
from tests.web.caseworker.anna import make_anna
from tests.web.planning.plans import Plan

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return make_anna(caseworker, TODAY)


@pytest.fixture
def her(anna: Course) -> User:
    return make_citizen_user(anna)


@pytest.fixture
def plan(anna: Course, her: User, caseworker: User) -> Plan:
    return Plan(anna, her, caseworker, TODAY)
