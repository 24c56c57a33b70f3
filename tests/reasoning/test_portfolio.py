"""The 75 per cent rule is owed to a group: counted over a portfolio, never over a person."""

from __future__ import annotations

from typing import Any

import pytest

from fodfaeste.facts import View, read_case, view_case
from fodfaeste.facts.frames import frames_from_views
from fodfaeste.foundation import parse_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning import quota, quota_of_columns
from fodfaeste.reasoning.columns import columns
from fodfaeste.rulebook import Law, Rulebook, resolve

ON = parse_day("2027-02-17")  # the day after the six months of a course begun on 17 August 2026
QUOTA = "lab.31.kvote.jobparat"
TALKS = ("2026-08-20", "2026-09-20", "2026-10-20", "2026-11-20")


@pytest.fixture(scope="module")
def law() -> Law:
    return library.load()


@pytest.fixture(scope="module")
def book(law: Law) -> Rulebook:
    return resolve(law, ON, regimes=[])


def person(
    law: Law, talks: int = 4, left_out: bool = False, group: str | None = "kh-jobparat", form: bool = True
) -> View:
    """A person whose six months are over, with so many conversations."""
    spells: list[dict[str, Any]] = [{"kind": "maalgruppe", "gruppe": group, "from": "2026-08-17"}]
    if left_out:
        spells.append({"kind": "fritagelse-samtaler", "holder": "kommune", "from": "2026-09-01"})
    held = {"holder": "kommune", "form": "fysisk", "faelles": False} if form else {}
    events = [{"kind": "foerste-henvendelse", "date": "2026-08-17"}]
    events += [{"kind": "jobsamtale", "date": day, **held} for day in TALKS[:talks]]
    case = {"case": "x", "facts": {"foedt": "1983-06-01"}, "spells": spells, "events": events}
    return view_case(read_case(case, law.vocabulary, file="test"), law.vocabulary, ON)


def test_twenty_five_of_a_hundred_may_be_left_out_and_no_more(law: Law, book: Rulebook) -> None:
    rest = [person(law)] * 75
    full = quota(book, [*rest, *[person(law, 1, left_out=True)] * 25], QUOTA)
    assert (full.members, full.left_out, full.most_left_out, full.room) == (100, 25, 25, 0)
    assert full.holds is True
    over = quota(book, [*rest[1:], *[person(law, 1, left_out=True)] * 26], QUOTA)
    assert over.room == -1, "the 26th of 100 is refused"
    assert over.holds is False


def test_a_person_alone_has_no_quota_to_break(law: Law, book: Rulebook) -> None:
    assert quota(book, [person(law, 0)], QUOTA).most_left_out == 0
    assert quota(book, [], QUOTA).holds is True


def test_whole_persons_are_rounded_in_the_citizens_favour(law: Law, book: Rulebook) -> None:
    assert quota(book, [person(law)] * 7, QUOTA).most_left_out == 1


def test_the_unknown_gives_bounds_and_no_answer(law: Law, book: Rulebook) -> None:
    unsure = quota(book, [*[person(law)] * 70, *[person(law, 4, form=False)] * 30], QUOTA)
    assert unsure.unknown == 30
    assert unsure.bounds == (7_000, 10_000)
    assert unsure.holds is None


def test_those_of_another_group_are_not_counted(law: Law, book: Rulebook) -> None:
    assert quota(book, [person(law), person(law, group="kh-aktivitetsparat")], QUOTA).members == 1


def test_columns_count_as_cases_do(law: Law, book: Rulebook) -> None:
    views = [person(law, n % 5, left_out=n % 3 == 0, form=n % 7 != 0) for n in range(40)]
    of = str(book[QUOTA].norm.of)
    found = columns(book, frames_from_views(views, law.vocabulary, ON), [QUOTA, of], compiled=False)
    assert quota_of_columns(book, found, QUOTA) == quota(book, views, QUOTA)


def test_only_a_quota_can_be_counted(book: Rulebook) -> None:
    with pytest.raises(ValueError, match="not a quota"):
        quota(book, [], "lab.31.samtaler.kommune")
