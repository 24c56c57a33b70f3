"""A program asks the law: a case goes in, duties and reasons come out; what does not fit is told in sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

import fodfaeste as ff

pytestmark = pytest.mark.django_db
CASE = json.loads(Path("examples/cases/dagpenge-august-2026.json").read_text(encoding="utf-8"))
DAY = "2026-08-20"


@pytest.fixture
def ask(client: Client):
    def post(address: str, **body: Any):
        return client.post(f"/api/v1/{address}", json.dumps(body), content_type="application/json")

    return post


def test_duties_over_the_wire_are_the_duties_of_the_library(ask) -> None:
    answer = ask("duties", cases=[CASE], date=DAY)
    assert answer.status_code == 200
    book = ff.resolve(ff.load(), DAY, CASE["municipality"])
    told = {(row["norm"], row["status"], row["due"]) for row in answer.json()["rows"]}
    expected = {
        (duty.norm, duty.status, duty.due.isoformat() if duty.due else None)
        for duty in ff.duties(book, ff.read(CASE), DAY)
        if book.norms[duty.norm].must is not None and duty.outcome.status in ff.interfaces.manycases.SHOWN
    }
    assert told == expected
    assert told


def test_a_reason_names_section_facts_and_what_would_change_it(ask) -> None:
    late = ask("duties", cases=[CASE], date=DAY).json()["rows"][0]["norm"]
    answer = ask(f"explain/{late}", case=CASE, date=DAY, lang="en").json()
    assert answer["format"] == "fodfaeste/explain-norm/1"
    assert answer["explanations"][0]["why"]
    assert answer["explanations"][0]["sources"]
    assert answer["nearest"]


def test_the_whole_case_is_explained_in_groups(ask) -> None:
    answer = ask("explain", case=CASE, date=DAY).json()
    assert set(answer["groups"]) >= {"late", "open", "unknown", "rights"}
    assert any(answer["groups"].values())


def test_two_days_are_compared(ask) -> None:
    answer = ask("against", case=CASE, date="2026-06-30", against_date="2026-07-01").json()
    assert answer["before"]["on"] == "2026-06-30"
    assert answer["after"]["on"] == "2026-07-01"
    assert answer["changed"] == sum(not row["same"] for row in answer["differences"])


def test_a_day_before_the_law_begins_is_answered_with_a_warning(ask) -> None:
    norm = ask("duties", cases=[CASE], date=DAY).json()["rows"][0]["norm"]
    for address, body in (
        ("duties", {"cases": [CASE]}),
        ("explain", {"case": CASE}),
        (f"explain/{norm}", {"case": CASE}),
        ("against", {"case": CASE, "against_date": "1800-01-01"}),
    ):
        day = DAY if address != "duties" and address != "explain" else "1800-01-01"
        answer = ask(address, date=day, lang="en", **body).json()
        expected = [] if address == f"explain/{norm}" else ["1 January 1800 lies before the law written here begins"]
        assert [said.partition(" (")[0] for said in answer["warnings"]] == expected, address


def test_a_municipality_that_does_not_exist_does_not_fit(ask) -> None:
    answer = ask("cases/check", case={**CASE, "municipality": "Odnse"})
    assert answer.status_code == 422
    (told,) = answer.json()["errors"]
    assert told == {
        "where": "case.municipality",
        "what": "'Odnse' is no municipality",
        "mend": "did you mean 'Odense'?",
    }


def test_a_number_too_small_to_be_one_is_not_read_as_nothing(client: Client) -> None:
    body = json.dumps({"case": CASE}).replace('"municipality"', '"note": 1e-400, "municipality"')
    answer = client.post("/api/v1/cases/check", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["what"] == "1e-400 is too small a number to be one"


def test_a_receipt_can_be_kept(ask) -> None:
    norm = ask("duties", cases=[CASE], date=DAY).json()["rows"][0]["norm"]
    first, second = (ask(f"receipt/{norm}", case=CASE, date=DAY).json() for _ in range(2))
    assert first == second
    assert first["rulebook"]


def test_the_schema_describes_a_case_an_editor_can_check(client: Client) -> None:
    import jsonschema

    schema = client.get("/api/v1/schema/case").json()
    jsonschema.validate(CASE, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(CASE | {"facts": {"foedt": 7}}, schema)


def test_norms_of_a_day_and_place(client: Client) -> None:
    answer = client.get("/api/v1/norms", {"date": DAY, "place": "odense"}).json()
    assert answer["rulebook"]["day"] == DAY
    assert {"norm", "ref", "label", "kind", "owed_by", "owed_to"} <= set(answer["norms"][0])


def _refused(answer, status: int) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert told["detail"]
    return told


def test_everything_wrong_with_a_case_is_told_at_once(ask) -> None:
    case = {"case": "x", "facts": {"foedt": "1990-02-31", "zz": 1}, "events": [{"kind": "jobsamtal"}]}
    told = _refused(ask("duties", cases=[CASE, case], date=DAY), 422)
    places = [mistake["where"] for mistake in told["errors"]]
    assert "cases[1].facts.foedt" in places
    assert any(place.startswith("cases[1].events[0]") for place in places)
    assert all(mistake["what"] and mistake["mend"] for mistake in told["errors"])


@pytest.mark.parametrize(
    ("address", "body", "status", "says"),
    [
        ("duties", {"cases": []}, 422, "cases"),
        ("duties", {"cases": [CASE], "place": "Atlantis"}, 422, "Atlantis"),
        ("duties", {"cases": [CASE], "date": "2026-13-01"}, 422, "date"),
        ("duties", {"cases": [CASE], "regimes": ["djof-0"]}, 422, "djof-0"),
        ("duties", {"sager": [CASE]}, 422, "cases"),
        ("explain/lab.31.samtalr", {"case": CASE}, 404, "did you mean"),
        ("nothing-here", {}, 404, "openapi.json"),
    ],
)
def test_what_does_not_fit_is_one_sentence(ask, address: str, body: dict[str, Any], status: int, says: str) -> None:
    assert says in _refused(ask(address, **body), status)["detail"]


def test_json_that_breaks_off_and_a_wrong_method(client: Client) -> None:
    _refused(client.post("/api/v1/duties", '{"cases": [', content_type="application/json"), 400)
    told = client.get("/api/v1/duties")
    _refused(told, 405)
    assert "POST" in told.headers["Allow"]


def test_nothing_that_is_sent_is_kept(ask, django_assert_num_queries) -> None:
    from fodfaeste.casework.courses.models import Event
    from fodfaeste.casework.people.models import Citizen

    ask("explain", case=CASE, date=DAY)
    assert not Citizen.objects.exists()
    assert not Event.objects.exists()
