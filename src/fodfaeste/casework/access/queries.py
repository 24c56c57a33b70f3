"""Why somebody looks, remembered while she is signed in; and what a citizen or a partner may reach."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import COVER, OWN_CASE
from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course

if TYPE_CHECKING:
    from fodfaeste.casework.plans.models import Invitation

_KEY = "purposes"


def purpose_of(session: Mapping[str, Any], course: Course) -> str | None:
    """The purpose given in this session for looking at a case; None when none was given."""
    found = session.get(_KEY, {}).get(str(course.pk))
    return found if isinstance(found, str) else None


def remember_purpose(session: MutableMapping[str, Any], course: Course, purpose: str) -> None:
    """Keep the purpose given for a case until the session ends."""
    session[_KEY] = {**session.get(_KEY, {}), str(course.pk): purpose}


def may_open(user: User, course: Course, session: Mapping[str, Any]) -> str | None:
    """The purpose under which a user may open a case now: own case, cover, or what she gave; None: she must be asked.

    Raises PermissionDenied when no purpose would open it.
    """
    if user.has_perm("courses.view_own", course):
        return OWN_CASE if course.caseworker_id == user.pk else COVER
    if not user.has_perm("courses.view", course):
        raise PermissionDenied(_("Sagen hører til en anden kommune. Slå op i din egen kommunes sager."))
    return purpose_of(session, course)


def invitations_of(user: User) -> QuerySet[Invitation]:
    """What a partner is let in to today."""
    from fodfaeste.casework.plans.models import Invitation

    day = today()
    return Invitation.objects.filter(user=user, begins__lte=day, until__gte=day, withdrawn_at=None)


def bind_to_reach(user: User | None) -> None:
    """Let the running transaction see what a user may: her municipality, her own course, or what she is invited to."""
    if user is None:
        bind(None)
        return
    bind(user.kommune_id)
    if user.role == Role.CITIZEN:
        own = Course.objects.filter(citizen=user.citizen_id).values_list("pk", flat=True).first()
        bind(user.kommune_id, [own or 0], own)
    elif user.role == Role.PARTNER:
        bind(user.kommune_id, list(invitations_of(user).values_list("course", flat=True)))
