"""Others around the table: each sees the shared part alone, each look is written down, and it ends when it is ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from fodfaeste.casework.access.models import Lookup, User
from fodfaeste.casework.plans import proposing
from fodfaeste.casework.plans.models import Answer, Invitation, Position, Shared, Step
from tests.web.caseworker.anna import GOAL, address, text_of
from tests.web.planning.plans import SECRET, Plan, partner_of

As = Callable[[User], Client]

PARTNERS = {
    "a-kasse": ("fund", "Ida Bek", "En opdigtet a-kasse", "Fælles samtale", "LAB § 31"),
    "arbejdsgiver": ("kok", "Kaj Kok", "Køkkenet ApS", "Praktik i køkkenet", "Samtykke"),
    "laege": ("laege", "Li Læge", "Lægehuset", "Svar på attest", "SDL § 39"),
    "forvaltning": ("hjem", "Ea Hjem", "Social", "Støtte i hjemmet", "SEL § 85"),
    "uddannelsessted": ("skole", "Bo Skole", "Fagskolen", "Et fag ad gangen", "Samtykke"),
    "frivillige": ("ven", "Ane Ven", "Cafeen", "Følgeskab", "Samtykke"),
}
"""Local forces: who, for what, on what ground."""


def shared(partner: User) -> str:
    invitation = Invitation.objects.get(user=partner)
    return f"/partner/{invitation.course.citizen.reference}/"


@pytest.fixture
def partners(plan: Plan, caseworker: User) -> dict[str, User]:
    """One of each, each shown a step of her own; the other department its part of the plan."""
    found = {}
    for kind, (username, name, organisation, purpose, basis) in PARTNERS.items():
        found[kind] = partner_of(caseworker, username, name, organisation)
        step = proposing.propose(
            plan.course, plan.us, proposing.Proposal(f"Skridt for {organisation}", Step.Owner.PARTNER)
        )
        more = {"parts": (plan.part,)} if kind == "forvaltning" else {"steps": (step,)}
        plan.invite(found[kind], kind=kind, purpose=purpose, basis=basis, **more)
    return found


def test_the_log_shows_that_each_partner_saw_the_shared_part_alone(
    client_as: As, plan: Plan, partners: dict[str, User]
) -> None:
    others = set(Step.objects.values_list("text", flat=True))
    for kind, user in partners.items():
        said = text_of(client_as(user).get(shared(user)))
        invitation = Invitation.objects.get(user=user)
        own = set(
            Step.objects.filter(shares__invitation=invitation).values_list("text", flat=True)
            | Step.objects.filter(part__shares__invitation=invitation).values_list("text", flat=True)
        )
        assert own, kind
        assert {text for text in others if text in said} == own, kind
        assert GOAL not in said
        assert SECRET not in said
    log = Lookup.objects.filter(course=plan.course.pk).order_by("pk")
    assert [(one.user, one.page, one.purpose) for one in log] == [
        (user, "partner", PARTNERS[kind][3]) for kind, user in partners.items()
    ]


@pytest.mark.parametrize("more", ["", "plan/", "plan/referat/", "rum/", "loven/", "samtale/", "oplysning/foedt/"])
def test_a_partner_gets_no_other_page_about_the_citizen(client_as: As, plan: Plan, partners, more: str) -> None:
    client = client_as(partners["arbejdsgiver"])
    assert client.get(address(plan.course, more)).status_code in (302, 403, 404)
    assert client.get(address(plan.course, more), follow=True).status_code in (403, 404)


@pytest.mark.parametrize("more", ["plan/", "plan/referat/", "rum/"])
def test_a_partner_without_power_of_attorney_does_not_see_the_plan(
    client_as: As, plan: Plan, partners, more: str
) -> None:
    user = partners["arbejdsgiver"]
    assert client_as(user).get(shared(user) + more).status_code == 404
    assert client_as(user).get("/mit/plan/").status_code == 403
    assert not Lookup.objects.filter(user=user).exists()


def test_after_withdrawal_there_is_nothing(client_as: As, her: User, plan: Plan, partners: dict[str, User]) -> None:
    user = partners["arbejdsgiver"]
    where, client = shared(user), client_as(user)
    assert client.get(where).status_code == 200
    number = Invitation.objects.get(user=user).pk
    client_as(her).post("/mit/plan/", {"do": "withdraw", "nummer": number})
    assert client.get(where).status_code == 404
    assert client.post(where, {"do": "answer", "svar-text": "Hej"}).status_code == 404
    assert "Anna" not in text_of(client.get("/partner/"))
    assert not Answer.objects.exists()


def test_a_partner_invited_to_one_plan_cannot_reach_another(
    client_as: As, plan: Plan, partners: dict[str, User], citizen_user_elsewhere: User
) -> None:
    assert citizen_user_elsewhere.citizen is not None
    elsewhere = f"/partner/{citizen_user_elsewhere.citizen.reference}/"
    assert client_as(partners["laege"]).get(elsewhere).status_code == 404


@pytest.fixture
def citizen_user_elsewhere(caseworker: User, plan: Plan) -> User:
    from tests.django_site import make_citizen_user
    from tests.web.caseworker.anna import make_anna

    return make_citizen_user(make_anna(caseworker, plan.today, "6203791236", "Bo Lind"), "bo")


def test_an_answer_and_an_offer_are_read_by_both(
    client_as: As, her: User, caseworker: User, plan: Plan, partners: dict[str, User]
) -> None:
    user = partners["laege"]
    step = Step.objects.get(text="Skridt for Lægehuset")
    client = client_as(user)
    client.post(shared(user), {"do": "answer", "svar-step": step.pk, "svar-text": "Kan stå op fire timer"})
    client.post(shared(user), {"do": "step", "skridt-text": "Ny samtale hos mig", "skridt-on": "2026-08-01",
                               "skridt-reason": "blodprøven er klar"})  # fmt: skip
    for reader, where in ((her, "/mit/plan/"), (caseworker, address(plan.course, "plan/"))):
        said = text_of(client_as(reader).get(where))
        assert "Kan stå op fire timer" in said
        assert "Ny samtale hos mig" in said
        assert "Grund: blodprøven er klar" in said
    assert "Ny samtale hos mig" in text_of(client.get(shared(user)))
    assert not Step.objects.get(text="Ny samtale hos mig").agreed


def test_what_a_partner_typed_is_kept_when_it_cannot_be_sent(client_as: As, partners: dict[str, User]) -> None:
    user = partners["laege"]
    answer = client_as(user).post(
        shared(user), {"do": "step", "skridt-text": "Ny samtale", "skridt-on": "2026-08-01", "skridt-reason": ""}
    )
    assert answer.status_code == 422
    assert 'value="Ny samtale"' in answer.content.decode()
    assert not Step.objects.filter(text="Ny samtale").exists()


def test_she_sees_who_is_let_in_for_what_and_until_when(client_as: As, her: User, plan: Plan, partners) -> None:
    said = text_of(client_as(her).get("/mit/plan/"))
    for _username, name, organisation, purpose, basis in PARTNERS.values():
        assert f"{name}, {organisation}" in said
        assert f"Til: {purpose}" in said
        assert basis in said
    assert "til og med 29. august 2026" in said
    assert "Læses af: dig; sagsbehandlere i kommunen; Ea Hjem, Social" in said


# -- power of attorney ------------------------------------------------------------------------------------------


@pytest.fixture
def attorney(plan: Plan, caseworker: User) -> User:
    user = partner_of(caseworker, "ruth", "Ruth Kjær", "")
    plan.invite(user, kind="fuldmagt", purpose="Fuldmagt fra Anna", may_act=True)
    return user


def test_who_may_act_writes_for_her_and_it_says_so(client_as: As, caseworker: User, plan: Plan, attorney: User) -> None:
    client, where = client_as(attorney), f"{shared(attorney)}plan/"
    said = text_of(client.get(where))
    assert SECRET in said
    assert GOAL not in said
    client.post(f"{where}skridt/{plan.inside.pk}/", {"do": "position", "svar-stance": "agrees", "svar-text": ""})
    plan.inside.refresh_from_db()
    assert plan.inside.agreed
    assert Position.objects.get(step=plan.inside, party="borger").by == attorney
    record = text_of(client_as(caseworker).get(address(plan.course, "plan/referat/")))
    assert "Borgeren ved Ruth Kjær, som har fuldmagt : enig" in record
    looks = Lookup.objects.filter(user=attorney).order_by("pk")
    assert [(one.page, one.action) for one in looks] == [("plan", "view"), ("plan-step", "change")]
    assert {one.purpose for one in looks} == {"Fuldmagt fra Anna"}


def test_a_companion_is_named_beside_the_meetings(client_as: As, her: User, plan: Plan) -> None:
    client = client_as(her)
    client.post("/mit/plan/", {"do": "companion", "bisidder-name": "Gerda Holm", "bisidder-until": "2026-07-31"})
    assert "Med som bisidder: Gerda Holm" in text_of(client.get("/mit/plan/"))


# -- inviting ---------------------------------------------------------------------------------------------------


def test_the_caseworker_shares_what_is_ticked_and_nothing_else(client_as: As, caseworker: User, plan: Plan) -> None:
    user = partner_of(caseworker, "smed", "Ib Smed", "Smedjen")
    typed = {
        "kind": "arbejdsgiver", "user": user.pk, "purpose": "Praktik", "basis": "Samtykke", "consent_on": "2026-06-30",
        "begins": "2026-06-30", "until": "2026-06-01", "steps": [plan.agreed.pk],
    }  # fmt: skip
    client, where = client_as(caseworker), address(plan.course, "inviter/")
    refused = client.post(where, typed)
    assert refused.status_code == 422
    assert "Sidste dag er gået" in text_of(refused)
    assert not Invitation.objects.exists()
    client.post(where, typed | {"until": "2026-09-30"})
    assert [one.step for one in Shared.objects.all()] == [plan.agreed]
    said = text_of(client_as(user).get(shared(user)))
    assert plan.agreed.text in said
    assert plan.disputed.text not in said


def test_a_partner_reads_whom_in_the_municipality_to_write_to(
    client_as: As, plan: Plan, partners: dict[str, User], caseworker: User, settings
) -> None:
    settings.CONTACT_PHONE, settings.CONTACT_MAIL = "12 34 56 78", "job@eksempel.dk"
    fund = partners["a-kasse"]
    said = text_of(client_as(fund).get(shared(fund)))
    name = caseworker.name
    assert f"Kontakt i kommunen {name} er borgerens sagsbehandler ({plan.course.kommune.name})." in said
    assert "12 34 56 78" in said
    assert "job@eksempel.dk" in said
