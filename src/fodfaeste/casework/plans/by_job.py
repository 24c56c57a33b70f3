"""What a job looks for across its cases: agreed steps, offers under way, employers, wishes for a job."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from fodfaeste.casework.courses.models import Spell
from fodfaeste.casework.plans.models import Invitation, Need, Step

OFFER = "tilbud"
IN_COMPANIES = ("virksomhedspraktik", "loentilskud")
"""The kinds of offers that take place with an employer."""


@dataclass(frozen=True)
class UnderWay:
    """An offer that runs. ``last`` is its last day, None while that is open."""

    course: int
    kind: str
    sector: str
    first: date | None
    last: date | None


def offers_under_way(courses: Collection[int], day: date, kinds: Collection[str] = ()) -> list[UnderWay]:
    """Offers that run on a day, those that end first on top; with ``kinds`` only such. One query."""
    found = Spell.objects.filter(
        course__in=courses, kind=OFFER, standing=True, void=False, period__contains=day
    ).values_list("course_id", "attrs", "period")
    rows = [
        UnderWay(
            course, str(attrs.get("type", "")), str(attrs.get("sektor", "")), period.lower,
            None if period.upper is None else period.upper - timedelta(days=1),
        )
        for course, attrs, period in found
    ]  # fmt: skip
    chosen = [row for row in rows if not kinds or row.kind in kinds]
    return sorted(chosen, key=lambda row: (row.last or date.max, row.course))


def steps_agreed(courses: Collection[int]) -> list[Step]:
    """Steps both stand behind and nobody has taken yet, what has a day first. One query."""
    found = Step.objects.filter(course__in=courses, agreed=True, done=None, dropped_at=None)
    return sorted(found, key=lambda step: (step.on or date.max, step.pk))


def employers_let_in(courses: Collection[int], day: date) -> list[Invitation]:
    """Employers who take part in a plan on a day; the user at hand. One query."""
    return list(
        Invitation.objects.filter(
            course__in=courses, kind=Invitation.Kind.EMPLOYER, begins__lte=day, until__gte=day, withdrawn_at=None
        )
        .select_related("user")
        .order_by("until", "pk")
    )


def wishes_for_a_job(courses: Collection[int]) -> list[Need]:
    """Needs of help to find a job of which nothing has come yet, the oldest first. One query."""
    return list(Need.objects.filter(course__in=courses, area=Need.Area.JOB, closed=None).order_by("said_on", "pk"))
