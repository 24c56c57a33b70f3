"""Rows of somebody else's course named in an address or in what is sent: nothing of hers is shown, nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from fodfaeste.casework.access.models import Absence, Kommune, User
from fodfaeste.casework.contacts.models import Slot
from tests.web.around_anna import TODAY, World, everything_of

As = Callable[[User], Client]

HERS, STAFF, ATTORNEY, PARTNER = "herself", "her caseworker", "who acts for her", "a partner let in"
AGREES = {"do": "position", "svar-stance": "agrees", "svar-text": ""}

# Who sends it, where to, and what. Words in braces are numbers of Bo's rows, but {anna}, her own reference.
SENT: list[tuple[str, str, dict[str, str]]] = [
    (HERS, "/mit/plan/", {"do": "agree", "nummer": "{step}"}),
    (HERS, "/mit/plan/", {"do": "choose", "valgt": "ja", "nummer": "{step}"}),
    (HERS, "/mit/plan/", {"do": "withdraw", "nummer": "{invitation}"}),
    (HERS, "/mit/plan/", {"do": "result", "nummer": "{need}", "resultat-{need}-result": "Intet"}),
    (HERS, "/mit/plan/", {"do": "step", "skridt-text": "Mit", "skridt-owner": "borger", "skridt-need": "{need}"}),
    (HERS, "/mit/plan/skridt/{step}/", AGREES),
    (HERS, "/mit/plan/skridt/{step}/", {"do": "drop", "drop-why": "nej"}),
    (HERS, "/mit/noter/", {"slet": "{note}"}),
    (HERS, "/mit/oplysninger/fact/{fact}/forkert/", {"text": "Det passer ikke"}),
    (HERS, "/mit/oplysninger/event/{talk}/forkert/", {"text": "Det passer ikke"}),
    (HERS, "/mit/aftaler/", {"husk": "{appointment}"}),
    (HERS, "/mit/aftaler/", {"glem": "{reminder}"}),
    (HERS, "/mit/aftaler/", {"tid": "{slot}:telefon"}),
    (HERS, "/mit/aftaler/{appointment}/afbud/", {}),
    (HERS, "/mit/aftaler/{appointment}/flyt/", {"tid": "{slot}:telefon"}),
    (STAFF, "/borger/{anna}/plan/", {"do": "withdraw", "nummer": "{invitation}"}),
    (STAFF, "/borger/{anna}/plan/", {"do": "agree", "nummer": "{step}"}),
    (STAFF, "/borger/{anna}/plan/skridt/{step}/", {"do": "drop", "drop-why": "nej"}),
    (STAFF, "/borger/{anna}/inviter/",
     {"kind": "arbejdsgiver", "user": "{partner}", "purpose": "P", "basis": "B", "begins": "2026-06-30",
      "until": "2026-09-30", "steps": "{step}", "parts": "{part}"}),
    (STAFF, "/borger/{anna}/kontakt/", {"do": "aflys", "nummer": "{appointment}"}),
    (STAFF, "/borger/{anna}/kontakt/", {"do": "ikke-kom", "nummer": "{appointment}"}),
    (STAFF, "/borger/{anna}/indsigelser/", {"nr": "{objection}", "outcome": "kept", "answer": "Nej"}),
    (STAFF, "/borger/{anna}/maal/", {"om": "{words}", "text": "En kommentar"}),
    (STAFF, "/borger/{anna}/samtale/{talk}/ret/", {"void": "1"}),
    (STAFF, "/ledige-tider/", {"ned": "{slot}"}),
    (STAFF, "/fravaer/", {"tilbage": "{absence}"}),
    (ATTORNEY, "/partner/{anna}/plan/", {"do": "withdraw", "nummer": "{invitation}"}),
    (ATTORNEY, "/partner/{anna}/plan/skridt/{step}/", AGREES),
    (ATTORNEY, "/partner/{bo}/plan/", {"do": "agree", "nummer": "{step}"}),
    (PARTNER, "/partner/{anna}/", {"do": "answer", "svar-step": "{step}", "svar-text": "Hej"}),
    (PARTNER, "/partner/{anna}/", {"do": "answer", "svar-step": "{secret}", "svar-text": "Hej"}),
    (PARTNER, "/partner/{bo}/", {"do": "answer", "svar-text": "Hej"}),
]  # fmt: skip


@pytest.fixture
def world(
    monkeypatch: pytest.MonkeyPatch, caseworker: User, leader: User, jurist: User, other_kommune: Kommune
) -> World:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())
    return World(caseworker, leader, jurist, other_kommune)


def numbers(world: World) -> Mapping[str, Any]:
    bo, plan = world.bo, world.bo.plan
    invitation = plan.invite(world.people["a partner not let in"])
    absence = Absence.objects.create(
        kommune=bo.course.kommune, user=world.other_caseworker, cover=world.people["a colleague"],
        period=(TODAY, None), written_by=world.other_caseworker,
    )  # fmt: skip
    return {
        "anna": world.anna.course.citizen.reference, "bo": bo.course.citizen.reference, "step": plan.agreed.pk,
        "need": plan.need.pk, "part": plan.part.pk, "invitation": invitation.pk, "note": bo.note.pk,
        "fact": bo.fact.pk, "talk": bo.talk.pk, "appointment": bo.appointment.pk, "reminder": bo.reminder.pk,
        "slot": bo.slot.pk, "objection": bo.objection.pk, "words": bo.course.words.latest("pk").pk,
        "partner": world.people["a partner not let in"].pk, "absence": absence.pk, "secret": world.anna.plan.secret.pk,
    }  # fmt: skip


def test_rows_of_another_course_are_neither_changed_nor_shown(client_as: As, world: World) -> None:
    known = numbers(world)
    bo, slots = world.bo.course, Slot.objects.order_by("pk").values()
    away = Absence.objects.order_by("pk").values()
    before = (everything_of(bo), everything_of(world.anna.course), list(slots.all()), list(away.all()))
    taken_up = []
    for who, where, sent in SENT:
        body = {name.format(**known): value.format(**known) for name, value in sent.items()}
        answer = client_as(world.people[who]).post(where.format(**known), body)
        shown = "Bo Lind" in answer.content.decode()
        after = (everything_of(bo), everything_of(world.anna.course), list(slots.all()), list(away.all()))
        if shown or after != before:
            taken_up.append((who, where, sent, answer.status_code, shown))
            before = after
    assert taken_up == []


def test_the_same_is_taken_up_with_ones_own_rows(client_as: As, world: World) -> None:
    """Else the test above could not fail."""
    plan, anna = world.anna.plan, world.anna
    own = {
        "step": plan.disputed.pk, "note": anna.note.pk, "fact": anna.fact.pk, "appointment": anna.appointment.pk,
        "reminder": anna.reminder.pk, "anna": anna.course.citizen.reference, "objection": anna.objection.pk,
        "words": anna.course.words.latest("pk").pk, "talk": anna.talk.pk, "need": plan.need.pk,
    }  # fmt: skip
    changed = 0
    for who, where, sent in SENT:
        try:
            body = {name.format(**own): value.format(**own) for name, value in sent.items()}
            address = where.format(**own)
        except KeyError:
            continue
        before = everything_of(anna.course)
        client_as(world.people[who]).post(address, body)
        changed += everything_of(anna.course) != before
    assert changed >= 10
