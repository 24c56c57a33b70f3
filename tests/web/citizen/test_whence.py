"""Whence a line about her comes, in words she knows; and what the municipality may help her with, not her employer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

import fodfaeste as ff
from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course, Spell
from fodfaeste.facts import view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.interfaces.web.citizen.rights import lists_of
from fodfaeste.interfaces.wording import source_text, words_of
from tests.django_site import ROOT
from tests.web.citizen.people import TODAY, anna_herself, text_of

As = Callable[[User], Client]


@pytest.mark.django_db
def test_a_line_of_an_extract_is_told_in_words_and_a_fact_without_days_does_not_say_always(
    client_as: As, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())
    anna, course = anna_herself(caseworker)
    Spell.objects.filter(course=course, kind="maalgruppe").update(source="Udtræk: maalgrupper")
    Course.objects.get(pk=course.pk).facts.update(valid=None)
    page = text_of(client_as(anna).get("/mit/oplysninger/"))
    assert "fra kommunens liste over målgrupper" in page
    assert "Udtræk" not in page
    assert "Altid" not in page


def test_a_source_that_is_not_an_extract_stands_as_it_was_written() -> None:
    assert source_text("eIndkomst", "da") == "eIndkomst"
    assert source_text("Udtræk: ydelsesuger", "en") == "the municipality's list of benefits week by week"


def test_what_an_employer_may_do_is_not_help_she_can_ask_the_municipality_for() -> None:
    law, day = rulebooks.law(), date(2025, 3, 20)
    case = ff.read(ROOT / "examples/cases/syg-braekket-ben-2025.json")
    book = ff.resolve(law, day, place=case.municipality)
    at_hand = SimpleNamespace(book=book, view=view_case(case, law.vocabulary, to_day(day)), words=words_of(book, "da"))
    lists = lists_of(at_hand)  # type: ignore[arg-type]
    helped, decided = ([line.label for line in found] for found in (lists.help, lists.may))
    assert "Mentorstøtte til den, der har brug for det" in helped
    assert "Arbejdsgiveren kan bede om en mulighedserklæring" in decided
    assert not [label for label in helped if label.startswith("Arbejdsgiveren")]
