"""Spells read off weeks: joined where files meet, open where the weeks end, carried on where they began earlier."""

from __future__ import annotations

from datetime import date
from typing import Any

_COLUMNS = 's.file, s."row", s."rows", s.person, s.kind, s.first, s.after, s.attrs, s.recorded, s.source, s.key'

_JOINED = """
    WITH joined AS (
        SELECT s.*, count(*) FILTER (WHERE s.gap) OVER (
            PARTITION BY person, kind, attrs ORDER BY first, after, file, "row") AS island
        FROM (
            SELECT s.*, COALESCE(first > max(after) OVER (
                PARTITION BY person, kind, attrs ORDER BY first, after, file, "row"
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS gap
            FROM {weeks} AS s
        ) AS s
    )
    SELECT file, "row", "rows", person, kind, attrs, source, recorded, first AS from_first, after AS to_after, key,
           min(first) OVER island AS first, max(after) OVER island AS after,
           first_value(key) OVER (PARTITION BY person, kind, attrs, island ORDER BY first, after, file, "row") AS named
    FROM joined WINDOW island AS (PARTITION BY person, kind, attrs, island)
"""


def join(
    cursor: Any, kommune: int, weeks: str | None, plain: str | None, offers: bool, span: tuple[date, date] | None
) -> tuple[str, str]:
    """Make table ``spell_line`` (each spell once) and ``spell_part`` (what it was made of); gives their names.

    ``span`` are the first day of all weeks and the day after the last. The last week is not known to be the end: a
    spell that reaches it goes on. A spell that begins with the first week, and meets one that is there already and
    says the same, is that one, going on.
    """
    plain = plain or f"(SELECT {_COLUMNS} FROM {weeks} AS s WHERE false)"
    cursor.execute(f"CREATE TEMP TABLE spell_part ON COMMIT DROP AS SELECT {_COLUMNS} FROM {plain} AS s")
    cursor.execute(f"CREATE TEMP TABLE spell_line ON COMMIT DROP AS SELECT {_COLUMNS} FROM {plain} AS s")
    if weeks is not None and span is not None:
        _join_weeks(cursor, kommune, weeks, offers, span)
    cursor.execute("ANALYZE spell_line")
    cursor.execute("ANALYZE spell_part")
    return "spell_line", "spell_part"


def _join_weeks(cursor: Any, kommune: int, weeks: str, offers: bool, span: tuple[date, date]) -> None:
    cursor.execute(f"CREATE TEMP TABLE week_part ON COMMIT DROP AS {_JOINED.format(weeks=weeks)}")
    if not offers:
        cursor.execute("DELETE FROM week_part WHERE kind = 'tilbud'")
    earliest, latest = span
    cursor.execute(
        """
        CREATE TEMP TABLE carried ON COMMIT DROP AS
        SELECT DISTINCT ON (w.named) w.named, e.key, lower(e.period) AS first
        FROM week_part AS w JOIN person AS p USING (person)
        JOIN courses_spell AS e ON e.course_id = p.course AND e.kommune_id = %(kommune)s AND e.kind = w.kind
            AND e.attrs = w.attrs AND e.standing AND NOT e.void AND e.key IS NOT NULL
            AND lower(e.period) < w.first AND COALESCE(upper(e.period), '9999-12-31') >= w.first
        WHERE w.first = %(earliest)s ORDER BY w.named, lower(e.period) DESC
        """,
        {"kommune": kommune, "earliest": earliest},
    )
    key, first = "COALESCE(c.key, w.named)", "COALESCE(c.first, w.first)"
    cursor.execute(
        f"""
        INSERT INTO spell_part
        SELECT w.file, w."row", w."rows", w.person, w.kind, w.from_first, w.to_after, w.attrs, w.recorded, w.source,
               {key} FROM week_part AS w LEFT JOIN carried AS c USING (named)
        """
    )
    cursor.execute(
        f"""
        INSERT INTO spell_line
        SELECT w.file, w."row", w."rows", w.person, w.kind, {first}, NULLIF(w.after, %s), w.attrs, w.recorded,
               w.source, {key}
        FROM week_part AS w LEFT JOIN carried AS c USING (named) WHERE w.key = w.named
        """,
        [latest],
    )
