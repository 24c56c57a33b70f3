"""Calm or forgotten: two cases may look alike in the count of contacts, and be as different as can be.

*Calm* was chosen by the citizen: it has a last day, somebody to reach, a way back. *Forgotten* is a case without
contact for longer than ``signs.yaml`` says, without an appointment ahead, a running agreement or calm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db import connection

from fodfaeste.casework.contacts.queries import KINDS
from fodfaeste.casework.contacts.signs import WEEK, rules


class Standing(Enum):
    """How contact stands in an open case."""

    IN_CONTACT = "kontakt"
    CALM = "ro"
    SELF_DRIVEN = "selvkoerende"
    FORGOTTEN = "glemt"


@dataclass(frozen=True)
class Stood:
    """How contact stands, since when there has been none (None: there never was any), and until when calm is agreed."""

    standing: Standing
    last: date | None
    until: date | None = None


_SQL = """
SELECT c.id, calm.until, driven.begins IS NOT NULL,
       ahead.at IS NOT NULL
         OR COALESCE(agreed.id IS NOT NULL AND (agreed.until IS NULL OR agreed.until >= %(day)s)
             AND (agreed.weeks IS NULL OR GREATEST(agreed.begins, recent."on") >= %(day)s - agreed.weeks * %(week)s),
             false)
         OR c.opened > %(quiet)s OR recent."on" > %(quiet)s,
       recent."on"
FROM courses_course c
LEFT JOIN contacts_calm calm ON calm.course_id = c.id AND calm.ended IS NULL AND calm.until >= %(day)s
    AND calm.chosen_on IS NOT NULL
LEFT JOIN contacts_selfdriven driven ON driven.course_id = c.id AND driven.ended IS NULL
LEFT JOIN LATERAL (
    SELECT at FROM contacts_appointment a
    WHERE a.course_id = c.id AND a.cancelled_at IS NULL AND a.held_id IS NULL AND a.at >= %(day)s LIMIT 1
) ahead ON true
LEFT JOIN LATERAL (
    SELECT id, weeks, until, begins FROM contacts_contactagreement g WHERE g.course_id = c.id ORDER BY id DESC LIMIT 1
) agreed ON true
LEFT JOIN LATERAL (
    SELECT "on" FROM courses_event e
    WHERE e.course_id = c.id AND e.standing AND NOT e.void AND e.kind = ANY(%(kinds)s) ORDER BY "on" DESC LIMIT 1
) recent ON true
WHERE c.kommune_id = %(kommune)s AND c.closed IS NULL
"""


def standings(kommune: int, day: date, courses: Iterable[int] | None = None) -> dict[int, Stood]:
    """How contact stands in each open course of a municipality, or in some of them. One query."""
    narrowed, given = "", {}
    if courses is not None:
        narrowed, given = " AND c.id = ANY(%(courses)s)", {"courses": list(courses)}
    quiet = day - timedelta(days=rules().days("glemt"))
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL + narrowed,
            {"kommune": kommune, "day": day, "quiet": quiet, "week": WEEK, "kinds": list(KINDS), **given},
        )
        return {pk: _stood(*rest) for pk, *rest in cursor.fetchall()}


def _stood(until: date | None, driven: bool, in_contact: bool, last: date | None) -> Stood:
    if until is not None:
        return Stood(Standing.CALM, last, until)
    if driven:
        return Stood(Standing.SELF_DRIVEN, last)
    return Stood(Standing.IN_CONTACT if in_contact else Standing.FORGOTTEN, last)
