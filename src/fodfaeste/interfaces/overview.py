"""What applies in a case, in the order a person asks: late, open, unknown, later, met, rights, what is left open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from fodfaeste.facts import View
from fodfaeste.foundation import from_day
from fodfaeste.reasoning import Explanation, Flip, Question, Status, ask, contrast, explain_all
from fodfaeste.rulebook import Rulebook


class Group(Enum):
    """Where an answer stands in the overview; the order is the order of reading."""

    LATE = "late"
    OPEN = "open"
    UNKNOWN = "unknown"
    LATER = "later"
    MET = "met"
    ASIDE = "aside"
    RIGHTS = "rights"
    LEFT_OPEN = "left_open"
    SANCTIONS = "sanctions"
    STANDING = "standing"


_OF_STATUS = {
    Status.LATE: Group.LATE,
    Status.BREACHED: Group.LATE,
    Status.OPEN: Group.OPEN,
    Status.UNKNOWN: Group.UNKNOWN,
    Status.NOT_YET: Group.LATER,
    Status.MET: Group.MET,
    Status.MET_LATE: Group.MET,
    Status.WAIVED: Group.ASIDE,
    Status.PAUSED: Group.ASIDE,
    Status.LAPSED: Group.ASIDE,
    Status.STANDING: Group.STANDING,
}
_OF_KIND = {"right": Group.RIGHTS, "power": Group.LEFT_OPEN, "sanction": Group.SANCTIONS}
_CONTRASTED = (Group.LATE, Group.OPEN, Group.UNKNOWN)
_FAR = date.max
_MANY = 1000


@dataclass(frozen=True)
class Entry:
    """One answer of the overview, with the nearest change that would flip it."""

    explanation: Explanation
    group: Group
    nearest: Flip | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What the answer is about: the norm, and the spell or event it is judged for."""
        item = self.explanation.item or {}
        return (self.explanation.norm.id, ";".join(f"{k}={item[k]}" for k in sorted(item) if k != "to"))


@dataclass(frozen=True)
class Overview:
    """All that applies in a case on a day, and what to ask about the rest."""

    rulebook: Rulebook
    on: date
    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]

    def of(self, group: Group) -> list[Entry]:
        """The entries of a group, what is due first on top."""
        return [entry for entry in self.entries if entry.group == group]


def overview(rulebook: Rulebook, view: View, contrasts: bool = True) -> Overview:
    """Everything that applies to the case, grouped; with ``contrasts`` also the nearest change of what needs action."""
    entries = [
        Entry(one, group, nearest(rulebook, view, one) if contrasts and group in _CONTRASTED else None)
        for found in explain_all(rulebook, view).values()
        for one in found
        if (group := group_of(one)) is not None
    ]
    entries = in_order(entries)
    return Overview(rulebook, from_day(view.on), tuple(entries), waiting_questions(rulebook, view, entries))


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By group, then what is due first."""
    return sorted(entries, key=_order)


def waiting_questions(rulebook: Rulebook, view: View, entries: Iterable[Entry]) -> tuple[Question, ...]:
    """What to ask about the entries that are unknown, the most urgent first."""
    waiting = list(dict.fromkeys(e.explanation.norm.id for e in entries if e.group == Group.UNKNOWN))
    found = ask(rulebook, view, waiting) if waiting else []
    missing = Counter(id_ for question in found for id_ in question.norms)
    return tuple(sorted(found, key=lambda question: _urgency(question, rulebook, missing)))


def _urgency(question: Question, rulebook: Rulebook, missing: Counter[str]) -> tuple[bool, bool, bool, int]:
    """What settles a duty is asked first; then what settles something by itself; what must be judged comes last.

    ``missing`` says of each norm how many answers it waits for.
    """
    settles_duty = any(rulebook.norms[id_].norm.kind == "duty" for id_ in question.norms)
    settles_alone = any(missing[id_] == 1 for id_ in question.norms)
    return (not settles_duty, not settles_alone, question.kind == "judged", -len(question.norms))


def group_of(explanation: Explanation) -> Group | None:
    """The group of an answer; None for what does not apply, and for values others only read."""
    outcome, kind = explanation.outcome, explanation.norm.norm.kind
    if outcome.status is not None:
        return _OF_STATUS.get(outcome.status)
    if kind not in _OF_KIND or outcome.value is False:
        return None
    if outcome.value is None and not (kind == "power" and _waits_for_judgement(explanation)):
        return Group.UNKNOWN
    return _OF_KIND[kind]


def _waits_for_judgement(explanation: Explanation) -> bool:
    """Whether only a person's judgement is missing: then it is left open, not unknown."""
    judged = explanation.norm.version.judged
    missing = [fact for fact in explanation.facts() if fact.value is None]
    return bool(missing) and all(fact.kind == "fact" and fact.name == judged for fact in missing)


def _order(entry: Entry) -> tuple[Any, ...]:
    outcome = entry.explanation.outcome
    rank = list(Group).index(entry.group)
    kind = entry.explanation.norm.norm.kind != "duty"
    when = outcome.due or (outcome.start if entry.group == Group.LATER else None) or _FAR
    return (rank, kind if entry.group == Group.UNKNOWN else False, when, entry.explanation.norm.id)


def nearest(rulebook: Rulebook, view: View, explanation: Explanation) -> Flip | None:
    """The nearest change that would flip the answer: doing what is demanded before anything else."""
    norm = explanation.norm
    if norm.norm.each is not None:
        return None
    flips = contrast(rulebook, view, norm.id, _MANY)
    if norm.must is None:
        return flips[0] if flips else None
    done = [f for f in flips if f.name == norm.must.kind and f.now is None]
    return next(iter([*done, *flips]), None)


@dataclass(frozen=True)
class Difference:
    """One answer on two sides; None where it does not apply. ``same`` when both say the same."""

    norm: str
    before: Entry | None
    after: Entry | None

    @property
    def same(self) -> bool:
        """Whether nothing a person would notice differs."""
        return _noticed(self.before) == _noticed(self.after)


def differences(before: Overview, after: Overview) -> list[Difference]:
    """The two overviews side by side, in the order of the first; what only the second has comes where it belongs."""
    old, new = _by_key(before.entries), _by_key(after.entries)
    keys = sorted({*old, *new}, key=lambda key: _order(old.get(key) or new[key]))
    return [Difference(key[0], old.get(key), new.get(key)) for key in keys]


def _by_key(entries: Iterable[Entry]) -> dict[tuple[str, str], Entry]:
    return {entry.key: entry for entry in entries}


def _noticed(entry: Entry | None) -> tuple[Any, ...] | None:
    if entry is None:
        return None
    o = entry.explanation.outcome
    return (o.status, o.value, o.start, o.due, o.count, o.required, o.met_on, o.promise, entry.explanation.norm.ref)
