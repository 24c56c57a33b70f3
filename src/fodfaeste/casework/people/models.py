"""Citizens."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class Citizen(models.Model):
    """A person. ``reference`` names her in addresses and cases; the person number is for looking up only.

    A person number is never refused for modulus 11, which numbers given since 2007 need not satisfy.
    """

    kommune = models.ForeignKey("access.Kommune", models.PROTECT, related_name="+")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person_number = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    born = models.DateField(null=True, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    protected = models.BooleanField(default=False)
    """Whether name and address are protected."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kommune", "person_number"], name="one_person_number"),
            models.CheckConstraint(condition=models.Q(person_number__regex=r"^\d{10}$"), name="ten_digits"),
        ]

    def __str__(self) -> str:
        return self.name
