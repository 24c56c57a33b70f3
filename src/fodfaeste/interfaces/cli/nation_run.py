"""``fodfaeste nation run`` and ``compare``: a scenario on the synthetic nation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from fodfaeste.foundation import Problem, ProblemError, from_day
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.nation import PersonsOption, count, nation_app
from fodfaeste.interfaces.cli.nation_asked import (
    EngineOption,
    NationOption,
    ReplicationsOption,
    ResumeOption,
    ScenarioArgument,
    SchedulerOption,
    WorkersOption,
    asked,
    declared,
    draw_title,
    effects,
    people_for,
    signed,
)
from fodfaeste.interfaces.wording import label_of
from fodfaeste.population.nation import states
from fodfaeste.population.nation.sources import margins
from fodfaeste.simulation.compare import Compared, Replication, centrally, compare
from fodfaeste.simulation.outcomes import Figure, by_kommune, figures
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.saving import break_even, lateness, saving_years
from fodfaeste.simulation.scenario import Scenario, read_scenario
from fodfaeste.simulation.situations import clocked, situations

RUN_FORMAT = "fodfaeste/nation-run/1"
COMPARE_FORMAT = "fodfaeste/nation-compare/1"

_SideOption = Annotated[
    str,
    typer.Option("--side", metavar="before|after", help=both("Hvilken af de to love.", "Which of the two laws.")),
]


@command(
    nation_app,
    "run",
    "Kør den ene af et scenaries to love, og vis niveauerne år for år.",
    "Run one of the two laws of a scenario, and show the levels year by year.",
)
def run_scenario(
    desk: Desk,
    scenario: ScenarioArgument,
    side: _SideOption = "after",
    persons: PersonsOption = None,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    resume: ResumeOption = None,
) -> int:
    """Central values, no interval: what a difference may be is the answer of compare."""
    if side not in ("before", "after"):
        raise desk.refuse(
            f"'{side}' er ingen af de to; skriv before eller after.", f"'{side}' is neither; write before or after."
        )
    read_ = centrally(read_scenario(scenario))
    found = _compared(desk, read_, persons, nation, Engine(engine, workers, scheduler), resume)
    data = levels(found.central, ("before", "after").index(side))
    data = {"format": RUN_FORMAT, "scenario": read_.id, "side": side} | _people(found) | data
    desk.show(data, lambda: _draw_levels(desk, read_, data))
    return 0


@command(
    nation_app,
    "compare",
    "Kør et scenaries to love på de samme mennesker, og vis forskellen med interval.",
    "Run the two laws of a scenario on the same people, and show the difference with its interval.",
)
def compare_scenario(
    desk: Desk,
    scenario: ScenarioArgument,
    persons: PersonsOption = None,
    replications: ReplicationsOption = None,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
    resume: ResumeOption = None,
) -> int:
    """Duties removed and added by section, conversations, offers, certificates, hours and positions, weeks, moves."""
    read_ = asked(scenario, replications)
    found = _compared(desk, read_, persons, nation, Engine(engine, workers, scheduler), resume)
    data = {
        "format": COMPARE_FORMAT, **declared(read_), "effects": effects(read_), **_people(found),
        "figures": [one.as_dict() for one in figures(found)], "break_even_kroner": break_even(found),
        "saving_years": [one.as_dict() for one in saving_years(read_, found.central.run.years)],
        "lateness": [one.as_dict() for one in lateness(found)],
        "by_kommune": by_kommune(found), "unknown_duties": list(found.central.run.law.unknown),
        "unasked_duties": list(found.central.run.law.unasked),
    }  # fmt: skip
    desk.show(data, lambda: _draw_differences(desk, read_, found, data))
    return 0


def _compared(
    desk: Desk, scenario: Scenario, persons: int | None, nation: Path | None, engine: Engine, resume: Path | None
) -> Compared:  # fmt: skip
    for form, given in (("sweep", scenario.sweep), ("merge", scenario.merge), ("checkin", scenario.checkin)):
        if given is not None:
            said, mend = f"this scenario is a {form}", f"run it with fodfaeste nation {form}"
            raise ProblemError([Problem(scenario.id, None, form, said, mend)])
    everyone = people_for(scenario, nation, persons)
    law = desk.law()
    if not desk.err.is_terminal:
        return compare(law, scenario, everyone, engine, resume)
    from rich.progress import Progress

    with Progress(console=desk.err, transient=True) as bar:
        said = desk.pick("Kører nationen", "Running the nation")
        task = bar.add_task(said, total=scenario.replications)
        return compare(law, scenario, everyone, engine, resume, lambda done, _: bar.update(task, completed=done))


def _people(found: Compared) -> dict[str, Any]:
    run = found.central.run
    return {
        "persons": int(found.central.totals.persons[0]), "scale": found.central.scale,
        "start": from_day(run.start).isoformat(), "weeks": run.weeks, "digest": found.central.totals.digest,
        "rulebooks": list(run.law.books),
    }  # fmt: skip


def levels(one: Replication, side: int) -> dict[str, Any]:
    """By year: person-weeks by state, duties fallen due, acts, hours and positions, brought to the whole nation."""
    run, totals, scale = one.run, one.totals, one.scale
    there = totals.people()[side]
    year_hours = float(one.models["offices"]["hours_a_position"]["value"])
    hours, done = one.hours()[side], totals.acts[side].sum(axis=1) * scale
    rows = []
    for number, year in enumerate(run.years):
        weeks = run.year == number
        rows.append(
            {
                "year": year, "weeks": int(weeks.sum()),
                "stock": {s: float(there[weeks, i].mean() * scale) for i, s in enumerate(states())},
                "duties": {
                    duty.norm: float(totals.fallen[side, number, i] * scale) for i, duty in enumerate(run.law.duties)
                },
                "acts": {a: float(done[number, i, 0]) for i, a in enumerate(run.law.acts)},
                "acts_not_done": {a: float(done[number, i, 1]) for i, a in enumerate(run.law.acts)},
                "hours": {s: float(hours[number, states().index(s)].sum()) for s in clocked()},
                "positions": float(hours[number].sum()) / year_hours,
            }
        )  # fmt: skip
    return {"years": rows}


def _draw_levels(desk: Desk, scenario: Scenario, data: dict[str, Any]) -> None:
    title = label_of(scenario.title, desk.lang, scenario.id)
    said = desk.pick(
        f"{data['side']} · {count(data['persons'], 'da')} personer",
        f"{data['side']} · {count(data['persons'], 'en')} persons",
    )
    display.heading(desk.out, title, said)
    years = data["years"]
    blocks = [
        (desk.pick("Personer i gennemsnit", "Persons on average"), "stock", (*clocked(), "beskaeftigelse"), _state),
        (desk.pick("Gjort", "Done"), "acts", tuple(situations()["act_names"]), _act),
        (desk.pick("Timer", "Hours"), "hours", clocked(), _state),
    ]  # fmt: skip
    for name, key, names, label in blocks:
        cells = [(label(desk, one), *(count(year[key][one], desk.lang) for year in years)) for one in names]
        desk.out.print()
        columns = [name, *(str(year["year"]) for year in years)]
        display.table(desk.out, columns, cells, right=tuple(range(1, len(columns))), wrap={0: 1})


def _state(desk: Desk, state: str) -> str:
    return str(margins()["states"][state]["label"][desk.lang])


def _act(desk: Desk, act: str) -> str:
    return str(situations()["act_names"][act][desk.lang])


def _draw_differences(desk: Desk, scenario: Scenario, found: Compared, data: dict[str, Any]) -> None:
    draw_title(desk, scenario)
    all_ = figures(found)
    persons, weeks, times = count(data["persons"], desk.lang), data["weeks"], scenario.replications
    said = desk.pick(
        f"Om året i gennemsnit over {weeks} uger; {persons} personer regnet op til hele landet; interval af {times} "
        "gentagelser.",
        f"A year on average over {weeks} weeks; {persons} persons brought to the whole nation; interval of {times} "
        "replications.",
    )
    display.line(desk.out, said)
    duties = {duty.norm: duty for one in found.replications for duty in one.run.law.duties}
    silence = desk.pick("Uger ud over et halvt år uden samtale", "Weeks past half a year without a talk")
    parts = [
        (desk.pick("Pligter", "Duties"), "duty", lambda name: f"{duties[name].label[desk.lang]} ({duties[name].ref})"),
        (desk.pick("Gjort", "Done"), "act done", lambda name: _act(desk, name)),
        (desk.pick("Ikke gjort", "Not done"), "act not done", lambda name: _act(desk, name)),
        (desk.pick("Timer", "Hours"), "hours", lambda name: _state(desk, name)),
        (desk.pick("Stillinger", "Positions"), "positions", lambda name: _state(desk, name)),
        (desk.pick("Uger", "Weeks"), "weeks", lambda name: _state(desk, name)),
        (silence, "without a talk", lambda name: _state(desk, name)),
        (desk.pick("Skift", "Moves"), "move", str),
        (desk.pick("Mio. kr.", "Million kroner"), "money", str),
    ]  # fmt: skip
    for name, kind, label in parts:
        _draw_part(desk, name, [one for one in all_ if one.kind == kind], label)
    _draw_saving(desk, data)
    _draw_lateness(desk, data)


def _draw_saving(desk: Desk, data: dict[str, Any]) -> None:
    """The saving of each year, and what is left to find of it."""
    if not any(row["delivered"] for row in data["saving_years"]):
        return
    desk.out.print()
    rows = [
        (str(row["year"]), *(count(row[name], desk.lang) for name in ("claimed", "delivered", "remainder")))
        for row in data["saving_years"]
    ]  # fmt: skip
    columns = [
        desk.pick("Besparelse, mio. kr.", "Saving, million kroner"),
        desk.pick("Påstået", "Claimed"),
        desk.pick("Leveret", "Delivered"),
        desk.pick("Udestår", "Remainder"),
    ]
    display.table(desk.out, columns, rows, right=(1, 2, 3))


def _draw_lateness(desk: Desk, data: dict[str, Any]) -> None:
    """At which price of late help the saving is none."""
    if not data["lateness"]:
        return
    columns = [
        desk.pick("Kr. for et skridt, der ikke gøres", "Kroner for an act left undone"),
        desk.pick("Sparet om året, mio. kr.", "Saved a year, million kroner"),
    ]
    rows = [(count(row["kroner"], desk.lang), signed(desk, row["saved"])) for row in data["lateness"]]
    desk.out.print()
    display.table(desk.out, columns, rows, right=(0, 1))
    kroner = count(data["break_even_kroner"], desk.lang)
    desk.out.print()
    said = desk.pick(
        f"Sparet løn er spist op, hvis hvert skridt, der ikke gøres, siden koster {kroner} kr.",
        f"The pay that is saved is eaten up if each act left undone later costs {kroner} kroner.",
    )
    display.line(desk.out, said)


def _draw_part(desk: Desk, name: str, rows: list[Figure], label: Any) -> None:
    """Only what differs, or may; the largest difference first."""
    moved = [
        one for one in rows
        if abs(one.difference) >= 0.5 or (one.kind != "duty" and one.low is not None and one.low != one.high)
    ]  # fmt: skip
    if not moved:
        return
    cells = []
    for one in sorted(moved, key=lambda one: -abs(one.difference)):
        between = "" if one.low is None or one.high is None else f"{signed(desk, one.low)} … {signed(desk, one.high)}"
        cells.append(
            (
                label(one.name),
                count(one.before, desk.lang),
                count(one.after, desk.lang),
                signed(desk, one.difference),
                between,
            )
        )
    desk.out.print()
    columns = [
        name,
        desk.pick("Før", "Before"),
        desk.pick("Efter", "After"),
        desk.pick("Forskel", "Difference"),
        "Interval",
    ]
    display.table(desk.out, columns, cells, right=(1, 2, 3, 4), wrap={0: 1})
