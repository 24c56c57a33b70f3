"""A demonstration: two groups in which a scale of small steps moves before work does, because that is put in.

It shows what counting steps would show if the declared model (``progress.yaml``) were so, and how many people it takes
to see it. It says nothing about anybody, and nothing in it reaches casework: no rule reads a step that somebody took.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from math import ceil, inf
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from fodfaeste.population.luck import Purpose, words
from fodfaeste.simulation.behaviour import with_values
from fodfaeste.simulation.rates import ONE

Array = npt.NDArray[Any]


@lru_cache(maxsize=1)
def declared_progress() -> dict[str, Any]:
    """The model as it is written down."""
    text = files(__package__).joinpath("progress.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@dataclass(frozen=True)
class Seen:
    """Both groups after so many weeks: steps taken on average, and the share who have left for work.

    ``people_steps`` and ``people_work`` are how many people each group needs for the difference to be seen; None where
    there is none to see.
    """

    week: int
    steps: tuple[float, float]
    work: tuple[float, float]
    people_steps: int | None
    people_work: int | None


def demonstrate(weeks: tuple[int, ...], figures: Mapping[str, float] | None = None, seed: int = 1) -> list[Seen]:
    """Two groups, the second helped, at some weeks; ``figures`` are set in place of those declared.

    Each person has luck of her own: shared by the two groups, it would make the difference surer than a trial can.
    """
    models = with_values({(name,): value for name, value in (figures or {}).items()}, declared_progress())
    plain, helped = (_group(models, group, weeks, seed) for group in range(2))
    return [_seen(models, week, plain[week], helped[week]) for week in weeks]


def _group(models: Mapping[str, Any], group: int, weeks: tuple[int, ...], seed: int) -> dict[int, tuple[Array, Array]]:
    """By week: the steps each has taken, and whether she has left for work. Whoever has left takes no more steps."""
    number, most, lag = int(models["people"]), int(models["steps"]), int(models["lag_weeks"]["value"])
    chance = float(models["weekly"]["value"]) * (float(models["helped"]["value"]) if group else 1.0)
    base, each = float(models["work"]["value"]), float(models["each_step"]["value"])
    to_work = np.array([int(base * (1 + each * taken) * ONE) for taken in range(most + 1)])
    steps, gone = np.zeros(number, np.int64), np.zeros(number, bool)
    before = [steps.copy()] * lag  # the steps of each week that say nothing yet
    found = {}
    for week in range(1, max(weeks) + 1):
        known = before.pop(0) if before else steps
        gone |= words(group * number, number, Purpose.PROGRESS, seed, 2 * week) < to_work[known]
        taken = words(group * number, number, Purpose.PROGRESS, seed, 2 * week + 1) < int(chance * ONE)
        steps = np.minimum(steps + (taken & ~gone), most)
        before.append(steps)
        if week in weeks:
            found[week] = steps, gone.copy()
    return found


def _seen(models: Mapping[str, Any], week: int, plain: tuple[Array, Array], helped: tuple[Array, Array]) -> Seen:
    steps, work = ((float(one.mean()), float(other.mean())) for one, other in zip(plain, helped, strict=True))
    return Seen(
        week, steps, work, people(models, plain[0], helped[0]), people(models, plain[1], helped[1])
    )  # fmt: skip


def people(models: Mapping[str, Any], plain: Array, helped: Array) -> int | None:
    """How many each group needs to see this difference of means; None where the two groups do not show one themselves.

    The normal approximation for two means, with the spread of the groups.
    """
    level, power = float(models["level"]["value"]), float(models["power"]["value"])
    sure = NormalDist().inv_cdf(1 - level / 2)
    spread, difference = float(plain.var() + helped.var()), abs(float(helped.mean() - plain.mean()))
    needed = spread * ((sure + NormalDist().inv_cdf(power)) / difference) ** 2 if difference else inf
    shown = difference > sure * (spread / len(plain)) ** 0.5
    return ceil(needed) if shown else None
