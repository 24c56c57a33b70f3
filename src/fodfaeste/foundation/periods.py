"""Periods as the law writes them: days, months or working days, which never mix."""

import re
from dataclasses import dataclass
from typing import Literal

Unit = Literal["days", "months", "workdays"]

_WORDS: dict[str, tuple[Unit, int]] = {
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("months", 12),
    "workday": ("workdays", 1),
}
_PERIOD = re.compile(r"([0-9]{1,5}) (day|week|month|year|workday)s?")


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: ``n`` whole days, months or working days. Weeks are days, years are months."""

    unit: Unit
    n: int

    def __str__(self) -> str:
        """As ``parse_period`` reads it."""
        return f"{self.n} {self.unit if self.n != 1 else self.unit[:-1]}"


def parse_period(text: str) -> Period:
    """Read ``6 months``, ``2 weeks``, ``8 days``, ``5 workdays`` or ``2 years``; else a ValueError."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        raise ValueError(
            f"{text!r} is not a period: write a whole number and days, weeks, months, years or workdays, "
            "for example 6 months"
        )
    unit, factor = _WORDS[match[2]]
    return Period(unit, int(match[1]) * factor)
