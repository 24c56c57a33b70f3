"""The library in five lines: the law, a rulebook, a case, its duties; with days as text or dates.

``import fodfaeste as ff`` gives these names. Whoever needs more uses the rooms below: ``fodfaeste.reasoning``,
``fodfaeste.rulebook``, ``fodfaeste.facts``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fodfaeste import reasoning, rulebook
from fodfaeste.facts import Case, View, read_case, view_case
from fodfaeste.foundation import Problem, ProblemError, from_day, parse_day, to_day
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.lawfiles import open_law, with_regime_files
from fodfaeste.interfaces.overview import group_of
from fodfaeste.interfaces.wording import (
    Language,
    Sentences,
    deadline_text,
    flip_text,
    progress_text,
    question_text,
    status_text,
    words_of,
)
from fodfaeste.reasoning import Explanation, Flip, Outcome, Question, Status
from fodfaeste.rulebook import Law, Rulebook

Day = str | date | int
"""A day: ``2024-01-31`` (or any date), a ``date``, or whole days since 1970."""


def load(folder: Path | str | None = None) -> Law:
    """The law: the folder given, else $FODFAESTE_LAW, else the law that comes along. Read once.

    Raises ProblemError with every problem at once.
    """
    return _load(None if folder is None else str(folder))


@cache
def _load(folder: str | None) -> Law:
    return open_law(folder)


def resolve(law: Law, on: Day, place: str | None = None, regimes: Iterable[str] | None = None) -> Rulebook:
    """The law in force on a day, at a place, under regimes named by id or file (None: those in force there and then).

    Raises ResolveError, one sentence, for a place or regime that does not exist or does not fit the day.
    """
    ids = None
    if regimes is not None:
        law, ids = with_regime_files(law, [regimes] if isinstance(regimes, str) else regimes)
    return rulebook.resolve(law, day_of(on), place, ids)


def read(source: Path | str | dict[str, Any], law: Law | None = None) -> Case:
    """One case, from a file or from what JSON gave. Raises ProblemError with every problem at once."""
    vocabulary = (law or load()).vocabulary
    if isinstance(source, dict):
        return read_case(source, vocabulary)
    found = read_case_files(Path(source), vocabulary)
    if len(found) != 1:
        told = Problem(str(source), None, "", f"the file holds {len(found)} cases, not one", "use fodfaeste.read_all")
        raise ProblemError([told])
    return found[0]


def read_all(source: Path | str, law: Law | None = None) -> list[Case]:
    """All cases of a file, a folder, or a set of tables. Raises ProblemError with every problem at once."""
    return read_case_files(Path(source), (law or load()).vocabulary)


@dataclass(frozen=True)
class Duty:
    """A duty in a case. ``str()`` of it is one readable line; ``why`` one or two sentences."""

    norm: str
    label: str
    ref: str
    owed_by: str | None
    outcome: Outcome
    why: tuple[str, ...]
    text: str = field(repr=False)

    @property
    def status(self) -> str:
        """late, open, unknown, not_yet, met, met_late, paused, waived, lapsed, breached or standing."""
        return self.outcome.status.word if self.outcome.status is not None else "unknown"

    @property
    def due(self) -> date | None:
        """The last day."""
        return self.outcome.due

    def __str__(self) -> str:
        return self.text


def duties(book: Rulebook, case: Case, on: Day | None = None, lang: Language = "da") -> list[Duty]:
    """Every duty and demand that may apply to the case, what is late first, then by last day."""
    view = _view(book, case, on)
    found = [
        one for explained in reasoning.explain_all(book, view).values() for one in explained
        if one.outcome.status is not None and group_of(one) is not None
    ]  # fmt: skip
    words = words_of(book, lang)
    sentences = Sentences(words, book)
    return [_duty(one, sentences, from_day(view.on)) for one in sorted(found, key=_order)]


_ORDER = (Status.LATE, Status.BREACHED, Status.OPEN, Status.UNKNOWN, Status.PAUSED, Status.NOT_YET)


def _order(one: Explanation) -> tuple[Any, ...]:
    status = one.outcome.status or Status.UNKNOWN
    return (_ORDER.index(status) if status in _ORDER else len(_ORDER), one.outcome.due or date.max, one.norm.id)


def _duty(one: Explanation, sentences: Sentences, on: date) -> Duty:
    words, norm = sentences.words, one.norm
    assert one.outcome.status is not None
    label = words.norm(norm.id)
    told = [
        status_text(one.outcome.status, words),
        deadline_text(one.outcome, on, words),
        progress_text(one.outcome, words),
    ]
    text = f"{label} ({norm.ref}): {', '.join(part for part in told if part)}"
    return Duty(norm.id, label, norm.ref, norm.norm.owed_by, one.outcome, tuple(sentences.why(one)), text)


@dataclass(frozen=True)
class Reason:
    """Why a norm came out as it did: sentences, and everything behind them. ``str()`` gives the sentences."""

    outcome: Outcome
    why: tuple[str, ...]
    explanation: Explanation = field(repr=False)

    def __str__(self) -> str:
        return " ".join(self.why)


def explain(book: Rulebook, case: Case, norm: str, on: Day | None = None, lang: Language = "da") -> list[Reason]:
    """Why a norm came out as it did: one reason, or one per item of an ``each`` norm. Raises KeyError."""
    sentences = Sentences(words_of(book, lang), book)
    return [
        Reason(one.outcome, tuple(sentences.why(one)), one)
        for one in reasoning.explain(book, _view(book, case, on), norm)
    ]


@dataclass(frozen=True)
class Change:
    """A change that would flip an answer. ``str()`` of it is a sentence."""

    text: str
    flip: Flip = field(repr=False)

    def __str__(self) -> str:
        return self.text


def contrast(book: Rulebook, case: Case, norm: str, on: Day | None = None, lang: Language = "da") -> list[Change]:
    """The nearest changes that would flip a norm, nearest first. Raises KeyError."""
    words = words_of(book, lang)
    flips = reasoning.contrast(book, _view(book, case, on), norm)
    return [Change(flip_text(flip, words, book.norms[norm].norm.type), flip) for flip in flips]


@dataclass(frozen=True)
class Asked:
    """A question worth asking, and the norms that wait for it. ``str()`` of it is the question."""

    text: str
    norms: tuple[str, ...]
    question: Question = field(repr=False)

    def __str__(self) -> str:
        return self.text


def ask(
    book: Rulebook, case: Case, norms: Iterable[str] | None = None, on: Day | None = None, lang: Language = "da"
) -> list[Asked]:
    """The unknown facts that matter to these norms (all duties and demands when none are named), most telling first."""
    view = _view(book, case, on)
    if norms is None:
        norms = [norm.id for norm in book.norms.values() if norm.must is not None or norm.requires is not None]
    words = words_of(book, lang)
    found = reasoning.ask(book, view, [norms] if isinstance(norms, str) else norms)
    return [Asked(question_text(question, words), question.norms, question) for question in found]


def receipt(book: Rulebook, case: Case, norm: str, on: Day | None = None) -> dict[str, Any]:
    """What an answer rested on, to be stored with it: rulebook, norms, facts, outcome; hashed. Raises KeyError."""
    return reasoning.receipt(book, _view(book, case, on), norm)


def _view(book: Rulebook, case: Case, on: Day | None) -> View:
    return view_case(case, book.vocabulary, book.day if on is None else day_of(on))


def day_of(day: Day) -> int:
    """A day as whole days since 1970. ValueError, one sentence, for a text that is no date."""
    if isinstance(day, int):
        return day
    return to_day(day) if isinstance(day, date) else parse_day(day)
