"""An invented municipality: nobody real, the same for everyone, and as the published figures say."""

import csv
import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from fodfaeste.foundation import to_day
from fodfaeste.population import shares
from fodfaeste.population.municipality import PERSONAS, Municipality, invent, write
from fodfaeste.population.municipality.extracts import HEADS
from fodfaeste.population.municipality.persons import words

ON = to_day(dt.date(2026, 11, 22))


@cache
def odense() -> Municipality:
    return invent(1500, ON, seed=1, kommune=461)


def numbers() -> list[str]:
    return [row[0] for row in odense().rows["borgere"] if len(row[0]) == 10]


def test_no_person_number_is_anybodys() -> None:
    assert len(set(numbers())) == 1500
    assert all(61 <= int(number[:2]) <= 91 and 1 <= int(number[2:4]) <= 12 for number in numbers())


def test_the_same_seed_gives_the_same_people_however_many() -> None:
    few, many = invent(40, ON, seed=5, kommune=461), invent(80, ON, seed=5, kommune=461)
    assert few.rows["borgere"][:40] == many.rows["borgere"][:40]
    assert invent(40, ON, seed=6, kommune=461).rows["borgere"] != few.rows["borgere"]


def test_groups_are_as_published() -> None:
    counts = {name: row["count"] for name, row in shares()["recipients"].items()}
    last = {row[0]: row[1] for row in odense().rows["maalgrupper"][:-1]}
    found = Counter("dp" if group == "kh-jobparat" else group for group in last.values())
    for group, count in counts.items():
        assert found[group] / 1500 == pytest.approx(count / sum(counts.values()), abs=0.04), group


def test_caseworkers_have_about_sixty_open_cases_each() -> None:
    open_cases = Counter(row[6] for row in odense().rows["borgere"] if row[6])
    assert max(open_cases.values()) == 60
    caseworkers = {one.username for one in PERSONAS if one.role == "caseworker"}
    assert {name: open_cases[name] for name in caseworkers} == dict.fromkeys(caseworkers, 60)
    assert set(open_cases) == {row[0] for row in odense().rows["medarbejdere"]}


def test_something_is_unknown_something_is_asked_for_and_something_is_late() -> None:
    rows = odense().rows
    told = Counter(row[1] for row in rows["oplysninger"])
    assert 0.85 < told["hjemmeboende_boern"] / 1500 < 0.97
    assert {row[2] for row in rows["anmodninger"]} >= {"samtale", "tilbud"}
    assert any(ON - 14 <= row[1] <= ON for row in rows["anmodninger"])


def test_appointments_lie_around_the_day_and_on_working_days() -> None:
    days = [dt.datetime.strptime(row[1][:10], "%d-%m-%Y").date() for row in odense().rows["aftaler"]]  # noqa: DTZ007
    assert min(days) >= dt.date(2026, 11, 22)
    assert all(day.weekday() < 5 for day in days)


def test_what_citizens_say_is_varied() -> None:
    goals = words("words.yaml")["goals"]
    bank = [goal for group in goals.values() for goal in group]
    assert len(set(bank)) == len(bank) >= 40


def test_courses_can_be_filled_with_events() -> None:
    made = invent(30, ON, seed=1, kommune=461, events=50)
    events = Counter(row[0] for table in ("samtaler", "haendelser", "anmodninger") for row in made.rows[table])
    assert all(events[row[0]] >= 50 for row in made.rows["borgere"][:30])


def test_the_extracts_are_written_as_danish_systems_write_them(tmp_path: Path) -> None:
    write(odense(), tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(HEADS)
    with (tmp_path / "borgere.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert rows[0] == HEADS["borgere"]
    assert dt.datetime.strptime(rows[1][4], "%d-%m-%Y").year >= 2020  # noqa: DTZ007


def test_every_assumption_lies_in_its_interval() -> None:
    for part in ("assumptions", "municipality"):
        for name, row in shares()[part].items():
            low, high = row["interval"]
            assert low <= row["value"] <= high, name
            assert row["what"], name
