"""Putting right what was written about a conversation: the history stays, and everything derived follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.courses.models import Course, Event
from tests.web.caseworker import day_cases
from tests.web.caseworker.conversations import address, given, held, text
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.wishing(), "Anna Jensen")


@pytest.fixture
def bent(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")


@pytest.fixture
def saved(client_as, caseworker: User, anna) -> Event:
    one = appointment(anna)
    client_as(caseworker).post(
        address(anna), given(note="Talte om cv.", appointment=one.pk, along=["ydelsesopfoelgning"])
    )
    return held(anna)[0]


def mend(client: Any, course: Course, event: Event, **more: Any) -> Any:
    form = {"kind": "jobsamtale", "on": DAY.isoformat(), "way": "fysisk", "note": "Talte om cv.", "do": "mend"} | more
    return client.post(f"{address(course)}{event.pk}/ret/", form)


def test_the_form_to_mend_shows_what_stands(client_as, caseworker: User, anna, saved) -> None:
    form = client_as(caseworker).get(f"{address(anna)}{saved.pk}/ret/").context["form"]
    assert form.initial == {"kind": "jobsamtale", "on": DAY, "way": "fysisk", "together": "", "note": "Talte om cv."}


def test_another_day_and_form_stand_in_the_old_ones_place(client_as, caseworker: User, anna, saved) -> None:
    mend(client_as(caseworker), anna, saved, on="2026-08-18", way="telefon", note="Talte om cv og søgning.")
    old, new = held(anna)
    assert (old.standing, old.on) == (False, DAY)
    assert (new.standing, new.corrects, new.on, new.attrs["form"]) == (True, old, date(2026, 8, 18), "telefon")
    assert (new.note.text, new.note.happened) == ("Talte om cv og søgning.", date(2026, 8, 18))
    assert new.appointment.course == anna
    assert [line.on for line in held(anna, "ydelsesopfoelgning") if line.standing] == [date(2026, 8, 18)]


def test_the_receipt_of_a_mended_conversation_tells_what_it_changes_now(
    client_as, caseworker: User, anna, saved
) -> None:
    client = client_as(caseworker)
    answer = mend(client, anna, saved, way="telefon")
    receipt = text(client.get(answer["Location"]))
    assert "Jobsamtale, torsdag 20. august, telefon" in receipt
    assert "Opfyldt: Ret til at mødes fysisk" not in receipt
    assert "Tæller med: Fire jobsamtaler" in receipt
    assert receipt == text(client.get(f"{address(anna)}{saved.pk}/")), "the old address shows what stands now"


def test_another_kind_is_another_event(client_as, caseworker: User, anna, saved) -> None:
    mend(client_as(caseworker), anna, saved, kind="cv-samtale")
    assert [(line.standing, line.void) for line in held(anna)] == [(False, False), (False, True)]
    (new,) = held(anna, "cv-samtale")
    assert new.standing
    assert new.note.text == "Talte om cv."
    assert new.appointment is not None


def test_what_was_not_held_counts_no_more_and_the_note_stays(client_as, caseworker: User, anna, saved) -> None:
    client = client_as(caseworker)
    answer = mend(client, anna, saved, do="void")
    assert "regnes ikke for holdt" in text(client.get(answer["Location"]))
    assert not any(line.standing for line in [*held(anna), *held(anna, "ydelsesopfoelgning")])
    assert Note.objects.get(course=anna).text == "Talte om cv."
    assert Appointment.objects.get(course=anna).held is None, "it can be registered again"
    day = text(client.get("/min-dag/"))
    assert "(1 af 4 holdt)" in day
    assert "Har bedt om en samtale med fysisk fremmøde" in day


def test_what_is_wrong_in_a_mending_is_said_and_kept(client_as, caseworker: User, anna, saved) -> None:
    answer = mend(client_as(caseworker), anna, saved, on="2026-12-24", note="Ny tekst.")
    assert answer.status_code == 422
    assert "er ikke kommet endnu" in text(answer)
    assert "Ny tekst." in answer.content.decode()
    assert len(held(anna)) == 1


def test_nobody_mends_the_same_line_twice(client_as, caseworker: User, anna, saved) -> None:
    client = client_as(caseworker)
    mend(client, anna, saved, do="void")
    assert mend(client, anna, saved, on="2026-08-18").status_code == 404
    assert client.get(f"{address(anna)}{saved.pk}/ret/").status_code == 404


def test_other_events_are_not_mended_here(client_as, caseworker: User, anna, bent, saved) -> None:
    client = client_as(caseworker)
    request = Event.objects.get(course=anna, kind="anmodning")
    assert client.get(f"{address(anna)}{request.pk}/").status_code == 404
    assert client.get(f"{address(bent)}{saved.pk}/").status_code == 404, "an event of somebody else"
    assert client.get(f"{address(anna)}{saved.pk}/").status_code == 200
