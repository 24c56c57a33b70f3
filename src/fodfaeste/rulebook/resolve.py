"""Resolve: (law, day, place, regimes) → the rulebook in force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fodfaeste.foundation import from_day
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.assemble import Assembler
from fodfaeste.rulebook.compiler import FALSE, TRUE
from fodfaeste.rulebook.graph import in_order
from fodfaeste.rulebook.norms import PREDICATES, Edit, Law, Norm, Regime, Version
from fodfaeste.rulebook.pieces import edited, split
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook
from fodfaeste.rulebook.scope import nearest
from fodfaeste.rulebook.types import range_of
from fodfaeste.rulebook.weave import govern, weave


class ResolveError(ValueError):
    """The question cannot be put: an unknown place or regime, or a regime outside its window. One sentence."""


def resolve(law: Law, day: int, place: str | None = None, regimes: Iterable[str] | None = None) -> Rulebook:
    """The rulebook of a day (days since 1970) at a place.

    ``regimes`` None: those that were law there and then (without a place: those for all); an empty list:
    general law; else exactly those named. Raises ResolveError for a regime that does not exist, has ended, or is
    not the place's.
    """
    slug = municipality(law, place) if place else None
    if regimes is None:
        begun = _automatic(law, day, slug)
        chosen = [regime for regime in begun if regime.window.covers(day)]
    else:
        chosen = begun = [_named(law, id_, day, slug) for id_ in regimes]
    norms = dict(law.norms)
    for regime in chosen:
        norms |= {norm.id: norm for norm in regime.added}
    edits = _edits(begun, norms, day)
    live = _in_force(law, norms, edits, day, _overlay(law, chosen))
    links = _links(norms, live)
    resolved = {id_: _resolved(law, norms[id_], versions, links, edits) for id_, versions in live.items()}
    _add_absent(law, norms, resolved)
    try:
        order = in_order({id_: norm.reads for id_, norm in resolved.items()})
    except ValueError as error:
        raise ResolveError(str(error)) from None
    ordered = {id_: resolved[id_] for id_ in order if id_ in resolved}
    return Rulebook(law.vocabulary, day, slug, tuple(r.id for r in chosen), ordered)


def _edits(regimes: list[Regime], norms: dict[str, Norm], day: int) -> Edits:
    """Norm id → the edits that bear on it. One that has ended does so only where another day governs."""
    edits: Edits = {}
    for regime in regimes:
        for edit in regime.edits:
            if edit.op != "add" and (regime.window.covers(day) or norms[edit.norm].governed_by is not None):
                edits.setdefault(edit.norm, []).append((regime, edit))
    return edits


def _overlay(law: Law, regimes: list[Regime]) -> Assembler:
    """What edits may refer to: the names of the law, and those every chosen regime adds."""
    adding = [regime for regime in regimes if regime.added]
    if len(adding) < 2:
        overlay: Assembler = adding[0].assembler if adding else law.assembler
        return overlay
    key = ("overlay", tuple(regime.id for regime in adding))
    if key not in law.cache:
        both: Assembler = law.assembler.overlay()
        for regime in adding:
            both.raw.update(regime.assembler.raw)
            both.types.update(regime.assembler.types)
            both.names.update(regime.assembler.names)
            both.added += regime.assembler.added
        law.cache[key] = both
    found: Assembler = law.cache[key]
    return found


def municipality(law: Law, place: str) -> str:
    """The slug of a municipality given by slug, name or code. Raises ResolveError."""
    slug, mend = municipality_in(law.municipalities, place)
    if slug is None:
        raise ResolveError(f"'{place}' is no municipality; {mend}")
    return slug


def municipality_in(known: Mapping[str, Mapping[str, Any]], place: str) -> tuple[str | None, str]:
    """The slug of a municipality among those known; or None, and how to mend what was written.

    Where none are known, whatever is written is taken.
    """
    from difflib import get_close_matches

    written = place.casefold()
    names: dict[str, str] = {}
    for slug, row in known.items():
        name = str(row.get("name", slug))
        if written in (slug, name.casefold(), str(row.get("code", ""))):
            return slug, ""
        names |= {slug: name, name.casefold(): name}
    if not known:
        return written, ""
    close = get_close_matches(written, list(names), n=1)
    return None, f"did you mean '{names[close[0]]}'?" if close else "use a municipality's name, slug or code"


def _automatic(law: Law, day: int, place: str | None) -> list[Regime]:
    """The regimes that were law at a place and have begun, also those that have ended since.

    Where no place is given, those that bind everywhere.
    """
    here = [r for r in law.regimes.values() if r.was_law and (r.who is None or place in r.who)]
    return [r for r in here if r.window.first is None or r.window.first <= day]


def _named(law: Law, id_: str, day: int, place: str | None) -> Regime:
    regime = law.regimes.get(id_)
    if regime is None:
        raise ResolveError(f"there is no regime '{id_}'; {nearest(id_, list(law.regimes))}")
    if not regime.window.covers(day):
        first, last = (
            from_day(d).isoformat() if d is not None else "…" for d in (regime.window.first, regime.window.last)
        )
        raise ResolveError(
            f"the regime '{id_}' runs from {first} to {last}, not on {from_day(day)}; choose a day inside"
        )
    if place is not None and regime.who is not None and place not in regime.who:
        raise ResolveError(f"the regime '{id_}' does not cover {place}; it covers {', '.join(regime.who)}")
    return regime


Live = dict[str, tuple[Version, ...]]
"""Norm id → the versions that count, edited."""

Edits = dict[str, list[tuple[Regime, Edit]]]
"""Norm id → the edits of it, in order."""


def _in_force(law: Law, norms: dict[str, Norm], edits: Edits, day: int, overlay: Assembler) -> Live:
    """Norm id → version in force that day (all begun versions when another day governs), after the edits."""
    live: Live = {}
    for id_, norm in norms.items():
        if norm.governed_by is None:
            versions = [v for v in norm.versions if v.span.covers(day)]
            for regime, edit in edits.get(id_, ()):
                if regime.window.covers(day):
                    versions = [new for v in versions if (new := edited(law, norm, v, edit, overlay)) is not None]
        else:
            versions = [v for v in norm.versions if v.span.first is None or v.span.first <= day]
            for regime, edit in edits.get(id_, ()):
                own = overlay if regime.window.covers(day) else regime.assembler
                versions = [new for v in versions for new in split(law, norm, v, regime, edit, own)]
        if versions:
            live[id_] = tuple(versions)
    return live


@dataclass
class _Links:
    """What the norms in force do to others, by target."""

    exceptions: dict[str, list[Norm]]
    overriders: dict[str, list[str]]
    fillers: dict[str, list[str]]
    conditional: set[str]  # fillers that may not apply


def _links(norms: dict[str, Norm], live: Live) -> _Links:
    links = _Links({}, {}, {}, set())
    for id_ in live:
        norm = norms[id_]
        for target in norm.excepts.norms if norm.excepts else ():
            links.exceptions.setdefault(target, []).append(norm)
        for target in norm.overrides:
            links.overriders.setdefault(target, []).append(id_)
        if norm.fills:
            links.fillers.setdefault(norm.fills, []).append(id_)
    for id_ in (id_ for found in links.fillers.values() for id_ in found):
        if (
            id_ in links.overriders
            or any(v.applies is not TRUE for v in live[id_])
            or norms[id_].governed_by is not None
        ):
            links.conditional.add(id_)
    for found in links.exceptions.values():
        found.sort(key=lambda n: (n.excepts.rank if n.excepts else 0, n.id))
    return links


def _resolved(law: Law, norm: Norm, versions: tuple[Version, ...], links: _Links, edits: Edits) -> ResolvedNorm:
    """The norm with what others do to it. Shared between rulebooks where nothing differs."""
    exceptions = links.exceptions.get(norm.id, [])
    overriders = links.overriders.get(norm.id, [])
    fillers = [(id_, id_ in links.conditional) for id_ in links.fillers.get(norm.id, [])]
    done = tuple((regime.id, edit.op) for regime, edit in edits.get(norm.id, ()))
    key = (
        norm.id,
        tuple(map(id, versions)),
        tuple(map(id, exceptions)),
        tuple(overriders),
        tuple(fillers),
        done,
    )
    if key not in law.cache:
        made = _make(law, norm, versions, exceptions, overriders, fillers, done)
        law.cache[key] = (made, versions, exceptions)
    found: ResolvedNorm = law.cache[key][0]
    return found


def _make(
    law: Law, norm: Norm, versions: tuple[Version, ...], exceptions: list[Norm], overriders: list[str],
    fillers: list[tuple[str, bool]], done: tuple[tuple[str, str], ...],
) -> ResolvedNorm:  # fmt: skip
    one = govern(norm, versions)
    woven = weave(norm, one, exceptions, overriders, fillers, law)
    parts = [repr(sorted(_deciding(v.raw).items(), key=lambda kv: kv[0])) for v in versions]
    parts += [repr((n.id, n.excepts)) for n in exceptions] + overriders + [repr(filler) for filler in fillers]
    parts += [norm.id, norm.kind, norm.type, str(norm.of), str(norm.each), str(norm.last_day), repr(done)]
    parts += [
        norm.governed_by.text if norm.governed_by is not None else "",
        *(f"{v.span} {v.applies.text}" for v in versions),
    ]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return replace(
        woven, versions=versions, edits=done, exceptions=tuple(n.id for n in exceptions), digest=digest,
    )  # fmt: skip


def _deciding(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of a version without its wording for people: a note or a reason decides no answer."""
    kept = {key: value for key, value in raw.items() if key != "note"}
    return kept | {"not_modelled": True} if "not_modelled" in kept else kept


def _add_absent(law: Law, norms: dict[str, Norm], resolved: dict[str, ResolvedNorm]) -> None:
    """What is read but not in force: a predicate is false (no such rule binds), a value is unknown."""
    for norm in list(resolved.values()):
        for id_ in norm.reads:
            if id_ not in resolved and id_ in norms:
                resolved[id_] = _absent(law, norms[id_])


def _absent(law: Law, norm: Norm) -> ResolvedNorm:
    key = ("absent", id(norm))
    if key not in law.cache:
        predicate = norm.kind == "condition" or norm.kind in PREDICATES
        size = len(law.vocabulary.enums[norm.type].values) if norm.type in law.vocabulary.enums else 0
        value: ir.Node = FALSE if predicate else ir.Const(norm.type, *range_of(norm.type or "int", size), "", None)
        version = norm.versions[-1]
        law.cache[key] = ResolvedNorm(
            norm, version, (), FALSE, value, None, None, None, FALSE, FALSE, absent=True, digest="absent"
        )
    found: ResolvedNorm = law.cache[key]
    return found
