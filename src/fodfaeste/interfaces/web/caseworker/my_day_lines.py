"""From open cases to the lines of a day: what each case demands now, and by when. Outcomes only, no explanations.

A line is derived from the case's lines, the rulebook and the day, and kept in this process only as long as none of the
three has changed: a course whose version rose is derived anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import cases_of
from fodfaeste.facts import View, view_case
from fodfaeste.foundation import FAR, from_day
from fodfaeste.reasoning import Status, judge_of
from fodfaeste.reasoning.history import NONE
from fodfaeste.reasoning.outcome import value_of
from fodfaeste.rulebook import ResolvedNorm, Rulebook, ir

REQUESTS = ("anmodning", "ansoegning", "offentlighedsanmodning", "udsaettelse-oensket", "klage")
"""Kinds of events by which somebody asks for something."""

_MOST_KEPT = 20_000


class Section(Enum):
    """Where a line stands on the page; the order is the order of reading."""

    ASKED = "bedt-om"
    DUE = "forfalder"
    NO_DAY = "uden-sidste-dag"
    BREACHED = "ikke-overholdt"
    MISSED = "kan-ikke-naas"
    WAITING = "venter"
    LATER = "senere"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing one case demands. ``number`` tells the things an *each* norm is about apart.

    ``due`` is None where no last day is known or named; ``asked_on`` and ``wish`` belong to what somebody asked for.
    """

    course: int
    norm: str
    number: int
    section: Section
    status: Status
    owed_by: str
    start: date | None = None
    due: date | None = None
    count: int | None = None
    required: int | None = None
    done_by: str | None = None
    asked_on: date | None = None
    wish: tuple[str, str] | None = None  # type and word of what was asked for

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.status in (Status.LATE, Status.BREACHED)


@dataclass(frozen=True, slots=True)
class _Watched:
    """A norm whose outcome may become a line, with what is read of it once for all cases."""

    index: int
    norm: ResolvedNorm
    owed_by: str
    done_by: str | None
    asks: str | None
    filters: tuple[ir.Filter, ...]


_kept: dict[tuple[int, int, str, int], tuple[Line, ...]] = {}


def lines_of_courses(courses: Sequence[Course], book: Rulebook) -> dict[int, tuple[Line, ...]]:
    """The lines of each course by its id, in four queries for those that have changed and none for the others."""
    keys = {course.pk: (course.pk, course.version, book.digest, book.day) for course in courses}
    found = {pk: _kept[key] for pk, key in keys.items() if key in _kept}
    missing = [course for course in courses if course.pk not in found]
    if missing:
        cases = cases_of(missing, book.vocabulary)
        for pk, case in cases.items():
            found[pk] = tuple(lines_of(book, view_case(case, book.vocabulary, book.day), pk))
        if len(_kept) + len(missing) > _MOST_KEPT:
            _kept.clear()
        _kept.update({keys[course.pk]: found[course.pk] for course in missing})
    return found


def lines_of(book: Rulebook, view: View, course: int = 0) -> Iterator[Line]:
    """The lines of one case."""
    raws = judge_of(book).all(view)
    for watched in _watched(book):
        raw = raws[watched.index]
        for number, one in enumerate(raw if isinstance(raw, list) else [raw]):
            if one[0] not in _SHOWN:
                continue
            line = _line(book, watched, view, course, number, one)
            if line is not None:
                yield line


_SHOWN = frozenset({Status.LATE, Status.BREACHED, Status.OPEN, Status.UNKNOWN, Status.NOT_YET})


def _line(book: Rulebook, watched: _Watched, view: View, course: int, number: int, raw: Any) -> Line | None:
    status = Status(raw[0])
    _, start, due, count, required, _met, _promise = raw
    if status == Status.UNKNOWN and count not in (None, NONE) and count >= required > 0:
        return None  # done; only whether it was in time is unknown
    asked_on, wish = _request(book, watched, view, number)
    section = _section(watched, status, start, due, asked_on)
    if section == Section.BREACHED and _is_over(watched.norm.norm.each, view, number):
        section = Section.MISSED
    if section is None:
        return None
    return Line(
        course, watched.norm.id, number, section, status, watched.owed_by, _date(start), _date(due), _number(count),
        _number(required), watched.done_by, asked_on, wish,
    )  # fmt: skip


def _section(
    watched: _Watched, status: Status, start: int | None, due: int | None, asked_on: date | None
) -> Section | None:
    if asked_on is not None and status in (Status.LATE, Status.OPEN, Status.UNKNOWN):
        return Section.ASKED
    if watched.asks is not None or watched.norm.norm.kind == "right":
        return None  # nobody has asked
    if status == Status.BREACHED:
        return Section.BREACHED
    if watched.norm.must is not None and watched.norm.must.form == "not_before":
        return None  # says only what may not be done yet
    if status == Status.UNKNOWN:
        return Section.WAITING if watched.norm.must is not None else None  # a demand on an offer is asked about there
    if status == Status.NOT_YET:
        return Section.LATER if _date(start) is not None else None
    return Section.NO_DAY if _date(due) is None else Section.DUE


def _is_over(each: str | None, view: View, number: int) -> bool:
    """Whether what a demand was about has happened or ended, so that nothing can be done about it any more."""
    if each is None:
        return False
    return each not in view.spells or view.spells[each][number][1] < view.on


def _request(book: Rulebook, watched: _Watched, view: View, number: int) -> tuple[date | None, tuple[str, str] | None]:
    """When somebody asked for what the norm is about, and for what; (None, None) when nobody did."""
    if watched.asks is None:
        return None, None
    if watched.norm.norm.each is not None:
        day, attrs = view.events[watched.asks][number]
    else:
        rows = [row for row in view.events[watched.asks] if row[0] <= view.on and _fits(row[1], watched.filters)]
        if not rows:
            return None, None
        day, attrs = rows[-1]
    types = list(book.vocabulary.events[watched.asks].attrs.values())
    if not types or attrs[0] is None:
        return from_day(day), None
    return from_day(day), (types[0], str(value_of(types[0], attrs[0], book.vocabulary)))


def _fits(attrs: tuple[int | None, ...], filters: tuple[ir.Filter, ...]) -> bool:
    return all((attrs[one.slot] in one.values) == one.keep for one in filters)


def _watched(book: Rulebook) -> list[_Watched]:
    """Duties, rights that can be asked for, and demands: whatever somebody may have to do something about."""
    found = book.cache.get("watched")
    if isinstance(found, list):
        return found
    watched = [
        _watch(index, norm)
        for index, norm in enumerate(book.norms.values())
        if not norm.absent and (norm.must is not None or norm.requires is not None)
    ]
    book.cache["watched"] = watched
    return watched


def _watch(index: int, norm: ResolvedNorm) -> _Watched:
    asks, filters = _asks(norm)
    done_by = norm.must.kind if norm.must is not None else None
    return _Watched(index, norm, norm.norm.owed_by or "kommune", done_by, asks, filters)


def _asks(norm: ResolvedNorm) -> tuple[str | None, tuple[ir.Filter, ...]]:
    """The kind of request that starts the duty, and which of them; (None, ()) when it starts otherwise."""
    if norm.norm.each in REQUESTS:
        return norm.norm.each, ()
    if norm.must is not None:
        for node in ir.walk(norm.must.start):
            if isinstance(node, ir.Agg) and node.kind in REQUESTS:
                return node.kind, node.filters
    return None, ()


def _date(day: int | None) -> date | None:
    return None if day is None or day == NONE or day >= FAR else from_day(day)


def _number(raw: int | None) -> int | None:
    return None if raw is None or raw == NONE else raw


def due_first(lines: Iterable[Line]) -> list[Line]:
    """What is due first on top; without a day last; what was asked for by the day it was asked."""
    return sorted(
        lines,
        key=lambda line: (
            line.due or date.max,
            line.asked_on or date.max,
            line.start or date.max,
            line.norm,
            line.course,
        ),
    )
