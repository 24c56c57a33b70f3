"""What became of every row: counted by file, so that nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Refused:
    """A line that cannot stand beside what is there, and the rows of the file it stands for."""

    file: int
    row: int
    """The first of its rows."""
    rows: int
    field: str
    code: str
    given: str | None = None
    person: int | None = None
    first: date | None = None
    after: date | None = None
    """Where the line stands for several rows: the days they lie in."""


@dataclass
class Tally:
    """Rows by file."""

    new: Counter[int] = field(default_factory=Counter)
    changed: Counter[int] = field(default_factory=Counter)
    unchanged: Counter[int] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)

    def count(self, what: Counter[int], rows: Iterable[tuple[int, int]]) -> None:
        """Add rows of files."""
        for file, number in rows:
            what[file] += int(number or 0)
