"""What can be said of a duty on a day."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The state of a duty, or of a demand (condition) on an offer. Order of tests: see the norm guide."""

    NOT_APPLICABLE = 0
    UNKNOWN = 1
    NOT_YET = 2
    OPEN = 3
    MET = 4
    MET_LATE = 5
    LATE = 6
    PAUSED = 7
    LAPSED = 8
    WAIVED = 9
    BREACHED = 10
    STANDING = 11

    @property
    def word(self) -> str:
        """The word used in files: lower case with underscores."""
        return self.name.lower()


NEEDS_ACTION = frozenset({Status.OPEN, Status.LATE, Status.UNKNOWN, Status.BREACHED})
"""Statuses somebody has something to do about."""
