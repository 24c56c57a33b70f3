"""What differs between two answers to the same case: under two sets of law, or on two days.

A change of law and the mere passing of time are told apart by what is compared: two rulebooks on the same view of the
case show what the law does; one rulebook on two views shows what time does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fodfaeste.facts import View
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawrows import between_authorities
from fodfaeste.interfaces.wording import Words, outcome_text, progress_text
from fodfaeste.reasoning import Outcome, Status, judge_of, outcome
from fodfaeste.reasoning.generated import closure, items
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import ResolvedNorm, Rulebook
from fodfaeste.rulebook.norms import PREDICATES

WHATS = ("new", "gone", "due", "number", "answer", "unsure")
"""How an answer can differ: there is one now, there is none any more, another last day, another number, else; or it
may differ, and what is known of the case does not settle it."""

_KINDS = ("duty", "condition", "right", "sanction", "power", "quota", "definition", "rate")
UNSURE = WHATS.index("unsure")
_UNKNOWN = 1  # a status, and a truth

_PROMISED = 6  # where a raw outcome holds its promise
_TOLD = (0, 2, 4, _PROMISED)  # status, last day, number demanded, promise: what a person would notice


Answers = Sequence[Raw | list[Raw]]
"""Raw answers of all norms, in the rulebook's order."""


@dataclass(frozen=True)
class Pair:
    """A norm that somebody would notice, and where it stands in the answers of either side (None: not in force)."""

    norm: ResolvedNorm
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Effect:
    """One answer that differs. ``item`` is the first day of the spell or event it is about, if it is about one."""

    norm: ResolvedNorm
    item: date | None
    what: str
    before: Outcome | None
    after: Outcome | None


class Found(Protocol):
    """The effects in many cases, however they were found. Cases go by whatever number they were given with."""

    @property
    def total(self) -> int:
        """How many cases were judged."""

    @property
    def norms(self) -> Collection[str]:
        """The norms in which cases differ."""

    def cases(self, norms: Collection[str] | None = None) -> list[int]:
        """The cases that differ (in one of these norms), or may: those that surely differ most first."""

    def count(self, norms: Collection[str] | None = None, whats: Collection[str] = WHATS) -> int:
        """How many cases differ in one of these ways (in one of these norms)."""

    def effects(self, cases: Iterable[int]) -> dict[int, list[Effect]]:
        """The effects of some cases, the sure ones first."""


@dataclass(frozen=True)
class Singly:
    """Effects found case by case."""

    found: Mapping[int, list[Effect]]

    @property
    def total(self) -> int:
        """How many cases were judged."""
        return len(self.found)

    @property
    def norms(self) -> set[str]:
        """The norms in which cases differ."""
        return {one.norm.id for made in self.found.values() for one in made}

    def cases(self, norms: Collection[str] | None = None) -> list[int]:
        """The cases that differ, those that surely differ most first."""
        sizes = {
            case: Counter(one.what == "unsure" for one in made if norms is None or one.norm.id in norms)
            for case, made in self.found.items()
        }
        return sorted(
            (case for case, size in sizes.items() if size),
            key=lambda case: (-sizes[case][False], -sizes[case][True], case),
        )

    def count(self, norms: Collection[str] | None = None, whats: Collection[str] = WHATS) -> int:
        """How many cases differ in one of these ways."""
        return sum(
            any(one.what in whats and (norms is None or one.norm.id in norms) for one in made)
            for made in self.found.values()
        )

    def effects(self, cases: Iterable[int]) -> dict[int, list[Effect]]:
        """The effects of some cases, the sure ones first."""
        return {case: sorted(self.found.get(case, []), key=order) for case in cases}


def order(effect: Effect) -> tuple[bool, int]:
    """What is sure comes first, and what somebody must do before what she may; the rest keeps its order."""
    return effect.what == "unsure", _KINDS.index(effect.norm.norm.kind)


def pairs(before: Rulebook, after: Rulebook) -> list[Pair]:
    """The norms people are told of, on either side: duties, demands, rights, powers and sanctions."""
    key = f"pairs-{before.digest}"
    found = after.cache.get(key)
    if not isinstance(found, list):
        old = {norm.id: i for i, norm in enumerate(before.norms.values()) if _told(norm)}
        new = {norm.id: i for i, norm in enumerate(after.norms.values()) if _told(norm)}
        found = after.cache[key] = [
            Pair(after.norms[id_] if id_ in new else before.norms[id_], old.get(id_), new.get(id_))
            for id_ in dict.fromkeys([*new, *old])
        ]
    return found


def _told(norm: ResolvedNorm) -> bool:
    if norm.absent or norm.norm.kind == "quota" or between_authorities(norm.norm):
        return False
    return norm.must is not None or norm.requires is not None or norm.norm.kind in (*PREDICATES, "duty")


def effects(before: Rulebook, old: View, after: Rulebook, new: View) -> list[Effect]:
    """What differs between what ``before`` says of the old view and ``after`` of the new one."""
    return _compared(before, judge_of(before).all(old), old, after, judge_of(after).all(new), new)


def law_and_time(before: Rulebook, old: View, after: Rulebook, new: View) -> tuple[list[Effect], list[Effect]]:
    """What the change of law does on the later view, and what time does under the earlier law."""
    earlier, first = judge_of(before).all(old), judge_of(before).all(new)
    law = _compared(before, first, new, after, judge_of(after).all(new), new)
    return law, _compared(before, earlier, old, before, first, new)


def _compared(before: Rulebook, first: Answers, old: View, after: Rulebook, second: Answers, new: View) -> list[Effect]:
    found: list[Effect] = []
    for pair in pairs(before, after):
        one = first[pair.before] if pair.before is not None else None
        other = second[pair.after] if pair.after is not None else None
        if one == other:
            continue
        for position, (left, right) in enumerate(_aligned(one, other)):
            what = differs(left, right)
            if what is not None:
                day = _item(pair.norm, new if other is not None else old, position)
                found.append(effect_of(pair.norm, day, left, right, before, after))
    return found


def effect_of(
    norm: ResolvedNorm, item: date | None, left: Raw | None, right: Raw | None, before: Rulebook, after: Rulebook
) -> Effect:
    """The effect between two raw answers that differ."""
    what = differs(left, right)
    assert what is not None
    return Effect(
        norm,
        item,
        what,
        None if left is None or silent(left) else outcome(before.norms[norm.id], left, before.vocabulary),
        None if right is None or silent(right) else outcome(after.norms[norm.id], right, after.vocabulary),
    )


def differing(before: Rulebook, after: Rulebook) -> list[str]:
    """The norms people are told of in which the two can differ: they, or something they read, are not the same."""
    old = {id_: norm.digest for id_, norm in before.norms.items()}
    new = {id_: norm.digest for id_, norm in after.norms.items()}
    found = []
    for pair in pairs(before, after):
        id_ = pair.norm.id
        if pair.before is not None and pair.after is not None:
            one, other = closure(before, id_), closure(after, id_)
            if one == other and all(old[read] == new[read] for read in one):
                continue
        found.append(id_)
    return found


def differs(left: Raw | None, right: Raw | None) -> str | None:
    """Which of WHATS it is; None when nobody would notice."""
    quiet, hushed = left is None or silent(left), right is None or silent(right)
    if quiet and hushed:
        return None
    one, other = 0 if left is None else left[0], 0 if right is None else right[0]
    if _UNKNOWN in (one, other):
        return None if one == other else "unsure"
    if quiet or hushed:
        return "new" if quiet else "gone"
    assert left is not None
    assert right is not None
    if one != other or len(left) == 1 or len(right) == 1:
        return None if left == right else "answer"
    if all(left[i] == right[i] for i in _TOLD):
        return None
    return "due" if left[2] != right[2] else "number" if left[4] != right[4] else "answer"


def silent(raw: Raw) -> bool:
    """Whether an answer says nothing to anyone: the duty does not apply, the right is not there."""
    return raw[0] == Status.NOT_APPLICABLE


def _aligned(one: Raw | list[Raw] | None, other: Raw | list[Raw] | None) -> Iterator[tuple[Raw | None, Raw | None]]:
    """Answer by answer. Of two lists the later view may hold more at the end, which the earlier had no answer to."""
    left, right = _listed(one), _listed(other)
    size = max(len(left), len(right))
    padded: Iterable[Sequence[Raw | None]] = ([*side, *[None] * (size - len(side))] for side in (left, right))
    yield from zip(*padded, strict=True)


def _listed(raw: Raw | list[Raw] | None) -> list[Raw]:
    return [] if raw is None else raw if isinstance(raw, list) else [raw]


def _item(norm: ResolvedNorm, view: View, position: int) -> date | None:
    if norm.norm.each is None:
        return None
    rows = items(view, norm.norm.each)
    return from_day(rows[position][0]) if position < len(rows) else None


def side_texts(effect: Effect, words: Words) -> tuple[str, str]:
    """Before and after in a few words: what is the same on both sides is said once, what goes without saying not."""
    norm, before, after = effect.norm, effect.before, effect.after
    if effect.what in ("new", "gone") and (after or before) and not _has_status(after or before):
        return "", ""  # a right is there or it is not
    if effect.what in ("number", "due") and before and after:
        was = progress_text(before, words) if effect.what == "number" else _day(before, words)
        return was, side_text(after, norm, words)
    return side_text(before, norm, words), side_text(after, norm, words)


def _has_status(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.status is not None


def _day(outcome: Outcome, words: Words) -> str:
    return words.day(outcome.due) if outcome.due else words.pick("ingen dag", "no day")


def side_text(outcome: Outcome | None, norm: ResolvedNorm, words: Words) -> str:
    """One side of an effect in a few words; empty where there is nothing to say."""
    if outcome is None:
        return ""
    told = [progress_text(outcome, words), outcome_text(outcome, words, norm.norm.type)]
    return ", ".join(part for part in told if part)
