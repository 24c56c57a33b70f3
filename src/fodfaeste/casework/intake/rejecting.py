"""Rows that did not go in, kept as they stood: many at a time, for a whole file may be wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from fodfaeste.casework.intake.models import BatchFile

Row = tuple[int, dict[str, Any], list[dict[str, Any]]]
"""Number of the row, its cells by column, and its problems."""


def keep(file: BatchFile, rows: Iterable[Row]) -> int:
    """Keep rejected rows of a file; gives how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE rejected (n integer, raw jsonb, problems jsonb) ON COMMIT DROP")
        with cursor.copy("COPY rejected FROM STDIN") as copy:
            for number, raw, problems in rows:
                copy.write_row((number, _json(raw), _json(problems)))
        cursor.execute(
            'INSERT INTO intake_rejection (kommune_id, file_id, "row", raw, problems) '
            "SELECT %s, %s, n, raw, problems FROM rejected ORDER BY n",
            [file.kommune_id, file.pk],
        )
        kept = int(cursor.rowcount)
        cursor.execute("DROP TABLE rejected")
    return kept


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
