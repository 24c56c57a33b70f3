"""Spells of which a person has one at a time: which of those that come in would meet another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.casework.courses.models import EXCLUSIVE


@dataclass(frozen=True)
class _Spell:
    course: int
    kind: str
    first: date
    after: date
    key: int | None
    """None: there already, and not part of the batch."""
    old: tuple[date, date] | None
    """The days it has now, if the batch changes them."""


_CLASHING = """
    WITH spans AS (
        SELECT p.course, s.kind, daterange(s.first, s.after) AS period
        FROM {incoming} AS s JOIN person AS p USING (person)
        LEFT JOIN known AS k USING (key)
        WHERE s.kind = ANY(%(kinds)s) AND k.state IS DISTINCT FROM 'same'
        UNION ALL
        SELECT e.course_id, e.kind, e.period FROM courses_spell AS e
        WHERE e.kommune_id = %(kommune)s AND e.kind = ANY(%(kinds)s) AND e.standing AND NOT e.void
        AND NOT EXISTS (SELECT FROM known AS k WHERE k.id = e.id AND k.state = 'changed')
    ), ordered AS (
        SELECT course, kind, lower(period) < max(COALESCE(upper(period), '9999-12-31'::date)) OVER (
            PARTITION BY course, kind ORDER BY lower(period) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS meets
        FROM spans
    )
    SELECT DISTINCT course, kind FROM ordered WHERE meets
"""

_SPELLS = """
    SELECT p.course, s.kind, s.first, COALESCE(s.after, '9999-12-31'::date), s.key,
           CASE WHEN k.state = 'changed' THEN lower(e.period) END,
           CASE WHEN k.state = 'changed' THEN COALESCE(upper(e.period), '9999-12-31'::date) END, s.file, s."row"
    FROM {incoming} AS s JOIN person AS p USING (person)
    LEFT JOIN known AS k USING (key) LEFT JOIN courses_spell AS e ON e.id = k.id
    WHERE p.course = ANY(%(courses)s) AND s.kind = ANY(%(kinds)s) AND k.state IS DISTINCT FROM 'same'
    UNION ALL
    SELECT e.course_id, e.kind, lower(e.period), COALESCE(upper(e.period), '9999-12-31'::date), NULL, NULL, NULL, 0, 0
    FROM courses_spell AS e
    WHERE e.course_id = ANY(%(courses)s) AND e.kind = ANY(%(kinds)s) AND e.standing AND NOT e.void
    AND NOT EXISTS (SELECT FROM known AS k WHERE k.id = e.id AND k.state = 'changed')
    ORDER BY 8, 9
"""


def overlapping(cursor: Any, kommune: int, incoming: str) -> dict[int, str]:
    """Keys of the lines that would meet another, and what they meet: what is there stays, then who comes first."""
    given: dict[str, Any] = {"kinds": list(EXCLUSIVE), "kommune": kommune}
    cursor.execute(_CLASHING.format(incoming=incoming), given)
    clashing = set(cursor.fetchall())
    if not clashing:
        return {}
    cursor.execute(_SPELLS.format(incoming=incoming), given | {"courses": sorted({course for course, _ in clashing})})
    groups: dict[tuple[int, str], list[_Spell]] = defaultdict(list)
    for course, kind, first, after, key, was_first, was_after, _, _ in cursor.fetchall():
        if (course, kind) in clashing:
            old = None if was_first is None else (was_first, was_after)
            groups[course, kind].append(_Spell(course, kind, first, after, key, old))
    found: dict[int, str] = {}
    for spells in groups.values():
        found |= _refused(spells)
    return found


def _refused(spells: list[_Spell]) -> dict[int, str]:
    """Go through them in order; a change that is refused leaves the old days taken, and all begins again."""
    refused: dict[int, str] = {}
    while True:
        taken = [(one.first, one.after) for one in spells if one.key is None]
        taken += [one.old for one in spells if one.old is not None and one.key in refused]
        kept_before = len(refused)
        for one in sorted((s for s in spells if s.key is not None), key=lambda s: s.old is None):
            if one.key is None or one.key in refused:
                continue
            met = next(((a, b) for a, b in taken if a < one.after and one.first < b), None)
            if met is None:
                taken.append((one.first, one.after))
                continue
            refused[one.key] = _said(*met)
            if one.old is not None:
                break
        if len(refused) == kept_before or not any(s.old is not None and s.key in refused for s in spells):
            return refused


def _said(first: date, after: date) -> str:
    last = "" if after == date.max else (after.fromordinal(after.toordinal() - 1)).isoformat()
    return f"{first.isoformat()} – {last}"
