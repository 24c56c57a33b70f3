"""``fodfaeste nation sweep``: one number of a regime with several values, and what it moves and costs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from fodfaeste.economy import tariff_of
from fodfaeste.economy.bands import Spells as Paid
from fodfaeste.economy.nation import borne
from fodfaeste.economy.payments import NOTHING
from fodfaeste.economy.tariff import Tariff
from fodfaeste.foundation import from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.nation import PersonsOption, count, nation_app
from fodfaeste.interfaces.cli.nation_asked import (
    EngineOption,
    NationOption,
    ReplicationsOption,
    ScenarioArgument,
    SchedulerOption,
    WorkersOption,
    asked,
    declared,
    draw_title,
    people_for,
    signed,
)
from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import margins
from fodfaeste.rulebook import Law, resolve
from fodfaeste.simulation.incomes import Amounts, declared_incomes, drawn_incomes, kinds
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario
from fodfaeste.simulation.situations import DAYS_A_WEEK, Records, courses, situations
from fodfaeste.simulation.sweep import INSURED, Quantity, Told, quantities, quantity, sweep

FORMAT = "fodfaeste/nation-sweep/1"

_HIGHEST, _WEEK, _MONTH = "rate.dagpenge-max", "lab-bek.7.ugetimer", "lab-bek.7.maanedstimer"
_BODY = "a-kasse"
_MONEY = ("state", "municipalities", "municipalities, in weeks the a-kasser have the course")


@command(
    nation_app,
    "sweep",
    "Prøv et tal i en ordning med flere værdier: samtaler, dage med ansvar, refusion.",
    "Try one number of a regime with several values: talks, days of responsibility, reimbursement.",
)
def sweep_scenario(
    desk: Desk,
    scenario: ScenarioArgument,
    persons: PersonsOption = None,
    replications: ReplicationsOption = None,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> int:
    """Every value on the same people and luck as the law before."""
    law, read_ = desk.law(), asked(scenario, replications)
    everyone = people_for(read_, nation, persons)
    price = weekly(law, read_)
    found: list[Told] = []
    kroner: list[list[list[float]] | None] = []
    for told in sweep(law, read_, everyone, Engine(engine, workers, scheduler)):
        kroner.append(None if price is None else money(law, told, price, read_))
        found.append(slim(told) if found else told)
    data = _answer(read_, found, kroner, price)
    desk.show(data, lambda: _draw(desk, read_, data))
    return 0


def slim(told: Told) -> Told:
    """A replication without what only the first is asked for."""
    return replace(told, held=[replace(one, spells=one.spells.of(np.zeros(0, np.int64))) for one in told.held])


def weekly(law: Law, scenario: Scenario) -> int | None:
    """The highest dagpenge a full week, in øre, on the day the run begins; None where the law data have no rate."""
    book = resolve(law, scenario.before.day or scenario.start, None, scenario.before.regimes)
    amounts = Amounts(law, book, Records(book.vocabulary, {"agreed_weeks": 0, "need_weeks": 0, "case_weeks": 0}), {})
    one = next(one for one in courses() if one.state == INSURED and one.age == 2)
    month = amounts.norm(_HIGHEST, one, kinds().index("alone"))
    hours = [amounts.plain(norm, one, 0) for norm in (_WEEK, _MONTH)]
    if month is None or None in hours:
        return None
    week, whole = (hour or 0 for hour in hours)
    return (month * week + whole // 2) // whole


def money(law: Law, told: Told, price: int, scenario: Scenario) -> list[list[float]]:
    """Million kroner a year by side: what the state bears of dagpenge, what the municipalities, and for whose weeks."""
    level = float(drawn_incomes(told.number, scenario.seed)["dagpenge_level"]["value"])
    amount = int(price * level)
    back, last = (
        told.run.start - DAYS_A_WEEK * int(situations()["weeks"]),
        told.run.start + DAYS_A_WEEK * told.run.weeks,
    )
    found: list[list[float]] = [[], [], []]
    for side, spells in enumerate(told.spells):
        given = scenario.before if side == 0 else scenario.after
        tariff = tariff_of(law, back, last, None, list(given.regimes or ()))
        paid = _paid(told, side, tariff, back)
        shared = borne(paid, tariff, tariff.situation(INSURED, NOTHING), amount, told.run.start)
        ours = (spells.state == states().index(INSURED)) & (spells.course >= 0)
        held = told.held[side]
        days, all_days = held.days[:, held.bodies.index(_BODY)], held.days.sum(axis=1)
        own = int((shared.municipality[ours] * days // np.maximum(all_days, 1)).sum())
        for row, øre in zip(found, (int(shared.state.sum()), int(shared.municipality.sum()), own), strict=True):
            row.append(told.a_year(øre) / 100 / 1e6)
    return found


def _paid(told: Told, side: int, tariff: Tariff, back: int) -> Paid:
    """Spells as payments, from their own beginning on, at most three years back."""
    spells, start = told.spells[side], told.run.start
    first = np.maximum(start + DAYS_A_WEEK * (spells.first - spells.before), back)
    first = np.where(spells.before > 0, first, start + DAYS_A_WEEK * spells.first)
    named = [margins()["states"][state].get("benefit") for state in states()]
    numbers = [tariff.situation(one if one in tariff.benefits else None, NOTHING) for one in named]
    last = start + DAYS_A_WEEK * spells.until - 1
    return Paid(spells.person, first, last, np.array(numbers, np.uint16)[spells.state])


def _answer(
    scenario: Scenario, told: list[Told], kroner: list[list[list[float]] | None], price: int | None
) -> dict[str, Any]:  # fmt: skip
    rows = quantities(told)
    known = [one for one in kroner if one is not None]
    rows += [
        quantity(f"kroner {name}", "million kroner a year", [one[place] for one in known])
        for place, name in enumerate(_MONEY)
        if known
    ]
    first, wanted = told[0], scenario.sweep
    assert wanted is not None
    level = declared_incomes()["dagpenge_level"]
    return {
        "format": FORMAT, **declared(scenario), "regime": wanted.regime, "rate": wanted.rate,
        "values": list(wanted.values), "same_as_before": list(first.same[1:]),
        "persons": int(first.totals.persons[0]), "scale": first.scale, "start": from_day(first.run.start).isoformat(),
        "weeks": first.run.weeks, "digest": first.totals.digest, "rulebooks": list(first.run.law.books),
        "quantities": [one.as_dict() for one in rows],
        "week_of_dagpenge": None if price is None else price / 100, "level": level,
    }  # fmt: skip


_NAMES = {
    "talks a-kasse": ("Samtaler i a-kassen", "Talks held by the a-kasser"),
    "talks kommune": ("Samtaler i kommunen", "Talks held by the municipalities"),
    "talks moved to the a-kasser": ("Flyttet til a-kassen", "Moved to the a-kasser"),
    "days a-kasse": ("Dage a-kassen har forløbet", "Days the a-kasser have the course"),
    "days kommune": ("Dage kommunen har forløbet", "Days the municipalities have it"),
    "days without a responsible": ("Dage uden en ansvarlig", "Days without a responsible"),
    "weeks on dagpenge": ("Uger på dagpenge", "Weeks on dagpenge"),
    "kroner state": ("Mio. kr., staten", "Million kroner, the state"),
    "kroner municipalities": ("Mio. kr., kommunerne", "Million kroner, the municipalities"),
    f"kroner {_MONEY[2]}": ("– heraf i a-kassens dage", "– of it in the a-kasser's days"),
}


def _draw(desk: Desk, scenario: Scenario, data: dict[str, Any]) -> None:
    draw_title(desk, scenario)
    persons, weeks, times = count(data["persons"], desk.lang), data["weeks"], data["replications"]
    said = desk.pick(
        f"Om året i gennemsnit over {weeks} uger; {persons} personer regnet op til hele landet; {data['rate']}; "
        f"forskelle til loven før med interval af {times} gentagelser.",
        f"A year on average over {weeks} weeks; {persons} persons brought to the whole nation; {data['rate']}; "
        f"differences to the law before with the interval of {times} replications.",
    )
    display.line(desk.out, said)
    rows = [_row(desk, Quantity(one["name"], one["unit"], tuple(one["amounts"]), ())) for one in data["quantities"]]
    columns = ["", desk.pick("Loven før", "Law before"), *map(str, data["values"])]
    desk.out.print()
    display.table(desk.out, columns, rows, right=tuple(range(1, len(columns))), wrap={0: 1})
    moved = [one for one in data["quantities"] if any(b and b[0] != b[1] for b in one["intervals"])]
    if moved:
        cells = [_differences(desk, one) for one in moved]
        desk.out.print()
        columns = [desk.pick("Forskel, interval", "Difference, interval"), *map(str, data["values"])]
        display.table(desk.out, columns, cells, right=tuple(range(1, len(columns))), wrap={0: 1})
    _tell_money(desk, data)


def _row(desk: Desk, one: Quantity) -> tuple[str, ...]:
    return (desk.pick(*_NAMES[one.name]), *(count(amount, desk.lang) for amount in one.amounts))


def _differences(desk: Desk, one: dict[str, Any]) -> tuple[str, ...]:
    between = (f"{signed(desk, b[0])} … {signed(desk, b[1])}" if b else "" for b in one["intervals"][1:])
    return (desk.pick(*_NAMES[one["name"]]), *between)


def _tell_money(desk: Desk, data: dict[str, Any]) -> None:
    price = data["week_of_dagpenge"]
    desk.out.print()
    if price is None:
        none = "Lovdata har ingen dagpengesats for dagen: kronerne er ukendte."
        display.line(
            desk.out, desk.pick(none, "The law data have no rate of dagpenge for the day: kroner are unknown.")
        )
        return
    week = count(price, desk.lang)
    display.line(
        desk.out,
        desk.pick(
            "Refusionen spørger ikke, hvem der har forløbet: den flytter sig kun, hvis folk gør. En uge koster højst "
            f"{week} kr.; hvor meget der betales i gennemsnit, er en antagelse med interval.",
            f"Reimbursement does not ask who has the course: it moves only if people do. A week costs {week} kroner at "
            "most; how much is paid on average is an assumption with an interval.",
        ),
    )
