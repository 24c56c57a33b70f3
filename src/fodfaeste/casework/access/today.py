"""What day it is, to whoever looks or is let in."""

from __future__ import annotations

import os
from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """The day; ``$FODFAESTE_TODAY`` (2026-06-30) stands in for it where a demonstration or a test needs another."""
    given = os.environ.get("FODFAESTE_TODAY")
    return date.fromisoformat(given) if given else timezone.localdate()


def now() -> datetime:
    """The moment: the hour it is, on the day ``today`` says."""
    moment = timezone.localtime()
    return timezone.make_aware(datetime.combine(today(), moment.time()))
