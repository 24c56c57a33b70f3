"""The outward shape of a file: a list where a list belongs, a mapping where a mapping belongs.

What does not fit is told and left out, so that whoever reads on meets only what it expects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from fodfaeste.foundation import Problem
from fodfaeste.rulebook.reading import Document, Place
from fodfaeste.rulebook.texts import is_text, text

Shape = dict[str, str]
"""Field → what may stand in it: see _FITS."""

SECTION: Shape = {
    "act": "word", "section": "word", "title": "map", "month_end": "word", "verified_until": "word",
    "not_modelled": "list", "norms": "list", "examples": "maps", "note": "text",
}  # fmt: skip
NORM: Shape = {
    "kind": "word", "name": "word", "label": "map", "owed_by": "word", "owed_to": "word", "nature": "word",
    "each": "word", "on": "map", "governed_by": "word", "overrides": "words", "excepts": "map", "fills": "word",
    "versions": "maps", "of": "word", "type": "word", "per": "word", "no_example": "text", "note": "text",
}  # fmt: skip
VERSION: Shape = {
    "ref": "word", "applies": "expression", "value": "expression", "requires": "expression", "group": "expression",
    "lapses_when": "expression", "blank": "map", "table": "map", "promise": "map", "paused_by": "words",
    "share": "word", "judged": "word", "needs": "word", "of": "word", "type": "word", "source": "words",
    "provisions": "words", "assumptions": "words", "confidence": "word", "not_modelled": "text", "note": "text",
}  # fmt: skip
EXCEPTS: Shape = {"norms": "words", "rank": "number", "effect": "expression"}
RATE: Shape = {
    "unit": "word", "values": "maps", "label": "map", "name": "word", "no_example": "text", "note": "text",
}  # fmt: skip
EXAMPLE: Shape = {
    "id": "word", "from": "word", "kind": "word", "source": "words", "place": "word", "regimes": "words", "case": "map",
    "expect": "map", "says": "text", "note": "text",
}  # fmt: skip
REGIME: Shape = {
    "id": "word",
    "kind": "word",
    "status": "word",
    "source": "words",
    "edits": "list",
    "safeguards": "texts",
    "saving": "text",
    "evaluation": "text",
    "stop_rule": "text",
    "running_cases": "text",
    "note": "text",
    "legal_basis": "text",
}
EDIT: Shape = {"why": "text"}
REPLACED: Shape = {"note": "text", "not_modelled": "text"}
GAP: Shape = {"ref": "word", "why": "text"}
PROTECTED: Shape = {"norms": "words", "why": "text"}


def _is_word(value: Any) -> bool:
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)


def _is_words(value: Any) -> bool:
    return _is_word(value) or (isinstance(value, list) and all(_is_word(item) for item in value))


_FITS: dict[str, tuple[Callable[[Any], bool], str, str]] = {
    "word": (_is_word, "a word or a sentence", "write it as text"),
    "words": (_is_words, "a list of words", "write [one, two]"),
    "number": (
        lambda v: isinstance(v, int) and not isinstance(v, bool),
        "a whole number",
        "write for example 10",
    ),
    "expression": (
        lambda v: isinstance(v, bool) or _is_word(v),
        "an expression",
        "write it on one line, in quotes",
    ),
    "text": (is_text, "a text in Danish, or in Danish and English", "write {da: …, en: …}"),
    "texts": (
        lambda v: is_text(v) or (isinstance(v, list) and all(map(is_text, v))),
        "a list of texts in Danish, or in Danish and English",
        "write [{da: …, en: …}]",
    ),
    "map": (lambda v: isinstance(v, dict), "a mapping", "write {name: …}"),
    "list": (lambda v: isinstance(v, list), "a list", "begin each entry with -"),
    "maps": (lambda v: isinstance(v, list), "a list", "begin each entry with -"),
}


def shaped(
    document: Document,
    raw: dict[Any, Any],
    shape: Shape,
    place: Place,
    problems: list[Problem],
    where: str = "",
) -> dict[Any, Any]:
    """``raw`` without the fields that have another shape than they should; each of those becomes a problem."""
    kept = dict(raw)
    for key, kind in shape.items():
        value = raw.get(key)
        if value is None:
            continue
        fits, noun, mend = _FITS[kind]
        at = f"{where}.{key}" if where else key
        if not fits(value):
            problems.append(document.problem((*place, key), f"'{key}' is not {noun}", mend, at))
            del kept[key]
        elif kind in ("text", "texts"):
            kept[key] = [text(one) for one in value] if isinstance(value, list) else text(value)
        elif kind == "maps":
            kept[key] = list(_mappings(document, value, (*place, key), problems, at))
    return kept


def _mappings(
    document: Document, rows: list[Any], place: Place, problems: list[Problem], where: str
) -> Iterator[dict[Any, Any]]:
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            yield row
        else:
            mend = "write {name: …}"
            problems.append(document.problem((*place, index), "the entry is not a mapping", mend, f"{where}.{index}"))


def shaped_norm(document: Document, raw: dict[Any, Any], place: Place, problems: list[Problem]) -> dict[Any, Any]:
    """A norm with its versions and its exceptance, in shape."""
    id_ = str(raw["id"])
    norm = shaped(document, raw, NORM, place, problems, id_)
    if "excepts" in norm and norm["excepts"] is not None:
        norm["excepts"] = shaped(document, norm["excepts"], EXCEPTS, (*place, "excepts"), problems, f"{id_}.excepts")
    if norm.get("versions"):
        norm["versions"] = [
            shaped(document, version, VERSION, (*place, "versions", index), problems, f"{id_}.versions.{index}")
            for index, version in enumerate(norm["versions"])
        ]
    return norm


def shaped_rows(document: Document, content: Any, shape: Shape, problems: list[Problem]) -> list[dict[Any, Any]]:
    """The mappings of a file that is a list."""
    if content is None:
        return []
    if not isinstance(content, list):
        problems.append(document.problem((), "the file is not a list", "begin each entry with -", "file"))
        return []
    rows = _mappings(document, content, (), problems, "file")
    return [shaped(document, row, shape, (index,), problems, str(index)) for index, row in enumerate(rows)]


def shaped_table(document: Document, content: Any, problems: list[Problem]) -> dict[str, dict[Any, Any]]:
    """A file that maps names to mappings."""
    if content is None:
        return {}
    if not isinstance(content, dict):
        problems.append(document.problem((), "the file is not a mapping", "begin each line with a name:", "file"))
        return {}
    kept = {}
    for name, row in content.items():
        if isinstance(row, dict):
            kept[str(name)] = row
        else:
            problems.append(document.problem((name,), f"'{name}' is not a mapping", "write name: {…}", str(name)))
    return kept


def shaped_edit(document: Document, raw: Any, index: int, problems: list[Problem], where: str) -> Any:
    """An edit of a regime with its texts as texts; what is no mapping stays as it is."""
    if not isinstance(raw, dict):
        return raw
    at = f"{where}.edits.{index}"
    edit = shaped(document, raw, EDIT, ("edits", index), problems, at)
    if isinstance(edit.get("with"), dict):
        edit["with"] = shaped(document, edit["with"], REPLACED, ("edits", index, "with"), problems, f"{at}.with")
    return edit
