"""What a folder of extracts may hold: the tables of ``tables.yaml``, and the names they and their columns go by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True)
class Column:
    """A column: its name here, the type of its cells, and whether every row must have it."""

    name: str
    type: str
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableSpec:
    """A table: how its files begin, its columns, and the one kind its lines have when there is only one."""

    name: str
    files: tuple[str, ...]
    what: Mapping[str, str]
    columns: Mapping[str, Column]
    kind: str | None = None
    attributes: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


ORDER = ("medarbejdere", "borgere")
"""Tables others lean on: read first."""


@lru_cache(maxsize=1)
def tables() -> dict[str, TableSpec]:
    """All tables by name, those that others lean on first."""
    text = files(__package__).joinpath("tables.yaml").read_text(encoding="utf-8")
    found = {name: _table(name, raw) for name, raw in yaml.safe_load(text)["tables"].items()}
    return {name: found[name] for name in (*ORDER, *(other for other in found if other not in ORDER))}


def _table(name: str, raw: dict[str, Any]) -> TableSpec:
    columns = {
        key: Column(key, one["type"], one.get("required", False), tuple(one.get("also", ())))
        for key, one in raw["columns"].items()
    }
    names = {key: tuple(value) for key, value in raw.get("names", {}).items()}
    return TableSpec(
        name, tuple(raw["files"]), raw["what"], columns, raw.get("kind"), raw.get("attributes", False), names
    )


def plain_name(text: str) -> str:
    """A name of a file or column as it is compared: lower case, æ ø å as ae oe aa, words joined by ``_``."""
    return re.sub(r"[^a-z0-9]+", "_", text.strip().lower().translate(_LETTERS)).strip("_")


def table_named(name: str) -> TableSpec | None:
    """The table a file or sheet of that name holds: the longest beginning that fits."""
    plain = plain_name(name)
    fitting = [
        (len(start), spec)
        for spec in tables().values()
        for start in map(plain_name, spec.files)
        if plain == start or plain.startswith(start + "_") or re.fullmatch(re.escape(start) + r"\d+", plain)
    ]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None
