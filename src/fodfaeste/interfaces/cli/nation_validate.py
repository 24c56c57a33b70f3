"""``fodfaeste nation validate``: published figures beside ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.text import Text

from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.nation import PersonsOption, SeedOption, count, nation_app, percent
from fodfaeste.interfaces.cli.nation_asked import EngineOption, NationOption, SchedulerOption, WorkersOption, people_of
from fodfaeste.interfaces.wording import Language
from fodfaeste.simulation.run import Engine
from fodfaeste.simulation.scenario import PERSONS
from fodfaeste.simulation.validate import Held, validate

FORMAT = "fodfaeste/nation-validate/1"

_SMALL = 100


@command(
    nation_app,
    "validate",
    "Vis offentliggjorte tal ved siden af nationens egne, med afvigelse og kilde.",
    "Show published figures beside the nation's own, with deviation and source.",
)
def validate_nation(
    desk: Desk,
    persons: PersonsOption = None,
    seed: SeedOption = 1,
    nation: NationOption = None,
    engine: EngineOption = "threads",
    workers: WorkersOption = None,
    scheduler: SchedulerOption = None,
) -> int:
    """What lies outside its band is shown in red and explained; the exit code is 0 either way, for it is a finding."""
    everyone = people_of(Path(nation) if nation else None, persons, PERSONS, seed)
    rows = validate(desk.law(), everyone, seed, Engine(engine, workers, scheduler))
    data = {"format": FORMAT, "persons": len(everyone), "seed": seed, "figures": [one.as_dict() for one in rows]}
    desk.show(data, lambda: _draw(desk, rows, data))
    return 0


def _draw(desk: Desk, rows: list[Held], data: dict[str, Any]) -> None:
    compared = [one for one in rows if one.within is not None]
    close = sum(one.within is True for one in compared)
    display.heading(
        desk.out,
        desk.pick("Offentliggjort og her", "Published and ours"),
        desk.pick(
            f"{close} af {len(compared)} inden for deres bånd · {count(data['persons'], 'da')} personer",
            f"{close} of {len(compared)} within their band · {count(data['persons'], 'en')} persons",
        ),
    )
    for one in rows:
        desk.out.print()
        display.line(desk.out, f"{one.what[desk.lang]} ({one.unit})")
        published = "–" if one.published is None else _number(one.published, desk.lang)
        said = desk.pick(
            f"offentliggjort {published}, her {_number(one.ours, desk.lang)}",
            f"published {published}, ours {_number(one.ours, desk.lang)}",
        )
        if one.deviation is not None and one.band is not None:
            band = percent(one.band, desk.lang)
            said += f" · {percent(one.deviation, desk.lang, signed=True)} ({desk.pick('bånd', 'band')} ±{band})"
        mark = desk.pick(" UDEN FOR", " OUTSIDE") if one.within is False else ""
        desk.out.print(Text("  " + said + mark, style="bold red" if one.within is False else ""), soft_wrap=True)
        if one.within is False and one.why:
            display.line(desk.out, one.why, 4)
        desk.out.print(Text("  " + one.source, style="dim"), soft_wrap=True)


def _number(value: float, lang: Language) -> str:
    if abs(value) >= _SMALL:
        return count(value, lang)
    text = f"{value:.1f}"
    return text.replace(".", ",") if lang == "da" else text
