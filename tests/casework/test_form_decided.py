"""Who decides in which form the two talk, over the dates of the law and under trials and proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import fodfaeste as ff
from fodfaeste.casework.contacts.deciding import Decided, Decider, form_decided_by
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces import library
from fodfaeste.rulebook import resolve


def decided(case: dict[str, Any], on: str, place: str = "odense", regimes: tuple[str, ...] | None = None) -> Decided:
    law, day = library.load(), to_day(date.fromisoformat(on))
    book = resolve(law, day, place, regimes)
    return form_decided_by(law, book, view_case(ff.read(case), book.vocabulary, day))


def job_ready(since: str, *events: dict[str, Any], **spell: Any) -> dict[str, Any]:
    """Ready for a job on cash benefit since a day."""
    spells = [{"kind": "maalgruppe", "gruppe": "kh-jobparat", "from": since}]
    return {
        "facts": {"foedt": "1985-01-01"},
        "spells": spells + ([spell] if spell else []),
        "events": [{"kind": "foerste-henvendelse", "date": since}, *events],
    }


def talk(on: str, kind: str = "jobsamtale", form: str = "fysisk") -> dict[str, Any]:
    return {"kind": kind, "date": on, "form": form} | ({"holder": "kommune"} if kind == "jobsamtale" else {})


def ill(since: str, *events: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {
        "facts": {"foedt": "1985-01-01"} | facts,
        "spells": [
            {"kind": "maalgruppe", "gruppe": "syg", "from": since},
            {"kind": "ydelse", "type": "sygedagpenge", "from": since},
        ],
        "events": [{"kind": "foerste-fravaersdag", "date": since}, *events],
    }


@pytest.mark.parametrize(
    ("case", "on", "by"),
    [
        (job_ready("2021-08-20", talk("2021-08-26")), "2021-11-01", Decider.LAW),  # in person until 2022
        (job_ready("2021-12-20", talk("2021-12-22")), "2022-03-01", Decider.LAW),  # the choice begins after six months
        (job_ready("2021-12-20", talk("2021-12-22")), "2022-09-01", Decider.CITIZEN),
        (job_ready("2023-03-20", talk("2023-03-24")), "2023-06-01", Decider.CITIZEN),  # after the first conversation
        (job_ready("2023-03-20"), "2023-03-22", Decider.LAW),
        (
            job_ready("2025-03-03", talk("2025-03-07"), kind="krav-om-fremmoede", **{"from": "2025-05-05"}),
            "2025-06-01",
            Decider.CASEWORKER,
        ),
        ({"facts": {"foedt": "1985-01-01"}}, "2025-06-01", Decider.KOMMUNE),  # no rule speaks of her
        (ill("2025-03-03"), "2025-04-15", Decider.LAW),  # the first talk is in person
        (ill("2025-03-03", talk("2025-04-14", "sygeopfoelgning")), "2025-05-15", Decider.CITIZEN),
        (
            ill("2025-03-03", talk("2025-04-14", "sygeopfoelgning"), syg_fremmoede_kraeves=True),
            "2025-05-15",
            Decider.CASEWORKER,
        ),
    ],
)
def test_who_decides_the_form_changes_with_the_law_and_the_course(case: dict[str, Any], on: str, by: Decider) -> None:
    assert decided(case, on).by == by


def test_in_a_trial_the_municipality_decides_and_the_trial_is_named() -> None:
    case = job_ready("2022-12-20", talk("2022-12-22"))
    assert decided(case, "2023-03-01", "odense").by == Decider.LAW
    found = decided(case, "2023-03-01", "aalborg")
    assert found.by == Decider.KOMMUNE
    assert "fk2-nj-form" in found.regimes


def test_under_the_municipalities_proposal_the_form_is_theirs() -> None:
    case = job_ready("2023-03-20")
    assert decided(case, "2023-03-22").by == Decider.LAW
    found = decided(case, "2023-03-22", regimes=("kl-2020-naerhedsreform",))
    assert (found.by, found.regimes) == (Decider.KOMMUNE, ("kl-2020-naerhedsreform",))
