"""The clarification clock: how long somebody's ability to work has been under clarification, and how often anew.

``clock_of`` is a pure function over spells; what counts stands in ``clarifying.yaml``. The law gives no last day for
the whole of it, so none is reckoned: a named person promises one (``Guarantee``), or it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.casework.plans.models import Guarantee

_GROUP = "maalgruppe"


@dataclass(frozen=True)
class Line:
    """A spell as the clock reads it: both days included, ``last`` None while it lasts."""

    kind: str
    attrs: Mapping[str, Any]
    first: date
    last: date | None


@dataclass(frozen=True)
class Clock:
    """A clarification that is not settled: since when, and the first day of each measure."""

    measures: tuple[date, ...]
    on: date

    @property
    def first(self) -> date:
        """The day the first measure began."""
        return self.measures[0]

    @property
    def days(self) -> int:
        """Whole days since then."""
        return (self.on - self.first).days

    @property
    def repeats(self) -> int:
        """How many measures have come after the first."""
        return len(self.measures) - 1


def clock_of(lines: Iterable[Line], on: date) -> Clock | None:
    """The clock on a day; None where nothing is under clarification, or a decision has settled it."""
    rules = _rules()
    begun = [line for line in lines if line.first <= on]
    settled = max((line.first for line in begun if _counts(line, rules["settles"], begun)), default=date.min)
    starts = sorted(line.first for line in begun if line.first > settled and _counts(line, rules["measures"], begun))
    return Clock(tuple(starts), on) if starts else None


def clock_of_course(course: Course, on: date) -> Clock | None:
    """The clock of one course. One query."""
    return clocks_of([course.pk], on).get(course.pk)


def clocks_of(courses: Iterable[int], on: date) -> dict[int, Clock]:
    """The clocks that run in some courses, by number. One query."""
    return _clocks(Q(course__in=list(courses)), on)


def clocks_in_open_courses(on: date) -> dict[int, Clock]:
    """The clocks that run in the municipality's open courses, by number. One query."""
    measures = reduce(or_, (_condition(rule) for rule in _rules()["measures"]))
    return _clocks(Q(course__in=Spell.objects.filter(measures, course__closed=None).values("course")), on)


def _condition(rule: dict[str, Any]) -> Q:
    condition = Q(kind=rule["kind"])
    return condition & Q(**{f"attrs__{rule['attribute']}__in": rule["values"]}) if "values" in rule else condition


def _clocks(which: Q, on: date) -> dict[int, Clock]:
    kinds = {_GROUP, *(rule["kind"] for rules in _rules().values() for rule in rules)}
    rows = Spell.objects.filter(which, kind__in=kinds, standing=True, void=False)
    lines: dict[int, list[Line]] = {}
    for course, kind, attrs, period in rows.values_list("course", "kind", "attrs", "period"):
        if period.lower is not None:
            last = None if period.upper is None else date.fromordinal(period.upper.toordinal() - 1)
            lines.setdefault(course, []).append(Line(kind, attrs, period.lower, last))
    found = {course: clock_of(listed, on) for course, listed in lines.items()}
    return {course: clock for course, clock in found.items() if clock is not None}


@transaction.atomic
def promise(course: Course, by: User, until: date, reason: str, today: date) -> Guarantee:
    """A named person promises that the clarification ends in a decision by a day. Raises RefusedError."""
    errors = {}
    if until < today:
        errors["until"] = _("Dagen er gået. Vælg en dag, der kan holdes.")
    if not reason.strip():
        errors["reason"] = _("Skriv, hvad dagen bygger på. Borgeren kan læse det.")
    if errors:
        raise RefusedError(errors)
    return Guarantee.objects.create(
        kommune_id=course.kommune_id, course=course, until=until, reason=reason.strip(), by=by
    )  # fmt: skip


def guarantees_of(courses: Iterable[int]) -> dict[int, Guarantee]:
    """The promise that stands in some courses: the latest of each. One query."""
    rows = Guarantee.objects.filter(course__in=list(courses)).select_related("by").order_by("at", "pk")
    return {row.course_id: row for row in rows}


def trips(clock: Clock, guarantee: Guarantee | None) -> bool:
    """Whether a leader is to look: the promise is over, or a measure was repeated and nobody has promised an end."""
    promised = None if guarantee is None or timezone.localdate(guarantee.at) < clock.first else guarantee.until
    return clock.repeats > 0 if promised is None else promised < clock.on


def _counts(line: Line, rules: list[dict[str, Any]], lines: list[Line]) -> bool:
    return any(_fits(line, rule, lines) for rule in rules)


def _fits(line: Line, rule: dict[str, Any], lines: list[Line]) -> bool:
    if line.kind != rule["kind"] or ("values" in rule and line.attrs.get(rule["attribute"]) not in rule["values"]):
        return False
    return "within" not in rule or any(
        other.kind == _GROUP
        and other.attrs.get("gruppe") in rule["within"]
        and other.first <= line.first <= (other.last or date.max)
        for other in lines
    )


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    )
    return found
