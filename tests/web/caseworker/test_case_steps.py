"""Registering a step of a case: what is asked and why, what is never asked again, and what is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.models import Note
from fodfaeste.casework.courses.case_steps import case_steps
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from tests.web.caseworker import day_cases
from tests.web.caseworker.anna import text_of
from tests.web.caseworker.day_cases import DAY, citizen_of

As = Callable[[User], Client]
GENERIC = [step.name for step in case_steps().values() if step.main is not None]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def course(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")


def place(course: Course, step: str) -> str:
    return f"/borger/{course.citizen.reference}/skridt/{step}/"


def given(**more: object) -> dict[str, object]:
    return {"token": str(uuid4()), "first": DAY.isoformat(), **more}


def test_the_thirteen_steps_of_the_national_study_are_there(client_as: As, caseworker: User, course: Course) -> None:
    assert {step.number for step in case_steps().values()} == set(range(1, 14))
    client = client_as(caseworker)
    html = client.get(place(course, "").removesuffix("/")).content.decode()
    addresses = re.findall(r'<li><a href="([^"]+)"', html[html.index("steps-list") : html.index("</ol>")])
    assert len(addresses) == len(case_steps())
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


@pytest.mark.parametrize("step", GENERIC)
def test_every_step_can_be_saved_with_what_it_must_have_alone(
    client_as: As, caseworker: User, course: Course, step: str
) -> None:
    main = case_steps()[step].main
    assert main is not None
    must = {"type": "oevo" if main.spell else "sanktion", "udfald": "afslag", "grund": "barsel"}
    sent = given(**{f"felt-{name}": must[name] for name in main.must})
    answer = client_as(caseworker).post(place(course, step), sent)
    assert answer.status_code == 302, text_of(answer)
    lines = (Spell if main.spell else Event).objects.filter(course=course, kind=main.kind)
    assert lines.exclude(entered_by=None).count() == 1
    assert " er gemt" in text_of(client_as(caseworker).get(answer["Location"]))


def test_what_the_law_asks_of_a_traineeship_stands_with_its_section(
    client_as: As, caseworker: User, course: Course
) -> None:
    said = text_of(client_as(caseworker).get(place(course, "praktik")))
    asked = said[said.index("Loven spørger også om") :]
    assert re.search(r"Hvor mange timer om ugen er praktikken\? .{0,20} LAB § 59", asked)
    assert "Har arbejdsgiveren skriftligt erklæret sig om rimelighedskravet?" in asked
    assert "Det er en vurdering." in asked


def test_a_traineeship_is_one_save_and_its_receipt_tells_what_changed(
    client_as: As, caseworker: User, course: Course
) -> None:
    client = client_as(caseworker)
    sent = given(
        **{"last": "2026-09-16", "felt-sektor": "privat", "along": ["tilbud-givet"], "svar-ordinaert_ansatte": "10",
           "svar-stoettede_ansatte": "1", "note": "Bageren på hjørnet."}
    )  # fmt: skip
    answer = client.post(place(course, "praktik"), sent)
    spell = Spell.objects.get(course=course, kind="tilbud")
    assert spell.attrs == {"type": "virksomhedspraktik", "sektor": "privat"}
    assert Event.objects.get(course=course, kind="tilbud-givet").attrs == {"type": "virksomhedspraktik"}
    facts = dict(Fact.objects.filter(course=course, entered_by=caseworker).values_list("field", "value"))
    assert facts == {"ordinaert_ansatte": 10, "stoettede_ansatte": 1}
    assert Note.objects.get(course=course).text == "Bageren på hjørnet."
    said = text_of(client.get(answer["Location"]))
    assert "Virksomhedspraktik er gemt" in said
    assert "Det ændrede sig" in said
    assert re.search(r"LAB § 6[13]", said)


def test_what_is_known_is_shown_and_not_asked(client_as: As, caseworker: User, course: Course) -> None:
    client = client_as(caseworker)
    before = client.get(place(course, "praktik")).content.decode()
    assert 'name="svar-praktik_ugetimer"' in before
    Fact.objects.create(
        kommune=course.kommune, course=course, field="praktik_ugetimer", value="25", recorded=DAY, source="Anna"
    )
    after = client.get(place(course, "praktik"))
    assert 'name="svar-praktik_ugetimer"' not in after.content.decode()
    said = text_of(after)
    known = said[said.index("Det ved vi") :]
    assert re.search(r"Praktiktimer om ugen 25", known)
    assert "Ydelse kontanthjælp, siden" in known


def test_first_contact_asks_for_a_benefit_only_where_none_runs(client_as: As, caseworker: User, course: Course) -> None:
    client = client_as(caseworker)
    assert "begynder-0-type" not in client.get(place(course, "foerste-kontakt")).content.decode()
    Spell.objects.filter(course=course).delete()
    assert "begynder-0-type" in client.get(place(course, "foerste-kontakt")).content.decode()
    sent = given(**{"begynder-0-type": "dagpenge", "begynder-1-gruppe": "dp", "along": ["tilmelding"]})
    client.post(place(course, "foerste-kontakt"), sent)
    assert dict(Spell.objects.filter(course=course).values_list("kind", "attrs")) == {
        "ydelse": {"type": "dagpenge"}, "maalgruppe": {"gruppe": "dp"}
    }  # fmt: skip


def test_a_judgement_without_a_reason_is_sent_back_with_what_was_typed(
    client_as: As, caseworker: User, course: Course
) -> None:
    sent = given(**{"svar-praktik_job_muligt": "nej", "note": "Skrevet én gang."})
    answer = client_as(caseworker).post(place(course, "praktik"), sent)
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Skriv, hvad vurderingen bygger på" in said
    assert "Skrevet én gang." in said
    assert not Spell.objects.filter(course=course, kind="tilbud").exists()
    sent |= {"grund-praktik_job_muligt": "Butikken har ingen ledige stillinger."}
    assert client_as(caseworker).post(place(course, "praktik"), sent).status_code == 302
    fact = Fact.objects.get(course=course, field="praktik_job_muligt")
    assert (fact.by, fact.reason) == ("Mette Holm", "Butikken har ingen ledige stillinger.")


def test_the_same_form_sent_twice_is_written_once(client_as: As, caseworker: User, course: Course) -> None:
    client, sent = client_as(caseworker), given()
    assert (
        client.post(place(course, "fravaer"), sent)["Location"]
        == client.post(place(course, "fravaer"), sent)["Location"]
    )
    assert Spell.objects.filter(course=course, kind="fravaer").count() == 1


def test_a_decision_is_noted_by_a_named_person_with_what_the_law_connects_to_it(
    client_as: As, caseworker: User, course: Course
) -> None:
    client = client_as(caseworker)
    said = text_of(client.get(place(course, "afgoerelse")))
    assert "programmet afgør intet" in said
    answer = client.post(place(course, "afgoerelse"), given(**{"felt-type": "sanktion", "felt-udfald": "afslag"}))
    event = Event.objects.get(course=course, kind="afgoerelse")
    assert event.entered_by == caseworker
    said = text_of(client.get(answer["Location"]))
    assert re.search(r"\(FVL § 19", said)
    assert re.search(r"\(FVL § 2[25]", said)


def test_a_day_to_come_is_no_day_something_happened(client_as: As, caseworker: User, course: Course) -> None:
    answer = client_as(caseworker).post(place(course, "samlet-beskrivelse"), given(first="2026-08-21"))
    assert answer.status_code == 422
    assert "Dagen ligger i fremtiden" in text_of(answer)


def test_a_registration_can_be_taken_back_and_the_history_keeps_it(
    client_as: As, caseworker: User, course: Course
) -> None:
    client = client_as(caseworker)
    answer = client.post(place(course, "praktik"), given(along=["tilbud-givet"]))
    assert "er taget tilbage" in text_of(client.post(answer["Location"], follow=True))
    assert not Spell.objects.filter(course=course, kind="tilbud", standing=True).exists()
    assert not Event.objects.filter(course=course, kind="tilbud-givet", standing=True).exists()
    assert Spell.objects.filter(course=course, kind="tilbud").count() == 2
    assert "Noget af det er rettet siden" in text_of(client.post(answer["Location"], follow=True))


def test_only_caseworkers_register(client_as: As, leader: User, course: Course) -> None:
    client = client_as(leader)
    client.post(f"/borger/{course.citizen.reference}/formaal/", {"purpose": "tilsyn", "next": "/"})
    assert client.get(place(course, "praktik")).status_code in (302, 403)
    assert client.post(place(course, "praktik"), given()).status_code in (302, 403)
    assert not Spell.objects.filter(course=course, kind="tilbud").exists()


def test_few_questions_to_the_database(
    client_as: As, caseworker: User, course: Course, django_assert_max_num_queries
) -> None:
    client = client_as(caseworker)
    client.get(place(course, "praktik"))
    with django_assert_max_num_queries(22):
        client.get(place(course, "praktik"))
