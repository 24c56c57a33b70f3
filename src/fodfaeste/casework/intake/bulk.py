"""Tables that many rows come into at once: their indexes and references are made again afterwards.

To look up four references and keep six indexes for each of millions of rows takes three times as long as to check and
sort them once at the end. Everything happens in the running transaction: if it fails, the table is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import sql

from fodfaeste.casework.intake.staging import ROLE, run

WORTH_IT = 50_000
"""With fewer rows coming in, the indexes are kept as the rows come."""


def as_intake(cursor: Any) -> None:
    """From here on, in this transaction, act as the role that is bound to one municipality."""
    run(cursor, sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE)))


def as_owner(cursor: Any) -> None:
    """Act as the owner of the tables again."""
    cursor.execute("SET LOCAL ROLE NONE")


@contextmanager
def unindexed(cursor: Any, table: str, coming: int) -> Iterator[None]:
    """Take the table's indexes and references away while rows come in, when they are more than those there."""
    if coming < WORTH_IT or coming < _rows(cursor, table):
        yield
        return
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be changed
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    as_owner(cursor)
    constraints = _constraints(cursor, table)
    for name, _ in constraints:
        run(cursor, sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(sql.Identifier(table), sql.Identifier(name)))
    indexes = _indexes(cursor, table)
    for name, _ in indexes:
        run(cursor, sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    as_intake(cursor)
    yield
    as_owner(cursor)
    for _, definition in indexes:
        run(cursor, sql.SQL(definition))
    for name, definition in constraints:
        run(cursor, sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} {}").format(
            sql.Identifier(table), sql.Identifier(name), sql.SQL(definition)))  # fmt: skip
    as_intake(cursor)


def _rows(cursor: Any, table: str) -> int:
    """About how many rows a table has, in all municipalities."""
    as_owner(cursor)
    cursor.execute("SELECT reltuples, relpages FROM pg_class WHERE oid = %s::regclass", [table])
    rows, pages = cursor.fetchone()
    if rows < 0 or pages == 0:  # never analysed
        run(cursor, sql.SQL("SELECT count(*) FROM (SELECT FROM {} LIMIT 1000000) AS few").format(
            sql.Identifier(table)))  # fmt: skip
        rows = cursor.fetchone()[0]
    as_intake(cursor)
    return int(rows)


def _constraints(cursor: Any, table: str) -> list[tuple[str, Any]]:
    """Uniqueness, exclusion and references (not those of others to this table), with their definitions."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass "
        "AND contype IN ('u', 'x', 'f') ORDER BY contype = 'f', conname",
        [table],
    )
    return list(cursor.fetchall())


def _indexes(cursor: Any, table: str) -> list[tuple[str, Any]]:
    """Indexes that are no part of a constraint."""
    cursor.execute(
        "SELECT i.relname, pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
        "WHERE x.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.oid) "
        "ORDER BY i.relname",
        [table],
    )
    return list(cursor.fetchall())
