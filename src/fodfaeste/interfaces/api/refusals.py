"""How a question that cannot be answered is refused: problem+json (RFC 9457), one sentence for each thing wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from fodfaeste.foundation import ProblemError
from fodfaeste.rulebook import ResolveError


class Mistake(Schema):
    """One thing wrong: where in the request, what, and how to mend it."""

    where: str
    what: str
    mend: str


class Refusal(Schema):
    """A refusal as RFC 9457 has it; ``errors`` holds everything wrong at once."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Mistake] = Field(default_factory=list)


class NotFoundError(Exception):
    """What was asked for does not exist. One sentence says what, and what there is instead."""


TITLES = {
    400: "The request cannot be read",
    404: "There is no such thing",
    405: "The address does not take that method",
    413: "The request is too large",
    422: "What was sent does not fit",
    500: "The program is at fault",
}


def refuse(status: int, detail: str, errors: Iterable[Mistake] = ()) -> HttpResponse:
    """A response of problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank", "title": TITLES.get(status, "Refused"), "status": status, "detail": detail,
        "errors": [mistake.model_dump() for mistake in errors],
    }  # fmt: skip
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json; charset=utf-8"
    )


def answer_refusals(api: NinjaAPI) -> None:
    """Let the interface refuse in this way, whatever goes wrong."""

    @api.exception_handler(ProblemError)
    def _problems(request: HttpRequest, error: ProblemError) -> HttpResponse:
        return _refused(error)

    def _refused(error: ProblemError) -> HttpResponse:
        errors = [Mistake(where=found.where, what=found.message, mend=found.mend) for found in error.problems]
        return refuse(422, _detail(errors), errors)

    @api.exception_handler(ResolveError)
    def _resolve(request: HttpRequest, error: ResolveError) -> HttpResponse:
        return refuse(422, str(error))

    @api.exception_handler(NotFoundError)
    def _missing(request: HttpRequest, error: NotFoundError) -> HttpResponse:
        return refuse(404, str(error))

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        if isinstance(error.__cause__, ProblemError):  # the body could be read as JSON, but not all of its numbers
            return _refused(error.__cause__)
        return refuse(error.status_code, f"{error}; send JSON as described at /api/v1/openapi.json")

    @api.exception_handler(ValidationError)
    def _body(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [_mistake(found) for found in error.errors]
        return refuse(422, _detail(errors), errors)


def problems_only(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: below /api/ also wrong addresses and methods, and our own faults, are answered in this way."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        told = _TOLD.get(response.status_code)
        if told is None or not request.path.startswith("/api/") or "json" in response.headers.get("Content-Type", ""):
            return response
        refused = refuse(response.status_code, told)
        if "Allow" in response.headers:
            refused.headers["Allow"] = response.headers["Allow"]
        return refused

    return answer


_TOLD = {
    400: "The request cannot be read; send JSON as described at /api/v1/openapi.json.",
    404: "There is nothing at this address; see /api/v1/openapi.json for what there is.",
    405: "This address does not take that method; see /api/v1/openapi.json.",
    413: "The body is larger than the interface takes; send fewer cases at a time.",
    500: "The program itself is at fault, and nothing was kept; try again, and tell those who run it.",
}


def _detail(errors: list[Mistake]) -> str:
    rest = f" ({len(errors) - 1} more in errors)" if len(errors) > 1 else ""
    return f"{errors[0].where}: {errors[0].what}{rest}"


def _mistake(found: dict[str, Any]) -> Mistake:
    place = [str(part) for part in found.get("loc", ()) if part not in ("body", "query", "path", "asked")]
    return Mistake(
        where=".".join(place) or "body",
        what=str(found.get("msg", "does not fit")),
        mend="write it as /api/v1/openapi.json describes",
    )
