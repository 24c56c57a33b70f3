"""Contact by agreement as the citizen sees it: book, move, call off, ask for help, go on alone, come back."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.booking import Offered, publish_slots
from fodfaeste.casework.contacts.calming import Peace, agree_calm, end_calm, propose_calm
from fodfaeste.casework.contacts.models import (
    Appointment,
    Calm,
    CheckIn,
    HelpRequest,
    Reminder,
    Rhythm,
    SelfDriven,
    Slot,
)
from fodfaeste.casework.courses.models import Course, Event, Spell
from fodfaeste.interfaces import library
from tests.django_site import make_citizen_user
from tests.web.caseworker.day_cases import DAY, ago, appointment, citizen_of, job_ready, sick

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, job_ready(), "Anna Jensen")


@pytest.fixture
def her(course: Course, client_as) -> Client:
    return client_as(make_citizen_user(course))


@pytest.fixture
def free(caseworker: User) -> list[Slot]:
    first = timezone.make_aware(datetime.combine(DAY + timedelta(days=4), time(10)))
    now = timezone.make_aware(datetime.combine(DAY, time(0)))
    return publish_slots(
        caseworker, Offered(first, first + timedelta(hours=1), 30, ("fysisk", "telefon"), "Mødelokale 2"), now
    )


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def buttons(response, name: str) -> list[str]:
    return re.findall(rf'<button[^>]*name="{name}" value="([^"]+)"', response.content.decode())


def test_agreed_calm_stands_on_her_front_page_with_the_way_out(her: Client, course: Course, caseworker: User) -> None:
    peace = Peace(DAY + timedelta(days=30), "Sorg", caseworker, "Ring")
    made = agree_calm(course, library.load().vocabulary, peace, caseworker, DAY, DAY)
    page = her.get("/mit/")
    assert "I har aftalt ro til og med 19. september 2026." in text(page)
    assert 'href="/mit/kontakt/">Se aftalen, eller slut den' in page.content.decode()
    end_calm(made, caseworker, DAY)
    assert "aftalt ro" not in text(her.get("/mit/"))


class TestCalmPutForward:
    """Nobody chooses calm for her: what the caseworker puts forward is hers to say yes or no to."""

    @pytest.fixture
    def proposed(self, course: Course, caseworker: User) -> Calm:
        return propose_calm(course, Peace(DAY + timedelta(days=30), "Sorg", caseworker, "Ring"), caseworker, DAY)

    def test_she_is_asked_on_her_front_page(self, her, proposed) -> None:
        page = her.get("/mit/")
        assert "Vil du have ro til og med 19. september 2026? Det er dig, der vælger." in text(page)
        assert "I har aftalt ro" not in text(page)
        assert 'href="/mit/kontakt/">Se forslaget, og svar' in page.content.decode()

    def test_she_says_yes_and_then_it_is_agreed(self, her, course, proposed) -> None:
        her.post("/mit/kontakt/", {"do": "ja-ro", "ro": proposed.pk})
        assert "I har aftalt ro til og med 19. september 2026" in text(her.get("/mit/kontakt/"))
        assert course.spells.get(kind="ro-periode").attrs == {"valgt_af_borger": True}

    def test_she_says_no_and_everything_is_as_it_was(self, her, course, proposed, caseworker, client_as) -> None:
        her.post("/mit/kontakt/", {"do": "nej-ro", "ro": proposed.pk})
        assert "Vil du have ro" not in text(her.get("/mit/kontakt/"))
        assert not course.spells.filter(kind="ro-periode").exists()
        page = client_as(caseworker).get(f"/borger/{course.citizen.reference}/kontakt/")
        assert "Borgeren sagde nej til ro den 20. august 2026." in text(page)

    def test_a_yes_to_what_has_been_changed_meanwhile_agrees_to_nothing(
        self, her, course, proposed, caseworker
    ) -> None:
        end_calm(proposed, caseworker, DAY)
        propose_calm(course, Peace(DAY + timedelta(days=90), "Sorg", caseworker, "Ring"), caseworker, DAY)
        page = her.post("/mit/kontakt/", {"do": "ja-ro", "ro": proposed.pk}, follow=True)
        assert "Forslaget er ændret eller trukket tilbage. Se, hvad der står nu." in text(page)
        assert not course.spells.filter(kind="ro-periode").exists()


class TestAppointments:
    def test_she_books_a_free_time_by_one_button(self, her, course, free) -> None:
        page = her.get("/mit/aftaler/")
        assert buttons(page, "tid") == [f"{slot.pk}:{way}" for slot in free for way in ("fysisk", "telefon")]
        her.post("/mit/aftaler/", {"tid": f"{free[0].pk}:telefon"})
        made = Appointment.objects.get(course=course)
        assert (made.slot, made.form, made.booked_by.citizen) == (free[0], "telefon", course.citizen)
        after = her.get("/mit/aftaler/")
        assert "Du har bestilt tid mandag 24. august kl. 10" in text(after)
        assert f"{free[0].pk}:telefon" not in buttons(after, "tid")

    def test_of_many_days_the_first_three_stand_open(self, her, course, caseworker) -> None:
        start = timezone.make_aware(datetime.combine(DAY, time(0)))
        for days in range(1, 6):
            first = start + timedelta(days=days, hours=10)
            publish_slots(caseworker, Offered(first, first + timedelta(minutes=30), 30, ("telefon",)), start)
        before, _, folded = her.get("/mit/aftaler/").content.decode().partition("Vis tider længere fremme")
        assert (before.count('name="tid"'), folded.count('name="tid"')) == (3, 2)

    def test_she_moves_it_and_the_old_time_is_free(self, her, course, free) -> None:
        her.post("/mit/aftaler/", {"tid": f"{free[0].pk}:telefon"})
        made = Appointment.objects.get(course=course)
        page = her.get(f"/mit/aftaler/{made.pk}/flyt/")
        assert "Den gamle tid er din, indtil du har valgt en ny" in text(page)
        her.post(f"/mit/aftaler/{made.pk}/flyt/", {"tid": f"{free[1].pk}:fysisk"})
        (new,) = Appointment.objects.filter(course=course, cancelled_at=None)
        assert (new.slot, new.place) == (free[1], "Mødelokale 2")
        assert f"{free[0].pk}:telefon" in buttons(her.get("/mit/aftaler/"), "tid")

    def test_a_time_that_was_taken_meanwhile_is_told_and_the_old_one_stands(
        self, her, course, free, caseworker
    ) -> None:
        her.post("/mit/aftaler/", {"tid": f"{free[0].pk}:telefon"})
        Slot.objects.filter(pk=free[1].pk).update(taken=True)
        made = Appointment.objects.get(course=course)
        page = her.post(f"/mit/aftaler/{made.pk}/flyt/", {"tid": f"{free[1].pk}:fysisk"})
        assert page.status_code == 422
        assert "Tiden er lige blevet taget" in text(page)
        made.refresh_from_db()
        assert made.cancelled_at is None

    def test_she_calls_it_off(self, her, course, free) -> None:
        her.post("/mit/aftaler/", {"tid": f"{free[0].pk}:telefon"})
        made = Appointment.objects.get(course=course)
        her.post(f"/mit/aftaler/{made.pk}/afbud/")
        assert "Du har ingen aftaler forude" in text(her.get("/mit/aftaler/"))

    def test_the_first_conversation_is_summoned_and_she_reads_why_and_finds_a_person(
        self, caseworker, client_as, free
    ) -> None:
        case = job_ready()
        case["events"] = [{"kind": "foerste-henvendelse", "date": ago(3)}]
        one = citizen_of(caseworker, case, "Bo Friis")
        client = client_as(make_citizen_user(one, "bo"))
        page = client.get("/mit/aftaler/")
        assert buttons(page, "tid") == []
        assert "Den første samtale indkalder kommunen til" in text(page)
        assert "LAB-BEK § 46" in text(page)
        assert 'href="/mit/hjaelp/"' in page.content.decode()
        assert client.post("/mit/aftaler/", {"tid": f"{free[0].pk}:telefon"}).status_code == 422
        assert not Appointment.objects.exists()

    def test_who_lost_the_right_to_book_is_told_so(self, caseworker, client_as, free) -> None:
        case = job_ready()
        case["spells"].append({"kind": "frataget-selvbooking", "from": ago(5)})
        client = client_as(make_citizen_user(citizen_of(caseworker, case, "Bo Friis"), "bo"))
        assert "Kommunen har afgjort, at du ikke selv kan bestille tid" in text(client.get("/mit/aftaler/"))

    def test_who_is_ill_may_book_since_no_law_forbids_it(self, caseworker, client_as, free) -> None:
        client = client_as(make_citizen_user(citizen_of(caseworker, sick(), "Bo Friis"), "bo"))
        assert buttons(client.get("/mit/aftaler/"), "tid")

    def test_the_calendar_file_is_in_the_time_of_copenhagen(self, her, course) -> None:
        made = appointment(course, DAY + timedelta(days=100), 10)
        answer = her.get(f"/mit/aftaler/{made.pk}/aftale.ics")
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert b"DTSTART;TZID=Europe/Copenhagen:20261128T100000\r\n" in answer.content

    def test_a_reminder_she_sets_is_shown_when_it_is_due(self, her, course, monkeypatch) -> None:
        made = appointment(course, DAY + timedelta(days=3), 10)
        her.post("/mit/aftaler/", {"husk": made.pk})
        assert Reminder.objects.get().at == made.at - timedelta(days=1)
        assert "Husk:" not in text(her.get("/mit/aftaler/"))
        monkeypatch.setenv("FODFAESTE_TODAY", (DAY + timedelta(days=3)).isoformat())
        assert "Husk: din aftale" in text(her.get("/mit/aftaler/"))
        assert "Husk: din aftale" in text(her.get("/mit/"))

    def test_a_reminder_without_a_day_keeps_what_she_typed(self, her) -> None:
        page = her.post("/mit/aftaler/", {"huskeseddel": "1", "text": "Ring til lægen", "day": "", "clock": "09:00"})
        assert page.status_code == 422
        assert "Ring til lægen" in page.content.decode()

    def test_another_citizens_appointment_is_not_hers(self, her, caseworker) -> None:
        other = appointment(citizen_of(caseworker, job_ready(), "Bo Friis"), DAY + timedelta(days=3))
        for page in ("flyt/", "afbud/", "aftale.ics"):
            assert her.get(f"/mit/aftaler/{other.pk}/{page}").status_code == 404
        assert her.post(f"/mit/aftaler/{other.pk}/afbud/").status_code == 404

    def test_few_questions_to_the_database(self, her, course, free, django_assert_max_num_queries) -> None:
        appointment(course, DAY + timedelta(days=3))
        her.get("/mit/aftaler/")
        with django_assert_max_num_queries(26):
            her.get("/mit/aftaler/")


class TestHelp:
    def test_one_button_asks_and_she_sees_what_is_promised(self, her, course) -> None:
        assert "Kommunen har ikke lovet en dag" in text(her.get("/mit/hjaelp/"))
        her.post("/mit/hjaelp/", {"text": "Jeg forstår ikke brevet"})
        assert HelpRequest.objects.get(course=course).text == "Jeg forstår ikke brevet"
        assert Event.objects.get(course=course, kind="anmodning").attrs["om"] == "hjaelp"
        assert "Vi ringer til dig" in text(her.get("/mit/hjaelp/"))

    def test_where_the_municipality_has_promised_a_day_she_sees_it(self, kommune, client_as, monkeypatch) -> None:
        from fodfaeste.foundation import to_day
        from fodfaeste.interfaces.web import rulebooks
        from fodfaeste.rulebook import resolve

        demo = resolve(rulebooks.law(), to_day(DAY), "samsoe", ["lokal-serviceniveau-demo"])
        monkeypatch.setattr(rulebooks, "rulebook_of", lambda *_: demo)
        client = client_as(make_citizen_user(citizen_of(None, job_ready(), "Bo Friis", kommune), "bo"))
        assert "Kommunen lover svar inden 7 dage" in text(client.get("/mit/hjaelp/"))
        client.post("/mit/hjaelp/", {"text": ""})
        assert "Kommunen lover at svare senest 27. august 2026" in text(client.get("/mit/hjaelp/"))

    def test_a_check_in_is_hers_and_is_read_by_a_person(self, her, course) -> None:
        her.post("/mit/hvordan-gaar-det/", {"text": "Det går", "areas": ["helbred", "bolig"]})
        one = CheckIn.objects.get(course=course)
        assert (one.text, one.areas, one.wants_contact) == ("Det går", ["helbred", "bolig"], False)
        assert not HelpRequest.objects.exists()
        her.post("/mit/hvordan-gaar-det/", {"rytme": "2"})
        assert Rhythm.objects.get(ended=None).weeks == 2
        assert "Brug for hjælp til: Helbred, Bolig" in text(her.get("/mit/hvordan-gaar-det/"))

    def test_an_empty_check_in_is_told_what_to_do(self, her) -> None:
        page = her.post("/mit/hvordan-gaar-det/", {"text": " "})
        assert page.status_code == 422
        assert "Skriv et par ord, eller sæt et kryds" in text(page)

    def test_every_sign_is_told_to_her_as_a_sentence(self, her) -> None:
        from fodfaeste.casework.contacts.signs import rules

        page = text(her.get("/mit/hvordan-gaar-det/"))
        assert all(sign.citizen["da"] in page for sign in rules().signs)


class TestHerWay:
    def test_she_asks_to_meet_and_takes_it_back(self, her, course) -> None:
        her.post("/mit/kontakt/", {"do": "fysisk"})
        assert "Du vil mødes ansigt til ansigt" in text(her.get("/mit/kontakt/"))
        her.post("/mit/kontakt/", {"do": "ikke-fysisk"})
        assert "Du har altid ret til at mødes" in text(her.get("/mit/kontakt/"))

    def test_she_goes_on_alone_without_staff_but_not_before_need_is_asked(self, her, course) -> None:
        page = her.post("/mit/kontakt/", {"do": "selv"})
        assert page.status_code == 422
        assert not SelfDriven.objects.exists()
        her.post("/mit/kontakt/", {"do": "selv", "areas": ["intet"], "text": ""})
        driven = SelfDriven.objects.get(course=course)
        assert "intet lige nu" in driven.need_asked
        assert driven.exemption is None, "only a caseworker exempts"

    def test_a_contradiction_is_asked_about(self, her) -> None:
        page = her.post("/mit/kontakt/", {"do": "selv", "areas": ["intet", "helbred"]})
        assert "Vælg det ene" in text(page)

    def test_one_step_brings_a_person_back(self, her, course) -> None:
        her.post("/mit/kontakt/", {"do": "selv", "areas": ["intet"], "text": ""})
        her.post("/mit/kontakt/", {"do": "tilbage"})
        assert SelfDriven.objects.get().ended == DAY
        assert HelpRequest.objects.filter(course=course, answered_at=None).exists(), "somebody is told to ring"

    def test_calm_can_be_ended_by_her_in_one_step(self, her, course, caseworker) -> None:
        peace = Peace(DAY + timedelta(days=60), "Operation", caseworker, "Ring bare")
        agree_calm(course, library.load().vocabulary, peace, caseworker, DAY, DAY)
        page = text(her.get("/mit/kontakt/"))
        assert "I har aftalt ro til og med 19. oktober 2026" in page
        assert "Du kan altid få fat i Mette Holm. Ring bare" in page
        her.post("/mit/kontakt/", {"do": "slut-ro"})
        assert Calm.objects.get().ended == DAY

    def test_a_case_that_waits_is_told_since_when_and_that_no_day_is_set(self, caseworker, client_as) -> None:
        case = job_ready()
        case["spells"].append({"kind": "tilkendelsessag", "om": "fleksjob", "from": ago(40)})
        client = client_as(make_citizen_user(citizen_of(caseworker, case, "Bo Friis"), "bo"))
        page = text(client.get("/mit/kontakt/"))
        assert "I gang i 40 dage, siden 11. juli 2026" in page
        assert "Ingen har sat en dag for svaret: den er ukendt" in page

    def test_every_page_has_a_person_one_step_away(self, her) -> None:
        for page in ("aftaler", "hvordan-gaar-det", "kontakt"):
            assert 'href="/mit/hjaelp/"' in her.get(f"/mit/{page}/").content.decode()
        assert 'href="#menneske"' in her.get("/mit/hjaelp/").content.decode(), "it leads to the telephone"

    def test_staff_do_not_get_in(self, client_as, caseworker, course) -> None:
        for page in ("aftaler", "hvordan-gaar-det", "kontakt", "hjaelp"):
            assert client_as(caseworker).get(f"/mit/{page}/").status_code == 403


def test_an_exemption_ends_with_the_track(her, course) -> None:
    from django.db.backends.postgresql.psycopg_any import DateRange

    her.post("/mit/kontakt/", {"do": "selv", "areas": ["intet"], "text": ""})
    shared = {"kommune": course.kommune, "course": course}
    decided = Event.objects.create(**shared, kind="afgoerelse", on=DAY, attrs={"type": "fritagelse-75"})
    SelfDriven.objects.update(exemption=decided)
    Spell.objects.create(
        **shared,
        kind="fritagelse-samtaler",
        period=DateRange(DAY - timedelta(days=3), None),
        attrs={"holder": "kommune"},
    )
    her.post("/mit/kontakt/", {"do": "tilbage"})
    spell = Spell.objects.get(course=course, kind="fritagelse-samtaler", standing=True)
    assert spell.period.upper == DAY + timedelta(days=1)
