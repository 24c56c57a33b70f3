"""How long people who asked for help waited for a person: measured, not estimated, and hidden where they are few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fodfaeste.casework.contacts.models import HelpRequest

FEW = 5
"""Fewer answers than these may tell about a person, and are not shown. A choice of this program."""


@dataclass(frozen=True)
class AnswerTimes:
    """Answers in a stretch of time: how many, the middle wait, and the wait that nine in ten did not exceed.

    ``median`` and ``ninth`` are None where there are too few. ``waiting`` are those nobody has answered,
    ``longest`` the longest of their waits.
    """

    answered: int
    median: timedelta | None
    ninth: timedelta | None
    waiting: int
    longest: timedelta | None

    @property
    def hidden(self) -> bool:
        """Whether the number of answers is too small to be shown."""
        return 0 < self.answered < FEW


def answer_times(kommune: int, since: datetime, now: datetime) -> AnswerTimes:
    """What was answered since a moment, and who waits now. One query."""
    rows = HelpRequest.objects.filter(kommune=kommune, asked_at__gte=since) | HelpRequest.objects.filter(
        kommune=kommune, answered_at=None
    )
    waits, waiting = [], []
    for asked, answered in rows.values_list("asked_at", "answered_at"):
        if answered is None:
            waiting.append(now - asked)
        else:
            waits.append(answered - asked)
    waits.sort()
    enough = len(waits) >= FEW
    return AnswerTimes(
        answered=len(waits),
        median=_at(waits, 50) if enough else None,
        ninth=_at(waits, 90) if enough else None,
        waiting=len(waiting),
        longest=max(waiting, default=None),
    )


def _at(waits: list[timedelta], per_cent: int) -> timedelta:
    """The wait that so many in a hundred did not exceed: an observed one, never one in between."""
    return waits[max(0, -(-len(waits) * per_cent // 100) - 1)]
