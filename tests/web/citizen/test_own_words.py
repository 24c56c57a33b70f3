"""Her goal and situation: she alone writes, staff comments beside, and the database holds it so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from fodfaeste.casework.access.models import Role, User
from fodfaeste.casework.access.protection import bind
from fodfaeste.casework.access.refusal import RefusedError
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Comment, OwnNote, Words
from fodfaeste.casework.plans.writing import comment, take_down, write_note, write_words
from tests.django_site import as_web, make_user
from tests.web.caseworker.anna import GOAL, address
from tests.web.citizen.people import TODAY, anna_herself, main_of, text_of

As = Callable[[User], Client]
MINE = "Jeg vil gerne arbejde om morgenen og hente mine børn klokken tre."


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


def write(client_as: As, anna: User, kind: str, text: str):
    return client_as(anna).post(reverse("citizen:words"), {"hvad": kind, f"{kind}-text": text})


def test_she_writes_and_what_stood_before_can_still_be_read(client_as: As, anna: User, course: Course) -> None:
    assert write(client_as, anna, "goal", MINE).status_code == 302
    said = text_of(client_as(anna).get(reverse("citizen:words")))
    assert said.index(MINE) < said.index("Det, der stod før") < said.index(GOAL)
    assert Words.objects.filter(course=course, kind="goal").first().taken_down_by is None
    assert MINE in text_of(client_as(anna).get(reverse("citizen:home")))


def test_staff_reads_her_words_and_finds_no_way_to_change_them(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    write(client_as, anna, "situation", MINE)
    html = main_of(client_as(caseworker).get(address(course, "maal/")).content.decode())
    assert MINE in html
    assert MINE not in "".join(part for part in html.split("<") if part.startswith(("textarea", "input")))


def test_the_same_text_twice_is_one_row(client_as: As, anna: User, course: Course) -> None:
    before = Words.objects.count()
    write(client_as, anna, "goal", GOAL)
    assert Words.objects.count() == before


def test_a_text_that_is_empty_or_too_long_is_kept_on_the_page(client_as: As, anna: User) -> None:
    assert "Skriv noget, før du gemmer." in text_of(write(client_as, anna, "goal", "  "))
    long = "Jeg vil gerne. " * 400
    answer = write(client_as, anna, "goal", long)
    assert answer.status_code == 422
    assert "Teksten er for lang" in text_of(answer)
    assert long.strip() in answer.content.decode()


def test_a_comment_stands_beside_her_words_for_both(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    goal = Words.objects.filter(course=course, kind="goal").first()
    client_as(caseworker).post(address(course, "maal/"), {"om": goal.pk, "text": "Skolen på Vestergade søger."})
    for user, where in ((anna, reverse("citizen:words")), (caseworker, address(course, "maal/"))):
        said = text_of(client_as(user).get(where))
        assert said.index(GOAL) < said.index("Skolen på Vestergade søger.")
    assert Words.objects.get(pk=goal.pk).text == GOAL


def test_words_that_were_taken_down_say_so_everywhere(
    client_as: As, anna: User, caseworker: User, course: Course
) -> None:
    client_as(caseworker).post(address(course, "maal/"), {"kind": "goal", "text": "Jeg vil helst noget med dyr."})
    assert "skrevet ned af Mette Holm, som du sagde det" in text_of(client_as(anna).get(reverse("citizen:words")))
    said = text_of(client_as(caseworker).get(address(course)))
    assert "Skrevet ned af Mette Holm, som borgeren sagde det" in said
    assert "Skrevet af Anna Kjær selv" not in said


def test_a_caseworker_cannot_write_as_the_citizen(course: Course, anna: User, caseworker: User) -> None:
    with pytest.raises(RefusedError, match="Kun borgeren selv"):
        write_words(course, "goal", "Noget kommunen synes", caseworker)
    with pytest.raises(RefusedError, match="Kun en sagsbehandler"):
        take_down(course, "goal", "Noget", anna)
    with pytest.raises(RefusedError, match="Kun borgeren selv"):
        write_note(course, "En note", caseworker)
    assert not OwnNote.objects.exists()


def as_reached(course: Course, herself: bool, change: Callable[[], object]) -> None:
    """Under the role of the pages, with what staff reaches, or what she reaches."""
    with as_web(), transaction.atomic():
        if herself:
            bind(course.kommune_id, [course.pk], course.pk)
        else:
            bind(course.kommune_id)
        change()


@pytest.mark.parametrize("role", ["staff", "herself"])
def test_the_database_lets_nobody_change_words_or_comments(
    anna: User, caseworker: User, course: Course, role: str
) -> None:
    goal = Words.objects.filter(course=course, kind="goal").first()
    said = comment(goal, "Det lyder godt.", caseworker)
    take_down(course, "situation", "Jeg bor hos min søster.", caseworker)
    for change in (
        lambda: Words.objects.filter(pk=goal.pk).update(text="Et andet mål"),
        lambda: Words.objects.filter(kind="situation").delete(),
        lambda: Comment.objects.filter(pk=said.pk).update(text="Noget andet"),
        lambda: Comment.objects.filter(pk=said.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            as_reached(course, role == "herself", change)
    assert Words.objects.get(pk=goal.pk).text == GOAL


# -- her own notes ----------------------------------------------------------------------------------------------


def test_her_notes_are_hers_alone(client_as: As, anna: User, caseworker: User, leader: User, course: Course) -> None:
    client_as(anna).post(reverse("citizen:notes"), {"text": "Spørg om praktik i skolekøkkenet"})
    assert "Spørg om praktik i skolekøkkenet" in text_of(client_as(anna).get(reverse("citizen:notes")))
    for more in ("", "maal/", "indsigelser/", "loven/"):
        assert "Spørg om praktik" not in client_as(caseworker).get(address(course, more)).content.decode()
    for user in (caseworker, leader, make_user(course.kommune, "jur", "Jur Ist", Role.JURIST)):
        with transaction.atomic(), as_web():
            bind(user.kommune_id)
            assert not OwnNote.objects.exists()


def test_a_note_can_be_thrown_away(client_as: As, anna: User, course: Course) -> None:
    note = write_note(course, "Glem det", anna)
    client_as(anna).post(reverse("citizen:notes"), {"slet": note.pk})
    assert not OwnNote.objects.exists()


def test_a_note_of_somebody_else_cannot_be_thrown_away(client_as: As, anna: User, caseworker: User) -> None:
    other, others = anna_herself(caseworker, "6203799998", "birgit")
    note = write_note(others, "Min egen", other)
    assert client_as(anna).post(reverse("citizen:notes"), {"slet": note.pk}).status_code == 404
    assert OwnNote.objects.filter(pk=note.pk).exists()


def test_an_empty_note_is_not_saved(client_as: As, anna: User) -> None:
    refused = client_as(anna).post(reverse("citizen:notes"), {"text": ""})
    assert refused.status_code == 422
    assert "Skriv din note, før du gemmer." in text_of(refused)
