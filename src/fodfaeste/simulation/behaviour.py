"""Declared behaviour: how people move and what offices do, each figure with source or interval."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fodfaeste.population.luck import Purpose, words


@lru_cache(maxsize=1)
def declared() -> dict[str, Any]:
    """The models as they are written down."""
    text = files(__package__).joinpath("behaviour.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


IN_THE_LAW = ("agreed_weeks", "need_weeks")
"""Figures that fill holes of the law. They are drawn together from low, central and high, because each draw asks the
whole law anew."""

_TOGETHER = 9_999


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
        luck = int(words(number, 1, Purpose.PARAMETER, seed, replication)[0]) / 2**32
        if one.path[-1] in IN_THE_LAW:
            together = int(words(_TOGETHER, 1, Purpose.PARAMETER, seed, replication)[0]) * 3 >> 32
            values[one.path] = (one.low, one.value, one.high)[together]
            continue
        # Half of the draws lie on each side of the central value, however lopsided the interval is.
        if luck < 0.5:
            values[one.path] = one.low + (one.value - one.low) * luck * 2
        else:
            values[one.path] = one.value + (one.high - one.value) * (luck * 2 - 1)
    return with_values(values, models)
