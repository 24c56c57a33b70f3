"""A view: what was known about one person on one day, encoded for the evaluators."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from fodfaeste.facts.case import Case
from fodfaeste.facts.index import CaseIndex, EventRow, SpellRow, index_case
from fodfaeste.facts.terms import Vocabulary


@dataclass(slots=True)
class View:
    """What was known on the day ``on``.

    ``fields`` by ``Field.index``, None when unknown. ``events`` by kind: (day, attributes) up to ``on``,
    sorted by day. ``spells`` by kind: (first day, last day or FAR while open, attributes), sorted, also those
    that begin later. Every kind of the vocabulary is a key. ``unobserved`` are kinds of which there may be
    more than is written. Attributes stand in the order of the vocabulary; None is unknown.
    """

    on: int
    fields: list[int | None]
    events: dict[str, list[EventRow]]
    spells: dict[str, list[SpellRow]]
    unobserved: frozenset[str] = frozenset()


def view_case(case: Case, vocabulary: Vocabulary, on: int, known_at: int | None = None) -> View:
    """What is known about the day ``on``.

    Without ``known_at``, all that is recorded counts. With it, only what was recorded on or before that day:
    a fact or correction recorded later is as if it were not there, and what it corrected still stands.
    """
    index = case.index
    if index.vocabulary is not vocabulary and index.vocabulary.digest != vocabulary.digest:
        index = index_case(case.facts, case.events, case.spells, vocabulary)
    fields = index.constant.copy()
    for position, facts in index.varying:
        for fact in facts:
            if fact.start <= on <= fact.end and (known_at is None or fact.recorded <= known_at):
                fields[position] = fact.value
                break
    events: dict[str, list[EventRow]] = {kind: [] for kind in vocabulary.events}
    spells: dict[str, list[SpellRow]] = {kind: [] for kind in vocabulary.spells}
    if known_at is None or not index.has_past:
        for kind, days in index.days.items():
            events[kind] = index.rows[kind][: bisect_right(days, on)]
        for kind, stretches in index.stretches.items():
            spells[kind] = stretches.copy()
    else:
        _fill_as_known(index, on, known_at, events, spells)
    return View(on, fields, events, spells, case.unobserved)


def _fill_as_known(
    index: CaseIndex,
    on: int,
    known_at: int,
    events: dict[str, list[EventRow]],
    spells: dict[str, list[SpellRow]],
) -> None:
    """Only lines that were recorded, and not yet corrected, on the day ``known_at``."""
    for kind, rows in index.past_rows.items():
        events[kind] = [row for since, until, row in rows if since <= known_at < until and row[0] <= on]
    for kind, stretches in index.past_stretches.items():
        spells[kind] = [stretch for since, until, stretch in stretches if since <= known_at < until]
