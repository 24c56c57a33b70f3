"""Whether the examples notice a mutant: only those that reach the changed norm are asked, killers first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from fodfaeste.facts.case import read_case
from fodfaeste.facts.view import view_case
from fodfaeste.reasoning.examples import fits, normal
from fodfaeste.reasoning.outcome import Outcome, outcome
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Example, Law, ResolveError, Rulebook, resolve
from fodfaeste.rulebook.graph import norm_references
from tools.law_mutants.mutants import Mutant, RefusedError, Workshop, left_out, same_law
from tools.law_mutants.patched import Heard, Patch, Question, begun, edits_of, reach, targets


@dataclass(frozen=True)
class Expectation:
    """One expected outcome, and the norms that had a part in it."""

    question: Question
    norm: str
    expected: Any
    reached: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: ``refused``, ``noticed``, ``survived`` or left out by a ``rule``.

    ``asked`` is the number of expectations that could have noticed it, for one that survived.
    """

    mutant: Mutant
    fate: str
    by: str = ""
    asked: int = 0


def answer(reference: Reference, norm: str) -> Any:
    """The outcome of a norm as an example has it."""
    rulebook = reference.rulebook
    resolved = rulebook.norms.get(norm)
    if resolved is None or resolved.absent:
        return "not_in_force"
    raw = reference.norm(resolved)
    if isinstance(raw, list):
        return [_said(outcome(resolved, one, rulebook.vocabulary)) for one in raw]
    return _said(outcome(resolved, raw, rulebook.vocabulary))


def _said(one: Outcome) -> Any:
    row = one.as_dict()
    return row.get("value", row)


@dataclass
class Bench:
    """The law and everything its examples expect, ready for one mutant after another."""

    law: Law
    expectations: list[Expectation] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    reaching: dict[str, list[Expectation]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ask every example once: what it says today, and which norms it reaches."""
        references = {id_: norm_references(norm, self.law) for id_, norm in self.law.norms.items()}
        rulebooks: dict[Any, Rulebook] = {}
        for example in self.law.examples:
            key = (example.on, example.place, example.regimes)
            try:
                if key not in rulebooks:
                    rulebooks[key] = resolve(self.law, *key)
            except ResolveError as error:
                self.broken.append(f"{example.id}: {error}")
                continue
            self._ask(self._question(example, rulebooks[key], references))
        for expectation in self.expectations:
            for id_ in expectation.reached:
                self.reaching.setdefault(id_, []).append(expectation)
        for id_, found in self.reaching.items():
            found.sort(key=lambda expectation: (expectation.norm != id_, len(expectation.question.reach)))
        self.workshop = Workshop(self.law)
        self.first_day = min((example.on for example in self.law.examples), default=0)

    def _question(self, example: Example, rulebook: Rulebook, references: dict[str, set[str]]) -> Question:
        case = read_case({"case": example.id, **example.case}, self.law.vocabulary, file=example.file)
        added = {norm.id for id_ in rulebook.regimes for norm in self.law.regimes[id_].added}
        norms = reach(rulebook, self.law, references, [*example.expect, *added])
        regimes = edits_of(self.law.regimes, norms) if example.place or example.regimes else self.law.regimes
        view = view_case(case, self.law.vocabulary, example.on)
        return Question(example, view, norms, frozenset(added), regimes)

    def _ask(self, question: Question) -> None:
        rulebook = question.rulebook(self.law, {})
        Reference(rulebook, question.view)  # what it looks at beforehand decides nothing, and is remembered
        for norm, expected in question.example.expect.items():
            wanted = normal(expected)
            heard = Heard(rulebook.norms)
            reference = Reference(replace(rulebook, norms=heard), question.view)
            if fits(wanted, answer(reference, norm)):
                self.expectations.append(Expectation(question, norm, wanted, frozenset({norm, *heard.asked})))
            else:
                self.broken.append(f"{question.example.id}: {norm}")

    def judged(self, mutant: Mutant) -> Verdict:
        """What becomes of a mutant. What the law remembers of it is forgotten afterwards."""
        rule = left_out(self.law, mutant, self.first_day)
        if rule:
            return Verdict(mutant, "rule", rule)
        remembered = len(self.law.cache)
        try:
            return self._tried(mutant, self.workshop.patch(mutant))
        except RefusedError as reason:
            return Verdict(mutant, "refused", str(reason))
        finally:
            while len(self.law.cache) > remembered:
                self.law.cache.popitem()

    def _tried(self, mutant: Mutant, patch: Patch) -> Verdict:
        killer, asked = self.killer(patch)
        if killer is not None:
            return Verdict(mutant, "noticed", killer)
        if same_law(self.law, patch):
            return Verdict(mutant, "rule", "same law")
        return Verdict(mutant, "survived", "", asked)

    def killer(self, patch: Patch) -> tuple[str | None, int]:
        """The example that notices, or None, and how many expectations were asked. It is asked first next time."""
        asked: set[int] = set()
        for id_ in self._reached(patch):
            listed = self.reaching.get(id_, [])
            for place, expectation in enumerate(listed):
                if id(expectation) not in asked and self._matters(patch, expectation):
                    asked.add(id(expectation))
                    if notices(patch, expectation):
                        listed.insert(0, listed.pop(place))
                        return expectation.question.example.id, len(asked)
        return None, len(asked)

    def _reached(self, patch: Patch) -> list[str]:
        """The changed norms, and those that they change from outside."""
        reached = dict.fromkeys(patch.changed)
        for id_, norm in patch.changed.items():
            reached |= dict.fromkeys(sorted(targets(norm) | targets(self.law.norms[id_])))
        return list(reached)

    def _matters(self, patch: Patch, expectation: Expectation) -> bool:
        """Whether the change can reach the expectation on its day."""
        question, reached = expectation.question, expectation.reached
        for id_, new in patch.changed.items():
            if id_ in question.replaced:
                continue
            old, day = self.law.norms[id_], question.example.on
            was, now = begun(old, day), begun(new, day)
            if id_ in reached and (not _alike(was, now) or old.governed_by != new.governed_by):
                return True
            around = old.overrides != new.overrides or old.excepts != new.excepts or bool(was) != bool(now)
            if around and reached & (targets(old) | targets(new)):
                return True
        return False


def notices(patch: Patch, expectation: Expectation) -> bool:
    """Whether an expectation is not met any more."""
    try:
        got = answer(patch.reference(expectation.question), expectation.norm)
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError):
        return True
    return not fits(expectation.expected, got)


def _alike(was: tuple[Any, ...], now: tuple[Any, ...]) -> bool:
    """Whether two rows hold the very same objects."""
    return len(was) == len(now) and all(a is b for a, b in zip(was, now, strict=True))
