"""*Hvorfor?*: one answer about one citizen with section, wording in force, decisive facts, nearest change and doubts.

The same view serves a part of a page (htmx) and a page of its own (without JavaScript). It is the only place where
explanations and nearest changes are made: lists of duties are drawn from outcomes alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.facts import View, view_case
from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.overview import nearest
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_provenance import log_sensitive, whence
from fodfaeste.interfaces.web.caseworker.citizen_regimes import chosen_regimes
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.wording import (
    Words,
    deadline_text,
    flip_text,
    label_of,
    outcome_text,
    progress_text,
    regime_status_text,
    sentence,
    span_text,
    status_text,
)
from fodfaeste.reasoning import NEEDS_ACTION, Because, Explanation, Flip, explain, judge_of, outcome
from fodfaeste.reasoning.outcome import value_of
from fodfaeste.rulebook import Law, ResolveError, Rulebook
from fodfaeste.rulebook.norms import Span

_MOST_ROWS = 6


@dataclass(frozen=True)
class Answer:
    """One explained answer, as the page shows it."""

    label: str
    status: str
    deadline: str
    progress: str
    ref: str
    act: str
    section: str
    in_force: str
    regimes: tuple[str, ...]
    reasons: tuple[str, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    flip: str
    doubts: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    used: tuple[str, ...] = ()
    """The fields it shows the values of."""
    before_law: str = ""
    """What to say when the day lies before the law begins."""


@opens_case("why")
def why(request: HttpRequest, user: User, course: Course, norm: str) -> HttpResponse:
    """Why a norm came out as it did for the citizen; ``?nr=2`` for the third of the things an *each* norm is about."""
    law = rulebooks.law()
    day, book = _asked_under(request, course)
    case = case_of(course, law.vocabulary)
    view = view_case(case, law.vocabulary, to_day(day))
    number = request.GET.get("nr", "0")
    said_by = whence(case, day, rulebooks.words(book))
    answer = answer_of(law, book, view, norm, int(number) if number.isdecimal() else 0, said_by)
    log_sensitive(request, user, course, answer.used)
    template = "caseworker/_why.html" if getattr(request, "htmx", False) else "caseworker/why.html"
    return render(request, template, {"course": course, "answer": answer})


def _asked_under(request: HttpRequest, course: Course) -> tuple[date, Rulebook]:
    """The day and the law asked about: today's, unless ``?dato=`` and ``?regime=`` say otherwise."""
    try:
        day = date.fromisoformat(request.GET["dato"]) if request.GET.get("dato") else today()
        regimes = chosen_regimes(request.GET.get("regime", ""), day, course.kommune.slug)
        book = rulebooks.rulebook_of(day, course.kommune.slug, regimes)
    except (ValueError, ResolveError):
        raise Http404(_("Den dag eller ordning kendes ikke. Gå tilbage, og vælg en anden.")) from None
    return day, book


def answer_of(
    law: Law, book: Rulebook, view: View, norm: str, number: int = 0, said_by: Mapping[str, str] | None = None
) -> Answer:
    """The explained answer of a norm about a case; ``said_by`` tells whence a field is known.

    Raises Http404, one sentence, when there is none.
    """
    resolved = book.norms.get(norm)
    if resolved is None or resolved.absent:
        raise Http404(_("Reglen er ikke i kraft i dag. Slå den op under Loven for at se, hvornår den gjaldt."))
    found = explain(book, view, norm)
    if number >= len(found):
        raise Http404(_("Sagen har ændret sig, og reglen gælder ikke det, du spurgte om, mere. Gå tilbage til sagen."))
    one, words = found[number], rulebooks.words(book)
    flip = nearest(book, view, one) or _doing_it(book, view, one, number)
    answer = one.outcome
    return Answer(
        label=words.norm(norm),
        status=status_text(answer.status, words) if answer.status is not None else outcome_text(answer, words),
        deadline=deadline_text(answer, from_day(view.on), words),
        progress=progress_text(answer, words) if (answer.required or 0) > 1 else "",
        ref=resolved.ref,
        act=resolved.norm.act,
        section=resolved.norm.section,
        in_force=_in_force(resolved.version.span, words),
        regimes=_regimes(law, one, words),
        reasons=tuple(rulebooks.sentences(book).why(one)),
        facts=tuple(_facts(one, words, said_by or {})),
        flip="" if flip is None else flip_text(flip, words, resolved.norm.type),
        doubts=tuple(_doubts(law, one.assumptions(book), words)),
        sources=tuple(_sources(law, resolved.version.sources)),
        used=tuple(leaf.name for leaf in one.facts() if leaf.kind == "fact" and leaf.value is not None),
        before_law=rulebooks.before_the_law(from_day(book.day)),
    )


def _doing_it(book: Rulebook, view: View, one: Explanation, number: int) -> Flip | None:
    """What doing today what is demanded would give; for norms about one thing of several, which have no contrasts."""
    must = one.norm.must
    if must is None or must.spell or one.outcome.status not in NEEDS_ACTION:
        return None
    types = book.vocabulary.events[must.kind].attrs
    attrs: list[int | None] = [None] * len(types)
    for wanted in must.filters:
        if wanted.keep:
            attrs[wanted.slot] = wanted.values[0]
    rows = [*view.events[must.kind], (view.on, tuple(attrs))]
    raw = judge_of(book).one(replace(view, events={**view.events, must.kind: rows}), one.norm.id)
    found = raw[number] if isinstance(raw, list) else raw
    then = outcome(one.norm, found, book.vocabulary)
    if then.status == one.outcome.status or not then.known:
        return None
    given = {
        name: value_of(type_, code, book.vocabulary)
        for (name, type_), code in zip(types.items(), attrs, strict=True)
        if code is not None
    }
    return Flip("event", must.kind, None, from_day(view.on), then, 0, given)


def _in_force(span: Span, words: Words) -> str:
    """From when to when the wording is in force; nothing where the law names no day at all."""
    if span.first is None and span.last is None:
        return ""
    return span_text(_day(span.first), _day(span.last), words.lang)


def _day(day: int | None) -> date | None:
    return None if day is None else from_day(day)


def _regimes(law: Law, one: Explanation, words: Words) -> tuple[str, ...]:
    found = []
    for id_ in dict.fromkeys(regime for regime, _op in one.norm.edits):
        regime = law.regimes.get(id_)
        if regime is not None:
            found.append(f"{label_of(regime.title, words.lang, id_)} ({regime_status_text(regime.status, words)})")
    return tuple(found)


def _facts(one: Explanation, words: Words, said_by: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """What decided: each fact with its value and whence it is known; events and spells with days, the latest first."""
    told: dict[str, tuple[str, ...]] = {}
    if one.item is not None:
        told[sentence(words.kind(str(one.item["kind"])))[:-1]] = (words.row(one.item),)
    for leaf in one.facts():
        if leaf.kind == "item" and one.item is not None:
            continue  # said above
        name, values = _leaf(leaf, words)
        if leaf.kind == "fact" and leaf.name in said_by:
            values = (*values, said_by[leaf.name])
        told.setdefault(name, values)
    return list(told.items())


def _leaf(leaf: Because, words: Words) -> tuple[str, tuple[str, ...]]:
    if leaf.kind == "history":
        name = words.kind(leaf.name)
        rows = sorted(leaf.rows, key=lambda row: row.get("date") or row["from"], reverse=True)
        shown = [words.row(row) for row in rows[:_MOST_ROWS]]
        if len(rows) > _MOST_ROWS:
            n = len(rows) - _MOST_ROWS
            shown.append(words.pick(f"og {n} før dem", f"and {n} before them"))
        nothing = words.pick("intet er noteret", "nothing is recorded")
        return sentence(name)[:-1], tuple(shown) or (nothing if leaf.value is not None else words.any(None),)
    name = words.attribute(leaf.name) if leaf.kind == "item" else words.field(leaf.name)
    return sentence(name)[:-1], (_value(leaf, words),)


def _value(leaf: Because, words: Words) -> str:
    field = words.vocabulary.fields.get(leaf.name)
    return words.value(leaf.value, field.type) if field else words.any(leaf.value)


def _doubts(law: Law, ids: list[str], words: Words) -> list[tuple[str, str]]:
    """Question and assumption of each doubt the answer rests on."""
    rows: list[dict[str, Any]] = [law.doubts[id_] for id_ in ids if id_ in law.doubts]
    return [
        (label_of(row.get("question") or {}, words.lang), label_of(row.get("assumption") or {}, words.lang))
        for row in rows
    ]


def _sources(law: Law, slugs: tuple[str, ...]) -> list[tuple[str, str]]:
    rows = [(slug, law.sources.get(slug, {})) for slug in slugs]
    return [(str(row.get("title") or slug), str(row.get("url") or "")) for slug, row in rows]
