"""What the law gives her and asks of her today: in short lists, each line with its section and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.outline import Group, outline
from fodfaeste.interfaces.overview import Entry
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand
from fodfaeste.interfaces.web.caseworker.citizen_law import about_text
from fodfaeste.interfaces.web.caseworker.citizen_provenance import whence
from fodfaeste.interfaces.web.caseworker.why import answer_of
from fodfaeste.interfaces.web.citizen.own import own_page
from fodfaeste.interfaces.web.public.addresses import norm_address
from fodfaeste.interfaces.wording import Words
from fodfaeste.reasoning import Status

CITIZEN, MUNICIPALITY = "borger", "kommune"
_DAYS = (Status.OPEN, Status.LATE, Status.NOT_YET, Status.PAUSED)
_TO_DO = (Group.LATE, Group.OPEN)
_ON_HOME = 3
"""Lines of each list on the first page."""


@dataclass(frozen=True)
class Line:
    """One rule as it concerns her. ``day`` is the last day (None: none); ``late`` when that day is over."""

    label: str
    about: str
    owner: str
    ref: str
    section: str
    why: str
    day: date | None
    late: bool
    later: bool


@dataclass(frozen=True)
class Lists:
    """Her rights; what others must do for her; what she must do; what she may be offered; what cannot be told yet.

    ``…_always`` are duties without a day, which hold all the time; ``…_if`` what would follow a control, if there were
    one. ``may`` is what others may decide.
    """

    rights: list[Line] = field(default_factory=list)
    theirs: list[Line] = field(default_factory=list)
    theirs_always: list[Line] = field(default_factory=list)
    hers: list[Line] = field(default_factory=list)
    hers_always: list[Line] = field(default_factory=list)
    theirs_if: list[Line] = field(default_factory=list)
    hers_if: list[Line] = field(default_factory=list)
    help: list[Line] = field(default_factory=list)
    may: list[Line] = field(default_factory=list)
    unknown: list[Line] = field(default_factory=list)


def lists_of(at_hand: CaseAtHand) -> Lists:
    """Everything that concerns her, from outcomes alone."""
    found = Lists()
    seen: set[tuple[str, str]] = set()
    outlined = outline(at_hand.book, at_hand.view)  # without the questions, which take longer and are not asked here
    for entry in outlined.entries:
        name = _list_of(entry)
        if name is None:
            continue
        line = _line(entry, at_hand.words, outlined.number(entry.explanation))
        if (line.label, line.about) not in seen:
            seen.add((line.label, line.about))
            getattr(found, name).append(line)
    return found


def now_of(at_hand: CaseAtHand) -> dict[str, list[Line]]:
    """The few lines for her first page: what she must do, what the municipality must do, what she has a right to."""
    lists = lists_of(at_hand)
    return {
        "hers": [line for line in lists.hers if not line.later][:_ON_HOME],
        "theirs": [line for line in lists.theirs if line.day is not None and not line.later][:_ON_HOME],
        "rights": lists.rights[:_ON_HOME],
    }


def _list_of(entry: Entry) -> str | None:
    """Which list an answer belongs to; None where it concerns only others, or is done with."""
    norm = entry.explanation.norm.norm
    if CITIZEN not in (norm.owed_by, norm.owed_to):
        return None
    if entry.group == Group.UNKNOWN:
        return "unknown"
    if entry.group == Group.RIGHTS:
        return "rights" if norm.owed_to == CITIZEN else None
    if entry.group == Group.LEFT_OPEN:
        return "help" if (norm.nature, norm.owed_to, norm.owed_by) == ("help", CITIZEN, MUNICIPALITY) else "may"
    if entry.group == Group.SANCTIONS:
        return "may"
    if entry.group in (*_TO_DO, Group.LATER, Group.STANDING):
        whose = "hers" if norm.owed_by == CITIZEN else "theirs"
        if entry.group == Group.LATER and norm.nature == "control" and entry.explanation.outcome.due is None:
            return f"{whose}_if"
        return f"{whose}_always" if entry.group == Group.STANDING else whose
    return None


def _line(entry: Entry, words: Words, number: int) -> Line:
    one = entry.explanation
    norm, outcome = one.norm.norm, one.outcome
    return Line(
        label=words.norm(norm.id),
        about="" if one.item is None else about_text(one.item, words),
        owner=words.actor(norm.owed_by) if norm.owed_by not in (None, CITIZEN) else "",
        ref=one.norm.ref,
        section=norm_address(norm.id, rulebooks.law()),
        why=f"{reverse('citizen:why', args=[norm.id])}?nr={number}",
        day=outcome.due if outcome.status in _DAYS else None,
        late=outcome.status == Status.LATE,
        later=entry.group == Group.LATER,
    )


@own_page
def rights(request: HttpRequest, user: User, course: Course) -> HttpResponse:
    """All lists on one page."""
    at_hand = case_at_hand(course, today())
    lists = lists_of(at_hand)
    context = {"course": course, "lists": lists, "day": at_hand.day, "waiting": len(_labels(lists.unknown))}
    return render(request, "citizen/rights.html", context)


def _labels(lines: Iterable[Line]) -> set[str]:
    return {line.label for line in lines}


@own_page
def why(request: HttpRequest, user: User, course: Course, norm: str) -> HttpResponse:
    """Why a rule applies to her: the same explanation that the caseworker reads. ``?nr=2`` as there."""
    law, at_hand = rulebooks.law(), case_at_hand(course, today())
    number = request.GET.get("nr", "0")
    said_by = whence(at_hand.case, at_hand.day, at_hand.words)
    answer = answer_of(law, at_hand.book, at_hand.view, norm, int(number) if number.isdecimal() else 0, said_by)
    return render(request, "citizen/why.html", {"course": course, "answer": answer})
