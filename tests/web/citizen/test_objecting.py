"""*Det er forkert*: from the citizen's click to a named person's answer, with her words beside the fact meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fodfaeste.casework.access.models import Kommune, Lookup, Role, User
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course, Event, Fact, Objection, Spell
from fodfaeste.casework.courses.objecting import keep, object_to
from fodfaeste.casework.courses.queries import facts_of
from tests.django_site import make_user
from tests.web.caseworker.anna import address
from tests.web.citizen.people import TODAY, anna_herself, main_of, text_of

As = Callable[[User], Client]
WRONG = "Jeg meldte mig ud i foråret."


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> User:
    return anna_herself(caseworker)[0]


@pytest.fixture
def course(anna: User) -> Course:
    assert anna.citizen is not None
    return anna.citizen.course


def membership(course: Course) -> Fact:
    known = next(one for one in facts_of(course, TODAY) if one.field == "akassemedlem")
    assert known.line is not None
    return known.line


def said_by_her(client_as: As, anna: User, line: Fact | Event | Spell, about: str) -> Objection:
    client_as(anna).post(reverse("citizen:object", args=[about, line.pk]), {"text": WRONG})
    return Objection.objects.latest("pk")


def answer(client_as: As, user: User, course: Course, objection: Objection, **fields: str):
    given = {"nr": objection.pk, "answer": "Tak, det er rettet.", **fields}
    return client_as(user).post(address(course, "indsigelser/"), given)


def test_every_line_about_her_has_a_source_a_use_and_a_wrong(client_as: As, anna: User, course: Course) -> None:
    html = main_of(client_as(anna).get(reverse("citizen:facts")).content.decode())
    lines = re.findall(r'<li id="(fact|event|spell)-(\d+)">(.*?)</details>', html, re.DOTALL)
    shown = {(about, int(number)) for about, number, _ in lines}
    standing = {("event", one.pk) for one in course.events.all()} | {("spell", one.pk) for one in course.spells.all()}
    assert standing <= shown
    assert {about for about, _ in shown} == {"fact", "event", "spell"}
    for about, number, text in lines:
        assert f'href="/mit/oplysninger/{about}/{number}/forkert/"' in text
        assert "noteret" in text or "own-whence" in text
        assert "Hvad bruges det til?" in text


def test_a_fact_names_the_rules_that_ask_for_it(client_as: As, anna: User) -> None:
    said = text_of(client_as(anna).get(reverse("citizen:facts")))
    row = said[said.index("Medlem af en a-kasse") :][:700]
    assert "Ja" in row
    assert "fra borgeren" in row
    assert re.search(r"Hvad bruges det til\?.*§", row)


def test_her_words_stand_beside_the_fact_for_her_and_for_staff(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    said_by_her(client_as, anna, membership(course), "fact")
    hers = text_of(client_as(anna).get(reverse("citizen:facts")))
    assert WRONG in hers
    assert "Du har ikke fået svar endnu." in hers
    theirs = text_of(client_as(caseworker).get(address(course)))
    assert "Borgeren siger, at noget er forkert" in theirs
    row = theirs[theirs.index("Ret Medlem af en a-kasse") :]
    assert f"Borgeren siger, at det er forkert: {WRONG}" in row
    assert WRONG in text_of(client_as(caseworker).get(address(course, "oplysning/akassemedlem/")))


def test_words_about_a_sensitive_fact_stand_only_where_it_is_shown(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    said_by_her(client_as, anna, course.facts.get(field="terminalt_syg"), "fact")
    front = text_of(client_as(caseworker).get(address(course)))
    assert "Borgeren siger, at noget er forkert" in front
    assert WRONG not in front
    assert WRONG in text_of(client_as(caseworker).get(address(course, "oplysning/terminalt_syg/")))


def test_a_sensitive_fact_on_the_page_of_objections_is_logged_by_name(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    said_by_her(client_as, anna, membership(course), "fact")
    client_as(caseworker).get(address(course, "indsigelser/"))
    assert not Lookup.objects.filter(action="reveal").exists()
    said_by_her(client_as, anna, course.facts.get(field="terminalt_syg"), "fact")
    client_as(caseworker).get(address(course, "indsigelser/"))
    assert Lookup.objects.get(action="reveal").page == "fact:terminalt_syg"


def test_an_answer_corrects_through_the_fact_store_and_keeps_the_history(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    line = membership(course)
    objection = said_by_her(client_as, anna, line, "fact")
    asked = client_as(caseworker).get(address(course, f"indsigelser/?nr={objection.pk}"))
    assert WRONG in text_of(asked)
    answered = answer(client_as, caseworker, course, objection, outcome="corrected", svar="nej", fra="2026-04-01")
    assert answered.status_code == 302, text_of(answered)
    now = membership(course)
    assert now.value is False
    assert now.valid.lower == date(2026, 4, 1)
    assert Fact.objects.filter(pk=line.pk, value=True).exists()
    said = text_of(client_as(anna).get(reverse("citizen:facts")))
    assert "Rettet" in said
    assert "Mette Holm svarede" in said
    assert "Borgeren siger" not in text_of(client_as(caseworker).get(address(course)))


def test_a_fact_may_turn_out_to_be_unknown(client_as: As, anna: User, caseworker: User, course: Course) -> None:
    objection = said_by_her(client_as, anna, membership(course), "fact")
    answer(client_as, caseworker, course, objection, outcome="corrected", gone="on")
    assert membership(course).value is None


def test_an_answer_may_keep_what_stands_but_says_why(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    objection = said_by_her(client_as, anna, membership(course), "fact")
    refused = answer(client_as, caseworker, course, objection, outcome="kept", answer="  ")
    assert refused.status_code == 422
    assert "Skriv et svar til borgeren" in text_of(refused)
    answer(client_as, caseworker, course, objection, outcome="kept", answer="A-kassen har bekræftet det i dag.")
    assert membership(course).value is True
    said = text_of(client_as(anna).get(reverse("citizen:facts")))
    assert "Fastholdt" in said
    assert "A-kassen har bekræftet det i dag." in said


def test_an_event_is_moved_or_never_was(client_as: As, anna: User, caseworker: User, course: Course) -> None:
    talk = course.events.get(kind="sygeopfoelgning")
    objection = said_by_her(client_as, anna, talk, "event")
    day = (talk.on - timedelta(days=2)).isoformat()
    answer(client_as, caseworker, course, objection, outcome="corrected", dag=day, **{"felt-form": "video"})
    moved = course.events.get(kind="sygeopfoelgning", standing=True)
    assert (moved.on.isoformat(), moved.attrs["form"], moved.corrects_id) == (day, "video", talk.pk)
    objection = said_by_her(client_as, anna, moved, "event")
    answer(client_as, caseworker, course, objection, outcome="corrected", gone="on")
    assert not course.events.filter(kind="sygeopfoelgning", standing=True, void=False).exists()


def test_a_period_gets_other_days(client_as: As, anna: User, caseworker: User, course: Course) -> None:
    absence = course.spells.get(kind="fravaer")
    objection = said_by_her(client_as, anna, absence, "spell")
    first, last = absence.period.lower - timedelta(days=3), absence.period.upper
    answer(client_as, caseworker, course, objection, outcome="corrected", fra=first.isoformat(), til=last.isoformat())
    now = course.spells.get(kind="fravaer", standing=True)
    assert (now.period.lower, now.period.upper, now.corrects_id) == (first, last + timedelta(days=1), absence.pk)


def test_a_period_that_would_overlap_another_is_refused_and_nothing_is_lost(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    benefit = course.spells.get(kind="ydelse", attrs__type="sygedagpenge")
    objection = said_by_her(client_as, anna, benefit, "spell")
    refused = answer(
        client_as, caseworker, course, objection, outcome="corrected", fra="2025-06-01", **{"felt-type": "sygedagpenge"}
    )
    assert refused.status_code == 422
    assert "Tak, det er rettet." in text_of(refused)
    assert "2025-06-01" in refused.content.decode()
    assert Spell.objects.get(pk=benefit.pk).standing
    assert not Objection.objects.get(pk=objection.pk).outcome


def test_something_missing_can_be_said_and_answered(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    client_as(anna).post(reverse("citizen:object", args=["missing", 0]), {"text": "Jeg har et kørekort til bus."})
    objection = Objection.objects.get()
    assert objection.line is None
    assert "Jeg har et kørekort til bus." in text_of(client_as(caseworker).get(address(course)))
    answer(client_as, caseworker, course, objection, outcome="corrected", answer="Det er skrevet ind nu.")
    assert "Det er skrevet ind nu." in text_of(client_as(anna).get(reverse("citizen:facts")))


def test_an_empty_objection_says_what_to_do_and_writes_nothing(client_as: As, anna: User, course: Course) -> None:
    refused = client_as(anna).post(reverse("citizen:object", args=["fact", membership(course).pk]), {"text": " "})
    assert refused.status_code == 422
    assert "Skriv, hvad der er forkert." in text_of(refused)
    assert not Objection.objects.exists()


def test_nobody_else_can_object_in_her_name(anna: User, caseworker: User, course: Course) -> None:
    with pytest.raises(RefusedError, match="Kun borgeren selv"):
        object_to(course, "missing", None, "Hun mangler vist noget", caseworker)


def test_two_answers_at_once_become_one(client_as: As, anna: User, caseworker: User, course: Course) -> None:
    objection = said_by_her(client_as, anna, membership(course), "fact")
    keep(objection, "Det står i brevet.", caseworker)
    with pytest.raises(RefusedError, match="En kollega har svaret imens"):
        keep(objection, "Noget andet.", caseworker)
    assert Objection.objects.get(pk=objection.pk).answer == "Det står i brevet."


def test_leaders_and_other_municipalities_answer_nothing(
    client_as: As, anna: User, leader: User, other_kommune: Kommune, course: Course
) -> None:
    objection = said_by_her(client_as, anna, membership(course), "fact")
    client = client_as(leader)
    client.post(address(course, "formaal/"), {"reason": "supervision", "next": address(course)})
    assert "Svar" not in main_of(client.get(address(course, "indsigelser/")).content.decode())
    given = {"nr": objection.pk, "outcome": "kept", "answer": "Nej"}
    assert client.post(address(course, "indsigelser/"), given).status_code == 403
    stranger = make_user(other_kommune, "per", "Per Dam", Role.CASEWORKER)
    assert client_as(stranger).get(address(course, "indsigelser/")).status_code == 404
    assert not Objection.objects.get(pk=objection.pk).outcome
