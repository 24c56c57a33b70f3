"""From the case format to the answer: what was recorded later never leaks; the evaluators agree on what was known."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fodfaeste.facts import View, frames_from_views, read_case, view_case, view_of, write_case
from fodfaeste.rulebook import Law, Rulebook
from tests.agreement.casebook import Casebook
from tests.agreement.evaluators import compare, described
from tests.agreement.laws import DEEP, danish_law, day_of, days_of, part, toy_law
from tests.agreement.people import person
from tests.agreement.sweep import in_force

LATER = (0, 1, 30, 800)
seeds = st.integers(0, 2**32)


def written_and_read(view: View, rulebook: Rulebook, random: Random, delay: int) -> tuple[View, View]:
    """What was known ``delay`` days after the day asked about, and what is known now."""
    known_at = view.on + delay
    case = read_case(Casebook(rulebook.vocabulary, view, known_at, random).case(), rulebook.vocabulary)
    assert read_case(write_case(case), rulebook.vocabulary) == case
    then = view_case(case, rulebook.vocabulary, view.on, known_at)
    return then, view_case(case, rulebook.vocabulary, view.on)


def check(law: Law, day: int, seed: int, delay: int, norms_each: int, whole: bool) -> None:
    rulebook, random = day_of(law, day), Random(seed)
    chosen = random.sample(in_force(rulebook), norms_each)
    views, known = [], []
    for _ in range(2):
        view = person(rulebook, chosen, random)
        then, now = written_and_read(view, rulebook, random, delay)
        assert then == view, "what was recorded later, or corrected before, has leaked"
        views.append(view)
        known += [then, now]
    frames = frames_from_views(known, rulebook.vocabulary, day)
    assert [view_of(frames, row, rulebook.vocabulary) for row in range(len(known))] == known
    small = rulebook if whole else part(rulebook, chosen)
    norms = in_force(small) if whole else chosen
    _, differences = compare(small, norms, known, frames)
    assert not differences, described(small, known, differences)


@settings(max_examples=300 if DEEP else 40)
@given(seed=seeds, delay=st.sampled_from(LATER))
def test_what_was_known_then_decides_in_the_danish_law(seed: int, delay: int) -> None:
    check(danish_law(), Random(seed).choice(days_of(danish_law())[10:]), seed, delay, 6, whole=False)


@pytest.mark.skipif(toy_law() is None, reason="the law of Hven is not here")
@settings(max_examples=200 if DEEP else 25)
@given(seed=seeds, delay=st.sampled_from(LATER))
def test_what_was_known_then_decides_on_hven(seed: int, delay: int) -> None:
    law = toy_law()
    assert law is not None
    check(law, Random(seed).choice(days_of(law)[5:]), seed, delay, 8, whole=True)
