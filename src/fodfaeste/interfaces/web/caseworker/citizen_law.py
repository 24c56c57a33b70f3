"""The law beside the citizen: what it demands, what it forbids, what it leaves open, and what she has a right to.

Lines come from outcomes alone; *why* is asked for one line at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.outline import Group, Outline
from fodfaeste.interfaces.overview import Entry
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import case_at_hand
from fodfaeste.interfaces.web.caseworker.opening import opens_case
from fodfaeste.interfaces.web.local_promises import given_up_texts
from fodfaeste.interfaces.web.public.addresses import norm_address
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
    given_up: str = ""


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
class Part:
    """A list of the panel. Its lines are made when they are asked for, since most lists begin folded."""

    key: str
    explanations: tuple[Explanation, ...]
    write: Callable[[tuple[Explanation, ...]], list[Line]] = field(repr=False)

    @cached_property
    def lines(self) -> list[Line]:
        """The norms, one line each."""
        return self.write(self.explanations)

    def __len__(self) -> int:
        return len({one.norm.id for one in self.explanations})


Panel = dict[str, Part]
"""The lists by key, see ``TONES``."""

TONES = {
    "late": "late", "now": "open", "later": "later", "standing": "standing", "met": "met", "aside": "aside",
    "unknown": "unknown", "breached": "late", "missed": "aside", "not_before": "no", "refused": "no", "help": "may",
    "control": "may", "process": "may", "sanctions": "may", "rights": "right",
}  # fmt: skip
"""Every list, with the look of its lines."""


def panel_of(found: Outline, words: Words, why: Callable[[Explanation], str]) -> Panel:
    """The lists of an outline; ``why`` gives the address of an answer's reasons, or nothing."""
    gone = given_up_texts(found.rulebook, found.on)

    def part(key: str, explanations: Iterable[Explanation]) -> Part:
        return Part(key, tuple(explanations), lambda them: _lines(them, TONES[key], found.on, words, why, gone))

    sorted_out = _sorted_out(found)
    return {key: part(key, sorted_out.get(key, ())) for key in TONES}


def whys_of(found: Outline, reference: Any) -> Callable[[Explanation], str]:
    """Where the reasons of an outline's answers stand, for staff."""

    def why(one: Explanation) -> str:
        return f"{reverse('caseworker:why', args=[reference, one.norm.id])}?nr={found.number(one)}"

    return why


def _sorted_out(found: Outline) -> dict[str, list[Explanation]]:
    """Which list each answer belongs to."""
    lists: dict[str, list[Explanation]] = {}
    for entry in found.entries:
        lists.setdefault(_list_of(entry, found.on), []).append(entry.explanation)
    lists["refused"] = [one for one in found.refused if one.norm.norm.owed_by == KOMMUNE]
    return lists


_LISTS = {
    Group.OPEN: "now", Group.UNKNOWN: "unknown", Group.MET: "met", Group.ASIDE: "aside", Group.RIGHTS: "rights",
    Group.SANCTIONS: "sanctions", Group.STANDING: "standing",
}  # fmt: skip


def _list_of(entry: Entry, on: date) -> str:
    one = entry.explanation
    if entry.group == Group.LATE and one.outcome.status == Status.BREACHED:
        return "missed" if _is_over(one, on) else "breached"
    if entry.group == Group.LATE:
        return "late"
    if entry.group == Group.LATER:
        return "not_before" if _is_wait(one) else "later"
    if entry.group == Group.LEFT_OPEN:
        nature = one.norm.norm.nature
        return nature if nature in ("help", "control") else "process"
    return _LISTS[entry.group]


def _is_over(one: Explanation, on: date) -> bool:
    """Whether what the demand was about has happened or ended, so that nothing can be done about it any more."""
    if one.item is None:
        return False
    return "date" in one.item or (one.item.get("to") or date.max) < on


def _is_wait(one: Explanation) -> bool:
    """Whether it says only what may not be done yet."""
    return one.norm.must is not None and one.norm.must.form == "not_before"


def _lines(
    found: Iterable[Explanation], tone: str, on: date, words: Words, why: Callable[[Explanation], str],
    gone: Mapping[str, str],
) -> list[Line]:  # fmt: skip
    """One line for each norm, what the municipality owes before what others do; the order given otherwise."""
    lines: dict[str, Line] = {}
    for one in found:
        norm = one.norm.norm
        if norm.id not in lines:
            owner = "" if norm.owed_by in (None, KOMMUNE) else words.actor(norm.owed_by)
            lines[norm.id] = Line(
                norm.id, words.norm(norm.id), one.norm.ref, norm_address(norm.id, rulebooks.law()), owner, tone
            )
        lines[norm.id].occasions.append(occasion_of(one, on, words, why(one), gone.get(norm.id, "")))
    return sorted(lines.values(), key=lambda line: line.owner != "")


def occasion_of(one: Explanation, on: date, words: Words, why: str, given_up: str = "") -> Occasion:
    """How one answer stands, in few words; ``given_up`` says who gave the promise above the law up, and why."""
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
        promise=outcome.promise if counts and not given_up else None,
        why=why,
        given_up=given_up if counts else "",
    )


def about_text(item: dict[str, Any], words: Words) -> str:
    """What an *each* norm was judged for: the kind with its days and what is known of it."""
    return words.row(item, with_kind=True)


@opens_case("citizen-law")
def law(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """All that the law says in the case today; for htmx one list of it (``?del=rights``)."""
    at_hand = case_at_hand(course, today())
    reference = course.citizen.reference
    panel = panel_of(at_hand.found, at_hand.words, whys_of(at_hand.found, reference))
    wanted = request.GET.get("del")
    if not getattr(request, "htmx", False):
        context = {"course": course, "citizen": course.citizen, "panel": panel, "whole": True, "day": at_hand.day}
        return render(request, "caseworker/citizen_whole_law.html", context)
    if wanted not in panel:
        raise Http404(_("Den liste findes ikke. Gå tilbage til borgeren."))
    return render(request, "caseworker/citizen_law_lines.html", {"lines": panel[wanted].lines})
