"""What the frame itself remembers: sign-ins that failed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FailedSignIn(models.Model):
    """A user name tried with a wrong password. ``username`` is kept as typed, folded; old rows are removed."""

    username = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["username", "at"], name="failed_sign_in")]
