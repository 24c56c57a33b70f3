"""``fodfaeste index build``: what is due in a municipality's open cases, derived anew."""

from __future__ import annotations

import time
from contextlib import nullcontext
from typing import Annotated, Any

import typer

from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.options import DateOption
from fodfaeste.interfaces.cli.site import migrate, open_site

index_app = group(
    "index", "Oversigten over frister i kommunens åbne sager.", "The index of duties in a municipality's open cases."
)
KommuneOption = Annotated[
    str | None,
    typer.Option(
        "--kommune",
        metavar=both("KOMMUNE", "MUNICIPALITY"),
        help=both("Kun denne kommune: navn, kort navn eller nummer.", "Only this municipality: name, slug or code."),
    ),
]


@command(
    index_app,
    "build",
    "Regn alle frister i de åbne sager ud på ny; hver nat, og når loven er ændret.",
    "Derive all duties of the open cases anew; every night, and when the law has changed.",
)
def build(desk: Desk, kommune: KommuneOption = None, date: DateOption = None) -> int:
    """Derive the index of each municipality that has cases."""
    open_site(desk)
    migrate(desk)
    from fodfaeste.casework.access.today import today
    from fodfaeste.foundation import to_day
    from fodfaeste.rulebook import resolve

    day = desk.day(date) if date else to_day(today())
    law = desk.law()
    rows: list[dict[str, Any]] = []
    for one in _chosen(desk, kommune):
        began = time.perf_counter()
        made = _build(desk, one, resolve(law, day, one.slug))
        took = round(time.perf_counter() - began, 2)
        rows.append({"kommune": one.name, "on": made.on.isoformat(), "cases": made.cases, "seconds": took})
        _reckon_ahead(desk, one, made.on)
    desk.show({"built": rows}, lambda: _draw(desk, rows))
    return 0


def _chosen(desk: Desk, kommune: str | None) -> list[Any]:
    from django.db.models import Q

    from fodfaeste.casework.access.models import Kommune

    found = Kommune.objects.order_by("code")
    if kommune is None:
        return list(found)
    code = Q(code=int(kommune)) if kommune.isdecimal() else Q()
    chosen = list(found.filter(code or Q(slug=kommune.lower()) | Q(name__iexact=kommune)))
    if not chosen:
        raise desk.refuse(
            f"Der er ingen kommune '{kommune}' i databasen; importér dens udtræk først.",
            f"There is no municipality '{kommune}' in the database; import its extracts first.",
        )
    return chosen


def _build(desk: Desk, kommune: Any, book: Any) -> Any:
    """The index of one municipality, with a bar on stderr."""
    from django.db import transaction
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from fodfaeste.casework.access.protection import bind
    from fodfaeste.casework.contacts.portfolio import counted_in
    from fodfaeste.casework.inbox.actions import build_index

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=desk.err, transient=True, disable=not desk.err.is_terminal) as bar:
        task = bar.add_task(desk.pick("Regner frister ud", "Working out duties"), total=None)
        with transaction.atomic():
            bind(kommune.pk)
            made = build_index(kommune, book, told=lambda done, of: bar.update(task, completed=done, total=of))
            counted_in(kommune.pk, book)
            return made


def _reckon_ahead(desk: Desk, kommune: Any, day: Any) -> None:
    """What *Hvad ændrer sig* suggests is compared once, so that nobody waits for the compiler in the morning."""
    from django.db import transaction

    from fodfaeste.casework.access.protection import bind
    from fodfaeste.interfaces.web.leader.changes_ahead import reckon_ahead

    message = desk.pick("Sammenligner lovene, der ændrer sig", "Comparing the laws that change")
    with desk.err.status(message) if desk.err.is_terminal else nullcontext(), transaction.atomic():
        bind(kommune.pk)
        reckon_ahead(kommune, day)


def _draw(desk: Desk, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        display.line(
            desk.out,
            desk.pick(
                f"{row['kommune']}: {row['cases']} åbne sager regnet ud for {row['on']} på {row['seconds']} s.",
                f"{row['kommune']}: {row['cases']} open cases derived for {row['on']} in {row['seconds']} s.",
            ),
        )
    if not rows:
        display.line(desk.out, desk.pick("Der er ingen kommuner i databasen.", "There is no municipality."))
