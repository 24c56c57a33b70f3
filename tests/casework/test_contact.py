"""Help with a measured wait, calm told apart from forgotten, signs from rows; and the way back, in one step."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.contacts.answer_times import FEW, answer_times
from fodfaeste.casework.contacts.booking import did_not_come
from fodfaeste.casework.contacts.calming import (
    Peace,
    agree_calm,
    calm_of,
    choose_calm,
    declined_calm_of,
    end_calm,
    hear_calm,
    propose_calm,
    proposed_calm_of,
)  # fmt: skip
from fodfaeste.casework.contacts.helping import answer_help, ask_for_help, check_in, choose_rhythm, note_call
from fodfaeste.casework.contacts.marks import signs_by_course
from fodfaeste.casework.contacts.models import Calm, HelpRequest
from fodfaeste.casework.contacts.standing import Standing, standings
from fodfaeste.casework.courses.models import Course, Event, Spell
from fodfaeste.interfaces import library
from tests.django_site import make_citizen_user
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of, insured, job_ready

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(DAY, time(9)))


def words():
    return library.load().vocabulary


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, insured(), "Anna Jensen")


@pytest.fixture
def her(course: Course) -> User:
    return make_citizen_user(course)


def signs(course: Course, day: date = DAY) -> list[str]:
    return [one.sign for one in signs_by_course([course.pk], day).get(course.pk, [])]


def peace(caseworker: User, days: int = 60) -> Peace:
    return Peace(DAY + timedelta(days=days), "Behandling på sygehuset", caseworker, "Ring, når du er klar")


class TestHelp:
    def test_a_request_is_a_line_the_law_reads_and_the_wait_is_measured(self, course, her, caseworker) -> None:
        asked = ask_for_help(course, words(), "Jeg forstår ikke brevet", her, NOW)
        assert Event.objects.get(course=course, kind="anmodning").attrs == {"om": "hjaelp"}
        answered = answer_help(asked, words(), "Vi læste brevet sammen", caseworker, NOW + timedelta(hours=26))
        assert answered.answered_at - answered.asked_at == timedelta(hours=26)
        assert Event.objects.filter(course=course, kind="anmodning-svar").exists()

    def test_asked_twice_it_is_one_request_and_no_word_is_lost(self, course, her) -> None:
        ask_for_help(course, words(), "Om brevet", her, NOW)
        ask_for_help(course, words(), "Og om pengene", her, NOW + timedelta(days=1))
        only = HelpRequest.objects.get(course=course)
        assert only.text == "Om brevet\n\nOg om pengene"
        assert only.asked_at == NOW, "the clock goes on from the first time"

    def test_two_cannot_answer_the_same_request(self, course, her, caseworker) -> None:
        asked = ask_for_help(course, words(), "", her, NOW)
        answer_help(asked, words(), "Talt i telefon", caseworker, NOW)
        with pytest.raises(RefusedError, match="allerede talt"):
            answer_help(asked, words(), "Igen", caseworker, NOW)

    def test_a_check_in_with_a_wish_for_a_call_asks_for_a_person(self, course, her) -> None:
        check_in(course, words(), "Det går ned ad bakke", ["helbred"], True, her, NOW)
        assert HelpRequest.objects.get(course=course).text == "Det går ned ad bakke"

    def test_few_answers_are_hidden_and_waiting_ones_are_counted(self, caseworker) -> None:
        for number in range(FEW):
            one = citizen_of(caseworker, job_ready(), f"N {number}")
            asked = ask_for_help(one, words(), "", caseworker, NOW)
            if number < FEW - 1:
                answer_help(asked, words(), "Talt", caseworker, NOW + timedelta(hours=number + 1))
        told = answer_times(caseworker.kommune_id, NOW - timedelta(days=1), NOW + timedelta(days=1))
        assert (told.median, told.ninth, told.hidden, told.waiting) == (None, None, True, 1)
        assert told.longest == timedelta(days=1)

    def test_median_and_ninth_are_waits_somebody_had(self, caseworker) -> None:
        for hours in range(1, 11):
            asked = ask_for_help(citizen_of(caseworker, job_ready(), f"N {hours}"), words(), "", caseworker, NOW)
            answer_help(asked, words(), "Talt", caseworker, NOW + timedelta(hours=hours))
        told = answer_times(caseworker.kommune_id, NOW, NOW)
        assert (told.median, told.ninth) == (timedelta(hours=5), timedelta(hours=9))


class TestSignsFromRows:
    def test_a_quiet_case_shows_none(self, course) -> None:
        assert signs(course) == []

    def test_missed_then_spoken(self, course, caseworker) -> None:
        did_not_come(appointment(course, DAY - timedelta(days=2)), caseworker, NOW)
        assert signs(course) == ["udeblevet"]
        note_call(course, "udeblevet", DAY, "no_answer", "", caseworker)
        assert signs(course) == ["udeblevet"], "nobody has spoken with her yet"

    def test_a_rhythm_of_her_own_that_she_did_not_keep(self, course) -> None:
        choose_rhythm(course, 1, DAY - timedelta(days=30))
        assert signs(course) == ["checkin"]
        choose_rhythm(course, 0, DAY)
        assert signs(course) == []

    def test_a_change_of_benefit_and_an_offer_that_ended(self, caseworker) -> None:
        from django.db.backends.postgresql.psycopg_any import DateRange

        one = citizen_of(caseworker, job_ready(), "Bo Friis")
        shared = {"kommune": one.kommune, "course": one}
        Spell.objects.filter(course=one, kind="ydelse").update(
            period=DateRange(DAY - timedelta(days=60), DAY - timedelta(days=4))
        )
        Spell.objects.create(
            **shared, kind="ydelse", period=DateRange(DAY - timedelta(days=4), None), attrs={"type": "sygedagpenge"}
        )
        Spell.objects.create(
            **shared, kind="tilbud", period=DateRange(DAY - timedelta(days=30), DAY - timedelta(days=1)),
            attrs={"type": "virksomhedspraktik"},
        )  # fmt: skip
        assert signs(one) == ["ydelse", "tilbud"]

    def test_a_sign_writes_nothing(self, course, caseworker) -> None:
        did_not_come(appointment(course, DAY - timedelta(days=2)), caseworker, NOW)
        before = (Event.objects.count(), Spell.objects.count(), course.version)
        signs(course)
        course.refresh_from_db()
        assert (Event.objects.count(), Spell.objects.count(), course.version) == before


class TestCalm:
    def test_two_cases_alike_in_contacts_are_told_apart(self, caseworker) -> None:
        calm, forgotten = (citizen_of(caseworker, insured(), name) for name in ("Anna", "Bo"))
        agree_calm(calm, words(), peace(caseworker), caseworker, DAY, DAY)
        stood = standings(caseworker.kommune_id, DAY)
        assert stood[calm.pk].last == stood[forgotten.pk].last, "alike in contact count"
        assert stood[calm.pk].standing == Standing.CALM
        assert stood[calm.pk].until == DAY + timedelta(days=60)
        assert stood[forgotten.pk].standing == Standing.FORGOTTEN

    def test_calm_that_was_only_put_forward_is_no_calm(self, caseworker) -> None:
        course = citizen_of(caseworker, insured(), "Anna")
        proposed = propose_calm(course, peace(caseworker), caseworker, DAY)
        assert standings(caseworker.kommune_id, DAY)[course.pk].standing == Standing.FORGOTTEN
        assert calm_of(course, DAY) is None
        assert proposed_calm_of(course, DAY) == proposed
        assert not Spell.objects.filter(course=course).exclude(kind__in=("maalgruppe", "ydelse")).exists()

    def test_nobody_says_yes_for_her_on_her_page(self, course, caseworker) -> None:
        proposed = propose_calm(course, peace(caseworker), caseworker, DAY)
        with pytest.raises(RefusedError, match="Kun borgeren selv"):
            choose_calm(proposed, words(), caseworker, DAY)
        assert calm_of(course, DAY) is None

    def test_it_holds_from_the_day_she_says_yes(self, course, caseworker, her) -> None:
        proposed = propose_calm(course, peace(caseworker), caseworker, DAY)
        later = DAY + timedelta(days=4)
        chosen = choose_calm(choose_calm(proposed, words(), her, later), words(), her, later)
        assert (chosen.begins, chosen.chosen_by) == (later, her)
        assert Spell.objects.get(course=course, kind="ro-periode").period.lower == later, "twice is once"

    def test_after_the_last_day_it_is_too_late_to_say_yes(self, course, caseworker, her) -> None:
        proposed = propose_calm(course, peace(caseworker), caseworker, DAY)
        with pytest.raises(RefusedError, match="gælder ikke mere"):
            choose_calm(proposed, words(), her, DAY + timedelta(days=60))
        assert proposed_calm_of(course, DAY + timedelta(days=60)) is None

    def test_her_no_is_told_and_a_caseworkers_taking_back_is_not_hers(self, course, caseworker, her) -> None:
        end_calm(propose_calm(course, peace(caseworker), caseworker, DAY), caseworker, DAY)
        assert declined_calm_of(course) is None
        no = end_calm(propose_calm(course, peace(caseworker), caseworker, DAY), her, DAY)
        assert declined_calm_of(course) == no

    @pytest.mark.parametrize("days", [1, -4000])
    def test_a_yes_was_heard_on_a_day_of_the_course(self, course, caseworker, days) -> None:
        proposed = propose_calm(course, peace(caseworker), caseworker, DAY)
        with pytest.raises(RefusedError) as refused:
            hear_calm(proposed, words(), caseworker, DAY, DAY + timedelta(days=days))
        assert "said_on" in refused.value.errors
        assert calm_of(course, DAY) is None

    def test_she_ends_it_any_day_in_one_step(self, course, caseworker, her) -> None:
        calm = agree_calm(course, words(), peace(caseworker), caseworker, DAY, DAY)
        end_calm(calm, her, DAY + timedelta(days=9))
        assert calm_of(course, DAY + timedelta(days=9)) is None
        spell = Spell.objects.get(course=course, kind="ro-periode", standing=True)
        assert spell.period.upper == DAY + timedelta(days=10)
        end_calm(calm, her, DAY + timedelta(days=10))
        assert Calm.objects.get().ended == DAY + timedelta(days=9), "twice is once"

    def test_run_out_it_is_calm_no_more_and_can_be_agreed_anew(self, course, caseworker) -> None:
        agree_calm(course, words(), peace(caseworker), caseworker, DAY, DAY)
        later = DAY + timedelta(days=61)
        assert standings(caseworker.kommune_id, later)[course.pk].standing == Standing.FORGOTTEN
        again = Peace(later + timedelta(days=30), "Igen", caseworker, "Ring")
        assert agree_calm(course, words(), again, caseworker, later, DAY).until == again.until

    @pytest.mark.parametrize(
        ("changed", "field"), [({"until": DAY}, "until"), ({"reason": " "}, "reason"), ({"way_back": ""}, "way_back")]
    )
    def test_calm_without_an_end_a_reason_or_a_way_back_is_refused(self, course, caseworker, changed, field) -> None:
        from dataclasses import replace

        with pytest.raises(RefusedError) as refused:
            agree_calm(course, words(), replace(peace(caseworker), **changed), caseworker, DAY, DAY)
        assert field in refused.value.errors
        assert not Calm.objects.exists()
        assert not Spell.objects.filter(kind="ro-periode").exists()

    def test_the_database_knows_no_calm_without_an_end(self, course, caseworker) -> None:
        calm = agree_calm(course, words(), peace(caseworker), caseworker, DAY, DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Calm.objects.filter(pk=calm.pk).update(until=DAY - timedelta(days=1))

    def test_an_appointment_ahead_or_a_running_agreement_is_contact(self, caseworker) -> None:
        from fodfaeste.casework.contacts.agreeing import Cadence, agree_contact
        from tests.casework.test_booking import ANY

        one, two = (citizen_of(caseworker, insured(), name) for name in ("Anna", "Bo"))
        appointment(one, DAY + timedelta(days=7))
        agree_contact(two, Cadence(None, "telefon", "Når vi har brug for det"), "borger", caseworker, ANY, DAY)
        assert {stood.standing for stood in standings(caseworker.kommune_id, DAY).values()} == {Standing.IN_CONTACT}
