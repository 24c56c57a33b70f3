"""Questions: what to ask next, of whom, and what it would settle."""

from __future__ import annotations

from fodfaeste.interfaces.wording.language import label_of, sentence
from fodfaeste.interfaces.wording.words import Words
from fodfaeste.reasoning import Question

_WHO = {
    "fact": ("oplyses", "to be found out"),
    "judged": ("vurderes af en navngiven person", "judged by a named person"),
    "event": ("er ikke noteret i sagen", "not recorded in the case"),
    "spell": ("er ikke noteret i sagen", "not recorded in the case"),
    "blank": ("loven overlader det til myndigheden", "the law leaves it to the authority"),
    "item": ("mangler på linjen selv", "missing on the line itself"),
}


def question_text(question: Question, words: Words) -> str:
    """The question as it is put."""
    asked = label_of(question.ask, words.lang, question.name)
    if question.kind == "item":
        name = words.attribute(question.name)
        return words.pick(f"Hvad er {name}?", f"What is {name}?")
    return asked if asked.endswith("?") else sentence(asked)


def question_note(question: Question, words: Words) -> str:
    """Who can answer, in a few words."""
    return words.pick(*_WHO.get(question.kind, ("", "")))
