"""Which fields each kind of norm can hold: a field that would mean nothing is told, not passed over."""

from __future__ import annotations

from collections.abc import Iterable

_ANY = {
    "in_force", "ref", "applies", "not_modelled", "source", "provisions", "assumptions", "confidence", "note",
    "transition", "seen_valid",
}  # fmt: skip
_DEMAND = {"must", "promise", "paused_by", "lapses_when"}

VERSION_FIELDS: dict[str, set[str]] = {
    "definition": {*_ANY, "value", "blank", "table", "type", "needs", "judged"},
    "rate": {*_ANY, "value"},
    "condition": {*_ANY, "value", "blank", "table", "requires", "needs", "judged"},
    "duty": {*_ANY, *_DEMAND, "needs", "judged"},
    "right": {*_ANY, *_DEMAND, "needs", "judged"},
    "power": {*_ANY, "needs", "judged"},
    "sanction": {*_ANY, "needs", "judged"},
    "quota": {*_ANY, "share", "of", "group"},
}
"""Kind → the fields a version of that kind may have."""

_OF_SOME = {"fills": ("definition",), "type": ("definition",), "per": ("definition", "rate"), "of": ("quota",)}


def idle_in_version(kind: str, fields: Iterable[str]) -> str | None:
    """The first of a version's fields that its kind gives no meaning, or None. Unknown kinds hold everything."""
    held = VERSION_FIELDS.get(kind)
    return None if held is None else next((key for key in fields if key not in held), None)


def idle_in_norm(kind: str, fields: Iterable[str]) -> list[str]:
    """The fields of a norm (outside its versions) that its kind gives no meaning."""
    return [key for key in fields if kind not in _OF_SOME.get(key, (kind,))]


def kinds_with(field: str) -> str:
    """The kinds of norm that hold a field, as words with commas."""
    kinds = _OF_SOME.get(field) or tuple(kind for kind, held in VERSION_FIELDS.items() if field in held)
    return ", ".join(kinds)
