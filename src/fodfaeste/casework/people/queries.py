"""Finding a citizen within the municipality: by name, person number, date of birth or reference."""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Concat, Replace, Upper

from fodfaeste.casework.people.models import Citizen

MOST = 20
"""More citizens than these are not listed; a fuller name finds the right one."""

_NUMBER = re.compile(r"\d{6}(\d{4})?")
_WORD = re.compile(r"[^\W\d_]+")


def find_citizens(text: str) -> list[Citizen]:
    """Citizens of the municipality at hand who fit, at most ``MOST`` + 1; course and caseworker at hand.

    Every word must begin a part of the name: *an jen* finds Anna Jensen. When nobody fits every word, those who fit
    one are given. Ten digits are a person number, six a date of birth; both may hold blanks and a hyphen.
    """
    text = text.strip()
    reference = _reference(text)
    if reference is not None:
        return _listed(Q(reference=reference))
    digits = re.sub(r"[\s-]", "", text)
    if _NUMBER.fullmatch(digits):
        exact = len(digits) == 10
        born = Q(person_number__gte=f"{digits}0000", person_number__lte=f"{digits}9999")
        return _listed(Q(person_number=digits) if exact else born)
    words = [_begins(word) for word in _WORD.findall(text)]
    if not words:
        return []
    return _listed(reduce(and_, words)) or (_listed(reduce(or_, words)) if len(words) > 1 else [])


def _begins(word: str) -> Q:
    """One of the names begins with the word."""
    return Q(names__contains=f" {word.upper()}")


def _listed(condition: Q) -> list[Citizen]:
    """Plain comparison over all names: under row-level security no text index would serve."""
    names = Upper(Concat(Value(" "), Replace("name", Value("-"), Value(" "))))
    found = Citizen.objects.annotate(names=names).filter(condition).select_related("course__caseworker")
    return list(found.order_by("name", "pk")[: MOST + 1])


def _reference(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) >= 32 else None
    except ValueError:
        return None
