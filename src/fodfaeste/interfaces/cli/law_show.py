"""``fodfaeste law show``: one norm or one section, with its wordings, sources, examples, doubts and regimes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from fodfaeste.foundation import from_day
from fodfaeste.interfaces import answers, lawrows
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import Words, label_of, op_text, plain_fields, regime_status_text, span_text
from fodfaeste.rulebook import Law, Norm, Rulebook, Version
from fodfaeste.rulebook.norms import Section
from fodfaeste.rulebook.scope import nearest

FORMAT = "fodfaeste/law-show/1"
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
    data["section"] = None if section is None else lawrows.section_row(section, law, desk.lang)
    data["norms"] = [lawrows.norm_row(norm, law, book, words) for norm in norms]
    desk.show(data, lambda: _draw(desk, law, book, section, norms, data, words))
    return 0


def _found(desk: Desk, law: Law, text: str) -> tuple[list[Norm], Section | None]:
    """The norm, or the norms of the section, that a text names."""
    id_ = law.names.get(text, text)
    if id_ in law.norms:
        return [law.norms[id_]], None
    section = lawrows.section_of(law, text)
    if section is not None:
        return [law.norms[n] for n in section.norms if n in law.norms], section
    near = desk.said(nearest(text, [*law.norms, *law.names]))
    raise desk.refuse(
        f"Der er ingen norm eller paragraf '{text}'; {near}", f"There is no norm or section '{text}'; {near}"
    )


# -- drawn -------------------------------------------------------------------------------------------------------------


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
                + f"{one.get('ref', '')} – {words.text(one.get('why', ''))}",
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
        display.line(
            desk.out, words.pick("Intet eksempel fra andre: ", "No example by others: ") + row["no_example"], 2
        )
    _list(desk, words.pick("Tvivl", "Doubts"), [lawrows.doubt_text(id_, law, words) for id_ in row["doubts"]])
    _list(desk, words.pick("Regelregimer", "Regimes"), [_regime_text(one, words) for one in row["regimes"]])


def _draw_version(desk: Desk, law: Law, version: Version, row: dict[str, Any], words: Words) -> None:
    first, last = (None if day is None else from_day(day) for day in (version.span.first, version.span.last))
    mark = "▸" if row["on_the_day"] else " "
    now = words.pick(" (gælder den dag)", " (in force that day)") if row["on_the_day"] else ""
    desk.out.print()
    display.line(
        desk.out, f"{mark} {span_text(first, last, desk.lang)} · {version.ref}{now}", style="bold" if now else ""
    )
    rows = [(lawrows.part_text(key, words), text) for key, text in row["in_words"].items()]
    if version.not_modelled:
        rows.append((words.pick("Ikke som regel", "Not modelled"), words.text(version.not_modelled)))
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
