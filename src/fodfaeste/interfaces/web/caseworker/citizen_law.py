"""The law beside the citizen: what it demands, what it forbids, what it leaves open, and what she has a right to.

Lines come from outcomes alone; *why* is asked for one line at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from fodfaeste.interfaces.outline import Group, Outline
from fodfaeste.interfaces.wording import Words, days_from, progress_text, status_text
from fodfaeste.reasoning import Explanation, Status

_WITH_DAYS = (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED)
KOMMUNE = "kommune"


@dataclass(frozen=True)
class Occasion:
    """One thing a line is about (``about`` is empty where it is the person) and how it stands."""

    about: str
    status: str
    last: date | None
    first: date | None
    far: str
    progress: str
    promise: date | None
    why: str


@dataclass(frozen=True)
class Line:
    """A norm in the panel, with everything it says of this citizen. ``owner`` is empty where it is the municipality."""

    norm: str
    label: str
    ref: str
    section: str
    owner: str
    tone: str
    occasions: list[Occasion] = field(default_factory=list)


@dataclass(frozen=True)
class Panel:
    """The law in the order a person asks."""

    late: list[Line]
    now: list[Line]
    later: list[Line]
    breached: list[Line]
    not_before: list[Line]
    refused: list[Line]
    left_open: list[Line]
    sanctions: list[Line]
    rights: list[Line]
    unknown: list[Line]
    met: list[Line]
    aside: list[Line]
    standing: list[Line]


Why = Callable[[Explanation], str]
"""The address of the page that says why."""


def panel_of(found: Outline, words: Words, reference: Any, asked: dict[str, str] | None = None) -> Panel:
    """The panel of an outline. ``asked`` is added to the addresses of *why* (another day, another regime)."""
    tail = f"&{urlencode(asked)}" if asked else ""

    def why(one: Explanation) -> str:
        place = reverse("caseworker:why", args=[reference, one.norm.id])
        return f"{place}?nr={found.number(one)}{tail}"

    def lines(entries: Iterable[Explanation], tone: str) -> list[Line]:
        return _lines(entries, tone, found.on, words, why)

    late = [entry.explanation for entry in found.of(Group.LATE)]
    later = [entry.explanation for entry in found.of(Group.LATER)]
    forbidden = [one for one in later if _is_wait(one)]
    return Panel(
        late=lines((one for one in late if one.outcome.status == Status.LATE), "late"),
        now=lines(_of(found, Group.OPEN), "open"),
        later=lines((one for one in later if not _is_wait(one)), "later"),
        breached=lines((one for one in late if one.outcome.status == Status.BREACHED), "late"),
        not_before=lines(forbidden, "no"),
        refused=lines((one for one in found.refused if one.norm.norm.owed_by == KOMMUNE), "no"),
        left_open=lines(_of(found, Group.LEFT_OPEN), "may"),
        sanctions=lines(_of(found, Group.SANCTIONS), "may"),
        rights=lines(_of(found, Group.RIGHTS), "right"),
        unknown=lines(_of(found, Group.UNKNOWN), "unknown"),
        met=lines(_of(found, Group.MET), "met"),
        aside=lines(_of(found, Group.ASIDE), "aside"),
        standing=lines(_of(found, Group.STANDING), "standing"),
    )


def _of(found: Outline, group: Group) -> list[Explanation]:
    return [entry.explanation for entry in found.of(group)]


def _is_wait(one: Explanation) -> bool:
    """Whether it says only what may not be done yet."""
    return one.norm.must is not None and one.norm.must.form == "not_before"


def _lines(found: Iterable[Explanation], tone: str, on: date, words: Words, why: Why) -> list[Line]:
    """One line for each norm, what the municipality owes before what others do; the order given otherwise."""
    lines: dict[str, Line] = {}
    for one in found:
        norm = one.norm.norm
        if norm.id not in lines:
            owner = "" if norm.owed_by in (None, KOMMUNE) else words.actor(norm.owed_by)
            lines[norm.id] = Line(
                norm.id, words.norm(norm.id), one.norm.ref, section_address(norm.act, norm.section), owner, tone
            )
        lines[norm.id].occasions.append(occasion_of(one, on, words, why(one)))
    return sorted(lines.values(), key=lambda line: line.owner != "")


def occasion_of(one: Explanation, on: date, words: Words, why: str) -> Occasion:
    """How one answer stands, in few words."""
    outcome = one.outcome
    counts = outcome.status in _WITH_DAYS
    status = "" if outcome.status is None else status_text(outcome.status, words)
    return Occasion(
        about="" if one.item is None else about_text(one.item, words),
        status=status,
        last=outcome.due if counts else None,
        first=outcome.start if outcome.status == Status.NOT_YET else None,
        far=days_from(on, outcome.due, words.lang) if counts and outcome.due is not None else "",
        progress=progress_text(outcome, words),
        promise=outcome.promise if counts else None,
        why=why,
    )


def about_text(item: dict[str, Any], words: Words) -> str:
    """What an *each* norm was judged for: the kind with its days and what is known of it."""
    return words.row(item, with_kind=True)


def section_address(act: str, section: str) -> str:
    """The page of a section."""
    return reverse("public:law-section", args=[act, section])
