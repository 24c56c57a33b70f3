"""What differs between two rulebooks: norm by norm, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

_SAID = (
    "ref", "applies", "value", "blank", "table", "requires", "must", "promise", "paused_by", "lapses_when", "share",
    "group", "of", "needs", "judged", "not_modelled",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One norm that is new, gone or changed; ``fields`` maps a field to (before, after)."""

    norm: str
    what: str  # new | gone | changed
    before: ResolvedNorm | None
    after: ResolvedNorm | None
    fields: dict[str, tuple[Any, Any]]


def diff(before: Rulebook, after: Rulebook) -> list[Change]:
    """Every change from one rulebook to another, in order of norm id."""
    changes = []
    for id_ in sorted({*before.norms, *after.norms}):
        old, new = _live(before, id_), _live(after, id_)
        if old is None and new is None:
            continue
        if old is None or new is None:
            changes.append(Change(id_, "new" if old is None else "gone", old, new, {}))
        elif old.digest != new.digest:
            changes.append(Change(id_, "changed", old, new, _fields(old, new)))
    return changes


def _live(rulebook: Rulebook, id_: str) -> ResolvedNorm | None:
    norm = rulebook.norms.get(id_)
    return None if norm is None or norm.absent else norm


def _fields(old: ResolvedNorm, new: ResolvedNorm) -> dict[str, tuple[Any, Any]]:
    found = {}
    for name in _SAID:
        one, other = old.version.raw.get(name), new.version.raw.get(name)
        if one != other:
            found[name] = (one, other)
    if old.exceptions != new.exceptions:
        found["exceptions"] = (list(old.exceptions), list(new.exceptions))
    if old.edits != new.edits:
        found["edits"] = (list(old.edits), list(new.edits))
    return found
