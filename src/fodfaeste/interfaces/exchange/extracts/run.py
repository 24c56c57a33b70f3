"""A folder of extracts into the database: every table is read and held, then all of them go in at once.

A run that was broken off is taken up where it stopped: files that were held, and are the same still, are not read
again. Nothing stands in any case before everything does.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, Protocol

import polars as pl
from django.db import connection, transaction
from django.db.models import Q

from fodfaeste.casework.access.models import Kommune, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.intake import rejecting, staging
from fodfaeste.casework.intake.merging import OFFERS, WEEKS, merge
from fodfaeste.casework.intake.models import Batch, BatchFile
from fodfaeste.casework.intake.tally import Refused
from fodfaeste.casework.people.models import Citizen
from fodfaeste.facts import Vocabulary
from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.interfaces.exchange.extracts import cellvalues, files, lines, people, reading, weeks
from fodfaeste.interfaces.exchange.extracts.cellvalues import Words
from fodfaeste.interfaces.exchange.extracts.files import ROW, Sheet
from fodfaeste.interfaces.exchange.extracts.reading import Known, Lines, Table
from fodfaeste.interfaces.exchange.extracts.tables import TableSpec, tables

READERS = people.READERS | lines.READERS | {WEEKS: weeks.weeks}

_LOCK = 0x0F0D_FAE5


class Progress(Protocol):
    """Is told how far an import is."""

    def reading(self, name: str, done: int, of: int) -> None:
        """A table begins to be read, after ``done`` of ``of`` bytes."""

    def writing(self, what: str) -> None:
        """What is written next."""


class Silent:
    """Tells nobody."""

    def reading(self, name: str, done: int, of: int) -> None:
        """Nothing."""

    def writing(self, what: str) -> None:
        """Nothing."""


@dataclass(frozen=True)
class _Found:
    path: Path
    sheet: Sheet
    """With the head of the table only."""
    spec: TableSpec
    digest: str


@dataclass(frozen=True)
class Imported:
    """A batch that went in, its files, and columns that were not read by file."""

    batch: Batch
    files: list[BatchFile]
    unread: dict[str, list[str]]

    @property
    def rejected(self) -> int:
        """Rows that did not go in."""
        return sum(file.rejected for file in self.files)

    @property
    def taken(self) -> int:
        """Rows that did, or stood there already."""
        return sum(file.rows for file in self.files) - self.rejected


def import_folder(
    folder: Path, kommune: Kommune, vocabulary: Vocabulary, day: dt.date, progress: Progress | None = None
) -> Imported:
    """Read a folder of extracts into a municipality's cases, as on a day.

    Raises ProblemError, everything at once, when a table cannot be recognised or read; nothing has gone in then.
    """
    progress = progress or Silent()
    words = Words(vocabulary)
    tasks, unread = _heads(folder, words)
    with _alone(kommune):
        batch = _batch(folder, kommune, day, tasks)
        known = _known(words, batch, tasks)
        total, done = sum(task.path.stat().st_size for task in tasks), 0
        seen: set[Path] = set()
        for task in tasks:
            progress.reading(task.sheet.name, done, total)
            _hold(batch, task, known)
            if task.path not in seen:
                seen.add(task.path)
                done += task.path.stat().st_size
        progress.reading("", total, total)
        merge(batch, lambda file, refused: _raw(tasks, file, refused, known), progress.writing)
        with bound(kommune.pk):
            return Imported(batch, list(BatchFile.objects.filter(batch=batch)), unread)


@contextmanager
def bound(kommune: int) -> Iterator[None]:
    """A transaction that sees one municipality."""
    with transaction.atomic():
        bind(kommune)
        yield


@contextmanager
def _alone(kommune: Kommune) -> Iterator[None]:
    """One import at a time into a municipality. Raises ProblemError when another one runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, kommune.pk])
        if not cursor.fetchone()[0]:
            mend = "wait until it has ended"
            raise ProblemError([Problem(kommune.name, None, "", "another import is running", mend)])
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, kommune.pk])


def _heads(folder: Path, words: Words) -> tuple[list[_Found], dict[str, list[str]]]:
    """Every table of the folder, those that others lean on first; and the columns that have no meaning."""
    problems: list[Problem] = []
    tasks: list[_Found] = []
    unread: dict[str, list[str]] = {}
    for path in files.found(folder):
        try:
            found = list(files.heads(path))
        except ProblemError as error:
            problems += error.problems
            continue
        digest = f"{files.digest(path)}{_rules(words.vocabulary.digest)}"
        for sheet in found:
            placed = reading.placed(sheet)
            if isinstance(placed, Problem):
                problems.append(placed)
                continue
            spec, renamed = placed
            tasks.append(_Found(path, sheet, spec, hashlib.sha256(digest.encode()).hexdigest()))
            if odd := reading.unread(sheet, spec, renamed, words):
                unread[sheet.name] = odd
    if problems:
        raise ProblemError(problems)
    order = list(tables())
    return sorted(tasks, key=lambda task: (order.index(task.spec.name), task.sheet.name)), unread


@lru_cache(maxsize=8)
def _rules(vocabulary: str) -> str:
    room = resources(__package__)
    content = [room.joinpath(name).read_bytes() for name in ("tables.yaml", "dream.yaml", "dream.csv")]
    return hashlib.sha256(vocabulary.encode() + b"".join(content)).hexdigest()


def _batch(folder: Path, kommune: Kommune, day: dt.date, tasks: Sequence[_Found]) -> Batch:
    """The batch that was broken off, else a new one; of files that are gone nothing waits any more."""
    with bound(kommune.pk):
        batch = Batch.objects.filter(kommune=kommune, state=Batch.State.READING).first()
        if batch is None:
            return Batch.objects.create(kommune=kommune, folder=str(folder)[:400], day=day)
        batch.folder, batch.day = str(folder)[:400], day
        batch.save()
        for file in BatchFile.objects.filter(batch=batch):
            if (file.name, file.table) not in {(task.sheet.name, task.spec.name) for task in tasks}:
                staging.drop(file.pk, file.staged)
                file.delete()
        return batch


def _known(words: Words, batch: Batch, tasks: Sequence[_Found]) -> Known:
    with bound(batch.kommune_id):
        numbers = list(Citizen.objects.filter(kommune=batch.kommune_id).values_list("person_number", flat=True))
        users = set(User.objects.filter(kommune=batch.kommune_id).values_list("username", flat=True))
        elsewhere = set(User.objects.exclude(Q(kommune=batch.kommune_id)).values_list("username", flat=True))
    return Known(
        words, batch.day, pl.Series("person", [int(number) for number in numbers], dtype=pl.Int64), users, elsewhere,
        weekly_offers=all(task.spec.name != OFFERS for task in tasks),
    )  # fmt: skip


def _hold(batch: Batch, task: _Found, known: Known) -> None:
    """Let a table's lines wait, unless they do already."""
    with bound(batch.kommune_id):
        there = BatchFile.objects.filter(batch=batch, name=task.sheet.name, table=task.spec.name).first()
        if there is not None:
            held = all(staging.held(there.pk, shape) == number for shape, number in there.staged.items())
            if there.digest == task.digest and held:
                _remember(there, known)
                return
            staging.drop(there.pk, there.staged)
            there.delete()
        file = BatchFile.objects.create(
            kommune_id=batch.kommune_id, batch=batch, name=task.sheet.name, table=task.spec.name, digest=task.digest
        )
        sheet, table = _full(task, known)
        got = READERS[task.spec.name](table)
        file.rows = sheet.frame.height + len(sheet.torn)
        file.columns = [column for column in sheet.frame.columns if column != ROW]
        file.unchanged, file.without_line = got.repeats, got.without
        file.since, file.until = got.span or (None, None)
        for shape, frame in got.held.items():
            if frame.height:
                file.staged[shape] = staging.hold(file.pk, shape, frame.columns, reading.chunks(frame))
        file.rejected = _reject(file, sheet, got)
        file.save()


def _full(task: _Found, known: Known) -> tuple[Sheet, Table]:
    sheet = next(one for one in files.sheets(task.path) if one.name == task.sheet.name)
    placed = reading.placed(sheet)
    if isinstance(placed, Problem):
        raise ProblemError([placed])
    return sheet, Table(task.spec, sheet.frame.rename(placed[1]), known)


def _remember(file: BatchFile, known: Known) -> None:
    """What the tables that follow lean on, from one that waits already."""
    if file.staged.get("people"):
        more = pl.Series("person", staging.column(file.pk, "people", "person"), dtype=pl.Int64)
        known.people = pl.concat([known.people, more]).unique()
    if file.staged.get("staff"):
        known.users |= set(staging.column(file.pk, "staff", "username"))


def _reject(file: BatchFile, sheet: Sheet, got: Lines) -> int:
    """Keep the rows that cannot go in, as they stood."""
    torn = {row: {str(n): cell for n, cell in enumerate(cells, 1)} for row, cells in sheet.torn}
    faults = got.faults
    told = ((row, cells, faults[row]) for row, cells in _rows(sheet, set(faults)))
    long = ((row, cells, [{"field": "", "code": "torn", "given": None}]) for row, cells in torn.items())
    return rejecting.keep(file, (*told, *long) if torn else told)


def _rows(sheet: Sheet, wanted: set[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    if not wanted:
        return
    for cells in sheet.frame.filter(pl.col(ROW).is_in(list(wanted))).iter_rows(named=True):
        yield cells.pop(ROW), cells


def _raw(
    tasks: Sequence[_Found], file: BatchFile, refused: Sequence[Refused], known: Known
) -> Iterable[tuple[int, dict[str, Any], Refused]]:
    """The rows of a file that refused lines stand for; a spell read off weeks stands for each of them."""
    task = next(task for task in tasks if (task.sheet.name, task.spec.name) == (file.name, file.table))
    sheet, table = _full(task, known)
    stand_for: dict[int, Refused] = {one.row: one for one in refused if one.rows == 1}
    several = [one for one in refused if one.rows > 1]
    if several:
        frame = pl.DataFrame(
            {
                "row": table.row,
                "person": table.person(),
                "week": table.read("uge", pl.Date, cellvalues.week_of),
            }
        )
        for one in several:
            within = frame.filter(
                (pl.col("person") == one.person) & pl.col("week").is_between(one.first, one.after, closed="left")
            )
            fresh = within.unique("week", keep="first", maintain_order=True)
            stand_for |= dict.fromkeys(fresh["row"], one)
    for row, cells in _rows(sheet, set(stand_for)):
        yield row, cells, stand_for[row]
