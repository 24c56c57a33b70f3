"""The clocks of the law at a change of benefit or target group: which begin again, begin, stop, or run on.

Judged, not listed: the case with and without the change is asked of every duty and every day the law counts from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from fodfaeste.facts import Case, View, view_case
from fodfaeste.foundation import FAR, from_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import Words, raised
from fodfaeste.reasoning import Outcome, Status, judge_of, outcome
from fodfaeste.rulebook import ResolvedNorm, Rulebook

_RUNS = (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED, Status.UNKNOWN)
_DONE = (Status.MET, Status.MET_LATE, Status.BREACHED)


class What(Enum):
    """What becomes of a clock; the order is the order of reading."""

    RESTARTS = "restarts"
    MOVES = "moves"
    BEGINS = "begins"
    STOPS = "stops"
    RUNS_ON = "runs-on"


@dataclass(frozen=True)
class Clock:
    """One clock: the rule it belongs to, its section, and from when to when it runs before and after.

    ``counted`` is true of the days the law counts from, false of the duties that are due.
    """

    what: What
    norm: str
    label: str
    ref: str
    address: str
    counted: bool
    before: str
    after: str


@dataclass(frozen=True)
class Clocks:
    """Every clock that runs on one side or the other."""

    all: tuple[Clock, ...]

    def of(self, *what: What) -> list[Clock]:
        """The clocks of some fates."""
        return [clock for clock in self.all if clock.what in what]

    @property
    def changed(self) -> list[Clock]:
        """What a caseworker and a citizen must know of before the change is saved."""
        return self.of(What.RESTARTS, What.MOVES, What.BEGINS, What.STOPS)

    @property
    def parts(self) -> list[tuple[What, list[Clock]]]:
        """The changed clocks by what becomes of them."""
        return [(what, found) for what in What if what != What.RUNS_ON and (found := self.of(what))]

    @property
    def running_on(self) -> list[Clock]:
        """What goes on as before."""
        return self.of(What.RUNS_ON)


def clocks_between(book: Rulebook, earlier: Case, later: Case, words: Words) -> Clocks:
    """The clocks of a case before and after a change, under a rulebook and on its day."""
    old, new = (_clocks(book, view_case(case, book.vocabulary, book.day)) for case in (earlier, later))
    found = [
        clock
        for key in dict.fromkeys([*old, *new])
        if (clock := _clock(book.norms[key[0]], old.get(key), new.get(key), words)) is not None
    ]
    return Clocks(tuple(sorted(found, key=lambda one: (list(What).index(one.what), not one.counted, one.ref))))


@dataclass(frozen=True)
class _Hand:
    """Where a clock stands: from, to, and whether it runs or has run out."""

    start: date | None
    due: date | None
    status: Status | None

    @property
    def ticks(self) -> bool:
        """Whether it is a clock at all: what always applies has no time, and what does not apply has no hands."""
        if self.status is None or self.status == Status.UNKNOWN:
            return True
        return self.status in (*_RUNS, *_DONE) and (self.start is not None or self.due is not None)


def _clocks(book: Rulebook, view: View) -> dict[tuple[str, int], _Hand]:
    found: dict[tuple[str, int], _Hand] = {}
    for norm, raw in zip(book.norms.values(), judge_of(book).all(view), strict=True):
        if norm.absent:
            continue
        if _counts_from(norm):
            hand = _of_day(raw)
            if hand is not None:
                found[(norm.id, 0)] = hand
        elif norm.must is not None and norm.must.form != "not_before":
            found |= {
                (norm.id, key): _of_duty(outcome(norm, one, book.vocabulary)) for key, one in _each(norm, raw, view)
            }
    return {key: hand for key, hand in found.items() if hand.ticks}


def _counts_from(norm: ResolvedNorm) -> bool:
    """A named day that other rules count from."""
    return norm.norm.kind == "definition" and norm.norm.type == "date" and norm.norm.each is None


def _of_day(raw: Any) -> _Hand | None:
    day = raw[0]
    if day is None or abs(day) >= FAR:
        return None
    try:
        return _Hand(from_day(day), None, None)
    except (OverflowError, ValueError):
        return None  # never, or always


def _of_duty(one: Outcome) -> _Hand:
    return _Hand(one.start, one.due, one.status)


def _each(norm: ResolvedNorm, raw: Any, view: View) -> Iterator[tuple[int, Any]]:
    if norm.norm.each is None:
        yield 0, raw
        return
    kind = norm.norm.each
    rows: list[Any] = view.spells[kind] if kind in view.spells else view.events[kind]
    for row, one in zip(rows, raw, strict=True):
        yield row[0], one


def _clock(norm: ResolvedNorm, before: _Hand | None, after: _Hand | None, words: Words) -> Clock | None:
    what = _fate(before, after)
    if what is None:
        return None
    label, address = raised(words.norm(norm.id)), norm_address(norm.id, rulebooks.law())
    said = _told(before, words), _told(after, words)
    return Clock(what, norm.id, label, norm.ref, address, _counts_from(norm), *said)


def _fate(before: _Hand | None, after: _Hand | None) -> What | None:
    runs_before = before is not None and before.status not in _DONE
    runs_after = after is not None and after.status not in _DONE
    if before is None:
        return What.BEGINS if runs_after else None
    if after is None:
        return What.STOPS if runs_before else None
    if not runs_before and not runs_after:
        return None
    if before.start is not None and after.start is not None and before.start < after.start:
        return What.RESTARTS
    if before.start != after.start or before.due != after.due or before.status != after.status:
        return What.MOVES
    return What.RUNS_ON


def _told(hand: _Hand | None, words: Words) -> str:
    if hand is None:
        return ""
    if hand.status is None:
        return "" if hand.start is None else words.day(hand.start)
    if hand.status == Status.UNKNOWN:
        return words.pick("afgøres af oplysninger, der mangler", "depends on facts that are missing")
    parts = []
    if hand.start is not None:
        parts.append(words.pick(f"fra {words.day(hand.start)}", f"from {words.day(hand.start)}"))
    if hand.due is not None:
        parts.append(words.pick(f"senest {words.day(hand.due)}", f"by {words.day(hand.due)}"))
    return ", ".join(parts)
