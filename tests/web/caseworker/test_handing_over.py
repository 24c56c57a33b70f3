"""The pages for hand-over, absence, and the fund and the municipality by day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fodfaeste.casework.access.models import Absence, Kommune, Lookup, Role, User
from fodfaeste.casework.contacts.models import Note
from fodfaeste.casework.courses.models import Course, Fact, Handover
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.plans.models import Step, Words
from fodfaeste.interfaces.holders import stretches
from fodfaeste.interfaces.web import rulebooks
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.anna import text_of
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def sofie(kommune: Kommune) -> User:
    return make_user(kommune, "sofie", "Sofie Lund", Role.CASEWORKER)


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.insured(), "Anna Jensen")


def place(course: Course, page: str) -> str:
    return f"/borger/{course.citizen.reference}/{page}/"


# -- hand-over ------------------------------------------------------------------------------------------------------


def test_a_handover_is_one_act_one_entry_and_no_fact_less(
    client_as: As, caseworker: User, sofie: User, course: Course
) -> None:
    appointment(course, DAY + timedelta(days=5))
    client, facts = client_as(caseworker), Fact.objects.filter(course=course).count()
    said = text_of(client.get(place(course, "overdrag")))
    assert "I dag har Mette Holm ansvaret." in said
    answer = client.post(
        place(course, "overdrag"), {"taker": sofie.pk, "words": "Ring helst om formiddagen."}, follow=True
    )
    assert answer.redirect_chain
    assert Handover.objects.filter(course=course).count() == 1
    assert Lookup.objects.filter(course=course.pk, action="change").count() == 1
    assert not Note.objects.filter(course=course).exists()
    assert Fact.objects.filter(course=course).count() == facts
    theirs = text_of(client_as(sofie).get("/min-dag/?dag=alt"))
    assert "Anna Jensen" in theirs
    assert "Ring helst om formiddagen." in text_of(client_as(sofie).get(place(course, "overdrag")))


def test_nobody_chosen_is_said_at_the_field(client_as: As, caseworker: User, course: Course) -> None:
    answer = client_as(caseworker).post(place(course, "overdrag"), {"taker": "", "words": "Skrevet én gang."})
    assert answer.status_code == 422
    assert "Vælg, hvem der skal have borgeren." in text_of(answer)
    assert "Skrevet én gang." in text_of(answer)


# -- absence --------------------------------------------------------------------------------------------------------


def test_an_absence_gives_the_cover_the_day_of_her_colleague(
    client_as: As, caseworker: User, sofie: User, course: Course
) -> None:
    appointment(course, DAY, hour=9)
    client = client_as(caseworker)
    assert "Anna Jensen" not in text_of(client_as(sofie).get("/min-dag/"))
    answer = client.post("/fravaer/", {"first": DAY.isoformat(), "last": "", "cover": sofie.pk}, follow=True)
    assert "Sofie Lund afløser Mette Holm." in text_of(answer)
    said = text_of(client_as(sofie).get("/min-dag/"))
    assert "Anna Jensen" in said
    assert "9.00" in said
    assert client_as(sofie).get(place(course, "overdrag")).status_code == 200
    assert Lookup.objects.filter(user=sofie, course=course.pk, purpose="cover").exists()
    client.post("/fravaer/", {"tilbage": Absence.objects.get().pk})
    assert "Anna Jensen" not in text_of(client_as(sofie).get("/min-dag/"))


def test_a_leader_writes_for_others_and_a_caseworker_for_herself(
    client_as: As, caseworker: User, leader: User, sofie: User, course: Course
) -> None:
    sent = {"away": caseworker.pk, "first": DAY.isoformat(), "last": "2026-08-30", "cover": sofie.pk}
    client_as(leader).post("/fravaer/", sent)
    assert Absence.objects.get().user == caseworker
    assert client_as(sofie).post("/fravaer/", {"tilbage": Absence.objects.get().pk}).status_code == 403
    Absence.objects.all().delete()
    client_as(sofie).post("/fravaer/", {**sent, "cover": caseworker.pk})
    assert Absence.objects.get().user == sofie


def test_the_leader_sees_who_has_no_caseworker(client_as: As, leader: User, course: Course) -> None:
    Course.objects.update(caseworker=None)
    assert "1 borger har ingen fast sagsbehandler. Lederen svarer imens." in text_of(client_as(leader).get("/fravaer/"))


def test_jurists_have_no_absence_page(client_as: As, jurist: User) -> None:
    assert client_as(jurist).get("/fravaer/").status_code == 403


# -- the fund and the municipality ----------------------------------------------------------------------------------


def test_every_day_has_a_holder_and_the_section_that_says_so(client_as: As, caseworker: User, course: Course) -> None:
    said = text_of(client_as(caseworker).get(place(course, "a-kasse")))
    assert "Hver dag har nogen: a-kassen eller kommunen." in said
    assert "A-kassen 23. november 2025 – 20. februar 2026 LOB § 18 b" in said
    assert "Kommunen (i dag) Fra 21. februar 2026" in said


@pytest.mark.parametrize(
    ("regimes", "from_day"),
    [(None, date(2026, 6, 1)), (("djof-07",), date(2026, 7, 1)), (("eg-05-akasse",), date(2026, 9, 1))],
)
def test_three_four_and_six_months_move_the_handover_and_leave_no_day_without_anyone(
    caseworker: User, regimes: tuple[str, ...] | None, from_day: date
) -> None:
    hours = [date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)]
    hours += [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
    case = {
        "facts": {"foedt": "1984-01-01", "deltidsforsikret": False},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "dp", "from": "2026-03-02"},
            {"kind": "ydelse", "type": "dagpenge", "from": "2026-03-02"},
        ],
        "events": [
            {"kind": "tilmelding", "date": "2026-03-02"},
            {"kind": "dp-indplacering", "date": "2026-03-02"},
            *({"kind": "dagpengetimer", "timer": 160.33, "date": day.isoformat()} for day in hours),
        ],
    }
    course = citizen_of(caseworker, case, "Anna Jensen")
    law = rulebooks.law()
    found = stretches(
        law, lambda on: rulebooks.rulebook_of(on, "odense", regimes), case_of(course, law.vocabulary),
        date(2026, 3, 2), date(2026, 12, 31),
    )  # fmt: skip
    assert [(one.holder, one.first) for one in found] == [("a-kasse", date(2026, 3, 2)), ("kommune", from_day)]
    assert sum(one.days for one in found) == 305
    assert all(one.ref for one in found)


def test_with_no_months_at_the_fund_the_municipality_has_it_from_the_first_day(caseworker: User) -> None:
    """As the law stood before 2024."""
    case = {
        "facts": {"foedt": "1984-01-01"},
        "spells": [{"kind": "maalgruppe", "gruppe": "dp", "from": "2023-03-01"}],
        "events": [{"kind": "dp-indplacering", "date": "2023-03-01"}],
    }
    law, course = rulebooks.law(), citizen_of(caseworker, case, "Anna Jensen")
    found = stretches(
        law, lambda on: rulebooks.rulebook_of(on, "odense"), case_of(course, law.vocabulary),
        date(2023, 3, 1), date(2023, 12, 31),
    )  # fmt: skip
    assert {one.holder for one in found} == {"kommune"}


def test_what_the_other_needs_is_there_and_health_and_notes_are_not(
    client_as: As, caseworker: User, course: Course
) -> None:
    kept = {"kommune": course.kommune, "course": course}
    Words.objects.create(**kept, kind="goal", text="Jeg vil køre bus.", written_at=timezone.now())
    Step.objects.create(**kept, text="Kørekort til bus", owner="borger", agreed=True)
    Step.objects.create(**kept, text="Ikke aftalt endnu", owner="kommune")
    Note.objects.create(**kept, text="Fortalte om sin ryg.", happened=DAY, written_by=caseworker)
    appointment(course, DAY + timedelta(days=5), form="video")
    client = client_as(caseworker)
    said = text_of(client.get(place(course, "a-kasse/pakke")))
    for told in (
        "Fra kommunen til a-kassen",
        "Jeg vil køre bus.",
        "Kørekort til bus",
        "25. august 2026 kl. 10.00, video",
    ):
        assert told in said
    assert "Fortalte om sin ryg." not in said
    data = json.loads(client.get(place(course, "a-kasse/pakke") + "?format=json").content)
    assert (data["format"], data["from"], data["to"]) == ("fodfaeste/handover-package/1", "kommune", "a-kasse")
    assert [one["text"] for one in data["plan"]] == ["Kørekort til bus"]
    assert len([one for one in data["held"] if one["kind"] == "jobsamtale"]) == 3
    assert all(one["ref"] and one["due"] for one in data["due"])
