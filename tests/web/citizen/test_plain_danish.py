"""The citizen's pages are written so that they can be read: LIX at most 40, page by page, by the text people see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from fodfaeste.casework.access.models import User
from tests.django_site import ROOT
from tests.web.citizen.lix import blocks_of, lix
from tests.web.citizen.people import TODAY, anna_herself, main_of
from tools.translations import said_in_template

As = Callable[[User], Client]
MOST = 40
TEMPLATES = sorted((ROOT / "src/fodfaeste/interfaces/web/citizen/templates").rglob("*.html"))


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", TODAY.isoformat())


def plain_pages() -> list[str]:
    """Every page of the citizen that needs no number or name in its address."""
    named = get_resolver().namespace_dict["citizen"][1].reverse_dict
    return sorted(
        name for name in named if isinstance(name, str) and not any(names for _, names in named.getlist(name)[0][0])
    )


@pytest.fixture
def anna(caseworker: User) -> User:
    return anna_herself(caseworker)[0]


def test_the_measure_tells_a_statute_from_a_letter_to_a_friend() -> None:
    easy = ["Du kan ringe til os i dag. Vi hjælper dig.", "Sig til, hvis noget er galt."]
    hard = ["Kommunalbestyrelsen tilrettelægger kontaktforløbet efter arbejdsmarkedets behov, medmindre andet følger."]
    assert lix(easy) < 25
    assert lix(hard) > 60


def test_headings_and_the_words_of_others_do_not_count() -> None:
    html = "<h1>Kort titel</h1><p>Her står en lille sætning.</p><p data-law>Bemyndigelsesbestemmelser gælder her nu</p>"
    assert blocks_of(html) == ["Her står en lille sætning."]


def test_every_page_can_be_read(client_as: As, anna: User) -> None:
    found = {}
    for name in plain_pages():
        response = client_as(anna).get(reverse(f"citizen:{name}"))
        if response.status_code == 200 and "html" in response["Content-Type"]:
            found[name] = round(lix(blocks_of(main_of(response.content.decode()))))
    assert {"home", "facts", "rights", "words", "looks", "notes", "letters", "offers"} <= set(found)
    assert {name: value for name, value in found.items() if value > MOST} == {}


def test_the_form_for_what_is_wrong_can_be_read(client_as: As, anna: User) -> None:
    for address in (
        reverse("citizen:object", args=["fact", anna.citizen.course.facts.first().pk]),
        reverse("citizen:object", args=["missing", 0]),
    ):
        assert lix(blocks_of(main_of(client_as(anna).get(address).content.decode()))) <= MOST


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_a_template_may_say_can_be_read(path: Path) -> None:
    """Also what is shown only now and then: every string of the template, each a block of its own."""
    texts = [one.text for one in said_in_template(path.read_text(encoding="utf-8"), path)]
    assert lix([text for text in texts if len(text.split()) >= 4]) <= MOST
