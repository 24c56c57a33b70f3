"""What is shared with somebody outside, one line for each citizen: for what, and until when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fodfaeste.casework.access.actions import log_list
from fodfaeste.casework.access.models import Role
from fodfaeste.casework.access.queries import invitations_of
from fodfaeste.interfaces.web.caseworker.opening import signed_in


def home(request: HttpRequest) -> HttpResponse:
    """Those who let her in; each is written down with its purpose, since a name is shown."""
    user = signed_in(request)
    if user.role != Role.PARTNER:
        raise PermissionDenied(_("Siden er for dem, kommunen samarbejder med. Du kan søge borgeren frem i stedet."))
    found = list(invitations_of(user).select_related("course__citizen").order_by("until", "pk"))
    for invitation in found:
        log_list(user, [invitation.course], "partner", invitation.purpose)
    return render(request, "partner/home.html", {"invitations": found})
