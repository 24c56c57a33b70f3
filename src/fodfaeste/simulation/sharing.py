"""Calendars of many rulebooks on the same day: a course in which two of them ask the same is gone through once.

Municipalities may each have rules of their own, and most of those touch a few courses. A calendar holds for another
rulebook if every duty that left a trace in it stands there unchanged, down to all it reads, and no duty that is new
there would have asked anything in the same course. Both are found out, neither is assumed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from fodfaeste.facts.view import View
from fodfaeste.reasoning.generated import closure
from fodfaeste.rulebook import Rulebook
from fodfaeste.simulation.calendar import Asking, Calendar, duties_of, only
from fodfaeste.simulation.situations import Records, Situation, courses


@dataclass
class _Known:
    """A calendar, the duties that left a trace in it, and what is known of duties of other books that are not in it."""

    calendar: Calendar
    traced: dict[str, str]
    silent: dict[tuple[str, str], bool]
    views: list[View] = field(default_factory=list)


@dataclass
class _Book:
    """A rulebook, the hash of each of its duties, and those that the first book of the day does not have like this."""

    book: Rulebook
    keys: dict[str, str]
    new: list[str]
    whole: Asking | None = None
    part: Asking | None = None


class Shared:
    """Calendars of every course under rulebooks of one day and the same figures."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._known: dict[Situation, list[_Known]] = {}
        self._first: _Book | None = None
        self.gone_through = 0
        """How many courses were asked about week by week; the others were found to be alike."""

    def calendars(self, books: Sequence[Rulebook]) -> list[list[Calendar]]:
        """By rulebook the calendar of every course, in the order of their numbers."""
        given = [self._read(book) for book in books]
        found: list[list[Calendar]] = [[] for _ in given]
        for one in courses():
            there = self._known.setdefault(one, [])
            for number, book in enumerate(given):
                known = next((each for each in there if self._holds(each, one, book)), None)
                if known is None:
                    known = self._gone_through(one, book)
                    there.append(known)
                found[number].append(known.calendar)
            for known in there:
                known.views.clear()
        return found

    def _read(self, book: Rulebook) -> _Book:
        keys = duty_keys(book)
        if self._first is None:
            self._first = _Book(book, keys, [])
        first = self._first.keys
        return _Book(book, keys, [id_ for id_, key in keys.items() if first.get(id_) != key])

    def _part(self, book: _Book) -> Asking:
        """Asks about the duties the first book does not have like this."""
        book.part = book.part or Asking(only(book.book, book.new), self.records)
        return book.part

    def _whole(self, book: _Book) -> Asking:
        """Asks about all duties; where they are as in the first book, that one's answers are taken."""
        first = self._first
        assert first is not None
        first.whole = first.whole or Asking(first.book, self.records)
        if book.whole is None:
            parts = [self._part(book)] if book.new else []
            alike = book.keys == first.keys
            book.whole = first.whole if alike else Asking(book.book, self.records, None, [*parts, first.whole])
        return book.whole

    def _gone_through(self, one: Situation, book: _Book) -> _Known:
        made = self._whole(book).calendar(one)
        self.gone_through += 1
        silent = {(id_, key): True for id_, key in book.keys.items() if id_ not in made.asked}
        return _Known(made, {id_: book.keys[id_] for id_ in made.asked}, silent)

    def _holds(self, known: _Known, one: Situation, book: _Book) -> bool:
        if any(book.keys.get(id_) != key for id_, key in known.traced.items()):
            return False
        others = [item for item in book.keys.items() if item[0] not in known.traced]
        if any(known.silent.get(item) is False for item in others):
            return False
        if any(item not in known.silent for item in others):
            self._listen(known, one, book, dict(others))
        return all(known.silent[item] for item in others)

    def _listen(self, known: _Known, one: Situation, book: _Book, others: dict[str, str]) -> None:
        """Find out which duties of the book would ask nothing in a course that goes as the calendar says."""
        unheard = [id_ for id_, key in others.items() if (id_, key) not in known.silent]
        first = set(unheard) - set(book.new)
        # only a course in which the first book itself goes another way leaves duties of its own unheard
        asking = Asking(only(book.book, unheard), self.records) if first else self._part(book)
        if not known.views:
            known.views = asking.views(one, known.calendar)
        loud = asking.loud(one, known.views, unheard)
        known.silent.update({(id_, others[id_]): id_ not in loud for id_ in unheard})


def duty_keys(book: Rulebook) -> dict[str, str]:
    """By duty of the clock: a hash of it and of everything it reads."""
    return {
        norm.id: hashlib.sha256(
            "\n".join(f"{id_}={book.norms[id_].digest}" for id_ in sorted(closure(book, norm.id))).encode()
        ).hexdigest()
        for norm in duties_of(book)
    }  # fmt: skip
