"""Running the worked examples that lie beside the law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fodfaeste.facts.case import read_case
from fodfaeste.facts.view import view_case
from fodfaeste.foundation import ProblemError
from fodfaeste.reasoning.outcome import Outcome, outcome, plain
from fodfaeste.reasoning.reference import Reference
from fodfaeste.rulebook import Example, Law, ResolveError, Rulebook, resolve


@dataclass(frozen=True)
class ExampleResult:
    """One expectation of an example: what was expected, what came out."""

    example: Example
    norm: str
    expected: Any
    got: Any

    @property
    def passed(self) -> bool:
        """Whether the law as encoded says what the example says."""
        return fits(self.expected, self.got)


def run_example(law: Law, example: Example) -> list[ExampleResult]:
    """Every expectation of an example against the law of its day and place."""
    try:
        rulebook = _rulebook(law, example)
    except ResolveError as error:
        return [ExampleResult(example, "", "a rulebook", str(error))]
    try:
        case = read_case({"case": example.id, **example.case}, law.vocabulary, file=example.file)
    except ProblemError as error:
        return [ExampleResult(example, "", "a readable case", "; ".join(map(str, error.problems)))]
    reference = Reference(rulebook, view_case(case, law.vocabulary, example.on))
    return [
        ExampleResult(example, norm, normal(expected), _answer(reference, rulebook, norm))
        for norm, expected in example.expect.items()
    ]  # fmt: skip


def _rulebook(law: Law, example: Example) -> Rulebook:
    """The rulebook of an example's day, place and regimes; many examples share one."""
    key = ("example", id(law.norms), example.on, example.place, example.regimes)
    if key not in law.cache:
        law.cache[key] = (resolve(law, example.on, example.place, example.regimes), law.norms)
    found: Rulebook = law.cache[key][0]
    return found


def _answer(reference: Reference, rulebook: Rulebook, norm: str) -> Any:
    resolved = rulebook.norms.get(norm)
    if resolved is None or resolved.absent:
        return "not_in_force"
    try:
        raw = reference.norm(resolved)
    except KeyError as missing:  # only in a law that was loaded in spite of problems
        return f"{missing} cannot be read"
    if isinstance(raw, list):
        return [_said(outcome(resolved, one, rulebook.vocabulary)) for one in raw]
    return _said(outcome(resolved, raw, rulebook.vocabulary))


def _said(one: Outcome) -> Any:
    row = one.as_dict()
    return row.get("value", row)


def normal(expected: Any) -> Any:
    """An expectation as JSON has it."""
    if isinstance(expected, dict):
        return {key: normal(value) for key, value in expected.items()}
    if isinstance(expected, list):
        return [normal(value) for value in expected]
    return None if expected is None else plain(expected)


def fits(expected: Any, got: Any) -> bool:
    """Whether an answer says all that is expected (it may say more)."""
    if isinstance(expected, list):
        return isinstance(got, list) and len(got) == len(expected) and all(map(fits, expected, got))
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(fits(value, got.get(key)) for key, value in expected.items())
    if isinstance(got, dict):
        return bool(got.get("status") == expected)
    if isinstance(expected, str) or isinstance(got, str):
        return bool(_number(expected) == _number(got))
    return bool(expected == got and isinstance(expected, bool) == isinstance(got, bool))


def _number(value: Any) -> Any:
    """Amounts are written 7517.29 in files and are exact decimals in answers."""
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(str(value)) if not isinstance(value, bool) else value
    except InvalidOperation:
        return value


def run_examples(law: Law, examples: Iterable[Example] | None = None) -> list[ExampleResult]:
    """All expectations of all examples (or of those given)."""
    return [
        result for example in (law.examples if examples is None else examples) for result in run_example(law, example)
    ]
