"""*Hjælp*: citizens who have asked for a person and wait, the longest first; and how long answers take."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fodfaeste.casework.access.actions import OWN_CASE, log_list
from fodfaeste.casework.access.today import now, today
from fodfaeste.casework.contacts.answer_times import AnswerTimes, answer_times
from fodfaeste.casework.contacts.models import HelpRequest
from fodfaeste.casework.courses.queries import covered_by
from fodfaeste.interfaces.web.caseworker.opening import signed_in
from fodfaeste.interfaces.web.contact.said import wait_words

ASKED_FOR_HELP = "help"
"""The purpose of a look at the list of those who wait, when the case is not one's own."""

BACK = timedelta(days=91)
"""How far back answer times are looked at; a habit of the page, not of the law."""


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Those of her own cases, of colleagues she covers for, and of cases nobody has."""
    user = signed_in(request)
    if not user.has_perm("inbox.view") or user.kommune_id is None:
        raise PermissionDenied(_("Siden er for sagsbehandlere."))
    mine = {user.pk, *covered_by(user, today())}
    found = list(
        HelpRequest.objects.filter(kommune=user.kommune_id, answered_at=None)
        .filter(Q(course__caseworker__in=mine) | Q(course__caseworker=None))
        .select_related("course__citizen", "course__caseworker")
        .order_by("asked_at")
    )
    log_list(user, [one.course for one in found if one.course.caseworker_id == user.pk], "help", OWN_CASE)
    log_list(user, [one.course for one in found if one.course.caseworker_id != user.pk], "help", ASKED_FOR_HELP)
    moment = now()
    times = answer_times(user.kommune_id, moment - BACK, moment)
    context = {
        "waiting": [(one, wait_words(moment - one.asked_at)) for one in found],
        "times": times,
        **times_in_words(times),
    }
    return render(request, "caseworker/help.html", context)


def times_in_words(times: AnswerTimes) -> dict[str, str]:
    """The waits that can be shown, in words, by name."""
    found = {"median": times.median, "ninth": times.ninth, "longest": times.longest}
    return {name: wait_words(wait) for name, wait in found.items() if wait is not None}
