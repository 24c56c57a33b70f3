"""``fodfaeste nation merge``: benefits that become one, and what that does to moves, duties, rights and incomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

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
from fodfaeste.population.nation.sources import margins
from fodfaeste.rulebook import Law
from fodfaeste.simulation.merge import Merged, law_of, merge, merge_of
from fodfaeste.simulation.merge_outcomes import answer
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario

FORMAT = "fodfaeste/nation-merge/1"


@command(
    nation_app,
    "merge",
    "Læg ydelser sammen til én: skift, revurderinger, rettigheder, vindere og tabere.",
    "Make one benefit of several: moves, re-assessments, rights, winners and losers.",
)
def merge_benefits(
    desk: Desk,
    scenario: ScenarioArgument,
    persons: PersonsOption = None,
    replications: ReplicationsOption = None,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> int:
    """Amounts are before tax, and before what wealth, work or a partner's income takes of them."""
    law, read_ = desk.law(), asked(scenario, replications)
    merge_of(read_)
    everyone = people_for(read_, nation, persons)
    told = list(merge(law, read_, everyone, Engine(engine, workers, scheduler)))
    data = {"format": FORMAT} | _head(law, read_, told, len(everyone)) | answer(law, read_, told)
    desk.show(data, lambda: _draw(desk, read_, data))
    return 0


def _head(law: Law, scenario: Scenario, told: list[Merged], persons: int) -> dict[str, Any]:
    wanted, found = merge_of(scenario), law_of(law, scenario)
    return {
        **declared(scenario),
        "merge": {
            "benefits": list(wanted.benefits), "into": wanted.into, "rate": wanted.rate, "clocks": wanted.clocks,
            "groups": wanted.groups, "facts": dict(wanted.facts),
        },
        "rates_on": from_day(found.priced[0].day).isoformat(), "law_on": from_day(found.books[1].day).isoformat(),
        "persons_run": persons, "scale": told[0].scale,
        "start": from_day(scenario.start).isoformat(), "weeks": scenario.weeks, "digest": told[0].digest,
        "rulebooks": [book.digest for book in found.books],
    }  # fmt: skip


def _draw(desk: Desk, scenario: Scenario, data: dict[str, Any]) -> None:
    draw_title(desk, scenario)
    persons, weeks, times = count(data["persons_run"], desk.lang), data["weeks"], data["replications"]
    display.line(
        desk.out,
        desk.pick(
            f"Om året i gennemsnit over {weeks} uger; {persons} personer regnet op til hele landet; "
            f"interval af {times} gentagelser; satser fra {data['rates_on']}.",
            f"A year on average over {weeks} weeks; {persons} persons brought to the whole nation; "
            f"interval of {times} replications; rates of {data['rates_on']}.",
        ),
    )
    _draw_moves(desk, data)
    _draw_duties(desk, data)
    _draw_rights(desk, data)
    _draw_persons(desk, data)
    _draw_deciles(desk, data)
    desk.out.print()
    display.line(
        desk.out,
        desk.pick(
            "Beløb er før skat, og før det, formue, arbejde eller en partners indtægt tager. Hvem der bor med hvem, er "
            "antagelser.",
            "Amounts are before tax, and before what wealth, work or a partner's income takes. Who lives with whom is "
            "assumed.",
        ),
    )


def _between(desk: Desk, one: dict[str, Any]) -> str:
    low_high = one.get("interval")
    return "" if low_high is None else f"{count(low_high[0], desk.lang)} … {count(low_high[1], desk.lang)}"


def _table(desk: Desk, columns: list[tuple[str, str]], rows: Sequence[tuple[str, ...]]) -> None:
    if rows:
        desk.out.print()
        names = [desk.pick(*name) for name in columns]
        display.table(desk.out, names, rows, right=tuple(range(1, len(columns))), wrap={0: 1})


def _draw_moves(desk: Desk, data: dict[str, Any]) -> None:
    rows = [
        (f"{one['from']} → {one['to']}", count(one["value"], desk.lang), _between(desk, one))
        for one in data["transitions"]
    ]
    _table(desk, [("Skift, der ikke er skift mere", "Moves that are none any more"), ("Om året", "A year"),
                  ("Interval", "Interval")], rows)  # fmt: skip


def _draw_duties(desk: Desk, data: dict[str, Any]) -> None:
    before, after = (data["reassessments"][side] for side in ("before", "after"))
    more = data["reassessments_difference"]
    total = (
        desk.pick("Revurderinger i alt", "Re-assessments in all"), count(before["value"], desk.lang),
        count(after["value"], desk.lang), signed(desk, more["value"]),
    )  # fmt: skip
    rows = [
        (
            f"{one['label'][desk.lang]} ({one['ref']})", count(one["before"], desk.lang),
            count(one["after"], desk.lang), signed(desk, one["after"] - one["before"]),
        )
        for one in sorted(data["duties"], key=lambda one: (not one["reassessment"], one["norm"]))
        if abs(one["after"] - one["before"]) >= 1 or one["reassessment"]
    ]  # fmt: skip
    columns = [("Pligter, om året", "Duties, a year"), ("Før", "Before"), ("Efter", "After"), ("Forskel", "Difference")]
    _table(desk, columns, [total, *rows])
    gone = data["unknown"]["only_after"]
    if gone:
        desk.out.print()
        display.line(
            desk.out,
            desk.pick(
                f"Ingen kan sige, om disse pligter står tilbage, når ydelsen er borte: {', '.join(gone)}. En ordning "
                "kan sige det.",
                f"Nobody can say whether these duties stand when the benefit is gone: {', '.join(gone)}. A regime can.",
            ),
        )


def _draw_rights(desk: Desk, data: dict[str, Any]) -> None:
    said = {"yes": ("ja", "yes"), "no": ("nej", "no"), "unknown": ("ukendt", "unknown")}
    rows = [
        (
            f"{one['label'][desk.lang]} ({one['ref']})", str(margins()["states"][one["state"]]["label"][desk.lang]),
            desk.pick(*said[one["before"]]), desk.pick(*said[one["after"]]),
        )
        for one in data["rights"]
    ]  # fmt: skip
    _table(desk, [("Rettigheder", "Rights"), ("Hvem", "Who"), ("Før", "Before"), ("Efter", "After")], rows)


def _draw_persons(desk: Desk, data: dict[str, Any]) -> None:
    named = {
        "win": ("Får mere", "Have more"), "lose": ("Får mindre", "Have less"),
        "same": ("Får det samme", "Have the same"), "unknown": ("Vides ikke", "Not known"),
    }  # fmt: skip
    rows = []
    for one in data["persons"]:
        kroner = one["kroner_a_month"]
        each = desk.pick("ukendt", "unknown") if kroner is None else signed(desk, kroner["value"])
        between = _between(desk, one["persons"])
        rows.append((desk.pick(*named[one["group"]]), count(one["persons"]["value"], desk.lang), between, each))
    _table(desk, [("Mennesker", "People"), ("Antal", "Number"), ("Interval", "Interval"),
                  ("Kr. om måneden", "Kroner a month")], rows)  # fmt: skip


def _draw_deciles(desk: Desk, data: dict[str, Any]) -> None:
    rows = []
    for one in data["deciles"]:
        if not one["persons"]["value"]:
            continue
        name = (
            str(one["decile"])
            if one["decile"]
            else desk.pick("Kendes ikke (en partners indtægt)", "Not known (a partner's income)")
        )
        money = one["million_kroner_a_year"]
        between = money["interval"]
        span = "" if between is None else f"{signed(desk, between[0])} … {signed(desk, between[1])}"
        rows.append((name, count(one["persons"]["value"], desk.lang), signed(desk, money["value"]), span))
    _table(desk, [("Husholdningens decil", "Decile of the household"), ("Mennesker", "People"),
                  ("Mio. kr. om året", "Million kroner a year"), ("Interval", "Interval")], rows)  # fmt: skip
