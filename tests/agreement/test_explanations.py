"""The fast explanations of a whole case say, step for step, what the slow and obvious ones say of each norm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fodfaeste.facts import View
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.reasoning import Explanation, Reference, explain, explain_all, outcome, teller_of
from fodfaeste.rulebook import Law, Rulebook
from tests.agreement.invented import DAYS, invented
from tests.agreement.laws import ALSO, DEEP, danish_law, days_of, general, toy_law
from tests.agreement.people import people
from tests.agreement.sweep import in_force, people_of_day


def said(rulebook: Rulebook, explained: list[Explanation]) -> list[Any]:
    return [(one.as_dict(rulebook), one.outcome, [fact.as_dict() for fact in one.facts()]) for one in explained]


def compare(rulebook: Rulebook, views: list[View]) -> int:
    """Every explanation beside the slow one; how many there were."""
    seen = 0
    for view in views:
        fast = teller_of(rulebook).all(view)
        assert list(fast) == in_force(rulebook)
        for id_, explained in fast.items():
            assert said(rulebook, explained) == said(rulebook, explain(rulebook, view, id_)), (id_, view)
            seen += len(explained)
    return seen


def test_the_explanations_of_the_law_today_are_the_same() -> None:
    rulebook, _, views = people_of_day(danish_law(), ALSO[-1], 60 if DEEP else 12)
    assert compare(rulebook, views) > 400 * len(views)


def _toy_days() -> list[int]:
    law = toy_law()
    return [] if law is None else days_of(law)


@pytest.mark.parametrize("day", _toy_days(), ids=lambda day: from_day(day).isoformat())
def test_the_explanations_of_the_law_of_hven_are_the_same(day: int) -> None:
    law = toy_law()
    assert isinstance(law, Law)
    rulebook, _, views = people_of_day(law, day, 25)
    assert compare(rulebook, views) > 0


@pytest.mark.parametrize("seed", range(100 if DEEP else 5))
def test_the_explanations_of_laws_nobody_would_write_are_the_same(seed: int, tmp_path: Path) -> None:
    rulebook = general(invented(tmp_path, seed), parse_day(DAYS[seed % len(DAYS)]))
    assert compare(rulebook, people(rulebook, in_force(rulebook), 25, f"explained {seed}")) > 0


def test_what_was_explained_before_does_not_change_what_is_explained_now() -> None:
    """Steps are kept between cases and days; each case must still be told as if it were the first."""
    law = toy_law()
    assert law is not None
    rulebook = general(law, days_of(law)[-1])
    views = people(rulebook, in_force(rulebook), 40, "kept")
    first = [{id_: said(rulebook, found) for id_, found in teller_of(rulebook).all(view).items()} for view in views]
    again = [
        {id_: said(rulebook, found) for id_, found in teller_of(rulebook).all(view).items()} for view in views[::-1]
    ]
    assert first == again[::-1]


def test_the_first_cases_and_the_later_ones_are_explained_alike() -> None:
    law = toy_law()
    assert law is not None
    rulebook = general(law, days_of(law)[-1])
    view = people(rulebook, in_force(rulebook), 2, "again and again")[1]
    told = [explain_all(rulebook, view) for _ in range(30)]
    assert "teller" in rulebook.cache  # by now it was worth making
    assert all(list(one) == list(told[0]) for one in told)
    for id_, explained in told[0].items():
        assert said(rulebook, told[-1][id_]) == said(rulebook, explained)


def test_an_explained_outcome_is_the_outcome() -> None:
    rulebook, norms, views = people_of_day(danish_law(), ALSO[-1], 6)
    for view in views:
        reference, fast = Reference(rulebook, view), teller_of(rulebook).all(view)
        for id_ in norms:
            raw = reference.norm(rulebook.norms[id_])
            raws = raw if isinstance(raw, list) else [raw]
            expected = [outcome(rulebook.norms[id_], one, rulebook.vocabulary) for one in raws]
            assert [one.outcome for one in fast[id_]] == expected, id_
