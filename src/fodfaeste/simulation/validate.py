"""Published figures beside ours, with deviation and source. What lies outside its band is shown, never tuned away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from fodfaeste.foundation import parse_day
from fodfaeste.population.nation import People, published_persons, states
from fodfaeste.rulebook import Law
from fodfaeste.simulation.behaviour import declared
from fodfaeste.simulation.compare import Replication
from fodfaeste.simulation.lawtables import ACT, Side
from fodfaeste.simulation.run import Engine, run_nation
from fodfaeste.simulation.setup import setup
from fodfaeste.simulation.situations import DAYS_A_WEEK, grid

TALKS = ("samtale", "akasse-samtale", "sygesamtale")


@dataclass(frozen=True)
class Held:
    """A published figure and ours. ``within`` is None where nothing is compared."""

    id: str
    what: dict[str, str]
    published: float | None
    ours: float
    band: float | None
    unit: str
    source: str
    why: str

    @property
    def deviation(self) -> float | None:
        """Ours less the published, as a share of the published."""
        return None if not self.published else self.ours / self.published - 1

    @property
    def within(self) -> bool | None:
        """Whether the two lie as near as the band asks."""
        if self.deviation is None or self.band is None:
            return None
        return abs(self.deviation) <= self.band

    def as_dict(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "id": self.id, "what": self.what, "published": self.published, "ours": self.ours, "unit": self.unit,
            "deviation": self.deviation, "band": self.band, "within": self.within, "source": self.source,
            "why": self.why if self.within is False else "",
        }  # fmt: skip


@lru_cache(maxsize=1)
def validation() -> dict[str, Any]:
    """The figures as they are written down."""
    text = files(__package__).joinpath("validation.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def validate(law: Law, people: People, seed: int = 1, engine: Engine | None = None) -> list[Held]:
    """Run the nation under the laws of the figures, each standing still, and hold every figure against ours."""
    given, models = validation(), declared()
    days = {str(name): parse_day(str(day)) for name, day in given["laws"].items()}
    sides = [Side(name, day, ()) for name, day in days.items()]
    start = -(-(max(days.values()) - 4) // DAYS_A_WEEK) * DAYS_A_WEEK + 4  # the Monday on or after the latest
    run = setup(law, sides, start, int(given["weeks"]), models, seed)
    made = Replication(0, run, run_nation(people, run, engine), models, published_persons() / len(people))
    return [
        Held(
            one["id"], one["what"], one["published"], _ours(made, one["ours"], list(days)), one["band"], one["unit"],
            one["source"], one["why"],
        )
        for one in given["figures"]
    ]  # fmt: skip


def _ours(made: Replication, asked: dict[str, Any], laws: list[str]) -> float:
    """Our figure: the measure named first, under the law or laws named."""
    kind = next(iter(asked))
    return _MEASURES[kind](made, asked, [laws.index(str(one)) for one in asked.get("laws", [asked.get("law")])])


def _numbers(names: list[str]) -> list[int]:
    return [states().index(name) for name in names]


def _years(made: Replication) -> float:
    return made.run.weeks / 52


def _mean_stock(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    there = made.totals.people()[sides[0]][:, _numbers(asked["mean_stock"])]
    return float(there.sum(axis=1).mean() * made.scale)


def _start_stock(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    return float(made.totals.people()[sides[0], 0, _numbers(asked["start_stock"])].sum() * made.scale)


def _persons(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    """Those who were there at the start, and every spell that begins in a year."""
    inside = _numbers(asked["persons_in_a_year"])
    there = made.totals.people()[sides[0], 0, inside].sum()
    moves = made.totals.moves[sides[0]].sum(axis=0)
    outside = [state for state in range(len(states())) if state not in inside]
    come = moves[np.ix_(outside, inside)].sum() / _years(made)
    return float((there + come) * made.scale)


def _done(made: Replication, side: int, acts: list[str], state: str | None = None, due: bool = False) -> float:
    numbers = [made.run.law.acts.index(act) for act in acts]
    found = made.totals.acts[side][:, :, numbers]
    if state is not None:
        found = found[:, [states().index(state)]]
    return float(found.sum() if due else found[..., 0].sum())


def _acts_per_year(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    weeks = made.totals.people()[sides[0], :, states().index(asked["state"])].sum()
    return _done(made, sides[0], asked["acts_per_year"], asked["state"]) / float(weeks) * 52


def _required(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    """Talks a course kept as the law asks has had before a week; the oldest, with education."""
    law, state = made.run.law, asked["required_talks"]
    course = max(i for i, one in enumerate(grid()) if one.state == state)
    table = int(law.which[sides[0], 0, 0])
    rows = range(law.at[table, course, 0], law.at[table, course, asked["before_week"]])
    talks = {made.run.law.acts.index(act) for act in TALKS}
    return float(sum(law.kind[row] == ACT and int(law.ref[row]) in talks for row in rows))


def _fewer_acts(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    before, after = (_done(made, side, asked["fewer_acts"], due=True) for side in sides)
    return (before - after) * made.scale / _years(made)


def _fewer_duties(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    number = [duty.norm for duty in made.run.law.duties].index(asked["fewer_duties"])
    before, after = (float(made.totals.fallen[side, :, number].sum()) for side in sides)
    return (before - after) * made.scale / _years(made)


def _positions(made: Replication, asked: dict[str, Any], sides: list[int]) -> float:
    year = float(made.models["offices"]["hours_a_position"]["value"])
    return float(made.hours()[sides[0]].sum()) / _years(made) / year


_MEASURES: dict[str, Callable[[Replication, dict[str, Any], list[int]], float]] = {
    "mean_stock": _mean_stock,
    "start_stock": _start_stock,
    "persons_in_a_year": _persons,
    "acts_per_year": _acts_per_year,
    "required_talks": _required,
    "fewer_acts": _fewer_acts,
    "fewer_duties": _fewer_duties,
    "positions": _positions,
}
