"""All norms of a rulebook for one case, in readable form."""

from __future__ import annotations

from fodfaeste.facts.view import View
from fodfaeste.reasoning.generated import judge_of
from fodfaeste.reasoning.outcome import Outcome, outcome
from fodfaeste.rulebook.rulebook import Rulebook


def judge(rulebook: Rulebook, view: View) -> dict[str, Outcome | list[Outcome]]:
    """The outcome of every norm in force: one, or a list (one per item) of an ``each`` norm."""
    found: dict[str, Outcome | list[Outcome]] = {}
    for norm, raw in zip(rulebook.norms.values(), judge_of(rulebook).all(view), strict=True):
        if norm.absent:
            continue
        if isinstance(raw, list):
            found[norm.id] = [outcome(norm, one, rulebook.vocabulary) for one in raw]
        else:
            found[norm.id] = outcome(norm, raw, rulebook.vocabulary)
    return found
