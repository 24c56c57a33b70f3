"""From which side of the table a plan is opened: the caseworker's, the citizen's, or with a power of attorney.

Every page of the plan is one view for all of them. ``opens_plan`` finds the course, asks whether one may, writes the
look down where it is somebody else's, and hands the view a ``Side``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

import pghistory
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import invitations_of
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Invitation, Party
from fodfaeste.casework.plans.proposing import Voice
from fodfaeste.interfaces.web.caseworker.opening import logged, opens_case, signed_in
from fodfaeste.interfaces.web.citizen.own import own_course

STAFF, CITIZEN, ATTORNEY = "caseworker", "citizen", "partner"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Side:
    """Who sits here. ``area`` names the addresses; ``may_write`` is false for those who only read."""

    area: str
    course: Course
    user: User
    may_write: bool

    @property
    def voice(self) -> Voice:
        """Whose word is written down; somebody with a power of attorney speaks as the citizen."""
        return Voice(Party.KOMMUNE if self.area == STAFF else Party.CITIZEN, self.user)

    @property
    def staff(self) -> bool:
        """Whether it is the municipality's side."""
        return self.area == STAFF

    @property
    def attorney(self) -> bool:
        """Whether somebody acts for the citizen."""
        return self.area == ATTORNEY

    @property
    def base(self) -> list[Any]:
        """What addresses of this side begin with."""
        return [] if self.area == CITIZEN else [self.course.citizen.reference]

    def address(self, page: str, *more: object) -> str:
        """The address of a page of the plan: ``plan``, ``plan-step``, ``plan-record``, ``room``."""
        return reverse(f"{self.area}:{page}", args=[*self.base, *more])

    @property
    def plan(self) -> str:
        """The plan."""
        return self.address("plan")

    @property
    def record(self) -> str:
        """The record to print."""
        return self.address("plan-record")

    @property
    def room(self) -> str:
        """What the law demands, forbids and leaves open."""
        return self.address("room")

    @property
    def home(self) -> str:
        """The page behind the plan."""
        if self.area == CITIZEN:
            return "/mit/"
        return reverse("caseworker:citizen" if self.staff else "partner:course", args=self.base)


def by_staff(view: View, page: str) -> View:
    """The view for staff, behind the question why; those who may not change the case only read."""

    @opens_case(page)
    def opened(request: HttpRequest, user: User, course: Course, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, Side(STAFF, course, user, user.has_perm("courses.change", course)), *args, **kwargs)

    return opened


def by_citizen(view: View) -> View:
    """The view for the citizen herself. Her own looks are not logged."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = signed_in(request)
        course = own_course(user)
        if course is None or not user.has_perm("courses.live", course):
            raise PermissionDenied(_("Siden er borgerens egen. Log ind som borgeren for at se den."))
        user.kommune = course.kommune  # the frame shows its name
        return view(request, Side(CITIZEN, course, user, True), *args, **kwargs)

    return opened


def by_attorney(view: View, page: str) -> View:
    """The view for somebody who may act for the citizen; each look is written down with the invitation's purpose."""

    @wraps(view)
    def opened(request: HttpRequest, reference: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        invitation = invitation_to(signed_in(request), reference, may_act=True)
        user, course, purpose = signed_in(request), invitation.course, invitation.purpose
        side = Side(ATTORNEY, course, user, True)
        with pghistory.context(purpose=purpose):
            return logged(request, user, course, page, purpose, lambda: view(request, side, *args, **kwargs))

    return opened


def invitation_to(user: User, reference: UUID, **more: Any) -> Invitation:
    """What lets a partner in to a citizen's plan today. Raises Http404: whoever is not let in learns nothing."""
    invitations = invitations_of(user).filter(course__citizen__reference=reference, **more)
    found = invitations.select_related("course__citizen", "course__kommune", "course__caseworker").first()
    if found is None or not user.has_perm("courses.share", found.course):
        raise Http404(_("Her er ikke noget, der er delt med dig. Det kan være udløbet eller trukket tilbage."))
    return found
