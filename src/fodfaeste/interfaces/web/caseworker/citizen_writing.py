"""Saving an answer about a citizen: with the purpose of the look, and with a word on what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pghistory
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses import actions
from fodfaeste.casework.courses.models import Course
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.caseworker.citizen_asking import settled_text
from fodfaeste.interfaces.web.caseworker.citizen_case import CaseAtHand, case_at_hand


def write_fact(
    course: Course, field: str, value: Any, user: User, purpose: str, first: date | None = None, reason: str = ""
) -> None:
    """State a fact from today's knowledge; None is that nobody knows. Raises UnfitValueError."""
    with pghistory.context(purpose=purpose):
        actions.state_fact(
            course, rulebooks.law().vocabulary, field, value, user, today(), first=first, purpose=purpose, reason=reason
        )


def write_event(course: Course, kind: str, on: date, attrs: Mapping[str, Any], user: User, purpose: str) -> None:
    """Write down an event, as the answer to when it happened. Raises UnfitValueError."""
    with pghistory.context(purpose=purpose):
        actions.record_event(course, rulebooks.law().vocabulary, kind, on, attrs, user, today())


def write_spell(
    course: Course, kind: str, first: date, last: date | None, attrs: Mapping[str, Any], user: User, purpose: str
) -> None:
    """Write down a spell, as the answer to from and to when it lasted. Raises UnfitValueError."""
    with pghistory.context(purpose=purpose):
        actions.begin_spell(course, rulebooks.law().vocabulary, kind, first, last, attrs, user, today())


def saved(request: HttpRequest, user: User, before: CaseAtHand) -> None:
    """Say that it is saved, and what follows: the duties are derived again from what is written now."""
    after = case_at_hand(before.course, before.day)
    told = settled_text(before.found, after.found, before.words)
    messages.success(request, f"{_('Svaret er gemt.')} {told}")
