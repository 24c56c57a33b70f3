"""From needs to what came of them: by kind of need, and one need at a time. Counts, not effects."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fodfaeste.casework.plans.models import Need, Step


@dataclass(frozen=True)
class AreaOutcome:
    """Needs of one kind: how many were said, got a step, had a step taken, and were closed with a result."""

    area: str
    said: int
    with_step: int
    step_taken: int
    closed: int


def outcomes_by_area(kommune: int) -> list[AreaOutcome]:
    """Every kind of need that was said in the municipality, in the order of the kinds. One query."""
    rows = {
        row["area"]: row
        for row in _with_steps(kommune)
        .values("area")
        .annotate(
            said=Count("pk"),
            stepped=Count("pk", filter=Q(has_step=True)),
            taken=Count("pk", filter=Q(has_taken=True)),
            done=Count("pk", filter=Q(closed__isnull=False)),
        )
        .order_by()
    }
    return [
        AreaOutcome(area, row["said"], row["stepped"], row["taken"], row["done"])
        for area in Need.Area.values
        if (row := rows.get(area)) is not None
    ]


def needs_in(kommune: int, area: str) -> QuerySet[Need]:
    """The needs of a kind, the latest first, each told whether it has a step and whether one was taken."""
    return _with_steps(kommune).filter(area=area).select_related("course__citizen").order_by("-said_on", "-pk")


def _with_steps(kommune: int) -> QuerySet[Need]:
    steps = Step.objects.filter(need=OuterRef("pk"), dropped_at=None)
    return Need.objects.filter(kommune=kommune).annotate(
        has_step=Exists(steps), has_taken=Exists(steps.filter(done__isnull=False))
    )
