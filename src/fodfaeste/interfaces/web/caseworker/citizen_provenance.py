"""Where the facts of an explanation come from, and the log of the sensitive ones it shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from fodfaeste.casework.access.actions import log_lookup
from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.queries import may_open
from fodfaeste.casework.courses.models import Course
from fodfaeste.facts import Case, Fact
from fodfaeste.foundation import from_day, to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.wording import Words, day_text, source_text

SENSITIVE = "sensitive"
_BEFORE_ALL = -(10**9)


def whence(case: Case, on: date, words: Words) -> dict[str, str]:
    """For each field known on a day who said it and when it was recorded: ``borgeren, noteret 7. marts 2025``."""
    counts: dict[str, Fact] = {}
    for fact in sorted(case.facts, key=lambda one: one.recorded if one.recorded is not None else _BEFORE_ALL):
        if _covers(fact, to_day(on)):
            counts[fact.field] = fact  # of two, the one recorded last counts
    return {name: said for name, fact in counts.items() if (said := _said(fact, words))}


def _covers(fact: Fact, day: int) -> bool:
    return (fact.start is None or fact.start <= day) and (fact.end is None or day <= fact.end)


def _said(fact: Fact, words: Words) -> str:
    told = [part for part in dict.fromkeys((source_text(fact.source or "", words.lang), fact.by)) if part]
    if fact.recorded is not None:
        day = day_text(from_day(fact.recorded), words.lang)
        told.append(words.pick(f"noteret {day}", f"recorded {day}"))
    return ", ".join(told)


def log_sensitive(request: HttpRequest, user: User, course: Course, fields: Iterable[str]) -> None:
    """Write down each sensitive fact that an answer shows, by name."""
    known = rulebooks.law().vocabulary.fields
    shown = [name for name in fields if name in known and known[name].sensitivity == SENSITIVE]
    purpose = may_open(user, course, request.session) if shown else None
    for name in shown:
        log_lookup(user, course, page_of(name), purpose or "", "reveal")


def page_of(field: str) -> str:
    """The name of a fact's page in the log, which holds forty letters."""
    return f"fact:{field}"[:40]
