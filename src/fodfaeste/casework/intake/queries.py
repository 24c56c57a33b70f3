"""What was read in: how far the record of weeks reaches, and what the state's extract says in sum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

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
    lines = Reimbursement.objects.filter(kommune=kommune, week__gte=first, week__lt=after)
    told = lines.filter(total__isnull=False, persons__gt=0)
    silent = set(told.filter(own_share=None, reimbursed=None).values_list("benefit", flat=True))
    sums = told.values("benefit").order_by("benefit")
    found = []
    for row in sums.annotate(n=Sum("persons"), total_sum=Sum("total")):
        own = None if row["benefit"] in silent else _own(told, row["benefit"])
        found.append(Paid(row["benefit"], row["n"], row["total_sum"], own))
    return found


def _own(told, benefit: str) -> int:  # type: ignore[no-untyped-def]
    raise NotImplementedError
