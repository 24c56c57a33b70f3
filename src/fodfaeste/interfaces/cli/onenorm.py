"""One norm of a case, explained down to the ground: every decisive step, nearest changes, doubts and sources."""

from __future__ import annotations

from typing import Any

from fodfaeste.facts import Case, View
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import answers, lawrows
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.desk import Desk
from fodfaeste.interfaces.wording import Sentences, Words, progress_text
from fodfaeste.reasoning import Explanation, explain
from fodfaeste.rulebook import Law, Rulebook
from fodfaeste.rulebook.scope import nearest


def explain_norm(desk: Desk, law: Law, book: Rulebook, view: View, case: Case, id_: str) -> int:
    """Explain the norm, or refuse with a sentence when it is unknown or not in force."""
    norm = book.norms.get(id_)
    words = desk.words(book)
    if norm is None or norm.absent:
        raise not_here(desk, law, book, id_)
    found = explain(book, view, id_)
    data = answers.norm_row(law, book, view, case, id_, found, words)
    desk.show(data, lambda: _draw(desk, law, book, case, data, found, words))
    return 0


def not_here(desk: Desk, law: Law, book: Rulebook, id_: str) -> Exception:
    """The refusal for a norm that is not in force, or does not exist."""
    if id_ in law.norms:
        day = desk.words(book).day(from_day(book.day))
        return desk.refuse(
            f"Normen '{id_}' er ikke i kraft {day}; se fodfaeste law show {id_}.",
            f"The norm '{id_}' is not in force on {day}; see fodfaeste law show {id_}.",
        )
    near = desk.said(nearest(id_, list(law.norms)))
    return desk.refuse(f"Der er ingen norm '{id_}'; {near}", f"There is no norm '{id_}'; {near}")


def _draw(
    desk: Desk, law: Law, book: Rulebook, case: Case, data: dict[str, Any], found: list[Explanation], words: Words
) -> None:
    norm = book.norms[data["norm"]]
    display.title(desk, case.case, book, law)
    desk.out.print()
    display.heading(
        desk.out, words.norm(norm.id), f"{words.kind_of_norm(norm.norm.kind)} · {norm.ref} · norm {norm.id}"
    )
    if not found:
        kind = words.quote(words.kind(str(norm.norm.each)))
        display.line(
            desk.out,
            words.pick(f"Sagen har ingen {kind} at afgøre den for.", f"The case has no {kind} to judge it for."),
        )
    sentences = Sentences(words, book)
    for one, row in zip(found, data["explanations"], strict=True):
        desk.out.print()
        if one.item is not None:
            display.line(desk.out, answers.item_text(one.item, words), style="bold")
        told = [answers.answer_text(one, words), progress_text(one.outcome, words)]
        display.line(
            desk.out, words.pick("Svar: ", "Answer: ") + " · ".join(part for part in told if part), style="bold"
        )
        for said in sentences.why(one):
            display.line(desk.out, said)
        _steps(desk, row["steps"])
    _endings(desk, law, data, words)


def _steps(desk: Desk, steps: list[dict[str, Any]]) -> None:
    role = ""
    for step in steps:
        if step["role"] != role:
            role = step["role"]
            desk.out.print()
            display.line(desk.out, step["heading"], indent=2, style="bold")
        display.tree(desk.out, [(step["depth"], step["text"])], indent=4)


def _endings(desk: Desk, law: Law, data: dict[str, Any], words: Words) -> None:
    """Nearest changes, questions, what it rests on, doubts and sources."""
    rests = {
        row["norm"]: row["ref"]
        for one in data["explanations"]
        for row in one["rests_on"]
        if row["norm"] != data["norm"]
    }
    doubts = sorted({id_ for one in data["explanations"] for id_ in one["doubts"]})
    sources = {row["source"]: row for one in data["explanations"] for row in one["sources"]}
    parts: list[tuple[str, list[str]]] = [
        (words.pick("Nærmeste ændringer", "Nearest changes"), [row["text"] for row in data["nearest"]]),
        (words.pick("Spørg om", "Ask"), [f"{row['ask']} ({row['answered_by']})" for row in data["questions"]]),
        (words.pick("Bygger på", "Rests on"), [f"{words.norm(id_)} – {ref}, norm {id_}" for id_, ref in rests.items()]),
        (
            words.pick("Tvivl og antagelser", "Doubts and assumptions"),
            [lawrows.doubt_text(id_, law, words) for id_ in doubts],
        ),
        (
            words.pick("Kilder", "Sources"),
            [f"{row['title'] or row['source']} {row['url']}".strip() for row in sources.values()],
        ),
    ]
    for name, lines in parts:
        if lines:
            display.section(desk.out, name)
            for text in lines:
                display.line(desk.out, f"· {text}")
