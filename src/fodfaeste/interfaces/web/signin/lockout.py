"""After some wrong passwords a user name must wait. Kept in the database, so that every server process knows."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from fodfaeste.interfaces.web.models import FailedSignIn

ALLOWED = 5
"""Wrong passwords for one user name within ``WINDOW``."""
WINDOW = dt.timedelta(minutes=15)


def waiting(username: str) -> int:
    """Whole minutes this user name must wait before it may be tried again; 0 if it need not."""
    since = timezone.now() - WINDOW
    failed = FailedSignIn.objects.filter(username=_folded(username), at__gt=since).order_by("-at")
    times = list(failed.values_list("at", flat=True)[:ALLOWED])
    if len(times) < ALLOWED:
        return 0
    left = times[-1] - since  # until the oldest of them no longer counts
    return max(1, -(-int(left.total_seconds()) // 60))


def remember_failure(username: str) -> None:
    """Count a wrong password, and forget those that no longer count."""
    FailedSignIn.objects.filter(at__lte=timezone.now() - WINDOW).delete()
    FailedSignIn.objects.create(username=_folded(username))


def forget_failures(username: str) -> None:
    """The right password was given."""
    FailedSignIn.objects.filter(username=_folded(username)).delete()


def _folded(username: str) -> str:
    return username.strip().casefold()[:150]
