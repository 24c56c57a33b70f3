"""The law as rows of data, in both languages: sections, norms, wordings, examples, regimes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.wording import Language, Words, demand, edit_text, label_of, phrase, plain_fields, raised
from fodfaeste.rulebook import Law, Norm, Regime, Rulebook, Version
from fodfaeste.rulebook.graph import norm_references
from fodfaeste.rulebook.norms import Example, Section, Span
from fodfaeste.rulebook.texts import in_language

_EXPRESSIONS = (
    "applies",
    "value",
    "table",
    "blank",
    "requires",
    "must",
    "paused_by",
    "lapses_when",
    "share",
    "group",
    "judged",
    "promise",
)

_PARTS = {
    "applies": ("Gælder når", "Applies when"),
    "value": ("Giver", "Gives"),
    "requires": ("Kræver", "Requires"),
    "must": ("Pligt", "Demand"),
    "paused_by": ("Pauser", "Pauses"),
    "lapses_when": ("Bortfalder når", "Lapses when"),
    "share": ("Andel", "Share"),
    "judged": ("Vurderes", "Judged"),
}


def labels_of(labels: Mapping[str, str]) -> dict[str, str]:
    """A label in both languages."""
    return {"da": label_of(labels, "da"), "en": label_of(labels, "en")}


def span_days(span: Span) -> tuple[str | None, str | None]:
    """First and last day as JSON has them."""
    first, last = (None if day is None else from_day(day).isoformat() for day in (span.first, span.last))
    return first, last


def source_row(slug: str, law: Law) -> dict[str, str]:
    """A source: slug, title and address."""
    found = law.sources.get(slug, {})
    return {"source": slug, "title": str(found.get("title", "")), "url": str(found.get("url", ""))}


def doubt_rows(ids: Iterable[str], law: Law) -> dict[str, Any]:
    """The doubts that answers rest on, by id."""
    return {id_: law.doubts[id_] for id_ in sorted(set(ids)) if id_ in law.doubts}


def doubt_text(id_: str, law: Law, words: Words) -> str:
    """``D05: spørgsmål Antaget: …``."""
    doubt = law.doubts.get(id_, {})
    question, assumed = (label_of(doubt.get(key) or {}, words.lang) for key in ("question", "assumption"))
    return f"{id_}: {question} {words.pick('Antaget', 'Assumed')}: {assumed}"


def part_text(name: str, words: Words) -> str:
    """What a part of a wording is: whom it concerns, what it gives or demands."""
    return words.pick(*_PARTS.get(name, (name, name)))


# -- sections ----------------------------------------------------------------------------------------------------------


def section_of(law: Law, text: str) -> Section | None:
    """The section a text names: ``lab 31``, ``lab.31``, ``LAB § 31`` or ``law/lab/31.yaml``."""
    plain = text.casefold().removeprefix("law/").removesuffix(".yaml").replace("§", " ")
    act, _, number = re.sub(r"[\s/.]+", " ", plain).strip().partition(" ")
    shorts = {str(row.get("short", "")).casefold(): name for name, row in law.vocabulary.acts.items()}
    act = shorts.get(act, act)
    number = number.replace(" ", "")
    return next((s for s in law.sections if s.act == act and s.section.casefold().replace(" ", "") == number), None)


def section_row(section: Section, law: Law, lang: Language = "da") -> dict[str, Any]:
    """The header of a section; texts in the language."""
    until = section.verified_until
    return {
        "act": section.act,
        "section": section.section,
        "title": labels_of(section.title),
        "file": section.file,
        "verified_until": None if until is None else from_day(until).isoformat(),
        "not_modelled": _gaps(section, lang),
        "norms": list(section.norms),
    }


def coverage_row(section: Section, law: Law, lang: Language = "da") -> dict[str, Any]:
    """How much of a section is written as rules: ``state`` is modelled, partly or not."""
    norms = [law.norms[id_] for id_ in section.norms if id_ in law.norms]
    until = section.verified_until
    return {
        "act": section.act,
        "section": section.section,
        "title": labels_of(section.title),
        "state": "not" if not norms else "partly" if section.not_modelled else "modelled",
        "norms": len(norms),
        "provisions": len({p for norm in norms for version in norm.versions for p in version.provisions}),
        "not_modelled": _gaps(section, lang),
        "verified_until": None if until is None else from_day(until).isoformat(),
    }


def _gaps(section: Section, lang: Language) -> list[dict[str, str]]:
    """What of a section is not written as rules, and why."""
    return [
        {"ref": str(one.get("ref", "")), "why": in_language(str_of(one.get("why")), lang)}
        for one in section.not_modelled
    ]


def str_of(value: Any) -> str:
    """A text of the law files, or nothing."""
    return value if isinstance(value, str) else "" if value is None else str(value)


# -- norms -------------------------------------------------------------------------------------------------------------


def ref_on(norm: Norm, day: int | None) -> str:
    """The section of the wording of the day; of the newest when no day or none in force."""
    inside = [version for version in norm.versions if day is not None and version.span.covers(day)]
    return (inside or list(norm.versions))[-1].ref


def between_authorities(norm: Norm) -> bool:
    """Whether it is between state and municipality alone, as reimbursement is: no caseworker's screen shows it."""
    return {norm.owed_by, norm.owed_to} == {"stat", "kommune"}


def references_of(law: Law) -> dict[str, set[str]]:
    """Norm id → the norms it reads, in any version; found once for a law."""
    key = "references"
    if key not in law.cache:
        law.cache[key] = {norm.id: norm_references(norm, law) for norm in law.norms.values()}
    found: dict[str, set[str]] = law.cache[key]
    return found


def norm_row(norm: Norm, law: Law, book: Rulebook, words: Words) -> dict[str, Any]:
    """A norm with all there is to know about it."""
    resolved = book.norms.get(norm.id)
    live = resolved if resolved is not None and not resolved.absent else None
    reads = references_of(law)
    return {
        "norm": norm.id,
        "name": norm.name,
        "kind": norm.kind,
        "label": labels_of(norm.label),
        "file": norm.file,
        "owed_by": norm.owed_by,
        "owed_to": norm.owed_to,
        "nature": norm.nature,
        "each": norm.each,
        "in_force": live is not None,
        "edits": [{"regime": regime, "op": op} for regime, op in live.edits] if live else [],
        "versions": [version_row(version, book.day, law, words) for version in norm.versions],
        "reads": sorted(reads[norm.id] if norm.id in reads else norm_references(norm, law)),
        "read_by": sorted(id_ for id_, others in reads.items() if norm.id in others),
        "exceptions": sorted(n.id for n in law.norms.values() if n.excepts and norm.id in n.excepts.norms),
        "examples": [example_row(example, norm.id, words) for example in law.examples if norm.id in example.expect],
        "no_example": _told(norm.no_example, words),
        "doubts": doubt_rows((d for v in norm.versions for d in v.assumptions), law),
        "regimes": [
            {"regime": regime.id, "status": regime.status, "op": edit.op, "title": labels_of(regime.title)}
            for regime in law.regimes.values()
            for edit in regime.edits
            if edit.norm == norm.id
        ],
    }


def version_row(version: Version, day: int, law: Law, words: Words) -> dict[str, Any]:
    """One wording in time: when, what it says, in the file and in words, and what it rests on."""
    first, last = span_days(version.span)
    return {
        "ref": version.ref,
        "from": first,
        "to": last,
        "on_the_day": version.span.covers(day),
        "expressions": {key: _plain(version.raw[key]) for key in _EXPRESSIONS if key in version.raw},
        "in_words": in_words(version, words),
        "sources": [source_row(slug, law) for slug in version.sources],
        "provisions": list(version.provisions),
        "assumptions": list(version.assumptions),
        "confidence": version.confidence,
        "not_modelled": _told(version.not_modelled, words),
        "note": _told(version.raw.get("note"), words),
    }


def _told(value: Any, words: Words) -> str | None:
    """A text of the law files in the language; None where there is none."""
    return words.text(str_of(value)) if value else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def in_words(version: Version, words: Words) -> dict[str, str]:
    """What a wording says: whom it concerns, and what it gives or demands."""
    said = {}
    if "applies" in version.raw or "group" in version.raw:
        said["applies"] = raised(phrase(words, version.applies))
    if version.value is not None:
        said["value"] = raised(phrase(words, version.value))
    if version.requires is not None:
        said["requires"] = raised(phrase(words, version.requires))
    if version.must is not None:
        said["must"] = raised(demand(words, version.must))
        if version.must.pauses:
            said["paused_by"] = ", ".join(words.kind(kind) for kind in version.must.pauses)
    if version.lapses_when is not None:
        said["lapses_when"] = raised(phrase(words, version.lapses_when))
    if version.share is not None:
        said["share"] = words.code(version.share, "percent")
    if version.judged is not None:
        said["judged"] = words.field(version.judged)
    return said


def example_row(example: Example, norm: str, words: Words) -> dict[str, Any]:
    """A worked example, and what it says of one norm."""
    return {
        "id": example.id,
        "from": example.source_type,
        "kind": example.kind,
        "says": words.text(example.says),
        "on": from_day(example.on).isoformat(),
        "place": example.place,
        "expect": _plain(example.expect[norm]),
        "sources": list(example.sources),
    }


# -- regimes -----------------------------------------------------------------------------------------------------------


def regime_line(regime: Regime) -> dict[str, Any]:
    """A regime in a list."""
    first, last = span_days(regime.window)
    return {
        "regime": regime.id,
        "kind": regime.kind,
        "status": regime.status,
        "title": labels_of(regime.title),
        "from": first,
        "to": last,
        "who": None if regime.who is None else list(regime.who),
        "edits": len(regime.edits),
        "was_law": regime.was_law,
    }


def regime_row(regime: Regime, law: Law, words: Words) -> dict[str, Any]:
    """A regime in full."""
    raw = regime.raw
    return {
        **regime_line(regime),
        "file": regime.file,
        "legal_basis": _told(raw.get("legal_basis"), words),
        "purpose": _both(raw.get("purpose")),
        "saving": _both(raw.get("saving")),
        "safeguards": [_said(one, words) for one in _listed(raw.get("safeguards"))],
        "evaluation": _said(raw.get("evaluation"), words),
        "stop_rule": _said(raw.get("stop_rule"), words),
        "running_cases": _said(raw.get("running_cases"), words),
        "note": _told(raw.get("note"), words),
        "interpretation": bool(raw.get("interpretation")),
        "assumed_window": bool(raw.get("assumed_window")),
        "changes": [
            {
                "op": edit.op,
                "norm": edit.norm,
                "text": edit_text(edit.raw, edit.norm, words),
                "why": _told(edit.raw.get("why"), words),
            }
            for edit in regime.edits
        ],
        "sources": [source_row(str(slug), law) for slug in _listed(raw.get("source"))],
    }


def _said(value: Any, words: Words) -> str:
    return plain_fields(words.text(value) if isinstance(value, str) else value)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _both(value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return labels_of({str(k): str(v) for k, v in value.items()})
    return {lang: plain_fields(in_language(value, lang) if isinstance(value, str) else value) for lang in ("da", "en")}
