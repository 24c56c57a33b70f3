"""A page per section of an act, rendered from the norm files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.inbox import queries
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.lawrows import section_of
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address, section_address, slug_of
from fodfaeste.interfaces.web.public.asking import Reader, reader_of
from fodfaeste.interfaces.web.public.normview import NormView, norm_view
from fodfaeste.interfaces.web.public.quoting import quoted
from fodfaeste.interfaces.wording import Words, label_of, words_of
from fodfaeste.rulebook import Law, Norm
from fodfaeste.rulebook.norms import Section

_PLENTY = 8  # days of change shown before the rest unfolds


@dataclass(frozen=True)
class ChangeDay:
    """A day on which something in the section changed, for the date switch."""

    day: date
    text: str
    current: bool


def section_page(request: HttpRequest, act: str, section: str) -> HttpResponse:
    """The section as it stands on a day, with all its wordings."""
    law = rulebooks.law()
    found = _found(law, act, section)
    if slug_of(found) != section or found.act != act:
        return redirect(section_address(found), permanent=True)
    reader = reader_of(request)
    book = reader.book
    words = words_of(law, rulebooks.language())
    norms = [law.norms[id_] for id_ in found.norms if id_ in law.norms]
    until = found.verified_until
    context = {
        "reader": reader,
        "act": law.vocabulary.acts.get(act, {}),
        "act_id": act,
        "section": found,
        "missing": [(str(one.get("ref", "")), quoted(one.get("why"), words)) for one in found.not_modelled],
        "heading": heading_of(found, law),
        "title": label_of(found.title, words.lang),
        "verified_until": None if until is None else from_day(until),
        "norms": _sorted([norm_view(norm, law, book, words) for norm in norms]),
        "days": list(_days(norms, reader, words)),
        "concerned": concerned(request, [norm.id for norm in norms]),
        "neighbours": _neighbours(found, law, words),
    }
    return render(request, "public/section.html", context)


def norm_page(request: HttpRequest, norm: str) -> HttpResponse:
    """Lead to where a norm stands."""
    law = rulebooks.law()
    address = norm_address(law.names.get(norm, norm), law)
    if not address:
        raise Http404(_("Der er ingen regel med navnet »%(norm)s«.") % {"norm": norm})
    return redirect(address)


def heading_of(section: Section, law: Law) -> str:
    """``LAB § 31``, as people cite it."""
    short = law.vocabulary.acts.get(section.act, {}).get("short", section.act)
    mark = "§ " if section.section[:1].isdigit() else ""
    return f"{short} {mark}{section.section}"


def _found(law: Law, act: str, section: str) -> Section:
    """The section by the name of its file, or by its number as people write it."""
    for one in law.sections:
        if one.act == act and slug_of(one) == section:
            return one
    named = section_of(law, f"{act} {section}")
    if named is None:
        raise Http404(_("Der er ingen paragraf »%(act)s %(section)s« i loven her.") % {"act": act, "section": section})
    return named


def _sorted(norms: list[NormView]) -> list[NormView]:
    """What is in force on the day comes first; the order of the file is kept."""
    return sorted(norms, key=lambda norm: not norm.in_force)


def _days(norms: Iterable[Norm], reader: Reader, words: Words) -> Iterable[ChangeDay]:
    """The days on which a wording began, or ended with none after it; the latest first."""
    firsts = {v.span.first for norm in norms for v in norm.versions if v.span.first is not None}
    ends = {v.span.last + 1 for norm in norms for v in norm.versions if v.span.last is not None}
    days = sorted((from_day(day) for day in firsts | ends), reverse=True)
    current = next((day for day in days if day <= reader.day), None)
    for day in days[:_PLENTY]:
        yield ChangeDay(day, words.day(day), day == current)


def _neighbours(section: Section, law: Law, words: Words) -> dict[str, Any]:
    """The sections before and after this one in its act."""
    ordered = ordered_sections(law, section.act)
    at = ordered.index(section)
    made = {}
    for name, index in (("previous", at - 1), ("following", at + 1)):
        if 0 <= index < len(ordered):
            one = ordered[index]
            made[name] = {"address": section_address(one), "text": heading_of(one, law)}
    return made


def ordered_sections(law: Law, act: str) -> list[Section]:
    """The sections of an act in the order of their numbers: 9 before 22, 105 a after 105."""

    def key(section: Section) -> tuple[Any, ...]:
        match = re.match(r"(\d+)\s*(.*)", section.section)
        return (0, int(match[1]), match[2]) if match else (1, 0, section.section)

    return sorted((one for one in law.sections if one.act == act), key=key)


def concerned(request: HttpRequest, norms: list[str]) -> dict[str, int] | None:
    """How many open cases of the reader's municipality each norm concerns; None for the public, or when not known."""
    user = request.user
    if not isinstance(user, User) or user.kommune_id is None:
        return None
    return queries.concerned(user.kommune_id, norms)
