"""A norm as a page shows it: every wording in words, who owes whom, sources, examples, doubts, neighbours, regimes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.web.public.addresses import norm_address, regime_address
from fodfaeste.interfaces.web.public.quoting import Quoted, quoted
from fodfaeste.interfaces.wording import (
    Words,
    counted_text,
    day_short,
    label_of,
    listed,
    op_text,
    plain_fields,
    raised,
    regime_status_text,
    span_text,
    status_text,
)
from fodfaeste.reasoning import Status
from fodfaeste.rulebook import Example, Law, Norm, Regime, Rulebook

_NEIGHBOURS = 1  # wordings shown on either side of that of the day; the rest unfolds
_NAMED = 4
_STATUS_ORDER = ("in-force", "planned", "agreed", "proposed", "superseded", "expired", "never-in-force")
_STATUSES = {status.word: status for status in Status}


@dataclass(frozen=True)
class Part:
    """One line of a wording; ``changed`` when the wording before it said otherwise."""

    name: str
    text: str
    changed: bool


@dataclass(frozen=True)
class Wording:
    """One wording in time."""

    span: str
    ref: str
    on_the_day: bool
    parts: tuple[Part, ...]
    code: tuple[tuple[str, str], ...]
    sources: tuple[dict[str, str], ...]
    confidence: str
    doubts: tuple[str, ...]
    not_modelled: Quoted
    note: Quoted


@dataclass(frozen=True)
class Link:
    """Something that stands elsewhere; ``address`` empty when it has no page."""

    text: str
    address: str


@dataclass(frozen=True)
class WorkedExample:
    """A worked case: who says so, the day, the case in words, and what it comes to."""

    source: str
    day: str
    says: Quoted
    outcome: str


@dataclass(frozen=True)
class Touching:
    """A regime that edits the norm."""

    title: str
    address: str
    status: str
    who: str
    window: str
    what: str
    live: bool


@dataclass(frozen=True)
class NormView:
    """All there is to know about a norm, in the reader's language."""

    id: str
    label: str
    about: str
    in_force: bool
    edited_by: tuple[Touching, ...]
    shown: tuple[Wording, ...]
    others: tuple[Wording, ...]
    reads: tuple[Link, ...]
    read_by: tuple[Link, ...]
    exceptions: tuple[Link, ...]
    examples: tuple[WorkedExample, ...]
    no_example: Quoted
    doubts: tuple[tuple[str, str, str], ...]
    regimes: tuple[Touching, ...]


def norm_view(norm: Norm, law: Law, book: Rulebook, words: Words) -> NormView:
    """The norm on the day and at the place of the rulebook."""
    row = lawrows.norm_row(norm, law, book, words)
    shown, others = _split(_wordings(norm, row["versions"], words))
    touched = tuple(touching(norm.id, law, book, words))
    return NormView(
        id=norm.id,
        label=words.norm(norm.id),
        about=_about(norm, words),
        in_force=row["in_force"],
        edited_by=tuple(dict.fromkeys(one for one in touched if one.live)),
        shown=shown,
        others=others,
        reads=_links(row["reads"], law, words),
        read_by=_links(row["read_by"], law, words),
        exceptions=_links(row["exceptions"], law, words),
        examples=tuple(_example(one, norm, words) for one in law.examples if norm.id in one.expect),
        no_example=quoted(norm.no_example, words),
        doubts=tuple(_doubt(id_, one, words) for id_, one in row["doubts"].items()),
        regimes=touched,
    )


def _about(norm: Norm, words: Words) -> str:
    """``Pligt · kommunen til borgeren · hjælp``."""
    owed = [words.actor(who) for who in (norm.owed_by, norm.owed_to) if who]
    told = [raised(words.kind_of_norm(norm.kind)), words.pick(" til ", " to ").join(owed)]
    if norm.nature:
        told.append(words.nature(norm.nature))
    if norm.each:
        told.append(words.pick("for hver: ", "for each: ") + words.kind(norm.each).lower())
    return " · ".join(part for part in told if part)


def _wordings(norm: Norm, rows: list[dict[str, Any]], words: Words) -> list[Wording]:
    dated = sorted(zip(norm.versions, rows, strict=True), key=lambda pair: pair[1]["from"] or "")
    found: list[Wording] = []
    before: dict[str, str] | None = None
    for version, row in dated:
        first, last = (None if row[side] is None else date.fromisoformat(row[side]) for side in ("from", "to"))
        said: dict[str, str] = row["in_words"]
        parts = tuple(
            Part(lawrows.part_text(name, words), text, before is not None and before.get(name) != text)
            for name, text in said.items()
        )
        found.append(
            Wording(
                span=raised(span_text(first, last, words.lang)),
                ref=row["ref"],
                on_the_day=row["on_the_day"],
                parts=parts,
                code=tuple((name, plain_fields(value)) for name, value in row["expressions"].items()),
                sources=tuple(row["sources"]),
                confidence=words.confidence(row["confidence"]),
                doubts=tuple(row["assumptions"]),
                not_modelled=quoted(version.not_modelled, words),
                note=quoted(version.raw.get("note"), words),
            )
        )
        before = said
    return found


def _split(wordings: list[Wording]) -> tuple[tuple[Wording, ...], tuple[Wording, ...]]:
    """Those shown side by side: that of the day with its neighbours, else the last; and the others."""
    at = next((i for i, one in enumerate(wordings) if one.on_the_day), len(wordings) - 1)
    first, last = max(at - _NEIGHBOURS, 0), at + _NEIGHBOURS + 1
    return tuple(wordings[first:last]), (*wordings[:first], *wordings[last:])


def _links(ids: Iterable[str], law: Law, words: Words) -> tuple[Link, ...]:
    return tuple(Link(words.norm(id_), norm_address(id_, law)) for id_ in ids)


def _doubt(id_: str, doubt: dict[str, Any], words: Words) -> tuple[str, str, str]:
    return id_, label_of(doubt.get("question") or {}, words.lang), label_of(doubt.get("assumption") or {}, words.lang)


# -- examples ----------------------------------------------------------------------------------------------------------


def _example(example: Example, norm: Norm, words: Words) -> WorkedExample:
    return WorkedExample(
        words.example_source(example.source_type),
        words.day(from_day(example.on)),
        quoted(example.says, words),
        _expected(lawrows.example_row(example, norm.id, words)["expect"], norm, words),
    )


def _expected(value: Any, norm: Norm, words: Words) -> str:
    """What an example expects, in words: a status with its last day, or a value."""
    if isinstance(value, list):
        return listed((_expected(one, norm, words) for one in value), words.lang) or words.pick("ingen", "none")
    if isinstance(value, dict):
        told = [_expected(value["status"], norm, words)] if "status" in value else []
        if "due" in value:
            told.append(words.pick("sidste dag ", "last day ") + _day(value["due"], words))
        if "count" in value and "required" in value:
            told.append(counted_text(value["count"], value["required"], words))
        if "start" in value:
            told.append(words.pick("regnet fra ", "counted from ") + _day(value["start"], words))
        return ", ".join(told) or plain_fields(value)
    if isinstance(value, str) and value in _STATUSES:
        return status_text(_STATUSES[value], words)
    if value == "not_in_force":
        return words.pick("ikke i kraft", "not in force")
    enum = words.vocabulary.enums.get(norm.type)
    if enum is not None and value in enum.labels:
        return label_of(enum.labels[value], words.lang, str(value))
    return words.any(value) if isinstance(value, bool) else _day(value, words)


def _day(value: Any, words: Words) -> str:
    try:
        return words.day(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


# -- regimes -----------------------------------------------------------------------------------------------------------


def touching(norm: str, law: Law, book: Rulebook, words: Words) -> Iterable[Touching]:
    """The regimes that edit a norm: those in force first, what has ended last."""
    found = [
        (regime, edit.op)
        for regime in law.regimes.values()
        for edit in regime.edits
        if norm in (edit.norm, edit.raw.get("norm"))
    ]
    order = {status: rank for rank, status in enumerate(_STATUS_ORDER)}
    for regime, op in sorted(found, key=lambda pair: (order.get(pair[0].status, len(order)), pair[0].id)):
        yield Touching(
            label_of(regime.title, words.lang),
            regime_address(regime.id),
            regime_status_text(regime.status, words),
            who_text(regime, law, words),
            window_text(regime, words),
            op_text(op, words),
            regime.id in book.regimes,
        )


def who_text(regime: Regime, law: Law, words: Words) -> str:
    """The municipalities of a regime: a few by name, more by number."""
    if regime.who is None:
        return words.pick("hele landet", "the whole country")
    names = [str(law.municipalities.get(slug, {}).get("name", slug)) for slug in regime.who]
    if len(names) <= _NAMED:
        return listed(names, words.lang)
    return words.pick(f"{len(names)} kommuner", f"{len(names)} municipalities")


def window_text(regime: Regime, words: Words) -> str:
    """From when to when a regime runs."""
    first, last = (None if day is None else from_day(day) for day in (regime.window.first, regime.window.last))
    return f"{day_short(first, words.lang)} – {day_short(last, words.lang)}"
