"""*Refusion* over HTTP: what leaders see of what a week costs, and that nobody else does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Lookup, Role, User
from fodfaeste.casework.intake.models import Batch, BatchFile, Reimbursement
from fodfaeste.interfaces.web.leader import refusion_own
from tests.django_site import make_user
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
HOME = "/kommunen/refusion/"
PARTS = ("", "trappe/", "valg/", "trin/", "egne/")
MONDAY = DAY - timedelta(days=DAY.weekday())
QUERIES = 14
"""What the municipality's own weeks ask the database the first time, however many cases there are."""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())
    refusion_own.forget()


def text(response) -> str:
    return plain(response.content.decode())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html.replace("<", " <"))).strip()


def rows_of(response) -> list[list[str]]:
    """The cells of every line of every table."""
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", response.content.decode(), re.DOTALL)
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines]


def row(response, name: str) -> list[str]:
    return next(cells for cells in rows_of(response) if cells and cells[0] == name)


def read_in(kommune: Kommune, since: date) -> None:
    """A finished import whose weeks begin on a day and end with the last whole week."""
    batch = Batch.objects.create(kommune=kommune, folder="x", state=Batch.State.DONE, day=DAY)
    BatchFile.objects.create(kommune=kommune, batch=batch, name="uger", table="uger", since=since, until=MONDAY)


def extract(kommune: Kommune, benefit: str, week: date, persons: int, total: int, reimbursed: int) -> None:
    Reimbursement.objects.create(
        kommune=kommune, key=Reimbursement.objects.count(), week=week, benefit=benefit, persons=persons, total=total,
        reimbursed=reimbursed, own_share=0,
    )  # fmt: skip


def on_benefit(benefit: str, weeks: int) -> dict:
    """On a benefit for so many whole weeks, the last of them the last whole one."""
    first = MONDAY - timedelta(weeks=weeks)
    spell = {
        "kind": "ydelse",
        "type": benefit,
        "from": first.isoformat(),
        "to": (MONDAY - timedelta(days=1)).isoformat(),
    }
    return {"facts": {"foedt": "1980-05-01"}, "spells": [spell]}


# -- who sees it -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
def test_no_caseworker_sees_what_a_citizen_costs(client_as: As, caseworker: User, part: str) -> None:
    client = client_as(caseworker)
    answer = client.get(HOME + part)
    assert answer.status_code == 403
    assert "må ikke spille ind på en borgers sag" in text(answer)
    assert client.get(f"{HOME}{part or 'uge/'}liste.csv").status_code == 403


def test_a_jurist_sees_the_law_and_not_the_sums(client_as: As, jurist: User, kommune: Kommune) -> None:
    extract(kommune, "Kontanthjælp", MONDAY - timedelta(weeks=2), 2, 5_000_00, 1_000_00)
    client = client_as(jurist)
    for part in PARTS[:-1]:
        page = client.get(HOME + part)
        assert page.status_code == 200
        assert "Kommunens egne uger" not in text(page)
        assert "2.500 kr." not in text(page)
    assert f'href="{HOME}"' in client.get("/loven/").content.decode(), "her menu leads there"
    assert client.get(f"{HOME}egne/").status_code == 403
    assert client.get(f"{HOME}egne/liste.csv").status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.LEADER, Role.JURIST}))
def test_no_other_role_sees_it(client_as: As, kommune: Kommune, role: str) -> None:
    client = client_as(make_user(kommune, "per", "Per Dahl", Role(role)))
    for part in PARTS:
        assert client.get(HOME + part).status_code == 403


def test_nobody_else(anonymous: Client) -> None:
    assert anonymous.get(HOME)["Location"].startswith("/log-ind/")


def test_kommunen_leads_there(client_as: As, leader: User) -> None:
    assert f'href="{HOME}"' in client_as(leader).get("/kommunen/").content.decode()


# -- a week less -------------------------------------------------------------------------------------------------------


def test_a_week_less_step_by_step(client_as: As, leader: User) -> None:
    page = client_as(leader).get(HOME, {"beloeb": "100"})
    assert row(page, "uge 1–4")[1:4] == ["20 kr.", "80 kr.", "0 kr."]
    assert row(page, "uge 5–26")[1:3] == ["60 kr.", "40 kr."]
    assert row(page, "uge 27–52")[1:3] == ["70 kr.", "30 kr."]
    assert row(page, "fra uge 53")[1:3] == ["80 kr.", "20 kr."]
    assert "KFL § 5" in row(page, "uge 1–4")[4]
    assert "D43" in text(page), "the assumption on rounding is shown"


def test_the_municipalitys_own_average_is_used_where_it_is_known(client_as: As, leader: User, kommune: Kommune) -> None:
    extract(kommune, "Kontanthjælp", MONDAY - timedelta(weeks=2), 2, 5_000_00, 1_000_00)
    page = client_as(leader).get(HOME)
    assert "2.500 kr. om ugen: gennemsnittet i kommunens eget udtræk" in text(page)
    assert row(page, "uge 1–4")[1] == "500 kr."
    assert "regnet af 1.000 kr. om ugen" in text(page)


@pytest.mark.parametrize(
    ("part", "asked", "says"),
    [
        ("", {"beloeb": "meget"}, "Skriv ydelsen om ugen i kroner"),
        ("", {"beloeb": "-5"}, "Skriv ydelsen om ugen i kroner"),
        ("trappe/", {"ydelse": "lommepenge"}, "Det er ikke en ydelse, som deles i dag."),
        ("trappe/", {"fast": "120"}, "Skriv statens andel i procent"),
        ("valg/", {"uge": "61", "uger": "60"}, "Skriv et helt tal fra 1 til 60."),
        ("valg/", {"uger": "ti"}, "Skriv et helt tal fra 1 til 200."),
    ],
)
def test_what_cannot_be_reckoned_is_said_and_kept(
    client_as: As, leader: User, part: str, asked: dict[str, str], says: str
) -> None:
    answer = client_as(leader).get(HOME + part, asked)
    assert answer.status_code == 422
    assert says in text(answer)
    for typed in asked.values():
        assert f'value="{typed}"' in answer.content.decode()
    file = client_as(leader).get(f"{HOME}{part or 'uge/'}liste.csv", asked)
    assert file.status_code == 302


# -- week by week, and a choice ----------------------------------------------------------------------------------------


def test_each_way_of_sharing_is_a_picture_and_a_column(client_as: As, leader: User) -> None:
    page = client_as(leader).get(f"{HOME}trappe/", {"ydelse": "kontanthjaelp", "beloeb": "1000", "fast": "50"})
    html = page.content.decode()
    assert re.findall(r"<figcaption><strong>([^<]+)</strong>", html) == [
        "2010", "2011–2015", "Siden 2016", "Fast andel (tænkt)",
    ]  # fmt: skip
    assert html.count('role="img"') == 4
    assert "Kommunens andel. uge 1–4: 20 %; uge 5–26: 60 %; uge 27–52: 70 %; uge 53–104: 80 %." in html
    first = row(page, "uge 1–4")
    assert first[1:] == [
        "65 % (35 % med aktivitet) 650 kr.", "70 % (50 % med aktivitet) 700 kr.", "20 % 200 kr.",
        "50 % 500 kr.",
    ]  # fmt: skip


def test_the_thought_flat_rate_costs_the_same_as_the_ladder_unless_another_is_given(
    client_as: As, leader: User
) -> None:
    """60 weeks at 100 kr. give the state 2,140 kr. on the ladder: 35.67 per cent of 6,000."""
    page = client_as(leader).get(f"{HOME}trappe/", {"beloeb": "100"})
    assert "staten bærer 35,67 % af hver uge, det samme som trappen giver i et forløb på 60 uger" in text(page)


def test_a_benefit_whose_old_share_is_not_known_says_so(client_as: As, leader: User) -> None:
    page = client_as(leader).get(f"{HOME}trappe/", {"ydelse": "uddannelseshjaelp"})
    assert "er ikke i lovens data og er ukendt" in text(page)
    assert row(page, "uge 1–4")[1] == "ukendt"


def test_a_job_and_an_offer_in_week_ten_of_sixty(client_as: As, leader: User) -> None:
    page = client_as(leader).get(f"{HOME}valg/", {"ydelse": "kontanthjaelp", "beloeb": "100", "fast": "50"})
    job = row(page, "Arbejde i den ene uge, derefter ydelse igen")
    assert [cell.split(" staten")[0] for cell in job[1:]] == ["65 kr.", "70 kr.", "80 kr.", "50 kr."]
    offers = next(cells for cells in rows_of(page) if "virksomhedspraktik" in cells[0].lower())
    assert [cell.split(" staten")[0] for cell in offers[1:]] == ["30 kr.", "20 kr.", "0 kr.", "0 kr."]


def test_steps_that_reward_something_else_than_help(client_as: As, leader: User) -> None:
    html = client_as(leader).get(f"{HOME}trin/").content.decode()
    bodies = [plain(body) for body in re.findall(r"<h3>.*?</h3>(.*?)(?=<h3>|<p class=.quiet ref-m)", html, re.DOTALL)]
    assert "Ingen skæve trin." in bodies[0], "the ladder"
    assert "Ingen skæve trin." in bodies[1], "the thought flat rate"
    assert "Kontanthjælp" in bodies[-1]
    assert "65 % → 35 %" in bodies[-1]
    assert "gøre forløbet 8 uger længere" in bodies[-1]


# -- the municipality's own weeks --------------------------------------------------------------------------------------


def test_without_weeks_the_page_says_how_they_come(client_as: As, leader: User) -> None:
    page = text(client_as(leader).get(f"{HOME}egne/"))
    assert "Der er ingen ydelsesuger endnu" in page
    assert "fodfaeste import" in page


def test_weeks_by_step_and_what_they_cost(client_as: As, leader: User, caseworker: User, kommune: Kommune) -> None:
    read_in(kommune, date(2014, 6, 30))
    citizen_of(caseworker, on_benefit("kontanthjaelp", 30), "Ida Bech")
    extract(kommune, "Kontanthjælp", MONDAY - timedelta(weeks=2), 2, 200_00, 80_00)
    client = client_as(leader)
    page = client.get(f"{HOME}egne/")
    assert row(page, "uge 1–4")[1:] == ["4", "320 kr.", "80 kr.", "–"]
    assert row(page, "uge 5–26")[1:] == ["22", "880 kr.", "1.320 kr.", "–"]
    assert row(page, "uge 27–52")[1:] == ["4", "120 kr.", "280 kr.", "–"]
    assert "Ida" not in text(page)
    assert not Lookup.objects.exists()
    assert "120 kr. af 200 kr." in text(page), "what the extract says itself"


def test_without_an_extract_the_weeks_are_counted_and_their_price_is_unknown(
    client_as: As, leader: User, caseworker: User, kommune: Kommune
) -> None:
    read_in(kommune, date(2014, 6, 30))
    citizen_of(caseworker, on_benefit("kontanthjaelp", 4), "Ida Bech")
    assert row(client_as(leader).get(f"{HOME}egne/"), "uge 1–4")[1:] == ["4", "?", "?", "4"]


def test_a_number_is_unknown_where_the_record_begins_too_late(
    client_as: As, leader: User, caseworker: User, kommune: Kommune
) -> None:
    read_in(kommune, MONDAY - timedelta(weeks=40))
    citizen_of(caseworker, on_benefit("sygedagpenge", 30), "Ida Bech")
    extract(kommune, "Sygedagpenge", MONDAY - timedelta(weeks=2), 2, 200_00, 80_00)
    page = client_as(leader).get(f"{HOME}egne/")
    assert row(page, "ugens nummer kendes ikke")[1:] == ["30", "?", "?", "30"]
    assert "For 30 uger kendes nummeret på trappen ikke" in text(page)


def test_fleks_benefits_depend_on_when_the_citizen_was_referred(
    client_as: As, leader: User, caseworker: User, kommune: Kommune
) -> None:
    read_in(kommune, date(2014, 6, 30))
    citizen_of(caseworker, on_benefit("ledighedsydelse", 4), "Ukendt Dato")
    page = client_as(leader).get(f"{HOME}egne/")
    assert "Ydelse, som måske står uden for trappen" in text(page)
    refusion_own.forget()
    referred = on_benefit("ledighedsydelse", 4)
    referred["facts"]["fleksjob_visiteret"] = "2020-03-01"
    citizen_of(caseworker, referred, "Kendt Dato")
    assert row(client_as(leader).get(f"{HOME}egne/"), "uge 1–4")[1] == "4"


def test_another_municipalitys_weeks_are_in_no_sum(
    client_as: As, leader: User, caseworker: User, kommune: Kommune, other_kommune: Kommune
) -> None:
    read_in(kommune, date(2014, 6, 30))
    citizen_of(caseworker, on_benefit("kontanthjaelp", 4), "Ida Bech")
    citizen_of(None, on_benefit("kontanthjaelp", 4), "Fremmed", other_kommune)
    assert row(client_as(leader).get(f"{HOME}egne/"), "uge 1–4")[1] == "4"


def test_few_questions_to_the_database_however_many_cases(
    client_as: As, leader: User, caseworker: User, kommune: Kommune, django_assert_max_num_queries
) -> None:
    client = client_as(leader)
    for number in range(3):
        citizen_of(caseworker, on_benefit("kontanthjaelp", 4), f"Nr. {number}")
    client.get(f"{HOME}egne/")
    refusion_own.forget()
    with django_assert_max_num_queries(QUERIES):
        client.get(f"{HOME}egne/")


# -- files and languages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["uge", "trappe", "valg", "trin", "egne"])
def test_every_table_as_a_file(client_as: As, leader: User, part: str) -> None:
    client = client_as(leader)
    answer = client.get(f"{HOME}{part}/liste.csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines) > 1 or part == "egne"
    assert client.get(f"{HOME}{part}/liste.xlsx").content.startswith(b"PK")
    assert client.get(f"{HOME}{part}/liste.pdf").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_the_pages_in_english_have_no_danish_left(
    client_as: As, leader: User, caseworker: User, kommune: Kommune, part: str
) -> None:
    citizen_of(caseworker, on_benefit("kontanthjaelp", 4), "Ida Bech")
    client = client_as(leader)
    client.post("/sprog/", {"language": "en", "next": HOME})
    page = text(client.get(HOME + part))
    assert "Reimbursement" in page
    assert not re.search(r"\b(uge|uger|kommunen|staten|ydelse|trappen|hvad)\b", page, re.IGNORECASE)


def test_a_page_that_does_not_exist_leads_back(client_as: As, leader: User) -> None:
    answer = client_as(leader).get(f"{HOME}andet/")
    assert answer.status_code == 404
    assert "Gå til Refusion" in text(answer)
