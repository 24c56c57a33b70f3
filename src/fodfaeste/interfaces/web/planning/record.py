"""The record of the plan, to print: who proposed what, who agreed, what was rejected, and what came of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fodfaeste.casework.access.today import today
from fodfaeste.casework.plans.reading import plan_of
from fodfaeste.interfaces.web.planning.side import Side


def record(request: HttpRequest, side: Side) -> HttpResponse:
    """Everything that was said, in order; the citizen can disagree in it step by step."""
    found = plan_of(side.course, today())
    hides = side.attorney and not any(one.sees_goal for one in found.running if one.user_id == side.user.pk)
    context = {
        "side": side, "course": side.course, "citizen": side.course.citizen, "plan": found, "shows_words": not hides
    }  # fmt: skip
    return render(request, "caseworker/plan_record.html" if side.staff else "citizen/plan_record.html", context)
