"""What the work in cases went to, counted from the log of look-ups: pages opened and things saved, by purpose.

Interactions are counted, never minutes: the log knows when a page was opened, not how long anybody thought or talked.
No person is counted for herself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db.models import Count

from fodfaeste.casework.access.models import Lookup


class Purpose(Enum):
    """What an interaction was for."""

    CITIZEN = "citizen"
    COMPANY = "company"
    DECISION = "decision"
    REGISTRATION = "registration"
    OTHER = "other"


PAGES: Mapping[str, Purpose] = {
    **dict.fromkeys(
        ("citizen", "plan", "plan-record", "plan-step", "plan-words", "room", "possible-offers", "contact", "words",
         "objections", "my-day", "day-print", "conversation-receipt"), Purpose.CITIZEN,
    ),
    **dict.fromkeys(("invite", "partner", "fund", "fund-package"), Purpose.COMPANY),
    **dict.fromkeys(
        ("why", "citizen-law", "citizen-compare", "changes", "changes-file", "norm-cases"), Purpose.DECISION
    ),
    **dict.fromkeys(
        ("conversation", "conversation-mend", "day-after", "case-step", "case-steps", "case-receipt", "receipts",
         "citizen-fact", "citizen-question", "shift", "handover"), Purpose.REGISTRATION,
    ),
}  # fmt: skip
"""Our own reading of what a page is for. A page that is not listed counts as other."""


@dataclass(frozen=True)
class Interactions:
    """How often pages were opened, and how often something was saved."""

    opened: int
    saved: int


def interactions(kommune: int, first: datetime, before: datetime) -> dict[Purpose, Interactions]:
    """Each purpose with its interactions in a municipality from ``first`` and before ``before``. One query."""
    found = dict.fromkeys(Purpose, Interactions(0, 0))
    rows = (
        Lookup.objects.filter(kommune=kommune, at__gte=first, at__lt=before)
        .exclude(action="list")  # a list is shown, not opened: one look at it writes a row for each case
        .values_list("page", "action")
        .annotate(many=Count("*"))
        .order_by()
    )
    for page, action, many in rows:
        purpose = PAGES.get(page, Purpose.OTHER)
        old = found[purpose]
        saved = many if action == "change" else 0
        found[purpose] = Interactions(old.opened + many - saved, old.saved + saved)
    return found
