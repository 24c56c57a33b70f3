"""A municipality's open courses in columns, straight from the tables: what the law reads in all of them at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection

from fodfaeste.facts import Vocabulary, encode, event_frame, frames_from_arrays, spell_frame, unknown_of
from fodfaeste.facts.frames import attr_dtype, field_dtype
from fodfaeste.foundation import FAR, from_day, to_day

if TYPE_CHECKING:
    import numpy.typing as npt

    from fodfaeste.facts import Frames

    Array = npt.NDArray[Any]

_HEADER, _TRAILER = 19, 2  # bytes around the rows of COPY in binary
_EPOCH = to_day(date(2000, 1, 1))  # PostgreSQL counts days from here
_OPEN = "c.kommune_id = %(kommune)s AND c.closed IS NULL"


@dataclass(frozen=True)
class Caseload:
    """Open courses: their ids and versions by row, and what the law reads in them."""

    courses: Array
    versions: Array
    frames: Frames


def caseload_of(kommune: int, on: int, vocabulary: Vocabulary) -> Caseload:
    """All open courses of a municipality as they are known now, asked about the day ``on`` (days since 1970)."""
    import numpy as np

    open_courses = _copied(
        f"SELECT c.id, c.version::bigint FROM courses_course c WHERE {_OPEN} ORDER BY c.id",
        kommune,
        [("course", ">i8"), ("version", ">i8")],
    )
    ids = open_courses["course"].astype(np.int64)
    position = _finder(ids)
    n = len(ids)
    hidden = _hidden(kommune, position, n)
    frames = frames_from_arrays(
        vocabulary,
        on,
        n,
        _fields(kommune, on, vocabulary, position, n),
        _events(kommune, vocabulary, position, n, hidden),
        _spells(kommune, vocabulary, position, n, hidden),
    )
    return Caseload(ids, open_courses["version"].astype(np.int64), frames)


def _events(
    kommune: int, vocabulary: Vocabulary, position: Callable[[Array], Array], n: int, hidden: dict[str, Array]
) -> dict[str, Any]:
    sorts = "md5(e.kind || e.attrs::text)"
    rows = _copied(
        f"""SELECT e.course_id, e."on", ('x' || substr({sorts}, 1, 16))::bit(64)::bigint
            FROM courses_event e JOIN courses_course c ON c.id = e.course_id
            WHERE {_OPEN} AND e.standing AND NOT e.void""",
        kommune,
        [("course", ">i8"), ("on", ">i4"), ("sort", ">i8")],
    )
    seen = _sorts("courses_event", kommune)
    found = {}
    for kind, attrs, chosen in _by_kind(rows["sort"], seen, vocabulary.events, vocabulary):
        person, day = position(rows["course"][chosen]), rows["on"][chosen].astype("i4") + _EPOCH
        found[kind] = event_frame(kind, vocabulary, n, person, day, attrs, hidden.pop(kind, None))
    for kind in [kind for kind in hidden if kind in vocabulary.events]:
        found[kind] = event_frame(kind, vocabulary, n, _none(), _none(), None, hidden.pop(kind))
    return found


def _spells(
    kommune: int, vocabulary: Vocabulary, position: Callable[[Array], Array], n: int, hidden: dict[str, Array]
) -> dict[str, Any]:
    import numpy as np

    sorts = "md5(e.kind || e.attrs::text)"
    rows = _copied(
        f"""SELECT e.course_id, lower(e.period), COALESCE(upper(e.period), 'infinity'::date),
                   ('x' || substr({sorts}, 1, 16))::bit(64)::bigint
            FROM courses_spell e JOIN courses_course c ON c.id = e.course_id
            WHERE {_OPEN} AND e.standing AND NOT e.void""",
        kommune,
        [("course", ">i8"), ("first", ">i4"), ("after", ">i4"), ("sort", ">i8")],
    )
    seen = _sorts("courses_spell", kommune)
    found = {}
    for kind, attrs, chosen in _by_kind(rows["sort"], seen, vocabulary.spells, vocabulary):
        after = rows["after"][chosen].astype("i8")
        end = np.where(after == np.iinfo("i4").max, FAR, after + _EPOCH - 1).astype("i4")
        start = rows["first"][chosen].astype("i4") + _EPOCH
        person = position(rows["course"][chosen])
        found[kind] = spell_frame(kind, vocabulary, n, person, start, end, attrs, hidden.pop(kind, None))
    for kind in [kind for kind in hidden if kind in vocabulary.spells]:
        found[kind] = spell_frame(kind, vocabulary, n, _none(), _none(), _none(), None, hidden.pop(kind))
    return found


def _fields(
    kommune: int, on: int, vocabulary: Vocabulary, position: Callable[[Array], Array], n: int
) -> dict[str, Array]:
    """The value of each field on the day: of those valid then the one recorded last."""
    import numpy as np

    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT ON (f.course_id, f.field) f.course_id, f.field, f.value
                FROM courses_fact f JOIN courses_course c ON c.id = f.course_id
                WHERE {_OPEN} AND (f.valid IS NULL OR f.valid @> %(on)s::date)
                ORDER BY f.course_id, f.field, f.recorded DESC NULLS LAST, f.id DESC""",
            {"kommune": kommune, "on": from_day(on)},
        )
        found: dict[str, tuple[list[int], list[int]]] = {}
        codes: dict[tuple[str, str], int | None] = {}
        for course, field, value in cursor:
            known = vocabulary.fields.get(field)
            if known is None or value is None or value == "null":
                continue
            key = (field, str(value))
            if key not in codes:
                codes[key] = encode(_plain(value), known.type, vocabulary)
            who, what = found.setdefault(field, ([], []))
            who.append(course)
            what.append(codes[key])  # type: ignore[arg-type]
    columns = {}
    for field, (who, what) in found.items():
        dtype = field_dtype(field, vocabulary)
        column = np.full(n, unknown_of(dtype, vocabulary.fields[field].type), dtype)
        column[position(np.array(who, np.int64))] = np.array(what, dtype)
        columns[field] = column
    return columns


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _by_kind(
    sorts: Array, seen: dict[int, tuple[str, dict[str, Any]]], kinds: Any, vocabulary: Vocabulary
) -> Iterable[tuple[str, dict[str, Array], Array]]:
    """For each kind: its attributes in columns, and which rows they are; same days in the order a case has them."""
    import numpy as np

    distinct, which = np.unique(sorts.astype(np.int64), return_inverse=True)
    of_kind: dict[str, list[int]] = {}
    for number, sort in enumerate(distinct.tolist()):
        kind = seen[sort][0]
        if kind in kinds:
            of_kind.setdefault(kind, []).append(number)
    by_sort = np.argsort(which, kind="stable")
    bounds = np.searchsorted(which[by_sort], np.arange(len(distinct) + 1))
    for kind, numbers in of_kind.items():
        types = kinds[kind].attrs
        coded = {number: _coded(seen[int(distinct[number])][1], types, vocabulary) for number in numbers}
        numbers.sort(key=lambda number: [(value is not None, value or 0) for value in coded[number]])
        chosen = np.concatenate([by_sort[bounds[number] : bounds[number + 1]] for number in numbers])
        sizes = [bounds[number + 1] - bounds[number] for number in numbers]
        attrs = {}
        for slot, (name, type_) in enumerate(types.items()):
            dtype = attr_dtype(type_, vocabulary)
            unknown = unknown_of(dtype, type_)
            values = [coded[number][slot] for number in numbers]
            attrs[name] = np.repeat(np.array([unknown if v is None else v for v in values], dtype), sizes)
        yield kind, attrs, chosen


def _coded(attrs: dict[str, Any], types: Any, vocabulary: Vocabulary) -> tuple[int | None, ...]:
    return tuple(
        None if attrs.get(name) is None else encode(attrs[name], type_, vocabulary) for name, type_ in types.items()
    )


def _sorts(table: str, kommune: int) -> dict[int, tuple[str, dict[str, Any]]]:
    """What each short number of kind and attributes stands for: there are few of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT ('x' || substr(md5(kind || attrs::text), 1, 16))::bit(64)::bigint, kind, attrs::text
                FROM (SELECT DISTINCT kind, attrs FROM {table} WHERE kommune_id = %s) AS distinct_sorts""",
            [kommune],
        )
        return {sort: (kind, json.loads(attrs)) for sort, kind, attrs in cursor}


def _hidden(kommune: int, position: Callable[[Array], Array], n: int) -> dict[str, Array]:
    """By kind: 0 for courses of which there may be more than is written."""
    import numpy as np

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id, c.unobserved FROM courses_course c WHERE {_OPEN} AND c.unobserved <> '[]'::jsonb",
            {"kommune": kommune},
        )
        found: dict[str, Array] = {}
        for course, kinds in cursor:
            row = position(np.array([course]))
            for kind in _plain(kinds):
                found.setdefault(kind, np.ones(n, np.int8))[row] = 0
    return found


def _copied(query: str, kommune: int, columns: list[tuple[str, str]]) -> Array:
    """The rows of a query whose columns are never null and of fixed width, without a Python object for each."""
    import numpy as np

    fields: list[tuple[str, str]] = [("_count", ">i2")]
    for name, dtype in columns:
        fields += [(f"_{name}", ">i4"), (name, dtype)]
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", {"kommune": kommune}) as copy,
    ):
        data = b"".join(bytes(part) for part in copy)
    return np.frombuffer(data[_HEADER:-_TRAILER], np.dtype(fields))


def _finder(ids: Array) -> Callable[[Array], Array]:
    """From ids of courses to their rows."""
    import numpy as np

    return lambda courses: np.searchsorted(ids, courses.astype(np.int64)).astype(np.int32)


def _none() -> Array:
    import numpy as np

    return np.zeros(0, np.int32)
