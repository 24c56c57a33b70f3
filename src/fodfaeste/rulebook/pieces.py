"""Which wording binds which governing day, when a regime ran for only a part of a version's time.

A norm may be governed by another day than today (the first day of absence, the day of a conversation). Then
a regime that has ended still binds what happened while it ran, and one that has begun does not reach back.
"""

from __future__ import annotations

from dataclasses import replace

from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.edits import edited_version
from fodfaeste.rulebook.norms import Edit, Law, Norm, Regime, Span, Version


def edited(law: Law, norm: Norm, version: Version, edit: Edit, overlay: Assembler) -> Version | None:
    """The version as an edit leaves it, made once; None when it is set aside."""
    key = (id(version), id(edit), id(overlay), overlay.added)
    if key not in law.cache:
        law.cache[key] = (edited_version(norm, version, edit, overlay), version, edit, overlay)
    result: Version | None = law.cache[key][0]
    return result


def split(law: Law, norm: Norm, version: Version, regime: Regime, edit: Edit, overlay: Assembler) -> list[Version]:
    """The version before, inside (edited) and after the window of a regime, each with its own days."""
    found: list[Version] = []
    for span, inside in _parts(version.span, regime.window):
        piece = _cut(law, version, span)
        if not inside:
            found.append(piece)
            continue
        changed = edited(law, norm, piece, edit, overlay)
        if changed is not None:
            found.append(changed)
    return found


def _parts(span: Span, window: Span) -> list[tuple[Span, bool]]:
    """The span in order of time: (part, whether it lies inside the window)."""
    parts: list[tuple[Span, bool]] = []
    if window.first is not None:
        parts.append((_meet(span, Span(None, window.first - 1)), False))
    parts.append((_meet(span, window), True))
    if window.last is not None:
        parts.append((_meet(span, Span(window.last + 1, None)), False))
    return [(part, inside) for part, inside in parts if not _empty(part)]


def _meet(a: Span, b: Span) -> Span:
    firsts = [day for day in (a.first, b.first) if day is not None]
    lasts = [day for day in (a.last, b.last) if day is not None]
    return Span(max(firsts, default=None), min(lasts, default=None))


def _empty(span: Span) -> bool:
    return span.first is not None and span.last is not None and span.first > span.last


def _cut(law: Law, version: Version, span: Span) -> Version:
    if span == version.span:
        return version
    key = ("cut", id(version), span)
    if key not in law.cache:
        law.cache[key] = (replace(version, span=span), version)
    piece: Version = law.cache[key][0]
    return piece
