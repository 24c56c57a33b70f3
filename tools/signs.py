"""How early the signs come before a fall, and how often they come without one, on invented careers.

    python -m tools.signs          writes docs/guide/signs.md (``make signs``)

The careers are those of the demonstration (``population.municipality``). What is measured is the rules on these
careers, not people: nothing in the invention makes a missed conversation likelier before a fall than at other times.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from fodfaeste.casework.contacts.signs import TALK, Mark, rules, signs_of
from fodfaeste.foundation import parse_day
from fodfaeste.population.municipality.histories import BENEFIT, Course, draw_course

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "guide" / "signs.md"
ON, CAREERS, SEED = "2026-11-22", 3_000, 1
WITHIN = (13, 26, 52)
"""Weeks before a fall in which a sign counts as seen; several, since no source says which is right."""

_WEEK = 7
_FALLS = {
    ("dp", "kh-jobparat"), ("dp", "kh-aktivitetsparat"), ("syg", "kh-jobparat"), ("syg", "kh-aktivitetsparat"),
    ("syg", "jaf"), ("syg", "fleks"), ("kh-jobparat", "kh-aktivitetsparat"), ("kh-aktivitetsparat", "fleks"),
}  # fmt: skip
"""Shifts to a benefit or a group farther from work."""

_TALKS = {"jobsamtale", "sygeopfoelgning", "cv-samtale"}
_ILL = {"foerste-fravaersdag", "sygefravaer-anmeldt"}


_HEAD = """# Signs: how early they come, and how often for nothing

A sign leads a person to ring, and to nothing else. The rules stand in `casework/contacts/signs.yaml`; the citizen reads
each that shows on her own page. Here they are tried on invented careers: somebody looks once a week, and nobody rings,
so that a sign is never settled by the call it asks for.

{careers:,} careers of the demonstration, {years:,.0f} years together. A *fall* is a shift to a benefit or a group
farther from work (from dagpenge or sygedagpenge to kontanthjælp or jobafklaring, from job-ready to activity-ready, to
ledighedsydelse). The shift itself does not count as its own sign. *Lead* is from the day the sign could first be seen
to the fall. *For nothing*: no fall came in the weeks after it, and those weeks are known whole. No source says how many
weeks are right, so there are three tables.
"""

_TAIL = """What this says and what it does not: the invention draws missed conversations, sick notes and offers without
regard to what comes later, so these figures are what the rules do where signs foretell nothing. A sign that helps must
do better than this on real careers. Requests for help and check-ins are not in the invented careers, so their rules are
not tried here. Made by `make signs`; a test fails when this page says something else than the rules do.
"""


@dataclass
class Tally:
    """What one sign, or all of them, did within so many weeks. Days of lead of the falls that were seen."""

    falls: int = 0
    leads: list[int] = field(default_factory=list)
    shown: int = 0
    alone: int = 0
    """Signs whose following weeks are known whole, and no fall came in them."""


def marks_of(course: Course) -> list[Mark]:
    """The lines of an invented course as the signs read them. It has no check-ins and no requests for help."""
    found = [Mark("ydelse", segment.first, BENEFIT[segment.group]) for segment in course.segments]
    for day, kind, attrs in course.events:
        if kind in _TALKS:
            found.append(Mark(TALK, day))
        elif kind in _ILL:
            found.append(Mark("sygemelding", day))
        elif kind == "udeblivelse" and attrs.get("fra") == "samtale":
            found.append(Mark("udeblevet", day))
    return found + [Mark("tilbud-slut", end) for _first, end, _kind, _sector in course.offers]


def fall_of(course: Course) -> int | None:
    """The day of the fall; None when there was none."""
    for before, after in zip(course.segments, course.segments[1:], strict=False):
        if (before.group, after.group) in _FALLS:
            return after.first
    return None


def shown_in(marks: Iterable[Mark], first: int, last: int) -> dict[tuple[str, int], int]:
    """Each sign with the day it stands for, and the first day on which somebody looking weekly would have seen it."""
    found: dict[tuple[str, int], int] = {}
    lines = list(marks)
    for day in range(first, last + 1, _WEEK):
        for one in signs_of(lines, day):
            found.setdefault((one.sign, one.since), day)
    return found


@dataclass(frozen=True)
class Watched:
    """A career as somebody saw it who looked once a week: when it was watched to, the fall, and the signs."""

    last: int
    fall: int | None
    seen: dict[tuple[str, int], int]


def watched(course: Course, on: int) -> Watched:
    """Watch a career until its fall or its end. The shift itself is no sign of the shift."""
    fall = fall_of(course)
    last = (course.closed or on) if fall is None else fall - 1
    marks = [mark for mark in marks_of(course) if fall is None or mark.day < fall]
    return Watched(last, fall, shown_in(marks, course.opened, last))


def measure(found: Sequence[Watched], weeks: int) -> dict[str, Tally]:
    """Sign → what it did; under ``""`` what they did together."""
    tallies: dict[str, Tally] = {sign: Tally() for sign in ("", *(one.id for one in rules().signs))}
    for one in found:
        for sign, tally in tallies.items():
            days = [day for (name, _since), day in one.seen.items() if sign in ("", name)]
            tally.shown += len(days)
            tally.alone += sum(day + weeks * _WEEK <= one.last for day in days)
            if one.fall is not None:
                tally.falls += 1
                near = [one.fall - day for day in days if one.fall - day <= weeks * _WEEK]
                tally.leads += [max(near)] if near else []
    return tallies


def careers(number: int, on: int, seed: int) -> list[Course]:
    """Invented courses; the same number and seed give the same ones."""
    return [draw_course(random.Random(f"{seed}:signs:{i}"), on) for i in range(number)]


def written(courses: Sequence[Course], on: int) -> str:
    """The page, in Markdown."""
    found = [watched(one, on) for one in courses]
    years = sum((one.last - course.opened + 1) / 365.25 for one, course in zip(found, courses, strict=True))
    lines = [_HEAD.format(careers=len(courses), years=years)]
    for weeks in WITHIN:
        tallies = measure(found, weeks)
        lines += [
            f"## Within {weeks} weeks",
            "",
            "| Sign | Falls with it before | Median lead | Shown | For nothing | The same, a year and 100 citizens |",
            "|---|---|---|---|---|---|",
        ]
        said = {one.id: one.why["en"] for one in rules().signs} | {"": "**Any of them**"}
        for sign, tally in tallies.items():
            if tally.shown:
                lead = f"{median(tally.leads):.0f} days" if tally.leads else "–"
                lines.append(
                    f"| {said[sign]} | {len(tally.leads)} of {tally.falls} | {lead} | {tally.shown} | "
                    f"{tally.alone} | {tally.alone / years * 100:.0f} |"
                )
        lines.append("")
    return "\n".join([*lines, _TAIL])


def main() -> int:
    """Write the page."""
    on = parse_day(ON)
    DOCUMENT.write_text(written(careers(CAREERS, on, SEED), on), encoding="utf-8")
    print(DOCUMENT.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
