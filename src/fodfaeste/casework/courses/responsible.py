"""Who answers for a course on a day: her caseworker, whoever covers for one who is away, else the leader.

Every day has somebody. A cover who is away too passes the case on to her own cover; where that runs in a circle, or a
course has no caseworker, the leader of the municipality answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from fodfaeste.casework.access.models import Absence, Role, User
from fodfaeste.casework.courses.models import Course, Handover

_DAY = timedelta(days=1)


class Why(Enum):
    """Why somebody answers."""

    OWN = "own"
    COVER = "cover"
    LEADER = "leader"


@dataclass(frozen=True)
class Responsible:
    """Who answers on a day. ``instead_of`` is the caseworker who is away."""

    user: User
    why: Why
    instead_of: User | None = None


def responsible_on(course: Course, day: date) -> User | None:
    """Who answers for a course on a day; None only in a municipality without a leader, where nobody could."""
    found = responsibles_on([course], day)[course.pk]
    return None if found is None else found.user


def responsibles_on(courses: Iterable[Course], day: date) -> dict[int, Responsible | None]:
    """Who answers for each course on a day, by its id. Three queries, and one more where a leader must answer."""
    wanted = {course.pk: course for course in courses}
    owners = _owners(wanted, day)
    covers = covers_on(day, {course.kommune_id for course in wanted.values()})
    found = {pk: _through(owner, covers) for pk, owner in owners.items()}
    missing = {wanted[pk].kommune_id for pk, one in found.items() if one is None}
    leaders = _leaders(missing) if missing else {}
    users = User.objects.in_bulk({*(one for one in owners.values() if one), *(one for one in found.values() if one)})
    return {pk: _said(owners[pk], found[pk], users, leaders.get(wanted[pk].kommune_id)) for pk in wanted}


def days_without(course: Course, first: date, last: date) -> list[date]:
    """The days of a stretch, both included, on which nobody answers: what the leader wants to be empty."""
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return [day for day in days if responsible_on(course, day) is None]


def absences_on(day: date, kommuner: Iterable[int]) -> list[Absence]:
    """Who is away on a day in some municipalities, the latest written first; user and cover at hand."""
    found = (
        Absence.objects.filter(kommune__in=set(kommuner), period__contains=day)
        .select_related("user", "cover")
        .order_by("-pk")
    )
    return list(found)


def covers_on(day: date, kommuner: Iterable[int]) -> dict[int, int]:
    """Who covers for whom on a day: id of the absent → id of the cover. One query."""
    return {one.user_id: one.cover_id for one in reversed(absences_on(day, kommuner))}


def covered_by(user: User, day: date) -> set[int]:
    """Ids of the colleagues whose cases a user answers for on a day, however long the chain of covers. One query."""
    if user.kommune_id is None:
        return set()
    covers = covers_on(day, [user.kommune_id])
    return {away for away in covers if _end(away, covers) == user.pk}


def _owners(wanted: Mapping[int, Course], day: date) -> dict[int, int | None]:
    """Whose each course was on a day: what stands now, wound back through the hand-overs that came later."""
    found = {pk: course.caseworker_id for pk, course in wanted.items()}
    later = Handover.objects.filter(course__in=wanted, on__gt=day).order_by("-on", "-pk")
    return found | dict(later.values_list("course_id", "giver_id"))


def _end(owner: int, covers: Mapping[int, int]) -> int | None:
    """Where a chain of covers ends; None where it runs in a circle."""
    seen = {owner}
    while owner in covers:
        owner = covers[owner]
        if owner in seen:
            return None
        seen.add(owner)
    return owner


def _through(owner: int | None, covers: Mapping[int, int]) -> int | None:
    return None if owner is None else _end(owner, covers)


def _leaders(kommuner: Iterable[int]) -> dict[int, User]:
    found = User.objects.filter(role=Role.LEADER, kommune__in=set(kommuner), is_active=True).order_by("-pk")
    return {user.kommune_id: user for user in found if user.kommune_id is not None}


def _said(owner: int | None, answers: int | None, users: Mapping[int, User], leader: User | None) -> Responsible | None:
    away = None if owner is None else users.get(owner)
    if answers is not None and answers == owner:
        return Responsible(users[answers], Why.OWN)
    if answers is not None:
        return Responsible(users[answers], Why.COVER, away)
    return None if leader is None else Responsible(leader, Why.LEADER, away)
