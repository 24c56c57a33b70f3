"""Seeded chance: days and values that are awkward more often than they would be in life."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from fodfaeste.facts import Vocabulary, range_of
from fodfaeste.foundation import FAR
from fodfaeste.foundation import calendar as cal
from fodfaeste.rulebook import ir
from fodfaeste.rulebook.rulebook import ResolvedNorm, Rulebook

LEAP_DAYS = [cal.day_number(year, 2, 29) for year in range(1960, 2031, 4)]
EARLIEST = cal.day_number(1900, 1, 1)
RARELY, SELDOM, OFTEN = 0.02, 0.1, 0.6


@dataclass
class Reading:
    """What a norm, and all that it reads, asks of a person: facts, kinds, and the days and periods it names."""

    norms: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    dates: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    asked_if_known: set[str] = field(default_factory=set)
    """Facts, kinds and norms of which the norm asks whether they are known, and what these read."""


def reading(rulebook: Rulebook, norm: str) -> Reading:
    """What the norm reads, directly or through others; found once."""
    key = f"reading:{norm}"
    if key not in rulebook.cache:
        rulebook.cache[key] = _read(rulebook, norm)
    found = rulebook.cache[key]
    assert isinstance(found, Reading)
    return found


def _read(rulebook: Rulebook, norm: str) -> Reading:
    found, waiting = Reading(), [norm]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found.norms:
            found.norms.add(id_)
            _note(found, rulebook.norms[id_])
            waiting += rulebook.norms[id_].reads
    for id_ in sorted(found.asked_if_known & set(rulebook.norms)):
        through = reading(rulebook, id_)
        found.asked_if_known |= through.fields | through.kinds
    return found


def _note(found: Reading, norm: ResolvedNorm) -> None:
    found.kinds |= {norm.norm.each} if norm.norm.each else set()
    found.kinds |= {norm.must.kind, *norm.must.pauses} if norm.must else set()
    for expression in norm.expressions:
        for node in ir.walk(expression):
            if isinstance(node, ir.FieldRef):
                found.fields.add(node.name)
            elif isinstance(node, ir.Agg):
                found.kinds.add(node.kind)
            elif isinstance(node, ir.Call) and node.name == "known":
                found.asked_if_known |= {_subject(part) for part in ir.walk(node.args[0])}
            elif isinstance(node, ir.Const) and node.value is not None:
                place = {"date": found.dates, "days": found.days, "months": found.months}
                place.get(node.type, found.numbers).add(node.value)


def _subject(node: ir.Node) -> str:
    match node:
        case ir.FieldRef():
            return node.name
        case ir.Agg():
            return node.kind
        case ir.NormRef() | ir.AppliesRef():
            return node.norm
        case ir.This():
            return "this"
    return ""


class Chance:
    """Draws for one person. ``reading`` is what the norms in focus read."""

    def __init__(self, vocabulary: Vocabulary, on: int, random: Random, reading: Reading) -> None:
        self.vocabulary, self.on, self.random, self.reading = vocabulary, on, random, reading
        self._dates, self._numbers = sorted(reading.dates), sorted(reading.numbers)
        self._days, self._months = sorted(reading.days), sorted(reading.months)

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def day(self) -> int:
        """A day: anchors are today, the days the law names, both ± its periods, month ends and leap days."""
        chance = self.random
        draw = chance.random()
        if draw < 0.35:
            return self.on - chance.randrange(900)
        if draw < 0.55:
            return cal.end_of_month(self.on - chance.randrange(900)) + chance.randrange(2)
        if draw < 0.62:
            leap = chance.choice(LEAP_DAYS)
            return (leap if leap < self.on + 900 else self.on) + chance.choice((0, 0, 1))
        base = chance.choice(self._dates) if self._dates and draw < 0.8 else self.on
        return self.about(base)

    def about(self, base: int) -> int:
        """A day at, or a period of the law away from, a day; or one off."""
        chance = self.random
        if base >= FAR:
            return FAR
        moved = base
        if self._days and chance.random() < 0.4:
            moved += chance.choice((-1, -1, 1)) * chance.choice(self._days)
        elif self._months and chance.random() < 0.6:
            moved = cal.add_months(moved, chance.choice((-1, -1, 1)) * chance.choice(self._months), True)
        return moved + chance.choice((-1, 0, 0, 0, 1, -chance.randrange(40)))

    def value(self, type_: str, lo: int, hi: int) -> int:
        """A known value of a type, between bounds: now and then the bounds themselves."""
        chance = self.random
        if type_ == "bool":
            return chance.choice((0, 2, 2))
        if type_ == "date":
            if self.often(RARELY):
                return chance.choice((lo, hi))
            wild = (self.on - 365 * chance.randrange(17, 70), self.on + chance.randrange(400))
            return self.clamp(chance.choice(wild) if self.often(0.3) else self.day(), lo, hi)
        if hi - lo < 60:
            return chance.randint(lo, hi)
        if self.often(RARELY):
            return chance.choice((lo, hi))
        if self._numbers and self.often(OFTEN):
            return self.clamp(chance.choice(self._numbers) + chance.choice((-1, 0, 0, 1)), lo, hi)
        return self.clamp(chance.randrange(4000), lo, hi)

    def clamp(self, value: int, lo: int, hi: int) -> int:
        return max(lo, min(value, hi))

    def attribute(self, type_: str) -> int:
        return self.value(type_, *range_of(type_, self.vocabulary))

    def count(self) -> int:
        """How many rows of a kind."""
        return self.random.choice((0, 1, 1, 2, 3, 5))
