"""The room: what the law demands, forbids and leaves open, for any case, day and set of rules, beside the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans import inviting, needs, proposing
from fodfaeste.casework.plans.models import Party, Step
from fodfaeste.casework.plans.proposing import Proposal, Voice
from tests.casework.rows import store
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker.anna import address, text_of
from tests.web.planning.plans import Plan, partner_of

As = Callable[[User], Client]
JOBSEEKER = {
    "facts": {"foedt": "1986-05-01"},
    "spells": [
        {"kind": "maalgruppe", "gruppe": "dp", "from": "2026-03-02"},
        {"kind": "ydelse", "type": "dagpenge", "from": "2026-03-02"},
    ],
    "events": [
        {"kind": "tilmelding", "date": "2026-03-02"},
        {"kind": "foerste-henvendelse", "date": "2026-03-02"},
    ],
}


@pytest.fixture
def jobseeker(caseworker: User, kommune: Kommune) -> Course:
    course = store(ff.read(JOBSEEKER), kommune)
    course.caseworker = caseworker
    course.save()
    return course


@pytest.mark.parametrize("day", ["2024-03-01", "2026-06-30", "2026-10-01", "2027-02-01"])
@pytest.mark.parametrize("regime", ["gaeldende", "almindelig"])
def test_the_room_is_shown_for_any_case_and_day(
    client_as: As, caseworker: User, jobseeker: Course, day: str, regime: str
) -> None:
    said = text_of(client_as(caseworker).get(address(jobseeker, f"rum/?dato={day}&regime={regime}")))
    order = [said.index(one) for one in ("Loven kræver", "Loven forbyder", "Loven lader stå åbent")]
    assert order == sorted(order)


def test_what_is_no_day_is_sent_back_in_words(client_as: As, caseworker: User, jobseeker: Course) -> None:
    answer = client_as(caseworker).get(address(jobseeker, "rum/?dato=i+morgen"))
    assert answer.status_code == 422
    assert "Det er ikke en dag." in text_of(answer)


def test_each_step_has_its_room_on_its_own_day(client_as: As, caseworker: User, her: User, plan: Plan) -> None:
    dated = proposing.propose(
        plan.course, plan.us, Proposal("Opstart i køkkenet", Step.Owner.CITIZEN, date(2026, 9, 14), "skolen er i gang")
    )
    for user, where in ((caseworker, address(plan.course, "rum/")), (her, "/mit/rum/")):
        said = text_of(client_as(user).get(f"{where}?skridt={dated.pk}"))
        assert "Loven 14. september 2026 : Opstart i køkkenet" in said.replace("2026: ", "2026 : ")
        assert "Grund: skolen er i gang" in said


def test_without_the_fixed_interval_every_day_in_the_plan_has_a_human_reason(
    client_as: As, caseworker: User, jobseeker: Course
) -> None:
    """With the layer the law has days of its own, apart from the plan; without it only people's days are left."""
    us = Voice(Party.KOMMUNE, caseworker)
    proposing.propose(
        jobseeker, us, Proposal("Tale om kurset", Step.Owner.KOMMUNE, date(2026, 7, 14), "holdet begynder i august")
    )
    fixed = "Kommunens samtaler"
    pages = {
        regime: client_as(caseworker).get(address(jobseeker, f"rum/?dato=2026-06-30&regime={regime}")).content.decode()
        for regime in ("almindelig", "djof-01")
    }
    duties = {regime: set(re.findall(r'class="law-label">(.*?)</p>', html)) for regime, html in pages.items()}
    gone = duties["almindelig"] - duties["djof-01"]
    assert any("samtale" in one.lower() for one in gone), fixed
    for html in pages.values():
        plan = html[html.index('id="room-steps"') : html.index('id="room-law"')]
        days = re.findall(r'<time class="plan-day".*?</time>\s*<span class="plan-reason">(.*?)</span>', plan, re.DOTALL)
        assert len(days) == plan.count("<time") == 1
        assert all(reason.strip().startswith("Grund:") for reason in days)


def test_opening_a_plan_puts_no_day_in_it(client_as: As, caseworker: User, her: User, jobseeker: Course) -> None:
    client = client_as(caseworker)
    for more in ("plan/", "rum/", ""):
        client.get(address(jobseeker, more))
    client.post(address(jobseeker, "plan/"), {"do": "lay"})
    assert not Step.objects.filter(course=jobseeker).exists()


# -- one plan across acts ---------------------------------------------------------------------------------------

FAMILY = {
    "spells": [
        {"kind": "maalgruppe", "gruppe": "kh-aktivitetsparat", "from": "2019-09-02"},
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2019-09-02"},
        {"kind": "forsoegsdeltagelse", "forsoeg": "en-plan", "from": "2020-02-03"},
    ]
}
PARTS = {
    "Arbejde": ("LAB §§ 40-41", "Vejen til et job", "Beskæftigelse"),
    "Hjemmet": ("SEL § 141", "Handleplan for støtte i hjemmet", "Social"),
    "Helbred": ("SUL § 119", "Forebyggelse", "Sundhed"),
    "Børnenes skole": ("Folkeskoleloven § 20", "Undervisningen af børnene", "Børn og unge"),
}


def test_a_family_with_four_acts_has_one_plan_each_part_with_section_and_readers(
    client_as: As, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", "2020-06-30")
    day = date(2020, 6, 30)
    kommune = Kommune.objects.create(code=217, name="Helsingør", slug="helsingoer")
    caseworker = make_user(kommune, "tove", "Tove Ny", Role.CASEWORKER)
    course = store(ff.read(FAMILY), kommune)
    Course.objects.filter(pk=course.pk).update(caseworker=caseworker)
    mother = make_citizen_user(course, "mor")
    for title, (ref, basis, department) in PARTS.items():
        part = needs.add_part(course, caseworker, needs.Basis(title, ref, basis, department, day), day)
        proposing.propose(
            course, Voice(Party.KOMMUNE, caseworker), Proposal(f"Skridt: {title}", Step.Owner.KOMMUNE, part=part)
        )
        user = partner_of(caseworker, department.lower()[:5], f"Ida {title}", department)
        inviting.invite(
            course, caseworker,
            inviting.Terms("forvaltning", user, basis, ref, day, date(2020, 12, 31), day, parts=(part,)), day,
        )  # fmt: skip
    for reader, where in ((caseworker, address(course, "plan/")), (mother, "/mit/plan/")):
        html = client_as(reader).get(where).content.decode()
        listed = html[html.index('id="parts-head"') :]
        parts = {one: listed[listed.index(f"<h3>{one}</h3>") :].split("</li>")[0] for one in PARTS}
        for title, (ref, _basis, department) in PARTS.items():
            assert ref in parts[title]
            assert f"Ida {title}, {department}" in parts[title]
            assert parts[title].count(" (Anden forvaltning") == 1
    ground = text_of(client_as(caseworker).get(address(course, "plan/")))
    assert "Én plan på tværs af sektorer" in ground
    assert "BEK 1184/2019 §§ 23-24" in ground


def test_she_reads_why_from_her_own_room(client_as: As, her: User, anna: Course) -> None:
    client = client_as(her)
    whys = re.findall(r'href="(/mit/rettigheder/[^"]+)"', client.get("/mit/rum/").content.decode())
    assert len(whys) > 10
    assert client.get(whys[0]).status_code == 200
    other_day = client.get("/mit/rum/?dato=2027-02-01").content.decode()
    assert "/mit/rettigheder/" not in other_day
    assert 'class="law-ref"' in other_day


def test_a_day_before_the_law_begins_is_said_to_be(client_as: As, caseworker: User, jobseeker: Course) -> None:
    said = text_of(client_as(caseworker).get(address(jobseeker, "rum/?dato=2005-01-01")))
    assert "1. januar 2005 ligger før den lov, der er skrevet her, begynder (1. januar 2010)" in said
