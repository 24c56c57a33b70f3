"""What is put into the tables is what the law reads in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import fodfaeste as ff
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of, cases_of
from fodfaeste.facts import Case, view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.library import day_of
from fodfaeste.population.sample import sample
from tests.casework.rows import store

pytestmark = pytest.mark.django_db
EXAMPLES = Path("examples/cases")
DAY = to_day(date(2026, 8, 20))


@pytest.fixture(scope="module")
def vocabulary():
    return ff.load().vocabulary


def _same_in_law(one: Case, other: Case, vocabulary, day: int) -> None:
    assert view_case(one, vocabulary, day) == view_case(other, vocabulary, day)
    assert view_case(one, vocabulary, day, known_at=day - 30) == view_case(other, vocabulary, day, known_at=day - 30)


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda file: file.stem)
def test_the_law_reads_the_same_in_tables_as_in_the_file(file: Path, vocabulary) -> None:
    case = ff.read(file)
    _same_in_law(case, case_of(store(case), vocabulary), vocabulary, DAY)


def test_corrections_and_voids_survive_the_tables(vocabulary) -> None:
    case = ff.read(
        {
            "facts": [
                {"field": "forventet_rask", "value": "2025-06-01", "recorded": "2025-03-17", "source": "skema"},
                {"field": "forventet_rask", "value": "2025-07-15", "recorded": "2025-04-25", "by": "sagsbehandler 12"},
                {"field": "i_job", "value": None, "from": "2025-01-01", "to": "2025-02-28"},
            ],
            "spells": [
                {"kind": "fravaer", "from": "2025-03-01", "id": "f", "recorded": "2025-03-01"},
                {
                    "kind": "fravaer",
                    "from": "2025-03-01",
                    "to": "2025-03-31",
                    "corrects": "f",
                    "recorded": "2025-04-02",
                },
            ],
            "events": [
                {"kind": "cv-samtale", "date": "2025-04-28", "id": "cv-1", "recorded": "2025-04-28"},
                {
                    "kind": "cv-samtale",
                    "date": "2025-04-28",
                    "corrects": "cv-1",
                    "void": True,
                    "recorded": "2025-05-02",
                },
            ],
            "unobserved": ["jobsamtale"],
        }
    )
    stored = case_of(store(case), vocabulary)
    for day in ("2025-03-15", "2025-04-01", "2025-04-30", "2025-05-30"):
        _same_in_law(case, stored, vocabulary, day_of(day))


def test_many_courses_take_four_queries(vocabulary, django_assert_num_queries) -> None:
    for case in sample(vocabulary, 30, 5, DAY):
        store(case)
    courses = list(Course.objects.all())
    with django_assert_num_queries(4):
        found = cases_of(courses, vocabulary)
    assert len(found) == 30
