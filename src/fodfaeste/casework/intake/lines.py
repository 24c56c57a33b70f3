"""Spells, events and facts of a batch into the courses: added, corrected, left alone, or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fodfaeste.casework.intake.bulk import unindexed
from fodfaeste.casework.intake.tally import Refused, Tally


@dataclass(frozen=True)
class LineTable:
    """A table of lines, and how a line that waits (``s``) compares with one that is there (``e``)."""

    shape: str
    table: str
    columns: dict[str, str]
    same: str
    fits: str
    corrects: bool
    """Whether a line names the one it corrects; of facts, the one recorded last counts."""


_VALID = "CASE WHEN s.first IS NULL AND s.after IS NULL THEN NULL ELSE daterange(s.first, s.after) END"
TABLES = (
    LineTable(
        "spell", "courses_spell",
        {"kind": "s.kind", "period": "daterange(s.first, s.after)", "attrs": "s.attrs"},
        "e.period = daterange(s.first, s.after) AND e.attrs = s.attrs", "e.kind = s.kind", corrects=True,
    ),
    LineTable(
        "event", "courses_event", {"kind": "s.kind", '"on"': "s.first", "attrs": "s.attrs"},
        'e."on" = s.first AND e.attrs = s.attrs', "e.kind = s.kind", corrects=True,
    ),
    LineTable(
        "fact", "courses_fact",
        {"field": "s.field", "value": "s.value", "valid": _VALID, '"by"': "COALESCE(s.author, '')",
         "purpose": "COALESCE(s.purpose, '')"},
        f"e.value = s.value AND e.valid IS NOT DISTINCT FROM {_VALID}", "e.field = s.field", corrects=False,
    ),
)  # fmt: skip


def compare(cursor: Any, spec: LineTable, kommune: int, incoming: str) -> None:
    """Find the lines that are there already (table ``known``): by key, and whether they say the same."""
    standing = "e.standing" if spec.corrects else "true"
    cursor.execute("DROP TABLE IF EXISTS known")
    cursor.execute(
        f"""
        CREATE TEMP TABLE known ON COMMIT DROP AS
        SELECT s.file, s."row", s.key, e.id, p.course,
               CASE WHEN e.course_id <> p.course OR NOT ({spec.fits}) THEN 'taken'
                    WHEN {spec.same} THEN 'same'
                    WHEN {standing} THEN 'changed'
                    ELSE 'corrected_here' END AS state
        FROM {incoming} AS s JOIN person AS p USING (person)
        JOIN {spec.table} AS e ON e.kommune_id = %s AND e.key = s.key
        """,
        [kommune],
    )
    cursor.execute("CREATE INDEX ON known (key)")
    cursor.execute("CREATE INDEX ON known (id) WHERE state = 'changed'")
    cursor.execute("ANALYZE known")


def refuse(cursor: Any, incoming: str) -> None:
    """Lines whose person or key cannot be used, or that were corrected by hand (table ``refused``)."""
    cursor.execute("DROP TABLE IF EXISTS refused")
    cursor.execute(
        f"""
        CREATE TEMP TABLE refused ON COMMIT DROP AS
        SELECT s.key, k.state AS code FROM {incoming} AS s JOIN known AS k USING (key)
        WHERE k.state IN ('taken', 'corrected_here')
        UNION ALL
        SELECT s.key, 'unknown_person' FROM {incoming} AS s
        WHERE NOT EXISTS (SELECT FROM person AS p WHERE p.person = s.person)
        """
    )


def refuse_more(cursor: Any, keys: list[int], code: str) -> None:
    """Add lines to the refused."""
    if keys:
        cursor.execute("INSERT INTO refused SELECT unnest(%s::bigint[]), %s", [keys, code])


def count(cursor: Any, parts: str, tally: Tally, told: dict[int, str]) -> None:
    """Count the rows of every file by what became of their lines; ``told`` says more of a refused key."""
    cursor.execute(
        f"""
        SELECT s.file, COALESCE(k.state, 'new') AS state, sum(s."rows")
        FROM {parts} AS s LEFT JOIN known AS k USING (key)
        WHERE NOT EXISTS (SELECT FROM refused AS r WHERE r.key = s.key)
        GROUP BY 1, 2
        """
    )
    found = {"new": tally.new, "same": tally.unchanged, "changed": tally.changed}
    for file, state, rows in cursor.fetchall():
        tally.count(found[state], [(file, rows)])
    cursor.execute(
        f"""
        SELECT s.file, s."row", s."rows", s.key, r.code, s.person, s.first, s.after
        FROM {parts} AS s JOIN refused AS r USING (key) ORDER BY 1, 2
        """
    )
    for file, row, rows, key, code, person, first, after in cursor.fetchall():
        if rows:  # an offer read off the weeks goes with the weeks
            field = {"overlap": "fra", "unknown_person": "personnummer"}.get(code, "id")
            given = told.get(key) or (f"{person:010d}" if code == "unknown_person" else None)
            tally.refused.append(Refused(file, row, rows, field, code, given, person, first, after))


def write(cursor: Any, spec: LineTable, kommune: int, day: date, incoming: str) -> None:
    """Put new lines in, and corrections in the place of those that say something else now."""
    names = ", ".join(spec.columns)
    values = ", ".join(spec.columns.values())
    more, told = (", void, standing", ", false, true") if spec.corrects else ("", "")
    refused = "NOT EXISTS (SELECT FROM refused AS r WHERE r.key = s.key)"
    cursor.execute("SELECT count(*) FROM known WHERE state = 'changed'")
    if cursor.fetchone()[0]:
        stands = "standing = false, " if spec.corrects else ""
        corrects, old = (", corrects_id", ", k.id") if spec.corrects else ("", "")
        changed = f"known AS k WHERE k.state = 'changed' AND {refused.replace('s.key', 'k.key')}"
        cursor.execute(f"UPDATE {spec.table} SET {stands}key = NULL WHERE id IN (SELECT k.id FROM {changed})")
        cursor.execute(
            f"""
            INSERT INTO {spec.table} (kommune_id, course_id, {names}, recorded, source, key{more}{corrects})
            SELECT %s, p.course, {values}, GREATEST(%s, e.recorded), COALESCE(s.source, ''), s.key{told}{old}
            FROM {incoming} AS s JOIN person AS p USING (person) JOIN known AS k USING (key)
            JOIN {spec.table} AS e ON e.id = k.id
            WHERE k.state = 'changed' AND {refused}
            """,
            [kommune, day],
        )
    cursor.execute(f"SELECT (SELECT count(*) FROM {incoming} AS s) - (SELECT count(*) FROM known)")
    with unindexed(cursor, spec.table, cursor.fetchone()[0]):
        cursor.execute(
            f"""
            INSERT INTO {spec.table} (kommune_id, course_id, {names}, recorded, source, key{more})
            SELECT %s, p.course, {values}, s.recorded, COALESCE(s.source, ''), s.key{told}
            FROM {incoming} AS s JOIN person AS p USING (person)
            WHERE NOT EXISTS (SELECT FROM known AS k WHERE k.key = s.key) AND {refused}
            """,
            [kommune],
        )
    cursor.execute(
        f"""
        INSERT INTO touched
        SELECT DISTINCT p.course FROM {incoming} AS s JOIN person AS p USING (person)
        LEFT JOIN known AS k USING (key)
        WHERE NOT p.fresh AND (k.state IS NULL OR k.state = 'changed') AND {refused}
        """
    )
