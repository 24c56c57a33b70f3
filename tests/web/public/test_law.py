"""*Loven* over HTTP: acts, sections, rates and regimes as anyone may read them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

import fodfaeste as ff
from fodfaeste.casework.access.models import Kommune, Role, User
from fodfaeste.casework.inbox.actions import build_index
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.web import rulebooks
from fodfaeste.rulebook.graph import norm_references
from tests.django_site import make_user
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY

pytestmark = pytest.mark.django_db
QUERIES = {"anonymous": 5, "signed in": 9}
"""What a section asks the database: nothing about the law, which is read once in a process."""


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def text(response) -> str:
    return re.sub(r"\s+", " ", strip_tags(response.content.decode())).strip()


def rule(response, norm: str) -> str:
    """One rule of a section, as HTML."""
    found = re.search(
        rf'<section [^>]*aria-labelledby="{re.escape(norm)}".*?</section>', response.content.decode(), re.DOTALL
    )
    assert found, f"{norm} is not on the page"
    return found[0]


def wordings(html: str) -> list[str]:
    """The wordings of a rule, each as text."""
    parts = re.split(r'<div class="law-wording[ "]', html)[1:]
    return [re.sub(r"\s+", " ", strip_tags("<" + part)).strip() for part in parts]


# -- acts --------------------------------------------------------------------------------------------------------------


def test_the_front_counts_what_is_written_as_rules(anonymous: Client) -> None:
    law = ff.load()
    page = text(anonymous.get("/loven/"))
    missing = sum(bool(section.not_modelled) and bool(section.norms) for section in law.sections)
    assert f"Af {len(law.sections)} paragraffer er " in page
    assert f"{missing} delvis" in page
    assert "Lov om sygedagpenge" in page


def test_an_act_lists_its_sections_in_the_order_of_their_numbers(anonymous: Client) -> None:
    page = text(anonymous.get("/loven/lab/"))
    places = [page.index(f"LAB § {number} ") for number in ("6", "9", "31", "105", "105 a", "106")]
    assert places == sorted(places)


def test_an_act_that_is_not_there(anonymous: Client) -> None:
    answer = anonymous.get("/loven/straffeloven/")
    assert answer.status_code == 404
    assert "Der er ingen lov »straffeloven« her." in text(answer)


# -- sections ----------------------------------------------------------------------------------------------------------


def test_a_section_shows_its_wordings_side_by_side_and_marks_that_of_the_day(anonymous: Client) -> None:
    html = rule(anonymous.get("/loven/lab/31/"), "lab.31.samtaler.kommune")
    old, new = wordings(html)[:2]
    assert old.startswith("law-now") is False
    assert "1. januar 2024 – 30. juni 2026" in old
    assert "gælder den dag" not in old
    assert "Fra 1. juli 2026" in new
    assert "gælder den dag" in new
    assert "Gælder når ændret" in new, "what reads otherwise than before is marked in words"


def test_the_day_can_be_switched(anonymous: Client) -> None:
    then = rule(anonymous.get("/loven/lab/31/?dag=2021-05-01"), "lab.31.samtaler.kommune")
    first = wordings(then)[0]
    assert "1. januar 2020 – 31. december 2023" in first
    assert "gælder den dag" in first


def test_what_is_not_in_force_that_day_stands_last_and_says_so(anonymous: Client) -> None:
    html = anonymous.get("/loven/lab/31/?dag=2021-05-01").content.decode()
    assert "Ikke i kraft den dag." in rule(anonymous.get("/loven/lab/31/?dag=2021-05-01"), "lab.31.samtaler.oevrige")
    assert html.index('id="lab.31.samtaler.kommune"') < html.index('id="lab.31.samtaler.oevrige"')


@pytest.mark.parametrize("typed", ["1. maj 2021", "2021-02-30", "0001-01-01"])
def test_a_day_that_cannot_be_read_is_kept_and_explained(anonymous: Client, typed: str) -> None:
    html = anonymous.get("/loven/lab/31/", {"dag": typed}).content.decode()
    assert "Skriv dagen som år-måned-dag" in html
    assert f'value="{typed}"' in html


def test_a_day_may_be_written_day_first(anonymous: Client) -> None:
    same = [anonymous.get("/loven/lab/31/", {"dag": day}) for day in ("2021-05-01", "1.5.2021")]
    assert rule(same[0], "lab.31.samtaler.kommune") == rule(same[1], "lab.31.samtaler.kommune")


def test_a_rule_says_who_owes_whom_and_what_it_rests_on(anonymous: Client) -> None:
    html = rule(anonymous.get("/loven/lab/31/"), "lab.31.samtaler.kommune")
    law = ff.load()
    version = law.norms["lab.31.samtaler.kommune"].versions[-1]
    assert "Pligt · kommunen til borgeren · hjælp" in html
    for source in version.sources:
        assert f'href="{law.sources[source]["url"]}"' in html
    for doubt in version.assumptions:
        assert f"{doubt} ·" in html
        assert law.doubts[doubt]["assumption"]["da"] in html.replace("&#x27;", "'").replace("&quot;", '"')


def test_worked_examples_say_who_says_so_and_what_comes_out(anonymous: Client) -> None:
    html = strip_tags(rule(anonymous.get("/loven/lab/31/"), "lab.31.foerste.kommune"))
    assert re.search(r"8\. oktober 2024: åben, sidste dag 8\. oktober 2024\s+fra lov", html)


def test_what_it_reads_and_what_reads_it_are_links_to_where_they_stand(anonymous: Client) -> None:
    law = ff.load()
    norm = law.norms["lab.31.samtaler.kommune"]
    html = rule(anonymous.get("/loven/lab/31/"), norm.id)
    for read in norm_references(norm, law):
        assert f'#{read}"' in html
    links = set(re.findall(r'href="(/loven/[^"#]+)#', html))
    assert links
    assert {anonymous.get(link).status_code for link in links} == {200}


def test_regimes_that_touch_it_say_status_who_and_until_when(anonymous: Client) -> None:
    html = strip_tags(rule(anonymous.get("/loven/las/74c/"), "las.74c.revurdering"))
    assert re.search(r"i kraft · 11 kommuner · .* – 31\. dec", re.sub(r"\s+", " ", html))


def test_where_a_regime_is_in_force_the_page_says_that_it_changes_the_rule(client_as, anonymous: Client) -> None:
    aalborg = Kommune.objects.create(code=851, name="Aalborg", slug="aalborg")
    there = client_as(make_user(aalborg, "nora", "Nora Lund", Role.JURIST)).get("/loven/las/74c/")
    changed = "Her og nu: sættes ud af kraft ved ordningen Nordjylland"
    assert changed in text(there)
    assert changed not in text(anonymous.get("/loven/las/74c/"))


def test_what_is_not_written_as_a_rule_is_said(anonymous: Client) -> None:
    assert "Hvad der ikke er skrevet som regel" in text(anonymous.get("/loven/lab/31/"))


@pytest.mark.parametrize("address", ["/loven/lab/105%20a/", "/loven/lab/105A/"])
def test_a_section_is_found_by_its_number_as_people_write_it(anonymous: Client, address: str) -> None:
    assert anonymous.get(address)["Location"] == "/loven/lab/105a/"


def test_a_section_that_is_not_there(anonymous: Client) -> None:
    answer = anonymous.get("/loven/lab/9999/")
    assert answer.status_code == 404
    assert "Der er ingen paragraf »lab 9999« i loven her." in text(answer)


@pytest.mark.parametrize(
    ("norm", "leads_to"),
    [
        ("lab.31.samtaler.kommune", "/loven/lab/31/#lab.31.samtaler.kommune"),
        ("rate.dagpenge-max", "/loven/satser/#rate.dagpenge-max"),
    ],
)
def test_a_norm_leads_to_where_it_stands(anonymous: Client, norm: str, leads_to: str) -> None:
    assert anonymous.get(f"/loven/norm/{norm}/")["Location"] == leads_to


def test_how_many_open_cases_a_rule_concerns_is_for_those_inside(
    client_as, anonymous: Client, caseworker: User, kommune: Kommune
) -> None:
    day_cases.citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    inside = client_as(caseworker)
    assert "åben sag i kommunen" not in text(inside.get("/loven/lab/31/")), "nobody has counted yet"
    build_index(kommune, rulebooks.rulebook_of(DAY, kommune.slug))
    assert "Angår 1 åben sag i kommunen." in rule(inside.get("/loven/lab/31/"), "lab.31.samtaler.kommune")
    assert "åben sag i kommunen" not in text(anonymous.get("/loven/lab/31/"))


def test_the_law_itself_is_never_asked_of_the_database(
    client_as, anonymous: Client, jurist: User, django_assert_max_num_queries
) -> None:
    anonymous.get("/loven/lab/31/")
    with django_assert_max_num_queries(QUERIES["anonymous"]):
        anonymous.get("/loven/lab/31/")
    client = client_as(jurist)
    with django_assert_max_num_queries(QUERIES["signed in"]):
        client.get("/loven/lab/31/")


def test_the_page_is_whole_in_english(anonymous: Client) -> None:
    anonymous.cookies["django_language"] = "en"
    html = rule(anonymous.get("/loven/lab/31/"), "lab.31.samtaler.kommune")
    assert "Duty · the municipality to the citizen · help" in html
    assert "From 1 July 2026" in wordings(html)[1]


@pytest.mark.parametrize(
    ("language", "basis", "why"),
    [
        ("da", "Intet: et forslag", "Attesten er til teamet."),
        ("en", "None: a proposal", "The certificate is for the team."),
    ],
)
def test_what_the_file_of_a_regime_says_is_in_the_readers_language(
    anonymous: Client, language: str, basis: str, why: str
) -> None:
    anonymous.cookies["django_language"] = language
    answer = anonymous.get("/loven/ordninger/djof-10/")
    assert basis in text(answer)
    assert why in text(answer)
    assert 'class="law-fact" lang=' not in answer.content.decode()
    assert 'class="quiet" lang=' not in answer.content.decode()


@pytest.mark.parametrize(("language", "note"), [("da", "Fra overgangen."), ("en", "From the hand-over.")])
def test_notes_and_reasons_are_in_the_readers_language(anonymous: Client, language: str, note: str) -> None:
    anonymous.cookies["django_language"] = language
    html = rule(anonymous.get("/loven/lab/31/"), "lab.31.samtaler.dp-kommune")
    assert f"<dd>{note}</dd>" in html


@pytest.mark.parametrize(
    ("language", "said"), [("da", "Uge 52: stadig 30 pct."), ("en", "Week 52: still 30 per cent.")]
)
def test_examples_are_in_the_readers_language(anonymous: Client, language: str, said: str) -> None:
    anonymous.cookies["django_language"] = language
    html = rule(anonymous.get("/loven/kfl/5/"), "kfl.5.refusion")
    assert f"<p>{said}</p>" in html


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_section_and_regime_has_a_page(anonymous: Client, language: str) -> None:
    from fodfaeste.interfaces.web.public.addresses import regime_address, section_address

    law = ff.load()
    anonymous.cookies["django_language"] = language
    for address in [*map(section_address, law.sections), *map(regime_address, law.regimes)]:
        answer = anonymous.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert not re.search(r"\{'|Text\(|[> ]None[.<]|&#x27;da&#x27;", html), address
        foreign = [mark for mark in re.findall(r'<(\w+)[^>]* lang="(\w+)"', html) if mark[0] in ("dd", "p", "span")]
        assert not foreign, f"{address}: not in the reader's language"


# -- rates and regimes -------------------------------------------------------------------------------------------------


def test_rates_show_every_value_and_the_one_of_today(anonymous: Client) -> None:
    html = anonymous.get("/loven/satser/").content.decode()
    rate = re.search(r'aria-labelledby="rate\.dagpenge-max".*?</section>', html, re.DOTALL)
    assert rate
    rows = re.findall(r"<tr.*?</tr>", rate[0], re.DOTALL)[1:]
    assert len(rows) == len(ff.load().norms["rate.dagpenge-max"].versions)
    now = [strip_tags(row) for row in rows if "gælder i dag" in row]
    assert len(now) == 1
    assert "2026" in now[0]


def test_rates_begin_with_a_list_that_leads_to_each(anonymous: Client) -> None:
    html = anonymous.get("/loven/satser/").content.decode()
    contents = re.search(r'<ul class="law-contents.*?</ul>', html, re.DOTALL)
    assert contents
    led_to = re.findall(r'href="#([^"]+)"', contents[0])
    assert led_to == re.findall(r'<h2 id="(rate[^"]+)"', html)
    assert len(led_to) == sum(norm.act == "rates" for norm in ff.load().norms.values())


def test_a_note_names_rules_and_schemes_by_what_they_are_called_not_by_their_ids(anonymous: Client) -> None:
    note = rule(anonymous.get("/loven/lab/31/"), "lab.31.samtaler.kommune")
    jobparate = ff.load().norms["lab.31.kvote.jobparat"].label["da"]
    assert f'se <a href="/loven/lab/31/#lab.31.kvote.jobparat">»{jobparate}«</a>' in note
    scheme = anonymous.get("/loven/ordninger/djof-01/").content.decode()
    assert '<a href="/loven/ordninger/fk1-process/">»Frikommuneforsøg I – kontaktforløb planlagt frit«</a>' in scheme
    for left in ("lab.32.ret-samtale", "lab.32.16-mdr", "fk2-nj-form"):
        assert left not in strip_tags(scheme), left


def test_regimes_stand_by_status(anonymous: Client) -> None:
    page = text(anonymous.get("/loven/ordninger/"))
    assert page.index("I kraft (") < page.index("Planlagt (") < page.index("Udløbet (")


def test_a_planned_regime_says_that_it_is_not_law_and_how_rules_would_read(anonymous: Client) -> None:
    page = text(anonymous.get("/loven/ordninger/ref-2027-groups/"))
    assert "Ordningen er ikke lov." in page
    assert "Reform · planlagt" in page
    assert "− før: Målgruppe (jobparat kontanthjælpsmodtager)" in page
    assert "+ nu: Målgruppe (jobparat kontanthjælpsmodtager eller uddannelsesparat under 30)" in page
    assert "Ydelsens størrelse" in page, "what no regime can touch"


def test_a_regime_in_force_says_that_it_is_what_applies_there(anonymous: Client) -> None:
    page = text(anonymous.get("/loven/ordninger/fk2-nj-ly/"))
    assert "det, der gælder for borgeren, i stedet for de regler, den ændrer" in page
    assert "Aalborg" in page


def test_a_regime_that_has_ended_says_so(anonymous: Client) -> None:
    assert "i dag gælder loven" in text(anonymous.get("/loven/ordninger/fk1-ly/"))


def test_a_regime_that_is_not_there(anonymous: Client) -> None:
    answer = anonymous.get("/loven/ordninger/findes-ikke/")
    assert answer.status_code == 404
    assert "Der er ingen ordning med navnet »findes-ikke«." in text(answer)


def test_today_is_the_day_of_the_demonstration(anonymous: Client) -> None:
    assert f'value="{DAY.isoformat()}"' in anonymous.get("/loven/lab/31/").content.decode()
    assert to_day(DAY) == rulebooks.rulebook_of(DAY, None).day


@pytest.mark.parametrize("address", ["/loven/lab/31/", "/loven/satser/", "/felter/"])
def test_a_day_before_the_law_begins_is_said_to_be(anonymous: Client, address: str) -> None:
    said = text(anonymous.get(address, {"dag": "1950-01-01"}))
    assert "1. januar 1950 ligger før den lov, der er skrevet her, begynder (1. januar 2010)" in said
    assert "begynder (1. januar 2010)" not in text(anonymous.get(address, {"dag": "2010-01-01"}))
