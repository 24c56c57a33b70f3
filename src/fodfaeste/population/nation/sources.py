"""The figures a nation is built from, as they stand in the files beside this one."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

Array = npt.NDArray[Any]

SEXES = ("k", "m")
AGES = tuple(range(0, 90, 5))
"""First year of each five-year age; the last is open."""

SCALE = 1_000_000
"""Chances are kept in millionths."""


@dataclass(frozen=True)
class Kommune:
    """A municipality of the published lists."""

    code: int
    name: str
    region: str
    landsdel: str
    group: str


@lru_cache(maxsize=1)
def margins() -> dict[str, Any]:
    """Margins, states and assumptions, each with its source."""
    found: dict[str, Any] = yaml.safe_load(_text("margins.yaml"))
    return found


@lru_cache(maxsize=1)
def states() -> tuple[str, ...]:
    """Labour-market states, in the order of their numbers."""
    return tuple(margins()["states"])


@lru_cache(maxsize=1)
def educations() -> tuple[str, ...]:
    """Levels of education, in the order of their numbers; only the first does not qualify for work."""
    return tuple(margins()["education"]["levels"])


@lru_cache(maxsize=1)
def kommuner() -> tuple[Kommune, ...]:
    """The municipalities, in the order of their numbers."""
    rows = csv.DictReader(_text("kommuner.csv").splitlines())
    return tuple(Kommune(int(r["kode"]), r["navn"], r["region"], r["landsdel"], r["gruppe"]) for r in rows)


@lru_cache(maxsize=1)
def population() -> Array:
    """Municipality × sex × age: persons of 2020 brought to the national figures of 2025."""
    place = {one.code: i for i, one in enumerate(kommuner())}
    then = np.zeros((len(place), len(SEXES), len(AGES)))
    for row in csv.DictReader(_text("municipality/folketal.csv", room=True).splitlines()):
        age = min(int(row["alder"].replace("+", "-").split("-")[0]), AGES[-1])
        then[place[int(row["kommune_kode"])], SEXES.index(row["koen"]), AGES.index(age)] += int(row["antal"])
    now = _by_sex_and_age("folketal_2025.csv")
    return np.asarray(then * (now / np.add.reduce(then, axis=0)))


@lru_cache(maxsize=1)
def dying() -> Array:
    """By sex and five-year age: the yearly hazard of dying, from who is left of each age of 2020 in 2025.

    Deaths less net immigration, so ages that grew have none; people 60 and more seldom move abroad or in.
    """
    then, now = (_by_sex_and_age(f"folketal_{year}.csv") for year in (2020, 2025))
    left = now[:, 1:] / then[:, :-1]
    left[:, -1] = now[:, -1] / (then[:, -2] + then[:, -1])  # the oldest age is open
    yearly = np.maximum(-np.log(left) / (AGES[1] - AGES[0]), 0)
    return np.concatenate([np.zeros((len(SEXES), 1)), yearly.round(9)], axis=1)  # rounded: alike on every machine


def _by_sex_and_age(name: str) -> Array:
    found = np.zeros((len(SEXES), len(AGES)))
    for row in csv.DictReader(_text(name).splitlines()):
        found[SEXES.index(row["koen"]), AGES.index(int(row["alder"]))] = int(row["antal"])
    return found


@lru_cache(maxsize=1)
def _durations() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_text("durations.yaml"))
    return found


def duration_models() -> dict[str, Any]:
    """By state: the weekly chance of leaving, what it was fitted to, or how far the assumption may be off."""
    found: dict[str, Any] = _durations()["states"]
    return found


def longest_spell() -> int:
    """The most weeks a person may already have been in a state when the clock starts."""
    return int(_durations()["longest"])


def leaving(state: str, weeks: int) -> npt.NDArray[np.int64]:
    """The chance of leaving in each of so many weeks since the spell began, in millionths. KeyError without a model."""
    steps = duration_models()[state]["leaves"]
    starts = np.array([start for start, _ in steps])
    chance = np.array([value for _, value in steps], np.int64)
    return chance[np.searchsorted(starts, np.arange(weeks), "right") - 1]


def still_there(state: str, weeks: int) -> npt.NDArray[np.int64]:
    """Of a thousand million who begin, how many are still in the state after each number of weeks; whole numbers."""
    found = np.empty(weeks, np.int64)
    left = SCALE * 1000
    for week, chance in enumerate(leaving(state, weeks).tolist()):
        found[week] = left
        left -= left * chance // SCALE
    return found


def _text(name: str, room: bool = False) -> str:
    folder = files("fodfaeste.population")
    return (folder if room else folder.joinpath("nation")).joinpath(name).read_text(encoding="utf-8")
