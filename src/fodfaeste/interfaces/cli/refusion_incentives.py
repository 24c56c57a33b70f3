"""``fodfaeste refusion incentives``: a week less, a choice in a week, and steps that reward waiting."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from fodfaeste.economy import incentives
from fodfaeste.economy.tariff import Tariff
from fodfaeste.economy.terms import SHARE
from fodfaeste.facts.scalars import suggest
from fodfaeste.foundation import format_kroner, from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.options import DateOption, PlaceOption, RegimeOption
from fodfaeste.interfaces.cli.refusion import kroner, refusion_app, tariff_for
from fodfaeste.interfaces.wording import label_of
from fodfaeste.rulebook import Law

FORMAT = "fodfaeste/refusion-incentives/1"

BenefitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--benefit", metavar="ID", help=both("Kun denne ydelse (flere gange).", "Only this benefit (repeatable).")
    ),
]
WeeklyOption = Annotated[
    str, typer.Option("--weekly", metavar="KRONER", help=both("Ydelse om ugen.", "Benefit a week."))
]
WeeksOption = Annotated[
    int, typer.Option("--weeks", min=1, max=200, help=both("Sagens længde i uger.", "Length of the case in weeks."))
]
AtOption = Annotated[int, typer.Option("--at", min=1, help=both("Ugen der vælges i.", "The week of the choice."))]
HistoryOption = Annotated[
    bool,
    typer.Option("--history", help=both("Alle måder at dele på til dagen.", "Every way of sharing up to the day.")),
]

_KINDS = {
    incentives.Kind.ACTIVITY: ("belønner aktivitetens form", "rewards the form of activity"),
    incentives.Kind.WAITING: ("belønner at vente", "rewards waiting"),
    incentives.Kind.NO_GAIN: ("en uge mindre giver kommunen intet", "a week less gives the municipality nothing"),
}
_CHOICES = {
    "job-for-a-week": ("arbejde i ugen", "work that week"),
    "job-for-good": ("job fra ugen", "a job from then on"),
}


@command(
    refusion_app,
    "incentives",
    "Hvad en uge mindre på ydelse er værd for hvem, og hvor det koster kommunen mere at hjælpe end at vente.",
    "What a week less on benefit is worth to whom, and where helping costs the municipality more than waiting.",
)
def show_incentives(
    desk: Desk,
    date: DateOption = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    benefit: BenefitOption = None,
    weekly: WeeklyOption = "100",
    weeks: WeeksOption = 60,
    at: AtOption = 10,
    history: HistoryOption = False,
) -> int:
    """Exit code 1 when a step rewards something else than help."""
    law = desk.law()
    day = desk.day(date)
    desk.about(law, day)
    amount = kroner(desk, weekly) or 0
    if at > weeks:
        raise desk.refuse(f"En sag på {weeks} uger har ingen uge {at}.", f"A case of {weeks} weeks has no week {at}.")
    law, now = tariff_for(law, day, day, place, regime)
    shown = [incentives.model_of(now, 0)]
    if history:
        starts = [version.span.first for version in law.norms[SHARE].versions if version.span.first is not None]
        shown = incentives.models(tariff_for(law, min([*starts, day]), day, place, regime)[1])
    chosen = _benefits(desk, now, benefit)
    data: dict[str, Any] = {
        "format": FORMAT,
        "on": from_day(day).isoformat(),
        "weekly": amount,
        "weeks": weeks,
        "at": at,
        "models": [_model(one, chosen, weeks, amount, at) for one in shown],
    }
    desk.show(data, lambda: _draw(desk, law, data))
    return 1 if any(one["kinks"] for one in data["models"]) else 0


def _benefits(desk: Desk, tariff: Tariff, wanted: list[str] | None) -> list[str]:
    for one in wanted or []:
        if one not in tariff.benefits:
            near = desk.said(suggest(one, tariff.benefits))
            raise desk.refuse(f"'{one}' er ikke en ydelse; {near}", f"'{one}' is not a benefit; {near}")
    return list(wanted or tariff.benefits)


def _model(model: Tariff, benefits: list[str], weeks: int, amount: int, at: int) -> dict[str, Any]:
    book = model.books[0]
    types = incentives.case_types(model, amount, benefits)
    offered = [one for one in benefits if any(found.benefit == one for found in types)]
    return {
        "from": from_day(book.day).isoformat(),
        "ref": book.norms[SHARE].ref if SHARE in book.norms else "",
        "regimes": list(book.regimes),
        "case_types": [asdict(one) | {"rate": one.rate / 100} for one in types],
        "choices": [
            {"benefit": one} | asdict(choice)
            for one in offered
            for choice in incentives.choices(model, one, weeks, amount, at)
        ],
        "kinks": [
            asdict(one) | {"kind": one.kind.value, "dear": one.dear / 100, "cheap": one.cheap / 100}
            for one in incentives.kinks(model, benefits)
        ],
    }


def _draw(desk: Desk, law: Law, data: dict[str, Any]) -> None:
    paid = format_kroner(data["weekly"], desk.lang)
    for model in data["models"]:
        note = desk.pick(f"Ydelse {paid} om ugen.", f"Benefit {paid} a week.")
        display.heading(
            desk.out, desk.pick(f"Fra {model['from']} · {model['ref']}", f"From {model['from']} · {model['ref']}"), note
        )
        _draw_types(desk, law, model["case_types"])
        _draw_choices(desk, law, model["choices"], data)
        _draw_kinks(desk, law, model["kinks"])
        desk.out.print()


def _draw_types(desk: Desk, law: Law, types: list[dict[str, Any]]) -> None:
    display.section(desk.out, desk.pick("En uge mindre på ydelse sparer", "A week less on benefit saves"))
    head = ["Ydelse", "Uger", "Kommunen", "Staten", "A-kassen"]
    head = head if desk.lang == "da" else ["Benefit", "Weeks", "Municipality", "State", "A-kasse"]
    who = ("municipality", "state", "fund")
    rows = [
        [_benefit(law, one["benefit"], desk), _span(one), *(_saved(desk, one["week_less"][name]) for name in who)]
        for one in types
    ]
    display.table(desk.out, head, rows, right=(1, 2, 3, 4), wrap={0: 1})


def _draw_choices(desk: Desk, law: Law, choices: list[dict[str, Any]], data: dict[str, Any]) -> None:
    title = (
        f"I uge {data['at']} af {data['weeks']} sparer kommunen ved",
        f"In week {data['at']} of {data['weeks']} the municipality saves by",
    )
    display.section(desk.out, desk.pick(*title))
    activities = law.vocabulary.enums[law.vocabulary.fields["refusion_aktivitet"].type].labels
    rows = []
    for one in choices:
        if one["what"] == "activity" and not one["gain"]["municipality"]:
            continue  # an activity that changes nothing
        what = label_of(activities.get(one["activity"] or "", {}), desk.lang) or desk.pick(*_CHOICES[one["what"]])
        gain = one["gain"]
        rows.append(
            [_benefit(law, one["benefit"], desk), what, _saved(desk, gain["municipality"]), _saved(desk, gain["state"])]
        )
    head = (
        ["Ydelse", "Valg", "Kommunen", "Staten"]
        if desk.lang == "da"
        else ["Benefit", "Choice", "Municipality", "State"]
    )
    display.table(desk.out, head, rows, right=(2, 3), wrap={0: 1, 1: 1})


def _draw_kinks(desk: Desk, law: Law, kinks: list[dict[str, Any]]) -> None:
    display.section(
        desk.out, desk.pick("Trin der belønner andet end hjælp", "Steps that reward something else than help")
    )
    if not kinks:
        display.line(desk.out, desk.pick("Ingen.", "None."), indent=2)
        return
    activities = law.vocabulary.enums[law.vocabulary.fields["refusion_aktivitet"].type].labels
    rows = []
    for one in kinks:
        said = desk.pick(*_KINDS[incentives.Kind(one["kind"])])
        if one["activity"]:
            said += f": {label_of(activities[one['activity']], desk.lang)}"
        share = f"{one['dear']:g} → {one['cheap']:g} %"
        rows.append(
            [
                _benefit(law, one["benefit"], desk),
                _span(one),
                said,
                share if desk.lang == "en" else share.replace(".", ","),
            ]
        )
    head = (
        ["Ydelse", "Uger", "Hvad", "Kommunens andel"]
        if desk.lang == "da"
        else ["Benefit", "Weeks", "What", "Municipal share"]
    )
    display.table(desk.out, head, rows, right=(1, 3), wrap={0: 1, 2: 2})


def _benefit(law: Law, benefit: str, desk: Desk) -> str:
    return label_of(
        law.vocabulary.enums[law.vocabulary.fields["refusion_ydelse"].type].labels[benefit], desk.lang, benefit
    )


def _span(one: dict[str, Any]) -> str:
    if one["last"] is None:
        return f"{one['first']}–"
    return f"{one['first']}–{one['last']}" if one["last"] > one["first"] else str(one["first"])


def _saved(desk: Desk, øre: int | None) -> str:
    return "?" if øre is None else format_kroner(øre, desk.lang)
