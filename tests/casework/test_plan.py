"""The plan together: who stands behind a step, what is kept of what was said, and who is let in to what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.access.today import today
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.courses.reading import case_of
from fodfaeste.casework.plans import inviting, needs, proposing, writing
from fodfaeste.casework.plans.inviting import Terms
from fodfaeste.casework.plans.models import Answer, Invitation, Part, Party, Position, Step
from fodfaeste.casework.plans.proposing import Proposal, Voice
from fodfaeste.casework.plans.queries import steps_ahead
from fodfaeste.casework.plans.reading import plan_of, shared_part
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.library import load
from fodfaeste.reasoning import judge_of
from fodfaeste.rulebook import resolve
from tests.casework.rows import store
from tests.django_site import as_web, make_citizen_user, make_user

pytestmark = pytest.mark.django_db
CASE = {
    "spells": [
        {"kind": "maalgruppe", "gruppe": "kh-aktivitetsparat", "from": "2025-01-06"},
        {"kind": "ydelse", "type": "kontanthjaelp", "from": "2025-01-06"},
    ]
}


@pytest.fixture
def course(kommune: Kommune) -> Course:
    return store(ff.read(CASE), kommune)


@pytest.fixture
def her(course: Course) -> Voice:
    return Voice(Party.CITIZEN, make_citizen_user(course))


@pytest.fixture
def us(caseworker: User) -> Voice:
    return Voice(Party.KOMMUNE, caseworker)


@pytest.fixture
def partner(kommune: Kommune) -> User:
    return make_user(kommune, "smed", "Ib Smed", Role.PARTNER, organisation="Smedjen ApS")


VISIT = Proposal("Besøge værkstedet", Step.Owner.CITIZEN)


# -- agreeing ---------------------------------------------------------------------------------------------------


def test_a_step_is_agreed_when_both_stand_behind_it(course: Course, her: Voice, us: Voice) -> None:
    step = proposing.propose(course, us, VISIT)
    assert not step.agreed
    proposing.take_position(step, her, Position.Stance.AGREES)
    step.refresh_from_db()
    assert step.agreed
    proposing.take_position(step, her, Position.Stance.DISAGREES, "Det er for langt væk")
    step.refresh_from_db()
    assert not step.agreed
    said = [(one.party, one.stance) for one in plan_of(course, today()).steps[0].positions]
    assert said == [("kommune", "agrees"), ("borger", "agrees"), ("borger", "disagrees")]


def test_neither_alone_nor_with_a_partner_makes_an_agreement(course: Course, her: Voice, partner: User) -> None:
    step = proposing.propose(course, her, VISIT)
    proposing.take_position(step, Voice(Party.PARTNER, partner), Position.Stance.AGREES)
    step.refresh_from_db()
    assert not step.agreed


def test_the_citizen_can_disagree_with_what_is_done_and_over(course: Course, her: Voice, us: Voice) -> None:
    step = proposing.propose(course, us, VISIT)
    proposing.finish(step, today(), today())
    proposing.take_position(step, her, Position.Stance.DISAGREES, "Jeg var der aldrig")
    assert plan_of(course, today()).steps[0].citizen.text == "Jeg var der aldrig"


def test_a_step_from_an_extract_is_the_municipalitys_until_she_agrees(course: Course, her: Voice) -> None:
    step = Step.objects.create(kommune=course.kommune, course=course, text="Kursus", owner="borger", agreed=False)
    assert plan_of(course, today()).steps[0].waiting == [Party.CITIZEN]
    proposing.take_position(step, her, Position.Stance.AGREES)
    step.refresh_from_db()
    assert step.agreed


def test_a_day_without_a_reason_is_not_saved(course: Course, us: Voice) -> None:
    with pytest.raises(RefusedError) as refused:
        proposing.propose(course, us, Proposal("Kursus", Step.Owner.CITIZEN, on=today()))
    assert "hvorfor det skal være den dag" in refused.value.errors["reason"]
    assert not Step.objects.exists()


def test_the_database_itself_refuses_a_day_without_a_reason(course: Course) -> None:
    with pytest.raises(DatabaseError, match="a_day_carries_a_reason"), transaction.atomic():
        Step.objects.create(kommune=course.kommune, course=course, text="X", owner="borger", on=today(),
                            proposed_by="kommune")  # fmt: skip


def test_another_proposal_stands_beside_the_old_one_and_nobody_else_has_agreed(
    course: Course, her: Voice, us: Voice
) -> None:
    first = proposing.propose(course, us, VISIT)
    proposing.take_position(first, her, Position.Stance.AGREES)
    second = proposing.change(first, her, Proposal("Ringe til værkstedet", Step.Owner.CITIZEN))
    plan = plan_of(course, today())
    assert [one.step.text for one in plan.ahead] == ["Ringe til værkstedet"]
    assert second.replaces == first
    assert not second.agreed
    old = plan.find(first.pk)
    assert old is not None
    assert old.replaced
    assert len(old.positions) == 2
    with pytest.raises(RefusedError, match="skrevet om"):
        proposing.change(first, us, VISIT)


def test_the_municipality_gives_a_reason_for_no_and_the_citizen_need_not(course: Course, her: Voice, us: Voice) -> None:
    step = proposing.propose(course, her, VISIT)
    with pytest.raises(RefusedError, match="hvorfor du er uenig"):
        proposing.take_position(step, us, Position.Stance.DISAGREES)
    with pytest.raises(RefusedError, match="hvorfor skridtet tages af"):
        proposing.drop(step, us, " ")
    proposing.take_position(step, her, Position.Stance.DISAGREES)
    proposing.drop(step, her, "")
    assert steps_ahead(course) == []


def test_what_was_said_of_a_step_cannot_be_changed(course: Course, her: Voice) -> None:
    step = proposing.propose(course, her, VISIT)
    with as_web():
        bind(course.kommune_id)
        for change in (
            lambda: Position.objects.filter(step=step).update(stance="disagrees"),
            lambda: Position.objects.filter(step=step).delete(),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                change()


def test_need_or_part_of_another_plan_is_refused(course: Course, us: Voice, kommune: Kommune) -> None:
    other = store(ff.read(CASE), kommune)
    need = needs.say_need(other, us, "bolig", "Et sted at bo", today())
    with pytest.raises(RefusedError, match="en anden plan"):
        proposing.propose(course, us, Proposal("Søge bolig", Step.Owner.CITIZEN, need=need))


# -- needs and small steps --------------------------------------------------------------------------------------


def test_a_need_leads_to_steps_and_to_what_came_of_it(course: Course, her: Voice, us: Voice) -> None:
    need = needs.say_need(course, her, "helbred", "Sove om natten", today())
    proposing.propose(course, us, Proposal("Søvnkursus", Step.Owner.CITIZEN, need=need))
    with pytest.raises(RefusedError, match="hvis intet hjalp"):
        needs.close_need(need, today(), "")
    needs.close_need(need, today(), "Sover fem timer mod tre")
    found = plan_of(course, today()).by_need[0]
    assert [one.step.text for one in found.steps] == ["Søvnkursus"]
    assert found.need.result == "Sover fem timer mod tre"


def test_small_steps_move_before_a_job_and_change_no_right(course: Course, her: Voice, us: Voice) -> None:
    """She counts her own steps; the law's answers before and after are the same, to the last."""
    book = resolve(load(), to_day(today()), "odense")

    def answers() -> list[object]:
        case = case_of(Course.objects.get(pk=course.pk), load().vocabulary)
        return judge_of(book).all(view_case(case, load().vocabulary, to_day(today())))

    before, version = answers(), course.version
    rungs = [proposing.propose(course, her, Proposal(text, Step.Owner.CITIZEN)) for text in ("Gå ud", "Tage bussen")]
    moved = []
    for rung in rungs:
        proposing.choose(rung, True)
    for days, rung in zip((40, 10), rungs, strict=True):
        proposing.finish(rung, today() - timedelta(days=days), today())
        moved.append(plan_of(course, today()).chosen_taken)
    assert moved == [1, 2]
    assert answers() == before
    assert Course.objects.get(pk=course.pk).version == version


# -- letting in -------------------------------------------------------------------------------------------------


def terms(partner: User, **more: object) -> Terms:
    given = {"kind": "arbejdsgiver", "user": partner, "purpose": "Praktik på værkstedet", "basis": "Samtykke",
             "begins": today(), "until": today() + timedelta(days=30), "consent_on": today()}  # fmt: skip
    return Terms(**(given | more))  # type: ignore[arg-type]


def test_only_what_is_named_is_shared(course: Course, her: Voice, us: Voice, partner: User) -> None:
    part = needs.add_part(course, us.user, needs.Basis("Bolig", "SEL § 85", "Støtte i hjemmet"), today())
    seen = proposing.propose(course, us, VISIT)
    inside = proposing.propose(course, us, Proposal("Finde bolig", Step.Owner.KOMMUNE, part=part))
    proposing.propose(course, us, Proposal("Tale om gæld", Step.Owner.CITIZEN))
    one = inviting.invite(course, us.user, terms(partner, steps=(seen,)), today())
    assert [found.step.text for found in shared_part(one).steps] == ["Besøge værkstedet"]
    inviting.share(one, parts=(part,))
    assert {found.step.pk for found in shared_part(one).steps} == {seen.pk, inside.pk}
    assert shared_part(one).goal is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"basis": ""}, "basis"),
        ({"user": None}, "user"),
        ({"until": today() - timedelta(days=1)}, "until"),
        ({"may_act": True}, "may_act"),
        ({"consent_on": today() + timedelta(days=1)}, "consent_on"),
        ({"kind": "fuldmagt", "may_act": True, "consent_on": None}, "consent_on"),
        ({"kind": "bisidder", "user": None}, "name"),
    ],
)
def test_an_invitation_says_who_why_on_what_ground_and_until_when(
    course: Course, us: Voice, partner: User, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        inviting.invite(course, us.user, terms(partner, **changed), today())
    assert list(refused.value.errors) == [field]
    assert not Invitation.objects.exists()


def test_staff_cannot_be_let_in_as_a_partner(course: Course, us: Voice, caseworker: User) -> None:
    with pytest.raises(RefusedError, match="samarbejdspartner"):
        inviting.invite(course, us.user, terms(caseworker), today())


def test_she_takes_back_her_consent_and_not_what_the_law_lets_others_share(
    course: Course, her: Voice, us: Voice, partner: User
) -> None:
    hers = inviting.invite(course, us.user, terms(partner), today())
    other = make_user(course.kommune, "fund", "Ida Bek", Role.PARTNER, organisation="En opdigtet a-kasse")
    laws = inviting.invite(course, us.user, terms(other, consent_on=None, basis="LAB § 31"), today())
    assert inviting.withdraw(hers, her).withdrawn_by == her.user
    with pytest.raises(PermissionDenied, match="ikke på dit samtykke"):
        inviting.withdraw(laws, her)
    assert [one.pk for one in plan_of(course, today()).running] == [laws.pk]


def test_nobody_is_let_in_twice_in_the_same_days(course: Course, us: Voice, partner: User) -> None:
    """Each look is written down with the purpose of the invitation: there can be but one."""
    first = inviting.invite(course, us.user, terms(partner), today())
    with pytest.raises(RefusedError, match="allerede lukket ind"):
        inviting.invite(course, us.user, terms(partner, purpose="Noget andet"), today())
    after = {"begins": first.until + timedelta(days=1), "until": first.until + timedelta(days=9)}
    inviting.invite(course, us.user, terms(partner, **after), today())
    inviting.withdraw(first, us)
    inviting.invite(course, us.user, terms(partner, purpose="Noget andet"), today())
    assert Invitation.objects.filter(withdrawn_at=None).count() == 2


def test_a_step_of_another_plan_is_not_shared(course: Course, us: Voice, partner: User, kommune: Kommune) -> None:
    elsewhere = proposing.propose(store(ff.read(CASE), kommune), us, VISIT)
    with pytest.raises(RefusedError, match="en anden plan"):
        inviting.invite(course, us.user, terms(partner, steps=(elsewhere,)), today())


def test_a_companion_is_named_and_sees_nothing(course: Course, her: Voice) -> None:
    inviting.name_companion(course, her.user, "Ruth Kjær", today(), today() + timedelta(days=7))
    assert [one.who for one in plan_of(course, today()).companions] == ["Ruth Kjær"]
    assert Invitation.objects.get().user is None


def test_a_partners_offer_waits_for_both_and_her_answer_stands(
    course: Course, us: Voice, partner: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    one = inviting.invite(course, us.user, terms(partner), today())
    step = inviting.propose_as_partner(one, partner, Proposal("To dage i værkstedet", Step.Owner.PARTNER))
    inviting.answer(one, partner, "Hun kan begynde når som helst", step)
    assert not step.agreed
    with django_assert_num_queries(8):
        plan = plan_of(course, today())
    assert plan.steps[0].waiting == [Party.CITIZEN, Party.KOMMUNE]
    assert plan.steps[0].answers[0].text == "Hun kan begynde når som helst"
    with as_web():
        bind(course.kommune_id)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Answer.objects.update(text="noget andet")


def test_a_part_without_a_section_is_refused(course: Course, us: Voice) -> None:
    with pytest.raises(RefusedError) as refused:
        needs.add_part(course, us.user, needs.Basis("Bolig", "Serviceloven", ""), today())
    assert sorted(refused.value.errors) == ["basis", "ref"]
    assert not Part.objects.exists()


def test_what_is_said_carries_the_day_the_pages_stand_at(
    course: Course, her: Voice, us: Voice, partner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A demonstration stands at a day of its own: there nothing is said on another."""
    monkeypatch.setenv("FODFAESTE_TODAY", "2026-06-30")
    day = today()
    step = proposing.propose(course, us, Proposal("Ringe til smedjen", Party.CITIZEN))
    position = proposing.take_position(step, her, Position.Stance.DISAGREES, "Jeg tør ikke")
    dropped = proposing.drop(step, us, "Vi finder noget andet")
    words = writing.write_words(course, "goal", "Et job med hænderne", her.user)
    assert words is not None
    comment = writing.comment(words, "Det taler vi om", us.user)
    note = writing.write_note(course, "Husk madpakken", her.user)
    terms = Terms("arbejdsgiver", partner, "Praktik", "Samtykke", day, day + timedelta(days=30), consent_on=day)
    invitation = inviting.invite(course, us.user, terms, day)
    answer = inviting.answer(invitation, partner, "Kom på mandag")
    moments = [
        step.proposed_at, position.at, dropped.dropped_at, words.written_at, comment.at, note.written_at,
        invitation.invited_at, answer.at,
    ]  # fmt: skip
    assert {timezone.localtime(moment).date() for moment in moments} == {day}
