"""Whether the examples notice a mutant: only those that reach the changed norm are asked, killers first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from fodfaeste.facts.case import read_case
from fodfaeste.facts.view import View, view_case
from fodfaeste.reasoning.examples import fits, normal
from fodfaeste.reasoning.outcome import Outcome, outcome
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Example, Law, ResolveError, Rulebook
from tools.law_mutants.mutants import Mutant, RefusedError, Workshop, left_out, same_law
from tools.law_mutants.patched import Heard, Patch, Setting, begun, targets


@dataclass(frozen=True)
class Expectation:
    """One expected outcome, and the norms that had a part in it."""

    example: Example
    norm: str
    expected: Any
    setting: Setting
    view: View
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


def answer(rulebook: Rulebook, view: View, norm: str) -> Any:
    """The outcome of a norm as an example has it."""
    resolved = rulebook.norms.get(norm)
    if resolved is None or resolved.absent:
        return "not_in_force"
    reference = Reference(rulebook, view)
    if isinstance(rulebook.norms, Heard):
        rulebook.norms.asked.clear()  # what is looked at beforehand decides nothing
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
        bare = replace(self.law, norms={}, cache={})
        settings: dict[Any, Setting] = {}
        for example in self.law.examples:
            key = (example.on, example.place, example.regimes)
            try:
                setting = settings.get(key) or settings.setdefault(key, Setting(self.law, bare, example))
            except ResolveError as error:
                self.broken.append(f"{example.id}: {error}")
                continue
            self._ask(example, setting)
        for expectation in self.expectations:
            for id_ in expectation.reached:
                self.reaching.setdefault(id_, []).append(expectation)
        for id_, found in self.reaching.items():
            found.sort(key=lambda expectation: (expectation.norm != id_, len(expectation.reached)))
        self.workshop = Workshop(self.law)
        self.first_day = min((example.on for example in self.law.examples), default=0)

    def _ask(self, example: Example, setting: Setting) -> None:
        case = read_case({"case": example.id, **example.case}, self.law.vocabulary, file=example.file)
        view = view_case(case, self.law.vocabulary, example.on)
        for norm, expected in example.expect.items():
            wanted = normal(expected)
            rulebook = setting.rulebook(norm)
            heard = Heard(rulebook.norms)
            if fits(wanted, answer(replace(rulebook, norms=heard), view, norm)):
                reached = frozenset({norm, *heard.asked})
                self.expectations.append(Expectation(example, norm, wanted, setting, view, reached))
            else:
                self.broken.append(f"{example.id}: {norm}")

    def judged(self, mutant: Mutant) -> Verdict:
        """What becomes of a mutant."""
        rule = left_out(self.law, mutant, self.first_day)
        if rule:
            return Verdict(mutant, "rule", rule)
        try:
            patch = self.workshop.patch(mutant)
        except RefusedError as reason:
            return Verdict(mutant, "refused", str(reason))
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
                    if self._notices(patch, expectation):
                        listed.insert(0, listed.pop(place))
                        return expectation.example.id, len(asked)
        return None, len(asked)

    def _reached(self, patch: Patch) -> list[str]:
        """The changed norms, and those that they change from outside."""
        reached = dict.fromkeys(patch.changed)
        for id_, norm in patch.changed.items():
            reached |= dict.fromkeys(sorted(targets(norm) | targets(self.law.norms[id_])))
        return list(reached)

    def _matters(self, patch: Patch, expectation: Expectation) -> bool:
        """Whether the change can reach the expectation on its day."""
        setting, reached = expectation.setting, expectation.reached
        for id_, new in patch.changed.items():
            old = self.law.norms[id_]
            if not setting.has(old):
                continue
            was, now = begun(old, setting.day), begun(new, setting.day)
            if id_ in reached and (not _alike(was, now) or old.governed_by != new.governed_by):
                return True
            around = old.overrides != new.overrides or old.excepts != new.excepts or bool(was) != bool(now)
            if around and reached & (targets(old) | targets(new)):
                return True
        return False

    def _notices(self, patch: Patch, expectation: Expectation) -> bool:
        rulebook = expectation.setting.rulebook(expectation.norm, patch)
        try:
            got = answer(rulebook, expectation.view, expectation.norm)
        except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError):
            return True
        return not fits(expectation.expected, got)


def _alike(was: tuple[Any, ...], now: tuple[Any, ...]) -> bool:
    """Whether two rows hold the very same objects."""
    return len(was) == len(now) and all(a is b for a, b in zip(was, now, strict=True))


__all__ = ["Bench", "Expectation", "Verdict", "answer"]
