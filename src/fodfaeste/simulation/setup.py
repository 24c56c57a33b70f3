"""Everything a run needs besides the people, as plain arrays that can be sent anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from fodfaeste.foundation import from_day, weekday
from fodfaeste.population.nation import AGES, kommuner, states
from fodfaeste.population.nation.sources import duration_models, longest_spell
from fodfaeste.rulebook import Law
from fodfaeste.simulation.lawtables import LawTables, Side, acts, course_numbers, tables
from fodfaeste.simulation.rates import ONE, QUIET, flows, life
from fodfaeste.simulation.situations import DAYS_A_WEEK, situations

Array = npt.NDArray[Any]

_A_YEAR = 365.25
_CERTAIN_AGE = 70  # those who are past the age of retiring already stay until this one
_GAPS = 1024


@dataclass(frozen=True)
class Push:
    """What one side does to behaviour from a week on: ``to_work`` by state, ``kept`` of the acts by year."""

    to_work: Mapping[str, float]
    from_week: int = 0
    kept: tuple[float, ...] = ()


@dataclass(frozen=True)
class Setup:
    """Arrays of one run, as the kernel names them; ``digest`` tells runs apart."""

    start: int
    weeks: int
    seed: int
    replication: int
    sides: tuple[str, ...]
    years: tuple[int, ...]
    law: LawTables
    life: Array
    leave: Array
    there: Array
    goes: Array
    gaps: Array
    again_gaps: Array
    quit_to: Array
    quit_some: Array
    quit_all: Array
    risk: Array
    unemployed: Array
    again_weeks: int
    lead: Array
    phase: Array
    stretch: Array
    year: Array
    held: Array
    cut_chance: int
    retires: int
    school: int

    @property
    def epoch(self) -> int:
        """The number of the first week, counted from 1970."""
        return (self.start + 3) // DAYS_A_WEEK

    @cached_property
    def guides(self) -> tuple[Array, Array]:
        """Both waits with what shows where to begin to look; made once, not for each block."""
        return guided(self.gaps), guided(self.again_gaps)

    @property
    def digest(self) -> str:
        """A hash of everything that decides the sums, the people apart."""
        made = hashlib.sha256(files(__package__).joinpath("kernel.py").read_bytes())
        for part in (self, self.law):
            for one in fields(part):
                value = getattr(part, one.name)
                made.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        return made.hexdigest()


def setup(
    law: Law, sides: Sequence[Side], start: int, weeks: int, models: Mapping[str, Any], seed: int = 1,
    replication: int = 0, pushes: Sequence[Push | None] = (),
) -> Setup:  # fmt: skip
    """A run of these sides from a Monday on. ValueError for another day of the week, or no weeks."""
    if weekday(start) != 0:
        raise ValueError(f"{from_day(start)} is no Monday; a run begins on a Monday")
    if weeks < 1:
        raise ValueError("a run has at least one week")
    given = [*pushes, *([None] * (len(sides) - len(pushes)))]
    plain = flows(models)
    leave = np.repeat(plain.leave[None, None], len(sides), axis=0).repeat(2, axis=1)
    goes = np.repeat(plain.goes[None, None], len(sides), axis=0).repeat(2, axis=1)
    phase = np.zeros((len(sides), weeks), np.int64)
    for number, push in enumerate(given):
        if push is not None:
            moved = flows(models, push.to_work)
            leave[number, 1], goes[number, 1] = moved.leave, moved.goes
            phase[number, push.from_week :] = 1
    found = tables(law, sides, start, weeks, models)
    dates = [from_day(start + DAYS_A_WEEK * week).year for week in range(weeks)]
    years = tuple(sorted(set(dates)))
    return Setup(
        start, weeks, seed, replication, tuple(side.name for side in sides), years,
        found, life(models), leave, plain.there, goes, _gaps(plain.shock), _gaps((plain.shock * plain.again) >> 16),
        *_compact(plain.quit, plain.unemployed), plain.risk, plain.unemployed, plain.again_weeks,
        _leads(leave, goes, phase), phase, _stretches(found.which), np.array([years.index(one) for one in dates]),
        _held(models, len(sides), years, given), int(float(models["offices"]["attest_noedvendig"]["value"]) * ONE),
        int(float(models["retires"]["value"]) * _A_YEAR), int(float(models["school"]["value"]) * _A_YEAR),
    )  # fmt: skip


def _compact(quit_: Array, unemployed: Array) -> tuple[Array, Array, Array]:
    """Of a quiet state: where it leads (-1 ends the list), how often by age, and the sums: unemployment, the rest."""
    names, ages, _ = quit_.shape
    ways = [np.flatnonzero(quit_[s].sum(axis=0) > 0) for s in range(names)]
    most = max(len(one) for one in ways)
    to, some = np.full((names, most), -1, np.int64), np.zeros((names, ages, most), np.int64)
    for s, way in enumerate(ways):
        to[s, : len(way)], some[s, :, : len(way)] = way, quit_[s][:, way]
    both = np.stack([quit_[..., unemployed].sum(axis=2), quit_[..., ~unemployed].sum(axis=2)], axis=2)
    return to, some, both


def _leads(leave: Array, goes: Array, phase: Array) -> Array:
    """The first side of each whose people live alike, because nothing moves them otherwise."""

    def lived(side: int) -> tuple[bytes, ...]:
        used = sorted(set(phase[side].tolist()))
        same = all((leave[side, f] == leave[side, 0]).all() and (goes[side, f] == goes[side, 0]).all() for f in used)
        when = b"" if same else phase[side].tobytes()
        return (when, *(leave[side, f].tobytes() + goes[side, f].tobytes() for f in ([0] if same else used)))

    keys = [lived(side) for side in range(len(leave))]
    return np.array([keys.index(key) for key in keys], np.int64)


def _stretches(which: Array) -> Array:
    """By side and week: the next week in which the law changes anywhere."""
    sides, _, weeks = which.shape
    found = np.full((sides, weeks), weeks, np.int64)
    for side in range(sides):
        changes = np.flatnonzero((which[side, :, 1:] != which[side, :, :-1]).any(axis=0)) + 1
        for change in changes[::-1].tolist():
            found[side, :change] = change
    return found


def _gaps(shock: int) -> npt.NDArray[np.int64]:
    """Of 2**32, how many wait longer than so many weeks for a shock; nobody waits longer than the last."""
    found, left = [], ONE
    for _ in range(_GAPS):
        left -= (left * shock) >> 32
        found.append(left)
    found[-1] = -1
    return np.array(found, np.int64)


def guided(gaps: Array) -> npt.NDArray[np.int64]:
    """Waits, and before them 256 numbers: the least wait of a word with that high byte."""
    highest = (np.arange(1, 257, dtype=np.int64) << 24) - 1
    least = [int((gaps > word).sum()) for word in highest.tolist()]
    return np.concatenate([np.array(least, np.int64), gaps])


def _held(
    models: Mapping[str, Any], sides: int, years: tuple[int, ...], pushes: Sequence[Push | None]
) -> npt.NDArray[np.int64]:  # fmt: skip
    """The chance that an act that is due is done, by side, year, state and act, in 2**-32."""
    held, names = models["offices"]["held"], states()
    scale = float(held["scale"]["value"])
    found = np.zeros((sides, len(years), len(names), len(acts())), np.int64)
    for a, act in enumerate(acts()):
        for s, state in enumerate(names):
            chance = float(held[act].get(state, held[act]["other"])) * scale
            for side, push in enumerate(pushes):
                ours = push is not None and push.kept and not act.startswith("akasse-")
                kept = push.kept if push is not None and ours else (1.0,) * len(years)
                for y in range(len(years)):
                    found[side, y, s, a] = int(min(chance * kept[y], 1.0) * ONE)
    return found


@lru_cache(maxsize=1)
def numbers() -> dict[str, Array | int]:
    """What the kernel needs to know of states, ages and the grid, whatever the run."""
    names, grid = states(), situations()
    clocked = np.array([name in duration_models() for name in names])
    edges = [one["before_week"] for one in grid["recovery"] if one["before_week"] is not None]
    return {
        "clocked": clocked,
        "quiet": np.array([name in QUIET for name in names]),
        "courses": course_numbers(),
        "recovery_edges": np.array(edges, np.int64),
        "age_edges": np.array([int(one * _A_YEAR) for one in AGES], np.int64),
        "young": int(grid["young"] * _A_YEAR),
        "adult": int(grid["adult"] * _A_YEAR),
        "oldest": int(_CERTAIN_AGE * _A_YEAR),
        "into": np.array([names.index(one) for one in ("uddannelse", "folkepension", "barn")], np.int64),
        "places": len(kommuner()),
        "longest": longest_spell(),
    }
