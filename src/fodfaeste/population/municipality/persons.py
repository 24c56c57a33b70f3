"""Invented people: name, sex, age by the municipality's own population, and a person number nobody has."""

from __future__ import annotations

import csv
import random
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from fodfaeste.foundation import from_day
from fodfaeste.population.sample import shares

PROMISES = Path(__file__).with_name("promises.yaml")
"""The regime in which the invented municipality has promised more than the law."""

_SYNTHETIC = 60
"""Added to the day of a person number that is nobody's."""


@dataclass(frozen=True)
class Person:
    """Somebody invented; ``born`` in days since 1970."""

    number: str
    name: str
    woman: bool
    born: int
    phone: str


class People:
    """Draws people of a municipality; no two have the same person number."""

    def __init__(self, kommune: int, on: int) -> None:
        self._bands, self._weights = _ages(kommune)
        self._on = on
        self._taken: set[str] = set()

    def draw(self, chance: random.Random, youngest: int = 0, oldest: int = 200) -> Person:
        """Somebody between two ages (whole years, both included)."""
        ages = shares()["ages"]
        low, high = max(youngest, ages["lowest"]), min(oldest, ages["highest"])
        while True:
            woman, start = self._bands[bisect(self._weights, chance.random() * self._weights[-1])]
            age = start + chance.randrange(5)
            if low <= age <= high:
                break
        born = self._on - int((age + chance.random()) * 365.25)
        number = self._number(chance, born, woman)
        return Person(
            number, name(chance, woman), woman, born, f"{chance.randrange(20, 62)}{chance.randrange(10**6):06d}"
        )

    def _number(self, chance: random.Random, born: int, woman: bool) -> str:
        day = from_day(born)
        century = "0123" if day.year < 2000 else "4"
        while True:
            serial = chance.choice(century) + f"{chance.randrange(1000) // 2 * 2 + (not woman):03d}"
            found = f"{day.day + _SYNTHETIC:02d}{day.month:02d}{day.year % 100:02d}{serial}"
            if found not in self._taken:
                self._taken.add(found)
                return found


def name(chance: random.Random, woman: bool) -> str:
    """A common name, put together at random."""
    known = words("names.yaml")
    first = chance.choice(known["women" if woman else "men"])
    return f"{first} {chance.choice(known['surnames'])}"


@lru_cache(maxsize=4)
def words(file: str) -> Any:
    """A file of words beside this one."""
    return yaml.safe_load(files(__package__).joinpath(file).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _ages(kommune: int) -> tuple[list[tuple[bool, int]], list[float]]:
    """Sex and first year of each age band, with the persons in it added up; the whole country where none are told."""
    text = files(__package__).joinpath("folketal.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    own = [row for row in rows if int(row["kommune_kode"]) == kommune] or rows
    counts: dict[tuple[bool, int], int] = {}
    for row in own:
        band = (row["koen"] == "k", int(row["alder"].replace("+", "-").split("-")[0]))
        counts[band] = counts.get(band, 0) + int(row["antal"])
    return list(counts), list(accumulate(counts.values()))
