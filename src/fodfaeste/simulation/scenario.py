"""Scenarios as files: what is compared with what, what is believed of it, and who says so."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from fodfaeste.facts.fragments import Fragment, read_fragment
from fodfaeste.foundation import Problem, ProblemError, add_days, parse_day, weekday
from fodfaeste.population.nation.sources import duration_models
from fodfaeste.simulation.behaviour import declared
from fodfaeste.simulation.lawtables import Side

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
        "type": f"write a {wanted}",
    }
    mend = mends.get(error.validator, "see docs/guide/scenarios.md")
    return _problem(fragment.file, line or 1, where, f"{_short(error.instance)} does not fit here", mend)


def _unknown(error: Any) -> str:
    known = error.schema.get("properties", {})
    extra = [name for name in error.instance if name not in known]
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
    for number, effect in enumerate(content.get("freer", [])):
        for state in effect["states"]:
            if state not in duration_models():
                mend = f"use {', '.join(duration_models())}"
                line = fragment.line("freer", number, "states")
                yield _problem(file, line, f"freer.{number}.states", f"'{state}' is no state people leave", mend)
        yield from _outside(fragment, ("freer", number), effect["to_work"], effect["interval"])
    late = content.get("late_need")
    if late:
        yield from _outside(fragment, ("late_need",), late["kroner"], late["interval"])


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
    number, unit = content["horizon"].split()
    weeks = int(number) * (_WEEKS_A_YEAR if unit.startswith("year") else 1)
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
    )


def _words(given: Any) -> dict[str, str]:
    return {"da": given, "en": given} if isinstance(given, str) else dict(given)


def _side(given: dict[str, Any], name: str) -> Side:
    law = given.get("law", DEVELOPS)
    places = tuple((place, tuple(regimes)) for place, regimes in given.get("places", {}).items())
    day = None if law == DEVELOPS else parse_day(law)
    return Side(given.get("name", name), day, tuple(given.get("regimes", ())), places)


def _effects(content: dict[str, Any]) -> Iterator[Effect]:
    """The effects named; where none are, no effect on anybody, with the interval of the evaluations."""
    for one in content.get("freer", []):
        low, high = one["interval"]
        yield Effect(tuple(one["states"]), float(one["to_work"]), float(low), float(high), one["source"])
    if "freer" not in content:
        given = declared()["effect_of_freer_rules"]
        low, high = given["interval"]
        yield Effect(tuple(duration_models()), float(given["value"]), float(low), float(high), given["source"])
