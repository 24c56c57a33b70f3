"""What a registered conversation changed: the duties of the case without it, and with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from fodfaeste.facts import Case, Vocabulary, make_case, view_case
from fodfaeste.facts.view import View
from fodfaeste.interfaces.web.caseworker.my_day_lines import Line, Section, lines_of
from fodfaeste.reasoning import Outcome, Status, judge_of, outcome
from fodfaeste.rulebook import ResolvedNorm, Rulebook

_MET = (Status.MET, Status.MET_LATE)
_RUNNING = (Status.OPEN, Status.LATE)
_ASIDE = (Status.LAPSED, Status.WAIVED, Status.NOT_APPLICABLE)


class What(Enum):
    """What became of a duty; the order is the order of reading."""

    MET = "met"
    MET_LATE = "met_late"
    AGAIN = "again"
    COUNTED = "counted"
    NEW = "new"
    KNOWN = "known"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One duty that came out otherwise."""

    what: What
    norm: str
    before: Outcome | None
    after: Outcome


@dataclass(frozen=True)
class Effect:
    """What changed, and what is due next."""

    changes: tuple[Change, ...]
    next: tuple[Line, ...]


def effect_of(book: Rulebook, case: Case, lines: Collection[str]) -> Effect:
    """What the lines of a case with these ids changed about the municipality's duties, as they stand on the day."""
    return effect_between(book, without(case, book.vocabulary, lines), case)


def effect_between(book: Rulebook, earlier: Case, later: Case) -> Effect:
    """What is otherwise about the municipality's duties in the later case, as both stand on the day."""
    before, after = (view_case(case, book.vocabulary, book.day) for case in (earlier, later))
    old, new = _duties(book, before), _duties(book, after)
    found = [
        Change(what, key[0], old.get(key), outcome)
        for key, outcome in new.items()
        if (what := _what(old.get(key), outcome)) is not None
    ]
    found.sort(key=lambda change: (list(What).index(change.what), change.after.due or date.max, change.norm))
    return Effect(tuple(found), tuple(next_lines(book, after)))


def next_lines(book: Rulebook, view: View) -> list[Line]:
    """What the municipality must do next, the first last day on top."""
    found = [
        line
        for line in lines_of(book, view)
        if line.due is not None and line.owed_by == "kommune" and line.section in (Section.DUE, Section.ASKED)
    ]
    return sorted(found, key=lambda line: (line.due or date.max, line.norm))


def without(case: Case, vocabulary: Vocabulary, lines: Collection[str]) -> Case:
    """The case as it would be had these events never been written."""
    return make_case(
        vocabulary,
        case=case.case,
        municipality=case.municipality,
        facts=case.facts,
        spells=case.spells,
        events=tuple(event for event in case.events if event.id not in lines),
        unobserved=case.unobserved,
    )


def _duties(book: Rulebook, view: View) -> dict[tuple[str, int], Outcome]:
    """Outcomes of the municipality's duties, by norm and first day of the thing it is about."""
    found: dict[tuple[str, int], Outcome] = {}
    for norm, raw in zip(book.norms.values(), judge_of(book).all(view), strict=True):
        if norm.absent or norm.must is None or norm.norm.owed_by != "kommune" or norm.must.form == "not_before":
            continue
        for key, one in _keyed(norm, raw, view):
            found[(norm.id, key)] = outcome(norm, one, book.vocabulary)
    return found


def _keyed(norm: ResolvedNorm, raw: Any, view: View) -> Iterator[tuple[int, Any]]:
    if not isinstance(raw, list):
        yield 0, raw
        return
    each = norm.norm.each
    assert each is not None
    rows: list[Any] = view.spells[each] if each in view.spells else view.events[each]
    for row, one in zip(rows, raw, strict=True):
        yield row[0], one


def _what(before: Outcome | None, after: Outcome) -> What | None:
    was = Status.NOT_APPLICABLE if before is None else before.status
    now = after.status
    if now in _MET:
        return None if was in _MET else What.MET if now == Status.MET else What.MET_LATE
    if now in _RUNNING and before is not None and was in _RUNNING:
        if before.due is not None and after.due is not None and after.due > before.due:
            return What.AGAIN
        return What.COUNTED if (after.count or 0) > (before.count or 0) else None
    if now in _RUNNING:
        return What.KNOWN if was == Status.UNKNOWN else What.NEW
    if now in _ASIDE and was in (*_RUNNING, Status.UNKNOWN):
        return What.GONE
    return None
