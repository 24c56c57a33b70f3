"""What the commands that run a scenario on the synthetic nation have in common: options, people, what is declared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.foundation import Problem, ProblemError
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk
from fodfaeste.interfaces.cli.nation import count
from fodfaeste.interfaces.wording import label_of
from fodfaeste.population.nation import People, everybody
from fodfaeste.population.nation.parquet import read
from fodfaeste.simulation.scenario import Scenario, read_scenario

ScenarioArgument = Annotated[
    Path, typer.Argument(metavar="SCENARIO", help=both("En scenariefil (YAML).", "A scenario file (YAML)."))
]
NationOption = Annotated[
    Path | None,
    typer.Option(
        "--nation",
        metavar=both("MAPPE", "FOLDER"),
        help=both(
            "En nation bygget med nation build. Ellers dannes den.", "A nation made by nation build. Else made anew."
        ),
    ),
]
EngineOption = Annotated[
    str,
    typer.Option("--engine", metavar="threads|processes|dask", help=both("Hvem der regner.", "Who does the counting.")),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, metavar=both("ANTAL", "NUMBER"), help=both("Hvor mange ad gangen.", "How many at once.")
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar=both("ADRESSE", "ADDRESS"),
        help=both("En Dask-planlægger; ellers startes en her.", "A Dask scheduler; else one is started here."),
    ),
]
ResumeOption = Annotated[
    Path | None,
    typer.Option(
        "--resume",
        metavar=both("MAPPE", "FOLDER"),
        help=both("Gem undervejs her, og fortsæt herfra.", "Keep what is done here, and go on from it."),
    ),
]
ReplicationsOption = Annotated[
    int | None,
    typer.Option(
        "--replications",
        min=1,
        metavar=both("ANTAL", "NUMBER"),
        help=both("I stedet for scenariets eget antal.", "Instead of the scenario's own number."),
    ),
]


def asked(path: Path, replications: int | None) -> Scenario:
    """The scenario of a file, with the number of replications asked for instead of its own."""
    scenario = read_scenario(path)
    return scenario if replications is None else replace(scenario, replications=replications)


def people_for(scenario: Scenario, nation: Path | None, persons: int | None) -> People:
    """The people a scenario runs on: of a folder, or made anew."""
    return people_of(nation, persons, scenario.persons, scenario.people_seed)


def people_of(nation: Path | None, persons: int | None, usual: int, seed: int) -> People:
    """The people of a folder, or so many made anew. ProblemError where a folder and a number are both asked for."""
    if nation is None:
        return everybody(persons or usual, seed)
    if persons is not None:
        mend = "leave one of them out"
        raise ProblemError([Problem("--persons", None, "", "a nation in a folder has the number it has", mend)])
    return read(nation)


def declared(scenario: Scenario) -> dict[str, Any]:
    """What a scenario says of itself, as JSON has it."""
    return {
        "scenario": scenario.id, "title": scenario.title, "purpose": scenario.purpose,
        "saving": _saving(scenario), "replications": scenario.replications,
    }  # fmt: skip


def effects(scenario: Scenario) -> list[dict[str, Any]]:
    """What freer rules are believed to do, as JSON has it."""
    return [
        {"states": list(one.states), "to_work": one.to_work, "interval": [one.low, one.high], "source": one.source}
        for one in scenario.freer
    ]


def _saving(scenario: Scenario) -> Any:
    """The saving a scenario declares, as JSON has it."""
    if scenario.saving is None:
        return "none claimed"
    delivered = [
        {"what": dict(one.what), "million_kroner": {str(y): kr for y, kr in one.million_kroner.items()},
         "source": one.source}
        for one in scenario.delivered
    ]  # fmt: skip
    path = {str(year): kr for year, kr in scenario.saving.items()}
    return {"million_kroner": path, "source": scenario.saving_source, "delivered": delivered}


def draw_title(desk: Desk, scenario: Scenario) -> None:
    """Title and purpose of a scenario."""
    title, purpose = label_of(scenario.title, desk.lang, scenario.id), label_of(scenario.purpose, desk.lang, "")
    display.heading(desk.out, title, purpose)


def signed(desk: Desk, value: float) -> str:
    """A difference with its sign; nothing has none."""
    text = count(abs(value), desk.lang)
    return text if text == "0" else ("−" if value < 0 else "+") + text
