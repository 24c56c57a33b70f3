"""``fodfaeste regime``: who is set free from what, where, until when, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.foundation import ProblemError, from_day
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_check import problem_row
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption
from fodfaeste.interfaces.lawfiles import find_law, is_regime_file, with_regime_files
from fodfaeste.interfaces.wording import (
    Words,
    day_short,
    label_of,
    problem_text,
    regime_kind_text,
    regime_status_text,
    span_text,
)
from fodfaeste.rulebook import Law, Regime, municipality, read_law
from fodfaeste.rulebook.regimes import STATUSES

LIST_FORMAT = "fodfaeste/regime-list/1"
SHOW_FORMAT = "fodfaeste/regime/1"
CHECK_FORMAT = "fodfaeste/regime-check/1"

regime_app = group("regime", "Regelregimer: forsøg, aftaler og forslag.", "Regimes: trials, agreements and proposals.")

StatusOption = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help=both(f"Kun denne status: {', '.join(STATUSES)}.", f"Only this status: {', '.join(STATUSES)}."),
    ),
]
RegimeArgument = Annotated[
    str,
    typer.Argument(
        metavar=both("ID|FIL", "ID|FILE"),
        show_default=False,
        help=both("Regelregimets id, eller en fil med et.", "The id of a regime, or a file with one."),
    ),
]
FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar=both("FIL", "FILE"),
        show_default=False,
        help=both(
            "En fil med dit eget regelregime; ellers alle lovens.",
            "A file with a regime of your own; else all there are.",
        ),
    ),
]


@command(regime_app, "list", "Vis alle regelregimer.", "Show all regimes.")
def list_regimes(desk: Desk, status: StatusOption = None, place: PlaceOption = None, date: DateOption = None) -> int:
    """All regimes; with a place those that cover it, with a date those that run that day."""
    law = desk.law()
    if status is not None and status not in STATUSES:
        raise desk.refuse(
            f"'{status}' er ingen status; vælg {', '.join(STATUSES)}.",
            f"'{status}' is no status; choose {', '.join(STATUSES)}.",
        )
    slug = municipality(law, place) if place else None
    day = desk.day(date) if date else None
    if day is not None:
        desk.about(law, day)
    found = [
        regime
        for regime in law.regimes.values()
        if status in (None, regime.status)
        and (slug is None or regime.who is None or slug in regime.who)
        and (day is None or regime.window.covers(day))
    ]
    words = desk.words(law)
    data = {"format": LIST_FORMAT, "regimes": [lawrows.regime_line(regime) for regime in found]}
    desk.show(data, lambda: _draw_list(desk, found, words))
    return 0


def _draw_list(desk: Desk, found: list[Regime], words: Words) -> None:
    rows = []
    for regime in found:
        first, last = (None if day is None else from_day(day) for day in (regime.window.first, regime.window.last))
        who = desk.pick("alle", "all") if regime.who is None else str(len(regime.who))
        title = f"{label_of(regime.title, desk.lang)}\n{regime.id}"
        rows.append(
            (
                title,
                regime_kind_text(regime.kind, words),
                regime_status_text(regime.status, words),
                day_short(first, desk.lang),
                day_short(last, desk.lang),
                who,
                str(len(regime.edits)),
            )
        )
    display.table(
        desk.out,
        (
            desk.pick("Regelregime", "Regime"),
            desk.pick("Slags", "Kind"),
            desk.pick("Status", "Status"),
            desk.pick("Fra", "From"),
            desk.pick("Til", "To"),
            desk.pick("Komm.", "Mun."),
            desk.pick("Ændr.", "Edits"),
        ),
        rows,
        right=(3, 4, 5, 6),
        wrap={0: 4, 1: 2, 2: 1},
    )
    display.line(desk.out, desk.pick(f"{len(found)} regelregimer", f"{len(found)} regimes"))


@command(
    regime_app,
    "show",
    "Vis ét regelregime: hvem, hvornår, hvorfor, og hvad det ændrer.",
    "Show one regime: who, when, why, and what it changes.",
)
def show(desk: Desk, regime: RegimeArgument) -> int:
    """Everything a regime says."""
    law = desk.law()
    law, found = regime_of(desk, law, regime)
    words = desk.words(law)
    data = {"format": SHOW_FORMAT, **lawrows.regime_row(found, law, words)}
    desk.show(data, lambda: _draw(desk, law, found, words))
    return 0


def regime_of(desk: Desk, law: Law, name: str) -> tuple[Law, Regime]:
    """The regime of an id or a file."""
    if is_regime_file(name):
        law, (id_,) = with_regime_files(law, [name])
        return law, law.regimes[id_]
    if name not in law.regimes:
        near = desk.near(name, list(law.regimes), "regime list")
        raise desk.refuse(f"Der er intet regelregime '{name}'; {near}", f"There is no regime '{name}'; {near}")
    return law, law.regimes[name]


def _draw(desk: Desk, law: Law, regime: Regime, words: Words) -> None:
    row = lawrows.regime_row(regime, law, words)
    first, last = (None if day is None else from_day(day) for day in (regime.window.first, regime.window.last))
    told = [regime_kind_text(regime.kind, words), regime_status_text(regime.status, words), regime.id]
    display.heading(desk.out, label_of(regime.title, desk.lang), " · ".join(told))
    names = [str(law.municipalities.get(slug, {}).get("name", slug)) for slug in regime.who or ()]
    window = span_text(first, last, desk.lang)
    if row["assumed_window"]:
        window += desk.pick(" (vores egen periode til at prøve det i)", " (our own window for trying it out)")
    display.facts(
        desk.out,
        (
            (desk.pick("Gælder", "Runs"), window),
            (desk.pick("Hvor", "Where"), ", ".join(names) or desk.pick("hele landet", "the whole country")),
            (desk.pick("Grundlag", "Legal basis"), str(row["legal_basis"] or "")),
            (desk.pick("Formål", "Purpose"), row["purpose"][desk.lang]),
            (desk.pick("Besparelse", "Saving"), row["saving"][desk.lang]),
            (desk.pick("Værn", "Safeguards"), "\n".join(row["safeguards"])),
            (desk.pick("Evaluering", "Evaluation"), row["evaluation"]),
            (desk.pick("Stopregel", "Stop rule"), row["stop_rule"]),
            (desk.pick("Ved udløb", "At its end"), row["running_cases"]),
            (
                desk.pick("Forbehold", "Caveat"),
                desk.pick("læst ud af en overskrift", "built on a heading") if row["interpretation"] else "",
            ),
            (desk.pick("Note", "Note"), row["note"] or ""),
            (desk.pick("Fil", "File"), regime.file),
        ),
    )
    display.section(desk.out, desk.pick(f"Ændringer ({len(regime.edits)})", f"Edits ({len(regime.edits)})"))
    for change in row["changes"]:
        display.line(desk.out, f"· {change['text']}")
        display.line(desk.out, f"norm {change['norm']}" + (f" – {change['why']}" if change["why"] else ""), 4, "dim")
    if row["sources"]:
        display.section(desk.out, desk.pick("Kilder", "Sources"))
        for source in row["sources"]:
            display.line(desk.out, f"· {source['title'] or source['source']} {source['url']}".rstrip())


@command(
    regime_app,
    "check",
    "Tjek regelregimer: rører de en beskyttet rettighed, mangler de en slutdato, passer de til loven?",
    "Check regimes: do they touch a protected right, lack an end, fit the law?",
)
def check(desk: Desk, file: FileArgument = None) -> int:
    """Exit code 2 when a regime is refused."""
    if file is not None:
        return _check_file(desk, file)
    files = find_law(desk.folder)
    law, problems = read_law(files.law, files.regimes)
    room = "" if files.regimes is None else files.regimes.name
    found = [problem for problem in problems if problem.file.startswith(f"{room}/")]
    data: dict[str, Any] = {
        "format": CHECK_FORMAT,
        "regimes": sorted(law.regimes) if law else [],
        "problems": [problem_row(problem) for problem in found],
    }
    n = len(data["regimes"])
    desk.show(
        data,
        lambda: display.line(
            desk.out,
            desk.pick(f"{n} regelregimer holder, {len(found)} fejl.", f"{n} regimes hold, {len(found)} problems."),
        ),
    )
    if not desk.as_json:
        for problem in found:
            desk.err.print(problem_text(problem, desk.lang), markup=False, highlight=False, soft_wrap=True)
    return 2 if found else 0


def _check_file(desk: Desk, file: Path) -> int:
    law = desk.law()
    try:
        law, ids = with_regime_files(law, [str(file)] if is_regime_file(str(file)) else [f"{file}.yaml"])
    except ProblemError as error:
        if not desk.as_json:
            raise
        desk.show(
            {"format": CHECK_FORMAT, "regimes": [], "problems": [problem_row(p) for p in error.problems]}, lambda: None
        )
        return 2
    regime = law.regimes[ids[0]]
    words = desk.words(law)

    def draw() -> None:
        _draw(desk, law, regime, words)
        desk.out.print()
        display.line(
            desk.out,
            desk.pick(
                "Regelregimet holder: det kan prøves på en sag med --regime eller --against.",
                "The regime holds: try it on a case with --regime or --against.",
            ),
            style="bold green",
        )

    desk.show({"format": CHECK_FORMAT, "regimes": ids, "problems": []}, draw)
    return 0
