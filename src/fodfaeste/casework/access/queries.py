"""Why somebody looks: the purpose given once for a case, remembered while she is signed in."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import OWN_CASE
from fodfaeste.casework.access.models import User

if TYPE_CHECKING:
    from fodfaeste.casework.courses.models import Course

_KEY = "purposes"


def purpose_of(session: Mapping[str, Any], course: Course) -> str | None:
    """The purpose given in this session for looking at a case; None when none was given."""
    found = session.get(_KEY, {}).get(str(course.pk))
    return found if isinstance(found, str) else None


def remember_purpose(session: MutableMapping[str, Any], course: Course, purpose: str) -> None:
    """Keep the purpose given for a case until the session ends."""
    session[_KEY] = {**session.get(_KEY, {}), str(course.pk): purpose}


def may_open(user: User, course: Course, session: Mapping[str, Any]) -> str | None:
    """The purpose under which a user may open a case now: own case, or what she gave; None: she must be asked.

    Raises PermissionDenied when no purpose would open it.
    """
    if user.has_perm("courses.view_own", course):
        return OWN_CASE
    if not user.has_perm("courses.view", course):
        raise PermissionDenied(_("Sagen hører til en anden kommune. Slå op i din egen kommunes sager."))
    return purpose_of(session, course)
