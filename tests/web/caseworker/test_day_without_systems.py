"""A day without systems: the list that is printed or taken along, and the day written in afterwards."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.contacts.models import Appointment, Note
from fodfaeste.casework.courses.models import Course, Event, Fact
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, lines_of_courses
from tests.web.caseworker import day_cases
from tests.web.caseworker.conversations import address, given
from tests.web.caseworker.day_cases import DAY, appointment, citizen_of

pytestmark = pytest.mark.django_db
LIST, AFTER = "/min-dag/liste/", "/min-dag/efterregistrering/"
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")


@pytest.fixture
def bent(caseworker: User) -> Course:
    return citizen_of(caseworker, day_cases.in_fleksjob(), "Bent Hansen")


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode().replace("<", " <"))).strip()


def rows_of(response: Any) -> list[dict[str, str]]:
    """The exported list as a spreadsheet reads it."""
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def token(html: str, number: int) -> str:
    found = re.search(rf'name="m{number}-token" value="([^"]+)"', html)
    assert found
    return found[1]


def row(client: Client, one: Appointment, **more: Any) -> dict[str, Any]:
    """A row of the form as it stands, with what is changed in it."""
    html = client.get(f"{AFTER}?dag={DAY}").content.decode()
    filled = {
        "token": token(html, one.pk), "appointment": one.pk, "went": "held", "kind": "jobsamtale",
        "on": DAY.isoformat(), "way": one.form, "note": "", "next_day": "", "next_time": "", "next_form": one.form,
    } | more  # fmt: skip
    return {f"m{one.pk}-{name}": value for name, value in filled.items()}


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_tells_of_each_meeting_whom_when_where_and_what_the_law_asks(
    client_as, caseworker: User, bent: Course
) -> None:
    one = appointment(bent, hour=9, form="fysisk")
    one.place = "Rådhuset, lokale 3"
    one.save()
    page = text(client_as(caseworker).get(LIST))
    assert "1. 09.00 Bent Hansen" in page
    assert "Telefon 20 30 40 50 · Fysisk møde · Rådhuset, lokale 3" in page
    assert re.search(r"fleksjob[^(]*, sidste dag søndag 2\. august \(", page), "what the meeting would settle"
    assert "18 dage over" in page, "what is due stands on the same paper"
    assert "Holdt ☐ ja" in page


def test_who_decides_the_form_stands_at_each_meeting(client_as, caseworker: User, anna: Course) -> None:
    appointment(anna)
    assert "Borgeren vælger formen: fremmøde, telefon eller video." in text(client_as(caseworker).get(LIST))


def test_the_file_needs_neither_network_nor_script(client_as, caseworker: User, anna: Course) -> None:
    appointment(anna)
    answer = client_as(caseworker).get(f"{LIST}?som=html")
    html = answer.content.decode()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dagens-liste-{DAY}.html"'
    assert "Anna Jensen" in html
    assert not re.search(r"<(script|link|img)\b|\bsrc=|url\(|https?://", html)


def test_tomorrow_can_be_printed_today(client_as, caseworker: User, anna: Course) -> None:
    appointment(anna, day=NEXT_DAY)
    client = client_as(caseworker)
    assert "Ingen aftaler den dag." in text(client.get(LIST))
    assert "1. 10.00 Anna Jensen" in text(client.get(f"{LIST}?dag={NEXT_DAY}"))


def test_a_day_that_is_none_is_said_and_kept(client_as, caseworker: User) -> None:
    answer = client_as(caseworker).get(f"{LIST}?dag=i morgen")
    assert answer.status_code == 422
    assert 'value="i morgen"' in answer.content.decode()
    assert "Det er ikke en dag." in text(answer)


def test_a_name_is_never_reckoned_by_a_spreadsheet(client_as, caseworker: User, anna: Course) -> None:
    anna.citizen.name = "=HYPERLINK(1)"
    anna.citizen.save()
    appointment(anna)
    (found,) = rows_of(client_as(caseworker).get(f"{LIST}?som=csv"))
    assert not found["Borger"].startswith("=")


def test_who_was_shown_is_logged_with_why(client_as, caseworker: User, kommune: Kommune, anna: Course) -> None:
    colleague = User.objects.create_user("ida", role="caseworker", kommune=kommune)
    hers = citizen_of(colleague, day_cases.sick(), "Clara Friis")
    one = appointment(hers, hour=14)
    one.caseworker = caseworker
    one.save()
    assert "Clara Friis" in text(client_as(caseworker).get(LIST))
    logged = set(Lookup.objects.filter(page="day-print").values_list("course", "purpose"))
    assert logged == {(anna.pk, "own_case"), (hers.pk, "appointment")}


def test_the_list_is_for_caseworkers(client_as, leader: User) -> None:
    client = client_as(leader)
    assert client.get(LIST).status_code == 403
    assert client.get(AFTER).status_code == 403


def test_the_list_asks_the_database_no_more_for_more_meetings(
    client_as, caseworker: User, django_assert_max_num_queries
) -> None:
    for number in range(8):
        appointment(citizen_of(caseworker, day_cases.job_ready(), f"Borger {number}"), hour=8 + number)
    client = client_as(caseworker)
    with django_assert_max_num_queries(22):
        client.get(LIST)


def test_the_paper_has_what_presses_and_not_what_is_far_off(client_as, caseworker: User, anna: Course) -> None:
    client = client_as(caseworker)
    due = [(line.due, line.norm) for line in lines_of_courses([anna], rulebooks.rulebook_of(DAY, "odense"))[anna.pk]]
    assert any(day is not None and day > NEXT_DAY + timedelta(days=30) for day, _norm in due)
    paper = client.get(LIST).content.decode()
    assert "om 30 dage" not in paper
    assert max((int(n) for n in re.findall(r"om (\d+) dage", paper)), default=0) <= 7


# -- afterwards --------------------------------------------------------------------------------------------------------


def test_a_row_with_an_error_keeps_what_was_typed_and_the_others_are_saved(
    client_as, caseworker: User, anna: Course, bent: Course
) -> None:
    first, second = appointment(anna, hour=9), appointment(bent, hour=10)
    client = client_as(caseworker)
    sent = row(client, first, note="Vi talte om køkkenet.") | row(
        client, second, on=NEXT_DAY.isoformat(), note="Det her må ikke gå tabt."
    )
    answer = client.post(f"{AFTER}?dag={DAY}", sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "1 møde er skrevet ind." in page
    assert "1 møde er ikke gemt endnu." in page
    assert "Det her må ikke gå tabt." in answer.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.held is not None, second.held) == (True, None)


def test_a_row_left_alone_writes_nothing_and_one_half_written_asks(client_as, caseworker: User, anna: Course) -> None:
    one = appointment(anna)
    client = client_as(caseworker)
    assert client.post(f"{AFTER}?dag={DAY}", row(client, one, went="later")).status_code == 302
    asked = client.post(f"{AFTER}?dag={DAY}", row(client, one, went="later", note="Hun ringede."))
    assert asked.status_code == 422
    assert "Vælg, hvordan det gik." in text(asked)
    assert "Hun ringede." in asked.content.decode()
    assert not Event.objects.filter(course=anna, on=DAY).exists()


def test_who_did_not_come_is_no_conversation_and_the_note_is_kept(
    client_as, caseworker: User, anna: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = appointment(anna)
    client = client_as(caseworker)
    client.post(f"{AFTER}?dag={DAY}", row(client, one, went="missed", note="Jeg ringer i morgen.", on="", kind=""))
    one.refresh_from_db()
    assert one.missed
    assert not Event.objects.filter(course=anna, on=DAY).exists()
    assert list(Note.objects.values_list("text", "happened")) == [("Jeg ringer i morgen.", DAY)]
    monkeypatch.setenv("FODFAESTE_TODAY", NEXT_DAY.isoformat())
    assert "er ikke registreret" not in text(client.get("/min-dag/")), "nobody is asked about it again"


def test_the_note_is_stamped_with_the_day_and_with_when_it_was_written(
    client_as, caseworker: User, anna: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = appointment(anna)
    monkeypatch.setenv("FODFAESTE_TODAY", NEXT_DAY.isoformat())
    client = client_as(caseworker)
    page = text(client.post(f"{AFTER}?dag={DAY}", row(client, one, note="Skrevet af fra papir."), follow=True))
    note = Note.objects.get()
    assert note.happened == DAY
    assert timezone.localtime(note.written_at).date() == NEXT_DAY
    assert re.search(r"Note: skete 20\. august 2026, skrevet 21\. august 2026", page)


def test_what_somebody_else_wrote_in_meanwhile_is_not_written_twice(client_as, caseworker: User, anna: Course) -> None:
    one = appointment(anna)
    client = client_as(caseworker)
    sent = row(client, one)
    client.post(address(anna), given(appointment=one.pk))
    client.post(f"{AFTER}?dag={DAY}", sent)
    assert Event.objects.filter(course=anna, kind="jobsamtale", on=DAY).count() == 1


def test_a_day_to_come_is_not_written_in(client_as, caseworker: User, anna: Course) -> None:
    appointment(anna, day=NEXT_DAY)
    page = text(client_as(caseworker).get(f"{AFTER}?dag={NEXT_DAY}"))
    assert "Dagen er ikke kommet endnu." in page


# -- the drill ---------------------------------------------------------------------------------------------------------


def state(course: Course) -> tuple[Any, ...]:
    """What stands written of a course, without numbers and stamps; and what the law makes of it."""
    book = rulebooks.rulebook_of(DAY, "odense")
    course.refresh_from_db()
    lines: list[Line] = list(lines_of_courses([course], book)[course.pk])
    return (
        sorted((e.kind, e.on, tuple(sorted(e.attrs.items()))) for e in Event.objects.filter(course=course)),
        sorted((f.field, str(f.value), str(f.valid)) for f in Fact.objects.filter(course=course)),
        sorted(Note.objects.filter(course=course).values_list("text", "happened")),
        sorted(
            (a.at, a.form, a.held.on if a.held else None, a.missed) for a in Appointment.objects.filter(course=course)
        ),
        sorted((x.norm, x.number, x.section.value, str(x.due), x.count or 0) for x in lines),
    )


def test_a_day_run_from_the_exported_list_alone_equals_one_registered_at_once(
    client_as, caseworker: User, kommune: Kommune
) -> None:
    """Two caseworkers with the same three citizens: one has her systems, the other only the list and a pencil."""
    colleague = User.objects.create_user("ida", role="caseworker", kommune=kommune, first_name="Ida")
    cases = (day_cases.job_ready, day_cases.wishing, day_cases.insured)
    names = ("Anna Jensen", "Bo Lund", "Clara Friis")
    with_systems = [citizen_of(caseworker, case(), name) for case, name in zip(cases, names, strict=True)]
    on_paper = [citizen_of(colleague, case(), name) for case, name in zip(cases, names, strict=True)]
    booked = [appointment(course, hour=9 + n, form="fysisk") for n, course in enumerate(with_systems)]
    for number, course in enumerate(on_paper):
        appointment(course, hour=9 + number, form="fysisk")
    said = ["Vil gerne ud i et køkken.", "Fik det møde, han bad om.", "Venter på svar fra lægen."]
    later = {"next_day": "2026-09-10", "next_time": "10:30", "next_form": "telefon"}

    online = client_as(caseworker)
    for course, one, note in zip(with_systems, booked, said, strict=True):
        assert online.post(address(course), given(appointment=one.pk, note=note, **later)).status_code == 302

    sheet = rows_of(client_as(colleague).get(f"{LIST}?som=csv"))
    for line, note in zip(sheet, said, strict=True):  # the systems are down: only the sheet is written in
        line |= {"Holdt (ja/nej)": "ja", "Holdt som": "fysisk", "Note": note}
        line |= {"Næste dag": "2026-09-10", "Næste klokken": "10:30"}

    client = client_as(colleague)
    html = client.get(f"{AFTER}?dag={sheet[0]['Dag']}").content.decode()
    sent: dict[str, Any] = {}
    for line in sheet:
        number = int(line["Aftale"])
        values = {
            "token": token(html, number), "appointment": number, "kind": "jobsamtale", "on": line["Dag"],
            "went": {"ja": "held"}[line["Holdt (ja/nej)"]], "way": line["Holdt som"], "note": line["Note"],
            "next_day": line["Næste dag"], "next_time": line["Næste klokken"], "next_form": "telefon",
        }  # fmt: skip
        sent |= {f"m{number}-{name}": value for name, value in values.items()}
    assert client.post(f"{AFTER}?dag={DAY}", sent).status_code == 302

    for online_course, paper_course in zip(with_systems, on_paper, strict=True):
        assert state(paper_course) == state(online_course)
