"""Persons by municipality, sex, age and state: the published margins, raked, and as whole persons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation.raking import Raked, Rates, Totals, rake, whole
from fodfaeste.population.nation.sources import AGES, SEXES, kommuner, margins, population, states

Array = npt.NDArray[Any]


@lru_cache(maxsize=1)
def raked() -> Raked:
    """Municipality × sex × age × state, moved to every margin."""
    return rake(_seed(), _margins())


@lru_cache(maxsize=4)
def counts(persons: int) -> npt.NDArray[np.int64]:
    """Whole persons by municipality × sex × age × state; states and municipalities are off by one person at most."""
    by_state = np.moveaxis(raked().cells, 3, 0)
    return np.ascontiguousarray(np.moveaxis(whole(by_state, persons), 0, 3))


def published_persons() -> int:
    """Persons in the published population."""
    return int(margins()["population"]["nation"]["total"])


def _seed() -> Array:
    """The population, shared among the states a person of that age may be in, by their size in 2017."""
    people = population()
    allowed = np.zeros((len(AGES), len(states())))
    for number, one in enumerate(margins()["states"].values()):
        youngest, oldest = one["ages"]
        inside = np.array([youngest <= age <= oldest for age in AGES])
        allowed[inside, number] = one["seed"] / people[:, :, inside].sum()
    return people[..., None] * allowed


def selection(names: Iterable[str]) -> Array:
    """Whether each state is among those named."""
    wanted = set(names)
    return np.array([state in wanted for state in states()])


def _label(part: Array, group: Array | int, given: dict[str, Any]) -> Array:
    """The group of every cell: those of the states, sex, ages and landsdel given; -1 elsewhere."""
    shape = (len(kommuner()), len(SEXES), len(AGES), len(states()))
    inside = np.broadcast_to(part, shape).copy()
    if "sex" in given:
        inside &= np.array([sex == given["sex"] for sex in SEXES])[None, :, None, None]
    if "ages" in given:
        low, high = given["ages"]
        inside &= np.array([low <= age <= high for age in AGES])[None, None, :, None]
    if "landsdel" in given:
        inside &= np.array([one.landsdel == given["landsdel"] for one in kommuner()])[:, None, None, None]
    groups = np.broadcast_to(np.asarray(group).reshape(-1, 1, 1, 1), shape)
    return np.where(inside, groups, -1).ravel()


def rate_cells(given: dict[str, Any]) -> tuple[Array, Array]:
    """The cells a published rate is of: the part, and what it is a share of."""
    found = margins()
    part = _label(selection(found[given["part"]]), 0, given)
    of = _label(selection(found[given["of"]]), 0, {} if given.get("share_of_all") else given)
    return part, of


def municipal_level(given: dict[str, Any], now: float | None = None) -> float:
    """What a municipality's former rate is multiplied by to stand at today's national level."""
    return float((now if now is not None else given["nation_now"]) / given["nation_then"])


def assistance_now() -> float:
    """Persons on assistance under 30 for each person aged 15 to 29 today."""
    found = margins()
    total = sum(row["count"] for row in found["totals"] if row["state"] in found["assistance_under_30"])
    young = [age in range(15, 30) for age in AGES]
    return float(total / population()[:, :, young].sum())


def _margins() -> list[Totals | Rates]:
    found, people = margins(), population()
    shape = (*people.shape, len(states()))
    person_cells = np.broadcast_to(np.arange(people.size).reshape(*people.shape, 1), shape).ravel()
    totals = np.zeros(len(states()))
    numbers = {state: i for i, state in enumerate(states())}
    by_state = np.full(len(states()), -1)
    for row in found["totals"]:
        totals[numbers[row["state"]]] = row["count"]
        by_state[numbers[row["state"]]] = numbers[row["state"]]
    made: list[Totals | Rates] = [
        Rates(row["id"], *rate_cells(row), np.array([row["rate"]])) for row in found["rates"]
    ]  # fmt: skip
    made += [
        _municipal("municipal_rates", municipal_level(found["municipal_rates"])),
        _municipal("municipal_assistance", municipal_level(found["municipal_assistance"], assistance_now())),
        Totals("states", np.broadcast_to(by_state, shape).ravel(), totals),
        Totals("population", person_cells, people.ravel()),
    ]
    return made


def _municipal(name: str, level: float) -> Rates:
    """The rates of the municipalities named; the others are free."""
    given = margins()[name]
    listed = list(given["rates"])
    group = np.array([listed.index(one.name) if one.name in listed else -1 for one in kommuner()])
    everybody = np.ones(len(states()), bool)
    of = selection(margins()[given["of"]]) if "of" in given else everybody
    part = _label(selection(margins()[given["part"]]), group, given)
    return Rates(name, part, _label(of, group, given), np.array([given["rates"][one] * level for one in listed]))
