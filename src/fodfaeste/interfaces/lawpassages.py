"""The law as passages to search in: every section, norm, rate, regime and example, in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Any

from fodfaeste import __version__
from fodfaeste.casework.lawbook.actions import replace_passages
from fodfaeste.casework.lawbook.models import Kind, Passage
from fodfaeste.casework.lawbook.queries import edition
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawrows import in_words
from fodfaeste.interfaces.wording import (
    LANGUAGES,
    Words,
    edit_text,
    label_of,
    plain_fields,
    regime_status_text,
    words_of,
)
from fodfaeste.rulebook import Example, Law, Norm, Regime
from fodfaeste.rulebook.norms import Section

_MADE = "3"  # raise it when passages are made otherwise, so that they are made again


def digest_of(law: Law) -> str:
    """What decides the passages: the law's files, and how they are put in words."""
    return hashlib.sha256(f"{law.file_digest} {__version__} {_MADE}".encode()).hexdigest()


def index_law(law: Law) -> int:
    """Make the law searchable; gives the number of passages."""
    return replace_passages(digest_of(law), passages_of(law))


def index_if_changed(law: Law) -> int | None:
    """As index_law, but None and nothing done when this very law can be searched already."""
    return None if edition() == digest_of(law) else index_law(law)


def slug_of(section: Section) -> str:
    """The name of the section in an address: that of its file."""
    return PurePath(section.file).stem


def passages_of(law: Law) -> Iterator[Passage]:
    """Every passage, in both languages."""
    for lang in LANGUAGES:
        words = words_of(law, lang)
        for section in law.sections:
            yield _section(section, law, words)
        for norm in law.norms.values():
            yield _norm(norm, words)
        for regime in law.regimes.values():
            yield _regime(regime, law, words)
        for example in law.examples:
            yield _example(example, law, words)


def place_of(norm: Norm) -> str:
    """The name of the file the norm stands in."""
    return PurePath(norm.file).stem


def _section(section: Section, law: Law, words: Words) -> Passage:
    act = law.vocabulary.acts.get(section.act, {})
    short = str(act.get("short", section.act))
    return Passage(
        language=words.lang,
        kind=Kind.SECTION,
        key=f"{section.act}/{slug_of(section)}",
        act=section.act,
        section=slug_of(section),
        names=f"{short} § {section.section} {act.get('name', '')}",
        title=label_of(section.title, words.lang),
        body=" · ".join(words.norm(id_) for id_ in section.norms),
        notes=" · ".join(f"{one.get('ref', '')}: {_said(one.get('why'), words)}" for one in section.not_modelled),
        until=_until([law.norms[id_] for id_ in section.norms if id_ in law.norms]),
    )


def _norm(norm: Norm, words: Words) -> Passage:
    refs = dict.fromkeys(version.ref for version in norm.versions)
    said = dict.fromkeys(text for version in norm.versions for text in in_words(version, words).values())
    notes = (_said(version.raw.get("note"), words) for version in norm.versions)
    missing = (_said(version.not_modelled, words) for version in norm.versions)
    rate = norm.act == "rates"
    return Passage(
        language=words.lang,
        kind=Kind.RATE if rate else Kind.NORM,
        key=norm.id,
        act="" if rate else norm.act,
        section=place_of(norm),
        names=f"{', '.join(refs)} · {norm.id}",
        title=words.norm(norm.id),
        body=" · ".join(part for part in (words.kind_of_norm(norm.kind), words.actor(norm.owed_by), *said) if part),
        notes=" · ".join(text for text in dict.fromkeys([*notes, *missing]) if text),
        until=_until([norm]),
    )


def _regime(regime: Regime, law: Law, words: Words) -> Passage:
    raw = regime.raw
    purpose = raw.get("purpose")
    who = [str(law.municipalities.get(slug, {}).get("name", slug)) for slug in regime.who or ()]
    edits = [edit_text(edit.raw, edit.norm, words) for edit in regime.edits]
    said = label_of(purpose, words.lang) if isinstance(purpose, dict) else _said(purpose, words)
    return Passage(
        language=words.lang,
        kind=Kind.REGIME,
        key=regime.id,
        names=f"{_said(raw.get('legal_basis'), words)} · {regime.id} · {', '.join(who)}",
        title=label_of(regime.title, words.lang),
        body=" · ".join([regime_status_text(regime.status, words), said, *edits]),
        notes=" · ".join(_said(raw[key], words) for key in ("safeguards", "evaluation", "note") if raw.get(key)),
        until=None if regime.window.last is None else from_day(regime.window.last),
    )


def _example(example: Example, law: Law, words: Words) -> Passage:
    norms = [law.norms[id_] for id_ in example.expect if id_ in law.norms]
    first = norms[0] if norms else None
    return Passage(
        language=words.lang,
        kind=Kind.EXAMPLE,
        key=example.id,
        act=first.act if first and first.act != "rates" else "",
        section=place_of(first) if first else "",
        names=example.id,
        title=words.norm(first.id) if first else example.id,
        body=" · ".join([words.example_source(example.source_type), *(words.norm(norm.id) for norm in norms[1:])]),
        notes=_said(example.says, words),
        until=_until(norms),
    )


def _said(value: Any, words: Words) -> str:
    """A text of the law's files in the language, or what stands there on one line."""
    if isinstance(value, list | tuple):
        return " · ".join(_said(one, words) for one in value)
    return "" if value is None else plain_fields(words.text(value) if isinstance(value, str) else value)


def _until(norms: list[Norm]) -> date | None:
    """The last day one of the norms is in force; None when one has no end, or there are none."""
    lasts = [version.span.last for norm in norms for version in norm.versions]
    return None if None in lasts or not lasts else from_day(max(day for day in lasts if day is not None))
