"""Possible offers: no package for a target group, but what may answer a citizen's own words, with what is known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils.html import strip_tags

from fodfaeste.casework.access.models import Kommune, Lookup, User
from fodfaeste.casework.contacts.models import CheckIn
from fodfaeste.casework.courses.models import Course
from fodfaeste.casework.plans.models import Need
from fodfaeste.casework.plans.offering import catalogue
from fodfaeste.interfaces.web import rulebooks
from tests.web.caseworker import day_cases
from tests.web.caseworker.day_cases import DAY, citizen_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FODFAESTE_TODAY", DAY.isoformat())


def need(course: Course, area: str, text: str) -> Need:
    return Need.objects.create(
        kommune_id=course.kommune_id, course=course, area=area, text=text, said_by="borger", said_on=DAY,
        written_by=course.caseworker,
    )  # fmt: skip


def page_of(client: Any, course: Course) -> str:
    html = client.get(f"/borger/{course.citizen.reference}/tilbud/").content.decode()
    return html[html.index("<main") : html.index("</main>")]


def text(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html.replace("<", " <"))).strip()


def suggested(html: str) -> dict[str, str]:
    """Name of each suggested offer → all that is said of it."""
    part = re.search(r'<section aria-labelledby="fit-head">.*?</section>', html, re.DOTALL)
    articles = re.findall(r"<article.*?</article>", part[0], re.DOTALL) if part else []
    return {text(re.findall(r"<h3[^>]*>.*?</h3>", one)[0]): text(one) for one in articles}


def test_two_persons_in_the_same_legal_group_get_different_suggestions_each_with_reasons(
    client_as, caseworker: User
) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    bo = citizen_of(caseworker, day_cases.job_ready(), "Bo Lund")
    need(anna, "job", "Jeg mangler nogen, der tør prøve mig.")
    need(bo, "familie", "Jeg har brug for en, der kan gå med.")
    client = client_as(caseworker)
    hers, his = suggested(page_of(client, anna)), suggested(page_of(client, bo))
    assert set(hers) == {"Virksomhedspraktik", "Løntilskud"}
    assert set(his) == {"Mentorstøtte"}
    assert all("Fordi borgeren har sagt:" in said and "der tør prøve mig" in said for said in hers.values())
    assert "en, der kan gå med" in his["Mentorstøtte"]


def test_each_offer_tells_its_legal_bounds_and_what_is_known_with_its_source(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    need(anna, "job", "Et job i et køkken.")
    found = suggested(page_of(client_as(caseworker), anna))
    assert "Grænse: Praktik højst fire uger LAB § 61" in found["Virksomhedspraktik"]
    assert "Praktik højst 13 uger" not in found["Virksomhedspraktik"], "that is the bound of other groups"
    assert "Vides ikke" in found["Virksomhedspraktik"]
    assert "Hjalp i gennemsnit , størrelsen kendes ikke." in found["Løntilskud"]
    assert "Finansministeriet 2018" in found["Løntilskud"]


def test_no_offer_is_always_a_choice_with_what_is_known_of_it(client_as, caseworker: User) -> None:
    insured = citizen_of(caseworker, day_cases.insured(), "Bo Lund")
    page = text(page_of(client_as(caseworker), insured))
    assert "Intet tilbud Det er også en mulighed." in page
    assert "0 til 10 procent mere beskæftigelse over to år" in page


def test_nobody_is_suggested_anything_she_has_not_spoken_of(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    html = page_of(client_as(caseworker), anna)
    assert suggested(html) == {}
    assert "Spørg først; så kan der foreslås noget." in text(html)


def test_the_sick_are_told_of_what_may_harm(client_as, caseworker: User) -> None:
    clara = citizen_of(caseworker, day_cases.sick(), "Clara Friis")
    need(clara, "kompetencer", "Et kursus, når jeg kan.")
    page = text(page_of(client_as(caseworker), clara))
    assert "ingen virkning haft, eller en skadelig" in page
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    assert "en skadelig" not in text(page_of(client_as(caseworker), anna))


def test_what_was_ticked_in_a_check_in_counts_as_said_and_a_closed_need_does_not(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    done = need(anna, "job", "Et job i et køkken.")
    done.closed, done.result = DAY, "Ansat."
    done.save()
    CheckIn.objects.create(kommune_id=anna.kommune_id, course=anna, areas=["sprog"])
    assert set(suggested(page_of(client_as(caseworker), anna))) == {"Øvrig vejledning og opkvalificering"}


def test_a_need_no_offer_answers_is_said_so(client_as, caseworker: User) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    need(anna, "oekonomi", "Jeg kan ikke betale huslejen.")
    page = text(page_of(client_as(caseworker), anna))
    assert re.search(r"Beskæftigelsesloven har ikke et tilbud, .*Jeg kan ikke betale huslejen\.", page)


def test_looking_is_logged_and_another_municipality_finds_nothing(
    client_as, caseworker: User, other_kommune: Kommune
) -> None:
    anna = citizen_of(caseworker, day_cases.job_ready(), "Anna Jensen")
    page_of(client_as(caseworker), anna)
    assert Lookup.objects.filter(page="possible-offers", course=anna.pk).exists()
    stranger = User.objects.create_user("sara", role="caseworker", kommune=other_kommune)
    assert client_as(stranger).get(f"/borger/{anna.citizen.reference}/tilbud/").status_code == 404


def test_every_norm_and_kind_the_catalogue_names_is_in_the_law() -> None:
    law = rulebooks.law()
    kinds = law.vocabulary.enums["tilbudstype"].values
    groups = law.vocabulary.enums["maalgruppe"].values
    for kind in catalogue().kinds:
        assert kind.type in kinds
        assert [norm for norm in (*kind.allows, *kind.limits) if norm not in law.norms] == []
        assert set(kind.needs) <= set(Need.Area.values)
        assert kind.evidence, "what is not known is said to be unknown"
    for finding in (*catalogue().general, *catalogue().nothing):
        assert set(finding.groups) <= set(groups)
        assert finding.title, "a finding has a source"
