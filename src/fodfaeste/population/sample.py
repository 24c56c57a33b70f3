"""A small seeded population for demonstrations and tests: groups by published counts, the rest openly assumed."""

from __future__ import annotations

import random
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from fodfaeste.facts.case import Case, read_case
from fodfaeste.facts.vocabulary import Vocabulary
from fodfaeste.foundation import from_day

_BENEFIT = {
    "dp": "dagpenge",
    "kh-jobparat": "kontanthjaelp",
    "kh-aktivitetsparat": "kontanthjaelp",
    "syg": "sygedagpenge",
    "jaf": "ressourceydelse-jaf",
    "fleks": "ledighedsydelse",
}
_BEGINS = {
    "dp": ("tilmelding", "dp-indplacering"),
    "kh-jobparat": ("foerste-henvendelse",),
    "kh-aktivitetsparat": ("foerste-henvendelse",),
    "syg": ("foerste-fravaersdag",),
}


@lru_cache(maxsize=1)
def shares() -> dict[str, Any]:
    """The figures the population is drawn from, each with its source or marked as assumed."""
    found: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("shares.yaml").read_text(encoding="utf-8"))
    return found


def sample(vocabulary: Vocabulary, number: int, seed: int, on: int, municipality: str | None = None) -> list[Case]:
    """``number`` invented cases as they might stand on the day ``on`` (days since 1970).

    The same seed gives the same cases, whatever the number. No real person; ids are running numbers.
    """
    return [_case(vocabulary, index, random.Random(f"{seed}:{index}"), on, municipality) for index in range(number)]  # noqa: S311


def _case(vocabulary: Vocabulary, index: int, draw: random.Random, on: int, municipality: str | None) -> Case:
    group = _group(draw)
    begun = on - int(draw.expovariate(1 / _assumed("mean_days_in_course")))
    raw: dict[str, Any] = {
        "case": f"demo-{index + 1:05d}",
        "facts": _facts(draw, group, on),
        "spells": [
            {"kind": "maalgruppe", "gruppe": group, "from": _iso(begun)},
            {"kind": "ydelse", "type": _BENEFIT[group], "from": _iso(begun)},
        ],
        "events": [{"kind": kind, "date": _iso(begun)} for kind in _BEGINS.get(group, ())],
    }
    if municipality:
        raw["municipality"] = municipality
    raw["events"] += _talks(draw, group, begun, on)
    return read_case(raw, vocabulary, file="sample")


def _assumed(name: str) -> float:
    return float(shares()["assumptions"][name]["value"])


def _group(draw: random.Random) -> str:
    recipients = shares()["recipients"]
    group: str = draw.choices(list(recipients), [row["count"] for row in recipients.values()])[0]
    if group == "dp" and draw.random() < _assumed("job_ready_share_of_dp"):
        return "kh-jobparat"
    return group


def _facts(draw: random.Random, group: str, on: int) -> dict[str, Any]:
    ages = shares()["ages"]
    days = int(draw.uniform(ages["lowest"], ages["highest"]) * 365.25)
    facts: dict[str, Any] = {
        "foedt": _iso(on - days),
        "erhvervskompetencegivende_uddannelse": draw.random() < _assumed("share_with_education"),
        "hjemmeboende_boern": draw.random() < _assumed("share_with_children"),
        "i_job": group == "syg" and draw.random() < _assumed("share_employed_of_sick"),
        "selvstaendig": False,
    }
    if group == "syg":
        facts["forventet_rask"] = _iso(on + int(draw.expovariate(1 / _assumed("mean_days_to_recovery"))))
    return {name: value for name, value in facts.items() if draw.random() >= _assumed("share_unknown")}


def _talks(draw: random.Random, group: str, begun: int, on: int) -> list[dict[str, Any]]:
    found = []
    day = begun + int(draw.expovariate(1 / _assumed("mean_days_to_first_conversation")))
    while day <= on:
        talk: dict[str, Any] = {"kind": "sygeopfoelgning" if group == "syg" else "jobsamtale", "date": _iso(day)}
        talk["form"] = draw.choice(["fysisk", "telefon", "video"])
        if group != "syg":
            early = group == "dp" and day - begun < _assumed("days_with_the_fund")
            talk |= {"holder": "a-kasse" if early else "kommune", "faelles": False}
        found.append(talk)
        day += 1 + int(draw.expovariate(1 / _assumed("days_between_conversations")))
    return found


def _iso(day: int) -> str:
    return from_day(day).isoformat()
