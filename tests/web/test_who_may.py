"""Who may open what, and who may write there: every address of the site, asked by everybody there is.

An address without a line in ``DOORS`` is an error: whoever makes a page says here whom it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.inbox.actions import build_index
from fodfaeste.interfaces.web.citizen.looks import PAGES, REASONS
from fodfaeste.interfaces.web.rulebooks import rulebook_of
from tests.web.around_anna import PURPOSE, TODAY, TOKEN, World, everything_of
from tests.web.caseworker.anna import NAME

As = Callable[[User], Client]

CASEWORKERS = frozenset({"her caseworker", "who covers", "a colleague with a purpose"})
READERS = CASEWORKERS | {"the leader with a purpose", "the jurist with a purpose"}
ASKED_FIRST = frozenset({"a colleague", "the leader", "the jurist"})
"""Those who may open the case once they have said why."""

LEADER = frozenset({"the leader", "the leader with a purpose"})
LEADER_AND_JURIST = LEADER | {"the jurist", "the jurist with a purpose"}
DESKS = CASEWORKERS | {"a colleague", "a caseworker elsewhere"}
"""Caseworkers' own pages: each sees her own cases there, or her municipality's."""

STAFF = DESKS | LEADER_AND_JURIST
CITIZENS = frozenset({"herself", "another citizen"})
"""Each sees her own course, since no address of theirs names one."""

ATTORNEY = frozenset({"who acts for her"})
LET_IN = ATTORNEY | {"a partner let in"}
PARTNERS = LET_IN | {"a partner not let in", "who acted for her"}
NOBODY: frozenset[str] = frozenset()

MAY_KNOW = READERS | ASKED_FIRST | LET_IN | {"herself"}
"""Those who may see her name somewhere; each such look is written down, but her own."""


@dataclass(frozen=True)
class Door:
    """Who may open a page, who may write on it, and who is asked why first.

    ``body`` is something that a page takes up and refuses or saves; ``writes`` None: the page saves nothing.
    """

    opens: frozenset[str]
    writes: frozenset[str] | None = None
    asks: frozenset[str] = NOBODY
    args: tuple[Any, ...] = ()
    body: dict[str, str] = field(default_factory=dict)


def case(*args: Any, opens: frozenset[str] = READERS, writes: frozenset[str] | None = None, **body: str) -> Door:
    return Door(opens, writes, ASKED_FIRST, ("reference", *args), body)


def own(*args: Any, opens: frozenset[str] = CITIZENS, writes: bool = False, **body: str) -> Door:
    return Door(opens, opens if writes else None, args=args, body=body)


def acting(*args: Any, writes: bool = False, **body: str) -> Door:
    return Door(ATTORNEY, ATTORNEY if writes else None, args=("reference", *args), body=body)


def hers(*args: Any, **more: Any) -> Door:
    """A page of the citizen's that names a row of hers: another citizen's is not there."""
    return own(*args, opens=frozenset({"herself"}), **more)


W = CASEWORKERS
NORM, LATE = "lab.31.samtaler.akasse", "sdl.8.opfoelgning"
STAFF_OF_HERS = STAFF - {"a caseworker elsewhere"}

DOORS: dict[str, Door] = {
    "caseworker:my-day": Door(DESKS),
    "caseworker:citizen-search": Door(STAFF),
    "caseworker:purpose": Door(STAFF_OF_HERS, STAFF_OF_HERS, args=("reference",)),
    "caseworker:conversation": case(opens=W, writes=W),
    "caseworker:conversation-receipt": case("talk"),
    "caseworker:conversation-mend": case("talk", opens=W, writes=W),
    "caseworker:why": case(NORM),
    "caseworker:citizen": case(),
    "caseworker:citizen-law": case(),
    "caseworker:compare": case(),
    "caseworker:question": case(opens=W, writes=W),
    "caseworker:fact": case("foedt", writes=W),
    "caseworker:steps": case(opens=W),
    "caseworker:step": case("praktik", opens=W, writes=W),
    "caseworker:receipt": case(TOKEN, writes=W),
    "caseworker:receipts": case(),
    "caseworker:shift": case(opens=W, writes=W),
    "caseworker:handover": case(opens=W, writes=W),
    "caseworker:fund": case(),
    "caseworker:fund-package": case(),
    "caseworker:heard": case("foedt", opens=NOBODY, writes=W),
    "caseworker:absence": Door(DESKS | LEADER, DESKS | LEADER),
    "caseworker:objections": case(writes=W),
    "caseworker:words": case(writes=W),
    "caseworker:day-print": Door(DESKS),
    "caseworker:day-after": Door(DESKS, DESKS),
    "caseworker:possible-offers": case(),
    "caseworker:plan": case(writes=W, do="need"),
    "caseworker:plan-step": case("step", writes=W, do="position"),
    "caseworker:plan-record": case(),
    "caseworker:plan-words": case(opens=W, writes=W),
    "caseworker:room": case(),
    "caseworker:invite": case(opens=W, writes=W),
    "caseworker:contact": case(writes=W, do="aftale"),
    "caseworker:slots": Door(DESKS, DESKS),
    "caseworker:help": Door(DESKS),
    "leader:changes": Door(STAFF),
    "leader:changes-file": Door(DESKS | LEADER, args=("csv",)),
    "leader:kommune": Door(LEADER),
    "leader:norm-cases": Door(LEADER, args=(LATE,)),
    "leader:promises": Door(LEADER, LEADER),
    "leader:partners": Door(LEADER, LEADER, body={"do": "ny"}),
    "leader:needs": Door(LEADER),
    "leader:needs-of-area": Door(LEADER, args=("helbred",)),
    "leader:spent": Door(LEADER),
    "leader:refusion": Door(LEADER_AND_JURIST),
    "leader:refusion-part": Door(LEADER_AND_JURIST, args=("trappe",)),
    "leader:refusion-file": Door(LEADER_AND_JURIST, args=("trappe", "csv")),
    "leader:clarification": Door(LEADER),
    "leader:portfolio": Door(LEADER),
    "leader:contact": Door(LEADER),
    "leader:contact-file": Door(LEADER),
    "citizen:home": own(),
    "citizen:words": own(writes=True),
    "citizen:facts": own(),
    "citizen:object": hers("fact", "fact-line", writes=True),
    "citizen:rights": own(),
    "citizen:why": own(NORM),
    "citizen:letters": own(),
    "citizen:receipts": own(),
    "citizen:offers": own(),
    "citizen:looks": own(),
    "citizen:notes": own(writes=True),
    "citizen:plan": own(writes=True, do="need"),
    "citizen:plan-step": hers("step", writes=True, do="position"),
    "citizen:plan-record": own(),
    "citizen:room": own(),
    "citizen:appointments": own(writes=True),
    "citizen:appointment-move": hers("appointment", writes=True),
    "citizen:appointment-cancel": hers("appointment", writes=True),
    "citizen:appointment-file": hers("appointment"),
    "citizen:checkin": own(writes=True),
    "citizen:help": own(writes=True),
    "citizen:selfdriven": own(writes=True, do="selv"),
    "partner:home": Door(PARTNERS),
    "partner:course": Door(LET_IN, LET_IN, args=("reference",)),
    "partner:plan": acting(writes=True, do="need"),
    "partner:plan-step": acting("step", writes=True, do="position"),
    "partner:plan-record": acting(),
    "partner:room": acting(),
}

NO_COURSE = {
    "front", "sign-in", "sign-out", "persona", "language", "theme", "was", "accessibility",
    "oidc_authentication_init", "oidc_authentication_callback",
}  # fmt: skip
"""Addresses that know of no citizen: the way in and out, and how pages look."""

OPEN_AREAS = {"public", "api-v1"}
"""The law is everybody's; the programming interface reckons with what is sent and keeps nothing."""

WHO = [
    "her caseworker", "who covers", "a colleague", "a colleague with a purpose", "the leader",
    "the leader with a purpose", "the jurist", "the jurist with a purpose", "a caseworker elsewhere", "herself",
    "another citizen", "a partner let in", "a partner not let in", "who acts for her", "who acted for her",
]  # fmt: skip


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns, one.namespace or space)
        else:
            yield f"{space}:{one.name}" if space else str(one.name)


def test_every_address_says_whom_it_is_for() -> None:
    found = {one for one in names(get_resolver().url_patterns) if one.split(":")[0] not in OPEN_AREAS}
    assert found - NO_COURSE - DOORS.keys() == set(), "say in DOORS who may open it and who may write there"
    assert DOORS.keys() - found == set(), "these are no addresses any more"


@pytest.fixture
def world(
    monkeypatch: pytest.MonkeyPatch, caseworker: User, leader: User, jurist: User, other_kommune: Kommune
) -> World:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())
    return World(caseworker, leader, jurist, other_kommune)


def address(name: str, world: World) -> str:
    rows = {
        "reference": world.anna.course.citizen.reference, "talk": world.anna.talk.pk, "step": world.anna.plan.agreed.pk,
        "fact-line": world.anna.fact.pk, "appointment": world.anna.appointment.pk,
    }  # fmt: skip
    return reverse(name, args=[rows.get(one, one) for one in DOORS[name].args])


def told(answer: HttpResponse) -> str:
    """What came of it: ``yes``, ``no``, or ``why`` where the purpose is asked for first."""
    if answer.status_code in (403, 404, 405):
        return "no"
    return "why" if "/formaal/?" in answer.headers.get("Location", "") else "yes"


def expected(who: str, may: frozenset[str], door: Door) -> str:
    return "yes" if who in may else "why" if may and who in door.asks else "no"


def as_expected(answer: HttpResponse, who: str, door: Door) -> bool:
    """Whether what was sent was taken up or refused as it should; where nothing is saved, others see nothing either."""
    if door.writes is not None:
        return told(answer) == expected(who, door.writes, door)
    return who in door.opens or told(answer) != "yes"


@pytest.mark.parametrize("who", WHO)
def test_each_opens_and_writes_what_is_hers_to_open_and_write(client_as: As, world: World, who: str) -> None:
    client, user = world.client(who, client_as), world.people[who]
    if who in LEADER:  # what she sees of single cases is read from the index
        bind(user.kommune_id)
        build_index(world.anna.course.kommune, rulebook_of(TODAY, "odense"))
    before, wrong = everything_of(world.anna.course), []
    for name, door in DOORS.items():
        where = address(name, world)
        answer = client.get(where)
        if told(answer) != expected(who, door.opens, door):
            wrong.append(f"GET {name}: {told(answer)} ({answer.status_code})")
        wrong += [f"GET {name}: {fault}" for fault in known_of_her(answer, who, user, name)]
        with transaction.atomic():
            answer = client.post(where, door.body)
            if not as_expected(answer, who, door):
                wrong.append(f"POST {name}: {told(answer)} ({answer.status_code})")
            wrong += [f"POST {name}: {fault}" for fault in known_of_her(answer, who, user, name)]
            transaction.set_rollback(door.writes is not None and who in door.writes)
    assert wrong == []
    assert everything_of(world.anna.course) == before


def known_of_her(answer: HttpResponse, who: str, user: User, name: str) -> list[str]:
    """What is wrong where her name is shown: to whom it may not be, or without a look in the log."""
    if getattr(answer, "streaming", False) or NAME not in answer.content.decode():
        return []
    if who not in MAY_KNOW:
        return ["shows her name"]
    if who == "herself" or name == "caseworker:purpose":  # the question why tells whose case it is about
        return []
    looks = Lookup.objects.filter(user=user)
    if not looks:
        return ["shows her name, and nobody wrote it down"]
    said = {*REASONS, PURPOSE, "Praktik i køkkenet"}
    unsaid = {one.page for one in looks if one.page not in PAGES and not one.page.startswith("fact:")}
    return [f"'{page}' has no words in the log she reads" for page in unsaid] + [
        f"the purpose '{one.purpose}' has no words" for one in looks if one.purpose not in said
    ]
