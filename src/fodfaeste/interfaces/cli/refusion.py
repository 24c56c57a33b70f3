"""``fodfaeste refusion explain``: what each week of a case costs state and municipality, and why."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fodfaeste.economy.ladder import Share, share_payments
from fodfaeste.economy.payments import BENEFITS, OFFERS, PAYMENT, Paid, payments_of, uncertain
from fodfaeste.economy.reasons import Reasons
from fodfaeste.economy.tariff import Tariff, tariff_of
from fodfaeste.facts import Case, view_case
from fodfaeste.foundation import format_kroner, from_day, parse_kroner
from fodfaeste.interfaces import lawrows
from fodfaeste.interfaces.casefiles import read_case_files
from fodfaeste.interfaces.cells import AmbiguousNumberError, cell
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both, group
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.explain import CaseArgument, PickOption, chosen_case
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.lawfiles import with_regime_files
from fodfaeste.interfaces.wording import label_of
from fodfaeste.rulebook import Law

FORMAT = "fodfaeste/refusion-explain/1"

refusion_app = group(
    "refusion",
    "Refusion: hvad en uge på ydelse koster stat og kommune. For økonomien, aldrig for en sagsbehandlers skærm.",
    "Reimbursement: what a week on benefit costs state and municipality. For budgets, never for casework.",
)

WeeklyOption = Annotated[
    str | None,
    typer.Option(
        "--weekly",
        metavar=both("KRONER", "KRONER"),
        help=both(
            "Antag dette beløb om ugen, hvor sagen ikke har et.", "Suppose this amount a week where the case has none."
        ),
    ),
]


@command(
    refusion_app,
    "explain",
    "Uge for uge: ydelse, nummer på trappen, statens og kommunens andel, hjemmel.",
    "Week by week: benefit, number on the ladder, what state and municipality bear, section.",
)
def explain_weeks(
    desk: Desk,
    case_file: CaseArgument,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    weekly: WeeklyOption = None,
    case: PickOption = None,
) -> int:
    """Every payment up to a day; unknown amounts and numbers stay unknown."""
    law = desk.law()
    chosen = chosen_case(desk, read_case_files(case_file, law.vocabulary), case)
    until = desk.day(date)
    desk.about(law, until)
    law, tariff = tariff_for(law, first_day(chosen, law, until), until, place or chosen.municipality, regime)
    paid = payments_of(chosen, law.vocabulary, tariff, until, kroner(desk, weekly))
    shares = share_payments([one.payment for one in paid], tariff, uncertain=uncertain(chosen))
    reasons = Reasons(tariff)
    rows = [_row(one, share, reasons) for one, share in zip(paid, shares, strict=True)]
    doubts = dict.fromkeys([d for share in shares for d in reasons.of(share).assumptions])
    doubts |= dict.fromkeys(reasons.general(shares))
    data = {
        "format": FORMAT,
        "case": chosen.case,
        "until": from_day(until).isoformat(),
        "place": tariff.books[-1].place,
        "regimes": list(tariff.books[-1].regimes),
        "rows": rows,
        "totals": totals(shares),
        "doubts": lawrows.doubt_rows(doubts, law),
    }
    desk.show(data, lambda: _draw(desk, law, tariff, data))
    return 0


def kroner(desk: Desk, text: str | None) -> int | None:
    """Kroner given on the line as øre; Danish or English decimals."""
    if text is None:
        return None
    try:
        return parse_kroner(cell(text, "money"))
    except (AmbiguousNumberError, ValueError, TypeError):
        raise desk.refuse(
            f"'{text}' er ikke et beløb; skriv kroner, for eksempel 2844,46.",
            f"'{text}' is not an amount; write kroner, for example 2844.46.",
        ) from None


def first_day(case: Case, law: Law, until: int) -> int:
    """The day the record of benefits begins, or the last day when there is none."""
    spells = view_case(case, law.vocabulary, until).spells
    return min([row[0] for kind in (PAYMENT, BENEFITS, OFFERS) for row in spells.get(kind, [])] + [until])


def tariff_for(law: Law, first: int, last: int, place: str | None, regimes: list[str] | None) -> tuple[Law, Tariff]:
    """The tables for the days asked about, and the law with regimes that were given as files."""
    ids: list[str] | None = None
    if regimes:
        law, ids = (law, []) if set(regimes) & {"ingen", "none"} else with_regime_files(law, regimes)
    return law, tariff_of(law, first, last, place, ids)


def totals(shares: list[Share]) -> dict[str, int]:
    """Sums in øre over what is known, and how many lines are not."""
    known = [share for share in shares if share.state is not None]
    return {
        "amount": sum(share.payment.amount or 0 for share in known),
        "state": sum(share.state or 0 for share in known),
        "municipality": sum(share.municipality or 0 for share in known),
        "unknown": sum(share.shared and share.state is None for share in shares),
        "outside": sum(not share.shared for share in shares),
    }


def week_text(day: int) -> str:
    """A calendar week as year and number."""
    year, week, _ = from_day(day).isocalendar()
    return f"{year}-W{week:02d}"


def _row(paid: Paid, share: Share, reasons: Reasons) -> dict[str, Any]:
    one = paid.payment
    reason = reasons.of(share)
    return {
        "week": week_text(one.day),
        "from": from_day(one.day).isoformat(),
        "to": from_day(paid.last).isoformat(),
        "benefit": paid.recorded,
        "seen_as": one.benefit,
        "activity": one.activity,
        "amount": one.amount,
        "counted": share.counted,
        "ladder": share.ladder,
        "number": share.number,
        "restarted": share.restarted,
        "shared": share.shared,
        "rate": None if share.rate is None else share.rate / 100,
        "state": share.state,
        "municipality": share.municipality,
        "norm": reason.norm,
        "ref": reason.ref,
        "why": lawrows.labels_of(reason.label),
    }


def _draw(desk: Desk, law: Law, tariff: Tariff, data: dict[str, Any]) -> None:
    name = f"{data['case']} · refusion"
    display.heading(desk.out, name, display.law_text(desk, tariff.books[-1], law))
    if not data["rows"]:
        display.line(
            desk.out, desk.pick("Sagen har ingen ydelser før den dag.", "The case has no benefits before that day.")
        )
        return
    desk.out.print()
    head = (
        ["Uge", "Ydelse", "Beløb", "Nr.", "Stat %", "Stat", "Kommune", "Hjemmel"]
        if desk.lang == "da"
        else ["Week", "Benefit", "Amount", "No.", "State %", "State", "Municipality", "Section"]
    )
    enum = law.vocabulary.fields["refusion_ydelse"].type
    lines = []
    for row in data["rows"]:
        benefit = label_of(law.vocabulary.enums[enum].labels.get(row["benefit"] or "", {}), desk.lang, "?")
        lines.append([row["week"], benefit, *_figures(desk, row), row["ref"] if row["shared"] else "–"])
    display.table(desk.out, head, lines, right=(2, 3, 4, 5, 6), wrap={1: 1, 7: 3})
    _sums(desk, data["totals"], len(data["rows"]))
    for doubt, text in data["doubts"].items():
        said = label_of(text["assumption"], desk.lang)
        display.line(desk.out, desk.pick(f"Antagelse {doubt}: {said}", f"Assumption {doubt}: {said}"), style="dim")


def _figures(desk: Desk, row: dict[str, Any]) -> list[str]:
    """Amount, number, per cent and both shares; ? where it is not known, – where there is none."""
    number = "?" if row["number"] is None else str(row["number"] or "–")
    none = "?" if row["shared"] else "–"
    rate = none if row["rate"] is None else f"{row['rate']:g}"
    return [
        _money(desk, row["amount"], "?"), f"{number}↺" if row["restarted"] else number,
        rate if desk.lang == "en" else rate.replace(".", ","),
        _money(desk, row["state"], none), _money(desk, row["municipality"], none),
    ]  # fmt: skip


def _money(desk: Desk, øre: int | None, none: str) -> str:
    if øre is None:
        return none
    return format_kroner(øre, desk.lang).removeprefix("DKK ").removesuffix(" kr.")


_SUMMED = ("amount", "state", "municipality")


def _sums(desk: Desk, sums: dict[str, int], counted_weeks: int) -> None:
    desk.out.print()
    known = counted_weeks > sums["unknown"] + sums["outside"]
    said = {name: format_kroner(sums[name], desk.lang) if known else desk.pick("uvist", "unknown") for name in _SUMMED}
    rows = [
        (desk.pick("Ydelse i alt", "Benefit in all"), said["amount"]),
        (desk.pick("Staten bærer", "The state bears"), said["state"]),
        (desk.pick("Kommunen bærer", "The municipality bears"), said["municipality"]),
        (desk.pick("Linjer uden kendt andel", "Lines without a known share"), str(sums["unknown"] or "")),
        (desk.pick("Linjer uden for deling", "Lines that are not shared"), str(sums["outside"] or "")),
    ]
    display.facts(desk.out, rows)
