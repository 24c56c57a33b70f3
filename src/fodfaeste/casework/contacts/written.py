"""What citizens and partners have written that waits for their caseworker: to be answered, or just to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db import connection

from fodfaeste.casework.access.models import User


class Kind(Enum):
    """What was written. The first two wait for an answer, the others until the caseworker has opened the page."""

    OBJECTION = "indsigelse"
    STEP = "skridt"
    CHECK_IN = "checkin"
    ANSWER = "svar"


@dataclass(frozen=True)
class Written:
    """One thing that was written in a course; ``text`` is what was said, or the step it was said of."""

    course: int
    kind: Kind
    at: datetime
    text: str


_SQL = """
SELECT course_id, 'indsigelse', raised_at, text FROM courses_objection
 WHERE course_id = ANY(%(courses)s) AND outcome = ''
UNION ALL
SELECT s.course_id, 'skridt', p.at, s.text FROM plans_step s
 JOIN LATERAL (SELECT at, party FROM plans_position WHERE step_id = s.id ORDER BY id DESC LIMIT 1) p ON true
 WHERE s.course_id = ANY(%(courses)s) AND s.done IS NULL AND s.dropped_at IS NULL AND NOT s.agreed
   AND p.party <> 'kommune'
UNION ALL
SELECT c.course_id, 'checkin', c.at, c.text FROM contacts_checkin c
 WHERE c.course_id = ANY(%(courses)s) AND NOT EXISTS (
   SELECT 1 FROM access_lookup l WHERE l.course = c.course_id AND l.user_id = %(user)s AND l.page = 'contact'
      AND l.at > c.at)
UNION ALL
SELECT a.course_id, 'svar', a.at, a.text FROM plans_answer a
 WHERE a.course_id = ANY(%(courses)s) AND NOT EXISTS (
   SELECT 1 FROM access_lookup l WHERE l.course = a.course_id AND l.user_id = %(user)s AND l.page = 'plan'
      AND l.at > a.at)
ORDER BY 3
"""


def written_in(courses: Iterable[int], user: User) -> list[Written]:
    """What waits for a caseworker in some courses, what has waited longest first. One query.

    What she opened is known from the log of looks: whoever looks at the page has read it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"courses": list(courses), "user": user.pk})
        return [Written(course, Kind(kind), at, text) for course, kind, at, text in cursor.fetchall()]
