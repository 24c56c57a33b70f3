"""What a reader of the law asks along with the page: which day, and at which place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fodfaeste.casework.access.models import User
from fodfaeste.casework.access.today import today
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.interfaces.web.rulebooks import before_the_law, rulebook_of
from fodfaeste.rulebook import Rulebook

EARLIEST, LATEST = 1900, 2200

_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


@dataclass(frozen=True)
class Reader:
    """The day asked about (``typed`` as it came, ``wrong`` what was wrong with it), and the reader's municipality."""

    day: date
    typed: str
    wrong: str
    place: str | None

    @property
    def book(self) -> Rulebook:
        """The law of the day and place."""
        return rulebook_of(self.day, self.place)

    @property
    def before_law(self) -> str:
        """What to say when the day lies before the law begins."""
        return before_the_law(self.day)


def reader_of(request: HttpRequest) -> Reader:
    """Read ``?dag=``; without one, or with one that is no date, it is today."""
    typed = request.GET.get("dag", "").strip()
    day, wrong = today(), ""
    if typed:
        found = day_of(typed)
        day, wrong = (found, "") if found else (day, _("Skriv dagen som år-måned-dag, eller vælg den i kalenderen."))
    user = request.user if isinstance(request.user, User) else None
    place = user.kommune.slug if user and user.kommune else None
    return Reader(day, typed or day.isoformat(), wrong, place)


def day_of(text: str) -> date | None:
    """The day a text names, year first or day first, or None."""
    match = _DAY_FIRST.fullmatch(text)
    try:
        found = date(int(match[3]), int(match[2]), int(match[1])) if match else from_day(parse_day(text))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None
