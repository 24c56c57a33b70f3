"""Answers as data: the JSON of explanations, questions and nearest changes, and their sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.overview import Entry, Group, Overview
from fodfaeste.interfaces.wording import (
    Sentences,
    Words,
    flip_text,
    label_of,
    outcome_text,
    question_note,
    question_text,
)
from fodfaeste.reasoning import Explanation, Flip, Question
from fodfaeste.reasoning.outcome import plain
from fodfaeste.rulebook import Law, Norm, Rulebook


def labels_of(labels: Mapping[str, str]) -> dict[str, str]:
    """A label in both languages."""
    return {"da": label_of(labels, "da"), "en": label_of(labels, "en")}


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


def doubt_rows(ids: Iterable[str], law: Law) -> dict[str, Any]:
    """The doubts that answers rest on, by id."""
    return {id_: law.doubts[id_] for id_ in sorted(set(ids)) if id_ in law.doubts}


def doubt_text(id_: str, law: Law, words: Words) -> str:
    """``D05: spørgsmål Antaget: …``."""
    doubt = law.doubts.get(id_, {})
    question, assumed = (label_of(doubt.get(key) or {}, words.lang) for key in ("question", "assumption"))
    return f"{id_}: {question} {words.pick('Antaget', 'Assumed')}: {assumed}"


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


def source_row(slug: str, law: Law) -> dict[str, str]:
    """A source: slug, title and address."""
    found = law.sources.get(slug, {})
    return {"source": slug, "title": str(found.get("title", "")), "url": str(found.get("url", ""))}


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
