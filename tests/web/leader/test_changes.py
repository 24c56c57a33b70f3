"""*Hvad ændrer sig* over HTTP: what a change of law does to the open cases of a caseworker and of a municipality."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Lookup, Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.leader import changes_ahead, changes_cases
from fodfaeste.interfaces.web.leader.changes_ahead import reckon_ahead
from fodfaeste.interfaces.web.leader.changes_choice import suggested
from fodfaeste.interfaces.web.leader.changes_export import harmless
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db
ADDRESS = "/aendringer/"
JULY = {"fra": "2026-06-30", "til": "2026-07-01"}
PLANNED = {"fra": "2026-12-31", "til": "2027-01-01", "regime": "planlagt"}
QUERIES = 19
"""What the page asks the database, however many cases there are."""

As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def text(response) -> str:
    return plain(response.content.decode())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html.replace("<", " <"))).strip()


def insured(begun: str = "2026-05-11") -> dict[str, Any]:
    """Unemployed and insured, with a first conversation held in the a-kasse."""
    return {
        "facts": {"foedt": "1989-05-01", "i_job": False},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "dp", "from": begun},
            {"kind": "ydelse", "type": "dagpenge", "from": begun},
        ],
        "events": [{"kind": "tilmelding", "date": begun}, {"kind": "dp-indplacering", "date": begun}],
    }


def young() -> dict[str, Any]:
    """Under 30 without an education, met as ready for one."""
    case = day_cases.job_ready()
    case["facts"]["foedt"] = "2003-05-01"
    case["spells"] = [
        {"kind": "maalgruppe", "gruppe": "udd-parat", "from": "2026-07-01"},
        {"kind": "ydelse", "type": "uddannelseshjaelp", "from": "2026-07-01"},
    ]
    return case


def line_of(response, name: str) -> str:
    """What the list of cases says of somebody."""
    rows = re.findall(r"<tr>.*?</tr>", response.content.decode(), re.DOTALL)
    found = [plain(row) for row in rows if name in row]
    return found[0] if found else ""


# -- what is compared --------------------------------------------------------------------------------------------------


def test_the_change_that_comes_is_shown_first(client_as: As, caseworker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", "2026-06-22")
    page = client_as(caseworker).get(ADDRESS)
    html = page.content.decode()
    presets = re.findall(r'<a href="([^"]+)"( aria-current="true")?>(\d[^<]+→[^<]+)</a>', html)
    assert presets[0][2] == "30. juni 2026 → 1. juli 2026"
    assert presets[0][1], "without a question the first is shown"
    assert len(presets) == len(set(presets))
    assert ("31. december 2026 → 1. januar 2027 (planlagt)") in [one[2] for one in presets]
    assert "Fra 30. juni 2026 til 1. juli 2026 ændres" in text(page)


def test_what_is_planned_comes_before_what_is_past(client_as: As, caseworker: User) -> None:
    html = client_as(caseworker).get(ADDRESS).content.decode()
    shown = re.findall(r"→ ([^<]+)</a>", html[html.index("changes-presets") :])
    assert shown[0] == "1. januar 2027 (planlagt)"
    assert shown.index("1. juli 2027") < shown.index("1. juli 2026")


def test_a_long_list_in_one_case_is_folded(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    row = re.search(
        r"<tr>\s*<th scope=\"row\".*?</tr>", client_as(caseworker).get(ADDRESS, JULY).content.decode(), re.DOTALL
    )
    assert row
    assert re.search(r"<details[^>]*><summary[^>]*>\d+ svar bliver andre: ", row[0])
    assert "<details open" not in row[0]


def test_what_is_suggested_is_reckoned_ahead_where_many_wait_for_it(
    kommune: Kommune, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    assert reckon_ahead(kommune, DAY) == 0, "a few cases are judged one by one, and nothing is compiled for them"
    monkeypatch.setattr(changes_ahead, "FEW", 0)
    monkeypatch.setattr(changes_cases, "FEW", 0)
    changes_cases.forget()
    assert reckon_ahead(kommune, DAY) == len(suggested(rulebooks.law(), DAY)) == len(changes_cases._MEMORY)


def test_the_law_is_compared_section_by_section_with_both_wordings(client_as: As, caseworker: User) -> None:
    html = client_as(caseworker).get(ADDRESS, JULY).content.decode()
    part = re.search(r"<strong>LAB § 31</strong>.*?</details>", html, re.DOTALL)
    assert part
    said = plain(part[0])
    assert "Jobsamtaler i a-kassen i de første tre måneder Hvad der kræves, er ændret." in said
    assert "− før: Mindst 3 ×" in said
    assert "+ nu: Mindst 2 ×" in said
    assert "Mindst én jobsamtale på seks måneder (aktivitetsparate, jobafklaring og løbende forløb) Ny pligt" in said


def test_planned_law_is_compared_and_said_not_to_be_law(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, young(), "Ida Bech")
    page = client_as(caseworker).get(ADDRESS, PLANNED)
    assert "Det er ikke lov." in text(page)
    assert "1 af din 1 åbne sag får et andet svar." in text(page)
    assert "Tag imod tilbud, så længe du får hjælp kommer til" in line_of(page, "Ida Bech")
    assert "Ida Bech" not in text(client_as(caseworker).get(ADDRESS, PLANNED | {"regime": ""}))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"fra": "2026-07-01", "til": "2026-06-30"}, "Den anden dag ligger før den første. Byt dem om."),
        ({"fra": "2026-07-01", "til": "2026-07-01"}, "Det er samme dag to gange."),
        ({"fra": "i går", "til": "2026-06-30"}, "Skriv en dag som år-måned-dag"),
        ({"fra": "2026-07-01", "til": ""}, "Her mangler en dag."),
        (JULY | {"regime": "ref-2027-groups"}, "ref-2027-groups"),
        (JULY | {"regime": "findes-ikke"}, "findes-ikke"),
    ],
)
def test_what_cannot_be_compared_is_said_and_kept(
    client_as: As, caseworker: User, asked: dict[str, str], says: str
) -> None:
    answer = client_as(caseworker).get(ADDRESS, asked)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in text(answer)
    for typed in asked.values():
        assert f'value="{typed}"' in html


def test_where_nothing_is_planned_the_law_alone_is_compared(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    page = client_as(caseworker).get(ADDRESS, JULY | {"regime": "planlagt"})
    assert "Der er intet planlagt for den dag. Det er loven alene, der er sammenlignet." in text(page)
    line = line_of(page, "Anna Jensen")
    assert "Jobsamtaler i a-kassen i de første tre måneder andet antal LAB § 31" in line
    assert line == line_of(client_as(caseworker).get(ADDRESS, JULY), "Anna Jensen")


# -- the cases ---------------------------------------------------------------------------------------------------------


def test_a_case_tells_what_it_was_and_what_it_becomes(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    page = client_as(caseworker).get(ADDRESS, JULY)
    assert "1 af din 1 åbne sag får et andet svar." in text(page)
    line = line_of(page, "Anna Jensen")
    assert "Jobsamtaler i a-kassen i de første tre måneder andet antal LAB § 31" in line
    assert "0 af 3 → 0 af 2, åben, sidste dag" in line


def test_what_only_may_change_is_not_counted_as_changed(client_as: As, caseworker: User) -> None:
    unknown = day_cases.job_ready() | {"unobserved": ["jobsamtale"]}
    citizen_of(caseworker, unknown | {"spells": []} | {"spells": unknown["spells"][:1]}, "Uffe Vind")
    page = text(client_as(caseworker).get(ADDRESS, JULY))
    counted = re.search(r"(\d) af din 1 åbne sag får et andet svar\.", page)
    assert counted
    assert ("kan ikke afgøres, før mere er oplyst" in page) or counted[1] == "1"


def test_time_alone_is_told_apart(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, insured("2026-07-06"), "Anna Jensen")
    page = text(client_as(caseworker).get(ADDRESS, {"fra": "2026-08-01", "til": "2026-11-01"}))
    assert "Tiden alene ændrer" in page
    assert "0 af din 1 åbne sag får et andet svar." in page
    assert "Ingen af dine sager får et andet svar." in page


def test_a_section_can_be_chosen(client_as: As, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    citizen_of(caseworker, day_cases.sick(), "Bo Lund")
    client = client_as(caseworker)
    page = client.get(ADDRESS, JULY | {"paragraf": "lab/31"})
    assert "Sager, der får et andet svar efter LAB § 31" in text(page)
    assert "LAB § 31" in line_of(page, "Anna Jensen")
    assert "uafklaret LAB § 31" in line_of(page, "Bo Lund")
    assert "SDL" not in line_of(page, "Anna Jensen") + line_of(page, "Bo Lund")


def test_only_her_own_open_cases(client_as: As, caseworker: User, kommune: Kommune, other_kommune: Kommune) -> None:
    mine = citizen_of(caseworker, insured(), "Anna Jensen")
    closed = citizen_of(caseworker, insured(), "Lukket Sag")
    Course.objects.filter(pk=closed.pk).update(closed=date(2026, 6, 1))
    citizen_of(make_user(kommune, "karl", "Karl Friis", Role.CASEWORKER), insured(), "Karls Borger")
    there = make_user(other_kommune, "anders", "Anders Aa", Role.CASEWORKER)
    citizen_of(there, insured(), "Anden Kommune", other_kommune)
    page = client_as(caseworker).get(ADDRESS, JULY)
    assert "1 af din 1 åbne sag" in text(page)
    assert f"/borger/{mine.citizen.reference}/" in page.content.decode()
    for name in ("Lukket Sag", "Karls Borger", "Anden Kommune"):
        assert name not in text(page)


def test_who_looked_at_whose_case_is_written_down(client_as: As, caseworker: User) -> None:
    course = citizen_of(caseworker, insured(), "Anna Jensen")
    client_as(caseworker).get(ADDRESS, JULY)
    row = Lookup.objects.get(course=course.pk)
    assert (row.user, row.page, row.purpose) == (caseworker, "changes", "own_case")


def test_a_leader_sees_the_municipality_without_names(
    client_as: As, leader: User, caseworker: User, kommune: Kommune
) -> None:
    course = citizen_of(caseworker, insured(), "Anna Jensen")
    citizen_of(make_user(kommune, "karl", "Karl Friis", Role.CASEWORKER), insured(), "Bo Lund")
    page = client_as(leader).get(ADDRESS, JULY)
    assert "2 af kommunens 2 åbne sager får et andet svar." in text(page)
    assert "Anna Jensen" not in text(page)
    line = line_of(page, str(course.citizen.reference)[:8])
    assert "Mette Holm" in line
    assert not Lookup.objects.exists()


def test_a_jurist_sees_the_law_alone(client_as: As, jurist: User, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    page = text(client_as(jurist).get(ADDRESS, JULY))
    assert "LAB § 31" in page
    assert "åbne sag" not in page
    assert client_as(jurist).get(f"{ADDRESS}liste.csv", JULY).status_code == 403


def test_reimbursement_is_on_no_caseworkers_screen(client_as: As, caseworker: User, leader: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    days = {"fra": "2015-12-27", "til": "2015-12-28"}
    assert "Statens andel af en ydelse i en uge" not in text(client_as(caseworker).get(ADDRESS, days))
    assert "Statens andel af en ydelse i en uge" in text(client_as(leader).get(ADDRESS, days))


def test_nobody_else(anonymous: Client) -> None:
    assert anonymous.get(ADDRESS)["Location"].startswith("/log-ind/")


def test_few_questions_to_the_database_however_many_cases(
    client_as: As, caseworker: User, django_assert_max_num_queries
) -> None:
    client = client_as(caseworker)
    for number in range(3):
        citizen_of(caseworker, insured(), f"Borger {number}")
    client.get(ADDRESS, JULY)
    with django_assert_max_num_queries(QUERIES):
        client.get(ADDRESS, JULY)


def test_in_columns_the_page_says_the_same(
    client_as: As, leader: User, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in (insured(), day_cases.job_ready(), day_cases.sick(), young()):
        citizen_of(caseworker, case, "Borger")
    client = client_as(leader)
    singly = client.get(ADDRESS, JULY)
    monkeypatch.setattr(changes_cases, "FEW", 1)
    changes_cases.forget()
    columns = client.get(ADDRESS, JULY)
    assert re.sub(r" Tiden alene.*?talt med\.", "", text(singly)) == text(columns)


def test_what_was_reckoned_is_forgotten_when_a_case_changes(
    client_as: As, leader: User, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes_cases, "FEW", 0)
    changes_cases.forget()
    citizen_of(caseworker, insured(), "Anna")
    course = citizen_of(caseworker, insured(), "Bo")
    client = client_as(leader)
    assert "2 af kommunens 2 åbne sager" in text(client.get(ADDRESS, JULY))
    Course.objects.filter(pk=course.pk).update(closed=date(2026, 6, 1), version=course.version + 1)
    assert "1 af kommunens 1 åbne sag" in text(client.get(ADDRESS, JULY))


# -- the file ----------------------------------------------------------------------------------------------------------


def rows_of(response) -> list[list[str]]:
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf"), "a Danish spreadsheet reads UTF-8 by this mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_list_as_csv(client_as: As, caseworker: User) -> None:
    course = citizen_of(caseworker, insured(), "=Anna;Jensen")
    answer = client_as(caseworker).get(f"{ADDRESS}liste.csv", JULY)
    assert answer["Content-Disposition"] == 'attachment; filename="aendringer-2026-06-30-2026-07-01.csv"'
    head, *rows = rows_of(answer)
    assert head[:5] == ["Sag", "Borger", "Sagsbehandler", "Regel", "Hvor"]
    row = next(row for row in rows if row[-1] == "lab.31.samtaler.akasse")
    assert row[0] == str(course.citizen.reference)
    assert row[1] == "'=Anna;Jensen", "a spreadsheet must not reckon a name"
    assert row[6] == "andet antal"
    assert Lookup.objects.filter(course=course.pk, page="changes-file").count() == 1


def test_the_list_as_xlsx(client_as: As, caseworker: User) -> None:
    import polars as pl

    citizen_of(caseworker, insured(), "Anna <b> & Søn")
    answer = client_as(caseworker).get(f"{ADDRESS}liste.xlsx", JULY)
    frame = pl.read_excel(io.BytesIO(answer.content))
    assert frame.columns[:2] == ["Sag", "Borger"]
    assert "Anna <b> & Søn" in frame["Borger"].to_list()
    assert ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_a_leaders_list_has_no_names(client_as: As, leader: User, caseworker: User) -> None:
    citizen_of(caseworker, insured(), "Anna Jensen")
    _, *rows = rows_of(client_as(leader).get(f"{ADDRESS}liste.csv", JULY))
    assert {row[2] for row in rows} == {"Mette Holm"}, "the desk is told, the citizen is not"
    assert {row[1] for row in rows} == {""}
    assert "Anna" not in str(rows)


def test_a_file_of_another_sort_does_not_exist(client_as: As, caseworker: User) -> None:
    assert client_as(caseworker).get(f"{ADDRESS}liste.pdf", JULY).status_code == 404


def test_a_question_that_cannot_be_answered_leads_back_to_the_page(client_as: As, caseworker: User) -> None:
    answer = client_as(caseworker).get(f"{ADDRESS}liste.csv", {"fra": "2026-07-01", "til": "2026-06-30"})
    assert "Den anden dag ligger før den første. Byt dem om." in text(client_as(caseworker).get(answer["Location"]))


@pytest.mark.parametrize("cell", ["=1+1", "+45", "-3", "@x", "\tx"])
def test_no_cell_is_reckoned(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_first_day_before_the_law_begins_is_said_to_be(client_as: As, caseworker: User) -> None:
    said = text(client_as(caseworker).get(ADDRESS, {"fra": "2005-01-01", "til": "2012-01-01"}))
    assert "1. januar 2005 ligger før den lov, der er skrevet her, begynder (1. januar 2010)" in said
