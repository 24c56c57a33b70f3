"""The acts: which there are, their sections, how much of each is written as rules, and the rates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawrows import coverage_row
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import RATES, section_address
from fodfaeste.interfaces.web.public.asking import reader_of
from fodfaeste.interfaces.web.public.normview import norm_view
from fodfaeste.interfaces.web.public.sections import heading_of, ordered_sections
from fodfaeste.interfaces.wording import Words, label_of, words_of
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.norms import Section


@dataclass(frozen=True)
class Act:
    """An act, and how many of its sections are modelled, partly modelled and not."""

    id: str
    short: str
    name: str
    official: str
    sections: int
    norms: int
    states: Counter[str]


@dataclass(frozen=True)
class Line:
    """A section in the list of its act."""

    heading: str
    title: str
    address: str
    state: str
    norms: int
    verified_until: date | None


def law_front(request: HttpRequest) -> HttpResponse:
    """The acts, the rates, the regimes, and a field to search in all of it."""
    law = rulebooks.law()
    acts = [act_of(id_, law) for id_ in law.vocabulary.acts]
    states: Counter[str] = Counter()
    for act in acts:
        states.update(act.states)
    context = {
        "acts": sorted((act for act in acts if act.sections), key=lambda act: -act.sections),
        "sections": len(law.sections),
        "states": states,
        "norms": len(law.norms),
        "rates": sum(norm.act == RATES for norm in law.norms.values()),
        "regimes": len(law.regimes),
        "examples": len(law.examples),
        "others": sum(example.source_type != "invented" for example in law.examples),
    }
    return render(request, "public/law.html", context)


def act_page(request: HttpRequest, act: str) -> HttpResponse:
    """The sections of an act, and what of it is written as rules."""
    law = rulebooks.law()
    found = act_of(act, law)
    if not found.sections:
        raise Http404(_("Der er ingen lov »%(act)s« her.") % {"act": act})
    words = words_of(law, rulebooks.language())
    lines = [_line(section, law, words) for section in ordered_sections(law, act)]
    return render(request, "public/act.html", {"act": found, "lines": lines})


def act_of(id_: str, law: Law) -> Act:
    """An act in numbers."""
    row = law.vocabulary.acts.get(id_, {})
    rows = [coverage_row(section, law) for section in law.sections if section.act == id_]
    return Act(
        id_,
        str(row.get("short", id_)),
        str(row.get("name", id_)),
        str(row.get("official", "")),
        len(rows),
        sum(one["norms"] for one in rows),
        Counter(one["state"] for one in rows),
    )


def _line(section: Section, law: Law, words: Words) -> Line:
    row = coverage_row(section, law, words.lang)
    until = section.verified_until
    return Line(
        heading_of(section, law),
        label_of(section.title, words.lang),
        section_address(section),
        row["state"],
        row["norms"],
        None if until is None else from_day(until),
    )


def rates(request: HttpRequest) -> HttpResponse:
    """The rates, each with its values in time; between values nothing is assumed."""
    law = rulebooks.law()
    reader = reader_of(request)
    words = words_of(law, rulebooks.language())
    found = [norm_view(norm, law, reader.book, words) for norm in law.norms.values() if norm.act == RATES]
    found.sort(key=lambda norm: norm.label.casefold())
    return render(request, "public/rates.html", {"rates": found, "reader": reader})
