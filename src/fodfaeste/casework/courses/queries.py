"""Reading what is written in a course as people read it: each fact once, with its history behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Fact
from fodfaeste.casework.courses.responsible import covered_by, responsible_on

__all__ = ["Known", "covered_by", "facts_of", "open_courses_of", "responsible_on"]

_ALWAYS = date.min


@dataclass(frozen=True)
class Known:
    """A field of a case: the line that counts on a day (None: none does), and the others, the latest first."""

    field: str
    line: Fact | None
    others: tuple[Fact, ...]

    @property
    def unanswered(self) -> bool:
        """Whether somebody asked and nobody knew."""
        return self.line is not None and self.line.value is None


def open_courses_of(caseworker: User, covered: Collection[int] = ()) -> list[Course]:
    """The caseworker's open courses by citizen's name, with those of colleagues she covers for; citizen at hand.

    ``covered`` are their ids, see ``responsible.covered_by``. One query.
    """
    return list(
        Course.objects.filter(caseworker__in={caseworker.pk, *covered}, closed=None)
        .select_related("citizen")
        .order_by("citizen__name", "pk")
    )


def facts_of(course: Course, on: date, field: str | None = None) -> list[Known]:
    """Every field that was ever stated, by name; with ``field`` only that one. One query."""
    lines = Fact.objects.filter(course=course).select_related("entered_by")
    if field is not None:
        lines = lines.filter(field=field)
    by_field: dict[str, list[Fact]] = {}
    for line in lines.order_by("field", "pk"):
        by_field.setdefault(line.field, []).append(line)
    return [_known(name, found, on) for name, found in by_field.items()]


def _known(field: str, lines: Iterable[Fact], on: date) -> Known:
    """As the law reads them: of those true on the day, the one recorded last counts."""
    ordered = sorted(lines, key=lambda line: (line.recorded or _ALWAYS, line.pk), reverse=True)
    counts = next((line for line in ordered if _covers(line, on)), None)
    return Known(field, counts, tuple(line for line in ordered if line is not counts))


def _covers(line: Fact, on: date) -> bool:
    if line.valid is None:
        return True
    first, after = line.valid.lower, line.valid.upper
    return (first is None or first <= on) and (after is None or on < after)
