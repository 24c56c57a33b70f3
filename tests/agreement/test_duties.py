"""More time off never shortens a deadline, and doing what is owed never makes it later than it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from fodfaeste.facts import View
from fodfaeste.foundation import FAR
from fodfaeste.reasoning import Reference, Status
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.reference import DutyParts
from fodfaeste.rulebook import Law, ResolvedNorm, Rulebook
from fodfaeste.rulebook.norms import Must
from tests.agreement.chance import Chance, Reading
from tests.agreement.draft import Draft
from tests.agreement.evaluators import facts_of
from tests.agreement.laws import DEEP, danish_law, day_of, days_of, toy_law
from tests.agreement.people import person
from tests.agreement.sweep import in_force
from tests.agreement.wishes import Wishes

TIMES = 15 if DEEP else 4
"""People for each duty of a day."""
LAWS = [law for law in (danish_law(), toy_law()) if law is not None]
IDS = ["danish", "hven"][: len(LAWS)]

LATE = (Status.LATE, Status.MET_LATE)
IN_TIME = (Status.MET, Status.OPEN, Status.NOT_YET)
Case = tuple[Rulebook, ResolvedNorm, Must, View, Random]


def duties(law: Law, form: str) -> Iterator[Case]:
    """Duties of a form for people who may have them, on some days."""
    for day in days_of(law)[:: -1 if DEEP else -9]:
        rulebook, random = day_of(law, day), Random(f"{form} {day}")
        for norm in map(rulebook.norms.__getitem__, in_force(rulebook)):
            if norm.must is not None and norm.norm.each is None and form in ("paused", norm.must.form):
                # few of the days drawn have duties that pause, so those are tried with more people
                for _ in range(TIMES if form != "paused" else 3 * TIMES if norm.must.pauses else 0):
                    yield rulebook, norm, norm.must, person(rulebook, [norm.id], random), random


def with_row(rulebook: Rulebook, view: View, kind: str, must: Must, random: Random) -> View:
    """The view with a spell more of the kind, or an event that fits what the duty demands."""
    draft = Draft(rulebook.vocabulary, view.on)
    histories = Wishes(rulebook, draft, Chance(rulebook.vocabulary, view.on, random, Reading())).histories
    rows: list[Any] = view.spells[kind] if kind in view.spells else view.events[kind]
    days = [one[0] + random.choice((-1, 0, 1)) for one in rows]
    row = histories.row(kind, min(random.choice((view.on - random.randrange(400), *days)), view.on))
    if kind == must.kind:
        histories.fit(kind, row, must.filters)
    if kind in view.spells:
        spells = sorted([*rows, (row.start, row.end, tuple(row.attrs))], key=lambda one: one[:2])
        return replace(view, spells={**view.spells, kind: spells})
    rows = sorted([*rows, (row.start, tuple(row.attrs))], key=lambda one: one[0])
    return replace(view, events={**view.events, kind: rows})


def parts_and_status(rulebook: Rulebook, norm: ResolvedNorm, must: Must, view: View) -> tuple[DutyParts, int]:
    reference = Reference(rulebook, view)
    status = reference.duty(norm, must)[0]
    assert status is not None
    return reference.parts(norm, must), status


def same(one: DutyParts, other: DutyParts, *names: str) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


@pytest.mark.parametrize("law", LAWS, ids=IDS)
def test_a_pause_never_moves_the_last_day_earlier(law: Law) -> None:
    moved = 0
    for rulebook, norm, must, view, random in duties(law, "paused"):
        before, _ = parts_and_status(rulebook, norm, must, view)
        longer = with_row(rulebook, view, random.choice(must.pauses), must, random)
        after, _ = parts_and_status(rulebook, norm, must, longer)
        if same(before, after, "start", "unpaused") and before.due is not None:
            assert after.due is not None, facts_of(rulebook, longer, norm.id)
            assert after.due >= before.due, facts_of(rulebook, longer, norm.id)
            moved += after.due > before.due
    assert moved >= 5


@pytest.mark.parametrize("law", LAWS, ids=IDS)
def test_doing_more_of_what_is_owed_never_makes_it_later(law: Law) -> None:
    met = 0
    for rulebook, norm, must, view, random in duties(law, "count"):
        before, was = parts_and_status(rulebook, norm, must, view)
        more = with_row(rulebook, view, must.kind, must, random)
        after, now = parts_and_status(rulebook, norm, must, more)
        if not same(before, after, "applies", "waived", "start", "due", "needed", "lapses", "paused"):
            continue  # the event decides more than whether the duty is met
        facts = facts_of(rulebook, more, norm.id)
        assert after.sure >= before.sure, facts
        assert before.met_on is None or (after.met_on or NONE) <= before.met_on, facts
        assert not (was in IN_TIME and now in LATE), facts
        met += now != was
    assert met >= 5


@pytest.mark.parametrize("law", LAWS, ids=IDS)
def test_a_last_day_is_never_before_the_day_it_has_without_pauses(law: Law) -> None:
    for rulebook, norm, must, view, _ in duties(law, "paused"):
        parts, _ = parts_and_status(rulebook, norm, must, view)
        if parts.due is not None and parts.unpaused is not None:
            assert parts.unpaused <= parts.due <= FAR, facts_of(rulebook, view, norm.id)
