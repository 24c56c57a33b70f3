"""The grid of situations: which courses the law is asked about, and what is on record of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from fodfaeste.facts.encoding import encode
from fodfaeste.facts.view import View
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import FAR, add_months
from fodfaeste.population.nation.sources import margins

DAYS_A_WEEK = 7
_MONTHS = 12


@lru_cache(maxsize=1)
def situations() -> dict[str, Any]:
    """The grid as it is written down."""
    text = files(__package__).joinpath("situations.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def clocked() -> tuple[str, ...]:
    """States in which the law has something to say every week."""
    return tuple(situations()["states"])


@dataclass(frozen=True)
class Situation:
    """One kind of course. ``age``: 0 young, 1 between, 2 adult. ``recovery`` is -1 for those who are not sick.

    ``state`` names a state of the nation, or a case (``situations()["cases"]``) that is built up beside one.
    """

    state: str
    age: int
    qualified: bool
    recovery: int = -1
    cut: bool = False


@lru_cache(maxsize=1)
def grid() -> tuple[Situation, ...]:
    """Every situation a person of the nation can be in, in the order of their numbers."""
    found = []
    for state, given in situations()["states"].items():
        lengths = range(len(situations()["recovery"])) if "recovery" in given else (-1,)
        levels = (False, True) if "education" in given["asked_by"] else (not state.startswith("udd-"),)
        cuts = (False, True) if "cut" in given else (False,)
        found += [Situation(state, *rest) for rest in product(_ages(state), levels, lengths, cuts)]
    return tuple(found)


@lru_cache(maxsize=1)
def courses() -> tuple[Situation, ...]:
    """The grid, and after it one course for each kind of case."""
    return (*grid(), *(Situation(case, 2, True) for case in situations()["cases"]))


def given_of(one: Situation) -> dict[str, Any]:
    """What is on record of a situation, as it is written down; a case stands beside the state it names."""
    case = situations()["cases"].get(one.state)
    found: dict[str, Any] = situations()["states"][one.state if case is None else case["as"]]
    return found if case is None else found | {"case": case, "name": case["as"]}


def _ages(state: str) -> tuple[int, ...]:
    """The age bands a state's courses are asked about: those its people can be in, or one of them for all."""
    youngest, oldest = margins()["states"][state]["ages"]
    young, adult = situations()["young"], situations()["adult"]
    there = [youngest < young, youngest < adult and oldest >= young, oldest >= adult]
    bands = tuple(band for band in range(3) if there[band])
    return bands if "age" in situations()["states"][state]["asked_by"] else bands[-1:]


def number_of(state: str, age: int, qualified: bool, recovery: int, cut: bool) -> int:
    """The number in the grid of what is asked of a person like this."""
    by = situations()["states"][state]["asked_by"]
    bands = _ages(state)
    near = min(bands, key=lambda band: abs(band - age)) if "age" in by else bands[-1]
    level = qualified if "education" in by else not state.startswith("udd-")
    given = situations()["states"][state]
    wanted = Situation(state, near, level, recovery if "recovery" in given else -1, cut and "cut" in given)
    return grid().index(wanted)


@dataclass(frozen=True)
class Act:
    """Something done: in which week and on which day of the course, what a record of it holds, and for which duty."""

    week: int
    day: int
    kind: str
    spell: bool
    attrs: tuple[int | None, ...]
    norm: str = ""


class Records:
    """Makes the record of a course as the evaluators read it."""

    def __init__(self, vocabulary: Vocabulary, models: Mapping[str, float]) -> None:
        """``models`` gives the figures that the holes name, in weeks."""
        self.vocabulary, self.models = vocabulary, models
        self._codes: dict[tuple[str, Any], int | None] = {}
        self._plain = {name: self._encoded(name, value) for name, value in situations()["plain"].items()}

    def view(self, one: Situation, on: int, week: int, acts: list[Act]) -> View:
        """The course in its week number ``week`` (0 is the first), on its Monday ``on``, with what was done before."""
        words, given = self.vocabulary, given_of(one)
        start = on - DAYS_A_WEEK * week
        fields: list[int | None] = [None] * len(words.fields)
        facts = self._plain | {name: self._encoded(name, value) for name, value in given["facts"].items()}
        facts["foedt"] = _born(one.age, on)
        facts["erhvervskompetencegivende_uddannelse"] = self._encoded(
            "erhvervskompetencegivende_uddannelse", one.qualified
        )
        facts |= self._recovery(one, start) | self._holes(one, start, week, acts)
        for name, value in facts.items():
            if name in words.fields:
                fields[words.fields[name].index] = value
        events: dict[str, list[Any]] = {kind: [] for kind in words.events}
        spells: dict[str, list[Any]] = {kind: [] for kind in words.spells}
        named = margins()["states"][given.get("name", one.state)]
        spells["maalgruppe"].append((start, FAR, self._attrs("maalgruppe", {"gruppe": named["group"]}, spell=True)))
        spells["ydelse"].append((start, FAR, self._attrs("ydelse", {"type": named["benefit"]}, spell=True)))
        for kind in given["begins"]:
            events[kind].append((start, self._attrs(kind, {})))
        if "asks" in given and "ansoegning" in events:
            events["ansoegning"].append((start, self._attrs("ansoegning", {"om": given["asks"]})))
        self._every_week(given, events, start, week)
        self._case(given, spells, start)
        for act in acts:
            day = start + DAYS_A_WEEK * act.week + act.day
            if day <= on and act.spell:
                spells[act.kind].append((day, day + DAYS_A_WEEK * situations()["offer_weeks"] - 1, act.attrs))
            elif day <= on:
                events[act.kind].append((day, act.attrs))
        for kind in {act.kind for act in acts}:
            (spells if kind in spells else events)[kind].sort(key=lambda row: row[0])
        return View(on, fields, events, spells)

    def weeks_of(self, one: Situation, most: int) -> int:
        """How many weeks of a course the law is asked about: a case ends with its award."""
        return most if one.state not in situations()["cases"] else min(int(self.models["case_weeks"]), most)

    def _every_week(self, given: dict[str, Any], events: dict[str, list[Any]], start: int, week: int) -> None:
        often = given.get("weekly")
        if often is None or often["event"] not in events:
            return
        said = {name: value for name, value in often.items() if name not in ("event", "until_week", "what")}
        attrs = self._attrs(often["event"], said)
        for number in range(min(week, often["until_week"])):
            events[often["event"]].append((start + DAYS_A_WEEK * number + DAYS_A_WEEK - 1, attrs))

    def _case(self, given: dict[str, Any], spells: dict[str, list[Any]], start: int) -> None:
        case = given.get("case")
        if case is not None and case["item"] in spells:
            last = start + DAYS_A_WEEK * int(self.models["case_weeks"]) - 1
            spells[case["item"]].append((start, last, self._attrs(case["item"], {"om": case["om"]}, spell=True)))

    def _recovery(self, one: Situation, start: int) -> dict[str, int | None]:
        given = given_of(one)
        if "recovery" not in given:
            return {}
        weeks = situations()["recovery"][one.recovery]["expected_weeks"]
        cut = {name: self._encoded(name, one.cut) for name in given["cut"]}
        return {given["recovery"]: start + DAYS_A_WEEK * weeks} | cut

    def _holes(self, one: Situation, start: int, week: int, acts: list[Act]) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for name, model in situations()["holes"].items():
            if name not in self.vocabulary.fields:
                continue
            kinds = model.get("of", [])
            done = [act.week for act in acts if act.kind in ([kinds] if isinstance(kinds, str) else kinds)]
            since = week - max(done, default=0)
            if "true_every" in model:
                found[name] = self._encoded(name, since >= self.models[model["true_every"]])
            elif "agreed_every" in model:
                agreed = max(done, default=0) + int(self.models[model["agreed_every"]])
                found[name] = start + DAYS_A_WEEK * max(agreed, week)
            elif "when_recovery" in model:
                length = situations()["recovery"][one.recovery]["name"] if one.recovery >= 0 else None
                found[name] = self._encoded(name, length in model["when_recovery"])
            else:
                found[name] = self._encoded(name, model["value"])
        return found

    def _encoded(self, field: str, value: Any) -> int | None:
        key = (field, value)
        if key not in self._codes:
            known = self.vocabulary.fields.get(field)
            self._codes[key] = None if known is None else encode(value, known.type, self.vocabulary)
        return self._codes[key]

    def _attrs(self, kind: str, given: Mapping[str, Any], spell: bool = False) -> tuple[int | None, ...]:
        types = (self.vocabulary.spells if spell else self.vocabulary.events)[kind].attrs
        return tuple(
            encode(given[name], type_, self.vocabulary) if name in given else None for name, type_ in types.items()
        )


def _born(age: int, on: int) -> int:
    """Somebody in the middle of an age band."""
    years = (situations()["young"] - 4, situations()["adult"] - 3, 45)[age]
    return add_months(on, -_MONTHS * years, last_day=True)
