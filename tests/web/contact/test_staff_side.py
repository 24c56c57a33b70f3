"""Contact by agreement as staff see it: one page about a citizen, times, those who wait, and Min dag."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Lookup, User
from fodfaeste.casework.contacts.agreeing import wish_to_meet
from fodfaeste.casework.contacts.booking import did_not_come
from fodfaeste.casework.contacts.calming import Peace, agree_calm
from fodfaeste.casework.contacts.helping import ask_for_help
from fodfaeste.casework.contacts.models import (
    Appointment,
    Calm,
    ContactAgreement,
    HelpRequest,
    SelfDriven,
    SignalCall,
    Slot,
)
from fodfaeste.casework.courses.models import Course, Event, Spell
from fodfaeste.interfaces import library
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of, insured

pytestmark = pytest.mark.django_db
NOW = timezone.make_aware(datetime.combine(DAY, time(9)))


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, insured(), "Anna Jensen")


@pytest.fixture
def mette(caseworker: User, client_as) -> Client:
    return client_as(caseworker)


def words():
    return library.load().vocabulary


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def address(course: Course) -> str:
    return f"/borger/{course.citizen.reference}/kontakt/"


def calm(course: Course, caseworker: User) -> None:
    agree_calm(course, words(), Peace(DAY + timedelta(days=60), "Operation", caseworker, "Ring"), caseworker, DAY, DAY)


class TestAgreeing:
    CADENCE: ClassVar = {
        "do": "aftale", "aftale-weeks": "4", "aftale-way": "telefon", "aftale-reason": "Passer med skiftehold",
        "aftale-proposed_by": "borger",
    }  # fmt: skip

    def test_a_cadence_is_written_with_its_reason(self, mette, course) -> None:
        mette.post(address(course), self.CADENCE)
        agreed = ContactAgreement.objects.get(course=course)
        assert (agreed.weeks, agreed.form, agreed.reason) == (4, "telefon", "Passer med skiftehold")
        assert "Hver 4. uge · Telefon" in text(mette.get(address(course)))

    def test_who_wants_to_meet_is_met_and_nothing_typed_is_lost(self, mette, course, caseworker) -> None:
        wish_to_meet(course, words(), True, caseworker, DAY)
        page = mette.post(address(course), self.CADENCE)
        assert page.status_code == 422
        assert "kan I ikke aftale telefon eller video alene" in text(page)
        assert "Passer med skiftehold" in page.content.decode()
        assert not ContactAgreement.objects.exists()

    def test_the_next_conversation_in_the_form_of_a_conversation_holds_to_the_wish_too(
        self, mette, course, caseworker
    ) -> None:
        from uuid import uuid4

        wish_to_meet(course, words(), True, caseworker, DAY)
        held = {
            "token": str(uuid4()), "kind": "jobsamtale", "on": DAY.isoformat(), "way": "telefon", "note": "Godt",
            "next_day": (DAY + timedelta(days=7)).isoformat(), "next_time": "10:00", "next_form": "telefon",
        }  # fmt: skip
        page = mette.post(f"/borger/{course.citizen.reference}/samtale/", held)
        assert page.status_code == 422
        assert "Borgeren ønsker at mødes fysisk" in text(page)
        assert not Event.objects.filter(course=course, on=DAY, kind="jobsamtale").exists()

    PEACE: ClassVar = {
        "do": "ro", "ro-until": (DAY + timedelta(days=30)).isoformat(), "ro-reason": "Sorg", "ro-way_back": "Ring",
    }  # fmt: skip

    def test_calm_said_yes_to_in_a_conversation_holds_at_once_and_is_ended(self, mette, course) -> None:
        mette.post(address(course), {**self.PEACE, "ro-said_on": (DAY - timedelta(days=3)).isoformat()})
        assert Calm.objects.get().contact.username == "mette"
        page = text(mette.get(address(course)))
        assert "Aftalt ro til og med 19. september 2026" in page
        assert "Borgeren sagde ja i en samtale 17. august 2026, skrevet af Mette Holm." in page
        mette.post(address(course), {"do": "slut-ro"})
        assert Calm.objects.get().ended == DAY

    def test_calm_put_forward_changes_nothing_until_the_citizen_says_yes(self, mette, course) -> None:
        mette.post(address(course), self.PEACE)
        page = text(mette.get(address(course)))
        assert "Foreslået ro til og med 19. september 2026" in page
        assert "Venter på, at borgeren siger ja" in page
        assert "Aftalt ro" not in page
        assert not Spell.objects.filter(course=course, kind="ro-periode").exists()
        mette.post(address(course), {"do": "sagt-ro", "sagt-ro-said_on": DAY.isoformat()})
        assert "Aftalt ro til og med 19. september 2026" in text(mette.get(address(course)))

    def test_calm_put_forward_is_taken_back_by_one_button(self, mette, course) -> None:
        mette.post(address(course), self.PEACE)
        mette.post(address(course), {"do": "traek-ro"})
        page = text(mette.get(address(course)))
        assert "Foreslået ro" not in page
        assert "Foreslå eller aftal ro" in page

    def test_a_yes_heard_tomorrow_is_refused_and_nothing_typed_is_lost(self, mette, course) -> None:
        tomorrow = (DAY + timedelta(days=1)).isoformat()
        page = mette.post(address(course), {**self.PEACE, "ro-said_on": tomorrow})
        assert page.status_code == 422
        assert "Dagen ligger i fremtiden. Skriv den dag, borgeren sagde ja." in text(page)
        assert 'value="Sorg"' in page.content.decode()
        assert not Calm.objects.exists()

    def test_calm_without_an_end_is_refused_at_its_field(self, mette, course) -> None:
        page = mette.post(
            address(course), {"do": "ro", "ro-until": DAY.isoformat(), "ro-reason": "Sorg", "ro-way_back": "x"}
        )
        assert page.status_code == 422
        assert "Ro har en slutdag, der kommer" in text(page)

    def test_the_track_and_the_exemption(self, mette, caseworker) -> None:
        from tests.casework.test_portfolio import group

        course = group(caseworker.kommune, 4, 0)[0]
        Course.objects.update(caseworker=caseworker)
        mette.post(address(course), {"do": "selv", "selv-need_asked": "Spurgt: intet"})
        mette.post(address(course), {"do": "fritag", "fritag-reason": "Har to samtaler om job"})
        assert Spell.objects.filter(course=course, kind="fritagelse-samtaler").exists()
        mette.post(address(course), {"do": "tilbage"})
        assert SelfDriven.objects.get().ended == DAY

    def test_one_too_many_is_told_with_the_numbers_and_keeps_the_reason(self, mette, caseworker) -> None:
        from tests.casework.test_portfolio import group

        course = group(caseworker.kommune, 4, 1)[1]
        Course.objects.update(caseworker=caseworker)
        mette.post(address(course), {"do": "selv", "selv-need_asked": "Spurgt: intet"})
        page = mette.post(address(course), {"do": "fritag", "fritag-reason": "Søger selv hver dag"})
        assert page.status_code == 422
        assert "af de 4, der måles sammen" in text(page)
        assert "Søger selv hver dag" in page.content.decode()
        assert not Event.objects.filter(course=course, kind="afgoerelse").exists()

    def test_a_time_is_arranged_called_off_and_told_missed(self, mette, course) -> None:
        day = (DAY + timedelta(days=5)).isoformat()
        mette.post(address(course), {"do": "tid", "tid-day": day, "tid-clock": "10:00", "tid-way": "telefon"})
        made = Appointment.objects.get(course=course)
        mette.post(address(course), {"do": "aflys", "nummer": made.pk})
        made.refresh_from_db()
        assert made.cancelled_at is not None
        past = appointment(course, DAY - timedelta(days=1))
        mette.post(address(course), {"do": "ikke-kom", "nummer": past.pk})
        assert "En aftale blev ikke til noget" in text(mette.get(address(course)))

    def test_others_than_caseworkers_only_read(self, client_as, leader, course) -> None:
        client = client_as(leader)
        client.post(f"/borger/{course.citizen.reference}/formaal/", {"reason": "supervision", "words": ""})
        assert "Gem aftalen" not in text(client.get(address(course)))
        assert client.post(address(course), self.CADENCE).status_code == 403

    def test_few_questions_to_the_database(self, mette, course, django_assert_max_num_queries) -> None:
        mette.get(address(course))
        with django_assert_max_num_queries(32):
            mette.get(address(course))


class TestSigns:
    def test_min_dag_says_whom_to_ring_and_why_until_somebody_has(self, mette, course, caseworker) -> None:
        did_not_come(appointment(course, DAY - timedelta(days=2)), caseworker, NOW)
        assert "Ring til 1" in text(mette.get("/min-dag/"))
        assert "En aftale blev ikke til noget" in text(mette.get("/min-dag/"))
        given = {"do": "ring", "tegn": "udeblevet", "ring-reached": "spoke", "ring-text": "Bussen kørte ikke"}
        mette.post(address(course), given)
        assert SignalCall.objects.get().text == "Bussen kørte ikke"
        assert "En aftale blev ikke til noget" not in text(mette.get("/min-dag/"))

    def test_a_call_without_an_answer_is_asked_about_at_its_sign(self, mette, course, caseworker) -> None:
        did_not_come(appointment(course, DAY - timedelta(days=2)), caseworker, NOW)
        page = mette.post(address(course), {"do": "ring", "tegn": "udeblevet", "ring-text": "Ingen svarede"})
        assert page.status_code == 422
        assert "Ingen svarede" in page.content.decode()

    def test_a_request_for_help_is_answered_and_she_can_read_it(self, mette, course, caseworker) -> None:
        ask_for_help(course, words(), "Om brevet", caseworker, NOW)
        waiting = text(mette.get("/hjaelp/"))
        assert "Anna Jensen" in waiting
        assert "Om brevet" in waiting
        mette.post(address(course), {"do": "svar", "svar-text": "Vi læste det sammen"})
        assert HelpRequest.objects.get().answer == "Vi læste det sammen"
        assert "Ingen venter på dig" in text(mette.get("/hjaelp/"))

    def test_the_list_of_those_who_wait_is_logged(self, mette, course, caseworker) -> None:
        ask_for_help(course, words(), "", caseworker, NOW)
        mette.get("/hjaelp/")
        assert Lookup.objects.filter(course=course.pk, page="help").exists()


class TestCalmIsNotNeglect:
    """Two cases with the same contacts, told apart wherever cases are listed or counted."""

    @pytest.fixture
    def both(self, caseworker) -> tuple[Course, Course]:
        one, two = (citizen_of(caseworker, insured(), name) for name in ("Anna Rolig", "Bo Glemt"))
        calm(one, caseworker)
        return one, two

    def test_on_min_dag(self, mette, both) -> None:
        page = text(mette.get("/min-dag/"))
        assert re.search(r"1 sag uden kontakt og uden aftale Bo Glemt", page)
        assert re.search(r"1 sag med aftalt ro Anna Rolig ?Aftalt ro til og med 19. oktober 2026", page)

    def test_in_search(self, mette, both) -> None:
        assert "Aftalt ro til og med" in text(mette.post("/borger/", {"text": "Anna Rolig"}))
        assert "og ingen aftale" in text(mette.post("/borger/", {"text": "Bo Glemt"}))

    def test_on_the_citizens_own_page(self, mette, both) -> None:
        assert "Aftalt ro til og med" in text(mette.get(f"/borger/{both[0].citizen.reference}/"))
        assert "og ingen aftale" in text(mette.get(f"/borger/{both[1].citizen.reference}/"))

    def test_in_the_municipalitys_counts_and_in_the_file(self, client_as, leader, both) -> None:
        client = client_as(leader)
        page = text(client.get("/kommunen/kontakt/"))
        assert re.search(r"Aftalt ro ?1 ?Styrer selv ?0 ?Uden kontakt og uden aftale ?1", page)
        assert re.search(r"Mette Holm ?0 ?1 ?0 ?1", page)
        told = client.get("/kommunen/kontakt/liste.csv").content.decode("utf-8-sig").splitlines()
        assert told == [
            "Sagsbehandler;I kontakt;Aftalt ro;Styrer selv;Uden kontakt og uden aftale", "Mette Holm;0;1;0;1",
        ]  # fmt: skip

    def test_on_kommunen(self, client_as, leader, both) -> None:
        from fodfaeste.casework.inbox.actions import build_index
        from fodfaeste.interfaces.web import rulebooks

        build_index(leader.kommune, rulebooks.rulebook_of(DAY, "odense"))
        page = text(client_as(leader).get("/kommunen/"))
        assert re.search(r"Aftalt ro ?1 ?Styrer selv ?0 ?Uden kontakt og uden aftale ?1", page)


class TestTimes:
    GIVEN: ClassVar = {
        "day": "2026-08-24", "first": "10:00", "last": "11:00", "minutes": "30", "ways": ["telefon"], "place": "",
    }  # fmt: skip

    def test_times_are_published_and_taken_back(self, mette) -> None:
        mette.post("/ledige-tider/", self.GIVEN)
        assert "2 tider er lagt op" in text(mette.get("/ledige-tider/"))
        first = Slot.objects.order_by("at")[0]
        mette.post("/ledige-tider/", {"ned": first.pk})
        assert Slot.objects.filter(withdrawn_at=None).count() == 1

    def test_a_meeting_needs_a_place(self, mette) -> None:
        page = mette.post("/ledige-tider/", self.GIVEN | {"ways": ["fysisk"]})
        assert page.status_code == 422
        assert "Skriv, hvor I mødes" in text(page)

    def test_a_colleagues_time_stays(self, mette, kommune, caseworker, client_as) -> None:
        from fodfaeste.casework.access.models import Role
        from tests.django_site import make_user

        client_as(make_user(kommune, "jonas", "Jonas Lind", Role.CASEWORKER)).post("/ledige-tider/", self.GIVEN)
        mette.post("/ledige-tider/", {"ned": Slot.objects.first().pk})
        assert Slot.objects.filter(withdrawn_at=None).count() == 2


class TestMeter:
    def test_the_leader_sees_how_much_room_there_is(self, client_as, leader) -> None:
        from tests.casework.test_portfolio import group

        group(leader.kommune, 8, 1)
        page = text(client_as(leader).get("/kommunen/75-procent/"))
        assert "da tælles 8 borgere med, 1 af dem er fritaget, og højst 2 må være det. Der er plads til 1 mere" in page

    def test_one_citizen_is_told_of_as_one(self, client_as, leader) -> None:
        from tests.casework.test_portfolio import group

        group(leader.kommune, 1, 0)
        client = client_as(leader)
        assert "da tælles 1 borger med, 0 er fritaget" in text(client.get("/kommunen/75-procent/"))
        client.post("/sprog/", {"language": "en", "next": "/"})
        assert "then 1 citizen is counted, 0 exempted" in text(client.get("/kommunen/75-procent/"))

    def test_only_for_leaders(self, mette) -> None:
        for page in ("75-procent/", "kontakt/", "kontakt/liste.csv"):
            assert mette.get(f"/kommunen/{page}").status_code == 403
