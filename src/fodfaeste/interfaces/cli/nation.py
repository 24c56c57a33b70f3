"""``fodfaeste nation build``: a nation of synthetic persons on disk, and its margins beside the published figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.wording import Language

BUILD_FORMAT = "fodfaeste/nation-build/1"

nation_app = group(
    "nation",
    "En syntetisk nation at prøve reformer på: byg, kør, sammenlign, efterprøv.",
    "A synthetic nation to try reforms on: build, run, compare, validate.",
)

PersonsOption = Annotated[
    int | None,
    typer.Option(
        "--persons",
        min=1,
        metavar=both("ANTAL", "NUMBER"),
        help=both("Antal personer. Ellers hele befolkningen.", "Number of persons. Else the whole population."),
    ),
]
SeedOption = Annotated[
    int,
    typer.Option(
        "--seed", min=0, help=both("Samme tal giver samme personer.", "The same number gives the same persons.")
    ),
]
_FolderArgument = Annotated[
    Path, typer.Argument(metavar=both("MAPPE", "FOLDER"), help=both("Hvor den lægges.", "Where it is put."))
]
_ReplaceOption = Annotated[
    bool,
    typer.Option("--replace", help=both("Byg oven i en nation, der står der.", "Build over a nation that is there.")),
]
_SHOWN = 0.02


@command(
    nation_app,
    "build",
    "Byg en nation af offentliggjorte tal som Parquet, og vis hver margin ved siden af sin kilde.",
    "Build a nation from published figures as Parquet, and show each margin beside its source.",
)
def build_nation(
    desk: Desk,
    folder: _FolderArgument,
    persons: PersonsOption = None,
    seed: SeedOption = 1,
    replace: _ReplaceOption = False,
) -> int:
    """The same persons on every machine for the same seed; no real person."""
    from fodfaeste.population.nation import counts, published_persons
    from fodfaeste.population.nation.parquet import build
    from fodfaeste.population.nation.report import report

    number = persons or published_persons()
    built = build(folder, number, seed, replace)
    rows = [
        {
            "margin": row.margin, "group": row.group, "kind": row.kind, "published": row.published, "ours": row.ours,
            "deviation": row.deviation, "held_out": row.held_out, "source": row.source, "note": row.note,
        }
        for row in report(counts(number))
    ]  # fmt: skip
    data = {
        "format": BUILD_FORMAT, "folder": str(folder), "persons": built.persons, "seed": seed, "files": built.files,
        "bytes": built.size, "margins": rows,
    }  # fmt: skip
    desk.show(data, lambda: _draw(desk, data))
    return 0


def _draw(desk: Desk, data: dict[str, Any]) -> None:
    """What was written, and the margins that lie furthest from their source."""
    persons, files = count(data["persons"], desk.lang), data["files"]
    display.heading(
        desk.out,
        desk.pick(f"{persons} personer i {files} filer", f"{persons} persons in {files} files"),
        f"{data['folder']} · {data['bytes'] / 1e6:.0f} MB",
    )
    rows = data["margins"]
    far = sorted((row for row in rows if abs(row["deviation"]) > _SHOWN), key=lambda row: -abs(row["deviation"]))
    close = len(rows) - len(far)
    within = desk.pick(
        f"{close} af {len(rows)} margener ligger inden for 2 pct. af deres kilde; --json viser alle.",
        f"{close} of {len(rows)} margins lie within 2 per cent of their source; --json shows all.",
    )
    desk.out.print()
    display.line(desk.out, within)
    if far:
        names = [
            ("Margin", "Margin"),
            ("Gruppe", "Group"),
            ("Offentliggjort", "Published"),
            ("Her", "Ours"),
            ("Afvigelse", "Deviation"),
            ("Kilde", "Source"),
        ]
        cells = [
            (
                row["margin"], row["group"], figure(row["published"], row["kind"], desk.lang),
                figure(row["ours"], row["kind"], desk.lang), percent(row["deviation"], desk.lang, signed=True),
                row["source"] + (desk.pick(" (ikke rakt til)", " (not raked to)") if row["held_out"] else ""),
            )
            for row in far[:20]
        ]  # fmt: skip
        desk.out.print()
        display.table(desk.out, [desk.pick(*name) for name in names], cells, right=(2, 3, 4), wrap={5: 4})


def figure(value: float, kind: str, lang: Language) -> str:
    """A number of persons, or a rate, as people write it."""
    return percent(value, lang) if kind == "rate" else count(value, lang)


def count(value: float, lang: Language) -> str:
    """A whole number with separators."""
    text = f"{value:,.0f}"
    return text.replace(",", ".") if lang == "da" else text


def percent(value: float, lang: Language, signed: bool = False) -> str:
    """A share as per cent, one decimal."""
    text = f"{value * 100:+.1f}" if signed else f"{value * 100:.1f}"
    return f"{text.replace('.', ',') if lang == 'da' else text} %"
