"""The law as tables: for each rulebook of a run, what falls due and is done in each week of each kind of course."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import kommuner
from fodfaeste.rulebook import Law, ResolvedNorm, Rulebook, municipality, resolve
from fodfaeste.simulation.behaviour import IN_THE_LAW
from fodfaeste.simulation.calendar import Calendar, duties_of, duties_to_any, only
from fodfaeste.simulation.rates import ONE
from fodfaeste.simulation.sharing import Shared
from fodfaeste.simulation.situations import DAYS_A_WEEK, Records, courses, situations

Array = npt.NDArray[Any]

FALLS, ACT = 0, 1
"""Kinds of rows."""

_WHOLE = 10_000


@dataclass(frozen=True)
class Side:
    """One of the laws that are compared: on which day (None: as it develops), under which regimes, and where others.

    ``regimes`` None are those in force by themselves; ``places`` gives municipalities regimes of their own.
    """

    name: str
    day: int | None = None
    regimes: tuple[str, ...] | None = ()
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Listed:
    """A duty as it is shown: where it stands, who owes it, and what it is."""

    norm: str
    ref: str
    owed_by: str
    label: dict[str, str]
    act: str
    digest: str = ""


@dataclass(frozen=True)
class LawTables:
    """Rows of all tables. Those of table t, course g and week w are ``at[t, g, w]`` to ``at[t, g, w + 1]``.

    A row is of ``kind`` FALLS (``ref`` numbers a duty) or ACT (``ref`` numbers an act), in ``week`` of the course;
    ``exempt`` is the chance in 2**-32 that an office leaves the person out of it. ``which[side, kommune, week]`` is the
    table in force. ``case[s, t]`` is the course of the case behind a move from state s to t (-1: none), which was
    under way ``case_weeks``. ``unknown`` are duties that rest on what no course has on record, ``unasked`` those to
    items of which no number is known; ``books`` the rulebooks' digests.
    """

    at: Array
    kind: Array
    ref: Array
    week: Array
    exempt: Array
    which: Array
    case: Array
    case_weeks: int
    duties: tuple[Listed, ...]
    acts: tuple[str, ...]
    unknown: tuple[str, ...]
    unasked: tuple[str, ...]
    books: tuple[str, ...]


def tables(law: Law, sides: Sequence[Side], start: int, weeks: int, models: Mapping[str, Any]) -> LawTables:
    """Everything the clock needs of the law from Monday ``start`` on. ResolveError for a regime that is not there."""
    books: dict[str, Rulebook] = {}
    which = np.zeros((len(sides), len(kommuner()), weeks), np.int16)
    for number, side in enumerate(sides):
        for places, regimes in _groups(law, side):
            for first, day in _periods(law, side, regimes, start, weeks):
                book = _book(law, day, regimes, places)
                digest = book.digest
                books.setdefault(digest, book)
                which[number, _numbers(law, places), first:] = list(books).index(digest)
    offices = models["offices"]
    return _laid_out(
        _courses(books, _figures(models)),
        which,
        float(offices["exemption"]["value"]),
        int(offices["case_weeks"]["value"]),
    )


def acts() -> tuple[str, ...]:
    """What acts are counted as, in the order of their numbers."""
    return tuple(situations()["act_names"])


def _figures(models: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    offices = models["offices"]
    return tuple((name, float(offices[name]["value"])) for name in IN_THE_LAW)


_CALENDARS: dict[tuple[str, int, tuple[tuple[str, float], ...]], list[Calendar]] = {}
_SHARED: dict[tuple[int, str, tuple[tuple[str, float], ...]], Shared] = {}


def _courses(
    books: Mapping[str, Rulebook], figures: tuple[tuple[str, float], ...]
) -> list[tuple[Rulebook, list[Calendar]]]:  # fmt: skip
    """Each rulebook, and the calendar of every course; gone through once where those of a day ask the same."""
    days: dict[tuple[int, str], dict[str, Rulebook]] = {}
    for digest, book in books.items():
        if (digest, book.day, figures) not in _CALENDARS:
            days.setdefault((book.day, book.vocabulary.digest), {})[digest] = book
    for (day, words), there in days.items():
        one = next(iter(there.values()))
        shared = _SHARED.setdefault((day, words, figures), Shared(Records(one.vocabulary, dict(figures))))
        for digest, calendars in zip(there, shared.calendars(list(there.values())), strict=True):
            _CALENDARS[digest, day, figures] = calendars
    return [(book, _CALENDARS[digest, book.day, figures]) for digest, book in books.items()]


def _groups(law: Law, side: Side) -> list[tuple[tuple[str, ...], tuple[str, ...] | None]]:
    """Municipalities that share regimes; the empty group is all others."""
    groups: dict[tuple[str, ...] | None, list[str]] = {}
    for place, regimes in side.places:
        groups.setdefault(regimes, []).append(municipality(law, place))
    return [((), side.regimes), *((tuple(places), regimes) for regimes, places in groups.items())]


def _numbers(law: Law, places: tuple[str, ...]) -> list[int]:
    if not places:
        return list(range(len(kommuner())))
    codes = {int(law.municipalities[place]["code"]) for place in places}
    return [i for i, one in enumerate(kommuner()) if one.code in codes]


def _book(law: Law, day: int, regimes: tuple[str, ...] | None, places: tuple[str, ...]) -> Rulebook:
    """The part of a rulebook that decides duties of offices, without regimes that do not run on the day."""
    there = regimes if regimes is None else tuple(one for one in regimes if _runs(law, one, day))
    whole = resolve(law, day, places[0] if places else None, there)
    return only(whole, [norm.id for norm in (*duties_to_any(whole), *_quotas(whole))])


def _runs(law: Law, regime: str, day: int) -> bool:
    known = law.regimes.get(regime)
    return known is None or known.window.covers(day)  # one that is not known is refused by resolve


def _quotas(book: Rulebook) -> list[ResolvedNorm]:
    return [norm for norm in book.norms.values() if norm.norm.kind == "quota" and not norm.absent]


def _periods(
    law: Law, side: Side, regimes: tuple[str, ...] | None, start: int, weeks: int
) -> list[tuple[int, int]]:  # fmt: skip
    """The first week of each stretch in which nothing changes, and the day its rulebook is asked about."""
    if side.day is not None:
        return [(0, side.day)]
    end = start + DAYS_A_WEEK * weeks
    spans = [version.span for norm in law.norms.values() for version in norm.versions]
    spans += [law.regimes[one].window for one in regimes or () if one in law.regimes]
    days = {span.first for span in spans if span.first is not None}
    days |= {span.last + 1 for span in spans if span.last is not None}
    changes = {-(-(day - start) // DAYS_A_WEEK) for day in days if start < day < end}
    return [(week, start + DAYS_A_WEEK * week) for week in sorted({0, *(one for one in changes if one < weeks)})]


def _laid_out(
    found: list[tuple[Rulebook, list[Calendar]]], which: Array, used: float, case_weeks: int
) -> LawTables:  # fmt: skip
    """All calendars as rows that stand by table, course and week; those that are one calendar share their rows."""
    weeks, listed = int(situations()["weeks"]), _listed(found)
    numbers = {one.norm: i for i, one in enumerate(listed)}
    at = np.zeros((len(found), len(courses()), weeks + 1), np.int32)
    rows: list[tuple[int, int, int, int]] = []
    laid: dict[tuple[int, tuple[tuple[str, int], ...]], Array] = {}
    for table, (book, calendars) in enumerate(found):
        exempt = _exempt(book, used)
        for course, calendar in enumerate(calendars):
            key = (id(calendar), tuple(sorted(exempt.items())))
            if key not in laid:
                laid[key] = _rows_of(calendar, exempt, numbers, weeks, rows)
            at[table, course] = laid[key]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    dtypes = (np.uint8, np.uint16, np.int32, np.int64)
    kind, ref, week_of, exempt_ = (np.array(column, dtype) for column, dtype in zip(columns, dtypes, strict=True))
    return LawTables(
        at, kind, ref, week_of, exempt_, which, case_numbers(), case_weeks, listed, acts(),
        tuple(sorted({id_ for _, calendars in found for one in calendars for id_ in one.unknown})), _unasked(found),
        tuple(book.digest for book, _ in found),
    )  # fmt: skip


def _rows_of(
    calendar: Calendar, exempt: Mapping[str, int], numbers: Mapping[str, int], weeks: int,
    rows: list[tuple[int, int, int, int]],
) -> Array:  # fmt: skip
    """Add the rows of a calendar; where those of each week begin, and after the last where they end."""
    by_week: list[list[tuple[int, int, int, int]]] = [[] for _ in range(weeks)]
    for one in calendar.falling:
        by_week[one.week].append((FALLS, numbers[one.norm], one.week, exempt.get(one.norm, 0)))
    for act in calendar.planned:
        by_week[act.week].append((ACT, acts().index(act.act), act.week, exempt.get(act.norm, 0)))
    at = np.zeros(weeks + 1, np.int32)
    for week, here in enumerate(by_week):
        at[week] = len(rows)
        rows += here
    at[weeks] = len(rows)
    return at


def _unasked(found: list[tuple[Rulebook, list[Calendar]]]) -> tuple[str, ...]:
    """Duties of offices to each of something that no course has."""
    return tuple(
        sorted({norm.id for book, _ in found for norm in duties_to_any(book)}
               - {norm.id for book, _ in found for norm in duties_of(book)})
    )  # fmt: skip


def _listed(found: list[tuple[Rulebook, list[Calendar]]]) -> tuple[Listed, ...]:
    """The duties that fall due in any course, in order of id."""
    from fodfaeste.simulation.calendar import act_name

    norms: dict[str, ResolvedNorm] = {}
    for book, calendars in found:
        for id_ in {one.norm for calendar in calendars for one in calendar.falling}:
            norms[id_] = book.norms[id_]
    return tuple(
        Listed(id_, norm.ref, norm.norm.owed_by or "", norm.norm.label, act_name(norm, norm.must), norm.digest)
        for id_, norm in sorted(norms.items())
        if norm.must is not None
    )


def _exempt(book: Rulebook, used: float) -> dict[str, int]:
    """By duty: the chance that a person is left out of it, where a quota asks it only for a share of a group."""
    return {
        norm.norm.of: int((_WHOLE - norm.version.share) / _WHOLE * used * ONE)
        for norm in _quotas(book)
        if norm.norm.of is not None and norm.version.share is not None
    }


@lru_cache(maxsize=1)
def course_numbers() -> Array:
    """The number in the grid by state × age band × qualified × (recovery + 1) × cut; -1 outside the clock's law."""
    from fodfaeste.population.nation import states
    from fodfaeste.simulation.situations import clocked, number_of

    lengths = len(situations()["recovery"])
    found = np.full((len(states()), 3, 2, lengths + 1, 2), -1, np.int16)
    for state in clocked():
        sick = "recovery" in situations()["states"][state]
        for age in range(3):
            for level in range(2):
                for recovery in range(lengths) if sick else (-1,):
                    for cut in range(2):
                        number = number_of(state, age, bool(level), recovery, bool(cut))
                        found[states().index(state), age, level, recovery + 1, cut] = number
    return found


@lru_cache(maxsize=1)
def case_numbers() -> Array:
    """The number of the case behind a move, by the state before and after; -1 where there is none."""
    from fodfaeste.population.nation import states
    from fodfaeste.simulation.situations import grid

    found = np.full((len(states()), len(states())), -1, np.int16)
    for number, case in enumerate(situations()["cases"].values(), len(grid())):
        for to in case["to"]:
            found[:, states().index(to)] = number
            for source in (*case["not_from"], to):
                found[states().index(source), states().index(to)] = -1
    return found
