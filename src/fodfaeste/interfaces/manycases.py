"""Duties of many cases: one row for each duty, sorted by what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.facts import Case, View, view_case
from fodfaeste.interfaces.casefiles import Track
from fodfaeste.reasoning import Outcome, Status, judge_of, outcome
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import Law, ResolvedNorm, ResolveError, Rulebook, resolve

SHOWN = (Status.LATE, Status.BREACHED, Status.OPEN, Status.UNKNOWN, Status.PAUSED, Status.NOT_YET)
"""Statuses somebody should know of. All others are shown when asked for."""

_FAR = date.max


@dataclass(frozen=True)
class DutyRow:
    """One duty of one case; ``item`` is the first day of what an ``each`` norm is judged for."""

    case: str
    place: str | None
    norm: ResolvedNorm
    outcome: Outcome
    item: date | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """What is late first, then by last day; what has none comes last."""
        status = self.outcome.status or Status.UNKNOWN
        rank = SHOWN.index(status) if status in SHOWN else len(SHOWN)
        when = self.outcome.due or (self.outcome.start if status == Status.NOT_YET else None) or _FAR
        return (rank > 1, when, rank, self.case, self.norm.id, self.item or _FAR)


def judge_many(rulebook: Rulebook, views: Iterable[View]) -> Iterator[Sequence[Raw | list[Raw]]]:
    """The raw outcomes of all norms, case by case. The place to switch to columns when there are many."""
    judge = judge_of(rulebook)
    return (judge.all(view) for view in views)


def duty_rows(
    law: Law, cases: Sequence[Case], day: int, place: str | None, regimes: Sequence[str] | None, track: Track
) -> list[DutyRow]:
    """Every duty of every case that may apply, each under the law of its own municipality unless ``place`` is given."""
    groups: dict[str | None, list[Case]] = {}
    for case in cases:
        groups.setdefault(place or case.municipality, []).append(case)
    first = {where: None if place else found[0].case for where, found in groups.items()}
    books = _rulebooks(law, first, day, regimes)
    ordered = [(books[where], case) for where, found in groups.items() for case in found]
    rows: list[DutyRow] = []
    todo: dict[str, tuple[Rulebook, list[Case]]] = {}
    for book, case in ordered:
        todo.setdefault(book.digest, (book, []))[1].append(case)
    for book, found in todo.values():
        views = (view_case(case, law.vocabulary, day) for case in found)
        judged = zip(found, judge_many(book, views), strict=True)
        for case, raws in track(judged, len(found), "duties"):
            rows += _rows_of(case, place, book, raws, day, law)
    return sorted(rows, key=lambda row: row.order)


def _rulebooks(
    law: Law, places: Mapping[str | None, str | None], day: int, regimes: Sequence[str] | None
) -> dict[str | None, Rulebook]:
    """One rulebook for each place; places with the same law share one.

    ``places`` names the first case of each, or None when the place was asked for. Raises ResolveError.
    """
    same: dict[str, Rulebook] = {}
    found: dict[str | None, Rulebook] = {}
    for place, first in places.items():
        try:
            book = resolve(law, day, place, regimes)
        except ResolveError as error:
            if first is None:
                raise
            raise ResolveError(f"the case '{first}': {error}") from None
        found[place] = same.setdefault(book.digest, book)
    return found


def _rows_of(
    case: Case, place: str | None, book: Rulebook, raws: Sequence[Raw | list[Raw]], day: int, law: Law
) -> Iterator[DutyRow]:
    where = place or case.municipality
    view: View | None = None
    for norm, raw in zip(book.norms.values(), raws, strict=True):
        if norm.must is None or norm.absent:
            continue
        if not isinstance(raw, list):
            if raw[0] != Status.NOT_APPLICABLE:
                yield DutyRow(case.case, where, norm, outcome(norm, raw, book.vocabulary))
            continue
        if not raw:
            continue
        view = view or view_case(case, law.vocabulary, day)
        for one, first in zip(raw, _first_days(view, str(norm.norm.each)), strict=True):
            if one[0] != Status.NOT_APPLICABLE:
                yield DutyRow(case.case, where, norm, outcome(norm, one, book.vocabulary), first)


def _first_days(view: View, kind: str) -> list[date]:
    from fodfaeste.foundation import from_day

    rows: list[Any] = view.spells[kind] if kind in view.spells else view.events[kind]
    return [from_day(row[0]) for row in rows]
