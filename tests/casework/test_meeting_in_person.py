"""Who wants to meet in person is met, under every regime; and contact under four laws, each with its reasons."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from fodfaeste.casework.contacts.forms import advice
from fodfaeste.facts import read_case, view_case
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.interfaces import library
from fodfaeste.interfaces.wording import Sentences, words_of
from fodfaeste.reasoning import Status, explain, judge_of, outcome
from fodfaeste.rulebook import Law, Rulebook, resolve
from tests.regimes.test_rights import days, regimes

GROUPS = ("dp", "kh-jobparat", "kh-aktivitetsparat", "udd-parat", "syg", "jaf", "fleks")
SHOWN = {Status.OPEN, Status.LATE, Status.NOT_YET, Status.MET, Status.MET_LATE, Status.UNKNOWN}


@cache
def law() -> Law:
    return library.load()


def case(group: str, day: int, **facts: Any) -> dict[str, Any]:
    since = from_day(day - 200).isoformat()
    return {
        "facts": {"foedt": "1985-04-04", **facts},
        "spells": [{"kind": "maalgruppe", "gruppe": group, "from": since}],
        "events": [
            {"kind": "foerste-henvendelse", "date": since},
            {"kind": "jobsamtale", "date": from_day(day - 190).isoformat(), "holder": "kommune", "form": "fysisk"},
        ],
    }


def forms(book: Rulebook, given: dict[str, Any], day: int) -> tuple[str, ...]:
    return advice(book, view_case(read_case(given, law().vocabulary), law().vocabulary, day)).forms


@pytest.mark.parametrize("id_", regimes())
def test_no_regime_lets_contact_be_telephone_or_video_alone(id_: str) -> None:
    regime = law().regimes[id_]
    for day in days(regime):
        book = resolve(law(), day, None, [id_])
        for group in GROUPS:
            assert forms(book, case(group, day, oensker_fysisk_samtale=True), day) == ("fysisk",), from_day(day)
            asked = case(group, day)
            asked["events"].append({"kind": "anmodning", "om": "fysisk-samtale", "date": from_day(day - 3).isoformat()})
            assert forms(book, asked, day) == ("fysisk",), from_day(day)


def test_without_the_wish_some_regime_leaves_the_form_open() -> None:
    """Else the test above could not fail."""
    day = parse_day("2026-08-20")
    assert forms(resolve(law(), day, None, ["djof-01"]), case("kh-jobparat", day), day) == (
        "fysisk",
        "telefon",
        "video",
    )


# One insured person, six weeks after the municipality took over; the same days before today under each law.
LAWS: dict[str, tuple[str, list[str]]] = {
    "2023": ("2023-09-15", []), "2024": ("2025-09-15", []), "2026": ("2026-09-15", []),
    "djof-01": ("2026-09-15", ["djof-01"]),
}  # fmt: skip


def insured(day: int) -> dict[str, Any]:
    def ago(number: int) -> str:
        return from_day(day - number).isoformat()

    return {
        "facts": {"foedt": "1983-06-01", "erhvervskompetencegivende_uddannelse": True},
        "spells": [
            {"kind": "maalgruppe", "gruppe": "dp", "from": ago(60)},
            {"kind": "ydelse", "type": "dagpenge", "from": ago(60)},
        ],
        "events": [
            {"kind": "tilmelding", "date": ago(60)}, {"kind": "dp-indplacering", "date": ago(60)},
            {"kind": "jobsamtale", "date": ago(50), "holder": "a-kasse", "form": "fysisk"},
        ],
    }  # fmt: skip


def duties(name: str) -> dict[str, tuple[str, int | None, str]]:
    """The duties of contact that concern the person: how they stand, how many talks, and by when."""
    date, chosen = LAWS[name]
    day = parse_day(date)
    book = resolve(law(), day, None, chosen)
    view = view_case(read_case(insured(day), law().vocabulary), law().vocabulary, day)
    found = {}
    for norm in book.norms.values():
        section = (norm.norm.act, norm.norm.section)
        contact = section in (("lab", "31"), ("lab", "32")) or norm.id.startswith("djof-01")
        if norm.absent or norm.norm.kind != "duty" or norm.norm.each or not contact:
            continue
        raw = judge_of(book).one(view, norm.id)
        assert isinstance(raw, tuple)
        told = outcome(norm, raw, law().vocabulary)
        if told.status in SHOWN:
            since = None if told.due is None else (told.due - from_day(day)).days
            found[norm.id] = (told.status.word, told.required, "" if since is None else f"{since} days")
    return found


def test_the_same_person_has_four_different_duty_lists() -> None:
    lists = {name: duties(name) for name in LAWS}
    assert all(lists.values())
    seen = [sorted(found.items()) for found in lists.values()]
    assert all(one != other for number, one in enumerate(seen) for other in seen[:number])
    assert lists["2023"]["lab.31.samtaler.dp-kommune"][1] == 4
    assert lists["2024"]["lab.31.samtaler.akasse"][1] == 3
    assert lists["2026"]["lab.31.samtaler.akasse"][1] == 2
    assert not [norm for norm in lists["djof-01"] if norm.startswith("lab.31.samtaler")]
    assert "djof-01.aftalt" in lists["djof-01"]


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_duty_of_the_four_lists_is_explained_with_its_section(name: str, language: str) -> None:
    date, chosen = LAWS[name]
    day = parse_day(date)
    book = resolve(law(), day, None, chosen)
    view = view_case(read_case(insured(day), law().vocabulary), law().vocabulary, day)
    sentences = Sentences(words_of(book, language), book)
    for norm in duties(name):
        (told,) = explain(book, view, norm)
        assert told.norm.ref
        assert sentences.why(told), norm
