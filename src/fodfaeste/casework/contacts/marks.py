"""The lines the signs read, for many courses at once: one query over what is written and what came to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from fodfaeste.casework.contacts.models import SignalCall
from fodfaeste.casework.contacts.queries import KINDS
from fodfaeste.casework.contacts.signs import CALL, TALK, Mark, Rules, Shown, rules, signs_of
from fodfaeste.foundation import to_day

_SQL = """
SELECT course_id, %(talk)s, "on", '', 0 FROM courses_event
 WHERE course_id = ANY(%(courses)s) AND standing AND NOT void AND kind = ANY(%(talks)s) AND "on" >= %(since)s
UNION ALL
SELECT course_id, kind, "on", 'event', 0 FROM courses_event
 WHERE course_id = ANY(%(courses)s) AND standing AND NOT void AND kind = ANY(%(events)s) AND "on" >= %(since)s
UNION ALL
SELECT course_id, kind, lower(period), 'start:' || COALESCE(attrs ->> 'type', ''), 0 FROM courses_spell
 WHERE course_id = ANY(%(courses)s) AND standing AND NOT void AND kind = ANY(%(starts)s)
UNION ALL
SELECT course_id, kind, upper(period) - 1, 'end', 0 FROM courses_spell
 WHERE course_id = ANY(%(courses)s) AND standing AND NOT void AND kind = ANY(%(ends)s) AND upper(period) > %(since)s
UNION ALL
SELECT course_id, 'udeblevet', (at AT TIME ZONE %(zone)s)::date, '', 0 FROM contacts_appointment
 WHERE course_id = ANY(%(courses)s) AND missed AND at >= %(since)s
UNION ALL
SELECT course_id, 'checkin', (at AT TIME ZONE %(zone)s)::date, '', 0 FROM contacts_checkin
 WHERE course_id = ANY(%(courses)s)
UNION ALL
SELECT course_id, 'rytme', begins, '', weeks FROM contacts_rhythm
 WHERE course_id = ANY(%(courses)s) AND ended IS NULL
UNION ALL
SELECT course_id, 'hjaelp', (asked_at AT TIME ZONE %(zone)s)::date, '', 0 FROM contacts_helprequest
 WHERE course_id = ANY(%(courses)s) AND answered_at IS NULL
UNION ALL
SELECT course_id, %(call)s, (at AT TIME ZONE %(zone)s)::date, kind, 0 FROM contacts_signalcall
 WHERE course_id = ANY(%(courses)s) AND reached = %(spoke)s
"""


def marks_of(courses: Iterable[int], day: date, declared: Rules | None = None) -> dict[int, list[Mark]]:
    """The lines of each course by its number. One query."""
    known, wanted = declared or rules(), list(courses)
    if not wanted:
        return {}
    asked = _Asked(known)
    found: dict[int, list[Mark]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "courses": wanted, "talk": TALK, "talks": list(KINDS), "call": CALL, "zone": "Europe/Copenhagen",
                "since": day - timedelta(days=known.days("vis")), "spoke": SignalCall.Reached.SPOKE.value,
                **asked.kinds,
            },
        )  # fmt: skip
        for course, kind, on, word, number in cursor.fetchall():
            if on is not None:
                name, rest = asked.name(kind, word)
                found[course].append(Mark(name, to_day(on), rest, number))
    return dict(found)


def signs_by_course(courses: Iterable[int], day: date) -> dict[int, list[Shown]]:
    """The signs that show in each course; courses without any are left out. One query."""
    found = {course: signs_of(lines, to_day(day)) for course, lines in marks_of(courses, day).items()}
    return {course: shown for course, shown in found.items() if shown}


class _Asked:
    """Which kinds of the case format are asked for, and what they are called among the signs."""

    def __init__(self, known: Rules) -> None:
        self.kinds: dict[str, list[str]] = {"events": [], "starts": [], "ends": []}
        self.names: dict[tuple[str, str], str] = {}
        for name, row in known.lines.items():
            self._add(name, row)

    def _add(self, name: str, row: Any) -> None:
        for kind in row.get("events", ()):
            self.kinds["events"].append(kind)
            self.names[kind, "event"] = name
        if "spells" in row:
            self.kinds["starts" if row["day"] == "start" else "ends"].append(row["spells"])
            self.names[row["spells"], row["day"]] = name

    def name(self, kind: str, word: str) -> tuple[str, str]:
        """What a row is called, and its word."""
        place, _, rest = word.partition(":")
        return self.names.get((kind, place), kind), rest if (kind, place) in self.names else word
