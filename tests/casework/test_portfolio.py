"""The self-driven track, and the share of exemptions: person 26 of 100 is refused, also when two decide at once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts import portfolio
from fodfaeste.casework.contacts.driving import begin_self_driven, end_self_driven, exempt, self_driven_of
from fodfaeste.casework.contacts.models import SelfDriven, Share
from fodfaeste.casework.contacts.portfolio import HOLDER, Count, meters
from fodfaeste.casework.courses.actions import EXEMPT, begin_spell
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.facts import UnfitValueError, view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.reasoning import Status, judge_of, quota
from tests.casework.rows import odense, store
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker.day_cases import DAY, ago, insured, job_ready

QUOTA, OF = "lab.31.kvote.jobparat", "lab.31.samtaler.kommune"
WHY = "Har egen uddannelse, to samtaler om job i næste uge og søger selv"


def words():
    return library.load().vocabulary


def book():
    return rulebooks.rulebook_of(DAY, "odense")


def group(kommune: Kommune, number: int, already: int) -> list[Course]:
    """So many job-ready citizens whose six months end on one day; the first ``already`` are exempted."""
    courses = [store(ff.read(job_ready()), kommune) for _ in range(number)]
    for course in courses[:already]:
        Spell.objects.create(
            kommune=kommune, course=course, kind=EXEMPT, period=DateRange(DAY - timedelta(days=9), None), attrs=HOLDER
        )
    return courses


def ask(course: Course, by: User) -> list:
    driven = begin_self_driven(course, "Spurgt om alt på listen: intet lige nu", by, DAY)
    return exempt(driven, words(), WHY, by, book())


@pytest.mark.django_db
class TestTheShare:
    def test_the_twenty_fifth_of_a_hundred_is_exempted_and_the_twenty_sixth_refused(self, caseworker) -> None:
        courses = group(caseworker.kommune, 100, 24)
        (drawn,) = ask(courses[24], caseworker)
        assert (drawn.norm, drawn.members, drawn.out, drawn.room) == (QUOTA, 100, 24, 1)
        with pytest.raises(RefusedError, match="af de 100") as refused, transaction.atomic():
            ask(courses[25], caseworker)
        assert "er 25 allerede fritaget" in str(refused.value)
        assert "mindst 75 %" in str(refused.value)
        assert not Spell.objects.filter(course=courses[25], kind=EXEMPT).exists()
        assert not Fact.objects.filter(course=courses[25], field="kan_selv_finde_arbejde").exists()

    def test_on_the_day_it_is_measured_the_law_counts_the_same(self, caseworker) -> None:
        courses = group(caseworker.kommune, 8, 1)
        (meter,) = [one for one in meters(caseworker.kommune_id, book()) if one.norm == QUOTA]
        ahead = meter.ahead
        assert ahead is not None
        then = to_day(ahead.on)
        views = [view_case(case_of(course, words()), words(), then) for course in courses]
        told = quota(book(), views, QUOTA)
        assert (told.members, told.left_out, told.room) == (ahead.members, ahead.out, ahead.room) == (8, 1, 1)

    def test_those_whose_time_ended_long_ago_make_no_room(self, caseworker) -> None:
        group(caseworker.kommune, 4, 1)
        for days in (600, 700, 800):
            store(ff.read(_since(days)), caseworker.kommune)
        with pytest.raises(RefusedError, match="af de 4"), transaction.atomic():
            ask(Course.objects.exclude(spells__kind=EXEMPT).order_by("pk")[0], caseworker)

    def test_an_exemption_is_a_decision_with_a_reason_and_a_name(self, caseworker) -> None:
        course = group(caseworker.kommune, 4, 0)[0]
        ask(course, caseworker)
        decision = Event.objects.get(course=course, kind="afgoerelse")
        assert decision.attrs["type"] == "fritagelse-75"
        judged = Fact.objects.get(course=course, field="kan_selv_finde_arbejde")
        assert (judged.by, judged.reason) == (caseworker.name, WHY)
        view = view_case(case_of(course, words()), words(), book().day)
        assert judge_of(book()).one(view, OF)[0] == Status.WAIVED

    def test_what_a_refusal_took_back_is_not_remembered(self, caseworker) -> None:
        """A version that never was must not be taken for the next one that comes under its number."""
        courses = group(caseworker.kommune, 8, 1)
        driven = begin_self_driven(courses[2], "Spurgt", caseworker, DAY)
        ask(courses[1], caseworker)
        with pytest.raises(RefusedError, match="Ingen flere"), transaction.atomic():
            exempt(driven, words(), WHY, caseworker, book())
        (meter,) = [one for one in meters(caseworker.kommune_id, book()) if one.norm == QUOTA]
        assert meter.ahead is not None
        assert meter.ahead.out == 2, "the one who was exempted before, and the first of the two"

    def test_an_exemption_is_written_nowhere_without_being_counted(self, caseworker) -> None:
        course = group(caseworker.kommune, 4, 0)[0]
        with pytest.raises(UnfitValueError, match="tæller med i kommunens andel"):
            begin_spell(course, words(), EXEMPT, DAY, None, HOLDER, caseworker, DAY)
        assert not Spell.objects.filter(kind=EXEMPT).exists()
        begin_spell(course, words(), EXEMPT, DAY, None, {"holder": "a-kasse"}, caseworker, DAY)

    def test_without_a_reason_or_without_the_law_it_is_refused(self, caseworker) -> None:
        first, second, *_ = group(caseworker.kommune, 4, 0)
        driven = begin_self_driven(first, "Spurgt", caseworker, DAY)
        with pytest.raises(RefusedError, match="hvad du bygger på"):
            exempt(driven, words(), " ", caseworker, book())
        before_the_rule = rulebooks.rulebook_of(DAY.replace(month=6), "odense")
        driven = begin_self_driven(second, "Spurgt", caseworker, DAY)
        with pytest.raises(RefusedError, match="Loven giver ikke adgang"), transaction.atomic():
            exempt(driven, words(), WHY, caseworker, before_the_rule)
        assert not Spell.objects.filter(kind=EXEMPT).exists()


@pytest.mark.django_db
@pytest.mark.django_db
class TestWhatIsKept:
    """The page is asked many times a day: what has been judged is judged again only where something was written."""

    def test_asked_again_nothing_is_judged_anew_and_the_answer_is_the_same(
        self, caseworker, django_assert_num_queries
    ) -> None:
        group(caseworker.kommune, 8, 1)
        first = meters(caseworker.kommune_id, book())
        with django_assert_num_queries(2):
            assert meters(caseworker.kommune_id, book()) == first

    def test_what_is_written_in_a_course_counts_at_once(self, caseworker) -> None:
        courses = group(caseworker.kommune, 8, 1)
        assert _ahead(caseworker).out == 1
        ask(courses[1], caseworker)
        assert _ahead(caseworker).out == 2

    def test_many_at_once_in_columns_are_counted_as_one_by_one(self, caseworker, monkeypatch) -> None:
        group(caseworker.kommune, 8, 1)
        for case in (insured(), _since(700)):
            store(ff.read(case), caseworker.kommune)
        singly = meters(caseworker.kommune_id, book())
        Share.objects.all().delete()
        monkeypatch.setattr(portfolio, "MANY", 0)
        assert meters(caseworker.kommune_id, book()) == singly


def _ahead(caseworker: User) -> Count:
    (meter,) = [one for one in meters(caseworker.kommune_id, book()) if one.norm == QUOTA]
    assert meter.ahead is not None
    return meter.ahead


class TestTheWayBack:
    def test_nobody_begins_before_need_is_asked_about(self, caseworker) -> None:
        course = group(caseworker.kommune, 1, 0)[0]
        with pytest.raises(RefusedError, match="Spørg først"):
            begin_self_driven(course, "  ", caseworker, DAY)
        assert self_driven_of(course) is None

    def test_one_step_leads_back_and_the_law_asks_for_conversations_again(self, caseworker) -> None:
        course = group(caseworker.kommune, 4, 0)[0]
        ask(course, caseworker)
        her = make_citizen_user(course)
        later = DAY + timedelta(days=10)
        end_self_driven(self_driven_of(course), "Jeg vil tale med en", her, later)
        end_self_driven(SelfDriven.objects.get(), "igen", her, later + timedelta(days=1))
        assert SelfDriven.objects.get().ended == later
        after = rulebooks.rulebook_of(later + timedelta(days=1), "odense")
        view = view_case(case_of(course, words()), words(), after.day)
        assert judge_of(after).one(view, OF)[0] == Status.OPEN


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_cannot_both_take_the_last_place() -> None:
    kommune = odense()
    caseworker = make_user(kommune, "mette", "Mette Holm", Role.CASEWORKER)
    courses = group(kommune, 8, 1)
    law, told, ready = book(), [], threading.Barrier(2)

    def decide(course: Course) -> None:
        try:
            with transaction.atomic():
                driven = begin_self_driven(course, "Spurgt", caseworker, DAY)
                ready.wait()
                exempt(driven, law.vocabulary, WHY, caseworker, law)
            told.append("fritaget")
        except RefusedError:
            told.append("afvist")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[course]) for course in courses[2:4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["afvist", "fritaget"]
    assert Spell.objects.filter(kind=EXEMPT).count() == 2


def _since(days: int) -> dict:
    case = job_ready()
    for spell in case["spells"]:
        spell["from"] = ago(days)
    for event in case["events"]:
        event["date"] = ago(days - 5)
    return case
