"""Fredensborg, November 2017: what the rules of the day asked for, beside what the municipality said they did.

The method, the sources and what is not encoded: docs/guide/validation.md.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import add_months, from_day, months_between, to_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning import Outcome, Reference, Status, outcome
from fodfaeste.rulebook import Law, Rulebook, resolve

MEASURED = to_day(date(2017, 11, 15))
SECTION = "lab.16-2015."
GUIDE = Path("docs/guide/validation.md")
SOURCE = "fredensborg-samtaleniveau-paa-beskaeftigelsesomraadet"


@dataclass(frozen=True)
class Row:
    """A line of the committee's agenda, and what the rulebook gives at both ends of the seniority.

    ``level`` and ``held`` are the municipality's own. ``least``: with so many conversations, each as late as can
    be, no duty is late. ``spread``: the same, with a number that runs over a period spread evenly over it.
    """

    name: str
    group: str
    months: tuple[int, int]
    level: int
    held: str
    least: tuple[int, int]
    spread: tuple[int, int]


ROWS = [
    Row("A-dagpenge", "dp", (6, 9), 7, "6.1", least=(6, 7), spread=(6, 7)),
    Row("Jobparate kontanthjælp", "kh-jobparat", (3, 6), 3, "3.3", least=(3, 3), spread=(3, 4)),
    Row("Aktivitetsparate kontanthjælp", "kh-aktivitetsparat", (6, 9), 3, "2.3", least=(1, 1), spread=(3, 4)),
    Row("Uddannelsesparate uddannelseshjælp", "udd-parat", (3, 6), 3, "2.1", least=(3, 3), spread=(3, 3)),
    Row(
        "Aktivitetsparate uddannelseshjælp", "udd-aktivitetsparat", (3, 6), 4, "5.0",
        least=(3, 3), spread=(3, 3),
    ),
]  # fmt: skip
LOW, HIGH = 0, 1
EQUAL = {
    "dp": ("least", HIGH),
    "kh-jobparat": ("least", HIGH),
    "kh-aktivitetsparat": ("spread", LOW),
    "udd-parat": ("least", HIGH),
}
DIFFERS = {"udd-aktivitetsparat": "what the young are owed after three months is in no source read: not encoded"}

by_group = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.group)


@pytest.fixture(scope="module")
def law() -> Law:
    return library.load()


@pytest.fixture(scope="module")
def rulebook(law: Law) -> Rulebook:
    """General law of the day: no trial."""
    return resolve(law, MEASURED, regimes=[])


def duties(rulebook: Rulebook, group: str, start: int, held: list[int], on: int) -> list[Outcome]:
    """The duties of the section towards a person whose course began on ``start``, on the day ``on``."""
    began = "dp-indplacering" if group == "dp" else "foerste-henvendelse"
    talk = {"kind": "jobsamtale", "holder": "kommune", "form": "fysisk", "faelles": True}
    case = {
        "spells": [{"kind": "maalgruppe", "gruppe": group, "from": from_day(start).isoformat()}],
        "events": [
            {"kind": began, "date": from_day(start).isoformat()},
            *({**talk, "date": from_day(day).isoformat()} for day in held),
        ],
    }
    reference = Reference(rulebook, view_case(read_case(case, rulebook.vocabulary), rulebook.vocabulary, on))
    found = []
    for id_, norm in rulebook.norms.items():
        if id_.startswith(SECTION) and norm.must is not None:
            raw = reference.norm(norm)
            assert isinstance(raw, tuple)
            found.append(outcome(norm, raw, rulebook.vocabulary))
    assert not [one for one in found if one.status in (Status.UNKNOWN, Status.LATE, Status.MET_LATE)]
    return [one for one in found if one.status in (Status.OPEN, Status.NOT_YET)]


def least(rulebook: Rulebook, group: str, start: int) -> list[int]:
    """The days of the fewest conversations up to the day measured: each on the last day of the next duty."""
    held: list[int] = []
    day = start
    while len(held) < 20:
        ahead = [to_day(one.due) for one in duties(rulebook, group, start, held, day) if one.due]
        if not ahead or min(ahead) > MEASURED:
            break
        day = min(ahead)
        held.append(day)
    return held


def spread(rulebook: Rulebook, group: str, start: int) -> int:
    """As ``least``, and of each number that runs over a period the share of its whole months that have run."""
    held = least(rulebook, group, start)
    lacking = [0]
    for one in duties(rulebook, group, start, held, MEASURED):
        if one.status == Status.OPEN and (one.required or 1) > 1:
            assert one.start
            assert one.due
            begun = to_day(one.start)
            run, whole = months_between(begun, MEASURED), months_between(begun, to_day(one.due) + 1)
            lacking.append(one.required * run // whole - one.count)
    return len(held) + max(lacking)


@by_group
def test_the_rulebook_of_the_day_gives(row: Row, rulebook: Rulebook) -> None:
    starts = [add_months(MEASURED, -months, last_day=True) for months in row.months]
    assert tuple(len(least(rulebook, row.group, start)) for start in starts) == row.least
    assert tuple(spread(rulebook, row.group, start) for start in starts) == row.spread


@by_group
def test_the_municipalitys_level_is_met_where_the_law_is_encoded(row: Row) -> None:
    if row.group in DIFFERS:
        assert row.level == max(*row.least, *row.spread) + 1, DIFFERS[row.group]
    else:
        how, end = EQUAL[row.group]
        assert getattr(row, how)[end] == row.level


def test_every_conversation_of_the_shortest_course_stands_where_the_law_puts_it(rulebook: Rulebook) -> None:
    start = to_day(date(2017, 2, 15))
    days = [from_day(day).isoformat()[5:] for day in least(rulebook, "dp", start)]
    assert days == ["03-15", "04-15", "05-15", "06-15", "07-15", "08-14", "11-15"]


def test_asked_for_by_name_fredensborg_is_still_in_the_first_trial(law: Law) -> None:
    there = resolve(law, MEASURED, "fredensborg")
    assert "fk1-process" in there.regimes
    assert least(there, "dp", add_months(MEASURED, -9, last_day=True)) == []


@by_group
def test_the_guide_shows_the_same_table(row: Row) -> None:
    low, high = row.months
    shown = [f"{a}" if a == b else f"{a}–{b}" for a, b in (row.least, row.spread)]
    line = f"| {row.name}, {low}–{high} months | {shown[0]} | {shown[1]} | {row.level} | {row.held} |"
    assert line in GUIDE.read_text(encoding="utf-8")


def test_the_source_is_named(law: Law) -> None:
    assert law.sources[SOURCE]["url"] in GUIDE.read_text(encoding="utf-8")
