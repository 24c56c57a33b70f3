"""Applying the edits of a regime to norms: the law itself is never changed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from fodfaeste.rulebook.assemble import ROUNDINGS, Assembler, RawNorm
from fodfaeste.rulebook.compiler import Head, with_unit
from fodfaeste.rulebook.norms import Edit, Norm, Version
from fodfaeste.rulebook.reading import Document
from fodfaeste.rulebook.shapes import shaped_norm

_EITHER = (
    {"value", "requires", "table", "blank", "not_modelled"},
    {"must", "not_modelled"},
)  # one takes the other's place
_UNIT = re.compile(r"(weeks|years)\(")  # what a rate counts in, where its type does not tell


def edited_version(norm: Norm, version: Version, edit: Edit, assembler: Assembler) -> Version | None:
    """The version as the edit leaves it; None when the edit sets it aside.

    Raises FieldError or GrammarError when the edit does not fit the norm.
    """
    if edit.op == "set_aside":
        return None
    raw = _edited_raw(version.raw, edit, norm)
    # Where names mean what they mean in the law, what the edit leaves alone need not be typed again.
    same_names = not assembler.added and any(version.raw is own.raw for own in norm.versions)
    fresh = assembler.compiler.version(raw, _head(norm, assembler), version if same_names else None)
    return replace(fresh, span=version.span)


def _head(norm: Norm, assembler: Assembler) -> Head:
    if norm.id in assembler.raw:
        return assembler.raw[norm.id].head
    return Head(norm.kind, norm.each, None, norm.type or None, norm.last_day)


def _edited_raw(raw: dict[str, Any], edit: Edit, norm: Norm) -> dict[str, Any]:
    given = edit.raw
    old = raw.get("applies", True)
    if edit.op == "narrow":
        return {**raw, "applies": f"({old}) and ({given['applies']})"}
    if edit.op == "extend":
        return {**raw, "applies": f"({old}) or ({given['applies']})"}
    if edit.op == "set_rate":
        unit = _UNIT.match(str(raw.get("value", "")))
        return {**raw, "value": with_unit(given["value"], unit[1] if unit else norm.type)}
    if edit.op == "promise":
        return {**raw, "promise": {k: v for k, v in given.items() if k in ("by", "within", "until", "every")}}
    wanted = given["with"]
    replaced = {**raw, **wanted}
    for choice in _EITHER:
        if choice & set(wanted):
            replaced = {key: value for key, value in replaced.items() if key in wanted or key not in choice}
    return replaced


def added_norm(edit: Edit, document: Document, overlay: Assembler, regime: str, index: int) -> Norm | None:
    """The norm an ``add`` edit brings; later edits of the same regime may use its name."""
    raw = shaped_norm(document, edit.raw["norm"], ("edits", index, "norm"), overlay.problems)
    last_day = ROUNDINGS.get(edit.raw.get("month_end"))
    id_ = str(raw["id"])
    overlay.forget(id_, raw.get("name"))
    added = RawNorm(id_, raw, document, ("edits", index, "norm"), regime, id_, last_day)
    overlay.add(added)
    return overlay.norm(added)
