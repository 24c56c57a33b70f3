"""One question at a time: what an answer settles at once, and what happens to one that cannot be saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from fodfaeste.casework.access.actions import OWN_CASE
from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Event, Fact, Spell
from tests.web.caseworker.anna import address, make_anna, text_of

TODAY = date(2026, 6, 30)
As = Callable[[User], Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


@pytest.fixture
def anna(caseworker: User) -> Course:
    return make_anna(caseworker, TODAY)


@pytest.fixture
def client(client_as: As, caseworker: User) -> Client:
    return client_as(caseworker)


def put(client: Client, course: Course) -> str:
    """The name of the question that the page puts."""
    found = re.findall(r'name="om" value="([^"]+)"', client.get(address(course)).content.decode())
    assert len(found) == 1, "one question at a time"
    return str(found[0])


def answer(client: Client, course: Course, question: str, **given: str) -> object:
    typed = {name.replace("_", "-"): value for name, value in given.items()}
    return client.post(address(course, "spoergsmaal/"), {"om": question, "gem": "1", **typed}, follow=True)


def unsaved(response: object) -> str:
    """What is shown of a save that failed: status 422, an error summary, nothing written."""
    assert response.status_code == 422  # type: ignore[attr-defined]
    said = text_of(response)
    assert "Der er noget, der skal rettes. Intet er gemt endnu." in said
    return said


# -- what an answer does ----------------------------------------------------------------------------------------


def test_an_answer_is_saved_with_who_when_and_why_and_the_next_question_comes(
    client: Client, caseworker: User, anna: Course
) -> None:
    first = put(client, anna)
    assert first == "fact:i_job"
    said = text_of(answer(client, anna, first, svar="nej"))
    saved = Fact.objects.get(course=anna, field="i_job")
    assert (saved.value, saved.entered_by, saved.recorded, saved.purpose) == (False, caseworker, TODAY, OWN_CASE)
    assert "Svaret er gemt. Det ændrer: " in said
    assert put(client, anna) != first


def test_an_answer_settles_what_was_unknown_at_once(client: Client, anna: Course) -> None:
    def unknown() -> set[str]:
        part = client.get(address(anna, "loven/?del=unknown"), headers={"HX-Request": "true"}).content.decode()
        return set(re.findall(r'class="law-label">([^<]+)<', part))

    before = unknown()
    answer(client, anna, "fact:i_job", svar="nej")
    assert len(unknown()) < len(before)


def test_a_course_changes_its_version_so_that_what_was_derived_is_derived_again(client: Client, anna: Course) -> None:
    before = Course.objects.get(pk=anna.pk).version
    answer(client, anna, "fact:i_job", svar="ja", fra="2026-06-01")
    assert Course.objects.get(pk=anna.pk).version > before
    assert Fact.objects.get(course=anna, field="i_job").valid.lower == date(2026, 6, 1)


def test_nobody_knows_is_written_down_and_the_question_waits_its_turn(client: Client, anna: Course) -> None:
    first = put(client, anna)
    client.post(address(anna, "spoergsmaal/"), {"om": first, "ved-ikke": "1"})
    assert Fact.objects.get(course=anna, field=first.partition(":")[2]).value is None
    assert put(client, anna) != first


def test_asking_later_writes_nothing_and_puts_the_question_last(client: Client, anna: Course) -> None:
    first = put(client, anna)
    facts = Fact.objects.filter(course=anna).count()
    client.post(address(anna, "spoergsmaal/"), {"om": first, "senere": "1"})
    assert Fact.objects.filter(course=anna).count() == facts
    seen = {first}
    for _ in range(60):
        question = put(client, anna)
        if question in seen:
            break
        seen.add(question)
        client.post(address(anna, "spoergsmaal/"), {"om": question, "senere": "1"})
    assert question == first, "what was put off first comes first when all were asked"
    assert len(seen) > 20


# -- judgements -------------------------------------------------------------------------------------------------


def test_a_judgement_without_a_reason_is_not_saved_and_the_answer_stays(client: Client, anna: Course) -> None:
    response = answer(client, anna, "judged:samtale_noedvendig", svar="ja")
    said = unsaved(response)
    assert "Skriv, hvad vurderingen bygger på." in said
    assert "Det er en vurdering. Den gemmes i dit navn, Mette Holm" in said
    assert re.search(r'value="ja"[^>]*checked', response.content.decode())  # type: ignore[attr-defined]
    assert not Fact.objects.filter(field="samtale_noedvendig").exists()


def test_a_judgement_carries_the_name_and_the_reason(client: Client, anna: Course) -> None:
    reason = "Anna har bedt om at tale, før hun begynder på halve dage. " * 5
    answer(client, anna, "judged:samtale_noedvendig", svar="ja", begrundelse=reason)
    saved = Fact.objects.get(course=anna, field="samtale_noedvendig")
    assert (saved.value, saved.by, saved.reason) == (True, "Mette Holm", reason.strip())
    assert reason.strip() in text_of(client.get(address(anna, "oplysning/samtale_noedvendig/")))


def test_nobody_knows_needs_no_reason(client: Client, anna: Course) -> None:
    client.post(address(anna, "spoergsmaal/"), {"om": "judged:samtale_noedvendig", "ved-ikke": "1"})
    assert Fact.objects.get(course=anna, field="samtale_noedvendig").value is None


# -- what cannot be saved ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "typed", "said"),
    [
        ("fact:aar_paa_arbejdsmarkedet", {"svar": "mange"}, "Indtast et heltal."),
        ("fact:aar_paa_arbejdsmarkedet", {"svar": "900"}, "mindre end eller lig 80"),
        ("fact:foedt", {"svar": "engang i marts"}, "Det er ikke en dag."),
        ("fact:praktik_ugetimer", {"svar": "37,333"}, "maksimalt være 2 decimaler"),
        ("event:modtagelse", {"dag": "2026-07-01"}, "Dagen ligger i fremtiden."),
        ("spell:sygehusventetid", {"fra": "2026-06-01", "til": "2026-05-01"}, "Sidste dag ligger før første dag."),
        ("spell:ydelse", {"fra": "2026-06-01", "felt-type": "dagpenge"}, "allerede noteret en anden af samme slags"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(
    client: Client, anna: Course, question: str, typed: dict[str, str], said: str
) -> None:
    before = [model.objects.count() for model in (Fact, Event, Spell)]
    response = client.post(address(anna, "spoergsmaal/"), {"om": question, "gem": "1", **typed})
    assert said in unsaved(response)
    html = response.content.decode()
    for value in typed.values():
        assert f'value="{value}"' in html
    assert [model.objects.count() for model in (Fact, Event, Spell)] == before


def test_nothing_chosen_is_told_with_the_way_out(client: Client, anna: Course) -> None:
    assert "Vælg et svar, eller vælg »Det ved vi ikke«." in unsaved(answer(client, anna, "fact:i_job"))


# -- every type -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "typed", "saved"),
    [
        ("fact:aar_paa_arbejdsmarkedet", "21", 21),
        ("fact:praktik_ugetimer", "22,5", 22.5),
        ("fact:foedt", "1979-03-02", "1979-03-02"),
        ("fact:foedt", "2.3.1979", "1979-03-02"),
        ("fact:sygedagpengeforsikring", "fra-dag-1", "fra-dag-1"),
    ],
)
def test_an_answer_is_kept_as_the_vocabulary_has_it(
    client: Client, anna: Course, question: str, typed: str, saved: object
) -> None:
    answer(client, anna, question, svar=typed)
    assert Fact.objects.filter(course=anna, field=question.partition(":")[2]).latest("pk").value == saved


def test_when_something_happened_becomes_an_event(client: Client, anna: Course) -> None:
    answer(client, anna, "event:modtagelse", dag="2026-06-12")
    saved = Event.objects.get(course=anna, kind="modtagelse")
    assert (saved.on, saved.recorded) == (date(2026, 6, 12), TODAY)


def test_from_and_to_when_becomes_a_spell(client: Client, anna: Course) -> None:
    answer(client, anna, "spell:sygehusventetid", fra="2026-06-01", til="2026-06-20")
    saved = Spell.objects.get(course=anna, kind="sygehusventetid")
    assert (saved.period.lower, saved.period.upper) == (date(2026, 6, 1), date(2026, 6, 21))


@pytest.mark.parametrize("question", ["fact:findes-ikke", "event:findes-ikke", "noget", "item:sektor"])
def test_a_question_that_does_not_exist_is_said_so(client: Client, anna: Course, question: str) -> None:
    response = client.get(address(anna, f"spoergsmaal/?om={question}"))
    assert response.status_code == 404
    assert "Det spørgsmål findes ikke." in unescape(response.content.decode())
