"""A table of text as lines that can be held: its columns in their places, every row either good or rejected."""

from __future__ import annotations

import datetime as dt
import difflib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from fodfaeste.foundation import Problem
from fodfaeste.interfaces.exchange.extracts import cellvalues
from fodfaeste.interfaces.exchange.extracts.cellvalues import Words
from fodfaeste.interfaces.exchange.extracts.faults import Faults
from fodfaeste.interfaces.exchange.extracts.files import ROW, Sheet
from fodfaeste.interfaces.exchange.extracts.tables import TableSpec, plain_name, table_named, tables

CHUNK = 100_000
"""Rows handed to the database at a time."""


@dataclass
class Known:
    """What rows lean on: the vocabulary, the day of the import, who the citizens and the caseworkers are."""

    words: Words
    day: dt.date
    people: pl.Series
    """Person numbers as whole numbers."""
    users: set[str]
    elsewhere: set[str]
    """Names of users of other municipalities."""
    weekly_offers: bool = True
    """Whether the activity in weekly codes is an offer: not where a table of offers says it better."""


@dataclass
class Lines:
    """What a table gave: lines by where they wait, rows without a line, and the faults of the others."""

    held: dict[str, pl.DataFrame] = field(default_factory=dict)
    without: int = 0
    faults: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    repeats: int = 0
    """Rows that say again what an earlier row says."""
    span: tuple[dt.date, dt.date] | None = None
    """Of a table of weeks: its first day, and the day after its last."""


class Table:
    """The rows of a table while they are read: columns by their names here, faults by row."""

    def __init__(self, spec: TableSpec, frame: pl.DataFrame, known: Known) -> None:
        self.spec, self.frame, self.known = spec, frame, known
        self.row = frame[ROW].alias("row")
        self.faults = Faults(self.row)

    def text(self, name: str) -> pl.Series:
        """The cells of a column; an empty cell where every row must have one is a fault."""
        column = cellvalues.text(self.frame, name)
        spec = self.spec.columns.get(name)
        if spec is not None and spec.required:
            self.faults.add(column.is_null(), name, "missing")
        return column

    def read(self, name: str, dtype: Any, reader: Callable[[str], Any]) -> pl.Series:
        """The values of a column."""
        return cellvalues.read(self.text(name), dtype, reader, self.faults, name)

    def day(self, name: str, past: bool = False) -> pl.Series:
        """The days of a column; ``past``: none after the day of the import."""
        days = self.read(name, pl.Date, cellvalues.day_of)
        if past:
            self.faults.add(days > self.known.day, name, "future", days)
        return days

    def person(self, name: str = "personnummer", among: bool = True) -> pl.Series:
        """Person numbers as whole numbers; ``among``: each must be a citizen.

        A number is ten digits whose first four are a day and a month. Sixty may be added to the day, as invented and
        replacement numbers have it. Modulus 11 is never asked: numbers given since 2007 need not satisfy it.
        """
        given = self.text(name)
        digits = given.str.replace_all(r"[-\s]", "")
        number = pl.select(
            pl.when(digits.str.contains(r"^\d{9,10}$")).then(digits).otherwise(None).cast(pl.Int64)
        ).to_series()  # nine digits: a spreadsheet has eaten the nought in front
        day, month = number // 10**8, number // 10**6 % 100
        likely = day.is_between(1, 31) | day.is_between(61, 91)
        wrong = given.is_not_null() & ~(likely & month.is_between(1, 12)).fill_null(value=False)
        self.faults.add(wrong, name, "person", given)
        if among:
            self.faults.add(~number.is_in(self.known.people.implode()) & ~wrong & given.is_not_null(), name,
                            "unknown_person", given)  # fmt: skip
        return number.alias("person")

    def good(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows without faults."""
        kept = self.faults.good()
        return frame if kept is None else frame.filter(kept)

    def source(self) -> pl.Series:
        """Where a row comes from: its own word, else the table."""
        return self.text("kilde").fill_null(f"Udtræk: {self.spec.name}").str.slice(0, 80).alias("source")


def placed(sheet: Sheet) -> tuple[TableSpec, dict[str, str]] | Problem:
    """Which table a sheet is, and its columns by what they are called here; or what stops it from being one."""
    spec = table_named(sheet.title)
    if spec is None:
        choices = [plain_name(start) for one in tables().values() for start in one.files]
        near = difflib.get_close_matches(plain_name(sheet.title), choices, n=1, cutoff=0.6)
        mend = f"did you mean '{near[0]}'?" if near else f"choose one of {', '.join(tables())}"
        return Problem(sheet.name, None, "", "the name is not that of a table", mend)
    renamed: dict[str, str] = {}
    for column in sheet.frame.columns:
        if column == ROW:
            continue
        name = _column(spec, column)
        if name is None:
            continue
        if name in renamed.values():
            return Problem(sheet.name, 1, column, f"the column '{name}' stands twice", "keep one of the two")
        renamed[column] = name
    missing = [one.name for one in spec.columns.values() if one.required and one.name not in renamed.values()]
    if missing:
        there = ", ".join(c for c in sheet.frame.columns if c != ROW)
        return Problem(
            sheet.name, 1, missing[0], f"the column '{missing[0]}' is missing (there are {there})",
            f"add a column named {missing[0]}",
        )  # fmt: skip
    return spec, renamed


def _column(spec: TableSpec, given: str) -> str | None:
    plain = plain_name(given)
    for name, column in spec.columns.items():
        if plain in {plain_name(one) for one in (name, *column.also)}:
            return name
    for name, also in spec.names.items():
        if plain in {plain_name(one) for one in (name, *also)}:
            return "@" + name
    return "@" + plain if spec.attributes else None


def unread(sheet: Sheet, spec: TableSpec, renamed: dict[str, str], words: Words) -> list[str]:
    """Columns that have no meaning here."""
    kinds = words.vocabulary.events | words.vocabulary.spells  # type: ignore[operator]
    attributes = {"@" + name for kind in kinds.values() for name in kind.attrs} if spec.attributes else set()
    known = {column for column, name in renamed.items() if not name.startswith("@") or name in attributes}
    return [column for column in sheet.frame.columns if column != ROW and column not in known]


def chunks(frame: pl.DataFrame) -> Iterator[bytes]:
    """Lines as the database takes them: CSV without a head; null is an empty cell."""
    for part in frame.iter_slices(CHUNK):
        buffer = io.BytesIO()
        part.write_csv(buffer, include_header=False, date_format="%Y-%m-%d", datetime_format="%Y-%m-%d %H:%M:%S%z")
        yield buffer.getvalue()
