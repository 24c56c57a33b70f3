"""Registering a conversation that was held: what is saved, what it changes, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.courses.models import Course, Fact
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.conversations import address, given, held, text
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

pytestmark = pytest.mark.django_db
FORM_QUERIES, SAVE_QUERIES, RECEIPT_QUERIES = 14, 26, 17


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")


@pytest.fixture
def bent(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")


# -- the form ----------------------------------------------------------------------------------------------------------


def test_the_form_comes_filled_in_with_the_appointment_and_what_is_due(client_as, caseworker: User, bent) -> None:
    one = appointment(bent, DAY - timedelta(days=1), form="video")
    form = client_as(caseworker).get(address(bent), {"aftale": one.pk}).context["form"]
    assert form.initial["kind"] == "fleksopfoelgning"
    assert form.initial["on"] == DAY - timedelta(days=1)
    assert form.initial["way"] == "video"
    assert form.initial["appointment"] == one.pk


def test_each_kind_tells_which_duty_it_would_settle(client_as, caseworker: User, bent) -> None:
    page = text(client_as(caseworker).get(address(bent)))
    assert (
        "Opfølgning i fleksjob Personlig opfølgning i fleksjobbet hver to et halvt år, sidste dag søndag 2. august"
        in page
    )


def test_a_wish_comes_before_a_duty_that_is_far_off(client_as, caseworker: User) -> None:
    """Nine months unemployed: a conversation at sixteen months is due, but she asked for one now."""
    case = day_cases.insured()
    far = citizen_of(caseworker, case, "Dora Lund")
    assert client_as(caseworker).get(address(far)).context["form"].initial["kind"] == "intensiveret-samtale"
    case["events"].append({"kind": "anmodning", "om": "samtale", "date": day_cases.ago(3)})
    asked = citizen_of(caseworker, case, "Else Lund")
    assert client_as(caseworker).get(address(asked)).context["form"].initial["kind"] == "jobsamtale"


def test_the_kind_that_was_clicked_is_chosen(client_as, caseworker: User, anna) -> None:
    form = client_as(caseworker).get(address(anna), {"slags": "cv-samtale"}).context["form"]
    assert form.initial["kind"] == "cv-samtale"
    odd = client_as(caseworker).get(address(anna), {"slags": "<b>", "aftale": "x"}).context["form"]
    assert odd.initial["kind"] == "jobsamtale"


def test_the_appointment_of_today_is_found_by_itself(client_as, caseworker: User, anna) -> None:
    one = appointment(anna, form="telefon")
    assert client_as(caseworker).get(address(anna)).context["form"].initial["appointment"] == one.pk


# -- saving ------------------------------------------------------------------------------------------------------------


def test_what_was_held_is_saved_with_its_note_and_appointment(client_as, caseworker: User, anna) -> None:
    one = appointment(anna)
    client = client_as(caseworker)
    answer = client.post(address(anna), given(note="  Talte om cv.  ", appointment=one.pk))
    (event,) = held(anna)
    assert answer["Location"] == f"{address(anna)}{event.pk}/"
    assert (event.on, event.attrs, event.entered_by) == (DAY, {"holder": "kommune", "form": "fysisk"}, caseworker)
    assert (event.note.text, event.note.happened, event.note.written_by) == ("Talte om cv.", DAY, caseworker)
    one.refresh_from_db()
    assert one.held == event
    assert Lookup.objects.filter(course=anna.pk, page="conversation", action="change").count() == 1


def test_duties_derive_again_at_once_and_the_receipt_says_how(client_as, caseworker: User, anna) -> None:
    receipt = text(client_as(caseworker).post(address(anna), given(), follow=True))
    assert "Opfyldt: Ret til at mødes fysisk" in receipt
    assert "Tæller med: Fire jobsamtaler i kommunen på seks måneder" in receipt
    assert "2 af 4 holdt, sidste dag søndag 20. december" in receipt
    assert "Næste frist Mandag 21. september (om 32 dage): Opfølgning på hjælpen hver tredje måned" in receipt


def test_a_late_duty_is_met_and_the_next_one_is_told(client_as, caseworker: User, bent) -> None:
    receipt = text(client_as(caseworker).post(address(bent), given(kind="fleksopfoelgning"), follow=True))
    assert re.search(
        r"Opfyldt denne gang: Personlig opfølgning .* næste gang sidste dag \w+ 20\. februar 2029", receipt
    )


def test_a_conversation_that_settles_nothing_is_told_so(client_as, caseworker: User, bent) -> None:
    receipt = text(client_as(caseworker).post(address(bent), given(kind="kontrolsamtale"), follow=True))
    assert "Ingen af kommunens pligter ændrede sig" in receipt


def test_what_was_done_along_with_it_is_saved_as_events_of_their_own(client_as, caseworker: User, anna) -> None:
    receipt = client_as(caseworker).post(
        address(anna), given(along=["ydelsesopfoelgning", "anmodning-svar"]), follow=True
    )
    assert [event.on for event in held(anna, "ydelsesopfoelgning")] == [DAY]
    assert [event.on for event in held(anna, "anmodning-svar")] == [DAY]
    assert "Opfyldt denne gang: Opfølgning på hjælpen hver tredje måned" in text(receipt)


def test_the_next_conversation_is_agreed_and_known_to_the_law(client_as, caseworker: User, anna) -> None:
    client_as(caseworker).post(
        address(anna), given(next_day="2026-09-14", next_time="10:30", next_form="fysisk", way="")
    )
    agreed = Appointment.objects.get(course=anna, held=None)
    assert timezone.localtime(agreed.at).isoformat() == "2026-09-14T10:30:00+02:00"
    assert (agreed.form, agreed.caseworker) == ("fysisk", caseworker)
    fact = Fact.objects.get(course=anna, field="naeste_samtale_aftalt")
    assert (fact.value, fact.recorded, fact.valid.lower) == ("2026-09-14", DAY, DAY)
    assert held(anna)[0].attrs == {"holder": "kommune"}, "how they met is not known, and not guessed"


def test_the_index_of_the_municipality_follows(client_as, caseworker: User, bent) -> None:
    from fodfaeste.casework.inbox.actions import build_index
    from fodfaeste.casework.inbox.models import DutyLine
    from fodfaeste.interfaces.web import rulebooks

    build_index(bent.kommune, rulebooks.rulebook_of(DAY, "odense"))
    late = DutyLine.objects.filter(course=bent, norm__norm="lab.121.opfoelgning")
    assert [line.due for line in late] == [date(2026, 8, 2)]
    client_as(caseworker).post(address(bent), given(kind="fleksopfoelgning"))
    assert [line.due for line in late.all()] == [date(2029, 2, 20)]


def test_few_questions_to_the_database(client_as, caseworker: User, anna, django_assert_num_queries) -> None:
    client = client_as(caseworker)
    client.get(address(anna))
    with django_assert_num_queries(FORM_QUERIES):
        client.get(address(anna))
    with django_assert_num_queries(SAVE_QUERIES):
        answer = client.post(address(anna), given(note="Kort."))
    with django_assert_num_queries(RECEIPT_QUERIES):
        client.get(answer["Location"])


# -- what cannot be saved ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "2026-08-21"}, "Dag: 21. august 2026 er ikke kommet endnu. En samtale registreres, når den er holdt"),
        ({"on": "2026-06-20"}, "Dag: Forløbet begyndte først 21. juni 2026. Vælg den dag eller en senere."),
        ({"on": "i går"}, "Dag: Det er ikke en dag. Skriv dag, måned og år, for eksempel 31.1.2026."),
        ({"on": ""}, "Dag: Skriv en dag, for eksempel 31.1.2026."),
        ({"kind": "tilmelding"}, "Det er ikke en samtale, kommunen kan registrere."),
        ({"kind": ""}, "Vælg, hvad der blev holdt."),
        ({"next_day": "2026-09-14"}, "Skriv, hvad klokken er, når I mødes næste gang"),
        ({"next_time": "10:00"}, "Skriv, hvilken dag I mødes næste gang"),
        ({"next_day": "2026-08-19", "next_time": "10:00"}, "Den næste samtale ligger før i dag."),
        ({"next_day": "2026-09-14", "next_time": "kl. ti"}, "Det er ikke et klokkeslæt."),
        ({"along": ["tilmelding"]}, "Vælg kun blandt det viste."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    client_as, caseworker: User, anna, wrong: dict[str, Any], said: str
) -> None:
    answer = client_as(caseworker).post(address(anna), given(note="Langt referat <af> mødet.", **wrong))
    assert answer.status_code == 422
    assert said in text(answer)
    page = answer.content.decode()
    assert "Langt referat &lt;af&gt; mødet." in page
    for value in wrong.values():
        if value and isinstance(value, str) and value != "tilmelding":
            assert f'value="{value}"' in page
    assert held(anna) == []
    assert not Note.objects.exists()
    assert not Appointment.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(client_as, caseworker: User, anna) -> None:
    answer = text(client_as(caseworker).post(address(anna), given(on="2027-01-01", kind="", next_time="10:00")))
    for said in ("er ikke kommet endnu", "Vælg, hvad der blev holdt.", "Skriv, hvilken dag I mødes næste gang"):
        assert said in answer


def test_danish_dates_are_understood(client_as, caseworker: User, anna) -> None:
    client_as(caseworker).post(address(anna), given(on="19.08.2026"))
    assert [event.on for event in held(anna)] == [date(2026, 8, 19)]


def test_the_same_form_sent_twice_is_one_conversation(client_as, caseworker: User, anna) -> None:
    form, client = given(note="Én gang."), client_as(caseworker)
    first, second = client.post(address(anna), form), client.post(address(anna), form)
    assert len(held(anna)) == 1
    assert first["Location"] == second["Location"]
    assert Note.objects.count() == 1


def test_a_saved_form_sent_again_with_other_words_keeps_them_and_asks(client_as, caseworker: User, anna) -> None:
    form, client = given(note="Det første."), client_as(caseworker)
    client.post(address(anna), form)
    again = client.post(address(anna), form | {"note": "Noget andet."})
    assert again.status_code == 422
    assert "allerede gemt som jobsamtale torsdag 20. august" in text(again)
    assert "Noget andet." in again.content.decode()
    assert len(held(anna)) == 1
    token = re.search(r'name="token" value="([^"]*)"', again.content.decode())
    assert token is not None
    client.post(address(anna), form | {"note": "Noget andet.", "token": token[1]})
    assert len(held(anna)) == 2


def test_a_fault_halfway_leaves_nothing(client_as, caseworker: User, anna) -> None:
    """The note cannot be written: then neither is the conversation, and what was typed is shown again."""
    client = client_as(caseworker)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("REVOKE INSERT ON contacts_note FROM fodfaeste_web")
    answer = client.post(address(anna), given(note="Det her må ikke gå tabt."))
    assert answer.status_code == 500
    assert "Det her må ikke gå tabt." in answer.content.decode()
    assert held(anna) == []
    anna.refresh_from_db()
    assert anna.version == 1


def test_signed_out_meanwhile_what_was_typed_is_shown_again(anonymous, anna) -> None:
    answer = anonymous.post(address(anna), given(note="Det her må ikke gå tabt."))
    assert "Det her må ikke gå tabt." in answer.content.decode()
    assert held(anna) == []


def test_htmx_stays_on_the_page_with_errors_and_goes_on_when_saved(client_as, caseworker: User, anna) -> None:
    client, htmx = client_as(caseworker), {"HX-Request": "true"}
    wrong = client.post(address(anna), given(on="2027-01-01"), headers=htmx)
    assert wrong.status_code == 422
    assert 'id="conversation"' in wrong.content.decode()
    saved = client.post(address(anna), given(), headers=htmx)
    assert saved["HX-Redirect"] == f"{address(anna)}{held(anna)[0].pk}/"


def test_an_appointment_of_somebody_else_is_not_taken(client_as, caseworker: User, anna, bent) -> None:
    other = appointment(bent)
    client_as(caseworker).post(address(anna), given(appointment=other.pk))
    other.refresh_from_db()
    assert other.held is None


# -- who may -----------------------------------------------------------------------------------------------------------


def test_only_caseworkers_register(client_as, leader: User, anna) -> None:
    client = client_as(leader)
    client.post(f"/borger/{anna.citizen.reference}/formaal/", {"reason": "supervision"})
    for answer in (client.get(address(anna)), client.post(address(anna), given())):
        assert answer.status_code == 403
        assert "Kun sagsbehandlere" in text(answer)
    assert held(anna) == []


def test_another_municipality_does_not_find_the_case(client_as, anna, other_kommune: Kommune) -> None:
    stranger = client_as(make_user(other_kommune, "aage", "Aage Friis", "caseworker"))
    assert stranger.get(address(anna)).status_code == 404
    assert stranger.post(address(anna), given()).status_code == 404
    assert held(anna) == []


def test_a_stand_in_gives_a_purpose_and_may_register(client_as, kommune: Kommune, anna) -> None:
    stand_in = make_user(kommune, "bo", "Bo Krog", "caseworker")
    client = client_as(stand_in)
    assert "/formaal/" in client.post(address(anna), given())["Location"]
    client.post(f"/borger/{anna.citizen.reference}/formaal/", {"reason": "stand-in"})
    client.post(address(anna), given())
    assert [event.entered_by for event in held(anna)] == [stand_in]
    assert "Jeg passer sagen for en kollega" in Lookup.objects.filter(user=stand_in).values_list("purpose", flat=True)


def test_in_english(client_as, caseworker: User, bent) -> None:
    caseworker.language = "en"
    caseworker.save()
    client = client_as(caseworker)
    assert "Record a conversation" in text(client.get(address(bent)))
    receipt = text(client.post(address(bent), given(kind="fleksopfoelgning"), follow=True))
    assert "The conversation is recorded" in receipt
    assert "Met this time:" in receipt
