"""The laws there are to test, the days on which something in them changes, and the regimes of each day."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fodfaeste.foundation import parse_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning.generated import closure
from fodfaeste.rulebook import Law, Rulebook, load_law, resolve
from fodfaeste.rulebook.norms import Span
from fodfaeste.rulebook.varied import varied

ROOT = Path(__file__).resolve().parents[2]
DEEP = os.environ.get("FODFAESTE_AGREEMENT") == "deep"
"""Set FODFAESTE_AGREEMENT=deep for many more people, and every regime's norms on every day."""

ALSO = tuple(map(parse_day, ("2024-02-29", "2026-03-31", "2026-06-15", "2026-11-22")))
"""Days on which no law changes: a leap day, a month's end, the middle of a year, today."""


VARIED = {("djof-07-maaneder", "djof-07-maaneder.maaneder"): (0, 2, 3, 6)}
"""Rates in which other norms of their regime branch, and the values that reach the branches its own value does not."""


@lru_cache(maxsize=1)
def danish_law() -> Law:
    """The law, and its regimes also with the other values of VARIED."""
    law = library.load()
    for (regime, rate), values in VARIED.items():
        for value in values:
            law, _ = varied(law, regime, rate, value)
    return law


@lru_cache(maxsize=1)
def toy_law() -> Law | None:
    """The law of Hven, if it is there."""
    folder = ROOT / "toylaw" / "law"
    return load_law(folder, ROOT / "toylaw" / "regimes") if folder.is_dir() else None


def days_of(law: Law) -> list[int]:
    """Every first day, and every day after a last one, of a version or a regime; and some others. Found once."""
    if "agreement days" not in law.cache:
        law.cache["agreement days"] = _days(law)
    found: list[int] = law.cache["agreement days"]
    return found


def _days(law: Law) -> list[int]:
    spans = [version.span for norm in law.norms.values() for version in norm.versions]
    for regime in law.regimes.values():
        spans += [regime.window, *(version.span for norm in regime.added for version in norm.versions)]
    return sorted({*ALSO, *(day for span in spans for day in _edges(span))})


def _edges(span: Span) -> Iterator[int]:
    if span.first is not None:
        yield span.first
    if span.last is not None:
        yield span.last + 1


def general(law: Law, day: int) -> Rulebook:
    """The law of a day where no regime runs."""
    return resolve(law, day, regimes=[])


def deep_digests(rulebook: Rulebook) -> dict[str, str]:
    """For each norm the digest of itself and all it reads: equal means that it answers alike."""
    if "deep digests" not in rulebook.cache:
        made: dict[str, str] = {}
        for id_, norm in rulebook.norms.items():  # in the order they can be evaluated
            text = id_ + norm.digest + "".join(made[read] for read in sorted(norm.reads))
            made[id_] = hashlib.sha256(text.encode()).hexdigest()
        rulebook.cache["deep digests"] = made
    found: Any = rulebook.cache["deep digests"]
    return dict(found)


def changed(rulebook: Rulebook, other: Rulebook) -> list[str]:
    """Norms in force that answer, or may answer, otherwise than in the other rulebook."""
    theirs = deep_digests(other)
    ours = deep_digests(rulebook)
    return [id_ for id_, norm in rulebook.norms.items() if not norm.absent and theirs.get(id_) != ours[id_]]


def part(rulebook: Rulebook, norms: list[str]) -> Rulebook:
    """The rulebook with these norms, and what they read, alone."""
    kept = set().union(*(closure(rulebook, norm) for norm in norms))
    return replace(rulebook, norms={id_: norm for id_, norm in rulebook.norms.items() if id_ in kept}, cache={})


def day_of(law: Law, day: int) -> Rulebook:
    """The general law of a day, resolved once."""
    key = ("agreement", day)
    if key not in law.cache:
        law.cache[key] = general(law, day)
    found: Rulebook = law.cache[key]
    return found


def differing_places(law: Law) -> dict[str, list[str]]:
    """A place for every set of two or more regimes that were law there, at whatever time; and those regimes."""
    found: dict[tuple[str, ...], str] = {}
    for place in law.municipalities:
        here = tuple(r.id for r in law.regimes.values() if r.was_law and (r.who is None or place in r.who))
        if len(here) > 1:
            found.setdefault(here, place)
    return {place: list(ids) for ids, place in found.items()}


def edges_of(law: Law, regimes: list[str]) -> list[int]:
    """The days on which one of the regimes begins or has just ended."""
    return sorted({day for id_ in regimes for day in _edges(law.regimes[id_].window)})
