"""What columns are answered in."""

from __future__ import annotations

from dataclasses import dataclass

from fodfaeste.facts.frames import Array


@dataclass(slots=True)
class DutyColumns:
    """A duty for every row. ``start``, ``count``, ``met_on``, ``promise`` are empty unless asked for in full.

    ``needed`` has one value where it is the same for all rows.
    """

    status: Array
    due: Array
    start: Array
    count: Array
    met_on: Array
    promise: Array
    needed: Array


@dataclass(slots=True)
class Columns:
    """Outcomes of norms for all persons (or, for an ``each`` norm, for all items in order of person)."""

    n: int
    on: int
    values: dict[str, Array | DutyColumns]
    people: dict[str, Array]  # item kind → person of each item

    def __getitem__(self, norm: str) -> Array | DutyColumns:
        return self.values[norm]
