"""Who may what: predicates over the role and the relation to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.today import today

if TYPE_CHECKING:
    from fodfaeste.casework.courses.models import Course


@rules.predicate
def is_caseworker(user: User) -> bool:
    """A caseworker of some municipality."""
    return user.role == Role.CASEWORKER and user.kommune_id is not None


@rules.predicate
def is_leader(user: User) -> bool:
    """A leader of some municipality."""
    return user.role == Role.LEADER and user.kommune_id is not None


@rules.predicate
def is_jurist(user: User) -> bool:
    """A jurist of some municipality."""
    return user.role == Role.JURIST and user.kommune_id is not None


@rules.predicate
def is_citizen(user: User) -> bool:
    """A citizen who has signed in herself."""
    return user.role == Role.CITIZEN and user.citizen_id is not None


@rules.predicate
def is_partner(user: User) -> bool:
    """Somebody outside the employment service."""
    return user.role == Role.PARTNER and user.kommune_id is not None


@rules.predicate
def her_own(user: User, course: Course | None) -> bool:
    """The course is the citizen's own."""
    return course is not None and user.citizen_id is not None and course.citizen_id == user.citizen_id


@rules.predicate
def invited(user: User, course: Course | None) -> bool:
    """The user is let in to the course today."""
    from fodfaeste.casework.access.queries import invitations_of

    return course is not None and invitations_of(user).filter(course=course).exists()


@rules.predicate
def same_municipality(user: User, course: Course | None) -> bool:
    """The case belongs to the user's own municipality."""
    return course is not None and user.kommune_id is not None and course.kommune_id == user.kommune_id


@rules.predicate
def own_case(user: User, course: Course | None) -> bool:
    """The user is the case's caseworker."""
    return course is not None and course.caseworker_id == user.pk


@rules.predicate
def covers(user: User, course: Course | None) -> bool:
    """The case's caseworker is away today, and the user answers in her place."""
    from fodfaeste.casework.courses.responsible import covered_by

    return course is not None and course.caseworker_id is not None and course.caseworker_id in covered_by(user, today())


is_staff = is_caseworker | is_leader | is_jurist

rules.add_perm("courses.view_own", is_caseworker & same_municipality & (own_case | covers))  # opens without a question
rules.add_perm("courses.view", is_staff & same_municipality)  # others in the municipality give a purpose first
rules.add_perm("courses.change", is_caseworker & same_municipality)
rules.add_perm("courses.live", is_citizen & her_own)  # the citizen's own pages
rules.add_perm("courses.share", is_partner & invited)  # the shared part, and nothing else
rules.add_perm("courses.find", is_staff)  # search among the municipality's citizens
rules.add_perm("changes.view", is_staff)
rules.add_perm("inbox.view", is_caseworker)
rules.add_perm("kommune.view", is_leader)
rules.add_perm("partners.manage", is_leader)
rules.add_perm("law.view", rules.is_authenticated)
