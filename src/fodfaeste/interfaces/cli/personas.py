"""The users a visitor of the demonstration may be; nobody has a password, only the persona picker lets them in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fodfaeste.casework.access.models import Kommune, User
    from fodfaeste.casework.courses.models import Course
    from fodfaeste.population.municipality import PartnerPersona

_INVITED_FOR = timedelta(days=365)
"""How long the demonstration lets a partner in; what the law says of it is not asked here."""


def staff_personas(place: Kommune) -> None:
    """Those who work in the municipality; whoever is there already stays as she is."""
    from fodfaeste.population.municipality import PERSONAS

    for one in PERSONAS:
        _user(place, one.username, one.first_name, one.last_name, role=one.role, team=one.team, job=one.job)


def outside_personas(place: Kommune, day: date) -> None:
    """Three citizens with a plan, and two partners one of them has let in. Of a citizen nobody fits, none is made."""
    from django.db import transaction

    from fodfaeste.casework.access.models import Role
    from fodfaeste.casework.access.protection import bind
    from fodfaeste.population.municipality import CITIZENS, PARTNERS

    with transaction.atomic():
        bind(place.pk)
        courses: dict[str, Course] = {}
        for one in CITIZENS:
            course = _course_of(one.username, one.caseworker, one.group, day)
            if course is not None:
                courses[one.username] = course
                first, _, last = course.citizen.name.partition(" ")
                _user(place, one.username, first, last, role=Role.CITIZEN, team=one.told, citizen=course.citizen)
        for partner in PARTNERS:
            if partner.citizen in courses:
                _invite(place, partner, courses[partner.citizen], day)


def has_citizens(place: Kommune) -> bool:
    """Whether the municipality has citizens who can sign in."""
    from fodfaeste.casework.access.models import Role, User

    return User.objects.filter(kommune=place, role=Role.CITIZEN).exists()


def _user(place: Kommune, username: str, first: str, last: str, **more: Any) -> User:
    from django.contrib.auth.hashers import make_password

    from fodfaeste.casework.access.models import User

    given = {"first_name": first, "last_name": last, "kommune": place, "password": make_password(None), **more}
    return User.objects.get_or_create(username=username, defaults=given)[0]


def _course_of(username: str, caseworker: str, group: str, day: date) -> Course | None:
    """The user's course, else the first of the caseworker's in the group: with goal, step and appointment if any."""
    from django.db.models import Count, Exists, OuterRef, Q

    from fodfaeste.casework.courses.models import Course, Spell

    known = Course.objects.filter(citizen__user__username=username).select_related("citizen").first()
    if known is not None:
        return known
    in_group = Spell.objects.filter(
        course=OuterRef("pk"), kind="maalgruppe", attrs__gruppe=group, standing=True, void=False, period__contains=day
    )
    found = Course.objects.filter(Exists(in_group), caseworker__username=caseworker, closed=None, citizen__user=None)
    ahead = Q(appointments__at__date__gte=day, appointments__held=None, appointments__cancelled_at=None)
    plan = (
        Count("words", filter=Q(words__kind="goal"), distinct=True),
        Count("steps", filter=Q(steps__done=None), distinct=True),
        Count("appointments", filter=ahead, distinct=True),
    )
    counted = found.select_related("citizen").annotate(goals=plan[0], waiting=plan[1], meetings=plan[2])
    full = counted.filter(goals__gt=0, waiting__gt=0, meetings__gt=0).order_by("pk").first()
    return full or counted.order_by("-goals", "pk").first()


def _invite(place: Kommune, partner: PartnerPersona, course: Course, day: date) -> None:
    """Let a partner in to the first step of the plan, with the citizen's consent; once."""
    from fodfaeste.casework.access.models import Role
    from fodfaeste.casework.plans.models import Invitation, Shared, Step

    user = _user(
        place, partner.username, partner.first_name, partner.last_name, role=Role.PARTNER,
        organisation=partner.organisation,
    )  # fmt: skip
    if Invitation.objects.filter(user=user).exists() or course.caseworker is None:
        return
    invited = Invitation.objects.create(
        kommune=place, course=course, kind=partner.kind, user=user, purpose=partner.purpose,
        basis="Borgerens samtykke", consent_on=day, begins=day, until=day + _INVITED_FOR,
        sees_goal=True, sees_appointments=True, invited_by=course.caseworker,
    )  # fmt: skip
    for step in Step.objects.filter(course=course, done=None).order_by("on", "pk")[:1]:
        Shared.objects.create(kommune=place, course=course, invitation=invited, step=step)
