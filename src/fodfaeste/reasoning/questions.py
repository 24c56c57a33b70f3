"""Ask: which unknown facts decide, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fodfaeste.facts.view import View
from fodfaeste.reasoning.because import Because, Explainer
from fodfaeste.reasoning.generated import judge_of
from fodfaeste.reasoning.outcome import Raw
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook


@dataclass(frozen=True)
class Question:
    """A question worth asking: what is unknown, in words, and the norms that wait for it.

    ``kind``: fact (observed), judged (only a named person may answer), event or spell (nothing is recorded), item (an
    attribute of it is missing), or blank (the law leaves it to an authority, which has not said; ``name`` is a norm).
    """

    kind: str
    name: str
    ask: dict[str, str]
    norms: tuple[str, ...]


def ask(rulebook: Rulebook, view: View, norms: Iterable[str] | None = None) -> list[Question]:
    """The unknown facts that matter: those that settle most duties first, then those that settle most other norms."""
    wanted = {n.id for n in rulebook.norms.values() if _asked_about(n)} if norms is None else set(norms)
    explainer = Explainer(rulebook, view)
    waiting: dict[tuple[str, str], list[str]] = {}
    for norm, raw in zip(rulebook.norms.values(), judge_of(rulebook).all(view), strict=True):
        if norm.id in wanted and not norm.absent and _unknown(norm, raw):
            for key in _missing(explainer, norm):
                waiting.setdefault(key, []).append(norm.id)
    questions = [_question(rulebook, *key, tuple(dict.fromkeys(ids))) for key, ids in waiting.items()]
    duties = {norm.id for norm in rulebook.norms.values() if norm.norm.kind == "duty"}
    return sorted(questions, key=lambda q: (-len(duties.intersection(q.norms)), -len(q.norms), q.kind, q.name))


def _asked_about(norm: ResolvedNorm) -> bool:
    """Duties, rights, powers, sanctions and demands; definitions and predicates matter only through them."""
    return norm.norm.kind not in ("definition", "rate", "quota") and (
        norm.norm.kind != "condition" or norm.requires is not None
    )


def _unknown(norm: ResolvedNorm, raw: Raw | list[Raw]) -> bool:
    if isinstance(raw, list):
        return any(_unknown(norm, one) for one in raw)
    return raw[0] == 1 if len(raw) > 1 or norm.norm.type == "bool" or norm.norm.kind == "quota" else raw[0] is None


def _missing(explainer: Explainer, norm: ResolvedNorm) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for explanation in explainer.norm(norm):
        if explanation.outcome.known:
            continue
        for _, step in explanation.because:
            for leaf in _unknown_leaves(step, explainer.rulebook):
                found[(leaf.kind, leaf.name)] = None
    return list(found)


def _unknown_leaves(step: Because, rulebook: Rulebook) -> list[Because]:
    if step.value is not None:
        return []
    below = [leaf for child in step.why for leaf in _unknown_leaves(child, rulebook)]
    asked = step.kind in ("fact", "history", "item") or (step.kind == "norm" and _unfilled(rulebook, step.name))
    return [step] if asked and not below else below


def _unfilled(rulebook: Rulebook, norm: str) -> bool:
    """Whether a norm is a blank nobody has filled."""
    found = rulebook.norms[norm]
    return "blank" in found.version.raw and isinstance(found.value, ir.Const) and found.value.value is None


def _question(rulebook: Rulebook, kind: str, name: str, norms: tuple[str, ...]) -> Question:
    vocabulary = rulebook.vocabulary
    if kind == "fact":
        field = vocabulary.fields[name]
        return Question("judged" if field.kind == "judged" else "fact", name, dict(field.ask), norms)
    if kind == "norm":
        return _blank_question(rulebook, name, norms)
    if name in vocabulary.events:
        label = vocabulary.events[name].label
        ask_ = {"da": f"Hvornår: {label['da']}?", "en": f"When: {label['en']}?"}
        return Question("event", name, ask_, norms)
    if name in vocabulary.spells:
        label = vocabulary.spells[name].label
        ask_ = {"da": f"Fra og til hvornår: {label['da']}?", "en": f"From when to when: {label['en']}?"}
        return Question("spell", name, ask_, norms)
    return Question("item", name, {"da": f"Mangler: {name}", "en": f"Missing: {name}"}, norms)


def _blank_question(rulebook: Rulebook, name: str, norms: tuple[str, ...]) -> Question:
    """What the authority that fills a blank is asked."""
    norm = rulebook.norms[name].norm
    who = rulebook.vocabulary.actors.get(norm.owed_by or "", {"da": "myndigheden", "en": "the authority"})
    ask_ = {
        "da": f"Hvad har {who['da']} besluttet: {norm.label['da']}?",
        "en": f"What has {who['en']} decided: {norm.label['en']}?",
    }
    return Question("blank", name, ask_, norms)
