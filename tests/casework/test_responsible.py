"""Somebody answers for every citizen every day: through absence, a cover who is away too, and a hand-over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import fodfaeste as ff
from fodfaeste.casework.access.actions import COVER, OWN_CASE
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.courses.handing_over import be_away, come_back, hand_over
from fodfaeste.casework.courses.models import Course, Event, Fact, Handover, Spell
from fodfaeste.casework.courses.queries import open_courses_of, responsible_on
from fodfaeste.casework.courses.responsible import Why, covered_by, days_without, responsibles_on
from fodfaeste.casework.plans.models import Step, Words
from tests.casework.rows import store
from tests.django_site import make_user
from tests.web.caseworker.day_cases import appointment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 20)
CASE = {
    "facts": {"foedt": "1989-05-01", "i_job": False},
    "spells": [{"kind": "ydelse", "type": "kontanthjaelp", "from": "2026-06-01"}],
    "events": [{"kind": "jobsamtale", "holder": "kommune", "date": "2026-08-19"}],
}


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def people(kommune: Kommune, caseworker: User, leader: User) -> dict[str, User]:
    others = {name: make_user(kommune, name, f"{name.title()} Lund", Role.CASEWORKER) for name in ("sofie", "tove")}
    return {"mette": caseworker, "lars": leader, **others}


@pytest.fixture
def course(kommune: Kommune, caseworker: User) -> Course:
    made = store(ff.read(CASE), kommune)
    made.caseworker = caseworker
    made.save()
    return made


def plus(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_her_own_caseworker_answers_when_nobody_is_away(course: Course, people: dict[str, User]) -> None:
    assert responsible_on(course, TODAY) == people["mette"]


def test_the_cover_answers_on_both_days_of_an_absence_and_not_outside(course: Course, people: dict[str, User]) -> None:
    be_away(people["mette"], people["sofie"], plus(2), plus(4), people["mette"], TODAY)
    names = [responsible_on(course, plus(day)).username for day in range(1, 6)]
    assert names == ["mette", "sofie", "sofie", "sofie", "mette"]
    found = responsibles_on([course], plus(2))[course.pk]
    assert found is not None
    assert (found.why, found.instead_of) == (Why.COVER, people["mette"])


def test_no_day_is_without_anyone_when_the_cover_is_away_too(course: Course, people: dict[str, User]) -> None:
    be_away(people["mette"], people["sofie"], TODAY, plus(10), people["mette"], TODAY)
    be_away(people["sofie"], people["tove"], plus(3), plus(5), people["sofie"], TODAY)
    assert responsible_on(course, plus(4)) == people["tove"]
    assert responsible_on(course, plus(6)) == people["sofie"]
    assert days_without(course, TODAY - timedelta(days=5), plus(15)) == []


def test_without_a_caseworker_the_leader_answers(course: Course, people: dict[str, User]) -> None:
    course.caseworker = None
    course.save()
    found = responsibles_on([course], TODAY)[course.pk]
    assert found is not None
    assert (found.user, found.why) == (people["lars"], Why.LEADER)


def test_two_who_cover_for_each_other_are_refused(people: dict[str, User]) -> None:
    be_away(people["mette"], people["sofie"], TODAY, plus(10), people["mette"], TODAY)
    be_away(people["tove"], people["sofie"], plus(3), plus(4), people["tove"], TODAY)
    with pytest.raises(RefusedError, match="Mette Holm er selv væk") as refused:
        be_away(people["sofie"], people["mette"], plus(5), None, people["sofie"], TODAY)
    assert list(refused.value.errors) == ["cover"]
    assert covered_by(people["sofie"], plus(5)) == {people["mette"].pk}


def test_whoever_comes_back_early_answers_from_that_day(course: Course, people: dict[str, User]) -> None:
    absence = be_away(people["mette"], people["sofie"], TODAY, None, people["mette"], TODAY)
    come_back(absence, plus(2))
    assert [responsible_on(course, plus(day)).username for day in (0, 1, 2)] == ["sofie", "sofie", "mette"]


def test_the_cover_has_the_cases_before_her_without_being_asked_why(course: Course, people: dict[str, User]) -> None:
    assert may_open(people["sofie"], course, {}) is None
    be_away(people["mette"], people["sofie"], TODAY, TODAY, people["mette"], TODAY)
    assert may_open(people["sofie"], course, {}) == COVER
    assert may_open(people["mette"], course, {}) == OWN_CASE
    assert open_courses_of(people["sofie"], covered_by(people["sofie"], TODAY)) == [course]


def everything(course: Course) -> dict[str, int]:
    kinds = (Fact, Event, Spell, Step, Words, Note, Appointment)
    return {kind.__name__: kind.objects.filter(course=course).count() for kind in kinds}


def test_a_handover_is_one_entry_and_loses_nothing(course: Course, people: dict[str, User]) -> None:
    Step.objects.create(kommune=course.kommune, course=course, text="Besøge et køkken", owner="borger")
    ahead, past = appointment(course, plus(3)), appointment(course, plus(-3))
    before, version = everything(course), course.version
    hand_over(course, people["sofie"], people["mette"], TODAY, "Hun vil helst ringes op om formiddagen.")
    assert everything(course) == before
    assert Handover.objects.filter(course=course).count() == 1
    course.refresh_from_db()
    assert (course.caseworker, course.version) == (people["sofie"], version)
    assert Appointment.objects.get(pk=ahead.pk).caseworker == people["sofie"]
    assert Appointment.objects.get(pk=past.pk).caseworker == people["mette"]


def test_who_answered_on_an_earlier_day_is_known_after_two_handovers(course: Course, people: dict[str, User]) -> None:
    hand_over(course, people["sofie"], people["mette"], TODAY)
    hand_over(course, people["tove"], people["sofie"], plus(5))
    names = [responsible_on(course, plus(day)).username for day in (-1, 0, 4, 5, 30)]
    assert names == ["mette", "sofie", "sofie", "tove", "tove"]


@pytest.mark.parametrize(
    ("taker", "said"), [("mette", "Mette Holm har allerede borgeren"), ("lars", "Vælg en sagsbehandler")]
)
def test_a_handover_to_somebody_who_cannot_take_it_is_refused(
    course: Course, people: dict[str, User], taker: str, said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        hand_over(course, people[taker], people["mette"], TODAY)
    assert not Handover.objects.exists()
