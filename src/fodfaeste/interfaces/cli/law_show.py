"""``fodfaeste law show``: one norm or one section, with its wordings, sources, examples, doubts and regimes."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

import typer

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.cli import answers, display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import (
    Words,
    demand,
    label_of,
    op_text,
    phrase,
    plain_fields,
    raised,
    regime_status_text,
    span_text,
)
from fodfaeste.rulebook import Law, Norm, Rulebook, Version
from fodfaeste.rulebook.graph import norm_references
from fodfaeste.rulebook.norms import Section, Span
from fodfaeste.rulebook.scope import nearest

FORMAT = "fodfaeste/law-show/1"
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

WhatArgument = Annotated[
    list[str],
    typer.Argument(
        metavar=both("NORM|PARAGRAF", "NORM|SECTION"),
        show_default=False,
        help=both(
            "Normens id eller navn, eller en paragraf som »lab 31«.",
            "The id or name of a norm, or a section such as “lab 31”.",
        ),
    ),
]


@command(
    law_app,
    "show",
    "Vis en norm eller en paragraf: affattelser, kilder, eksempler, tvivl og regelregimer.",
    "Show a norm or a section: wordings, sources, examples, doubts and regimes.",
)
def show(
    desk: Desk, what: WhatArgument, on: DateOption = None, place: PlaceOption = None, regime: RegimeOption = None
) -> int:
    """All wordings, the one of the day marked; with a place or regimes, as they leave it."""
    law = desk.law()
    norms, section = _found(desk, law, " ".join(what))
    day = desk.day(on)
    law, book = desk.rulebook(law, day, place, regime)
    words = desk.words(law)
    data: dict[str, Any] = {"format": FORMAT, "rulebook": answers.rulebook_row(book)}
    data["section"] = None if section is None else section_row(section, law)
    data["norms"] = [norm_row(norm, law, book, words) for norm in norms]
    desk.show(data, lambda: _draw(desk, law, book, section, norms, data, words))
    return 0


def _found(desk: Desk, law: Law, text: str) -> tuple[list[Norm], Section | None]:
    """The norm, or the norms of the section, that a text names."""
    id_ = law.names.get(text, text)
    if id_ in law.norms:
        return [law.norms[id_]], None
    section = section_of(law, text)
    if section is not None:
        return [law.norms[n] for n in section.norms if n in law.norms], section
    near = desk.said(nearest(text, [*law.norms, *law.names]))
    raise desk.refuse(
        f"Der er ingen norm eller paragraf '{text}'; {near}", f"There is no norm or section '{text}'; {near}"
    )


def section_of(law: Law, text: str) -> Section | None:
    """The section a text names: ``lab 31``, ``lab.31``, ``LAB § 31`` or ``law/lab/31.yaml``."""
    plain = text.casefold().removeprefix("law/").removesuffix(".yaml").replace("§", " ")
    act, _, number = re.sub(r"[\s/.]+", " ", plain).strip().partition(" ")
    shorts = {str(row.get("short", "")).casefold(): name for name, row in law.vocabulary.acts.items()}
    act = shorts.get(act, act)
    number = number.replace(" ", "")
    return next((s for s in law.sections if s.act == act and s.section.casefold().replace(" ", "") == number), None)


# -- as data -----------------------------------------------------------------------------------------------------------


def section_row(section: Section, law: Law) -> dict[str, Any]:
    """The header of a section."""
    until = section.verified_until
    return {
        "act": section.act,
        "section": section.section,
        "title": answers.labels_of(section.title),
        "file": section.file,
        "verified_until": None if until is None else from_day(until).isoformat(),
        "not_modelled": [dict(one) for one in section.not_modelled],
        "norms": list(section.norms),
    }


def norm_row(norm: Norm, law: Law, book: Rulebook, words: Words) -> dict[str, Any]:
    """A norm with all there is to know about it."""
    resolved = book.norms.get(norm.id)
    live = resolved if resolved is not None and not resolved.absent else None
    return {
        "norm": norm.id,
        "name": norm.name,
        "kind": norm.kind,
        "label": answers.labels_of(norm.label),
        "file": norm.file,
        "owed_by": norm.owed_by,
        "owed_to": norm.owed_to,
        "nature": norm.nature,
        "each": norm.each,
        "in_force": live is not None,
        "edits": [{"regime": regime, "op": op} for regime, op in live.edits] if live else [],
        "versions": [_version_row(norm, version, book.day, law, words) for version in norm.versions],
        "reads": sorted(norm_references(norm, law)),
        "read_by": sorted(other.id for other in law.norms.values() if norm.id in norm_references(other, law)),
        "exceptions": sorted(n.id for n in law.norms.values() if n.excepts and norm.id in n.excepts.norms),
        "examples": [_example_row(example, norm.id) for example in law.examples if norm.id in example.expect],
        "no_example": norm.no_example,
        "doubts": answers.doubt_rows((d for v in norm.versions for d in v.assumptions), law),
        "regimes": [
            {"regime": regime.id, "status": regime.status, "op": edit.op, "title": answers.labels_of(regime.title)}
            for regime in law.regimes.values()
            for edit in regime.edits
            if edit.norm == norm.id
        ],
    }


def _version_row(norm: Norm, version: Version, day: int, law: Law, words: Words) -> dict[str, Any]:
    first, last = span_days(version.span)
    return {
        "ref": version.ref,
        "from": first,
        "to": last,
        "on_the_day": version.span.covers(day),
        "expressions": {key: _plain(version.raw[key]) for key in _EXPRESSIONS if key in version.raw},
        "in_words": in_words(version, words),
        "sources": [answers.source_row(slug, law) for slug in version.sources],
        "provisions": list(version.provisions),
        "assumptions": list(version.assumptions),
        "confidence": version.confidence,
        "not_modelled": version.not_modelled,
        "note": version.raw.get("note"),
    }


def span_days(span: Span) -> tuple[str | None, str | None]:
    """First and last day as JSON has them."""
    first, last = (None if day is None else from_day(day).isoformat() for day in (span.first, span.last))
    return first, last


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


def _example_row(example: Any, norm: str) -> dict[str, Any]:
    return {
        "id": example.id,
        "from": example.source_type,
        "kind": example.kind,
        "says": example.says,
        "on": from_day(example.on).isoformat(),
        "place": example.place,
        "expect": _plain(example.expect[norm]),
        "sources": list(example.sources),
    }


# -- drawn -------------------------------------------------------------------------------------------------------------

_SAYS = {
    "applies": ("Gælder når", "Applies when"),
    "value": ("Giver", "Gives"),
    "requires": ("Kræver", "Requires"),
    "must": ("Pligt", "Demand"),
    "paused_by": ("Pauser", "Pauses"),
    "lapses_when": ("Bortfalder når", "Lapses when"),
    "share": ("Andel", "Share"),
    "judged": ("Vurderes", "Judged"),
}


def _draw(
    desk: Desk, law: Law, book: Rulebook, section: Section | None, norms: list[Norm], data: dict[str, Any], words: Words
) -> None:
    if section is not None:
        act = law.vocabulary.acts.get(section.act, {})
        name = f"{act.get('short', section.act)} § {section.section}"
        title = f"{name} · {label_of(section.title, desk.lang)}"
        display.heading(desk.out, title, f"{act.get('name', '')} · {section.file}")
        until = section.verified_until
        if until is not None:
            display.line(
                desk.out,
                words.pick("Kilden er sidst kontrolleret ", "Source last checked on ") + words.day(from_day(until)),
            )
        for one in section.not_modelled:
            display.line(
                desk.out,
                words.pick("Ikke skrevet som regel: ", "Not modelled: ")
                + f"{one.get('ref', '')} – {one.get('why', '')}",
            )
        desk.out.print()
    for number, (norm, row) in enumerate(zip(norms, data["norms"], strict=True)):
        if number:
            desk.out.print()
        _draw_norm(desk, law, norm, row, words)


def _draw_norm(desk: Desk, law: Law, norm: Norm, row: dict[str, Any], words: Words) -> None:
    owed = [words.actor(norm.owed_by), words.actor(norm.owed_to)]
    told = [words.kind_of_norm(norm.kind), words.pick(" til ", " to ").join(part for part in owed if part)]
    if norm.nature:
        told.append(words.nature(norm.nature))
    if norm.each:
        told.append(words.pick("for hver: ", "for each: ") + words.kind(norm.each))
    told += [f"norm {norm.id}", (norm.name and words.pick(f"navn {norm.name}", f"name {norm.name}")) or ""]
    display.heading(desk.out, words.norm(norm.id), " · ".join(part for part in told if part))
    for version, made in zip(norm.versions, row["versions"], strict=True):
        _draw_version(desk, law, version, made, words)
    for regime, op in ((edit["regime"], edit["op"]) for edit in row["edits"]):
        display.line(
            desk.out,
            words.pick(f"Her og nu: {op_text(op, words)} ({regime})", f"Here and now: {op_text(op, words)} ({regime})"),
            2,
        )
    display.facts(
        desk.out,
        (
            (words.pick("Læser", "Reads"), _labels(row["reads"], words)),
            (words.pick("Læses af", "Read by"), _labels(row["read_by"], words)),
            (words.pick("Undtagelser", "Exceptions"), _labels(row["exceptions"], words)),
        ),
    )
    _list(desk, words.pick("Eksempler", "Examples"), [_example_text(one, words) for one in row["examples"]])
    if norm.no_example:
        display.line(desk.out, words.pick("Intet eksempel fra andre: ", "No example by others: ") + norm.no_example, 2)
    _list(desk, words.pick("Tvivl", "Doubts"), [answers.doubt_text(id_, law, words) for id_ in row["doubts"]])
    _list(desk, words.pick("Regelregimer", "Regimes"), [_regime_text(one, words) for one in row["regimes"]])


def _draw_version(desk: Desk, law: Law, version: Version, row: dict[str, Any], words: Words) -> None:
    first, last = (None if day is None else from_day(day) for day in (version.span.first, version.span.last))
    mark = "▸" if row["on_the_day"] else " "
    now = words.pick(" (gælder den dag)", " (in force that day)") if row["on_the_day"] else ""
    desk.out.print()
    display.line(
        desk.out, f"{mark} {span_text(first, last, desk.lang)} · {version.ref}{now}", style="bold" if now else ""
    )
    rows = [(words.pick(*_SAYS[key]), text) for key, text in row["in_words"].items()]
    if version.not_modelled:
        rows.append((words.pick("Ikke som regel", "Not modelled"), version.not_modelled))
    code = [f"{key}: {plain_fields(value)}" for key, value in row["expressions"].items()]
    rows.append((words.pick("I loven her", "As written"), "\n".join(code)))
    rows.append(
        (
            words.pick("Kilder", "Sources"),
            "\n".join(f"{s['title'] or s['source']} {s['url']}".strip() for s in row["sources"]),
        )
    )
    rows.append((words.pick("Sikkerhed", "Confidence"), words.confidence(version.confidence)))
    rows.append((words.pick("Hviler på tvivl", "Rests on doubt"), ", ".join(version.assumptions)))
    rows.append((words.pick("Note", "Note"), str(row["note"] or "")))
    display.facts(desk.out, rows, 4)


def _labels(ids: list[str], words: Words) -> str:
    return "\n".join(f"{words.norm(id_)} (norm {id_})" for id_ in ids)


def _list(desk: Desk, name: str, lines: list[str]) -> None:
    if lines:
        display.line(desk.out, name, 2, "bold")
        for text in lines:
            display.line(desk.out, f"· {text}", 4)


def _regime_text(row: dict[str, Any], words: Words) -> str:
    status = regime_status_text(row["status"], words)
    return f"{row['title'][words.lang]} ({row['regime']}, {status}): {op_text(row['op'], words)}"


def _example_text(row: dict[str, Any], words: Words) -> str:
    source = words.example_source(row["from"])
    expect = row["expect"]
    said = (
        plain_fields(expect)
        if isinstance(expect, dict | list)
        else words.any(expect)
        if isinstance(expect, bool)
        else str(expect)
    )
    day = words.day(date.fromisoformat(row["on"]))
    return f"[{source}] {day}: {row['says']} → {said} ({row['id']})"
