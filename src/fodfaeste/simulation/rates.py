"""From published stocks and declared models to chances a kernel can use: whole numbers, the same on every machine.

How many come into a state each week is what keeps its stock as published: those who leave, less those who come from
another state of the clock. The stocks themselves are then no result; what a regime does to them is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.population.nation import AGES, states
from fodfaeste.population.nation.cells import raked, selection
from fodfaeste.population.nation.sources import duration_models, dying, leaving, longest_spell, margins

Array = npt.NDArray[Any]

ONE = 1 << 32
"""Certainty, for chances compared with a word of luck."""

STEP = 20
"""Weekly chances of leaving are kept in 2 to the power of minus this."""

QUIET = ("uddannelse", "beskaeftigelse", "oevrige")
"""States in which nothing happens most weeks."""

_LOWEST, _HIGHEST = 0.3, 3.0  # a municipality's risk, however few its unemployed


@dataclass(frozen=True)
class Flows:
    """Chances of moving. ``leave[s, w]`` in 2**-STEP; ``goes[s, t]`` and ``there[s, w]`` in 2**-32, ``goes`` summed up.

    ``shock`` is the chance of a shock in a week in 2**-32; of shocks, ``quit[q, a, t]`` (in 2**-32, not summed up) make
    somebody of age a leave quiet state q for t. ``risk[k]`` (2**-16) multiplies it for the states in ``unemployed``.
    ``again`` (2**-16) is how much oftener those come back who left within ``again_weeks``.
    """

    leave: Array
    there: Array
    goes: Array
    shock: int
    quit: Array
    risk: Array
    unemployed: Array
    again: int
    again_weeks: int


@lru_cache(maxsize=1)
def _stocks() -> Array:
    """Persons by age and state, as raked."""
    by_age = raked().cells
    return np.array(
        [
            [fsum(by_age[:, :, age, state].ravel().tolist()) for state in range(len(states()))]
            for age in range(len(AGES))
        ]
    )


_A_YEAR = 365.25 / 7
_LIFE = 1 << 31
_OLDEST = 110  # years nobody lives beyond


def life(models: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """By sex and age in weeks: of 2**31 born, how many are still alive, at the declared chances of dying."""
    scale = float(models["deaths"]["value"])
    found = np.zeros((len(dying()), int(_OLDEST * _A_YEAR) + 1), np.int64)
    for sex, hazards in enumerate(dying().tolist()):
        chances = [int(one * scale / _A_YEAR * ONE) for one in hazards]
        left = _LIFE << STEP
        for week in range(found.shape[1] - 1):
            found[sex, week] = left >> STEP
            left -= left * chances[_around(week / _A_YEAR)] >> 32
    return found


def _around(years: float) -> int:
    """The number of the age of ``dying`` somebody is nearest to."""
    step = AGES[1] - AGES[0]
    return min(int((years + step / 2) // step), len(AGES) - 1)


def _deaths(models: Mapping[str, Any]) -> dict[str, float]:
    """Persons who die in a week, by the state they are in."""
    cells, weekly = raked().cells, dying() * float(models["deaths"]["value"]) / _A_YEAR
    older = np.concatenate([weekly[:, 1:], weekly[:, -1:]], axis=1)
    chance = (weekly + older) / 2  # half of each five-year age is nearer to the next
    return {
        state: fsum(
            fsum(cells[:, sex, age, number].tolist()) * chance[sex, age]
            for sex in range(len(chance)) for age in range(len(AGES))
        )
        for number, state in enumerate(states())
    }  # fmt: skip


@lru_cache(maxsize=1)
def _risks() -> npt.NDArray[np.int64]:
    """How much likelier unemployment is in each municipality than in the nation, in 2**-16."""
    cells, found = raked().cells, margins()
    part = [fsum(one.ravel().tolist()) for one in cells[..., selection(found["unemployed"])]]
    of = [fsum(one.ravel().tolist()) for one in cells[..., selection(found["labour_force"])]]
    nation = fsum(part) / fsum(of)
    return np.array([int(min(max(p / o / nation, _LOWEST), _HIGHEST) * 65536) for p, o in zip(part, of, strict=True)])


def flows(models: Mapping[str, Any], to_work: Mapping[str, float] | None = None) -> Flows:
    """Chances under declared models; ``to_work`` multiplies, by state, how often people leave for work.

    The arrivals are those of the models without ``to_work``: a regime that lets people leave sooner brings no more in.
    """
    faster = to_work or {}
    names, last = states(), longest_spell()
    shape = (len(names), last)
    leave, there = np.zeros(shape, np.int64), np.full(shape, ONE, np.int64)
    goes = np.zeros((len(names), len(names)), np.int64)
    for state in duration_models():
        number = names.index(state)
        shares = _shares(models, state)
        share_work = shares.get("beskaeftigelse", 0.0)
        factor = 1 + share_work * (faster.get(state, 1.0) - 1)
        chance = _leaving(models, state, last)
        leave[number] = np.minimum([int(one * factor * (1 << STEP) / 1_000_000) for one in chance.tolist()], 1 << STEP)
        there[number] = _survival(chance)
        if share_work:
            shares = {to: share / factor for to, share in shares.items()}
            shares["beskaeftigelse"] *= faster.get(state, 1.0)
        goes[number] = _summed_up([shares.get(one, 0.0) for one in names])
    shock, quit_ = _quits(models)
    returns = models["returns"]
    risk, unemployed = _risks(), selection(margins()["unemployed"])
    again = int((float(returns["value"]) - 1) * 65536)
    return Flows(leave, there, goes, shock, quit_, risk, unemployed, again, int(returns["weeks"]))


def arrivals(models: Mapping[str, Any]) -> dict[str, float]:
    """Persons who come into each state in a week from outside the clock, so that its stock stays."""
    names = states()
    stock = dict(zip(names, _stocks().sum(axis=0).tolist(), strict=True))
    dead = _deaths(models)
    out = {state: stock[state] / _mean_weeks(models, state) + dead[state] for state in duration_models()}
    inside = {state: fsum(out[other] * _shares(models, other).get(state, 0.0) for other in out) for state in names}
    closed = models["arrivals"]["none"]
    return {
        state: max(out.get(state, 0.0) - inside[state], 0.0)
        for state in models["arrivals"]["to"]
        if state not in closed and state in out
    }


def _leaving(models: Mapping[str, Any], state: str, weeks: int) -> Array:
    """The weekly chance of leaving in millionths, with spells as long as the models have them."""
    return np.array([int(one / float(models["stays"].get(state, 1.0))) for one in leaving(state, weeks).tolist()])


def _mean_weeks(models: Mapping[str, Any], state: str) -> float:
    """Persons in a state for each who leaves it in a week, as long as their spells are spread as a stock has them."""
    there = _survival(_leaving(models, state, longest_spell() + 1))
    return sum(there[:-1]) / (there[0] - there[-1])


def _shares(models: Mapping[str, Any], state: str) -> dict[str, float]:
    found = {to: float(share) for to, share in models["moves"]["from"][state].items()}
    found["oevrige"] = max(1 - fsum(found.values()), 0.0)
    return found


def _summed_up(shares: list[float]) -> list[int]:
    total = fsum(shares)
    running, edges = 0.0, []
    for share in shares:
        running += share / total
        edges.append(min(int(running * ONE), ONE))
    edges[-1] = ONE
    return edges


def _survival(chance: Array) -> list[int]:
    """Of 2**32 who begin, how many are there after each week; as the kernel reckons it."""
    left, found = ONE, []
    for one in chance.tolist():
        found.append(left)
        left -= (left * int(one * (1 << STEP) / 1_000_000)) >> STEP
    return found


def _quits(models: Mapping[str, Any]) -> tuple[int, Array]:
    """The chance of a shock, and of shocks those that move somebody of an age from a quiet state to another."""
    names, stocks = states(), _stocks()
    weekly = np.zeros((len(names), len(AGES), len(names)))
    recent = _recent(models)
    for state, number in arrivals(models).items():
        to = names.index(state)
        for source, share in models["arrivals"]["to"][state].items():
            at = names.index(source)
            weekly[at, :, to] += _by_age(number * share, stocks[:, to], stocks[:, at]) / recent[source]
    leaves = float(models["leaves_education"]["value"])
    weekly[names.index("uddannelse"), :, names.index("beskaeftigelse")] += leaves
    _balance(models, weekly, stocks)
    top = float(weekly.sum(axis=2).max()) * max(_risks().max() / 65536, 1.0)
    shock = int(min(top, 0.5) * ONE)
    return shock, np.array((weekly * (ONE / top)).astype(np.int64))


def _by_age(number: float, coming: Array, there: Array) -> Array:
    """Weekly chances by age, so that those who come are of the ages of the stock they come to."""
    able = np.where(there > 0, coming, 0.0)
    total = fsum(able.tolist())
    wanted = number * able / total if total else able
    return np.minimum(np.divide(wanted, there, out=np.zeros_like(wanted), where=there > 0), 0.05)


def _recent(models: Mapping[str, Any]) -> dict[str, float]:
    """What the arrivals of a quiet state are divided by, because its newcomers leave oftener for a while."""
    stock = dict(zip(states(), _stocks().sum(axis=0).tolist(), strict=True))
    often, weeks = float(models["returns"]["value"]), int(models["returns"]["weeks"])
    found = {}
    for quiet in QUIET:
        new = fsum(stock[s] / _mean_weeks(models, s) * _shares(models, s).get(quiet, 0.0) for s in duration_models())
        found[quiet] = 1 + min(new * weeks / stock[quiet], 1.0) * (often - 1)
    return found


def _balance(models: Mapping[str, Any], weekly: Array, stocks: Array) -> None:
    """Those outside the labour force take up work as fast as others come, so that their number stays."""
    names = states()
    outside, work = names.index("oevrige"), names.index("beskaeftigelse")
    stock = dict(zip(names, stocks.sum(axis=0).tolist(), strict=True))
    come = fsum(stock[s] / _mean_weeks(models, s) * _shares(models, s).get("oevrige", 0.0) for s in duration_models())
    go = fsum((weekly[outside].sum(axis=1) * stocks[:, outside]).tolist())
    weekly[outside, :, work] += max(come - go, 0.0) / stock["oevrige"]
