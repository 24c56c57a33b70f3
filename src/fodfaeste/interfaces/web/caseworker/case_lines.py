"""A case with lines that are not written yet, or without some that are: what would change, and what would be asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from fodfaeste.casework.courses.taking import Line
from fodfaeste.facts import Case, Event, Spell, Vocabulary, make_case, view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.outline import Outline, outline
from fodfaeste.interfaces.overview import Entry, Group, differences
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand
from fodfaeste.interfaces.wording import Words, outcome_text, raised
from fodfaeste.reasoning import Question

ASKABLE = ("fact", "judged")


def with_lines(case: Case, vocabulary: Vocabulary, lines: Iterable[Line], ends: Iterable[Spell] = ()) -> Case:
    """The case as it would be with some lines more. ``ends`` are spells as they would stand after they were ended."""
    ended = {spell.id: spell for spell in ends}
    events = [Event(line.kind, to_day(line.first), line.attrs) for line in lines if not line.spell]
    spells = [
        Spell(line.kind, to_day(line.first), None if line.last is None else to_day(line.last), line.attrs)
        for line in lines
        if line.spell
    ]
    kept = tuple(ended.get(spell.id, spell) if spell.id is not None else spell for spell in case.spells)
    return _made(case, vocabulary, (*case.events, *events), (*kept, *spells))


def without_lines(case: Case, vocabulary: Vocabulary, events: Collection[str], spells: Collection[str]) -> Case:
    """The case as it would be had these lines never been written; what they corrected stands again."""
    return _made(
        case,
        vocabulary,
        tuple(line for line in case.events if line.id not in events),
        tuple(line for line in case.spells if line.id not in spells),
    )


@dataclass(frozen=True)
class Connected:
    """A rule that applies because of what was written: its name, section, and how it stands."""

    norm: str
    label: str
    ref: str
    status: str


@dataclass(frozen=True)
class Foreseen:
    """The case as it would be with some lines more: what the law would ask, and what it connects to them."""

    at_hand: CaseAtHand
    lines: tuple[Line, ...]

    @cached_property
    def found(self) -> Outline:
        """What would apply."""
        later = with_lines(self.at_hand.case, self.at_hand.vocabulary, self.lines)
        return outline(self.at_hand.book, view_case(later, self.at_hand.vocabulary, to_day(self.at_hand.day)), ask=True)

    @property
    def questions(self) -> list[Question]:
        """What would be asked because of the lines: by rules that do not wait for it now, or judge each line."""
        now = {(one.kind, one.name): set(one.norms) for one in self.at_hand.found.questions}
        kinds = {line.kind for line in self.lines}
        norms = self.at_hand.book.norms
        return [
            one
            for one in self.found.questions
            if one.kind in ASKABLE
            and (
                not set(one.norms) <= now.get((one.kind, one.name), set())
                or any(norms[id_].norm.each in kinds for id_ in one.norms)
            )
        ]

    @property
    def connected(self) -> list[Connected]:
        """What the law connects to the lines."""
        return connected(self.at_hand.found, self.found, self.at_hand.words)


def connected(before: Outline, after: Outline, words: Words) -> list[Connected]:
    """The rules that apply after and not before, in the order of reading; never a sanction: none follows by itself."""
    return [
        Connected(one.norm, raised(words.norm(one.norm)), one.after.explanation.norm.ref, _status(one.after, words))
        for one in differences(before, after)
        if one.before is None and one.after is not None and one.after.group != Group.SANCTIONS
    ]


def _status(entry: Entry, words: Words) -> str:
    norm, outcome = entry.explanation.norm, entry.explanation.outcome
    if outcome.status is None and norm.norm.kind in ("right", "power"):
        return words.pick("uvist", "unknown") if outcome.value is None else words.kind_of_norm(norm.norm.kind)
    return outcome_text(outcome, words, norm.norm.type)


def _made(case: Case, vocabulary: Vocabulary, events: tuple[Event, ...], spells: tuple[Spell, ...]) -> Case:
    return make_case(
        vocabulary, case=case.case, municipality=case.municipality, facts=case.facts, spells=spells, events=events,
        unobserved=case.unobserved,
    )  # fmt: skip
