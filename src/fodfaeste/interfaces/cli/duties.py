"""``fodfaeste duties``: what is due in many cases, sorted by what is due first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.interfaces import answers
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import app, both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.lawfiles import with_regime_files
from fodfaeste.interfaces.manycases import SHOWN, DutyRow, duty_rows
from fodfaeste.interfaces.wording import Words, counted, day_short, progress_text, status_text
from fodfaeste.reasoning import Status
from fodfaeste.reasoning.outcome import plain
from fodfaeste.rulebook import Law

FORMAT = "fodfaeste/duties/1"

CasesArgument = Annotated[
    Path,
    typer.Argument(
        metavar=both("SAGER", "CASES"),
        show_default=False,
        help=both(
            "En .json-fil, en mappe, eller tabeller i .csv eller .parquet.",
            "A .json file, a folder, or tables in .csv or .parquet.",
        ),
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar=both("FIL", "FILE"),
        help=both(
            "Skriv tabellen til en fil, der ender på .parquet eller .csv.",
            "Write the table to a file that ends in .parquet or .csv.",
        ),
    ),
]
StatusesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help=both(
            "Kun disse (flere gange): late, open, unknown, not_yet, paused, met …",
            "Only these (repeatable): late, open, unknown, not_yet, paused, met …",
        ),
    ),
]
OwedByOption = Annotated[
    str | None,
    typer.Option(
        "--owed-by",
        metavar=both("HVEM", "WHO"),
        help=both(
            "Kun det, denne skylder: kommune, borger, a-kasse …", "Only what this one owes: kommune, borger, a-kasse …"
        ),
    ),
]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        min=0,
        metavar="N",
        help=both("Så mange linjer på skærmen; 0 for alle.", "So many lines on the screen; 0 for all."),
    ),
]
AllOption = Annotated[
    bool,
    typer.Option(
        "--all",
        help=both("Også det, der er opfyldt, undtaget eller bortfaldet.", "Also what is met, waived or lapsed."),
    ),
]


@command(
    app,
    "duties",
    "Pligter i mange sager på én gang, det der haster først.",
    "Duties of many cases at once, what is due first on top.",
)
def duties(
    desk: Desk,
    cases: CasesArgument,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    status: StatusesOption = None,
    owed_by: OwedByOption = None,
    show_all: AllOption = False,
    limit: LimitOption = 50,
    out: OutOption = None,
) -> int:
    """Exit code 1 when something is late or breached."""
    wanted = _statuses(desk, status, show_all)
    _check_out(desk, out)
    law = desk.law()
    _check_actor(desk, law, owed_by)
    found = read_case_files(cases, law.vocabulary, desk.track)
    day = desk.day(date)
    ids: list[str] | None = None
    if regime:
        law, ids = (law, []) if set(regime) & {"ingen", "none"} else with_regime_files(law, regime)
    rows = [
        row
        for row in duty_rows(law, found, day, place, ids, desk.track)
        if row.outcome.status in wanted and owed_by in (None, row.norm.norm.owed_by)
    ]
    desk.about(law, day)
    words = desk.words(law)
    if out is not None:
        _write(out, [answers.duty_row(row, desk.lang) for row in rows])
    data: dict[str, Any] = {
        "format": FORMAT,
        "on": plain(_date(day)),
        "cases": len(found),
        "rows": [answers.duty_row(row, desk.lang) for row in rows],
    }
    desk.show(data, lambda: _draw(desk, rows, len(found), limit, out, words))
    return 1 if any(row.outcome.status in (Status.LATE, Status.BREACHED) for row in rows) else 0


def _date(day: int) -> Any:
    from fodfaeste.foundation import from_day

    return from_day(day)


def _statuses(desk: Desk, given: list[str] | None, show_all: bool) -> set[Status]:
    if not given:
        return set(Status) if show_all else set(SHOWN)
    known = {status.word: status for status in Status}
    for word in given:
        if word not in known:
            raise desk.refuse(
                f"'{word}' er ingen status; vælg {', '.join(known)}.",
                f"'{word}' is no status; choose {', '.join(known)}.",
            )
    return {known[word] for word in given}


def _check_actor(desk: Desk, law: Law, owed_by: str | None) -> None:
    actors = law.vocabulary.actors
    if owed_by is not None and owed_by not in actors:
        raise desk.refuse(
            f"'{owed_by}' er ingen part; vælg {', '.join(actors)}.",
            f"'{owed_by}' is no actor; choose {', '.join(actors)}.",
        )


def _check_out(desk: Desk, out: Path | None) -> None:
    if out is None:
        return
    if out.suffix not in (".parquet", ".csv"):
        raise desk.refuse(
            f"{out}: filen skal ende på .parquet eller .csv.", f"{out}: the file must end in .parquet or .csv."
        )
    if not out.parent.is_dir():
        raise desk.refuse(f"{out}: mappen findes ikke.", f"{out}: there is no such folder.")


def _write(out: Path, rows: list[dict[str, Any]]) -> None:
    import polars as pl

    days = ("for", "start", "due", "met_on", "promise")
    texts = ("case", "place", "norm", "label", "ref", "owed_by", "status")
    schema = {
        **dict.fromkeys(texts, pl.String),
        **dict.fromkeys(days, pl.String),
        "count": pl.Int64,
        "required": pl.Int64,
    }
    order = ["case", "place", "norm", "label", "ref", "owed_by", "for", "status", *days[1:], "count", "required"]
    frame = pl.DataFrame(rows, schema=schema).select(order).with_columns(pl.col(day).str.to_date() for day in days)
    if out.suffix == ".parquet":
        frame.write_parquet(out)
    else:
        frame.write_csv(out)


def _draw(desk: Desk, rows: list[DutyRow], cases: int, limit: int, out: Path | None, words: Words) -> None:
    shown = rows if limit == 0 else rows[:limit]
    cells = []
    for row in shown:
        outcome = row.outcome
        item = f"\n{desk.pick('fra', 'from')} {day_short(row.item, desk.lang)}" if row.item else ""
        status = status_text(outcome.status, words) if outcome.status is not None else ""
        due = day_short(outcome.due, desk.lang)
        cells.append(
            (row.case, f"{words.norm(row.norm.id)}{item}", row.norm.ref, status, due, progress_text(outcome, words))
        )
    if cells:
        display.table(
            desk.out,
            (
                desk.pick("Sag", "Case"),
                desk.pick("Pligt", "Duty"),
                desk.pick("Hvor", "Where"),
                desk.pick("Status", "Status"),
                desk.pick("Sidste dag", "Last day"),
                desk.pick("Antal", "Count"),
            ),
            cells,
            right=(4, 5),
            wrap={0: 2, 1: 4, 2: 2},
        )
        desk.out.print()
    late = sum(row.outcome.status in (Status.LATE, Status.BREACHED) for row in rows)
    said = desk.pick(
        f"{counted(len(rows), 'linje', 'linjer')} i {counted(cases, 'sag', 'sager')}, {late} for sent",
        f"{counted(len(rows), 'line', 'lines')} in {counted(cases, 'case', 'cases')}, {late} late",
    )
    if len(shown) < len(rows):
        said += desk.pick(f"; {len(shown)} vist (--limit 0 viser alle)", f"; {len(shown)} shown (--limit 0 shows all)")
    display.line(desk.out, said + ".")
    if out is not None:
        display.line(desk.out, desk.pick(f"Skrevet til {out}.", f"Written to {out}."))
