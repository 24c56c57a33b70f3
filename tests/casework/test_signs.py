"""Signs that a person should ring: plain rules over lines. No database is needed to ask them."""

from __future__ import annotations

from datetime import date

import pytest

from fodfaeste.casework.contacts.signs import Mark, Shown, rules, signs_of
from fodfaeste.foundation import to_day

DAY = to_day(date(2026, 8, 20))


def shown(*lines: Mark, day: int = DAY) -> list[str]:
    return [one.sign for one in signs_of(lines, day)]


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        ([Mark("udeblevet", DAY - 2)], "udeblevet"),
        ([Mark("sygemelding", DAY)], "sygemelding"),
        ([Mark("tilbud-slut", DAY - 1)], "tilbud"),
        ([Mark("ydelse", DAY - 300, "dagpenge"), Mark("ydelse", DAY - 3, "kontanthjaelp")], "ydelse"),
        ([Mark("hjaelp", DAY - 100)], "hjaelp"),
        ([Mark("rytme", DAY - 30, number=2)], "checkin"),
    ],
)
def test_each_sign_shows_for_what_it_says(lines: list[Mark], sign: str) -> None:
    assert shown(*lines) == [sign]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Mark("ydelse", DAY - 3, "kontanthjaelp")],
        [Mark("ydelse", DAY - 90, "dagpenge"), Mark("ydelse", DAY - 3, "dagpenge")],
        [Mark("rytme", DAY - 30, number=2), Mark("checkin", DAY - 5)],
        [Mark("rytme", DAY - 10, number=2)],
        [Mark("udeblevet", DAY - 2), Mark("samtale", DAY - 1)],
        [Mark("tilbud-slut", DAY + 5)],
        [Mark("hjaelp", DAY - 3, "svaret")],
    ],
    ids=[
        "nothing", "the first benefit", "the same benefit again", "she has written", "her day has not come",
        "they have spoken since", "it ends later", "it is answered",
    ],
)  # fmt: skip
def test_no_sign_shows_without_cause(lines: list[Mark]) -> None:
    assert shown(*lines) == []


def test_a_call_settles_the_sign_and_only_that_one() -> None:
    lines = [Mark("udeblevet", DAY - 5), Mark("sygemelding", DAY - 4), Mark("opkald", DAY - 1, "udeblevet")]
    assert signs_of(lines, DAY) == [Shown("sygemelding", DAY - 4)]


def test_a_new_cause_after_the_call_shows_again() -> None:
    lines = [Mark("udeblevet", DAY - 9), Mark("opkald", DAY - 6, "udeblevet"), Mark("udeblevet", DAY - 1)]
    assert signs_of(lines, DAY) == [Shown("udeblevet", DAY - 1)]


def test_a_sign_is_not_shown_for_ever() -> None:
    gone = DAY + rules().lengths["vis"].days
    assert shown(Mark("sygemelding", DAY), day=gone) == ["sygemelding"]
    assert shown(Mark("sygemelding", DAY), day=gone + 1) == []


def test_lines_of_later_days_are_not_read() -> None:
    lines = [Mark("sygemelding", DAY), Mark("samtale", DAY + 1), Mark("udeblevet", DAY + 3)]
    assert shown(*lines) == ["sygemelding"]


def test_every_sign_is_a_sentence_in_both_languages_and_every_length_a_marked_assumption() -> None:
    known = rules()
    for sign in known.signs:
        for told in (sign.why, sign.citizen):
            assert set(told) == {"da", "en"}
            assert all(len(sentence) > 10 for sentence in told.values())
    for length in known.lengths.values():
        assert length.low < length.days < length.high
        assert length.why["da"].startswith("Antaget")
        assert length.why["en"].startswith("Assumed")
