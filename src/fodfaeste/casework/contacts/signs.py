"""Signs that somebody should ring: plain rules over lines, declared in ``signs.yaml``.

``signs_of`` is a pure function of lines and a day: no database, no clock, no memory. Nothing is added up and nobody is
ranked; a sign says *ring, because …* and is settled by a call, or by the two having spoken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

WEEK = 7
TALK = "samtale"
CALL = "opkald"
"""A person rang about a sign: the line's ``word`` names the sign and the day it showed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One line the signs read: its kind, the day (days since 1970), and a word or a number where the kind has one."""

    kind: str
    day: int
    word: str = ""
    number: int = 0


@dataclass(frozen=True)
class Length:
    """An assumed number of days, with the span a municipality may set it in, and what it rests on."""

    days: int
    low: int
    high: int
    why: Mapping[str, str]


@dataclass(frozen=True)
class Sign:
    """A rule: what starts it, what settles it, and how it is said to staff (``why``) and to her (``citizen``)."""

    id: str
    why: Mapping[str, str]
    citizen: Mapping[str, str]
    after: str = ""
    until: tuple[str, ...] = ()
    change: bool = False
    open: bool = False
    rhythm: str = ""
    kept_by: str = ""


@dataclass(frozen=True)
class Rules:
    """Everything ``signs.yaml`` declares."""

    lengths: Mapping[str, Length]
    signs: tuple[Sign, ...]
    lines: Mapping[str, Mapping[str, Any]]
    illness: Mapping[str, frozenset[str]]

    def days(self, name: str) -> int:
        """The length in days."""
        return self.lengths[name].days


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign that shows, and the day since which it does."""

    sign: str
    since: int


@cache
def rules() -> Rules:
    """The rules that came along."""
    read = yaml.safe_load((Path(__file__).parent / "signs.yaml").read_text(encoding="utf-8"))
    signs = []
    for row in read["signs"]:
        overdue = row.pop("overdue", None) or {}
        until = tuple(row.pop("until", ()))
        signs.append(Sign(**row, until=until, rhythm=overdue.get("of", ""), kept_by=overdue.get("by", "")))
    return Rules(
        lengths={name: Length(**row) for name, row in read["lengths"].items()},
        signs=tuple(signs),
        lines=read["lines"],
        illness={name: frozenset(words) for name, words in read["illness"].items()},
    )


def signs_of(lines: Iterable[Mark], day: int, declared: Rules | None = None) -> list[Shown]:
    """The signs that show on a day, the oldest first. Lines of later days are not read."""
    known = declared or rules()
    past = sorted((line for line in lines if line.day <= day), key=lambda line: line.day)
    found = [shown for sign in known.signs if (shown := _shown(sign, past, day, known)) is not None]
    return sorted(found, key=lambda shown: shown.since)


def _shown(sign: Sign, lines: list[Mark], day: int, known: Rules) -> Shown | None:
    since = _overdue(sign, lines, day, known) if sign.rhythm else _started(sign, lines, day, known)
    if since is None or _rung(sign, since, lines):
        return None
    return Shown(sign.id, since)


def _started(sign: Sign, lines: list[Mark], day: int, known: Rules) -> int | None:
    """The first day of what started the sign and is not settled."""
    starts = [line for line in lines if line.kind == sign.after]
    if sign.open:
        waiting = [line.day for line in starts if line.word != "svaret"]
        return min(waiting, default=None)
    if sign.change:
        starts = [line for before, line in pairwise(starts) if before.word != line.word]
    recent = [line.day for line in starts if day - line.day <= known.days("vis")]
    settled = [line.day for line in lines if line.kind in sign.until]
    latest = max(recent, default=None)
    return None if latest is None or any(one >= latest for one in settled) else latest


def _overdue(sign: Sign, lines: list[Mark], day: int, known: Rules) -> int | None:
    """The day by which she should have written, by the rhythm she chose, when some days have passed since."""
    chosen = [line for line in lines if line.kind == sign.rhythm]
    if not chosen:
        return None
    kept = max((line.day for line in lines if line.kind == sign.kept_by), default=0)
    due = max(chosen[-1].day, kept) + chosen[-1].number * WEEK
    return due if day - due > known.days("frist-checkin") else None


def _rung(sign: Sign, since: int, lines: list[Mark]) -> bool:
    """Whether a person has spoken with her about the sign since it showed."""
    return any(line.kind == CALL and line.word == sign.id and line.day >= since for line in lines)
