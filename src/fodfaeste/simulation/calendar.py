"""What the law asks in a course, week by week, found by asking the evaluator of one case.

A course is laid so that its week ``w`` begins on the rulebook's own day, and the evaluator says which duties are open.
What falls due is written down; the office does it in time, evenly spread, and the next week is asked with that on
record. So the calendar is the rulebook's, and no rule is written a second time here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fodfaeste.facts.view import View
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import FAR
from fodfaeste.reasoning import Status, judge_of
from fodfaeste.reasoning.generated import Judge, closure
from fodfaeste.reasoning.history import NONE
from fodfaeste.rulebook import ResolvedNorm, Rulebook
from fodfaeste.rulebook.norms import Must
from fodfaeste.simulation.situations import DAYS_A_WEEK, Act, Records, Situation, situations

OFFICES = ("kommune", "a-kasse")
_ASKED = (Status.OPEN, Status.LATE)
_GONE = (Status.NOT_APPLICABLE, Status.WAIVED, Status.LAPSED)
_WORKDAYS = 4  # the Friday of the week, unless the last day comes before it
_NEAR = 1  # a month is not the same number of weeks everywhere: the same duty may fall a week off


@dataclass(frozen=True)
class Falling:
    """A duty that falls due in a week of the course: ``needed`` acts, of which ``planned`` were not planned before."""

    week: int
    norm: str
    needed: int
    planned: int


@dataclass(frozen=True)
class Planned:
    """An act an office that keeps the law does in a week of the course, and the duty it was first planned for."""

    week: int
    norm: str
    act: str


@dataclass
class Calendar:
    """The course of one situation: what falls due, what is done, and which duties rest on what is not known."""

    falling: list[Falling] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    """Every duty that was ever open, late or unknown; no other has left a trace."""


def duties_of(book: Rulebook) -> list[ResolvedNorm]:
    """Duties of offices with a demand that can be counted: to a person as a whole, and to each item the grid has."""
    items = {None, *situations()["items"], *(case["item"] for case in situations()["cases"].values())}
    return [norm for norm in duties_to_any(book) if norm.norm.each in items]


def duties_to_any(book: Rulebook) -> list[ResolvedNorm]:
    """As ``duties_of``, with those to each item of which nobody knows how many there are."""
    return [
        norm for norm in book.norms.values()
        if norm.norm.kind == "duty" and not norm.absent and norm.must is not None
        and norm.norm.owed_by in OFFICES and norm.must.form != "not_before"
    ]  # fmt: skip


def only(book: Rulebook, norms: Sequence[str]) -> Rulebook:
    """The part of a rulebook that decides these norms."""
    wanted = {id_ for norm in norms for id_ in closure(book, norm)}
    kept = {id_: norm for id_, norm in book.norms.items() if id_ in wanted}
    return Rulebook(book.vocabulary, book.day, book.place, book.regimes, kept)


def act_name(norm: ResolvedNorm, must: Must) -> str:
    """What an act that meets the duty is counted as."""
    name = str(situations()["acts"].get(must.kind, "andet"))
    return f"akasse-{name}" if name in ("samtale", "andet") and norm.norm.owed_by == "a-kasse" else name


class Asking:
    """Calendars of one rulebook."""

    def __init__(
        self, book: Rulebook, records: Records, weeks: int | None = None, others: Sequence[Asking] = ()
    ) -> None:  # fmt: skip
        """``weeks`` of each course; those of the grid unless told.

        ``others`` answer for their own duties, the first of them first; the book is asked itself about the rest. They
        must have those duties just as the book has them.
        """
        self.duties = duties_of(book)
        self.records, self.weeks = records, weeks or int(situations()["weeks"])
        self.musts = {norm.id: norm.must for norm in self.duties if norm.must is not None}
        known = {norm.id for one in others for norm in one.duties}
        self.book = book if others else only(book, [norm.id for norm in self.duties])
        own = [norm.id for norm in self.duties if norm.id not in known]
        self.judges: list[Judge] = [one.judges[0] for one in others]
        if own or not others:
            self.judges.append(judge_of(only(book, own)))
        places = [{id_: i for i, id_ in enumerate(judge.rulebook.norms)} for judge in self.judges]
        asked = [{norm.id for norm in one.duties} for one in others]
        self.where = []
        for norm in self.duties:
            judge = next((i for i, ids in enumerate(asked) if norm.id in ids), len(others))
            self.where.append((judge, places[judge][norm.id]))

    def answers(self, view: View) -> list[Any]:
        """The outcome of each duty, in the order of ``duties``; None for one to each of something that is not there."""
        given = [judge.all(view) for judge in self.judges]
        found = []
        for (judge, at), norm in zip(self.where, self.duties, strict=True):
            raw: Any = given[judge][at]
            # a course has one item of a kind: its benefit, its application, its case
            found.append(raw if norm.norm.each is None else raw[0] if raw else None)
        return found

    def calendar(self, one: Situation) -> Calendar:
        """The whole course of a situation."""
        made = Calendar()
        seen: dict[str, tuple[int, int | None]] = {}
        waiting: dict[str, int] = {}
        ours = [(number, norm) for number, norm in enumerate(self.duties) if _for(one, norm)]
        for week in range(self.records.weeks_of(one, self.weeks)):
            done = [act for act in made.acts if act.week < week]
            answers = self.answers(self.records.view(one, self.book.day, week, done))
            asked = []
            for number, norm in ours:
                raw = answers[number]
                if raw is None:
                    continue
                if raw[0] in _GONE and waiting.get(norm.id, -1) >= week:
                    _dropped(made, norm.id, week)
                    del waiting[norm.id], seen[norm.id]
                elif raw[0] in _ASKED:
                    asked.append((self._week(raw[2], week), norm, raw))
                elif raw[0] == Status.UNKNOWN:
                    made.unknown.add(norm.id)
            made.asked.update(norm.id for _, norm, _ in asked)
            for due, norm, raw in sorted(asked, key=lambda one: (week if one[0] is None else one[0], one[1].id)):
                instance = (self._week(raw[1], week) or 0, due)
                idle = week - waiting.get(norm.id, -self.weeks)
                until = week if due is None else max(due, week)
                if idle <= 0 or _same(seen.get(norm.id), instance, idle):
                    if raw[0] == Status.OPEN and norm.must is not None and norm.must.form == "count":
                        self._fill(made, norm, raw, week, until)  # what was planned does not count for it after all
                    continue
                seen[norm.id] = instance
                waiting[norm.id] = self._plan(made, norm, raw, week, until)
        made.asked |= made.unknown
        return made

    def views(self, one: Situation, made: Calendar) -> list[View]:
        """What is on record in each week of a course that goes as ``made``."""
        return [
            self.records.view(one, self.book.day, week, [act for act in made.acts if act.week < week])
            for week in range(self.records.weeks_of(one, self.weeks))
        ]

    def loud(self, one: Situation, views: Sequence[View], norms: Sequence[str]) -> set[str]:
        """Those of the duties that would ask something in some week of a course with these records."""
        wanted, found = set(norms), set()
        left = [(number, norm) for number, norm in enumerate(self.duties) if norm.id in wanted and _for(one, norm)]
        for view in views if left else ():
            answers = self.answers(view)
            found |= {norm.id for number, norm in left if answers[number] is not None and _said(answers[number])}
        return found

    def _week(self, day: int, week: int) -> int | None:
        """The week of the course a day lies in."""
        if day in (FAR, NONE):
            return None
        return (day - self.book.day + DAYS_A_WEEK * week) // DAYS_A_WEEK

    def _plan(self, made: Calendar, norm: ResolvedNorm, raw: Any, week: int, due: int) -> int:
        """Write down what falls due, and plan what is missing; the last week in which something is planned for it."""
        missing, coming = self._fill(made, norm, raw, week, due)
        if due < self.weeks:
            made.falling.append(Falling(due, norm.id, int(raw[4]), missing))
        return due if missing or coming else week

    def _fill(self, made: Calendar, norm: ResolvedNorm, raw: Any, week: int, due: int) -> tuple[int, int]:
        """Plan what is missing evenly until it is due; how many acts that were, and how many were planned before."""
        must = norm.must
        assert must is not None
        held = max(int(raw[3]), 0) if must.form == "count" else 0
        coming = [act for act in made.acts if week <= act.week <= due + _NEAR and _meets(act, must)]
        missing = max(int(raw[4]) - held - len(coming), 0)
        missing -= self._made_to_serve(made, must, week, due, missing)
        last_day = raw[2] - (self.book.day + DAYS_A_WEEK * (due - week)) if raw[2] not in (FAR, NONE) else _WORKDAYS
        last = due - _NEAR if due - week > 2 * _NEAR else due  # an office does not wait for the last week
        for number in range(1, missing + 1):
            at = week + -(-(last - week) * number // missing)
            day = max(min(last_day, _WORKDAYS), 0) if at == due else _WORKDAYS
            made.acts.append(Act(at, day, must.kind, must.spell, _attrs(must, self.book.vocabulary), norm.id))
            if at < self.weeks:
                made.planned.append(Planned(at, norm.id, act_name(norm, must)))
        return missing, len(coming)

    def _made_to_serve(self, made: Calendar, must: Must, week: int, due: int, most: int) -> int:
        """Let acts that are planned anyway serve this duty too, as a talk that is held as a joint one; how many do."""
        served = 0
        for place, act in enumerate(made.acts):
            own = self.musts.get(act.norm)
            if served == most or act.kind != must.kind or not week <= act.week <= due or own is None:
                continue
            other = replace(act, attrs=_with(act.attrs, must))
            if _meets(other, must) and not _meets(act, must) and _meets(other, own):
                made.acts[place] = other
                served += 1
        return served


def _said(raw: Any) -> bool:
    return raw[0] in _ASKED or raw[0] == Status.UNKNOWN


def _for(one: Situation, norm: ResolvedNorm) -> bool:
    """Whether a duty is asked about in a course: a case's own duties in the case alone, all others outside it."""
    case = situations()["cases"].get(one.state)
    cases = {each["item"] for each in situations()["cases"].values()}
    return norm.norm.each == case["item"] if case is not None else norm.norm.each not in cases


def _dropped(made: Calendar, norm: str, week: int) -> None:
    """A duty that applies no more: what was planned for it from this week on is not done."""
    made.falling = [one for one in made.falling if one.norm != norm or one.week < week]
    made.planned = [one for one in made.planned if one.norm != norm or one.week < week]
    made.acts = [one for one in made.acts if one.norm != norm or one.week < week]


def _same(before: tuple[int, int | None] | None, now: tuple[int, int | None], idle: int) -> bool:
    """Whether it is the duty that was seen before, and not the next of its kind.

    One without a last day that opens again some weeks after it was met is the next.
    """
    if before is None or (before[1] is None) != (now[1] is None):
        return False
    if before[1] is None or now[1] is None:
        return idle <= _NEAR
    return abs(before[0] - now[0]) <= _NEAR and abs(before[1] - now[1]) <= _NEAR


def _meets(act: Act, must: Must) -> bool:
    return act.kind == must.kind and all((act.attrs[f.slot] in f.values) == f.keep for f in must.filters)


def _attrs(must: Must, vocabulary: Vocabulary) -> tuple[int | None, ...]:
    """What a record of an act that meets the demand holds; what the demand leaves open is the plain thing."""
    types = (vocabulary.spells if must.spell else vocabulary.events)[must.kind].attrs
    return _with(tuple(_plain(type_, vocabulary) for type_ in types.values()), must)


def _with(attrs: tuple[int | None, ...], must: Must) -> tuple[int | None, ...]:
    """As little else as meets the demand."""
    found = list(attrs)
    for one in must.filters:
        if one.keep:
            found[one.slot] = one.values[0]
        elif found[one.slot] in one.values:
            found[one.slot] = next(code for code in range(len(one.values) + 1) if code not in one.values)
    return tuple(found)


def _plain(type_: str, vocabulary: Vocabulary) -> int | None:
    return 0 if type_ == "bool" or type_ in vocabulary.enums else None
