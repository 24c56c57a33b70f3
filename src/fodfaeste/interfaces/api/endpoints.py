"""The endpoints. Nothing that is sent is kept: the law is asked, and the answer goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Schema

from fodfaeste import __version__
from fodfaeste.casework.access.today import today
from fodfaeste.facts import Case, case_schema, read_case, view_case
from fodfaeste.foundation import ProblemError, from_day, to_day
from fodfaeste.interfaces import answers
from fodfaeste.interfaces.api.asked import AgainstCase, ManyCases, OneCase, Question
from fodfaeste.interfaces.api.bodies import BodyParser
from fodfaeste.interfaces.api.described import Described
from fodfaeste.interfaces.api.refusals import NotFoundError, Refusal, answer_refusals
from fodfaeste.interfaces.casefiles import misplaced
from fodfaeste.interfaces.lawrows import labels_of
from fodfaeste.interfaces.manycases import SHOWN, duty_rows
from fodfaeste.interfaces.overview import differences, overview
from fodfaeste.interfaces.web.rulebooks import law, rulebook_of
from fodfaeste.interfaces.wording import Language, warnings_of, words_of
from fodfaeste.reasoning import explain, receipt
from fodfaeste.rulebook import Rulebook
from fodfaeste.rulebook.scope import nearest

api = Described(
    title="Fodfæste",
    version=__version__,
    description=(
        "Danish employment-service law as code: a case goes in, its duties come out, each with section, last day and "
        "reasons. Nothing that is sent is kept. Refusals are application/problem+json with everything wrong at once."
    ),
    urls_namespace="api-v1",
    parser=BodyParser(),
    docs_url=None,  # its page would load scripts from another host
)
answer_refusals(api)

_REFUSED = {400: Refusal, 404: Refusal, 422: Refusal}
_ANY = {200: dict[str, Any]} | _REFUSED
_SHOWN = frozenset(SHOWN)


class DutyRow(Schema):
    """One duty of one case; days that are not there are null."""

    case: str
    place: str | None
    norm: str
    label: str
    ref: str
    owed_by: str | None
    item: dt.date | None = Field(alias="for", description="First day of the spell or event it is judged for.")
    status: str
    start: dt.date | None
    due: dt.date | None = Field(description="The last day.")
    met_on: dt.date | None
    promise: dt.date | None = Field(description="The last day the municipality promised, where it promised one.")
    count: int | None
    required: int | None


class Duties(Schema):
    """``fodfaeste/duties/1``."""

    format: str
    on: dt.date
    cases: int
    rows: list[DutyRow]
    warnings: list[str] = Field(description="A sentence when the day lies before the law that is written here.")


class WhichLaw(Schema):
    """Which law is meant."""

    date: dt.date | None = None
    place: str | None = None
    lang: str = "da"


@api.get("/schema/case", response={200: dict[str, Any]}, summary="The JSON Schema of a case", tags=["cases"])
def schema(request: HttpRequest) -> dict[str, Any]:
    """The format ``fodfaeste/case/1`` with every word of the vocabulary."""
    return case_schema(law().vocabulary)


@api.post("/cases/check", response=_ANY, summary="Check a case", tags=["cases"])
def check(request: HttpRequest, asked: OneCase) -> dict[str, Any]:
    """Everything wrong with a case at once; ``{"fits": true}`` when nothing is."""
    case = _case(asked.case, "case.")
    if problems := misplaced([case], law().municipalities, "request", "case."):
        raise ProblemError(problems)
    return {"fits": True, "case": case.case}


@api.post(
    "/duties",
    by_alias=True,
    response={200: Duties} | _REFUSED,
    summary="The duties of one or more cases",
    tags=["cases"],
)
def duties(request: HttpRequest, asked: ManyCases) -> dict[str, Any]:
    """Duties that are late, open, unknown, paused or to come (``all``: the others too), what is late first."""
    cases = [_case(case, f"cases[{number}].") for number, case in enumerate(asked.cases)]
    day = asked.date or today()
    rows = duty_rows(law(), cases, to_day(day), asked.place, asked.regimes, lambda work, _total, _what: work)
    return {
        "format": "fodfaeste/duties/1",
        "on": day.isoformat(),
        "cases": len(cases),
        "rows": [answers.duty_row(row, asked.lang) for row in rows if asked.all or row.outcome.status in _SHOWN],
        "warnings": warnings_of(law(), [to_day(day)], asked.lang),
    }


@api.post("/explain", response=_ANY, summary="What applies in a case, and why", tags=["cases"])
def explain_all_of(request: HttpRequest, asked: OneCase) -> dict[str, Any]:
    """Everything that applies, grouped; with reasons, the nearest change, doubts, and what to ask."""
    case = _case(asked.case, "case.")
    book = _book(asked, case)
    found = overview(book, view_case(case, book.vocabulary, book.day))
    return (
        {"format": "fodfaeste/explain/1", "case": case.case}
        | answers.overview_row(found, law(), words_of(book, asked.lang))
        | _warnings(asked.lang, book)
    )


@api.post("/explain/{norm}", response=_ANY, summary="One norm down to the ground", tags=["cases"])
def explain_one(request: HttpRequest, norm: str, asked: OneCase) -> dict[str, Any]:
    """Why one norm came out as it did: every decisive step, nearest changes, questions, doubts, sources."""
    case = _case(asked.case, "case.")
    book = _book(asked, case)
    _in_force(norm, book)
    view = view_case(case, book.vocabulary, book.day)
    found = explain(book, view, norm)
    told = answers.norm_row(law(), book, view, case, norm, found, words_of(book, asked.lang))
    return told | _warnings(asked.lang, book)


@api.post(
    "/against",
    response=_ANY,
    summary="A case on two days or under two laws",
    tags=["cases"],
)
def against(request: HttpRequest, asked: AgainstCase) -> dict[str, Any]:
    """The same case side by side, each difference named."""
    case = _case(asked.case, "case.")
    before = _book(asked, case)
    other = asked.model_copy(
        update={"date": asked.against_date or asked.date, "regimes": asked.against_regimes or asked.regimes}
    )
    after = _book(other, case)
    left, right = (overview(book, view_case(case, book.vocabulary, book.day)) for book in (before, after))
    words, others = (words_of(book, asked.lang) for book in (before, after))
    told = answers.against_row(case, law(), left, right, differences(left, right), words, others)
    return told | _warnings(asked.lang, before, after)


@api.post("/receipt/{norm}", response=_ANY, summary="What it rests on", tags=["cases"])
def receipt_of(request: HttpRequest, norm: str, asked: OneCase) -> dict[str, Any]:
    """A receipt to keep with a decision: rulebook, norm versions, facts, outcome; hashed."""
    case = _case(asked.case, "case.")
    book = _book(asked, case)
    _in_force(norm, book)
    return receipt(book, view_case(case, book.vocabulary, book.day), norm)


@api.get("/norms", response=_ANY, summary="The norms in force", tags=["law"])
def norms(request: HttpRequest, which: Query[WhichLaw]) -> dict[str, Any]:
    """Every norm in force on a day at a place: id, kind, section, label, and who owes whom."""
    book = rulebook_of(which.date or today(), which.place)
    return {
        "rulebook": answers.rulebook_row(book),
        "norms": [
            {
                "norm": norm.id, "kind": norm.norm.kind, "ref": norm.ref, "label": labels_of(norm.norm.label),
                "owed_by": norm.norm.owed_by, "owed_to": norm.norm.owed_to,
            }
            for norm in book.norms.values()
            if not norm.absent
        ],
    } | _warnings("en" if which.lang == "en" else "da", book)  # fmt: skip


def _warnings(lang: Language, *books: Rulebook) -> dict[str, list[str]]:
    """What is said beside an answer about days before the law begins. A receipt is sealed and holds none."""
    return {"warnings": warnings_of(law(), [book.day for book in books], lang)}


def _case(raw: dict[str, Any], place: str) -> Case:
    return read_case(raw, law().vocabulary, "request", place)


def _book(asked: Question, case: Case | None) -> Rulebook:
    place = asked.place or (case.municipality if case else None)
    regimes = None if asked.regimes is None else tuple(asked.regimes)
    return rulebook_of(asked.date or today(), place, regimes)


def _in_force(norm: str, book: Rulebook) -> None:
    found = book.norms.get(norm)
    if found is not None and not found.absent:
        return
    if norm in law().norms:
        raise NotFoundError(f"'{norm}' is not in force on {from_day(book.day)}; ask about another day")
    raise NotFoundError(f"There is no norm '{norm}'; {nearest(norm, list(law().norms))}")
