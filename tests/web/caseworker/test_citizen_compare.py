"""The same case on another day, or under other rules: what differs, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from fodfaeste.casework.access.models import User
from fodfaeste.casework.courses.models import Course
from tests.web.caseworker.anna import address, make_anna, text_of

As = Callable[[User], Client]
BY_TIME, BY_RULES = "Fordi tiden går", "Fordi reglerne er andre"


@pytest.fixture
def compared(
    client_as: As, caseworker: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Client, Course, str]]:
    """Anna's case on a day beside what is asked for."""

    def compare(today: str, question: str = "", status: int = 200) -> tuple[Client, Course, str]:
        monkeypatch.setenv("FODFAESTE_TODAY", today)
        course, client = make_anna(caseworker, date.fromisoformat(today)), client_as(caseworker)
        response = client.get(address(course, f"sammenlign/{question}"))
        assert response.status_code == status
        return client, course, response.content.decode()

    return compare


def causes(html: str) -> set[str]:
    return set(map(unescape, re.findall(r'class="compare-cause">([^<]+)<', html)))


def said(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_same_day_under_the_same_rules_has_no_difference(compared) -> None:
    _, _, html = compared("2026-06-30")
    assert "0 forskelle" in html
    assert "Intet i sagen er anderledes." in html


def test_a_day_later_without_a_change_of_law_differs_only_by_time(compared) -> None:
    _, _, html = compared("2025-03-03", "?dato=2025-03-31")
    assert causes(html) == {BY_TIME}


def test_the_change_of_1_july_2026_is_told_as_a_change_of_rules(compared) -> None:
    _, _, html = compared("2026-06-30", "?dato=2026-07-01")
    assert BY_RULES in causes(html)
    row = re.search(r"Visitation til kategori 2.*?</li>", html, re.DOTALL)
    assert row is not None
    sides = r"I dag, 30. juni 2026 For sent .* 1. juli 2026, de valgte regler Ikke i kraft"
    assert re.search(f"{BY_RULES} {sides}", said(row.group()))


def test_each_difference_carries_a_sign_and_not_colour_alone(compared) -> None:
    _, _, html = compared("2026-06-30", "?dato=2026-07-01")
    assert html.count('class="compare-sign"') == html.count('class="compare-cause"') > 0


def test_a_proposal_is_said_not_to_be_law(compared) -> None:
    _, _, html = compared("2026-06-30", "?regime=djof-08")
    text = said(html)
    assert "Djøf 8: mere plads til individuelle behov i sygedagpenge – forslag, foreslået" in text
    assert "Det er ikke lov. Ingen kan afgøre noget efter det." in text
    assert "Sat ud af kraft af Djøf 8" in text


def test_what_is_planned_can_be_seen_as_one(compared) -> None:
    _, _, html = compared("2026-06-30", "?dato=2027-01-01&regime=planlagt")
    assert said(html).count("reform, planlagt, 1. januar 2027") == 4
    assert BY_RULES in causes(html)


def test_why_is_answered_under_the_rules_of_its_side(compared) -> None:
    client, _, html = compared("2026-06-30", "?dato=2027-01-01&regime=planlagt")
    whys = [unescape(one) for one in re.findall(r'hx-get="([^"]+)"', html) if "dato=2027-01-01" in one]
    assert whys
    for why in whys:
        assert "planlagt" in why
        response = client.get(why, headers={"HX-Request": "true"})
        assert response.status_code == 200, why
        assert "why-answer" in response.content.decode()
    assert client.get(whys[0]).status_code == 200


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("?dato=2019-01-01&regime=djof-08", "vælg en dag i perioden"),
        ("?dato=i+morgen", "Det er ikke en dag."),
        ("?regime=mit-eget", "Det sæt regler findes ikke her."),
    ],
)
def test_what_cannot_be_compared_is_said_and_the_choice_stays(compared, question: str, told: str) -> None:
    _, _, html = compared("2026-06-30", question, status=422)
    assert told in said(html)
    assert "forskelle" not in html
    if "dato" in question:
        assert ('value="2019-01-01"' in html) or ('value="i morgen"' in html)


def test_nothing_is_saved_by_looking(compared) -> None:
    client, course, _ = compared("2026-06-30", "?dato=2026-07-01")
    assert Course.objects.get(pk=course.pk).version == course.version
    assert "Intet bliver gemt." in text_of(client.get(address(course, "sammenlign/")))


def test_a_day_before_the_law_begins_is_said_to_be(compared: Callable[..., tuple[Client, Course, str]]) -> None:
    _, _, html = compared("2026-06-30", "?dato=2005-01-01")
    assert "1. januar 2005 ligger før den lov, der er skrevet her, begynder (1. januar 2010)" in unescape(html)
