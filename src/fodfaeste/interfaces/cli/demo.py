"""``fodfaeste demo``: an invented municipality, through the same importer as a real one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.demonstration import with_promises
from fodfaeste.interfaces.cli.desk import Desk, command, parsed_day
from fodfaeste.interfaces.cli.imports import file_rows, kommune_named, run_import, show_import
from fodfaeste.interfaces.cli.lived import live
from fodfaeste.interfaces.cli.personas import outside_personas, staff_personas
from fodfaeste.interfaces.cli.site import migrate, open_site
from fodfaeste.interfaces.library import load
from fodfaeste.rulebook import resolve

if TYPE_CHECKING:
    from fodfaeste.casework.access.models import Kommune

FORMAT = "fodfaeste/demo/1"
DEFAULT_KOMMUNE = "Odense"

NumberOption = Annotated[
    int,
    typer.Option(
        "--municipality",
        min=1,
        max=500_000,
        metavar=both("ANTAL", "NUMBER"),
        help=both("Borgere, beskæftigelsesindsatsen kender.", "Citizens the employment service knows."),
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar=both("MAPPE", "FOLDER"),
        help=both("Behold udtrækkene i denne mappe.", "Keep the extracts in this folder."),
    ),
]
SeedOption = Annotated[
    int, typer.Option("--seed", help=both("Samme tal giver samme borgere.", "The same number gives the same citizens."))
]
OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar=both("DATO", "DATE"),
        help=both("Den dag, kommunen står på. Ellers i dag.", "The day the municipality stands at. Else today."),
    ),
]
EventsOption = Annotated[
    int,
    typer.Option(
        "--events",
        min=0,
        max=1000,
        metavar=both("ANTAL", "NUMBER"),
        help=both("Fyld hver sag op til så mange hændelser.", "Fill each course until it has so many events."),
    ),
]
PlaceOption = Annotated[
    str,
    typer.Option(
        "--kommune",
        metavar=both("NAVN|KODE", "NAME|CODE"),
        help=both("Hvis befolkning og forsøg der lånes.", "Whose population and trials are borrowed."),
    ),
]
OnlyOption = Annotated[
    bool,
    typer.Option(
        "--only-extracts",
        help=both(
            "Skriv udtrækkene (--out), og indlæs dem ikke.", "Write the extracts (--out), and do not import them."
        ),
    ),
]


@command(
    app,
    "demo",
    "Lav en opdigtet kommune, og indlæs den, som en rigtig kommune indlæses.",
    "Invent a municipality, and import it as a real one is imported.",
)
def demo(
    desk: Desk,
    municipality: NumberOption = 10_000,
    out: OutOption = None,
    seed: SeedOption = 1,
    on: OnOption = None,
    events: EventsOption = 0,
    kommune: PlaceOption = DEFAULT_KOMMUNE,
    only_extracts: OnlyOption = False,
) -> int:
    """Exit code 0: that a few rows are rejected belongs to the demonstration."""
    if only_extracts:
        if out is None:
            raise desk.refuse("Skriv, hvor udtrækkene skal hen: --out MAPPE.", "Say where to write: --out FOLDER.")
        _write(desk, municipality, out, seed, _day(desk, on), _code(desk, kommune), events)
        desk.show({"format": FORMAT, "folder": str(out)}, lambda: display.line(desk.out, str(out)))
        return 0
    with_promises()
    open_site(desk)
    migrate(desk)
    place, day = kommune_named(desk, kommune), _day(desk, on)
    staff_personas(place)
    with tempfile.TemporaryDirectory() as made:
        folder = out or Path(made)
        _write(desk, municipality, folder, seed, day, place.code, events)
        imported = run_import(desk, folder, place, day)
    outside_personas(place, from_day(day))
    live(place, resolve(desk.law(), day, place.slug), from_day(day))
    data: dict[str, Any] = {"format": FORMAT, "kommune": place.code, "batch": imported.batch.pk,
                            "files": file_rows(imported)}  # fmt: skip
    desk.show(data, lambda: _draw(desk, imported, place))
    return 0


def _day(desk: Desk, on: str | None) -> int:
    if on is None:
        on = os.environ.get("FODFAESTE_TODAY")
    if on is not None and parsed_day(on) is None:
        raise desk.refuse(
            f"'{on}' er ikke en dato; skriv år-måned-dag.", f"'{on}' is not a date; write year-month-day."
        )
    return desk.day(on)


def _code(desk: Desk, name: str) -> int:
    for slug, one in load(desk.folder).municipalities.items():
        if name.strip().lower() in (slug, str(one["name"]).lower(), str(one["code"])):
            return int(one["code"])
    raise desk.refuse(f"'{name}' er ikke en af de 98 kommuner.", f"'{name}' is not one of the 98 municipalities.")


def _write(desk: Desk, number: int, folder: Path, seed: int, day: int, code: int, events: int) -> None:
    from fodfaeste.population.municipality import invent, write

    with desk.err.status(desk.pick("Finder på borgere …", "Inventing citizens …")):
        write(invent(number, day, seed, code, events), folder)


def _draw(desk: Desk, imported: Any, place: Kommune) -> None:
    show_import(desk, imported)
    display.line(
        desk.out,
        desk.pick(
            f"Den opdigtede kommune er indlæst som {place}. De afviste rækker hører med.",
            f"The invented municipality is imported as {place}. The rejected rows belong to it.",
        ),
    )
    if not os.environ.get("FODFAESTE_DEMONSTRATION"):  # else the pages come by themselves
        display.line(desk.out, desk.pick("Siderne: fodfaeste serve --demo", "The pages: fodfaeste serve --demo"))
