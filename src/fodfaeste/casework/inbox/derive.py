"""From answers to lines of the index: which duties of an open course somebody should know of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fodfaeste.facts import View
from fodfaeste.foundation import FAR
from fodfaeste.reasoning import Status, judge_of
from fodfaeste.reasoning.history import NONE
from fodfaeste.rulebook import ResolvedNorm, Rulebook

if TYPE_CHECKING:
    from fodfaeste.casework.inbox.frames import Caseload

SHOWN = (Status.LATE, Status.BREACHED, Status.OPEN, Status.UNKNOWN, Status.PAUSED, Status.NOT_YET)
"""Statuses somebody should know of."""

_TRUE = 2  # an encoded truth

Line = tuple[int, int, str, int, int, int, int]
"""course, version, norm, first day of the item (FAR: none), status, start and due (FAR: none)."""


@dataclass
class Derived:
    """The lines of many courses, and how many courses each norm concerns."""

    lines: Iterable[Line]
    concerns: Counter[str]


def lines_of_case(book: Rulebook, view: View, course: int, version: int, concerns: Counter[str]) -> Iterator[Line]:
    """The lines of one course, judged alone."""
    raws = judge_of(book).all(view)
    for norm, raw in zip(book.norms.values(), raws, strict=True):
        if norm.absent:
            continue
        each = norm.norm.each
        found: Sequence[Any] = raw if isinstance(raw, list) else [raw]
        if any(_applies(norm, one) for one in found):
            concerns[norm.id] += 1
        if not _can_be_done(norm):
            continue
        for position, one in enumerate(found):
            if one[0] in SHOWN:
                first = _first_day(view, each, position)
                yield (course, version, norm.id, first, one[0], _or_far(one[1]), _or_far(one[2]))


def lines_of_many(book: Rulebook, caseload: Caseload) -> Derived:
    """The lines of many courses, judged in columns: the same as one by one."""
    import numpy as np

    from fodfaeste.reasoning.columns import DutyColumns, columns

    answer = columns(book, caseload.frames, detail="full")
    shown = np.zeros(len(Status), bool)
    shown[[int(status) for status in SHOWN]] = True
    concerns: Counter[str] = Counter()
    lines: list[Iterable[Line]] = []
    for norm, values in answer.values.items():
        resolved = book.norms[norm]
        each = resolved.norm.each
        people = answer.people[each] if each else np.arange(answer.n)
        status = values.status if isinstance(values, DutyColumns) else values  # a demand has a status and no days
        if _has_status(resolved):
            applies = status != Status.NOT_APPLICABLE
        else:
            applies = (status == _TRUE) & (resolved.norm.type == "bool")
        if applies.any():
            concerns[norm] = len(np.unique(people[applies]))
        if _can_be_done(resolved):
            rows = np.flatnonzero(shown[status])
            nowhere = np.full(len(rows), FAR)
            who = people[rows]
            lines.append(
                zip(
                    caseload.courses[who].tolist(),
                    caseload.versions[who].tolist(),
                    [norm] * len(rows),
                    (_first_days(caseload, each)[rows] if each else nowhere).tolist(),
                    status[rows].tolist(),
                    (_far(values.start[rows]) if isinstance(values, DutyColumns) else nowhere).tolist(),
                    (_far(values.due[rows]) if isinstance(values, DutyColumns) else nowhere).tolist(),
                    strict=True,
                )
            )
    return Derived((line for part in lines for line in part), concerns)


def _can_be_done(norm: ResolvedNorm) -> bool:
    """Whether some event can show that it is done; a duty of content that no event shows would fill every list."""
    return norm.must is not None or norm.requires is not None


def _has_status(norm: ResolvedNorm) -> bool:
    """Whether the norm's answer is a status, not a value."""
    return norm.norm.kind == "duty" or _can_be_done(norm)


def _applies(norm: ResolvedNorm, raw: Sequence[Any]) -> bool:
    if _has_status(norm):
        return bool(raw[0] != Status.NOT_APPLICABLE)
    return bool(norm.norm.type == "bool" and raw[0] == _TRUE)


def _first_day(view: View, each: str | None, position: int) -> int:
    if each is None:
        return FAR
    rows: list[Any] = view.spells[each] if each in view.spells else view.events[each]
    return int(rows[position][0])


def _first_days(caseload: Caseload, each: str) -> Any:
    frames = caseload.frames
    return frames.spells[each].start if each in frames.spells else frames.events[each].day


def _or_far(day: int | None) -> int:
    return FAR if day is None or day == NONE or day >= FAR else day


def _far(days: Any) -> Any:
    import numpy as np

    return np.where((days == NONE) | (days >= FAR), FAR, days)
