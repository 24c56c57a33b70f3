"""What a program sends: bodies of requests."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

MOST_CASES = 200
"""Cases one call may hold; whoever has more uses the library or the command line."""


class Question(Schema):
    """What every question says: the day, the place, the regimes, the language."""

    model_config = ConfigDict(extra="forbid")

    date: dt.date | None = Field(None, description="The day asked about; else today.")
    place: str | None = Field(
        None, max_length=60, description="The municipality by name, slug or code; else the one the case names."
    )
    regimes: list[str] | None = Field(
        None, max_length=20, description="Exactly these regimes, by id; else those in force there and then."
    )
    lang: Literal["da", "en"] = Field("da", description="The language of labels and sentences.")


class OneCase(Question):
    """A question about one case."""

    case: dict[str, Any] = Field(description="A case in the format fodfaeste/case/1 (see /api/v1/schema/case).")


class ManyCases(Question):
    """A question about several cases."""

    cases: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_CASES, description="Cases in fodfaeste/case/1.")
    all: bool = Field(False, description="Also what is met, waived or lapsed.")


class AgainstCase(OneCase):
    """A question about one case on two sides."""

    against_date: dt.date | None = Field(None, description="The other day.")
    against_regimes: list[str] | None = Field(None, max_length=20, description="The other side's regimes, by id.")
