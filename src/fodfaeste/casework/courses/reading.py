"""From rows to cases: what the law reads in a course."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from fodfaeste.facts import Case, Vocabulary, make_case
from fodfaeste.facts import Event as EventLine
from fodfaeste.facts import Fact as FactLine
from fodfaeste.facts import Spell as SpellLine
from fodfaeste.foundation import to_day


def cases_of(courses: Iterable[Course], vocabulary: Vocabulary) -> dict[int, Case]:
    """The case of each course, by the course's id, in four queries however many there are.

    The case is named by the citizen's reference, which names nobody. Lines of a kind the vocabulary does not know (any
    more) are left out of what the law reads; they still stand in the history.
    """
    found = {course.pk: course for course in courses}
    spells, events, facts = _spells(found, vocabulary), _events(found, vocabulary), _facts(found, vocabulary)
    names = _names(found)
    return {
        pk: make_case(
            vocabulary,
            case=str(names[pk][0]),
            municipality=names[pk][1],
            facts=tuple(facts[pk]),
            spells=tuple(spells[pk]),
            events=tuple(events[pk]),
            unobserved=frozenset(course.unobserved),
        )
        for pk, course in found.items()
    }


def case_of(course: Course, vocabulary: Vocabulary) -> Case:
    """The case of one course."""
    return cases_of([course], vocabulary)[course.pk]


def _names(courses: dict[int, Course]) -> dict[int, tuple[UUID, str]]:
    rows = Course.objects.filter(pk__in=courses).values_list("pk", "citizen__reference", "kommune__name")
    return {pk: (reference, kommune) for pk, reference, kommune in rows}


def _spells(courses: Iterable[int], vocabulary: Vocabulary) -> dict[int, list[SpellLine]]:
    found: dict[int, list[SpellLine]] = defaultdict(list)
    columns = ("course_id", "pk", "kind", "period", "attrs", "recorded", "void", "corrects_id")
    for course, pk, kind, period, attrs, recorded, void, corrects in (
        Spell.objects.filter(course__in=courses).order_by("pk").values_list(*columns)
    ):
        known = vocabulary.spells.get(kind)
        if known is None:
            continue
        start, end = to_day(period.lower), None if period.upper is None else to_day(period.upper) - 1
        found[course].append(
            SpellLine(kind, start, end, _known(attrs, known.attrs), str(pk), _day(recorded), void, _name(corrects))
        )
    return found


def _events(courses: Iterable[int], vocabulary: Vocabulary) -> dict[int, list[EventLine]]:
    found: dict[int, list[EventLine]] = defaultdict(list)
    columns = ("course_id", "pk", "kind", "on", "attrs", "recorded", "void", "corrects_id")
    for course, pk, kind, on, attrs, recorded, void, corrects in (
        Event.objects.filter(course__in=courses).order_by("pk").values_list(*columns)
    ):
        known = vocabulary.events.get(kind)
        if known is None:
            continue
        found[course].append(
            EventLine(kind, to_day(on), _known(attrs, known.attrs), str(pk), _day(recorded), void, _name(corrects))
        )
    return found


def _facts(courses: Iterable[int], vocabulary: Vocabulary) -> dict[int, list[FactLine]]:
    found: dict[int, list[FactLine]] = defaultdict(list)
    columns = ("course_id", "field", "value", "valid", "recorded", "source", "by")
    for course, field, value, valid, recorded, source, by in (
        Fact.objects.filter(course__in=courses).order_by("recorded", "pk").values_list(*columns)
    ):
        if field not in vocabulary.fields:
            continue
        start = None if valid is None or valid.lower is None else to_day(valid.lower)
        end = None if valid is None or valid.upper is None else to_day(valid.upper) - 1
        found[course].append(FactLine(field, value, start, end, _day(recorded), source or None, by or None))
    return found


def _known(attrs: dict[str, Any], types: Any) -> dict[str, Any]:
    return {name: value for name, value in attrs.items() if value is not None and name in types}


def _day(day: date | None) -> int | None:
    return None if day is None else to_day(day)


def _name(pk: int | None) -> str | None:
    return None if pk is None else str(pk)


def benefit_spells(kommune: int) -> list[tuple[int, int, int | None, str | None, bool]]:
    """Every spell of benefit in the municipality's courses: course, first and last day, benefit, may there be more.

    Days since 1970; the last day is None while the benefit runs. Open and closed courses, in order. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT s.course_id, lower(s.period) - DATE 'epoch', upper(s.period) - DATE 'epoch' - 1,
                   s.attrs ->> 'type', c.unobserved ? 'ydelse'
            FROM courses_spell AS s JOIN courses_course AS c ON c.id = s.course_id
            WHERE s.kommune_id = %s AND s.kind = 'ydelse' AND s.standing AND NOT s.void AND lower(s.period) IS NOT NULL
            ORDER BY 1, 2
            """,
            [kommune],
        )
        return list(cursor.fetchall())
