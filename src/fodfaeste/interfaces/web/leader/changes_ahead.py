"""Reckoning the suggested comparisons ahead: what has to be compiled for them is then compiled, and kept on disk."""

from __future__ import annotations

from datetime import date

from fodfaeste.casework.access.models import Kommune
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.leader.changes_cases import FEW, effects_in
from fodfaeste.interfaces.web.leader.changes_choice import both_sides, suggested


def reckon_ahead(kommune: Kommune, today: date) -> int:
    """Make every suggested comparison of a municipality once; its rows must be bound.

    Returns how many were made: none where there are so few cases that nothing is compiled.
    """
    cases = Course.objects.filter(kommune=kommune, closed=None)
    if cases.count() <= FEW:
        return 0
    law, made = rulebooks.law(), 0
    for start, end, regime in suggested(law, today):
        sides = both_sides(law, kommune.slug, start, end, regime)
        if sides is not None:
            effects_in(cases, *sides, start)
            made += 1
    return made
