"""A quota with the unknown in it: its bounds are those of every way in which the unknown may turn out."""

from __future__ import annotations

from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fodfaeste.facts import View, frames_from_views, read_case, view_case
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning import Status, judge, quota, quota_of_columns
from fodfaeste.reasoning.columns import columns
from fodfaeste.reasoning.quotas import WHOLE, QuotaOutcome, _count
from fodfaeste.rulebook import Law, Rulebook, resolve
from tests.agreement.people import people

POOL_DAY = parse_day("2026-12-31")
NO, PERHAPS, YES = 0, 1, 2
STATUSES = (Status.MET, Status.MET_LATE, Status.LATE, Status.OPEN, Status.WAIVED, Status.UNKNOWN)


@cache
def law() -> Law:
    return library.load()


@cache
def book(day: int = POOL_DAY) -> Rulebook:
    return resolve(law(), day, regimes=[])


def counted(*rows: tuple[int, int], share: int = 7_500) -> QuotaOutcome:
    return _count("q", share, rows)


# In numbers


def test_three_quarters_are_enough_and_a_person_less_is_not() -> None:
    assert counted(*[(YES, Status.MET)] * 75, *[(YES, Status.LATE)] * 25).holds is True
    assert counted(*[(YES, Status.MET)] * 74, *[(YES, Status.LATE)] * 26).holds is False
    assert counted(*[(YES, Status.MET)] * 3, (YES, Status.LATE)).holds is True
    assert counted((YES, Status.MET), (YES, Status.MET), (YES, Status.LATE)).bounds == (6_666, 6_666)


def test_the_26th_of_a_hundred_is_refused() -> None:
    rest = [(YES, Status.MET)] * 74
    assert counted(*rest, *[(YES, Status.WAIVED)] * 25, (YES, Status.OPEN)).room == 0
    assert counted(*rest, *[(YES, Status.WAIVED)] * 26).room == -1


def test_met_late_is_not_met() -> None:
    assert counted((YES, Status.MET_LATE)).holds is False


def test_those_who_may_be_members_can_turn_the_answer() -> None:
    barely = [(YES, Status.MET)] * 75 + [(YES, Status.LATE)] * 25
    assert counted(*barely, (PERHAPS, Status.LATE)).holds is None
    assert counted(*barely, (PERHAPS, Status.MET)).holds is True
    assert counted(*barely, (NO, Status.LATE)).holds is True
    assert counted(*barely[1:], (PERHAPS, Status.UNKNOWN)).holds is None
    assert counted((PERHAPS, Status.LATE)).bounds == (0, WHOLE)


@given(st.lists(st.tuples(st.sampled_from((NO, PERHAPS, YES)), st.sampled_from(STATUSES)), max_size=7))
def test_the_bounds_are_the_least_and_the_most_that_can_come_out(rows: list[tuple[int, Status]]) -> None:
    found = counted(*rows)
    shares = [share_of(world) for world in worlds(rows)]
    assert found.bounds == (min(shares), max(shares))
    certain = {share >= found.share for share in shares}
    assert found.holds is (certain.pop() if len(certain) == 1 else None)


def worlds(rows: list[tuple[int, Status]]) -> Any:
    """Every way in which what is unknown of the group may turn out: (member, met) of each."""
    members = [(False, True) if who == PERHAPS else (who == YES,) for who, _ in rows]
    mets = [(False, True) if status == Status.UNKNOWN else (status == Status.MET,) for _, status in rows]
    return product(*(list(product(who, met)) for who, met in zip(members, mets, strict=True)))


def share_of(world: tuple[tuple[bool, bool], ...]) -> int:
    group = [met for member, met in world if member]
    return sum(group) * WHOLE // len(group) if group else WHOLE


# In law


def of_the_pool(day: int, group: str, offered: bool, exempt: bool) -> View:
    """A person whose six months ended lately, with an offer or exempted from it."""
    begun = from_day(parse_day("2026-05-20")).isoformat()
    spells = [{"kind": "maalgruppe", "gruppe": group, "from": begun}]
    spells += [{"kind": "fritagelse-tilbud", "from": "2026-09-01"}] if exempt else []
    spells += (
        [{"kind": "tilbud", "type": "virksomhedspraktik", "from": "2026-10-05", "to": "2026-10-30"}] if offered else []
    )
    started = "dp-indplacering" if group == "dp" else "foerste-henvendelse"
    case = {
        "facts": {
            "foedt": "1984-01-01",
            "kan_selv_finde_arbejde": True,
            "opfylder_opholds_og_beskaeftigelseskrav": True,
        },
        "spells": spells,
        "events": [{"kind": started, "date": begun}],
    }
    return view_case(read_case(case, law().vocabulary), law().vocabulary, day)


def test_75_of_a_pool_of_300_may_be_left_without_an_offer() -> None:
    example = next(one for one in law().examples if one.id == "ex-web-25-pool")
    counted_by_law = judge(book(), view_case(read_case(example.case, law().vocabulary), law().vocabulary, POOL_DAY))
    assert counted_by_law["lab.102.pulje"].value == example.expect["lab.102.pulje"] == 75  # type: ignore[union-attr]
    groups = ["dp"] * 200 + ["kh-jobparat"] * 100
    views = [of_the_pool(POOL_DAY, group, offered=n >= 75, exempt=n < 75) for n, group in enumerate(groups)]
    pool = quota(book(), views, "lab.102.kvote")
    assert (pool.members, pool.most_left_out, pool.left_out, pool.room) == (300, 75, 75, 0)
    assert pool.holds is True
    one_more = [of_the_pool(POOL_DAY, group, offered=n >= 76, exempt=n < 76) for n, group in enumerate(groups)]
    assert quota(book(), one_more, "lab.102.kvote").room == -1
    assert quota(book(), one_more, "lab.102.kvote").holds is False


QUOTAS = sorted(id_ for id_, norm in book().norms.items() if norm.norm.kind == "quota")


@pytest.mark.parametrize("norm", QUOTAS)
def test_columns_count_as_cases_do_whatever_is_known(norm: str) -> None:
    rulebook = book()
    of = str(rulebook[norm].norm.of)
    views = people(rulebook, [norm, of], 80, f"quota {norm}")
    found = columns(rulebook, frames_from_views(views, law().vocabulary, POOL_DAY), [norm, of], compiled=False)
    one = quota(rulebook, views, norm)
    assert quota_of_columns(rulebook, found, norm) == one
    assert one.members > 0
    assert one.members_unknown > 0
    Random(norm).shuffle(views)
    assert quota(rulebook, views, norm) == one


def test_every_quota_of_the_reform_is_counted() -> None:
    assert len(QUOTAS) == 5
    assert {book()[norm].version.share for norm in QUOTAS} == {7_500}


def test_a_quota_that_is_not_in_force_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        quota(book(parse_day("2026-06-30")), [], QUOTAS[0])
