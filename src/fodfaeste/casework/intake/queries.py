"""What was read in: how far the record of weeks reaches, and what the state's extract says in sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Max, Min, Q, Sum, When

from fodfaeste.casework.intake.models import Batch, BatchFile, Reimbursement


@dataclass(frozen=True)
class Paid:
    """The lines of one benefit by the name the extract has for it, in øre.

    ``persons`` and ``total`` are of lines that tell both; ``own`` is what the municipality bears, None where a line
    does not tell.
    """

    benefit: str
    persons: int
    total: int
    own: int | None


def record_of_weeks(kommune: int) -> tuple[date, date] | None:
    """First day of the record of benefit weeks, and the day after its last; None when no such table was read in."""
    found = BatchFile.objects.filter(kommune=kommune, batch__state=Batch.State.DONE).aggregate(
        since=Min("since"), until=Max("until")
    )
    return (found["since"], found["until"]) if found["since"] and found["until"] else None


def paid_by_benefit(kommune: int, first: date, after: date) -> list[Paid]:
    """What the reimbursement extract says of the weeks from ``first`` and before ``after``, benefit by benefit."""
    told = Reimbursement.objects.filter(
        kommune=kommune, week__gte=first, week__lt=after, total__isnull=False, persons__gt=0
    ).annotate(own=_OWN)
    sums = told.values("benefit").order_by("benefit")
    return [
        Paid(row["benefit"], row["people"], row["paid"], None if row["silent"] else row["borne"])
        for row in sums.annotate(
            people=Sum("persons"), paid=Sum("total"), borne=Sum("own"), silent=Count("pk", filter=Q(own=None))
        )
    ]


# Where the municipality pays the benefit out the extract tells what the state gives back; elsewhere what it asks for.
_OWN = Case(
    When(own_share__gt=0, then=F("own_share")),
    When(reimbursed__isnull=False, then=F("total") - F("reimbursed")),
    default=F("own_share"),
)
