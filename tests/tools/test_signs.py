"""The signs tried on careers: what is measured, and that the published page says what the rules do today."""

from __future__ import annotations

from fodfaeste.population.municipality.histories import Course, Segment
from tools.signs import CAREERS, DOCUMENT, ON, SEED, careers, measure, parse_day, watched, written

FIRST = parse_day("2025-01-06")
FALL = FIRST + 200


def career(*missed: int, fell: bool = True) -> Course:
    """Somebody on dagpenge who missed conversations, and then came on kontanthjælp, or not."""
    first = Segment("dp", FIRST, FALL - 1 if fell else None)
    segments = [first, Segment("kh-jobparat", FALL, None)] if fell else [first]
    return Course(segments, None, events=[(day, "udeblivelse", {"fra": "samtale"}) for day in missed])


def tally_of(course: Course, weeks: int = 26):
    return measure([watched(course, FIRST + 600)], weeks)["udeblevet"]


def test_the_lead_is_from_the_day_the_sign_could_be_seen() -> None:
    seen = tally_of(career(FALL - 60))
    assert (seen.falls, seen.shown, seen.alone) == (1, 1, 0)
    assert 54 <= seen.leads[0] <= 60, "somebody looks once a week"


def test_a_sign_long_before_the_fall_did_not_foretell_it() -> None:
    seen = tally_of(career(FIRST + 5), weeks=13)
    assert (seen.leads, seen.shown, seen.alone) == ([], 1, 1)


def test_a_sign_without_a_fall_is_for_nothing_once_the_weeks_are_over() -> None:
    assert tally_of(career(FIRST + 50, fell=False)).alone == 1
    assert tally_of(career(FIRST + 590, fell=False)).alone == 0, "nobody knows yet"


def test_the_shift_is_no_sign_of_itself() -> None:
    course = career()
    course.events.append((FALL, "udeblivelse", {"fra": "samtale"}))
    assert measure([watched(course, FALL + 100)], 26)[""].shown == 0


def test_to_come_nearer_work_is_no_fall() -> None:
    course = Course([Segment("syg", FIRST, FALL - 1), Segment("dp", FALL, None)], None)
    assert measure([watched(course, FALL + 100)], 26)[""].falls == 0


def test_the_page_says_what_the_rules_do_today() -> None:
    on = parse_day(ON)
    assert DOCUMENT.read_text(encoding="utf-8") == written(careers(CAREERS, on, SEED), on), "run: make signs"
