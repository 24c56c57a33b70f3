"""Who holds a citizen's contact course on each day, the fund or the municipality, as the rules of each day say.

The norms answer; nothing here knows how long a fund holds a course. Other regimes give other days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fodfaeste.facts import Case, view_case
from fodfaeste.foundation import FAR, from_day, to_day
from fodfaeste.interfaces.lawrows import references_of
from fodfaeste.reasoning import judge_of, outcome
from fodfaeste.rulebook import Law, ResolveError, Rulebook
from fodfaeste.rulebook.norms import Norm

HOLDER, TAKEN_OVER = "kontaktforloeb_hos", "kommune_overtager"
"""Names of the norms that are asked."""

_DAY = timedelta(days=1)
Books = Callable[[date], Rulebook]
"""The rulebook of a day."""


@dataclass(frozen=True)
class Stretch:
    """Days, both included, with one holder; None where what is known does not tell. ``ref`` is the section."""

    first: date
    last: date
    holder: str | None
    ref: str

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1


def holder_on(law: Law, book: Rulebook, case: Case, day: date) -> tuple[str | None, str]:
    """Who holds the course on a day, and the section that says so. The rulebook must be one of the same wordings."""
    norm = book.norms[law.names[HOLDER]]
    raw = judge_of(book).one(view_case(case, book.vocabulary, to_day(day)), norm.id)
    assert isinstance(raw, tuple)
    value = outcome(norm, raw, book.vocabulary).value
    return (None if value is None else str(value)), norm.ref


def stretches(law: Law, books: Books, case: Case, first: date, last: date) -> list[Stretch]:
    """Every day from first to last, each in one stretch. The rulebook is resolved anew only where a wording changes."""
    found: list[Stretch] = []
    for start, end in _eras(law, first, last):
        book = books(start)
        day = start
        while day <= end:
            holder, ref = holder_on(law, book, case, day)
            before = found[-1] if found else None
            if before is not None and (before.holder, before.ref) == (holder, ref):
                found[-1] = Stretch(before.first, day, holder, ref)
            else:
                found.append(Stretch(day, day, holder, ref))
            day += _DAY
    return found


def taken_over(law: Law, book: Rulebook, case: Case) -> date | None:
    """The first day with the municipality as it looks on the rulebook's day; None when it is not in sight."""
    norm = book.norms[law.names[TAKEN_OVER]]
    raw = judge_of(book).one(view_case(case, book.vocabulary, book.day), norm.id)
    assert isinstance(raw, tuple)
    day = raw[0]
    return None if day is None or day >= FAR else from_day(day)


def regimes_about(law: Law) -> list[str]:
    """Ids of the regimes that change who holds the course, or until when."""
    about = _about(law)
    return [
        regime.id
        for regime in law.regimes.values()
        if any(edit.norm in about and edit.op != "add" for edit in regime.edits)
    ]


def resolvable(books: Callable[[], Rulebook]) -> Rulebook | None:
    """A rulebook, or None where a regime does not run that day or does not cover the place."""
    try:
        return books()
    except ResolveError:
        return None


def _about(law: Law) -> set[str]:
    """The days of the hand-over, and what only they read."""
    return {
        law.names[HOLDER],
        law.names[TAKEN_OVER],
        *(id_ for id_ in _read(law, law.names[TAKEN_OVER]) if "akasse" in id_),
    }


def _read(law: Law, id_: str) -> set[str]:
    references, found, waiting = references_of(law), {id_}, [id_]
    while waiting:
        for other in references.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _eras(law: Law, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days from first to last, cut where a norm that the answer rests on gets another wording."""
    read = [law.norms[id_] for id_ in _read(law, law.names[HOLDER])]
    cuts = sorted({day for norm in read for day in _cuts(norm) if first < day <= last})
    starts = [first, *cuts]
    for number, start in enumerate(starts):
        yield start, (starts[number + 1] - _DAY if number + 1 < len(starts) else last)


def _cuts(norm: Norm) -> Iterator[date]:
    for version in norm.versions:
        if version.span.first is not None:
            yield from_day(version.span.first)
        if version.span.last is not None:
            yield from_day(version.span.last) + _DAY
