"""``fodfaeste law fields``: what is asked about a citizen, and which sections need it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.options import DateOption
from fodfaeste.interfaces.fieldrows import Row, mandatory, rows_of
from fodfaeste.interfaces.wording import label_of

FORMAT = "fodfaeste/law-fields/1"
_SHOWN = 3

WordArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=both("ORD", "WORD"),
        show_default=False,
        help=both("Del af et navn eller en betegnelse.", "Part of a name or a label."),
    ),
]
UnneededOption = Annotated[
    bool,
    typer.Option("--unneeded", help=both("Kun det, ingen regel i kraft læser.", "Only what no rule in force reads.")),
]


@command(
    law_app,
    "fields",
    "Vis, hvad der kan spørges om, og hvilke paragraffer der har brug for det.",
    "Show what can be asked, and which sections need it.",
)
def fields(desk: Desk, word: WordArgument = None, date: DateOption = None, unneeded: UnneededOption = False) -> int:
    """The register of fields, events, spells and attributes on a day."""
    law, day = desk.law(), desk.day(date)
    desk.about(law, day)
    rows = [row for row in rows_of(law, day) if word is None or _matches(row, word)]
    if not rows:
        near = desk.near(word or "", [row.name for row in rows_of(law, day)], "law fields")
        raise desk.refuse(f"Intet ord passer på '{word}'; {near}", f"No word matches '{word}'; {near}")
    shown = [row for row in rows if not unneeded or not row.need.now]
    must = mandatory(rows)
    data = {
        "format": FORMAT,
        "on": from_day(day).isoformat(),
        "mandatory": len(must),
        "mandatory_without_section": sum(not row.need.now for row in must),
        "fields": [as_dict(row) for row in shown],
    }
    desk.show(data, lambda: _draw(desk, shown))
    return 0


def as_dict(row: Row) -> dict[str, Any]:
    """A row as JSON has it."""
    return {
        "what": row.what,
        "name": row.name,
        "label": row.label,
        "type": row.type or None,
        "kind": row.kind or None,
        "sensitivity": row.sensitivity or None,
        "needed_by": [{"norm": reader.norm, "ref": reader.ref} for reader in row.need.now],
        "needed_otherwise": [{"norm": reader.norm, "ref": reader.ref} for reader in row.need.otherwise],
        "regimes": row.need.regimes,
        "steps": list(row.steps),
        "mandatory_in": list(row.must),
    }


def _matches(row: Row, word: str) -> bool:
    return any(word.casefold() in text.casefold() for text in (row.name, *row.label.values()))


def _draw(desk: Desk, rows: list[Row]) -> None:
    display.table(
        desk.out,
        (desk.pick("Navn", "Name"), desk.pick("Betyder", "Means"), desk.pick("Bruges af", "Needed by")),
        [(row.name, label_of(row.label, desk.lang), _refs(desk, row)) for row in rows],
        wrap={0: 2, 1: 3, 2: 3},
    )


def _refs(desk: Desk, row: Row) -> str:
    refs = row.need.sections
    if not refs:
        return desk.pick("ingen regel i kraft", "no rule in force")
    more = len(refs) - _SHOWN
    return "; ".join(refs[:_SHOWN]) + (desk.pick(f" og {more} til", f" and {more} more") if more > 0 else "")
