"""What a citizen and a partner reach: by the database's own rule, whatever a query forgets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.queries import bind_to_reach
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.plans.models import Invitation, OwnNote, Words
from tests.casework.rows import store
from tests.django_site import as_web

pytestmark = pytest.mark.django_db
CASE = {"events": [{"kind": "jobsamtale", "holder": "kommune", "date": "2026-08-19"}]}


@pytest.fixture
def courses(kommune: Kommune) -> list[Course]:
    made = [store(ff.read(CASE), kommune) for _ in range(2)]
    for course in made:
        Words.objects.create(kommune=kommune, course=course, kind="goal", text="Mit mål", written_at=timezone.now())
        OwnNote.objects.create(kommune=kommune, course=course, text="Kun til mig")
    return made


@pytest.fixture
def citizen(courses: list[Course], kommune: Kommune) -> User:
    return User.objects.create_user("anna", kommune=kommune, role=Role.CITIZEN, citizen=courses[0].citizen)


@pytest.fixture
def staff(kommune: Kommune) -> User:
    return User.objects.create_user("kim", kommune=kommune, role=Role.CASEWORKER)


def invite(courses: list[Course], staff: User, **changed: object) -> User:
    partner = User.objects.create_user("3f", kommune=staff.kommune, role=Role.PARTNER, organisation="3F A-kasse")
    given = {
        "kommune": staff.kommune, "course": courses[0], "kind": "a-kasse", "user": partner, "purpose": "Fælles samtale",
        "basis": "LAB § 31", "begins": today(), "until": today() + timedelta(days=30), "invited_by": staff,
    }  # fmt: skip
    Invitation.objects.create(**given | changed)
    return partner


def test_a_citizen_sees_her_own_course_and_nobody_elses(courses, citizen: User) -> None:
    with as_web():
        bind_to_reach(citizen)
        assert list(Course.objects.all()) == [courses[0]]
        assert list(Citizen.objects.all()) == [courses[0].citizen]
        assert {event.course_id for event in Event.objects.all()} == {courses[0].pk}
        assert {words.course_id for words in Words.objects.all()} == {courses[0].pk}
        assert citizen.has_perm("courses.live", courses[0])
        assert not citizen.has_perm("courses.view", courses[0])
        assert not citizen.has_perm("courses.live", courses[1])


def test_a_citizens_own_note_is_seen_by_nobody_else(courses, citizen: User, staff: User) -> None:
    partner = invite(courses, staff)
    seen = {}
    for user in (citizen, staff, partner):
        with as_web():
            bind_to_reach(user)
            seen[user.username] = OwnNote.objects.count()
    assert seen == {"anna": 1, "kim": 0, "3f": 0}


def test_a_partner_reaches_what_the_invitation_names(courses, staff: User) -> None:
    partner = invite(courses, staff)
    with as_web():
        bind_to_reach(partner)
        assert list(Course.objects.all()) == [courses[0]]
        assert partner.has_perm("courses.share", courses[0])
        assert not partner.has_perm("courses.view", courses[0])


@pytest.mark.parametrize(
    "changed",
    [
        {"until": date(2020, 2, 1), "begins": date(2020, 1, 1)},
        {"begins": date(2099, 1, 1), "until": date(2099, 2, 1)},
        {"withdrawn_at": timezone.now()},
    ],
    ids=["over", "not yet", "withdrawn"],
)
def test_an_invitation_that_does_not_run_lets_nobody_in(courses, staff: User, changed) -> None:
    partner = invite(courses, staff, **changed)
    with as_web():
        bind_to_reach(partner)
        assert not Course.objects.exists()
        assert not Words.objects.exists()


def test_a_citizen_without_a_course_sees_nothing(courses, kommune: Kommune) -> None:
    other = Citizen.objects.create(kommune=kommune, person_number="6101901234", name="Uden Sag")
    user = User.objects.create_user("uden", kommune=kommune, role=Role.CITIZEN, citizen=other)
    with as_web():
        bind_to_reach(user)
        assert not Course.objects.exists()
