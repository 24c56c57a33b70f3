"""Declared behaviour: how people move and what offices do, each figure with source or interval."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import fsum
from typing import Any

import yaml

from fodfaeste.population.luck import Purpose, words
from fodfaeste.population.nation.sources import duration_models


@lru_cache(maxsize=1)
def declared() -> dict[str, Any]:
    """The models as they are written down."""
    text = files(__package__).joinpath("behaviour.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


IN_THE_LAW = ("agreed_weeks", "need_weeks", "case_weeks")
"""Figures that fill holes of the law. They are drawn together from low, central and high, because each draw asks the
whole law anew."""

_TOGETHER = 9_999
_FLOWS, _STAYS = 20_000, 30_000
"""Where the draws of flows begin, far from those of parameters and effects."""

_HALF = 0.5


@dataclass(frozen=True)
class Parameter:
    """One figure of a model: its value, the interval it may lie in, and where both are from."""

    path: tuple[str, ...]
    value: float
    low: float
    high: float
    source: str

    @property
    def name(self) -> str:
        """The place in the file, with points between."""
        return ".".join(self.path)


def parameters(models: Mapping[str, Any] | None = None) -> Iterator[Parameter]:
    """Every figure that has an interval of its own."""
    yield from _found(models if models is not None else declared(), ())


def _found(node: Any, path: tuple[str, ...]) -> Iterator[Parameter]:
    if not isinstance(node, Mapping):
        return
    if "value" in node and "interval" in node:
        low, high = node["interval"]
        source = str(node.get("source") or node.get("assumption") or "assumption")
        yield Parameter(path, float(node["value"]), float(low), float(high), source)
        return
    for name, below in node.items():
        yield from _found(below, (*path, str(name)))


def with_values(values: Mapping[tuple[str, ...], float], models: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The models with other values at some places."""
    made: dict[str, Any] = copy.deepcopy(dict(models if models is not None else declared()))
    for path, value in values.items():
        node = made
        for name in path:
            node = node[name]
        node["value"] = value
    return made


def drawn(replication: int, seed: int, models: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The models of one replication: 0 has the central values, others draw each from its interval."""
    if replication == 0:
        return with_values({}, models)
    values = {}
    for number, one in enumerate(parameters(models)):
        if one.path[-1] in IN_THE_LAW:
            together = int(words(_TOGETHER, 1, Purpose.PARAMETER, seed, replication)[0]) * 3 >> 32
            values[one.path] = (one.low, one.value, one.high)[together]
            continue
        values[one.path] = between(one.low, one.value, one.high, number, seed, replication)
    return _flows(with_values(values, models), seed, replication)


def between(low: float, value: float, high: float, number: int, seed: int, replication: int) -> float:
    """Draw ``number`` of a replication. Half lie on each side of the central value, however lopsided it is."""
    luck = int(words(number, 1, Purpose.PARAMETER, seed, replication)[0]) / 2**32
    if luck < _HALF:
        return low + (value - low) * luck * 2
    return value + (high - value) * (luck * 2 - 1)


def _flows(models: dict[str, Any], seed: int, replication: int) -> dict[str, Any]:
    """Draw where people go and come from, and how long they stay: each share and each mean for itself."""
    shares = (models["moves"], models["moves"]["from"]), (models["arrivals"], models["arrivals"]["to"])
    number = _FLOWS
    for given, rows in shares:
        part = float(given["interval"])
        for row in rows.values():
            for name, share in row.items():
                row[name] = share * between(1 - part, 1.0, 1 + part, number, seed, replication)
                number += 1
    for row in models["moves"]["from"].values():
        _at_most_everybody(row)
    for row in models["arrivals"]["to"].values():
        whole = fsum(row.values())
        row.update({name: share / whole for name, share in row.items()})  # those who come, come from somewhere
    for place, (state, given) in enumerate(duration_models().items()):
        if "interval" in given:
            low, high = (bound / given["mean"] for bound in given["interval"])
            models["stays"][state] = between(low, 1.0, high, _STAYS + place, seed, replication)
    return models


def _at_most_everybody(row: dict[str, float]) -> None:
    whole = fsum(row.values())
    if whole > 1:
        row.update({name: share / whole for name, share in row.items()})
