"""Folders of extracts for tests, and what an import made of them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import polars as pl

import fodfaeste as ff

DAY = dt.date(2026, 11, 22)
ADA, BO = "6105901234", "6206852345"


class Folder:
    """A folder of extracts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, *lines: str, encoding: str = "utf-8") -> Path:
        """A CSV file."""
        file = self.path / f"{name}.csv"
        file.write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return file

    def parquet(self, name: str, frame: pl.DataFrame) -> Path:
        file = self.path / f"{name}.parquet"
        frame.write_parquet(file)
        return file

    def workbook(self, name: str, **sheets: list[list[Any]]) -> Path:
        """An XLSX file, as small as the format allows."""
        file = self.path / f"{name}.xlsx"
        file.write_bytes(workbook(sheets))
        return file


@cache
def vocabulary() -> Any:
    return ff.load().vocabulary


def take(folder: Folder, kommune: Any, day: dt.date = DAY) -> Any:
    """Import a folder; every row must be told of once."""
    from fodfaeste.interfaces.exchange.extracts.run import import_folder

    done = import_folder(folder.path, kommune, vocabulary(), day)
    for file in done.files:
        told = file.new + file.changed + file.unchanged + file.without_line + file.rejected
        assert told == file.rows, f"{file.name}: {file.rows} rows, {told} told of"
    return done


def counts(done: Any, table: str) -> dict[str, int]:
    """What became of the rows of a table, without what is nought."""
    files = [file for file in done.files if file.table == table]
    names = ("new", "changed", "unchanged", "without_line", "rejected")
    found = {name: sum(getattr(file, name) for file in files) for name in names}
    return {name: number for name, number in found.items() if number}


def rejected(done: Any, lang: str = "en") -> list[tuple[str, int, list[str]]]:
    """File, row and sentences of every rejected row."""
    from fodfaeste.casework.intake.models import Rejection
    from fodfaeste.interfaces.exchange.extracts.faults import sentences

    return [
        (one.file.table, one.row, [f"{p['field']}: {'; '.join(sentences(p, lang))}" for p in one.problems])  # type: ignore[arg-type]
        for one in Rejection.objects.filter(file__batch=done.batch).select_related("file")
    ]


def spells(kind: str, number: str = ADA) -> list[tuple[str, str | None, dict[str, Any]]]:
    """First and last day and attributes of the spells that stand."""
    from fodfaeste.casework.courses.models import Spell

    found = Spell.objects.filter(kind=kind, standing=True, course__citizen__person_number=number).order_by("period")
    return [
        (
            str(one.period.lower),
            None if one.period.upper is None else str(one.period.upper - dt.timedelta(days=1)),
            one.attrs,
        )
        for one in found
    ]


def events(kind: str, number: str = ADA) -> list[tuple[str, dict[str, Any]]]:
    """Day and attributes of the events that stand."""
    from fodfaeste.casework.courses.models import Event

    found = Event.objects.filter(kind=kind, standing=True, course__citizen__person_number=number).order_by("on", "pk")
    return [(str(one.on), one.attrs) for one in found]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An XLSX file with text and number cells."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    names = list(sheets)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"{office}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type='
        f'"{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        + "".join(f'<sheet name="{n}" sheetId="{i}" r:id="r{i}"/>' for i, n in enumerate(names, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(
            f'<Relationship Id="r{i}" Type="{relation}/worksheet" Target="s{i}.xml"/>' for i in range(1, len(names) + 1)
        )
        + "</Relationships>",
    }
    for i, rows in enumerate(sheets.values(), 1):
        cells = "".join("<row>" + "".join(map(_cell, row)) + "</row>" for row in rows)
        parts[f"xl/s{i}.xml"] = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
