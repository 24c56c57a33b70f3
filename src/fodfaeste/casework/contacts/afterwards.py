"""Writing a day in after it was run on paper: what was not held. What was held is registered as any conversation."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from fodfaeste.casework.access.models import User
from fodfaeste.casework.contacts.booking import did_not_come
from fodfaeste.casework.contacts.models import Appointment, Note, Slot

MISSED, OFF = "missed", "off"


@transaction.atomic
def did_not_happen(appointment: Appointment, why: str, note: str, by: User, now: datetime) -> None:
    """Write down that a meeting was not held: she did not come (``missed``), or nothing came of it (``off``).

    The note carries two days: the meeting's, and the one it is written on. Raises RefusedError.
    """
    if why == MISSED:
        did_not_come(appointment, by, now)
    else:
        if appointment.slot_id is not None:
            Slot.objects.filter(pk=appointment.slot_id).update(taken=False)
        appointment.slot, appointment.cancelled_at = None, now
        appointment.save(update_fields=["slot", "cancelled_at"])
    if note.strip():
        Note.objects.create(
            kommune_id=appointment.kommune_id, course=appointment.course, text=note.strip(),
            happened=_day_of(appointment), written_by=by,
        )  # fmt: skip


def _day_of(appointment: Appointment) -> date:
    return timezone.localtime(appointment.at).date()
