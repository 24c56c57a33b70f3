"""The small changes of one norm as it stands in its file: operators, numbers, days, and what can be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tools.law_mutants.expressions import moved_days, rewritings

Raw = dict[str, Any]
Path = tuple[str | int, ...]

GONE = object()
"""In the place of what is left out."""

_EXPRESSIONS = ("applies", "value", "requires", "group", "lapses_when", "share")
_DAYS = ("from", "until", "agreed", "not_before", "count_from", "by")
_PERIODS = ("by", "within", "every", "first")
_PERIOD = re.compile(r"([0-9]+) ((?:day|week|month|year|workday)s?)")


@dataclass(frozen=True, slots=True)
class Change:
    """One small change: where in the norm, what stands there instead, and how people read it."""

    sort: str
    path: Path
    instead: Any
    before: str
    after: str


def changes_of(norm: Raw) -> Iterator[Change]:
    """Every small change of a raw norm. A version that is not modelled has nothing to change."""
    if "governed_by" in norm:
        yield from _expression(("governed_by",), norm["governed_by"])
    yield from _dropped("override", ("overrides",), norm.get("overrides"))
    excepts = norm.get("excepts") or {}
    if excepts:
        yield from _dropped("exception", ("excepts", "norms"), excepts.get("norms"))
        yield from _expression(("excepts", "effect"), excepts.get("effect", "waive"))
    on = norm.get("on") or {}
    if isinstance(on.get("decisions"), list) and len(on["decisions"]) > 1:
        yield from _dropped("filter", ("on", "decisions"), on["decisions"])
    if "adverse" in on:
        yield Change("filter", ("on", "adverse"), GONE, f"adverse: {on['adverse']}", "(left out)")
    for index, version in enumerate(norm.get("versions") or []):
        if not version.get("not_modelled"):
            yield from _version(("versions", index), version)


def _version(path: Path, version: Raw) -> Iterator[Change]:
    for edge in ("from", "to"):
        day = (version.get("in_force") or {}).get(edge)
        for moved in moved_days(str(day)):
            yield Change("in_force", (*path, "in_force", edge), moved, str(day), moved)
    for field in _EXPRESSIONS:
        if field in version:
            yield from _expression((*path, field), version[field])
    if "lapses_when" in version:
        yield Change("lapses_when", (*path, "lapses_when"), GONE, str(version["lapses_when"]), "(left out)")
    yield from _dropped("paused_by", (*path, "paused_by"), version.get("paused_by"))
    for part in ("must", "promise"):
        yield from _demand((*path, part), version.get(part) or {})
    blank = version.get("blank") or {}
    if blank.get("default") is not None:
        yield from _expression((*path, "blank", "default"), blank["default"])
    table = version.get("table") or {}
    for index, source in enumerate(table.get("by") or []):
        yield from _expression((*path, "table", "by", index), source)
    yield from _cells((*path, "table", "rows"), table.get("rows") or {})


def _demand(path: Path, demand: Raw) -> Iterator[Change]:
    times = demand.get("at_least")
    if isinstance(times, int):
        for other in (times - 1, times + 1):
            if other > 0:
                yield Change("number", (*path, "at_least"), other, str(times), str(other))
    for field in _PERIODS:
        yield from _period((*path, field), demand.get(field))
    for field in _DAYS:
        source = demand.get(field)
        if source is not None and not _PERIOD.fullmatch(str(source)):
            yield from _expression((*path, field), source)
    for field in ("where", "where_not"):
        for attribute, value in (demand.get(field) or {}).items():
            at = (*path, field, attribute)
            yield Change("filter", at, GONE, f"{attribute}: {_shown(value)}", "(left out)")
            if isinstance(value, list) and len(value) > 1:
                yield from _dropped("set", at, value)


def _period(path: Path, period: Any) -> Iterator[Change]:
    found = _PERIOD.fullmatch(str(period))
    if found is not None:
        number = int(found[1])
        for other in (number - 1, number + 1):
            if other >= 0:
                instead = f"{other} {found[2]}"
                yield Change("period", path, instead, found[0], instead)


def _cells(path: Path, rows: Any) -> Iterator[Change]:
    if isinstance(rows, dict):
        for key, cell in rows.items():
            yield from _cells((*path, key), cell)
    else:
        yield from _expression(path, rows)


def _expression(path: Path, source: Any) -> Iterator[Change]:
    if isinstance(source, str | int | date):
        for one in rewritings(source):
            yield Change(one.sort, path, one.text, one.before, one.after)


def _dropped(sort: str, path: Path, items: Any) -> Iterator[Change]:
    """The list without each of its items; a word that stands alone is a list of one."""
    listed = items if isinstance(items, list) else [items] if items else []
    for i, item in enumerate(listed):
        kept = listed[:i] + listed[i + 1 :]
        yield Change(sort, path, kept, _shown(listed), _shown(kept) if kept else f"(without {item})")


def _shown(value: Any) -> str:
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else str(value)


def changed(raw: Any, path: Path, instead: Any) -> Any:
    """A copy of ``raw`` with the change; what the change does not touch is shared with it."""
    if not path:
        return instead
    step, rest = path[0], path[1:]
    new = changed(raw[step], rest, instead)
    if isinstance(raw, list):
        assert isinstance(step, int)
        return [*raw[:step], new, *raw[step + 1 :]]
    if new is GONE:
        return {key: value for key, value in raw.items() if key != step}
    return {**raw, step: new}
