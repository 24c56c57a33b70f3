"""One municipality at a time, by the database's own rule, whatever a query forgets."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

import fodfaeste as ff
from fodfaeste.casework.access.actions import log_lookup
from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.courses import actions
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.intake.models import Reimbursement
from fodfaeste.casework.people.models import Citizen
from fodfaeste.casework.plans.models import Words
from fodfaeste.facts import UnfitValueError
from tests.casework.rows import store
from tests.django_site import as_web

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 20)
CASE = {
    "spells": [{"kind": "maalgruppe", "gruppe": "dp", "from": "2026-08-01"}],
    "events": [{"kind": "jobsamtale", "holder": "kommune", "date": "2026-08-19"}],
}


@pytest.fixture
def two(kommune: Kommune, other_kommune: Kommune) -> tuple[Course, Course]:
    return store(ff.read(CASE), kommune), store(ff.read(CASE), other_kommune)


def test_every_table_about_citizens_is_protected() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity
               FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
               WHERE a.attname = 'kommune_id' AND c.relkind IN ('r', 'p') AND NOT a.attisdropped"""
        )
        tables = {name: (on, forced) for name, on, forced in cursor.fetchall()}
    assert tables.pop("access_user") == (False, False)  # whoever signs in is not known before
    assert len(tables) > 15
    assert [name for name, protected in tables.items() if protected != (True, True)] == []


def test_every_table_about_a_course_is_narrowed_to_named_courses() -> None:
    """Citizens and partners see the rows of their own courses, whatever a query forgets."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT c.relname, EXISTS (
                   SELECT FROM pg_policies p
                   WHERE p.tablename = c.relname AND p.policyname = 'named_courses' AND p.permissive = 'RESTRICTIVE')
               FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
               WHERE a.attname IN ('course_id', 'course', 'person_number', 'raw') AND c.relkind IN ('r', 'p')
               AND NOT a.attisdropped"""
        )
        tables = dict(cursor.fetchall())
    assert len(tables) > 30
    assert {"people_citizen", "access_lookup", "intake_reimbursement", "intake_rejection"} <= tables.keys()
    assert [name for name, narrowed in tables.items() if not narrowed] == []


def test_what_came_in_is_for_staff_alone(two, kommune: Kommune) -> None:
    Reimbursement.objects.create(kommune=kommune, key=1, week=TODAY, benefit="Dagpenge", person_number="6101901234")
    seen = []
    for courses in (None, [two[0].pk], []):
        with as_web():
            bind(kommune.pk, courses)
            seen.append(Reimbursement.objects.count())
    assert seen == [1, 0, 0]


def test_the_pages_see_their_own_municipality_only(two, kommune: Kommune) -> None:
    with as_web():
        bind(kommune.pk)
        assert set(Citizen.objects.all()) == {two[0].citizen}
        assert {event.course_id for event in Event.objects.all()} == {two[0].pk}
        assert not Course.objects.filter(pk=two[1].pk).update(version=99)
        with pytest.raises(DatabaseError), transaction.atomic():
            Citizen.objects.create(kommune=two[1].kommune, person_number="6101909999", name="X")


def test_where_no_municipality_is_named_nothing_is_seen(two) -> None:
    with as_web():
        bind(None)
        assert not Citizen.objects.exists()
        assert not Course.objects.exists()


def test_the_log_and_the_citizens_words_can_only_be_added_to(two, kommune: Kommune) -> None:
    user = User.objects.create_user("kim", kommune=kommune)
    with as_web():
        bind(kommune.pk)
        look = log_lookup(user, two[0], "citizen", "own_case")
        words = Words.objects.create(
            kommune=kommune, course=two[0], kind="goal", text="Mit mål", written_at=timezone.now()
        )
        for change in (
            lambda: Lookup.objects.filter(pk=look.pk).update(purpose="andet"),
            lambda: Lookup.objects.filter(pk=look.pk).delete(),
            lambda: Words.objects.filter(pk=words.pk).update(text="Et andet mål"),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()


def test_a_look_without_a_purpose_is_refused(two, kommune: Kommune) -> None:
    user = User.objects.create_user("kim", kommune=kommune)
    with pytest.raises(ValueError, match="purpose"):
        log_lookup(user, two[0], "citizen", "  ")


def test_two_benefits_at_once_are_refused_by_the_database(two, kommune: Kommune) -> None:
    user = User.objects.create_user("kim", kommune=kommune)
    vocabulary = ff.load().vocabulary
    first = actions.begin_spell(
        two[0], vocabulary, "ydelse", date(2026, 8, 1), None, {"type": "dagpenge"}, user, TODAY
    )  # fmt: skip
    for begin in (date(2026, 8, 10), date(2026, 7, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.begin_spell(two[0], vocabulary, "ydelse", begin, None, {"type": "sygedagpenge"}, user, TODAY)
    ended = actions.end_spell(first, date(2026, 8, 9), user, TODAY)
    actions.begin_spell(
        two[0], vocabulary, "ydelse", date(2026, 8, 10), None, {"type": "sygedagpenge"}, user, TODAY
    )  # fmt: skip
    actions.begin_spell(
        two[1], vocabulary, "ydelse", date(2026, 8, 1), None, {"type": "sygedagpenge"}, user, TODAY
    )  # fmt: skip
    assert ended.corrects_id == first.pk


def test_history_keeps_what_a_row_was(two) -> None:
    course = two[0]
    Course.objects.filter(pk=course.pk).update(closed=TODAY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed, pgh_label FROM courses_courseevent WHERE pgh_obj_id = %s ORDER BY pgh_id DESC LIMIT 1",
            [course.pk],
        )
        assert cursor.fetchone() == (None, "update")


@pytest.mark.parametrize(
    ("kind", "attrs", "says"),
    [
        ("jobsamtal", {}, "jobsamtal"),
        ("jobsamtale", {"farve": "rød"}, "farve"),
        ("jobsamtale", {"form": "brev"}, "brev"),
        ("dagpengetimer", {"timer": "mange"}, "mange"),
    ],
)
def test_what_the_law_cannot_read_is_not_written(two, kommune: Kommune, kind: str, attrs: dict, says: str) -> None:
    user = User.objects.create_user("kim", kommune=kommune)
    before = Course.objects.get(pk=two[0].pk).version
    with pytest.raises(UnfitValueError, match=says):
        actions.record_event(two[0], ff.load().vocabulary, kind, TODAY, attrs, user, TODAY)
    assert Course.objects.get(pk=two[0].pk).version == before
    assert Event.objects.filter(course=two[0]).count() == 1
