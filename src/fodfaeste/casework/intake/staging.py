"""The waiting room: rows of a batch in unlogged tables of their own, until all files have been read.

Nothing here can be seen by the pages. A table holds the lines of one kind from one file; it is filled by COPY, and
dropped when its batch is done. A server that broke down empties unlogged tables, so whoever goes on counts them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg import sql

ROLE = "fodfaeste_intake"
"""Writes what was read; owns nothing but its tables here, and is bound to one municipality like everybody."""

SCHEMA = "intake"

_ROWS = '"row" integer NOT NULL, "rows" integer NOT NULL'
_LINE = f"{_ROWS}, person bigint NOT NULL"
_TOLD = "recorded date, source text, key bigint NOT NULL"

SHAPES: dict[str, str] = {
    "staff": f"{_ROWS}, username text, first_name text, last_name text, team text",
    "people": f"{_LINE}, name text, born date, phone text, protected boolean, opened date, closed date, "
    "caseworker text",
    "spell": f"{_LINE}, kind text, first date, after date, attrs jsonb, {_TOLD}",
    "event": f"{_LINE}, kind text, first date, attrs jsonb, {_TOLD}",
    "fact": f"{_LINE}, field text, value jsonb, first date, after date, author text, purpose text, {_TOLD}",
    "appointment": f"{_LINE}, caseworker text, at timestamptz, form text, place text, cancelled timestamptz",
    "words": f"{_LINE}, kind text, text text, written timestamptz",
    "step": f"{_LINE}, text text, owner text, first date, reason text, agreed boolean, done date",
    "reimbursement": f"{_ROWS}, person_number text, week date, benefit text, persons integer, total bigint, "
    "reimbursed bigint, own_share bigint, paid_by text, key bigint NOT NULL",
}
"""Columns of each kind of line. ``row`` is the row of the file, ``rows`` how many rows of it the line stands for;
``after`` is the day after the last (null: still going on)."""


def table_of(file: int, shape: str) -> sql.Identifier:
    """The table in which the lines of one kind from a file wait."""
    return sql.Identifier(SCHEMA, f"f{file}_{shape}")


def hold(file: int, shape: str, columns: Iterable[str], chunks: Iterable[bytes]) -> int:
    """Fill a table of a file with lines: CSV without a head, in ``columns``. Gives how many there are."""
    table = table_of(file, shape)
    named = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        run(cursor, sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        made = "CREATE UNLOGGED TABLE {} ({}) WITH (autovacuum_enabled = false)"  # nobody else has business here
        run(cursor, sql.SQL(made).format(table, sql.SQL(SHAPES[shape])))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, named)) as copy:
            for chunk in chunks:
                copy.write(chunk)
        number = int(cursor.rowcount)
        run(cursor, sql.SQL("ANALYZE {}").format(table))
        return number


def held(file: int, shape: str) -> int:
    """How many lines wait; 0 where there is no such table."""
    table = table_of(file, shape)
    with connection.cursor() as cursor:
        run(cursor, sql.SQL("SELECT to_regclass({})").format(table.as_string()))
        if cursor.fetchone()[0] is None:
            return 0
        run(cursor, sql.SQL("SELECT count(*) FROM {}").format(table))
        return int(cursor.fetchone()[0])


def column(file: int, shape: str, name: str) -> list[Any]:
    """The values of a column of a table."""
    with connection.cursor() as cursor:
        run(cursor, sql.SQL("SELECT {} FROM {}").format(sql.Identifier(name), table_of(file, shape)))
        return [row[0] for row in cursor.fetchall()]


def drop(file: int, shapes: Iterable[str]) -> None:
    """Take the tables of a file away."""
    with connection.cursor() as cursor:
        for shape in shapes:
            run(cursor, sql.SQL("DROP TABLE IF EXISTS {}").format(table_of(file, shape)))


def run(cursor: Any, statement: sql.Composable, parameters: Any = None) -> None:
    """Execute a composed statement through Django, which keeps its hooks."""
    cursor.execute(statement.as_string(cursor.connection), parameters)
