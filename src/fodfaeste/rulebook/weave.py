"""Folding what norms do to each other into expressions: governing days, exceptions, overrides, fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fodfaeste.foundation import FAR
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.compiler import FALSE, TRUE, Head, conjunction
from fodfaeste.rulebook.norms import PREDICATES, Law, Must, Norm, Version
from fodfaeste.rulebook.rulebook import ResolvedNorm
from fodfaeste.rulebook.types import range_of

NEVER = ir.Const("date", FAR, FAR, "never", FAR)
"""The last day of what has none."""


def govern(norm: Norm, versions: tuple[Version, ...]) -> Version:
    """One version: the only one, or all of them chosen between by the governing day of the case."""
    if norm.governed_by is None:
        return versions[-1]
    arms = [(_inside(norm.governed_by, v), v) for v in versions]
    newest = versions[-1]

    def chosen(pick: Callable[[Version], ir.Node | None], outside: ir.Node) -> ir.Node:
        node = outside
        for test, version in arms:
            node = choose(test, pick(version) or outside, node)
        return node

    nothing = _nothing(norm, newest)
    value = chosen(lambda v: v.value, nothing) if newest.value is not None else None
    requires = chosen(lambda v: v.requires, FALSE) if newest.requires is not None else None
    lapses = chosen(lambda v: v.lapses_when, FALSE) if any(v.lapses_when for v in versions) else None
    promise = chosen(lambda v: v.promise, NEVER) if any(v.promise for v in versions) else None
    promise_from = None
    if any(v.promise_from for v in versions):
        promise_from = chosen(lambda v: v.promise_from or (v.must.start if v.must else None), NEVER)
    must = _governed_must(newest.must, versions, chosen)
    return replace(
        newest, applies=chosen(lambda v: v.applies, FALSE), value=value, requires=requires, must=must,
        lapses_when=lapses, promise=promise, promise_from=promise_from,
    )  # fmt: skip


def _governed_must(must: Must | None, versions: tuple[Version, ...], chosen: Callable[..., ir.Node]) -> Must | None:
    """What differs between the versions follows the governing day; the rest is alike (checked at load)."""
    if must is None:
        return None
    nowhere = ir.Const("date", *range_of("date"), "", None)
    stated = any(v.must and v.must.last for v in versions)
    last = chosen(lambda v: (v.must.last or NEVER) if v.must else None, nowhere) if stated else None
    start = chosen(lambda v: v.must.start if v.must else None, nowhere)
    since = chosen(lambda v: v.must.count_from if v.must else None, nowhere)
    needed = chosen(lambda v: v.must.needed if v.must else None, must.needed)
    return replace(must, start=start, last=last, count_from=since, needed=needed)


def _nothing(norm: Norm, version: Version) -> ir.Node:
    value = version.value
    lo, hi = (value.lo, value.hi) if value is not None else (0, 2)
    return ir.Const(norm.type or "bool", lo, hi, "", None)


def _inside(day: ir.Node, version: Version) -> ir.Node:
    bounds = []
    for op, limit in ((">=", version.span.first), ("<=", version.span.last)):
        if limit is not None:
            edge = ir.Const("date", limit, limit, "", limit)
            bounds.append(ir.Compare("bool", 0, 2, f"{day.text} {op}", op, day, edge))
    return conjunction(list(bounds))


def choose(test: ir.Node, then: ir.Node, other: ir.Node) -> ir.Node:
    """``then if test else other`` with the ranges joined."""
    if test is TRUE:
        return then
    lo, hi = min(then.lo, other.lo), max(then.hi, other.hi)
    return ir.If(then.type, lo, hi, f"{then.text} if {test.text} else {other.text}", test, then, other)


def weave(
    norm: Norm, version: Version, exceptions: list[Norm], overriders: list[str],
    fillers: list[tuple[str, bool]], law: Law,
) -> ResolvedNorm:  # fmt: skip
    """The norm as others leave it. ``fillers``: id, and whether it may be without effect; then the default stands."""
    applies = conjunction([version.applies, *(_not(_applies(id_)) for id_ in overriders)])
    value = version.value
    for filler, conditional in fillers:
        filled = _reference(filler, norm.type, law)
        value = choose(_applies(filler), filled, value or _nothing(norm, version)) if conditional else filled
    waived: ir.Node = FALSE
    for exception in exceptions:
        assert exception.excepts is not None
        holds = ir.NormRef("bool", 0, 2, exception.name or exception.id, exception.id)
        effect = exception.excepts.effect
        if effect in ("waive", "restore"):
            waived = choose(holds, TRUE if effect == "waive" else FALSE, waived)
        else:
            value = choose(holds, effect_of(exception, norm, law, law.assembler), value or _nothing(norm, version))
    if norm.kind in PREDICATES:
        value = conjunction([applies, *([] if waived is FALSE else [_not(waived)])])
    elif norm.kind == "condition" and value is not None:
        value = conjunction([applies, value, *([] if waived is FALSE else [_not(waived)])])
    elif value is not None and applies is not TRUE:
        value = choose(applies, value, _nothing(norm, version))
    return ResolvedNorm(
        norm, version, (version,), applies, value, version.requires, version.must, version.promise, waived,
        version.lapses_when or FALSE, version.promise_from,
    )  # fmt: skip


def effect_of(exception: Norm, target: Norm, law: Law, assembler: Any) -> ir.Node:
    """The value an exception gives a norm. Raises FieldError. The first to ask brings the names it may use."""
    key = ("effect", id(exception), target.id)
    if key not in law.cache:
        assert exception.excepts is not None
        scope = assembler.compiler.scope(Head(exception.kind, target.each, None, None, exception.last_day))
        node = assembler.compiler.expression("excepts.effect", exception.excepts.effect, scope, target.type)
        law.cache[key] = (node, exception)
    found: ir.Node = law.cache[key][0]
    return found


def _reference(id_: str, type_: str, law: Law) -> ir.Node:
    enum = law.vocabulary.enums.get(type_)
    return ir.NormRef(type_, *range_of(type_, len(enum.values) if enum else 0), id_, id_)


def _applies(id_: str) -> ir.Node:
    return ir.AppliesRef("bool", 0, 2, f"{id_} applies", id_)


def _not(node: ir.Node) -> ir.Node:
    return ir.Not("bool", 0, 2, f"not {node.text}", node)
