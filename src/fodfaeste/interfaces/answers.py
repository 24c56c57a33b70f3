"""Answers as data: the JSON of explanations, questions and nearest changes, and their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fodfaeste.facts import Case, View
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawrows import doubt_rows, labels_of, source_row
from fodfaeste.interfaces.manycases import DutyRow
from fodfaeste.interfaces.overview import Difference, Entry, Group, Overview
from fodfaeste.interfaces.wording import (
    Language,
    Sentences,
    Words,
    flip_text,
    outcome_text,
    question_note,
    question_text,
)
from fodfaeste.reasoning import Explanation, Flip, Question, ask, contrast
from fodfaeste.reasoning.outcome import plain
from fodfaeste.rulebook import Law, Norm, Rulebook


def rulebook_row(book: Rulebook) -> dict[str, Any]:
    """Which law an answer was given under."""
    return {
        "day": from_day(book.day).isoformat(),
        "place": book.place,
        "regimes": list(book.regimes),
        "digest": book.digest,
    }


def entry_row(entry: Entry, words: Words, sentences: Sentences) -> dict[str, Any]:
    """One answer of an overview."""
    one = entry.explanation
    norm = one.norm.norm
    row: dict[str, Any] = {
        "norm": norm.id,
        "kind": norm.kind,
        "ref": one.norm.ref,
        "label": labels_of(norm.label),
        "owed_by": norm.owed_by,
        **one.outcome.as_dict(),
    }
    if one.item is not None:
        row["for"] = item_row(one.item)
    row["why"] = sentences.why(one)
    row["assumptions"] = one.assumptions(sentences.rulebook)
    row["nearest"] = None if entry.nearest is None else flip_row(entry.nearest, words, norm)
    return row


def item_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """The spell or event an ``each`` norm was judged for."""
    return {key: None if value is None else plain(value) for key, value in item.items()}


def flip_row(flip: Flip, words: Words, norm: Norm) -> dict[str, Any]:
    """A nearest change, with its sentence."""
    return {**flip.as_dict(), "text": flip_text(flip, words, norm.type)}


def question_row(question: Question, words: Words) -> dict[str, Any]:
    """A question worth asking, and what waits for it."""
    return {
        "kind": question.kind,
        "name": question.name,
        "ask": question_text(question, words),
        "answered_by": question_note(question, words),
        "norms": list(question.norms),
    }


def overview_row(found: Overview, law: Law, words: Words) -> dict[str, Any]:
    """An overview by group."""
    sentences = Sentences(words, found.rulebook)
    return {
        "rulebook": rulebook_row(found.rulebook),
        "on": found.on.isoformat(),
        "groups": {group.value: [entry_row(entry, words, sentences) for entry in found.of(group)] for group in Group},
        "questions": [question_row(question, words) for question in found.questions],
        "doubts": doubt_rows((d for e in found.entries for d in e.explanation.assumptions(found.rulebook)), law),
    }


def explanation_row(one: Explanation, law: Law, words: Words, book: Rulebook) -> dict[str, Any]:
    """One explanation in full: sentences, decisive steps, what it rests on, sources."""
    row = one.as_dict(book)
    row["label"] = labels_of(one.norm.norm.label)
    row["why"] = Sentences(words, book).why(one)
    row["steps"] = step_lines(one, words, book)
    row["sources"] = [source_row(slug, law) for slug in one.norm.version.sources]
    row["doubts"] = doubt_rows(one.assumptions(book), law)
    row["provisions"] = list(one.norm.version.provisions)
    return row


_ROLES = {
    "applies": ("Hvem det gælder", "Whom it concerns"),
    "waived": ("Undtagelser", "Exceptions"),
    "start": ("Regnes fra", "Counts from"),
    "due": ("Sidste dag", "Last day"),
    "events": ("Hvad der er sket", "What happened"),
    "pauses": ("Pauser", "Pauses"),
    "lapses": ("Bortfald", "Lapse"),
    "requires": ("Kravet", "The demand"),
    "value": ("Indholdet", "The content"),
}


def norm_row(
    law: Law, book: Rulebook, view: View, case: Case, id_: str, found: Sequence[Explanation], words: Words
) -> dict[str, Any]:
    """One norm of a case down to the ground, as ``fodfaeste/explain-norm/1``; ``found`` are its explanations."""
    norm = book.norms[id_].norm
    return {
        "format": "fodfaeste/explain-norm/1",
        "case": case.case,
        "on": from_day(view.on).isoformat(),
        "rulebook": rulebook_row(book),
        "norm": id_,
        "explanations": [explanation_row(one, law, words, book) for one in found],
        "nearest": [flip_row(flip, words, norm) for flip in contrast(book, view, id_)],
        "questions": [question_row(question, words) for question in ask(book, view, [id_])],
    }


def against_row(
    case: Case, law: Law, before: Overview, after: Overview, found: Sequence[Difference], words: Words, other: Words
) -> dict[str, Any]:
    """Two sides of a case, as ``fodfaeste/against/1``; ``other`` are the words of the second side's rulebook."""

    def side(norm: str, entry: Entry | None, said: Words, of: Overview) -> dict[str, Any]:
        if entry is None:
            return {"status": absence(norm, of.rulebook, law)[0]}
        return entry_row(entry, said, Sentences(said, of.rulebook))

    rows = [
        {
            "norm": one.norm,
            "same": one.same,
            "before": side(one.norm, one.before, words, before),
            "after": side(one.norm, one.after, other, after),
        }
        for one in found
    ]
    changed = sum(not one.same for one in found)
    return {
        "format": "fodfaeste/against/1",
        "case": case.case,
        "before": {"on": before.on.isoformat(), "rulebook": rulebook_row(before.rulebook)},
        "after": {"on": after.on.isoformat(), "rulebook": rulebook_row(after.rulebook)},
        "differences": rows,
        "changed": changed,
        "same": len(found) - changed,
    }


def absence(norm: str, book: Rulebook, law: Law) -> tuple[str, str]:
    """Why a norm has no answer (not_applicable, set_aside, not_in_force), and the regime that made it so."""
    found = book.norms.get(norm)
    if found is not None and not found.absent:
        return "not_applicable", ""
    for id_ in book.regimes:
        if any(edit.norm == norm and edit.op == "set_aside" for edit in law.regimes[id_].edits):
            return "set_aside", id_
    return "not_in_force", ""


def duty_row(row: DutyRow, lang: Language) -> dict[str, Any]:
    """A duty of a case, as ``fodfaeste/duties/1`` and tables have it."""
    outcome, norm = row.outcome, row.norm.norm
    days = {
        key: None if value is None else value.isoformat()
        for key, value in (
            ("start", outcome.start),
            ("due", outcome.due),
            ("met_on", outcome.met_on),
            ("promise", outcome.promise),
        )
    }
    return {
        "case": row.case,
        "place": row.place,
        "norm": norm.id,
        "label": labels_of(norm.label)[lang],
        "ref": row.norm.ref,
        "owed_by": norm.owed_by,
        "for": None if row.item is None else row.item.isoformat(),
        "status": outcome.status.word if outcome.status is not None else "unknown",
        **days,
        "count": outcome.count,
        "required": outcome.required,
    }


def step_lines(one: Explanation, words: Words, book: Rulebook) -> list[dict[str, Any]]:
    """Every decisive step as a line: role, depth and text."""
    reasons = Sentences(words, book).reasons
    norm, must = one.norm, one.norm.must
    nodes = {
        "applies": norm.applies,
        "waived": norm.waived,
        "requires": norm.requires,
        "value": norm.value,
        "lapses": norm.lapses_when,
        "start": must.start if must else None,
        "due": must.last if must else None,
    }
    lines: list[dict[str, Any]] = []
    for role, step in one.because:
        heading = words.pick(*_ROLES.get(role, (role, role)))
        if role in ("events", "pauses"):
            shown = [(0, words.row(row, with_kind=True)) for row in step.rows]
            if not shown:
                shown = [(0, words.pick("intet er noteret", "nothing is recorded"))]
        else:
            shown = list(reasons.tree(step, nodes.get(role)))
        lines += [{"role": role, "heading": heading, "depth": depth, "text": text} for depth, text in shown]
    return lines


def item_text(item: Mapping[str, Any], words: Words) -> str:
    """What an ``each`` norm was judged for, in words."""
    return words.lower(words.row(item, with_kind=True))


def answer_text(one: Explanation, words: Words) -> str:
    """The outcome of an explanation in a few words."""
    return outcome_text(one.outcome, words, one.norm.norm.type)
