"""``fodfaeste import``: a municipality's extracts into the database, and the report of what could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fodfaeste.facts.scalars import suggest
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.options import DateOption
from fodfaeste.interfaces.cli.site import migrate, open_site
from fodfaeste.interfaces.library import load
from fodfaeste.interfaces.wording import counted

if TYPE_CHECKING:
    from fodfaeste.casework.access.models import Kommune
    from fodfaeste.interfaces.exchange.extracts.run import Imported

FORMAT = "fodfaeste/import/1"
REPORT_FORMAT = "fodfaeste/import-report/1"

KommuneOption = Annotated[
    str | None,
    typer.Option(
        "--kommune",
        metavar=both("NAVN|KODE", "NAME|CODE"),
        help=both(
            "Kommunen, udtrækkene kommer fra. Kan udelades, når databasen kun har én.",
            "The municipality the extracts come from. May be left out when the database has only one.",
        ),
    ),
]


def kommune_named(desk: Desk, name: str | None) -> Kommune:
    """The municipality of a name, slug or code, made if it is not there yet. Raises Refusal."""
    from fodfaeste.casework.access.models import Kommune

    if name is None:
        there = list(Kommune.objects.all()[:2])
        if len(there) == 1:
            return there[0]
        raise desk.refuse(
            "Skriv, hvilken kommune udtrækkene kommer fra: --kommune NAVN.",
            "Say which municipality the extracts come from: --kommune NAME.",
        )
    for slug, one in load(desk.folder).municipalities.items():
        if name.strip().lower() in (slug, str(one["name"]).lower(), str(one["code"])):
            made = {"name": str(one["name"]), "slug": slug}
            return Kommune.objects.get_or_create(code=int(one["code"]), defaults=made)[0]
    near = suggest(name, [str(one["name"]) for one in load(desk.folder).municipalities.values()])
    raise desk.refuse(
        f"'{name}' er ikke en af de 98 kommuner; {desk.said(near)}",
        f"'{name}' is not one of the 98 municipalities; {near}",
    )


def run_import(desk: Desk, folder: Path, kommune: Kommune, day: int) -> Imported:
    """Import with a bar on stderr, and give what became of every row."""
    from fodfaeste.interfaces.cli.importbar import bar
    from fodfaeste.interfaces.exchange.extracts.run import import_folder

    with bar(desk) as progress:
        return import_folder(folder, kommune, load(desk.folder).vocabulary, from_day(day), progress)


def file_rows(imported: Imported) -> list[dict[str, Any]]:
    """What became of the rows of every file."""
    return [
        {
            "file": file.name, "table": file.table, "rows": file.rows, "new": file.new, "changed": file.changed,
            "unchanged": file.unchanged, "without_line": file.without_line, "rejected": file.rejected,
            "unread": imported.unread.get(file.name, []),
        }
        for file in imported.files
    ]  # fmt: skip


def show_import(desk: Desk, imported: Imported) -> None:
    """The table of files, and where to go on."""
    rows = file_rows(imported)
    columns = desk.pick(
        "Fil,Rækker,Nye,Ændrede,Uændrede,Uden linje,Afviste", "File,Rows,New,Changed,Unchanged,No line,Rejected"
    ).split(",")
    keys = ("rows", "new", "changed", "unchanged", "without_line", "rejected")
    cells = [[row["file"], *(_number(row[key]) for key in keys)] for row in rows]
    display.table(desk.out, columns, cells, right=range(1, 7))
    for row in rows:
        if row["unread"]:
            odd = ", ".join(row["unread"])
            display.line(
                desk.out,
                desk.pick(f"{row['file']}: kolonner, der ikke læses: {odd}", f"{row['file']}: columns not read: {odd}"),
            )
    if imported.rejected:
        display.line(
            desk.out,
            desk.pick(
                f"{imported.rejected} rækker er afvist; se hvorfor med: fodfaeste import report {imported.batch.pk}",
                f"{imported.rejected} rows are rejected; see why with: fodfaeste import report {imported.batch.pk}",
            ),
        )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".") if value else "·"


WhatArgument = Annotated[
    str,
    typer.Argument(
        metavar=both("MAPPE|report", "FOLDER|report"),
        help=both(
            "Mappen med udtræk: CSV, Parquet eller XLSX (docs/guide/extracts.md). Eller 'report': de afviste rækker.",
            "The folder of extracts: CSV, Parquet or XLSX (docs/guide/extracts.md). Or 'report': the rejected rows.",
        ),
    ),
]
BatchArgument = Annotated[
    int | None,
    typer.Argument(
        metavar=both("[NUMMER]", "[NUMBER]"),
        help=both(
            "Til 'report': indlæsningens nummer, ellers den seneste.", "For 'report': the import, else the last."
        ),
    ),
]
CsvOption = Annotated[
    Path | None,
    typer.Option(
        "--csv",
        metavar=both("MAPPE", "FOLDER"),
        help=both(
            "Til 'report': skriv de afviste rækker her, så de kan rettes og indlæses igen.",
            "For 'report': write the rejected rows here, so that they can be mended and imported again.",
        ),
    ),
]


@command(
    app,
    "import",
    "Indlæs en kommunes udtræk; 'import report' viser, hvad der blev afvist og hvorfor.",
    "Import a municipality's extracts; 'import report' shows what was rejected and why.",
)
def import_(
    desk: Desk,
    what: WhatArgument,
    number: BatchArgument = None,
    kommune: KommuneOption = None,
    date: DateOption = None,
    csv_folder: CsvOption = None,
) -> int:
    """Exit code 0: every row is in; 1: some were rejected; 2: nothing was imported."""
    open_site(desk)
    migrate(desk)
    if what == "report":
        return _report(desk, number, kommune, csv_folder)
    place = kommune_named(desk, kommune)
    imported = run_import(desk, Path(what), place, desk.day(date))
    data = {
        "format": FORMAT, "batch": imported.batch.pk, "kommune": place.code, "rejected": imported.rejected,
        "files": file_rows(imported),
    }  # fmt: skip
    desk.show(data, lambda: show_import(desk, imported))
    return 1 if imported.rejected else 0


def _report(desk: Desk, number: int | None, kommune: str | None, folder: Path | None) -> int:
    """Exit code 1 when rows were rejected."""
    from fodfaeste.casework.access.models import Kommune
    from fodfaeste.interfaces.exchange.extracts.reports import report, write_rejected

    if kommune is None and not Kommune.objects.exists():
        raise desk.refuse(
            "Intet er indlæst endnu; se fodfaeste import --help.",
            "Nothing is imported yet; see fodfaeste import --help.",
        )
    place = kommune_named(desk, kommune)
    found = report(place, number, desk.lang)
    if found is None:
        raise desk.refuse("Der er ingen sådan indlæsning.", "There is no such import.")
    data = {"format": REPORT_FORMAT, "kommune": place.code, **found}
    desk.show(data, lambda: _draw_report(desk, found))
    if folder is not None:
        for path in write_rejected(place, found["batch"], folder, desk.lang):
            desk.warn(f"Skrevet: {path}", f"Written: {path}")
    return 1 if found["rejected"] else 0


def _draw_report(desk: Desk, found: dict[str, Any]) -> None:
    display.heading(
        desk.out,
        desk.pick(f"Indlæsning {found['batch']}: {found['folder']}", f"Import {found['batch']}: {found['folder']}"),
        desk.pick(
            counted(len(found["rejected"]), "afvist række", "afviste rækker"),
            counted(len(found["rejected"]), "rejected row", "rejected rows"),
        ),
    )
    if not found["rejected"]:
        return
    columns = desk.pick("Fil,Række,Felt,Hvad er galt,Sådan rettes det", "File,Row,Field,What is wrong,Mend").split(",")
    cells = [
        [row["file"], str(row["row"]), problem["field"], problem["message"], problem["mend"]]
        for row in found["rejected"]
        for problem in row["problems"]
    ]
    display.table(desk.out, columns, cells, right=[1], wrap={3: 2, 4: 2})
