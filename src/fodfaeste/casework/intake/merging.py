"""From the waiting room into the cases: everything a batch holds, in one transaction or not at all.

A line is known again by its key. One that is there and says the same is left alone; one that says something else is
corrected by a line in its place, as a caseworker would correct it; what is new is added. What cannot stand beside what
is there is refused, row by row, and the rest goes in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.intake import arrivals, lines, rejecting, weekly
from fodfaeste.casework.intake.bulk import as_intake, as_owner
from fodfaeste.casework.intake.models import Batch, BatchFile
from fodfaeste.casework.intake.overlaps import overlapping
from fodfaeste.casework.intake.staging import SCHEMA, drop
from fodfaeste.casework.intake.tally import Refused, Tally

_TEMPORARY = ("coming", "person", "touched", "spell_part", "spell_line", "week_part", "carried", "known", "refused",
              "thing")  # fmt: skip
"""Tables of the transaction; gone at its end, unless it is part of a larger one."""

RawOf = Callable[[BatchFile, Sequence[Refused]], Iterable[tuple[int, dict[str, Any], Refused]]]
"""Gives the rows that refused lines of a file stand for: its number, the row as it stood, the line."""

Progress = Callable[[str], None]
"""Is told what comes next."""

WEEKS = "ydelsesuger"
OFFERS = "tilbud"
_NAMED = {
    "people": ("person",), "words": ("person", "kind", "text", "written"), "step": ("person", "text"),
    "appointment": ("person", "at"), "staff": ("username",),
}  # fmt: skip
"""What names a line of these; the others have a key."""


def merge(batch: Batch, raw_of: RawOf, progress: Progress = lambda _: None) -> None:
    """Write everything the batch holds. Afterwards its files say what became of every row."""
    with transaction.atomic(), pghistory.context(source="import", batch=batch.pk), connection.cursor() as cursor:
        bind(batch.kommune_id)
        files = list(BatchFile.objects.filter(batch=batch))
        tally = Tally()
        for name in _TEMPORARY:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        _settle_repeats(cursor, files, tally)
        as_intake(cursor)
        _write_all(cursor, batch, files, tally, progress)
        progress("counts")
        as_owner(cursor)
        _close(batch, files, tally, raw_of)


def _write_all(cursor: Any, batch: Batch, files: list[BatchFile], tally: Tally, progress: Progress) -> None:
    kommune = batch.kommune_id
    if (staff := _union(files, "staff")) is not None:
        arrivals.staff(cursor, batch, staff, tally)
    progress("people")
    people = _union(files, "people")
    if people is not None:
        arrivals.citizens(cursor, batch, people, tally)
    arrivals.index_people(cursor, batch, people is not None)
    for spec in lines.TABLES:
        incoming = parts = _union(files, spec.shape)
        if incoming is None:
            continue
        progress(spec.shape)
        told: dict[int, str] = {}
        if spec.shape == "spell":
            weeks = _union([file for file in files if file.table == WEEKS], "spell")
            plain = _union([file for file in files if file.table != WEEKS], "spell")
            offers = all(file.table != OFFERS for file in files)
            incoming, parts = weekly.join(cursor, kommune, weeks, plain, offers, _span(files))
        elif spec.shape == "event":
            parts = f"(SELECT s.*, NULL::date AS after FROM {incoming} AS s)"
        lines.compare(cursor, spec, kommune, incoming)
        lines.refuse(cursor, incoming)
        if spec.shape == "spell":
            told = overlapping(cursor, kommune, incoming)
            lines.refuse_more(cursor, list(told), "overlap")
        lines.count(cursor, str(parts), tally, told)
        lines.write(cursor, spec, kommune, batch.day, incoming)
    progress("rest")
    for shape in ("appointment", "words", "step"):
        if (incoming := _union(files, shape)) is not None:
            arrivals.others(cursor, batch, shape, incoming, tally)
    if (incoming := _union(files, "reimbursement")) is not None:
        arrivals.reimbursements(cursor, batch, incoming, tally)
    cursor.execute("UPDATE courses_course SET version = version + 1 WHERE id IN (SELECT course FROM touched)")


def _span(files: list[BatchFile]) -> tuple[date, date] | None:
    spans = [(file.since, file.until) for file in files if file.since is not None and file.until is not None]
    return (min(first for first, _ in spans), max(after for _, after in spans)) if spans else None


def _union(files: list[BatchFile], shape: str) -> str | None:
    """The lines of one kind from all files, each with the number of its file; None where no file has any."""
    parts = [f'SELECT {file.pk} AS file, t.* FROM {SCHEMA}."f{file.pk}_{shape}" AS t' for file in files
             if file.staged.get(shape)]  # fmt: skip
    return f"({' UNION ALL '.join(parts)})" if parts else None


def _settle_repeats(cursor: Any, files: list[BatchFile], tally: Tally) -> None:
    """Where two files of a table hold the same line: it counts once; a later file that says otherwise is refused."""
    groups: dict[tuple[str, str], list[BatchFile]] = defaultdict(list)
    for file in files:
        for shape in file.staged:
            if file.table != WEEKS:
                groups[file.table, shape].append(file)
    for (_, shape), holding in groups.items():
        incoming = _union(holding, shape)
        if len(holding) < 2 or incoming is None:
            continue
        named = ", ".join(_NAMED.get(shape, ("key",)))
        said = "to_jsonb(s.*) - '{file,row,rows,source}'::text[]"
        cursor.execute(
            f"""
            WITH twice AS (SELECT {named} FROM {incoming} AS u GROUP BY {named} HAVING count(*) > 1)
            SELECT file, "row", "rows", first_value(file) OVER said, first_value("row") OVER said,
                   {said} = first_value({said}) OVER said
            FROM {incoming} AS s JOIN twice USING ({named})
            WINDOW said AS (PARTITION BY {named} ORDER BY file, "row")
            """
        )
        gone: dict[int, list[int]] = defaultdict(list)
        names = {file.pk: file.name for file in holding}
        for at, row, rows, first_file, first_row, same in cursor.fetchall():
            if (at, row) == (first_file, first_row):
                continue
            gone[at].append(row)
            if same:
                tally.count(tally.unchanged, [(at, rows)])
            elif rows:
                given = f"{names[first_file]}, række {first_row}"
                tally.refused.append(Refused(at, row, rows, "", "contradicts", given))
        for number, rows in gone.items():
            cursor.execute(f'DELETE FROM {SCHEMA}."f{number}_{shape}" WHERE "row" = ANY(%s)', [rows])


def _close(batch: Batch, files: list[BatchFile], tally: Tally, raw_of: RawOf) -> None:
    """Keep what became of the rows, and empty the waiting room."""
    refused: dict[int, list[Refused]] = defaultdict(list)
    for one in tally.refused:
        refused[one.file].append(one)
    for file in files:
        if refused[file.pk]:
            rows = raw_of(file, refused[file.pk])
            told = ((row, raw, [{"field": one.field, "code": one.code, "given": one.given}]) for row, raw, one in rows)
            file.rejected += rejecting.keep(file, told)
        file.new, file.changed = tally.new[file.pk], tally.changed[file.pk]
        file.unchanged += tally.unchanged[file.pk]
        drop(file.pk, file.staged)
        file.staged = {}
        file.save()
    batch.state, batch.ended_at = Batch.State.DONE, timezone.now()
    batch.save()
