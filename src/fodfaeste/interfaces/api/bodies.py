"""Reading what a program sends: JSON, in which a number too small or too large to be one is refused, not rounded."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from fodfaeste.facts.jsonfile import UnfitNumberError, number
from fodfaeste.foundation import Problem, ProblemError


class BodyParser(Parser):
    """Ninja's own, but with the numbers of a case file."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as JSON. ProblemError for a number a computer's own cannot hold."""
        found: dict[str, Any] = json.loads(request.body, parse_float=_number)
        return found


def _number(text: str) -> float:
    try:
        return number(text)
    except UnfitNumberError as error:
        raise ProblemError([Problem("request", None, "body", error.message, error.mend)]) from None
