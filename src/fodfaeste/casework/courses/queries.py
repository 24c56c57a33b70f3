"""Reading what is written in a course as people read it: each fact once, with its history behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Fact

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


def open_courses_of(caseworker: User) -> list[Course]:
    """The caseworker's open courses by citizen's name; citizen at hand. One query."""
    return list(
        Course.objects.filter(caseworker=caseworker, closed=None)
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


def benefit_spells(kommune: int) -> list[tuple[int, int, int | None, str | None, bool]]:
    """Every spell of benefit in the municipality's courses: course, first and last day, benefit, may there be more.

    Days since 1970; the last day is None while the benefit runs. Open and closed courses, in order. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.course_id, lower(s.period) - DATE '1970-01-01', upper(s.period) - DATE '1970-01-02',
                   s.attrs ->> 'type', c.unobserved ? 'ydelse'
            FROM courses_spell AS s JOIN courses_course AS c ON c.id = s.course_id
            WHERE s.kommune_id = %s AND s.kind = 'ydelse' AND s.standing AND NOT s.void AND lower(s.period) IS NOT NULL
            ORDER BY 1, 2
            """,
            [kommune],
        )
        return list(cursor.fetchall())
