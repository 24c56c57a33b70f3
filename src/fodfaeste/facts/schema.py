"""The case format as a JSON Schema, generated from the vocabulary, so that an editor helps whoever writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fodfaeste.facts.scalars import DECIMALS, RANGES
from fodfaeste.facts.terms import EventKind, Field, SpellKind, Vocabulary
from fodfaeste.foundation import from_day

FORMAT = "fodfaeste/case/1"

_TEXT = {"type": "string", "pattern": r"\S"}
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_RECORD: dict[str, Any] = {
    "id": {**_TEXT, "description": "A name for the line, so that another can correct it."},
    "recorded": {
        "$ref": "#/$defs/day",
        "description": "The day it was written down; left out: always known.",
    },
    "void": {"type": "boolean", "description": "True: what this line corrects did not happen at all."},
    "corrects": {**_TEXT, "description": "The id of the line this one stands in place of."},
}


def case_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a case file with one case.

    What a schema cannot say (to not before from, who corrects whom) is checked by ``read_case`` alone.
    """
    kinds = sorted((*vocabulary.events, *vocabulary.spells))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Fodfæste: a case",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "case"],
        "properties": {
            "$schema": {"type": "string"},
            "format": {"const": FORMAT},
            "case": {**_TEXT, "description": "An id that names nobody."},
            "municipality": {**_TEXT, "description": "The municipality that has the case."},
            "note": {**_TEXT, "description": "A word to the reader; the law does not see it."},
            "facts": {"anyOf": [_mapped(vocabulary.fields), _listed(vocabulary.fields)]},
            "spells": {"type": "array", "items": {"oneOf": [_spell(k) for k in vocabulary.spells.values()]}},
            "events": {"type": "array", "items": {"oneOf": [_event(k) for k in vocabulary.events.values()]}},
            "unobserved": {
                "type": "array",
                "items": {"enum": kinds},
                "description": "Kinds of which there may be more than is written.",
            },
        },
        "$defs": {"day": _DAY} | {f"enum.{n}": {"enum": [*e.values, None]} for n, e in vocabulary.enums.items()},
    }


def _mapped(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {
                **_value(field.type, field.lo, field.hi),
                "title": field.label["da"],
                "description": field.ask["da"],
            }
            for name, field in fields.items()
        },
    }


def _listed(fields: Mapping[str, Field]) -> dict[str, Any]:
    day = {"$ref": "#/$defs/day"}
    common = {"from": day, "to": day, "recorded": day, "source": _TEXT, "by": _TEXT}
    items = [
        {
            "type": "object",
            "title": field.label["da"],
            "additionalProperties": False,
            "required": ["field", "value"],
            "properties": {
                "field": {"const": name},
                "value": _value(field.type, field.lo, field.hi),
                **common,
            },
        }
        for name, field in fields.items()
    ]
    return {"type": "array", "items": {"oneOf": items}}


def _event(kind: EventKind) -> dict[str, Any]:
    return _line(kind, {"date": {"$ref": "#/$defs/day"}}, ["kind", "date"])


def _spell(kind: SpellKind) -> dict[str, Any]:
    open_end = {
        "anyOf": [{"$ref": "#/$defs/day"}, {"type": "null"}],
        "description": "Left out while it is open.",
    }
    return _line(kind, {"from": {"$ref": "#/$defs/day"}, "to": open_end}, ["kind", "from"])


def _line(kind: EventKind | SpellKind, days: dict[str, Any], required: list[str]) -> dict[str, Any]:
    attrs = {name: _value(type_, *RANGES.get(type_, (0, 0))) for name, type_ in kind.attrs.items()}
    return {
        "type": "object",
        "title": kind.label["da"],
        "additionalProperties": False,
        "required": required,
        "properties": {"kind": {"const": kind.name}, **attrs, **days, **_RECORD},
    }


def _value(type_: str, lo: int, hi: int) -> dict[str, Any]:
    """A value of the type, or null for the unknown; ``lo`` and ``hi`` are encoded."""
    if type_ == "bool":
        return {"type": ["boolean", "null"]}
    if type_ == "date":
        span = f"From {from_day(lo)} to {from_day(hi)}."
        return {"anyOf": [{"$ref": "#/$defs/day"}, {"type": "null"}], "$comment": span}
    if type_ in DECIMALS:
        scale = 10 ** DECIMALS[type_]
        number = {"type": "number", "minimum": lo / scale, "maximum": hi / scale}
        text = {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"}
        return {"anyOf": [number, text, {"type": "null"}]}
    if type_ in RANGES:
        return {"type": ["integer", "null"], "minimum": lo, "maximum": hi}
    return {"$ref": f"#/$defs/enum.{type_}"}
