"""The caseload itself: persons, their facts, spells and events, as frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.nation import shares as s
from bench.nation.columns import attribute, chosen, column
from fodfaeste.facts import Vocabulary
from fodfaeste.facts.assembly import event_frame, frames_from_arrays, spell_frame
from fodfaeste.facts.frames import EventFrame, Frames, SpellFrame
from fodfaeste.foundation import FAR

Array = Any


@dataclass
class People:
    """What everything else follows from: group, first day of the course, and how much is written down."""

    names: list[str]  # groups of the vocabulary that have a share
    group: Array  # position in names
    start: Array
    pace: Array  # cumulative: a few persons have very many events

    def of(self, groups: tuple[str, ...]) -> Array:
        """Persons of the named groups."""
        wanted = [position for position, name in enumerate(self.names) if name in groups]
        return np.flatnonzero(np.isin(self.group, wanted)).astype(np.int32)


def caseload(vocabulary: Vocabulary, on: int, n: int, events: int, seed: int) -> Frames:
    """``n`` open cases with about ``events`` events; the same for the same seed and vocabulary."""
    draw = np.random.default_rng(seed)
    people = _people(vocabulary, on, n, draw)
    return frames_from_arrays(
        vocabulary, on, n, _fields(vocabulary, on, people, draw), _events(vocabulary, on, people, events, draw),
        _spells(vocabulary, on, people, draw),
    )  # fmt: skip


def _people(vocabulary: Vocabulary, on: int, n: int, draw: np.random.Generator) -> People:
    names = [name for name in vocabulary.enums["maalgruppe"].values if name in s.GROUPS]
    group = chosen(draw, n, [s.GROUPS[name] for name in names])
    weeks = np.array([s.WEEKS.get(name, 50) for name in names])[group]
    days = np.minimum(draw.exponential(1.0, n) * weeks * 7, 3_500).astype(np.int32)
    pace = np.cumsum(draw.lognormal(0.0, 1.0, n) * np.sqrt(days + 7.0))
    return People(names, group, (on - days).astype(np.int32), pace)


def _fields(vocabulary: Vocabulary, on: int, people: People, draw: np.random.Generator) -> dict[str, Array]:
    found = {}
    for name, field in vocabulary.fields.items():
        unknown = s.JUDGED_UNKNOWN if field.kind == "judged" else s.OBSERVED_UNKNOWN
        found[name] = column(draw, field.type, (field.lo, field.hi), people.start, unknown, vocabulary)
    young = np.isin(people.group, [i for i, name in enumerate(people.names) if name in s.YOUNG])
    age = np.where(young, draw.integers(17, 30, len(young)), draw.integers(18, 67, len(young)))
    found["foedt"] = (on - age * 365.25 - draw.integers(0, 365, len(age))).astype(np.int32)
    return found


def _events(
    vocabulary: Vocabulary, on: int, people: People, events: int, draw: np.random.Generator
) -> dict[str, EventFrame]:
    weights = {kind: s.WEIGHTS.get(kind, s.RARE) for kind in vocabulary.events if kind not in s.ONCE}
    total = sum(weights.values())
    begun = {kind: people.of(groups) for kind, groups in s.ONCE.items() if kind in vocabulary.events}
    rest = max(events - sum(len(who) for who in begun.values()), 0)
    found = {}
    for kind in vocabulary.events:
        if kind in begun:
            who = begun[kind]
            day = people.start[who]
        else:
            who = _chosen_by_pace(people, _eligible(kind, people), round(rest * weights[kind] / total), draw)
            day = (people.start[who] + draw.random(len(who)) ** 0.8 * (on + 1 - people.start[who])).astype(np.int32)
        attrs = {name: attribute(draw, type_, day, vocabulary) for name, type_ in vocabulary.events[kind].attrs.items()}
        found[kind] = event_frame(kind, vocabulary, len(people.group), who, day, attrs)
    return found


def _eligible(kind: str, people: People) -> Array | None:
    """Persons a kind can happen to; None: all."""
    return next((people.of(groups) for word, groups in s.ONLY.items() if word in kind), None)


def _chosen_by_pace(people: People, eligible: Array | None, events: int, draw: np.random.Generator) -> Array:
    if eligible is None:
        return np.searchsorted(people.pace, draw.random(events) * people.pace[-1]).astype(np.int32)
    if not len(eligible):
        return eligible
    pace = np.cumsum(np.diff(people.pace, prepend=0.0)[eligible])
    return eligible[np.searchsorted(pace, draw.random(events) * pace[-1])]


def _spells(vocabulary: Vocabulary, on: int, people: People, draw: np.random.Generator) -> dict[str, SpellFrame]:
    found = {}
    n = len(people.group)
    for kind in vocabulary.spells:
        if kind in ("maalgruppe", "ydelse"):
            found[kind] = _course(kind, vocabulary, on, people, draw)
            continue
        mean, weeks = s.SPELLS.get(kind, s.SELDOM)
        who = np.repeat(np.arange(n, dtype=np.int32), draw.poisson(mean, n))
        start = (people.start[who] + draw.random(len(who)) * (on + 1 - people.start[who])).astype(np.int32)
        end = start + np.maximum(draw.exponential(weeks * 7, len(who)), 1).astype(np.int32)
        end = np.where((end > on) & (draw.random(len(who)) < 0.5), FAR, end).astype(np.int32)
        attrs = {
            name: attribute(draw, type_, start, vocabulary) for name, type_ in vocabulary.spells[kind].attrs.items()
        }
        found[kind] = spell_frame(kind, vocabulary, n, who, start, end, attrs)
    return found


def _course(kind: str, vocabulary: Vocabulary, on: int, people: People, draw: np.random.Generator) -> SpellFrame:
    """Target group or benefit: open since the course began, and for one in four another one before it."""
    attr, type_ = next(iter(vocabulary.spells[kind].attrs.items()))
    values = vocabulary.enums[type_].values
    words = people.names if kind == "maalgruppe" else [s.BENEFIT.get(name, "") for name in people.names]
    codes = np.array([values.index(word) if word in values else -1 for word in words])
    now = codes[people.group]
    who = np.flatnonzero(now >= 0)
    earlier = who[draw.random(len(who)) < 0.25]
    before = people.start[earlier] - 1
    long = draw.integers(20, 500, len(earlier))
    gap = np.where(draw.random(len(earlier)) < 0.5, 0, draw.integers(1, 300, len(earlier)))
    return spell_frame(
        kind, vocabulary, len(now), np.concatenate((who, earlier)),
        np.concatenate((people.start[who], before - gap - long)),
        np.concatenate((np.full(len(who), FAR), before - gap)),
        {attr: np.concatenate((now[who], codes[chosen(draw, len(earlier), np.ones(len(codes)))].clip(0)))},
    )  # fmt: skip
