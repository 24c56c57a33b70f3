"""The search for cases in which the law and a mutant of it answer differently."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from fodfaeste.facts.case import read_case
from fodfaeste.facts.view import View, view_case
from fodfaeste.foundation import ProblemError
from fodfaeste.foundation import calendar as cal
from fodfaeste.reasoning.examples import fits, normal
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Law, Rulebook
from fodfaeste.rulebook.norms import Norm, Span
from tests.agreement.chance import reading
from tests.agreement.draft import Draft
from tools.law_mutants.guiding import Guide, ways
from tools.law_mutants.mutants import Mutant, RefusedError, Workshop
from tools.law_mutants.patched import Patch, part_of, targets
from tools.law_mutants.trial import answer
from tools.law_mutants.witnesses import Witness, case_of, day_of

USUAL_DAYS = [cal.day_number(year, month, 14) for month in (10, 4, 12, 7, 2) for year in range(2026, 2004, -1)]
"""Days asked about first, so that many witnesses share one."""

BROKEN = (ArithmeticError, AssertionError, LookupError, TypeError, ValueError)
"""What an evaluator says of a law that is no law."""


@dataclass
class Trial:
    """One mutant on one day: both rulebooks, and the norms that came out differently."""

    old: Rulebook
    new: Rulebook
    norms: list[str]
    guides: dict[str, Guide] = field(default_factory=dict)


class Hunt:
    """The witnesses of a law, norm by norm."""

    def __init__(self, law: Law, seconds: float) -> None:
        self.law, self.seconds = law, seconds
        self.workshop = Workshop(law)
        self.part = part_of(law)
        self.found: list[Witness] = []
        self._near: dict[str, list[tuple[Witness, View]]] = {}
        self._old: dict[tuple[int, str], Rulebook] = {}

    def kills(self, mutant: Mutant) -> bool:
        """Whether a witness tells the mutant from the law: one found before, or one found now."""
        remembered = len(self.law.cache)
        try:
            return self._known(mutant, patch := self.workshop.patch(mutant)) or self._sought(mutant, patch)
        except RefusedError:
            return True
        finally:
            while len(self.law.cache) > remembered:
                self.law.cache.popitem()

    def _known(self, mutant: Mutant, patch: Patch) -> bool:
        books: dict[int, Rulebook] = {}
        for witness, view in self._near.get(mutant.shown, ()):
            if witness.on not in books:
                books[witness.on] = self._rulebook(mutant, patch.changed, witness.on)
            if any(differs(books[witness.on], view, norm, said) for norm, said in witness.expect.items()):
                return True
        return False

    def _rulebook(self, mutant: Mutant, changed: dict[str, Norm], day: int) -> Rulebook:
        watched = set(mutant.norms)
        for id_ in mutant.norms:
            watched |= targets(self.law.norms[id_]) | targets(changed.get(id_, self.law.norms[id_]))
        return self.part(watched & set(self.law.norms), changed, day)

    def _sought(self, mutant: Mutant, patch: Patch) -> bool:
        trials = [trial for day in self._days(mutant, patch) if (trial := self._trial(mutant, patch, day))]
        for trial in trials:
            if self._try(mutant, trial, Draft(self.law.vocabulary, trial.old.day), trial.norms):
                return True
        random, stop, turn = Random(f"{mutant.shown} {mutant.field} {mutant.change.after}"), _stop(self.seconds), 0
        while trials and not stop():
            trial = trials[turn % len(trials)]
            norm = random.choice(trial.norms)
            guide = self._guide(trial, norm, random)
            turn += 1
            try:
                draft = guide.draft(full=turn % 3 == 0)
            except BROKEN:
                continue
            if self._try(mutant, trial, draft, [norm]):
                return True
        return False

    def _guide(self, trial: Trial, norm: str, random: Random) -> Guide:
        if norm not in trial.guides:
            changed = ways(trial.old.norms[norm], trial.new.norms[norm])
            trial.guides[norm] = Guide(trial.old, trial.new, norm, changed, random)
        return trial.guides[norm]

    def _trial(self, mutant: Mutant, patch: Patch, day: int) -> Trial | None:
        key = (day, mutant.shown)
        if key not in self._old:
            self._old[key] = self._rulebook(mutant, {}, day)
        old = self._old[key]
        try:
            new = self._rulebook(mutant, patch.changed, day)
        except BROKEN:
            return None
        both = [id_ for id_ in old.norms if id_ in new.norms]
        norms = [id_ for id_ in both if old.norms[id_].digest != new.norms[id_].digest]
        norms += sorted({*old.norms} ^ {*new.norms})
        if not norms:  # the digest tells words apart, and the words may be the same
            norms = [id_ for id_ in mutant.norms if id_ in both and not old.norms[id_].absent]
        if any(id_ not in both for id_ in norms):
            missing = sorted(id_ for id_ in norms if id_ not in both)
            return Trial(old, new, missing)
        norms = [id_ for id_ in norms if ways(old.norms[id_], new.norms[id_]) or self._demands(old, new, id_)]
        first = [id_ for id_ in norms if id_ in mutant.norms]
        return Trial(old, new, first or norms) if norms else None

    def _demands(self, old: Rulebook, new: Rulebook, id_: str) -> bool:
        a, b = old.norms[id_], new.norms[id_]
        musts = [(must.form, must.kind, must.filters, must.pauses) if must else () for must in (a.must, b.must)]
        return musts[0] != musts[1] or a.absent != b.absent

    def _days(self, mutant: Mutant, patch: Patch) -> list[int]:
        """The days on which the change can be seen."""
        change, days = mutant.change, list[int]()
        norms = [patch.changed[id_] for id_ in mutant.norms]
        governed = any(norm.governed_by is not None for norm in norms)
        if change.sort == "in_force":
            edges = [day_of(change.before), day_of(change.after)]
            days.append(min(edges) if change.path[-1] == "from" else max(edges))
            if not governed:
                return days
            days += usual(Span(days[0] + 30, None), 3)
        if change.sort == "date":
            days += [day_of(text) for part in (change.before, change.after) for text in _days_in(part)]
        for norm in norms[:12]:
            before = set(map(id, self.law.norms[norm.id].versions))
            versions = [v for v in norm.versions if id(v) not in before] or list(norm.versions)
            for version in versions:
                span = Span(version.span.first, None) if governed else version.span
                days += usual(span, 2)
                days += [day for day in (span.last,) if day is not None]
        return list(dict.fromkeys(days))[:8]

    def _try(self, mutant: Mutant, trial: Trial, draft: Draft, norms: list[str]) -> bool:
        for norm in norms:
            if apart(trial, draft.view(), norm):
                witness = self._witness(trial, shrunk(draft, trial, norm), norm)
                if witness is not None:
                    self.found.append(witness[0])
                    for id_ in {mutant.shown, *mutant.norms}:
                        self._near.setdefault(id_, []).append(witness)
                    return True
        return False

    def _witness(self, trial: Trial, draft: Draft, norm: str) -> tuple[Witness, View] | None:
        """The draft as a case file, if it can be read and still tells the two laws apart."""
        case = case_of(draft)
        try:
            read = read_case({"case": "witness", **case}, self.law.vocabulary)
        except ProblemError:
            return None
        view = view_case(read, self.law.vocabulary, draft.on)
        said = normal(answer(Reference(trial.old, view), norm))
        if not differs(trial.new, view, norm, said):
            return None
        return Witness(draft.on, case, {norm: said}), view


def differs(rulebook: Rulebook, view: View, norm: str, said: Any) -> bool:
    """Whether the norm is answered otherwise than was said."""
    try:
        return not fits(said, answer(Reference(rulebook, view), norm))
    except BROKEN:
        return True


def apart(trial: Trial, view: View, norm: str) -> bool:
    """Whether the two laws answer differently."""
    try:
        said = normal(answer(Reference(trial.old, view), norm))
    except BROKEN:
        return False
    return differs(trial.new, view, norm, said)


def shrunk(draft: Draft, trial: Trial, norm: str) -> Draft:
    """The draft without what the difference does not need."""
    read = set[str]()
    for rulebook in (trial.old, trial.new):
        if norm in rulebook.norms:
            seen = reading(rulebook, norm)
            read |= seen.fields | seen.kinds
    small = _copy(draft)
    places = {draft.vocabulary.fields[name].index for name in read if name in draft.vocabulary.fields}
    small.fields = [value if place in places else None for place, value in enumerate(draft.fields)]
    small.rows = {kind: list(rows) for kind, rows in draft.rows.items() if kind in read and rows}
    small.unobserved = draft.unobserved & read
    if not apart(trial, small.view(), norm):
        small = _copy(draft)
    smaller = True
    while smaller:
        smaller = False
        for sort, part in _parts(small):
            less = _without(small, sort, part)
            if apart(trial, less.view(), norm):
                small, smaller = less, True
    return small


def _parts(draft: Draft) -> list[tuple[str, Any]]:
    """What could be left out: a row of a kind, the fact at a place, the doubt about a kind."""
    rows = [(kind, row) for kind, rows in draft.rows.items() for row in rows]
    facts = [("fact", place) for place, value in enumerate(draft.fields) if value is not None]
    return [*rows, *facts, *(("doubt", kind) for kind in sorted(draft.unobserved))]


def _without(draft: Draft, sort: str, part: Any) -> Draft:
    new = _copy(draft)
    if sort == "fact":
        new.fields[part] = None
    elif sort == "doubt":
        new.unobserved = draft.unobserved - {part}
    else:
        new.rows[sort] = [row for row in new.rows[sort] if row is not part]
    return new


def _copy(draft: Draft) -> Draft:
    new = copy(draft)
    new.item, new.fields = None, list(draft.fields)
    new.rows = {kind: list(rows) for kind, rows in draft.rows.items()}
    return new


def usual(span: Span, number: int) -> list[int]:
    """The first of the usual days that lie in a span; none: its first and last day."""
    found = [day for day in USUAL_DAYS if span.covers(day)][:number]
    return found or [day for day in (span.last, span.first) if day is not None]


def _days_in(text: str) -> Iterator[str]:
    for piece in text.replace('"', "'").split("'"):
        if len(piece) == 10 and piece[4:5] == "-" == piece[7:8]:
            yield piece


def _stop(seconds: float) -> Callable[[], bool]:
    begun = time.process_time()
    return lambda: time.process_time() - begun > seconds
