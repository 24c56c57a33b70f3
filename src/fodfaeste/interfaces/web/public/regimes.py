"""The regimes: who is set free from what, where, until when, why, and how it is measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.today import today
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.lawchanges import conditions, in_both
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.public.addresses import norm_address, regime_address
from fodfaeste.interfaces.web.public.normview import who_text, window_text
from fodfaeste.interfaces.web.public.quoting import Quoted, quoted
from fodfaeste.interfaces.wording import (
    Words,
    edit_text,
    field_text,
    label_of,
    listed,
    op_text,
    regime_kind_text,
    regime_status_text,
    span_text,
    words_of,
)
from fodfaeste.rulebook import Change, Law, Regime, ResolveError, diff
from fodfaeste.rulebook.regimes import STATUSES

_ORDER = ("in-force", "planned", "agreed", "proposed", "superseded", "expired", "never-in-force")


@dataclass(frozen=True)
class Group:
    """The regimes of one status."""

    status: str
    name: str
    regimes: tuple[dict[str, Any], ...]
    over: bool


@dataclass(frozen=True)
class Edit:
    """What a regime does to one norm: how it reads before and after, where that can be said."""

    label: str
    address: str
    ref: str
    what: str
    why: Quoted
    parts: tuple[tuple[str, str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    written: str
    added: str


def regime_list(request: HttpRequest) -> HttpResponse:
    """All regimes by status: what binds, what is planned or proposed, and what is over."""
    law = rulebooks.law()
    words = words_of(law, rulebooks.language())
    groups = [
        Group(status, regime_status_text(status, words), tuple(_line(r, law, words) for r in found), over=place > 3)
        for place, status in enumerate(_ORDER)
        if (found := sorted((r for r in law.regimes.values() if r.status == status), key=lambda r: r.id))
    ]
    assert set(_ORDER) == set(STATUSES)
    return render(request, "public/regimes.html", {"groups": groups})


def _line(regime: Regime, law: Law, words: Words) -> dict[str, Any]:
    return {
        "title": label_of(regime.title, words.lang),
        "address": regime_address(regime.id),
        "kind": regime_kind_text(regime.kind, words),
        "who": who_text(regime, law, words),
        "window": window_text(regime, words),
        "edits": len(regime.edits),
    }


def regime_page(request: HttpRequest, regime: str) -> HttpResponse:
    """Everything a regime says, and what it changes."""
    law = rulebooks.law()
    found = law.regimes.get(regime)
    if found is None:
        raise Http404(_("Der er ingen ordning med navnet »%(regime)s«.") % {"regime": regime})
    words = words_of(law, rulebooks.language())
    row = lawrows.regime_row(found, law, words)
    first, last = (None if day is None else from_day(day) for day in (found.window.first, found.window.last))
    names = [str(law.municipalities.get(slug, {}).get("name", slug)) for slug in found.who or ()]
    context = {
        "regime": found,
        "title": label_of(found.title, words.lang),
        "status": regime_status_text(found.status, words),
        "kind": regime_kind_text(found.kind, words),
        "window": span_text(first, last, words.lang),
        "running": found.was_law and bool(first and last and first <= today() <= last),
        "over": last is not None and last < today(),
        "who": listed(names, words.lang) if names else words.pick("Hele landet", "The whole country"),
        "purpose": row["purpose"][words.lang],
        "facts": [
            (name, [quoted(one, words) for one in _listed(found.raw.get(key))])
            for name, key in (
                (_("Grundlag"), "legal_basis"),
                (_("Besparelse"), "saving"),
                (_("Værn"), "safeguards"),
                (_("Evaluering"), "evaluation"),
                (_("Stopregel"), "stop_rule"),
                (_("Sager, der er i gang, når den ender"), "running_cases"),
                (_("Note"), "note"),
            )
        ],
        "row": row,
        "edits": list(edits_of(found, law, words)),
        "protected": [label_of(one.get("right") or {}, words.lang) for one in law.protected],
    }
    return render(request, "public/regime.html", context)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def edits_of(regime: Regime, law: Law, words: Words) -> Iterable[Edit]:
    """The edits of a regime, each with how the rule reads without and with it."""
    changes = _changes(regime, law)
    for edit in regime.edits:
        change = changes.get(edit.norm)
        norm = law.norms.get(edit.norm) or next((one for one in regime.added if one.id == edit.norm), None)
        told = in_both(change, words, words) if change and change.what != "new" else {}
        marks = (change and conditions(change, words, words)) or []
        if marks:
            told.pop("applies", None)
        gone = edit.op == "set_aside"
        yield Edit(
            label=label_of(norm.label, words.lang) if norm else edit.norm,
            address=norm_address(edit.norm, law) if edit.op != "add" else "",
            ref=lawrows.ref_on(norm, regime.window.first) if norm else "",
            what=op_text(edit.op, words),
            why=quoted(edit.raw.get("why"), words),
            parts=() if gone else tuple((field_text(k, words), v["before"], v["after"]) for k, v in told.items()),
            conditions=() if gone else tuple(marks),
            written="" if told or marks or edit.op in ("add", "set_aside") else _written(edit.raw, edit.norm, words),
            added=_added(regime, edit.norm, words) if edit.op == "add" else "",
        )


def _written(raw: dict[str, Any], norm: str, words: Words) -> str:
    return edit_text(raw, norm, words)


def _added(regime: Regime, id_: str, words: Words) -> str:
    norm = next((one for one in regime.added if one.id == id_), None)
    if norm is None:
        return ""
    said = lawrows.in_words(norm.versions[-1], words)
    return " · ".join(f"{lawrows.part_text(name, words)}: {text}" for name, text in said.items())


def _changes(regime: Regime, law: Law) -> dict[str, Change]:
    """What the regime changes on its first day, against general law of the same day."""
    if regime.window.first is None:
        return {}
    place = regime.who[0] if regime.who else None
    day = from_day(regime.window.first)
    try:
        without = rulebooks.rulebook_of(day, place, ())
        under = rulebooks.rulebook_of(day, place, (regime.id,))
    except ResolveError:
        return {}
    return {change.norm: change for change in diff(without, under)}
