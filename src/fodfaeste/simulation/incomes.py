"""Amounts of benefits as the rulebook has them, and the households they are paid to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import exp
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from fodfaeste.facts.encoding import encode
from fodfaeste.facts.view import View
from fodfaeste.population.luck import Purpose, words
from fodfaeste.reasoning import judge_of
from fodfaeste.reasoning.generated import closure
from fodfaeste.rulebook import Law, Rulebook
from fodfaeste.rulebook.periods import periods
from fodfaeste.simulation.behaviour import between, parameters, with_values
from fodfaeste.simulation.situations import Records, Situation

Array = npt.NDArray[Any]

MONTHS, WEEKS = 12, 52
UNKNOWN_DECILE = 0
_APART = 1_000_000  # these figures draw their luck far from those of behaviour
_LATE = 8  # the week of a course an amount is asked about: past the waiting times of its first weeks


@lru_cache(maxsize=1)
def declared_incomes() -> dict[str, Any]:
    """The models as they are written down."""
    text = files(__package__).joinpath("incomes.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def drawn_incomes(replication: int, seed: int) -> dict[str, Any]:
    """The models of one replication; 0 has the central values."""
    given = declared_incomes()
    if replication == 0:
        return with_values({}, given)
    values = {
        one.path: between(one.low, one.value, one.high, _APART + number, seed, replication)
        for number, one in enumerate(parameters(given))
    }
    return with_values(values, given)


def kinds() -> tuple[str, ...]:
    """Kinds of households, in the order of their numbers."""
    return tuple(declared_incomes()["kinds"])


def households(persons: Array, seed: int, models: Mapping[str, Any]) -> Array:
    """The kind of household of each person: the same luck in every replication, the shares as the models have them."""
    if not len(persons):
        return np.zeros(0, np.int64)
    first, last = int(persons.min()), int(persons.max())
    luck = words(first, last - first + 1, Purpose.HOUSEHOLD, seed)[persons - first]
    edges = np.cumsum([float(one["value"]) for one in models["households"].values()])
    limits = (np.minimum(edges, 1.0) * 2**32).astype(np.int64)
    return np.asarray(np.searchsorted(limits, luck.astype(np.int64), "right"))


class Amounts:
    """What a rulebook pays, in øre a month, asked of the evaluator of one case."""

    def __init__(self, law: Law, book: Rulebook, records: Records, facts: Mapping[str, Any]) -> None:
        """``facts`` are what everybody has on record beside the situation and the household."""
        self.book, self.records, self.facts = book, records, facts
        self.periods, self.judge = periods(law), judge_of(book)
        self._found: dict[tuple[str, Situation, int], int | None] = {}

    def of(self, benefit: str, one: Situation, kind: int) -> int | None:
        """Øre a month of a benefit in a situation and a kind of household; None where the law or the facts lack."""
        norm = self._norm_of(benefit)
        return None if norm is None else self.norm(norm, one, kind)

    def deciding(self, benefit: str) -> frozenset[tuple[str, str]]:
        """The wordings of everything that decides the amount of a benefit; nothing where the law has no amount."""
        norm = self._norm_of(benefit)
        if norm is None:
            return frozenset()
        return frozenset((id_, self.book.norms[id_].digest) for id_ in closure(self.book, norm))

    def _norm_of(self, benefit: str) -> str | None:
        there = (id_ for id_, norm in self.book.norms.items() if not norm.absent)
        return next((id_ for id_ in there if id_.partition(".ydelse.")[2] == benefit), None)

    def plain(self, norm: str, one: Situation, kind: int) -> int | None:
        """The value of a norm that is no amount a month, as the rulebook stores it; None where it is not known."""
        if norm not in self.book.norms or self.book.norms[norm].absent:
            return None
        raw: Any = self.judge.one(self._view(one, kind), norm)
        value: int | None = raw[0]
        return value

    def norm(self, norm: str, one: Situation, kind: int) -> int | None:
        """As ``of``, of a norm in kroner; None for one that is not there, or that counts per something else."""
        key = (norm, one, kind)
        if key not in self._found:
            self._found[key] = self._monthly(norm, self.plain(norm, one, kind))
        return self._found[key]

    def _monthly(self, norm: str, value: int | None) -> int | None:
        per = None if value is None else self.periods.norm(norm)
        if value is None or per not in ("month", "week"):
            return None
        return value if per == "month" else (value * WEEKS + MONTHS // 2) // MONTHS

    def _view(self, one: Situation, kind: int) -> View:
        found = self.records.view(one, self.book.day, _LATE, [])
        words_, models = self.book.vocabulary, declared_incomes()
        given = models["plain"] | models["kinds"][kinds()[kind]]["facts"] | dict(self.facts)
        for name, value in given.items():
            if name in words_.fields:
                field = words_.fields[name]
                found.fields[field.index] = encode(value, field.type, words_)
        return found


@dataclass(frozen=True)
class Deciles:
    """Upper limits of the first nine tenths of people by equivalised disposable income, kroner a year."""

    limits: tuple[float, ...]
    tax: float

    def of(self, monthly: int | None, kind: int) -> int:
        """The decile of somebody who lives on so many øre a month alone; UNKNOWN_DECILE with another's income."""
        given = declared_incomes()["kinds"][kinds()[kind]]
        if monthly is None or not given["alone"]:
            return UNKNOWN_DECILE
        income = monthly / 100 * MONTHS * (1 - self.tax) / float(given["adults"])
        return 1 + sum(income > limit for limit in self.limits)


def deciles(models: Mapping[str, Any]) -> Deciles:
    """The limits under declared models."""
    spread, mean = float(models["deciles"]["spread"]["value"]), float(models["deciles"]["mean"]["value"])
    middle = mean * exp(-spread * spread / 2)
    normal = NormalDist()
    limits = tuple(middle * exp(spread * normal.inv_cdf(tenth / 10)) for tenth in range(1, 10))
    return Deciles(limits, float(models["tax"]["value"]))
