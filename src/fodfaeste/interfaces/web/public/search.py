"""Searching the law: sections by number, words in Danish and English, with a hint when a word is not known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from fodfaeste.casework.access.today import today
from fodfaeste.casework.lawbook import queries
from fodfaeste.casework.lawbook.asked import Asked, asked
from fodfaeste.casework.lawbook.models import Kind
from fodfaeste.casework.lawbook.queries import CLOSE, OPEN, Found, search
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.lawrows import ref_on
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.acts import Act, act_of
from fodfaeste.interfaces.web.public.addresses import norm_address, regime_address, section_address, slug_of
from fodfaeste.interfaces.web.public.sections import heading_of
from fodfaeste.interfaces.wording import Words, label_of, words_of
from fodfaeste.rulebook import Law
from fodfaeste.rulebook.norms import Section

PAGE = 20
LONGEST = 120
"""Letters of a question; more is cut off."""

KINDS = {
    Kind.SECTION: _("Paragraffer"),
    Kind.NORM: _("Regler"),
    Kind.RATE: _("Satser"),
    Kind.REGIME: _("Ordninger"),
    Kind.EXAMPLE: _("Eksempler"),
}
ONE = {
    Kind.SECTION: _("Paragraf"),
    Kind.NORM: _("Regel"),
    Kind.RATE: _("Sats"),
    Kind.REGIME: _("Ordning"),
    Kind.EXAMPLE: _("Eksempel"),
}


@dataclass(frozen=True)
class Named:
    """A section that was asked for by its number, with its rules (those of the paragraph, if one was named)."""

    heading: str
    title: str
    address: str
    norms: tuple[tuple[str, str, str], ...]
    only_stk: int | None


@dataclass(frozen=True)
class Shown:
    """A hit as the page shows it."""

    kind: str
    where: str
    title: SafeString
    address: str
    excerpt: SafeString
    over: bool


def law_search(request: HttpRequest) -> HttpResponse:
    """What was found, sections named by number first."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    kind = request.GET.get("slags", "")
    kind = kind if kind in Kind.values else ""
    number = request.GET.get("side", "")
    page = max(int(number), 1) if number.isdigit() and len(number) < 4 else 1
    law, language = rulebooks.law(), rulebooks.language()
    words = words_of(law, language)
    question = asked(text, law)
    found, meant, elsewhere = _found(question, language, kind, page)
    pages = -(-(found.counts.get(kind, 0) if kind else found.total) // PAGE)
    context = {
        "q": text,
        "kind": kind,
        "acts": [] if question.sections else _acts(question, law),
        "named": [_named(section, question.stk, law, words) for section in question.sections],
        "hits": [_shown(hit, law) for hit in found.hits],
        "total": found.total,
        "counts": [(one, name, found.counts.get(one, 0)) for one, name in KINDS.items() if found.counts.get(one)],
        "suggestions": _suggestions(question, found, text),
        "meant": meant,
        "elsewhere": elsewhere,
        "page": page,
        "pages": pages,
        "indexed": bool(queries.edition()),
    }
    return render(request, "public/search.html", context)


def _found(question: Asked, language: str, kind: str, page: int) -> tuple[Found, str, str]:
    """What was found; what it was found by, if a word was taken for another; and in which other language, if so."""
    within = [(section.act, slug_of(section)) for section in question.sections]
    first, day = (page - 1) * PAGE, today()
    found = search(question.words, language, day, kind=kind, first=first, size=PAGE, within=within)
    if found.total or not question.words:
        return found, "", ""
    better = [found.unknown[word][0] if found.unknown.get(word) else word for word in question.words]
    if better != list(question.words):
        again = search(better, language, day, kind=kind, first=first, size=PAGE, within=within)
        if again.total:
            return replace(again, unknown=found.unknown), " ".join(better), ""
    other = "en" if language == "da" else "da"
    again = search(question.words, other, day, kind=kind, first=first, size=PAGE, within=within)
    return (again, "", other) if again.total else (found, "", "")


def _suggestions(question: Asked, found: Found, text: str) -> list[tuple[str, str]]:
    """What else might be meant: the question with a word put right, and the address that asks it."""
    made = []
    for word, others in found.unknown.items():
        for other in others:
            said = re.sub(re.escape(word), other, text, flags=re.IGNORECASE)
            made.append((said, reverse("public:law-search", query={"q": said})))
    return made


def _acts(question: Asked, law: Law) -> list[Act]:
    return [act for act in (act_of(id_, law) for id_ in question.acts) if act.sections]


def _named(section: Section, stk: int | None, law: Law, words: Words) -> Named:
    day = to_day(today())
    norms = [law.norms[id_] for id_ in section.norms if id_ in law.norms]
    inside = [norm for norm in norms if stk is not None and _has_stk(norm.versions, stk)]
    return Named(
        heading_of(section, law),
        label_of(section.title, words.lang),
        section_address(section),
        tuple((words.norm(norm.id), ref_on(norm, day), norm_address(norm.id, law)) for norm in inside or norms),
        stk if inside else None,
    )


def _has_stk(versions: tuple[object, ...], stk: int) -> bool:
    return any(re.search(rf"stk\. {stk}\b", str(getattr(version, "ref", ""))) for version in versions)


def _shown(hit: queries.Hit, law: Law) -> Shown:
    address, where = _place(hit, law)
    return Shown(str(ONE[Kind(hit.kind)]), where, marked(hit.title), address, marked(hit.excerpt.strip(" ·")), hit.over)


def _place(hit: queries.Hit, law: Law) -> tuple[str, str]:
    """The address of a hit, and where it stands as people cite it."""
    if hit.kind == Kind.REGIME:
        return regime_address(hit.key), ""
    if hit.kind == Kind.EXAMPLE:
        example = next((one for one in law.examples if one.id == hit.key), None)
        norm = next((id_ for id_ in example.expect if id_ in law.norms), "") if example else ""
    else:
        norm = hit.key
    if hit.kind == Kind.SECTION:
        section = next((one for one in law.sections if f"{one.act}/{slug_of(one)}" == hit.key), None)
        return (section_address(section), heading_of(section, law)) if section else ("", "")
    known = law.norms.get(norm)
    return norm_address(norm, law), ref_on(known, to_day(today())) if known else ""


def marked(text: str) -> SafeString:
    """The text as HTML, the words found within <mark>."""
    text = text.replace("· · ", "· ")  # an index made before a rule without an actor left it out
    return mark_safe(escape(text).replace(OPEN, "<mark>").replace(CLOSE, "</mark>"))  # noqa: S308 - escaped first
