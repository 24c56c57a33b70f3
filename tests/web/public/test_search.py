"""Searching the law: by section, by word, by a word spelt wrongly; in Danish and in English."""

from __future__ import annotations

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils.html import strip_tags

import fodfaeste as ff
from fodfaeste.casework.lawbook.asked import asked
from fodfaeste.casework.lawbook.models import Edition, Passage
from fodfaeste.interfaces.lawpassages import index_if_changed, index_law
from tests.django_site import as_web
from tests.web.caseworker.day_cases import DAY

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


@pytest.fixture
def reader(anonymous: Client) -> Client:
    """Somebody who has not signed in, when the law has been made searchable."""
    index_law(ff.load())
    return anonymous


def found(client: Client, q: str, **more: str) -> str:
    """The page as text, the words found between ⟨ and ⟩."""
    html = client.get("/loven/soeg/", {"q": q, **more}).content.decode()
    return re.sub(r"\s+", " ", strip_tags(html.replace("<mark>", "⟨").replace("</mark>", "⟩"))).strip()


def titles(client: Client, q: str, **more: str) -> list[str]:
    html = client.get("/loven/soeg/", {"q": q, **more}).content.decode()
    part = html.partition('<ol class="law-hits')[2]
    return [re.sub(r"\s+", " ", strip_tags(one)).strip() for one in re.findall(r"<h3>.*?</h3>", part, re.DOTALL)]


# -- what was asked ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sections", "stk", "words"),
    [
        ("§31", ["lab 31", "las 31"], None, ()),
        ("§ 31, stk. 3", ["lab 31", "las 31"], 3, ()),
        ("31 stk 3", ["lab 31", "las 31"], 3, ()),
        ("LAB 31", ["lab 31"], None, ()),
        ("lab § 31 samtale", ["lab 31"], None, ("samtale",)),
        ("sygedagpengeloven § 13 d", ["sdl 13d"], None, ()),
        ("Lov om sygedagpenge 24", ["sdl 24"], None, ()),
        ("105a", ["lab 105 a"], None, ()),
        ("LAB §§ 31 og 32", ["lab 31", "lab 32"], None, ("og",)),
        ("§ 31, stk. 3, nr. 2", ["lab 31", "las 31"], 3, ()),
        ("26 uger", [], None, ("26", "uger")),
        ("samtale", [], None, ("samtale",)),
        ("§ 999", [], None, ("999",)),
        ("", [], None, ()),
        ("§§§ '); drop table", [], None, ("drop", "table")),
    ],
)
def test_what_was_typed_is_understood(typed: str, sections: list[str], stk: int | None, words: tuple[str, ...]) -> None:
    read = asked(typed, ff.load())
    assert [f"{one.act} {one.section}" for one in read.sections] == sections
    assert read.stk == stk
    assert read.words == words


def test_an_act_alone_is_an_act(reader: Client) -> None:
    html = reader.get("/loven/soeg/", {"q": "forvaltningsloven"}).content.decode()
    assert 'href="/loven/fvl/"' in html


# -- what is found -----------------------------------------------------------------------------------------------------


def test_a_section_is_shown_with_its_rules(reader: Client) -> None:
    html = reader.get("/loven/soeg/", {"q": "LAB 31"}).content.decode()
    assert 'href="/loven/lab/31/"' in html
    assert 'href="/loven/lab/31/#lab.31.foerste.kommune"' in html


def test_a_paragraph_narrows_the_rules(reader: Client) -> None:
    page = found(reader, "§ 31, stk. 5")
    assert "Regler, der henviser til stk. 5" in page
    assert "Første jobsamtale inden en uge fra første henvendelse" in page
    assert "Perioden de 75 pct. måles over" not in page


def test_words_are_found_in_their_forms_and_in_compounds(reader: Client) -> None:
    page = found(reader, "samtale")
    assert "⟨Jobsamtaler⟩" in page
    assert "⟨samtaler⟩" in page


def test_every_word_must_be_there(reader: Client) -> None:
    both, one = (len(re.findall("Side 1 af", found(reader, q))) for q in ("samtale kontrol", "samtale"))
    assert one == 1 > both, "two words find less than one"
    assert "Intet fundet på »jobsamtale kørekort«" in found(reader, "jobsamtale kørekort")


def test_what_has_ended_comes_after_what_is_in_force(reader: Client) -> None:
    page = found(reader, "jobsamtale", slags="section")
    assert page.index("LAB § 31") < page.index("LAB § 16 (før 2020)")
    assert "LAB § 16 (før 2020) · gælder ikke længere" in page


def test_danish_letters_may_be_spelt_out(reader: Client) -> None:
    assert titles(reader, "ophoer")[:3] == titles(reader, "ophør")[:3]


def test_a_word_spelt_wrongly_is_put_right_and_said(reader: Client) -> None:
    page = found(reader, "jobsamtlae")
    assert "Intet fundet på »jobsamtlae«. Her er det, der findes på »jobsamtale«." in page
    assert "Mente du jobsamtale" in page


def test_english_words_are_found_on_danish_pages_and_it_is_said(reader: Client) -> None:
    page = found(reader, "unemployment insurance fund")
    assert "Her er det, der findes i den engelske tekst." in page
    assert "⟨insurance⟩" in page


def test_in_english_the_english_text_is_searched(reader: Client) -> None:
    reader.cookies["django_language"] = "en"
    page = found(reader, "conversations")
    assert "⟨conversations⟩" in page
    assert "Nothing found" not in page


def test_one_kind_can_be_shown_alone(reader: Client) -> None:
    html = reader.get("/loven/soeg/", {"q": "samtale", "slags": "regime"}).content.decode()
    links = re.findall(r'<h3><a href="([^"]+)"', html)
    assert links
    assert all(link.startswith("/loven/ordninger/") for link in links)


def test_hits_come_in_pages_without_repeating(reader: Client) -> None:
    first, second = (
        re.findall(
            r'<h3><a href="[^"]+".*?</li>',
            reader.get("/loven/soeg/", {"q": "samtale", "side": side}).content.decode(),
            re.DOTALL,
        )
        for side in ("1", "2")
    )
    assert len(first) == len(second) == 20
    assert not set(first) & set(second)


def test_a_link_leads_to_the_rule(reader: Client) -> None:
    html = reader.get("/loven/soeg/", {"q": "standby", "slags": "norm"}).content.decode()
    link = re.findall(r'<h3><a href="([^"#]+)#([^"]+)"', html)[0]
    assert f'id="{link[1]}"' in reader.get(link[0]).content.decode()


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "\ue000x\ue001", "a & b | !c", "'", "%", "samtale\x00"])
def test_nothing_typed_can_break_the_page(reader: Client, typed: str) -> None:
    answer = reader.get("/loven/soeg/", {"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_very_much_typed_is_cut_off(reader: Client) -> None:
    assert reader.get("/loven/soeg/", {"q": "samtale " * 400}).status_code == 200


def test_before_the_law_is_searchable_the_page_says_how(anonymous: Client) -> None:
    assert "Kør fodfaeste law index" in found(anonymous, "samtale")


def test_a_search_asks_little_of_the_database(reader: Client, django_assert_max_num_queries) -> None:
    reader.get("/loven/soeg/", {"q": "samtale"})
    with django_assert_max_num_queries(QUERIES):
        reader.get("/loven/soeg/", {"q": "samtale kommune"})


# -- the index ---------------------------------------------------------------------------------------------------------


def test_the_index_is_made_once_for_a_law() -> None:
    law = ff.load()
    made = index_if_changed(law)
    assert made == Passage.objects.count() > 2 * len(law.norms)
    assert index_if_changed(law) is None
    Edition.objects.update(digest="of another law")
    assert index_if_changed(law) == made
    assert Passage.objects.count() == made, "the old passages are gone"


def test_the_pages_cannot_write_the_law(reader: Client) -> None:
    with as_web(), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("DELETE FROM lawbook_passage")
