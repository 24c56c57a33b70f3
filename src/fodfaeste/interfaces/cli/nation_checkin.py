"""``fodfaeste nation checkin``: how long a need waits for a human being without and with one, and the cost."""

from __future__ import annotations

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
    effects,
    people_for,
)
from fodfaeste.population.nation.sources import margins
from fodfaeste.simulation.behaviour import parameters
from fodfaeste.simulation.checkin import EVERYBODY, Waited, checkin, checkin_in, rows
from fodfaeste.simulation.needs import drawn_needs
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import Scenario

FORMAT = "fodfaeste/nation-checkin/1"


@command(
    nation_app,
    "checkin",
    "Prøv et check-in i borgerens egen rytme: uger fra første tegn til et menneske, og hvad det koster i tid.",
    "Try a check-in in the citizen's own rhythm: weeks from first sign to a human being, and what it costs in time.",
)
def checkin_scenario(
    desk: Desk,
    scenario: ScenarioArgument,
    persons: PersonsOption = None,
    replications: ReplicationsOption = None,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> int:
    """The same people, luck and needs without and with it."""
    read_ = asked(scenario, replications)
    checkin_in(read_)
    everyone = people_for(read_, nation, persons)
    data = _answer(read_, list(checkin(desk.law(), read_, everyone, Engine(engine, workers, scheduler))))
    desk.show(data, lambda: _draw(desk, read_, data))
    return 0


def _answer(scenario: Scenario, waited: list[Waited]) -> dict[str, Any]:
    wanted, first = checkin_in(scenario), waited[0]
    return {
        "format": FORMAT, **declared(scenario),
        "states": list(wanted.states), "rhythms": {str(weeks): share for weeks, share in wanted.rhythms},
        "effects": effects(scenario),
        "assumptions": [
            {"name": one.name, "value": one.value, "interval": [one.low, one.high], "source": one.source}
            for one in parameters(drawn_needs(wanted, 0, scenario.seed)) if one.name != "effect_on_work"
        ],
        "persons": int(first.totals.persons[0]), "scale": first.scale, "start": from_day(first.run.start).isoformat(),
        "weeks": first.run.weeks, "digest": first.digest, "rulebooks": list(first.run.law.books),
        "quantities": [one.as_dict() for one in rows(scenario, waited)],
    }  # fmt: skip


def _draw(desk: Desk, scenario: Scenario, data: dict[str, Any]) -> None:
    draw_title(desk, scenario)
    persons, times = count(data["persons"], desk.lang), data["replications"]
    display.line(
        desk.out,
        desk.pick(
            f"{persons} personer i {data['weeks']} uger, med interval af {times} gentagelser. Behov og check-in er "
            "antagelser, som er lagt ind; samtalerne er lovens.",
            f"{persons} persons for {data['weeks']} weeks, with the interval of {times} replications. Needs and "
            "check-in are assumptions put in; the talks are the law's.",
        ),
    )
    found = {(one["state"], one["name"]): one for one in data["quantities"]}
    without, with_it = desk.pick("Uden", "Without"), desk.pick("Med", "With")
    blocks = (
        (desk.pick("Uger fra første tegn til et menneske", "Weeks from first sign to a human"), "weeks to contact"),
        (desk.pick("Pct. gik, før nogen talte med dem", "Per cent who left first"), "never met"),
    )
    for title, name in blocks:
        cells = [(_state(desk, state), *_cells(desk, found[state, name])) for state in (EVERYBODY, *data["states"])]
        desk.out.print()
        columns = [title, without, with_it, desk.pick("Forskel, interval", "Difference, interval")]
        display.table(desk.out, columns, cells, right=(1, 2, 3), wrap={0: 1})
    cells = [(desk.pick(*names), *_cells(desk, found[EVERYBODY, name])) for name, names in _COSTS.items()]
    desk.out.print()
    columns = [desk.pick("Hvad det koster om året", "What it costs a year"), without, with_it]
    columns.append(desk.pick("Forskel, interval", "Difference, interval"))
    display.table(desk.out, columns, cells, right=(1, 2, 3), wrap={0: 1})
    _tell_work(desk, data)


_COSTS = {
    "requests for help": ("Bad selv om hjælp", "Asked for help themselves"),
    "calls": ("Opkald efter check-in", "Calls after a check-in"),
    "calls for nothing": ("– heraf uden et behov", "– of them without a need"),
    "hours of staff": ("Timer for de ansatte", "Hours of staff"),
    "minutes for each": ("Minutter om ugen for hver, der er med", "Minutes a week for each who joined"),
    "weeks in work": ("Personuger i arbejde", "Person-weeks in work"),
}


def _tell_work(desk: Desk, data: dict[str, Any]) -> None:
    """What is believed of work, and who says so."""
    desk.out.print()
    if any(one["to_work"] for one in data["effects"]):
        said = "Scenariet antager, at check-in flytter folk i arbejde: det er lagt ind og ikke fundet."
        display.line(desk.out, desk.pick(said, "The scenario assumes that it moves people to work: put in, not found."))
        return
    display.line(
        desk.out,
        desk.pick(
            "At check-in flytter nogen i arbejde, antages ikke: nul, med interval, for ingen undersøgelse er kendt.",
            "That it moves anybody to work is not assumed: zero, with an interval, for no study is known.",
        ),
    )


def _state(desk: Desk, state: str) -> str:
    if state == EVERYBODY:
        return desk.pick("Alle, der får det tilbudt", "All who are offered it")
    return str(margins()["states"][state]["label"][desk.lang])


def _cells(desk: Desk, one: dict[str, Any]) -> tuple[str, str, str]:
    """Without, with, and the interval of the difference; what there is only with it is a difference already."""
    between = one["intervals"][2 if one["without"] is not None else 1]
    told = "" if between is None else f"{_number(desk, between[0])} … {_number(desk, between[1])}"
    return _number(desk, one["without"]), _number(desk, one["with"]), told


def _number(desk: Desk, value: float | None) -> str:
    """A small number with a decimal, a large one without; a dash where there is nobody to tell it of."""
    if value is None:
        return "–"
    if abs(value) >= _LARGE:
        return count(value, desk.lang).replace("-", "−")
    text = f"{round(value, 1) + 0.0:.1f}".replace("-", "−")
    return text.replace(".", ",") if desk.lang == "da" else text


_LARGE = 1000
