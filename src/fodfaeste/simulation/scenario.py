"""Scenarios as files: what is compared with what, what is believed of it, and who says so."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from fodfaeste.facts.fragments import Fragment, read_fragment
from fodfaeste.foundation import Problem, ProblemError, add_days, parse_day, weekday
from fodfaeste.population.nation.sources import duration_models, margins
from fodfaeste.simulation.behaviour import declared
from fodfaeste.simulation.lawtables import Side
from fodfaeste.simulation.needs import Checkin, checkin_of, declared_needs, shares_short

FORMAT = "fodfaeste/scenario/1"
DEVELOPS = "as-it-develops"
PERSONS, SEED, REPLICATIONS = 200_000, 1, 10

_WEEKS_A_YEAR = 52
_PATTERNS = {
    "^[1-9][0-9]* (years?|weeks?)$": "write for example 5 years or 60 weeks",
    "^[a-z0-9][a-z0-9-]*$": "use small letters, digits and hyphens",
}


@dataclass(frozen=True)
class Effect:
    """How much oftener people in some states leave for work: a share, with interval and source."""

    states: tuple[str, ...]
    to_work: float
    low: float
    high: float
    source: str


@dataclass(frozen=True)
class Sweep:
    """A rate that a regime adds, and the values it is tried with, each in a run of its own beside the law before."""

    regime: str
    rate: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Merge:
    """Benefits that become one.

    ``rate`` is own, into, highest or lowest, or the id of a rate of the law. ``clocks`` says whether a move between
    them is a new spell of the benefit (restart) or the same (go-on), ``groups`` whose duties follow: own, or those of
    a state. ``facts`` is what everybody is taken to have where an amount asks for it. ``rates_on`` is a day.
    """

    benefits: tuple[str, ...]
    into: str
    rate: str
    clocks: str
    groups: str
    facts: Mapping[str, Any]
    rates_on: int | None


@dataclass(frozen=True)
class Delivered:
    """What an agreement has delivered of a saving, in million kroner by year."""

    what: Mapping[str, str]
    million_kroner: Mapping[int, float]
    source: str


@dataclass(frozen=True)
class Scenario:
    """A scenario that can be run. ``start`` is a Monday; money is in million kroner by year."""

    id: str
    title: dict[str, str]
    purpose: dict[str, str]
    saving: Mapping[int, float] | None
    saving_source: str
    start: int
    weeks: int
    replications: int
    seed: int
    persons: int
    people_seed: int
    before: Side
    after: Side
    freer: tuple[Effect, ...]
    smaller: Mapping[int, float] | None
    falls_on: str
    late_need: tuple[float, float, float, str] | None
    sweep: Sweep | None = None
    merge: Merge | None = None
    delivered: tuple[Delivered, ...] = ()
    checkin: Checkin | None = None

    @property
    def sides(self) -> tuple[Side, Side]:
        """What is compared."""
        return self.before, self.after


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario."""
    text = files(__package__).joinpath("scenario.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def read_scenario(path: Path) -> Scenario:
    """A scenario from a YAML or JSON file. ProblemError with everything that is wrong, each with its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ProblemError(
            [_problem(path.name, None, "", "there is no such file", "check the name of the file")]
        ) from None
    except UnicodeDecodeError:
        raise ProblemError([_problem(path.name, None, "", "the file is not UTF-8", "give a UTF-8 file")]) from None
    return parse_scenario(path.name, text)


def parse_scenario(file: str, text: str) -> Scenario:
    """A scenario from its text; as ``read_scenario``."""
    fragment = read_fragment(file, text)
    if fragment.problems:
        raise ProblemError(fragment.problems)
    content = _plain(fragment.content)
    problems = [_told(fragment, error) for error in Draft202012Validator(schema()).iter_errors(content)]
    if not problems:
        problems = list(_contradictions(fragment, content))
    if problems:
        raise ProblemError(sorted(problems, key=lambda one: (one.line or 0, one.where)))
    return _made(content)


def path_of(given: Mapping[Any, float] | None, years: tuple[int, ...]) -> tuple[float, ...]:
    """Money for each year: what is named, or what the latest year before it has; nothing before the first."""
    if not given:
        return (0.0,) * len(years)
    found = []
    for year in years:
        before = [int(one) for one in given if int(one) <= year]
        found.append(float(given[max(before)]) if before else 0.0)
    return tuple(found)


def _plain(node: Any) -> Any:
    """As JSON has it: days as text, years as names."""
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(one) for one in node]
    return node.isoformat() if isinstance(node, dt.date) else node


def _problem(file: str, line: int | None, where: str, message: str, mend: str) -> Problem:
    return Problem(file, line, where, message, mend)


def _told(fragment: Fragment, error: Any) -> Problem:
    """A finding of the schema in one sentence."""
    path = [part if isinstance(part, int) else str(part) for part in error.absolute_path]
    where = ".".join(map(str, path))
    line = fragment.line(*path)
    if error.validator == "required":
        name = error.message.split("'")[1]
        why = {"purpose": "say what the change is for", "saving": "say what is saved, or write saving: none claimed"}
        return _problem(fragment.file, line or 1, where, f"'{name}' is missing", why.get(name, f"add {name}:"))
    if error.validator == "additionalProperties":
        return _problem(fragment.file, line or 1, where, _unknown(error), "leave it out, or correct the name")
    wanted = error.validator_value
    mends = {
        "enum": f"use one of {', '.join(map(str, wanted))}" if isinstance(wanted, list) else "",
        "const": f"write {wanted}",
        "pattern": _PATTERNS.get(str(wanted), "write it as the guide shows"),
        "type": f"write a {_TYPES.get(str(wanted), wanted)}",
    }
    mend = mends.get(error.validator, "see docs/guide/scenarios.md")
    return _problem(fragment.file, line or 1, where, f"{_short(error.instance)} does not fit here", mend)


_TYPES = {"object": "mapping", "array": "list", "string": "text", "integer": "whole number"}
"""What JSON Schema calls them, and what people do."""


def _unknown(error: Any) -> str:
    known, patterns = error.schema.get("properties", {}), error.schema.get("patternProperties", {})
    extra = [name for name in error.instance if name not in known and not any(re.search(one, name) for one in patterns)]
    return f"'{extra[0]}' has no meaning here" if extra else "something here has no meaning"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _contradictions(fragment: Fragment, content: dict[str, Any]) -> Iterator[Problem]:
    """What the schema cannot see: days, states and intervals."""
    file = fragment.file
    for path in (("start",), ("compare", "before", "law"), ("compare", "after", "law")):
        value: Any = content
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None and value != DEVELOPS and not _is_day(value):
            mend = "write year-month-day" if path == ("start",) else f"write {DEVELOPS}, or year-month-day"
            yield _problem(file, fragment.line(*path), ".".join(path), f"'{value}' is not a date", mend)
    yield from _too_long(fragment, content)
    for number, effect in enumerate(content.get("freer", [])):
        yield from _no_states(fragment, ("freer", number, "states"), effect["states"])
        yield from _outside(fragment, ("freer", number), effect["to_work"], effect["interval"])
    late = content.get("late_need")
    if late:
        yield from _outside(fragment, ("late_need",), late["kroner"], late["interval"])
    yield from _forms(fragment, content)


def _forms(fragment: Fragment, content: dict[str, Any]) -> Iterator[Problem]:
    """What a sweep, a merge and a checkin need beside the schema."""
    file, forms = fragment.file, [name for name in ("sweep", "merge", "checkin") if name in content]
    for other in forms[1:]:
        said, mend = f"a scenario has either a {forms[0]} or a {other}", "make two scenarios of it"
        yield _problem(file, fragment.line(other), other, said, mend)
    for name in ("before", "after") if forms else ():
        if content["compare"][name].get("places"):
            said, mend = f"a {forms[0]} is run with one law for all municipalities", "leave places out"
            yield _problem(file, fragment.line("compare", name, "places"), f"compare.{name}.places", said, mend)
    for name in ("smaller", "late_need") if forms else ():
        if name in content:
            said, mend = f"'{name}' has no part in a {forms[0]}", "leave it out, and run it with nation compare"
            yield _problem(file, fragment.line(name), name, said, mend)
    if "checkin" in content:
        yield from _checkin(fragment, content["checkin"])
    if "merge" not in content:
        return
    merge = content["merge"]
    paid = {one.get("benefit") for one in margins()["states"].values()} - {None}
    for name in sorted({*merge["benefits"], merge["into"]} - paid):
        mend = f"use {', '.join(sorted(paid))}"
        yield _problem(file, fragment.line("merge"), "merge", f"'{name}' is no benefit of the nation", mend)
    if merge["into"] not in merge["benefits"]:
        mend = "name the benefit that stays among those that are merged"
        line = fragment.line("merge", "into")
        yield _problem(file, line, "merge.into", f"'{merge['into']}' is not among benefits", mend)
    groups = merge.get("groups", "own")
    if groups != "own" and groups not in duration_models():
        line, mend = fragment.line("merge", "groups"), f"write own, or one of {', '.join(duration_models())}"
        yield _problem(file, line, "merge.groups", f"'{groups}' is no state people leave", mend)
    if "rates_on" in merge and not _is_day(merge["rates_on"]):
        line, said = fragment.line("merge", "rates_on"), f"'{merge['rates_on']}' is not a date"
        yield _problem(file, line, "merge.rates_on", said, "write year-month-day")


def _checkin(fragment: Fragment, given: dict[str, Any]) -> Iterator[Problem]:
    """A check-in is offered to people who leave a state, and everybody who joins chooses one rhythm."""
    yield from _no_states(fragment, ("checkin", "states"), given["states"])
    short = shares_short(given["rhythms"]) if "rhythms" in given else None
    if short is not None:
        said, mend = (
            f"the shares sum to {short}, not to 1",
            "give each rhythm the share of those who join that choose it",
        )
        yield _problem(fragment.file, fragment.line("checkin", "rhythms"), "checkin.rhythms", said, mend)
    if "joins" in given:
        yield from _outside(fragment, ("checkin", "joins"), given["joins"]["share"], given["joins"]["interval"])


def _no_states(fragment: Fragment, path: tuple[str | int, ...], given: list[str]) -> Iterator[Problem]:
    for state in given:
        if state not in duration_models():
            where, mend = ".".join(map(str, path)), f"use {', '.join(duration_models())}"
            yield _problem(fragment.file, fragment.line(*path), where, f"'{state}' is no state people leave", mend)


def _too_long(fragment: Fragment, content: dict[str, Any]) -> Iterator[Problem]:
    """Nobody is born in the clock, so it ends before those would grow up who should have been."""
    most = int(declared()["school"]["value"]) * _WEEKS_A_YEAR
    if _weeks(content["horizon"]) > most:
        said = f"{content['horizon']} is longer than the children of today are children; nobody is born in the clock"
        line, mend = fragment.line("horizon"), f"write at most {most // _WEEKS_A_YEAR} years"
        yield _problem(fragment.file, line, "horizon", said, mend)


def _outside(
    fragment: Fragment, path: tuple[str | int, ...], value: float, interval: list[float]
) -> Iterator[Problem]:  # fmt: skip
    if not interval[0] <= value <= interval[1]:
        where = ".".join(map(str, (*path, "interval")))
        line = fragment.line(*path, "interval")
        mend = "write the lower end first, and a value between the two"
        yield _problem(fragment.file, line, where, f"{value} does not lie from {interval[0]} to {interval[1]}", mend)


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except ValueError:
        return False
    return True


def _made(content: dict[str, Any]) -> Scenario:
    weeks = _weeks(content["horizon"])
    day = parse_day(content["start"])
    saving = None if isinstance(content["saving"], str) else content["saving"]
    smaller, late = content.get("smaller"), content.get("late_need")
    people = content.get("people", {})
    return Scenario(
        content["id"],
        _words(content["title"]),
        _words(content["purpose"]),
        None if saving is None else {int(year): kr for year, kr in saving["million_kroner"].items()},
        "none claimed" if saving is None else saving["source"],
        add_days(day, -weekday(day) % 7),
        weeks,
        content.get("replications", REPLICATIONS),
        content.get("seed", SEED),
        people.get("persons", PERSONS),
        people.get("seed", SEED),
        _side(content["compare"]["before"], "before"),
        _side(content["compare"]["after"], "after"),
        tuple(_effects(content)),
        None if smaller is None else {int(year): kr for year, kr in smaller["million_kroner"].items()},
        "reserve" if smaller is None else smaller["falls_on"],
        None if late is None else (late["kroner"], *late["interval"], late["source"]),
        _sweep(content.get("sweep")),
        _merge(content.get("merge")),
        tuple(_delivered(saving or {})),
        checkin_of(content.get("checkin")),
    )


def _delivered(saving: dict[str, Any]) -> Iterator[Delivered]:
    for one in saving.get("delivered", []):
        yield Delivered(_words(one["what"]), {int(y): kr for y, kr in one["million_kroner"].items()}, one["source"])


def _weeks(horizon: str) -> int:
    number, unit = horizon.split()
    return int(number) * (_WEEKS_A_YEAR if unit.startswith("year") else 1)


def _sweep(given: dict[str, Any] | None) -> Sweep | None:
    return None if given is None else Sweep(given["regime"], given["rate"], tuple(given["values"]))


def _merge(given: dict[str, Any] | None) -> Merge | None:
    if given is None:
        return None
    day = parse_day(given["rates_on"]) if "rates_on" in given else None
    return Merge(
        tuple(given["benefits"]), given["into"], given.get("rate", "into"), given.get("clocks", "go-on"),
        given.get("groups", "own"), given.get("facts", {}), day,
    )  # fmt: skip


def _words(given: Any) -> dict[str, str]:
    return {"da": given, "en": given} if isinstance(given, str) else dict(given)


def _side(given: dict[str, Any], name: str) -> Side:
    law = given.get("law", DEVELOPS)
    places = tuple((place, tuple(regimes)) for place, regimes in given.get("places", {}).items())
    day = None if law == DEVELOPS else parse_day(law)
    return Side(given.get("name", name), day, tuple(given.get("regimes", ())), places)


def _effects(content: dict[str, Any]) -> Iterator[Effect]:
    """The effects named; where none are, no effect on anybody, with the interval that is declared."""
    for one in content.get("freer", []):
        low, high = one["interval"]
        yield Effect(tuple(one["states"]), float(one["to_work"]), float(low), float(high), one["source"])
    if "freer" not in content:
        ours = content.get("checkin")
        given = declared()["effect_of_freer_rules"] if ours is None else declared_needs()["effect_on_work"]
        states = tuple(duration_models()) if ours is None else tuple(ours["states"])
        low, high = given["interval"]
        yield Effect(states, float(given["value"]), float(low), float(high), given["source"])
