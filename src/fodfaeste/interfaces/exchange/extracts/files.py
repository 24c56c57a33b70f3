"""Files of a folder as tables of text: CSV in the ways Danish systems write it, Parquet, and workbooks."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from fodfaeste.foundation import Problem, ProblemError

ENDINGS = (".csv", ".parquet", ".xlsx")
_SEPARATORS = ";,\t"
ROW = "#row"
"""Column with the number of the row, as a spreadsheet counts it: the head is row 1."""


@dataclass(frozen=True)
class Sheet:
    """One table of text: where it stands, and its rows. Column ``ROW`` numbers them."""

    file: Path
    name: str
    """The file's name; for a sheet of a workbook ``file.xlsx [sheet]``."""
    title: str
    """What tells which table it is: the stem of the file, or the title of the sheet."""
    frame: pl.DataFrame
    torn: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Rows with more fields than there are columns, which cannot be put in their places."""


def found(folder: Path) -> list[Path]:
    """The files of a folder that can be read, by name. Raises ProblemError when there are none."""
    if not folder.is_dir():
        raise ProblemError([Problem(str(folder), None, "", "there is no such folder", "give a folder that exists")])
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.name[0] not in ".~")
    if not paths:
        mend = "put extracts here, as described in docs/guide/extracts.md"
        raise ProblemError([Problem(str(folder), None, "", "there is no CSV, Parquet or XLSX file here", mend)])
    return paths


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def heads(path: Path) -> Iterator[Sheet]:
    """The tables of a file with their columns only, where that is quicker. Raises ProblemError."""
    if path.suffix.lower() == ".csv":
        with path.open("rb") as stream:
            first = stream.readline()
        if first[:2] not in (b"\xff\xfe", b"\xfe\xff") and first.strip(b"\xef\xbb\xbf \r\n\t"):
            yield Sheet(path, path.name, path.stem, _csv_frame(first, path)[0])
            return
    if path.suffix.lower() == ".parquet":
        try:
            columns = dict.fromkeys(pl.read_parquet_schema(path), pl.String)
        except (pl.exceptions.PolarsError, OSError) as error:
            raise _unreadable(path, " ".join(str(error).split())[:120]) from None
        yield Sheet(path, path.name, path.stem, _counted(pl.DataFrame(schema=columns)))
        return
    yield from sheets(path)


def sheets(path: Path) -> Iterator[Sheet]:
    """The tables of a file. Raises ProblemError, one problem, when it cannot be read."""
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _workbook(path)
        elif path.suffix.lower() == ".parquet":
            yield Sheet(path, path.name, path.stem, _counted(_as_text(pl.read_parquet(path)), 1))
        else:
            yield _csv(path)
    except (pl.exceptions.PolarsError, OSError, csv.Error) as error:
        raise _unreadable(path, " ".join(str(error).split())[:120]) from None


def _unreadable(path: Path, reason: str) -> ProblemError:
    mend = "save it again from the program that made it, with column names in the first row"
    return ProblemError([Problem(path.name, None, "", f"the file cannot be read: {reason}", mend)])


def _counted(frame: pl.DataFrame, head: int = 1) -> pl.DataFrame:
    """Rows with their number (the head is row 1); rows without a single cell are no rows."""
    numbered = frame.with_row_index(ROW, offset=1 + head).with_columns(pl.col(ROW).cast(pl.Int32))
    columns = [column for column in numbered.columns if column != ROW]
    if not columns:
        return numbered
    return numbered.filter(~pl.all_horizontal(pl.col(columns).is_null() | (pl.col(columns) == "")))


def _csv(path: Path) -> Sheet:
    content = path.read_bytes()
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise _unreadable(path, "it is empty")
    frame, torn = _csv_frame(content, path)
    return Sheet(path, path.name, path.stem, frame, torn)


def _csv_frame(content: bytes, path: Path) -> tuple[pl.DataFrame, tuple[tuple[int, tuple[str, ...]], ...]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16").encode()
    else:
        content = content.removeprefix(b"\xef\xbb\xbf")
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            content = content.decode("cp1252", errors="replace").encode()
    if content.count(b'"') % 2:
        line = next(n for n, text in enumerate(content.split(b"\n"), 1) if text.count(b'"') % 2)
        mend = "close the quotation mark, or write it twice inside a text"
        raise ProblemError([Problem(path.name, line, "", "a quotation mark is not closed", mend)])
    head = content.split(b"\n", 1)[0].decode()
    separator = max(_SEPARATORS, key=head.count)
    torn: tuple[tuple[int, tuple[str, ...]], ...] = ()
    try:
        frame = pl.read_csv(content, separator=separator, infer_schema=False)
    except pl.exceptions.ComputeError:
        frame, torn = _row_by_row(content, separator)
    return _counted(frame), torn


def _row_by_row(content: bytes, separator: str) -> tuple[pl.DataFrame, tuple[tuple[int, tuple[str, ...]], ...]]:
    """A file with rows that are too long: those are set apart, with their numbers, and the others are read."""
    rows = csv.reader(io.StringIO(content.decode(), newline=""), delimiter=separator)
    head = next(rows)
    fitting: list[list[str | None]] = []
    torn: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate((row for row in rows), 2):
        if len(row) > len(head):
            torn.append((number, tuple(row)))
            fitting.append([None] * len(head))  # keeps the numbers of the rows that follow
        else:
            fitting.append([*(cell or None for cell in row), *[None] * (len(head) - len(row))])
    return pl.DataFrame(fitting, schema=dict.fromkeys(head, pl.String), orient="row"), tuple(torn)


def _workbook(path: Path) -> Iterator[Sheet]:
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        titles = list(book.sheet_names)
        frames = [book.load_sheet(title, dtypes="string").to_polars() for title in titles]
    except fastexcel.FastExcelError as error:
        raise _unreadable(path, " ".join(str(error).split())[:120]) from None
    for title, frame in zip(titles, frames, strict=True):
        if not frame.width:
            continue
        alone = len(titles) == 1
        yield Sheet(
            path, path.name if alone else f"{path.name} [{title}]", path.stem if alone else title,
            _counted(_as_text(frame)),
        )  # fmt: skip


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Cells as people would type them: days as year-month-day, whole numbers without a point, true and false."""
    cells = []
    for name, dtype in frame.schema.items():
        column = pl.col(name)
        if dtype.is_float():
            text = column.cast(pl.String)
            whole = (column == column.floor()) & column.is_finite() & (column.abs() < 1e15)
            cells.append(pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(text))
        elif dtype == pl.Datetime:
            cells.append(column.dt.strftime("%Y-%m-%d %H:%M"))
        else:
            cells.append(column.cast(pl.String))
    return frame.select(one.alias(name) for one, name in zip(cells, frame.columns, strict=True))
