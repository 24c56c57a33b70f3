"""Which question comes next about a citizen, and what its answer would settle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.queries import Known
from fodfaeste.interfaces.outline import Outline
from fodfaeste.interfaces.overview import differences
from fodfaeste.interfaces.wording import Words, counted, outcome_text, question_note, question_text, quoted
from fodfaeste.reasoning import Question

_POSTPONED = "asked_later"
_NAMED = 3
_ANSWERABLE = ("fact", "judged", "event", "spell")


@dataclass(frozen=True)
class Asked:
    """A question as the page puts it."""

    key: str
    kind: str
    name: str
    text: str
    note: str
    settles: tuple[str, ...]
    more: int

    @property
    def judged(self) -> bool:
        """Whether only a named person may answer."""
        return self.kind == "judged"

    @property
    def may_be_unknown(self) -> bool:
        """Whether *nobody knows* can be written down: of facts it can."""
        return self.kind in ("fact", "judged")


def key_of(question: Question) -> str:
    """What names a question in an address: ``fact:foedt``."""
    return f"{question.kind}:{question.name}"


def in_turn(questions: Iterable[Question], facts: Iterable[Known], postponed: Collection[str]) -> list[Question]:
    """The questions that can be answered here, in the order to ask them.

    What was answered with *nobody knows*, and what was put off, comes last. What is missing on a single line is
    mended on the line itself.
    """
    unknown = {known.field for known in facts if known.unanswered}
    found = [question for question in questions if question.kind in _ANSWERABLE]
    return sorted(found, key=lambda q: (key_of(q) in postponed, q.name in unknown))


def asked(question: Question, words: Words) -> Asked:
    """A question in the language of the words."""
    labels = list(dict.fromkeys(words.norm(id_) for id_ in question.norms))
    return Asked(
        key_of(question),
        question.kind,
        question.name,
        question_text(question, words),
        question_note(question, words),
        tuple(labels[:_NAMED]),
        max(len(labels) - _NAMED, 0),
    )


def postponed_of(session: Mapping[str, Any], course: Course) -> list[str]:
    """Keys of the questions put off in this session."""
    return list(session.get(_POSTPONED, {}).get(str(course.pk), ()))


def postpone(session: MutableMapping[str, Any], course: Course, key: str) -> None:
    """Ask it again when all others were asked: what was put off first comes first."""
    kept = [one for one in postponed_of(session, course) if one != key]
    session[_POSTPONED] = {**session.get(_POSTPONED, {}), str(course.pk): [*kept, key]}


def settled_text(before: Outline, after: Outline, words: Words) -> str:
    """What an answer changed, in a sentence: the first few norms by name, the rest as a number."""
    changed = [one for one in differences(before, after) if not one.same]
    if not changed:
        return words.pick("Svaret ændrer ikke, hvad der gælder.", "The answer does not change what applies.")
    told = []
    for one in changed[:_NAMED]:
        entry = one.after
        said = words.pick("gælder ikke", "does not apply")
        if entry is not None:
            said = outcome_text(entry.explanation.outcome, words, entry.explanation.norm.norm.type)
        told.append(f"{quoted(words.norm(one.norm), words.lang)}: {said}")
    more = len(changed) - len(told)
    rest = words.pick(f" Og {counted(more, 'regel', 'regler')} mere.", f" And {counted(more, 'norm', 'norms')} more.")
    head = words.pick("Det ændrer: ", "This changes: ")
    return f"{head}{'; '.join(told)}.{rest if more else ''}"
