"""*Felter*: everything that can be asked about a citizen, which sections need it, and what cannot be left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.courses.case_steps import case_steps
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.fieldrows import ATTRIBUTE, EVENT, FIELD, SENSITIVE, SPELL, Row, mandatory, rows_of
from fodfaeste.interfaces.needs import Reader
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.web.public.asking import reader_of
from fodfaeste.interfaces.wording import label_of, raised
from fodfaeste.rulebook import Law

_PARTS = {"oplysninger": (FIELD,), "haendelser": (EVENT, ATTRIBUTE), "perioder": (SPELL, ATTRIBUTE), "skal": ()}
_FIRST = "oplysninger"
_SHOWN = 5


@dataclass(frozen=True)
class Section:
    """A section that needs something, and its page."""

    ref: str
    address: str


@dataclass(frozen=True)
class Line:
    """A row in words."""

    name: str
    label: str
    kind: str
    sensitivity: str
    sections: list[Section]
    more: list[Section]
    otherwise: int
    regimes: int
    steps: list[str]
    indented: bool


@require_safe
def fields(request: HttpRequest) -> HttpResponse:
    """``?vis=haendelser&q=praktik&dag=2026-07-01``: a part of the register, on a day."""
    law, reader = rulebooks.law(), reader_of(request)
    rows = rows_of(law, to_day(reader.day))
    part = request.GET.get("vis", _FIRST)
    part = part if part in _PARTS else _FIRST
    word = request.GET.get("q", "").strip()
    must = mandatory(rows)
    shown = must if part == "skal" else [row for row in rows if _in_part(row, part, law) and _matches(row, word)]
    context = {
        "lines": [_line(row, law) for row in shown],
        "part": part,
        "parts": [(name, said) for name, said in _names().items()],
        "word": word,
        "reader": reader,
        "must": len(must),
        "without": sum(not row.need.now for row in must),
        "all": len(rows),
        "unneeded": sum(not row.need.now for row in rows),
    }
    return render(request, "public/fields.html", context)


def _names() -> dict[str, str]:
    return {
        "oplysninger": _("Oplysninger"),
        "haendelser": _("Hændelser"),
        "perioder": _("Perioder"),
        "skal": _("Det, der ikke kan udelades"),
    }


def _in_part(row: Row, part: str, law: Law) -> bool:
    if row.what not in _PARTS[part]:
        return False
    return row.what != ATTRIBUTE or (row.key[1] in law.vocabulary.events) == (part == "haendelser")


def _matches(row: Row, word: str) -> bool:
    return not word or any(word.casefold() in text.casefold() for text in (row.name, *row.label.values()))


def _line(row: Row, law: Law) -> Line:
    lang, sections = rulebooks.language(), _sections(row.need.now, law)
    labels = {step.name: label_of(step.label, lang) for step in case_steps().values()}
    return Line(
        row.name, raised(label_of(row.label, lang, row.name)), _kind(row), _sensitivity(row),
        sections[:_SHOWN], sections[_SHOWN:], len({one.norm for one in row.need.otherwise}), len(row.need.regimes),
        list(dict.fromkeys(labels[name] for name in row.steps)), row.what == ATTRIBUTE,
    )  # fmt: skip


def _sections(readers: Iterable[Reader], law: Law) -> list[Section]:
    found: dict[str, Section] = {}
    for reader in readers:
        found.setdefault(reader.ref, Section(reader.ref, norm_address(reader.norm, law)))
    return list(found.values())


def _kind(row: Row) -> str:
    return {"observed": _("noteres"), "judged": _("vurderes af et menneske")}.get(row.kind, "")


def _sensitivity(row: Row) -> str:
    said = {SENSITIVE: _("følsom"), "confidential": _("fortrolig"), "ordinary": _("almindelig")}
    return said.get(row.sensitivity, "")
