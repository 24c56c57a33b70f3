"""``fodfaeste refusion reconcile``: a municipality's extract beside the law, every difference with its cause."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.economy.reconcile import SETTLED, Cause, Finding, reconcile
from fodfaeste.economy.tariff import tariff_of
from fodfaeste.foundation import format_kroner
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.refusion import refusion_app, week_text
from fodfaeste.interfaces.refusion_extract import read_extract
from fodfaeste.interfaces.wording import counted, label_of
from fodfaeste.rulebook import Law

FORMAT = "fodfaeste/refusion-reconcile/1"

ExtractArgument = Annotated[
    Path,
    typer.Argument(
        metavar=both("UDTRÆK.csv", "EXTRACT.csv"),
        show_default=False,
        help=both(
            "Udtrækket fra Ydelsesrefusion på personniveau (CSV).", "The extract of Ydelsesrefusion by person (CSV)."
        ),
    ),
]
LimitOption = Annotated[
    int,
    typer.Option(
        "--limit",
        min=0,
        help=both("Vis højst så mange linjer (0 viser alle).", "Show at most so many lines (0 shows all)."),
    ),
]

_CAUSES: dict[Cause, tuple[str, str]] = {
    Cause.EQUAL: ("som loven", "as the law"),
    Cause.ROUNDING: ("afrunding", "rounding"),
    Cause.EARLIER_WEEKS: ("ydelsesuger før udtrækket", "benefit weeks before the extract"),
    Cause.OTHER_STEP: ("et andet trin", "another step"),
    Cause.OTHER_COLUMN: ("refusion og medfinansiering byttet", "reimbursement and co-financing swapped"),
    Cause.MISSING: ("andelen mangler", "the share is missing"),
    Cause.NOT_SHARED: ("ydelsen deles ikke", "the benefit is not shared"),
    Cause.TWICE: ("linjen står to gange", "the line stands twice"),
    Cause.UNKNOWN: ("lovens andel kendes ikke", "the law's share is not known"),
    Cause.UNEXPLAINED: ("uforklaret", "unexplained"),
}


@command(
    refusion_app,
    "reconcile",
    "Afstem kommunens udtræk med loven: hver forskel forklaret, summen på øren.",
    "Reconcile the municipality's extract with the law: each difference explained, the total to the øre.",
)
def reconcile_extract(desk: Desk, extract: ExtractArgument, limit: LimitOption = 40) -> int:
    """0 when every line is as the law or explained, 1 when one is not, 2 when the file cannot be read."""
    law = desk.law()
    lines = read_extract(extract, law.vocabulary)
    if not lines:
        raise desk.refuse(f"{extract.name} har ingen linjer.", f"{extract.name} has no lines.")
    days = [line.payment.day for line in lines]
    found = reconcile(lines, tariff_of(law, min(days), max(days) + 6))
    data = {"format": FORMAT, "file": extract.name, "lines": len(lines), "persons": len({one.person for one in lines})}
    data |= _summed(found) | {"differences": [_row(one) for one in found if one.cause is not Cause.EQUAL]}
    desk.show(data, lambda: _draw(desk, law, data, limit))
    return 0 if all(one.cause in SETTLED for one in found) else 1


def _summed(found: list[Finding]) -> dict[str, Any]:
    due = sum(one.share.state or 0 for one in found if one.share.shared)
    difference = sum(one.difference or 0 for one in found)
    counts = Counter(one.cause for one in found)
    causes = {
        cause.value: {
            "lines": counts[cause],
            "difference": sum(one.difference or 0 for one in found if one.cause is cause),
        }
        for cause in Cause
        if counts[cause]
    }
    settled = all(one.cause in SETTLED for one in found)
    return {"law": due, "stated": due + difference, "difference": difference, "explained": settled, "causes": causes}


def _row(one: Finding) -> dict[str, Any]:
    payment = one.line.payment
    return {
        "line": one.line.number,
        "week": week_text(payment.day),
        "benefit": payment.benefit,
        "amount": payment.amount,
        "number": one.share.number,
        "rate": None if one.share.rate is None else one.share.rate / 100,
        "state": one.share.state,
        "stated": one.stated,
        "stated_rate": None if one.rate is None else one.rate / 100,
        "difference": one.difference,
        "cause": one.cause.value,
        "earlier_weeks": one.weeks,
    }


def _draw(desk: Desk, law: Law, data: dict[str, Any], limit: int) -> None:
    lines = desk.pick(counted(data["lines"], "linje", "linjer"), counted(data["lines"], "line", "lines"))
    persons = desk.pick(counted(data["persons"], "borger", "borgere"), counted(data["persons"], "person", "persons"))
    display.heading(desk.out, f"{data['file']} · {lines} · {persons}")
    desk.out.print()
    head = ["Årsag", "Linjer", "Forskel"] if desk.lang == "da" else ["Cause", "Lines", "Difference"]
    rows = [
        [desk.pick(*_CAUSES[Cause(cause)]), str(one["lines"]), format_kroner(one["difference"], desk.lang)]
        for cause, one in data["causes"].items()
    ]
    display.table(desk.out, head, rows, right=(1, 2))
    _draw_differences(desk, law, data["differences"], limit)
    desk.out.print()
    display.facts(
        desk.out,
        [
            (desk.pick("Statens andel efter loven", "State share by the law"), format_kroner(data["law"], desk.lang)),
            (
                desk.pick("Statens andel i udtrækket", "State share in the extract"),
                format_kroner(data["stated"], desk.lang),
            ),
            (desk.pick("Forskel", "Difference"), format_kroner(data["difference"], desk.lang)),
        ],
    )
    said = (
        desk.pick("Alle linjer er som loven eller forklaret.", "Every line is as the law or explained.")
        if data["explained"]
        else desk.pick("Nogle linjer er ikke forklaret.", "Some lines are not explained.")
    )
    display.line(desk.out, said, style="bold")


def _draw_differences(desk: Desk, law: Law, differences: list[dict[str, Any]], limit: int) -> None:
    if not differences:
        return
    desk.out.print()
    head = (
        ["Linje", "Uge", "Ydelse", "Nr.", "Lov %", "Udtræk %", "Forskel", "Årsag"]
        if desk.lang == "da"
        else ["Line", "Week", "Benefit", "No.", "Law %", "Extract %", "Difference", "Cause"]
    )
    labels = law.vocabulary.enums[law.vocabulary.fields["refusion_ydelse"].type].labels
    order = sorted(differences, key=lambda row: (Cause(row["cause"]) in SETTLED, row["line"]))
    shown = order[:limit] if limit else order
    rows = [
        [
            str(row["line"]), row["week"], label_of(labels.get(row["benefit"] or "", {}), desk.lang, "?"),
            str(row["number"] or "–"), _rate(desk, row["rate"]), _rate(desk, row["stated_rate"]),
            "?" if row["difference"] is None else format_kroner(row["difference"], desk.lang), _cause(desk, row),
        ]
        for row in shown
    ]  # fmt: skip
    display.table(desk.out, head, rows, right=(0, 3, 4, 5, 6), wrap={2: 2, 7: 3})
    if len(order) > len(shown):
        left = len(order) - len(shown)
        display.line(
            desk.out, desk.pick(f"… og {left} til; --limit 0 viser alle.", f"… and {left} more; --limit 0 shows all.")
        )


def _cause(desk: Desk, row: dict[str, Any]) -> str:
    said = desk.pick(*_CAUSES[Cause(row["cause"])])
    weeks = row["earlier_weeks"]
    return f"{said}: {desk.pick('mindst', 'at least')} {weeks}" if weeks else said


def _rate(desk: Desk, rate: float | None) -> str:
    text = "?" if rate is None else f"{rate:g}"
    return text if desk.lang == "en" else text.replace(".", ",")
