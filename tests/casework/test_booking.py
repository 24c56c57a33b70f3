"""Times to meet: booked, moved, called off; never twice; and in the form she asked for."""

from __future__ import annotations

import threading
from datetime import datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.agreeing import Cadence, agree_contact, wish_to_meet
from fodfaeste.casework.contacts.booking import Offered, arrange, book, cancel, move, offered_to, publish_slots
from fodfaeste.casework.contacts.forms import ALL, Advice, Ground, advice, ahead_of
from fodfaeste.casework.contacts.models import Appointment, Note, Slot
from fodfaeste.casework.courses.handing_over import hand_over
from fodfaeste.casework.courses.models import Course, Fact
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.facts import view_case
from fodfaeste.interfaces import library
from fodfaeste.interfaces.web import rulebooks
from tests.casework.rows import odense, store
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker.day_cases import DAY, citizen_of, job_ready

NOW = timezone.make_aware(datetime.combine(DAY, time(9)))
ANY = Advice(ALL, "fysisk", (Ground("valg"),), wish=None)
WANTS = Advice(("fysisk",), "fysisk", (Ground("oenske"),), wish=True)


def words():
    return library.load().vocabulary


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, job_ready(), "Anna Jensen")


@pytest.fixture
def her(course: Course) -> User:
    return make_citizen_user(course)


def publish(caseworker: User, *, forms=("fysisk", "telefon"), hours: int = 1, start: int = 10) -> list[Slot]:
    first = NOW.replace(hour=start) + timedelta(days=4)
    return publish_slots(caseworker, Offered(first, first + timedelta(hours=hours), 30, forms, "Mødelokale 2"), NOW)


def of_today(course: Course) -> Advice:
    book_ = rulebooks.rulebook_of(DAY, "odense")
    return advice(book_, view_case(case_of(course, words()), words(), book_.day))


@pytest.mark.django_db
class TestOne:
    def test_a_published_time_is_booked_and_the_law_knows_the_day(self, course, caseworker, her) -> None:
        first, second = publish(caseworker)
        made = book(course, words(), first, "telefon", her, ANY, NOW)
        assert (made.at, made.form, made.caseworker, made.booked_by) == (first.at, "telefon", caseworker, her)
        assert offered_to(course, NOW) == [second]
        fact = Fact.objects.filter(course=course, field="naeste_samtale_aftalt").latest("pk")
        assert fact.value == first.at.date().isoformat()

    def test_moved_the_old_time_is_free_again(self, course, caseworker, her) -> None:
        first, second = publish(caseworker)
        old = book(course, words(), first, "telefon", her, ANY, NOW)
        new = move(old, words(), second, "fysisk", her, ANY, NOW)
        old.refresh_from_db()
        assert (new.at, new.form, new.place) == (second.at, "fysisk", "Mødelokale 2")
        assert old.moved_to == new
        assert offered_to(course, NOW) == [first]
        assert ahead_of(course, DAY) == [new]

    def test_called_off_nothing_is_agreed_and_the_law_is_told_so(self, course, caseworker, her) -> None:
        first, _ = publish(caseworker)
        cancel(book(course, words(), first, "telefon", her, ANY, NOW), words(), her, NOW)
        assert ahead_of(course, DAY) == []
        assert Fact.objects.filter(course=course, field="naeste_samtale_aftalt").latest("pk").value is None

    def test_who_moves_to_a_taken_time_keeps_the_old_one(self, course, caseworker, her) -> None:
        first, second = publish(caseworker)
        other = citizen_of(caseworker, job_ready(), "Bo Friis")
        book(other, words(), second, "telefon", caseworker, ANY, NOW)
        mine = book(course, words(), first, "telefon", her, ANY, NOW)
        with pytest.raises(RefusedError, match="lige blevet taget"):
            move(mine, words(), second, "telefon", her, ANY, NOW)
        assert ahead_of(course, DAY) == [mine]
        assert offered_to(course, NOW) == []

    def test_times_that_overlap_are_not_offered_twice(self, caseworker) -> None:
        assert len(publish(caseworker)) == 2
        with pytest.raises(RefusedError, match="allerede tider"):
            publish(caseworker)
        assert Slot.objects.count() == 2

    def test_a_time_taken_over_from_a_colleague_is_not_offered_again(self, course, caseworker, her, kommune) -> None:
        book(course, words(), publish(caseworker)[0], "telefon", her, ANY, NOW)
        taker = make_user(kommune, "ole", "Ole Falk", Role.CASEWORKER)
        hand_over(course, taker, caseworker, DAY)
        assert [timezone.localtime(slot.at).time() for slot in publish(taker)] == [time(10, 30)]

    def test_a_time_cannot_be_had_in_a_form_it_is_not_offered_in(self, course, caseworker, her) -> None:
        (only, _) = publish(caseworker, forms=("telefon",))
        with pytest.raises(RefusedError, match="på den måde"):
            book(course, words(), only, "video", her, ANY, NOW)
        assert not Appointment.objects.exists()

    def test_a_time_of_another_caseworker_is_not_offered(self, course, kommune) -> None:
        from fodfaeste.casework.access.models import Role

        publish(make_user(kommune, "jonas", "Jonas Lind", Role.CASEWORKER))
        assert offered_to(course, NOW) == []


@pytest.mark.django_db
class TestHerWishToMeet:
    def test_wished_nothing_but_a_meeting_can_be_agreed(self, course, caseworker, her) -> None:
        wish_to_meet(course, words(), True, her, DAY)
        advised = of_today(course)
        assert advised.forms == ("fysisk",)
        for form in ("telefon", "video"):
            with pytest.raises(RefusedError, match="ønsker at mødes fysisk"):
                agree_contact(course, Cadence(4, form, "Vi følges ad"), "kommune", caseworker, advised, DAY)
        agree_contact(course, Cadence(4, "fysisk", "Vi følges ad"), "borger", caseworker, advised, DAY)

    def test_a_call_is_only_agreed_beside_a_meeting_and_with_a_reason(self, course, caseworker, her) -> None:
        def call(reason: str) -> Appointment:
            at = NOW + timedelta(days=2)
            return arrange(course, words(), at, "telefon", "", caseworker, WANTS, NOW, reason)

        with pytest.raises(RefusedError, match="Aftal først et fysisk møde"):
            call("Mødelokalet er optaget")
        arrange(course, words(), NOW + timedelta(days=9), "fysisk", "Rådhuset", caseworker, WANTS, NOW)
        with pytest.raises(RefusedError, match="Skriv, hvorfor"):
            call("")
        call("Vi aftaler praktikken")
        assert "Vi aftaler praktikken" in Note.objects.get(course=course).text

    def test_staff_cannot_call_off_her_only_meeting_and_leave_a_call(self, course, caseworker, her) -> None:
        wish_to_meet(course, words(), True, her, DAY)
        meeting = arrange(course, words(), NOW + timedelta(days=9), "fysisk", "Rådhuset", caseworker, WANTS, NOW)
        call = arrange(course, words(), NOW + timedelta(days=5), "telefon", "", caseworker, WANTS, NOW, "hurtigt svar")
        with pytest.raises(RefusedError, match="kun telefon eller video tilbage"):
            cancel(meeting, words(), caseworker, NOW)
        cancel(call, words(), caseworker, NOW)
        cancel(meeting, words(), caseworker, NOW)
        assert ahead_of(course, DAY) == []

    def test_she_may_herself_call_the_meeting_off(self, course, caseworker, her) -> None:
        wish_to_meet(course, words(), True, her, DAY)
        meeting = arrange(course, words(), NOW + timedelta(days=9), "fysisk", "Rådhuset", caseworker, WANTS, NOW)
        arrange(course, words(), NOW + timedelta(days=5), "telefon", "", caseworker, WANTS, NOW, "hurtigt svar")
        cancel(meeting, words(), her, NOW)
        assert [one.form for one in ahead_of(course, DAY)] == ["telefon"]

    def test_she_may_herself_choose_a_call_once(self, course, caseworker, her) -> None:
        first, _ = publish(caseworker)
        assert book(course, words(), first, "telefon", her, WANTS, NOW).form == "telefon"

    def test_taken_back_every_form_is_open_again(self, course, her) -> None:
        wish_to_meet(course, words(), True, her, DAY)
        wish_to_meet(course, words(), False, her, DAY)
        assert of_today(course).forms == ALL

    def test_illness_advises_a_meeting_and_forbids_nothing(self, caseworker) -> None:
        from tests.web.caseworker.day_cases import sick

        advised = of_today(citizen_of(caseworker, sick(), "Carl Ude"))
        assert advised.best == "fysisk"
        assert advised.grounds[0].rule == "sygdom"
        assert advised.forms == ALL


@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_at_once_one_has_the_time() -> None:
    """Each in a transaction of its own, as two requests are."""
    from fodfaeste.casework.access.models import Role

    kommune: Kommune = odense()
    caseworker = make_user(kommune, "mette", "Mette Holm", Role.CASEWORKER)
    courses = [store(ff.read(job_ready()), kommune) for _ in range(2)]
    Course.objects.update(caseworker=caseworker)
    (slot, _) = publish(caseworker)
    law, told, ready = words(), [], threading.Barrier(2)

    def try_it(course: Course) -> None:
        try:
            with transaction.atomic():
                ready.wait()
                book(course, law, slot, "telefon", caseworker, ANY, NOW)
            told.append("booket")
        except RefusedError as error:
            told.append(error.errors["slot"])
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it, args=[course]) for course in courses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Tiden er lige blevet taget. Vælg en af de andre.", "booket"]
    assert Appointment.objects.filter(slot=slot).count() == 1
