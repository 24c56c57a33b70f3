"""Who asks: the caseworkers with the most open cases are let in; run in a process of its own."""

from __future__ import annotations

from typing import Any


def run(users: int, threads: int) -> dict[str, Any]:
    """Let ``users`` caseworkers sign in; their names, how many open cases each has, and what is in the tables."""
    from fodfaeste.interfaces.site.process import make_ready

    make_ready()
    from django.db.models import Count

    from fodfaeste.casework.access.models import Role, User
    from fodfaeste.casework.courses.models import Course, Event

    counted = Course.objects.filter(closed=None, caseworker__role=Role.CASEWORKER).values("caseworker")
    rows = list(counted.annotate(cases=Count("id")).order_by("-cases", "caseworker")[:users])
    User.objects.filter(pk__in=[row["caseworker"] for row in rows]).update(is_active=True)
    names = User.objects.in_bulk([row["caseworker"] for row in rows])
    return {
        "caseworkers": [names[row["caseworker"]].username for row in rows],
        "cases": [row["cases"] for row in rows],
        "leader": User.objects.filter(role=Role.LEADER, is_active=True).order_by("pk")[0].username,
        "open": Course.objects.filter(closed=None).count(),
        "citizens": Course.objects.count(),
        "events": Event.objects.count(),
    }
