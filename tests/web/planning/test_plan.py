"""The plan on the pages of citizen and caseworker: the same plan, written in by both."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fodfaeste.casework.access.models import Kommune, Lookup, Role, User
from fodfaeste.casework.courses.models import Course, Event
from fodfaeste.casework.plans.models import Invitation, Need, Position, Step, Words
from tests.django_site import make_citizen_user, make_user
from tests.web.caseworker.anna import GOAL, address, make_anna, text_of
from tests.web.planning.plans import SECRET, Plan

As = Callable[[User], Client]
MINE = "/mit/plan/"


def sent(client: Client, where: str, **typed: object) -> str:
    return text_of(client.post(where, typed, follow=True))


# -- one plan, both sides ---------------------------------------------------------------------------------------


def test_both_read_the_same_plan_with_her_words_first(client_as: As, caseworker: User, her: User, plan: Plan) -> None:
    for user, where in ((caseworker, address(plan.course, "plan/")), (her, MINE)):
        said = text_of(client_as(user).get(where))
        order = [GOAL, "Holde til en hel dag", "Halve dage i et køkken", "Hjemmet"]
        assert [said.index(one) for one in order[:3]] == sorted(said.index(one) for one in order[:3])
        assert "SEL § 85" in said
        assert "Vil hellere: Hellere et rigtigt køkken" in said
        assert SECRET in said


def test_what_she_proposes_is_agreed_when_the_caseworker_agrees(
    client_as: As, caseworker: User, her: User, anna: Course
) -> None:
    sent(client_as(her), MINE, do="step", **{"skridt-text": "Prøve en dag i bageriet", "skridt-owner": "borger"})
    step = Step.objects.get(text="Prøve en dag i bageriet")
    assert (step.proposed_by, step.agreed) == ("borger", False)
    said = sent(client_as(caseworker), address(anna, "plan/"), do="agree", nummer=step.pk)
    assert "Det er noteret, at du er enig." in said
    step.refresh_from_db()
    assert step.agreed


def test_a_day_without_a_reason_is_sent_back_with_everything_typed(client_as: As, her: User, anna: Course) -> None:
    typed = {"skridt-text": "Ringe til smeden", "skridt-owner": "borger", "skridt-on": "2026-07-03"}
    answer = client_as(her).post(MINE, {"do": "step", **typed})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "En dag uden grund bliver ikke gemt." in html
    assert 'value="Ringe til smeden"' in html
    assert 'value="2026-07-03"' in html
    assert not Step.objects.filter(text="Ringe til smeden").exists()


def test_she_says_what_she_would_rather_and_it_stands_beside(client_as: As, her: User, plan: Plan) -> None:
    where = f"{MINE}skridt/{plan.agreed.pk}/"
    missing = client_as(her).post(where, {"do": "position", "svar-stance": "alternative", "svar-text": ""})
    assert missing.status_code == 422
    assert "Skriv, hvad der hellere skal ske." in text_of(missing)
    sent(client_as(her), where, do="position", **{"svar-stance": "alternative", "svar-text": "Kun to dage"})
    plan.agreed.refresh_from_db()
    assert not plan.agreed.agreed
    assert "Kun to dage" in text_of(client_as(her).get(where))


def test_need_step_and_result_stand_together(client_as: As, caseworker: User, plan: Plan) -> None:
    client = client_as(caseworker)
    sent(client, address(plan.course, "plan/"), do="result", nummer=plan.need.pk,
         **{f"resultat-{plan.need.pk}-result": "Kan stå fire timer"})  # fmt: skip
    said = text_of(client.get(address(plan.course, "plan/")))
    part = said[said.index("Holde til en hel dag") : said.index("Kursus i kantinedrift")]
    assert "Halve dage i et køkken" in part
    assert "Det kom der ud af det: Kan stå fire timer" in part
    refused = client.post(address(plan.course, "plan/"), {"do": "result", "nummer": plan.need.pk})
    assert refused.status_code == 422


def test_a_step_is_taken_rewritten_and_dropped_on_its_own_page(client_as: As, caseworker: User, plan: Plan) -> None:
    client, where = client_as(caseworker), address(plan.course, "plan/skridt/")
    sent(client, f"{where}{plan.agreed.pk}/", do="done", **{"taget-on": "2026-06-29", "taget-came_of_it": "Det gik"})
    sent(client, f"{where}{plan.disputed.pk}/", do="change",
         **{"aendr-text": "Et rigtigt køkken", "aendr-owner": "kommune"})  # fmt: skip
    sent(client, f"{where}{plan.secret.pk}/", do="drop", **{"drop-why": "Hun vil selv klare det"})
    said = text_of(client.get(address(plan.course, "plan/referat/")))
    assert "Taget 29. juni 2026" in said
    ended = said[said.index("Foreslået, men ikke på planen") :]
    assert "Kursus i kantinedrift Skrevet om" in ended
    assert "Mette Holm: Hun vil selv klare det" in ended
    assert "Et rigtigt køkken" in said[: said.index("Foreslået, men ikke på planen")]


# -- her words --------------------------------------------------------------------------------------------------


def test_staff_sees_that_she_has_not_written_and_can_ask_or_take_down(
    client_as: As, caseworker: User, her: User, anna: Course
) -> None:
    anna.words.all().delete()
    client, where = client_as(caseworker), address(anna, "plan/")
    assert "Borgeren har hverken skrevet mål eller situation endnu." in text_of(client.get(where))
    sent(client, where, do="ask-for-words")
    assert "Skriv dit mål og din situation" in text_of(client_as(her).get(MINE))
    sent(client, f"{where}ord/", kind="goal", text="Jeg vil have fred til at blive rask")
    words = Words.objects.get(course=anna)
    assert words.taken_down_by == caseworker
    assert "sagt af borgeren, skrevet ned af Mette Holm" in text_of(client.get(where))


def test_her_own_page_asks_for_goal_and_situation_before_the_steps(client_as: As, her: User, plan: Plan) -> None:
    plan.course.words.all().delete()
    said = text_of(client_as(her).get(MINE))
    assert said.index("Skriv dit mål med dine egne ord") < said.index("Skridtene")


def test_small_steps_are_hers_alone(client_as: As, caseworker: User, her: User, plan: Plan) -> None:
    sent(client_as(her), MINE, do="choose", nummer=plan.agreed.pk, valgt="ja")
    assert "0 af 1 er taget." in text_of(client_as(her).get(MINE))
    assert client_as(caseworker).post(
        address(plan.course, "plan/"), {"do": "choose", "nummer": plan.secret.pk, "valgt": "ja"}
    ).status_code == 403  # fmt: skip
    assert "af 1 er taget" not in text_of(client_as(caseworker).get(address(plan.course, "plan/")))


# -- the record -------------------------------------------------------------------------------------------------


def test_the_record_says_who_proposed_who_agreed_and_what_was_rejected(client_as: As, her: User, plan: Plan) -> None:
    said = text_of(client_as(her).get(f"{MINE}referat/"))
    step = said[said.index("Kursus i kantinedrift") : said.index(SECRET)]
    assert "Foreslået af: Kommunen, Mette Holm" in step
    assert re.search(r"Kommunen, Mette Holm : enig .* Borgeren : vil hellere – Hellere et rigtigt køkken", step)
    assert "Skriv, hvad du mener om det" in step


# -- the law's own line -----------------------------------------------------------------------------------------


def test_laying_the_plan_is_written_where_the_law_reads_it_once(
    client_as: As, caseworker: User, her: User, anna: Course
) -> None:
    client, where = client_as(caseworker), address(anna, "plan/")
    for _ in range(2):
        sent(client, where, do="lay")
    assert Event.objects.filter(course=anna, kind="minplan").count() == 1
    assert client_as(her).post(MINE, {"do": "lay"}).status_code == 403


# -- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["plan/", "plan/referat/", "plan/ord/", "rum/", "inviter/"])
def test_others_pages_ask_for_a_purpose_and_another_municipality_finds_nothing(
    client_as: As, kommune: Kommune, other_kommune: Kommune, anna: Course, more: str
) -> None:
    colleague = make_user(kommune, "sofie", "Sofie Lund", Role.CASEWORKER)
    stranger = make_user(other_kommune, "per", "Per Dam", Role.CASEWORKER)
    assert client_as(colleague).get(address(anna, more))["Location"].startswith(address(anna, "formaal/"))
    assert client_as(stranger).get(address(anna, more)).status_code == 404


def test_a_jurist_reads_the_plan_and_writes_nothing(client_as: As, jurist: User, plan: Plan) -> None:
    client, where = client_as(jurist), address(plan.course, "plan/")
    client.post(address(plan.course, "formaal/"), {"reason": "access", "next": where})
    assert "Foreslå et skridt" not in text_of(client.get(where))
    before = (Step.objects.count(), Need.objects.count(), Position.objects.count(), Invitation.objects.count())
    for do in ("step", "need", "agree", "withdraw", "lay", "part"):
        assert client.post(where, {"do": do, "nummer": plan.agreed.pk}).status_code == 403
    assert client.post(f"{where}skridt/{plan.agreed.pk}/", {"do": "drop"}).status_code == 403
    assert client.post(address(plan.course, "inviter/"), {}).status_code == 403
    assert client.post(f"{where}ord/", {"kind": "goal", "text": "x"}).status_code == 403
    after = (Step.objects.count(), Need.objects.count(), Position.objects.count(), Invitation.objects.count())
    assert before == after


def test_staff_cannot_enter_by_the_citizens_door_nor_she_by_theirs(
    client_as: As, caseworker: User, her: User, anna: Course
) -> None:
    assert client_as(caseworker).get(MINE).status_code == 403
    assert client_as(her).get(address(anna, "plan/")).status_code in (403, 404)


def test_a_step_of_another_plan_cannot_be_reached(
    client_as: As, caseworker: User, plan: Plan
) -> None:  # fmt: skip
    other = make_anna(caseworker, plan.today, "6203791235", "Bo Lind")
    client = client_as(make_citizen_user(other, "bo"))
    assert client.get(f"{MINE}skridt/{plan.agreed.pk}/").status_code == 404
    assert client.post(MINE, {"do": "agree", "nummer": plan.secret.pk}).status_code == 404


def test_staffs_look_is_logged_and_hers_is_not(client_as: As, caseworker: User, her: User, plan: Plan) -> None:
    client_as(her).get(MINE)
    assert not Lookup.objects.exists()
    client_as(caseworker).get(address(plan.course, "plan/"))
    assert [(one.user, one.page) for one in Lookup.objects.all()] == [(caseworker, "plan")]


@pytest.mark.parametrize(
    ("page", "most"), [("plan/", 23), ("plan/referat/", 18), ("rum/", 22), (MINE, 22), (f"{MINE}referat/", 20)]
)
def test_a_page_asks_the_database_little(
    client_as: As, caseworker: User, her: User, plan: Plan, page: str, most: int
) -> None:
    client = client_as(her if page.startswith("/") else caseworker)
    where = page if page.startswith("/") else address(plan.course, page)
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    assert len(asked) <= most, "\n".join(one["sql"][:160] for one in asked)
