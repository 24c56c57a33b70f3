"""What no regime may take away: the rights of ``law/protected.yaml`` stand under every regime."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import pytest

from fodfaeste.facts import View, read_case, view_case
from fodfaeste.foundation import from_day, parse_day
from fodfaeste.interfaces import library
from fodfaeste.reasoning import Reference, Status, ask, judge, outcome
from fodfaeste.rulebook import Law, Regime, Rulebook, resolve

GONE = {None, "not_applicable", "waived", "lapsed", False}
ASKED = ("samtale", "fysisk-samtale", "attest", "hjaelp")
GROUPS = ("dp", "kh-jobparat", "kh-aktivitetsparat", "udd-parat", "syg", "jaf", "fleks")
RIGHTS = (
    "lab.32.ret-samtale",
    "lab.33.ret-fysisk",
    "sdl.13b.samtale-efter-anmodning",
    "sdl.13b.ret-til-samtale",
    "sdl.11c.ret-til-attest",
    "sdl.11c.attest-efter-anmodning",
    "rsl.3.spoergsmaal-om-hjaelp",
    "rsl.3.oenske-om-samtale",
    "lokal.serviceniveau.svar.samtale",
    "lokal.serviceniveau.svar.hjaelp",
    "lokal.serviceniveau.fysisk",
    "lob.2.ansvar",
)
"""Rights asked for in a case: to talk, to meet, to a certificate, to an answer, to someone responsible."""


@cache
def law() -> Law:
    return library.load()


def regimes() -> list[str]:
    return [regime.id for regime in law().regimes.values() if regime.edits]


def days(regime: Regime) -> list[int]:
    """Days inside the window: soon after its beginning, in its middle, on its last day."""
    first, last = regime.window.first, regime.window.last
    assert first is not None, "a regime begins some day"
    assert last is not None, "nobody is set free for ever"
    return sorted({min(first + 60, last), (first + last) // 2, last})


@pytest.mark.parametrize("id_", regimes())
def test_protected_norms_read_the_same(id_: str) -> None:
    regime = law().regimes[id_]
    patterns = [pattern for right in law().protected for pattern in right["norms"]]
    for day in days(regime):
        general, freed = resolve(law(), day, None, []), resolve(law(), day, None, [id_])
        for norm in general.norms.values():
            if norm.absent or not any(fnmatchcase(norm.id, pattern) for pattern in patterns):
                continue
            other = freed.norms.get(norm.id)
            assert other is not None, f"{norm.id} is gone under {id_}"
            assert not other.absent, f"{norm.id} is gone under {id_}"
            less = {op for _, op in other.edits} - {"extend", "promise"}
            assert not less, f"{id_} changes {norm.id} by {sorted(less)}"


@pytest.mark.parametrize("id_", regimes())
def test_who_asks_keeps_every_right(id_: str) -> None:
    regime = law().regimes[id_]
    for day in days(regime):
        general, freed = resolve(law(), day, None, []), resolve(law(), day, None, [id_])
        for group in GROUPS:
            before, after = (answers(book, asking(group, day)) for book in (general, freed))
            lost = [norm for norm in RIGHTS if before[norm] not in GONE and after[norm] in GONE]
            assert not lost, f"under {id_} on {from_day(day)} a person in {group} loses {lost}"


def asking(group: str, day: int) -> View:
    """A person a hundred days into a course who has asked for everything the week before."""
    begun, asked = from_day(day - 100).isoformat(), from_day(day - 7).isoformat()
    starts = ("tilmelding", "dp-indplacering", "foerste-henvendelse", "foerste-fravaersdag")
    case: dict[str, Any] = {
        "case": "asks",
        "facts": {"foedt": "1980-04-01", "i_job": False, "oensker_fysisk_samtale": True},
        "spells": [{"kind": "maalgruppe", "gruppe": group, "from": begun}],
        "events": [
            *({"kind": kind, "date": begun} for kind in starts),
            *({"kind": "anmodning", "om": what, "date": asked} for what in ASKED),
        ],
    }
    return view_case(read_case(case, law().vocabulary, file="test"), law().vocabulary, day)


def answers(book: Rulebook, view: View) -> dict[str, Any]:
    """The strongest answer of each right (an ``each`` right: over what was asked)."""
    reference = Reference(book, view)
    said: dict[str, Any] = {}
    for norm in RIGHTS:
        resolved = book.norms.get(norm)
        raw = reference.norm(resolved) if resolved is not None and not resolved.absent else []
        listed = [outcome(book[norm], one, book.vocabulary) for one in (raw if isinstance(raw, list) else [raw])]
        words = [one.value if one.status is None else one.status.word for one in listed]
        said[norm] = next((word for word in words if word not in GONE), None)
    return said


def test_a_request_for_help_is_answered_in_general_law() -> None:
    found = judge(resolve(law(), parse_day("2026-08-20")), asking("dp", parse_day("2026-08-20")))
    help_ = found["rsl.3.spoergsmaal-om-hjaelp"]
    listed = help_ if isinstance(help_, list) else [help_]
    assert any(one.status in (Status.OPEN, Status.LATE, Status.UNKNOWN) for one in listed)


@pytest.mark.parametrize("id_", [None, *regimes()])
def test_who_asks_for_a_conversation_is_owed_an_answer_from_that_day(id_: str | None) -> None:
    """S4-1: under no regime does "no process requirement" mean "no offer"; the duty is dated by the request."""
    for day in days(law().regimes[id_]) if id_ else [parse_day("2019-06-03"), parse_day("2026-08-20")]:
        book = resolve(law(), day, None, [id_] if id_ else [])
        for group in GROUPS:
            found = Reference(book, asking(group, day)).norm(book["rsl.3.oenske-om-samtale"])
            listed = [outcome(book["rsl.3.oenske-om-samtale"], one, book.vocabulary) for one in found]  # type: ignore[arg-type]
            said = [(one.status, one.start) for one in listed if one.status != Status.NOT_APPLICABLE]
            assert said == [(Status.OPEN, from_day(day - 7))] * 2  # a conversation, and one in person


def test_the_last_day_is_asked_of_the_municipality_until_it_has_set_one() -> None:
    day = parse_day("2026-08-20")
    view = asking("dp", day)

    def questions(*regimes: str) -> set[tuple[str, str]]:
        book = resolve(law(), day, "samsoe", regimes)
        return {(one.kind, one.name) for one in ask(book, view, ["lokal.serviceniveau.svar.samtale"])}

    assert questions() == {("blank", "lokal.serviceniveau.frist.samtale")}
    assert questions("lokal-serviceniveau-demo") == set()
    book = resolve(law(), day, "samsoe", ["lokal-serviceniveau-demo"])
    dated = judge(book, view)["lokal.serviceniveau.svar.samtale"]
    assert isinstance(dated, list)
    assert {one.due for one in dated if one.status != Status.NOT_APPLICABLE} == {from_day(day)}
