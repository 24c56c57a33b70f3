"""What differs between two answers: what the law does is told apart from what time does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

import fodfaeste as ff
from fodfaeste.facts import frames_from_views, view_case
from fodfaeste.foundation import to_day
from fodfaeste.interfaces.effects import WHATS, Singly, differs, effects, law_and_time, side_texts
from fodfaeste.interfaces.effects_columns import effects_of_many
from fodfaeste.interfaces.wording import words_of
from fodfaeste.population.sample import sample
from fodfaeste.reasoning import Status
from fodfaeste.reasoning.history import NONE

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


def duty(status: Status, due: int = 100, needed: int = 1) -> tuple[int, ...]:
    return (status, 90, due, 0, needed, NONE, NONE)


NOTHING = duty(Status.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("left", "right", "what"),
    [
        (None, duty(Status.OPEN), "new"),
        (NOTHING, duty(Status.LATE), "new"),
        (duty(Status.OPEN), NOTHING, "gone"),
        (duty(Status.OPEN), None, "gone"),
        (duty(Status.OPEN), duty(Status.OPEN, due=130), "due"),
        (duty(Status.OPEN), duty(Status.OPEN, needed=4), "number"),
        (duty(Status.OPEN), duty(Status.MET), "answer"),
        (duty(Status.OPEN), duty(Status.WAIVED), "answer"),
        (NOTHING, duty(Status.UNKNOWN), "unsure"),
        (duty(Status.UNKNOWN), None, "unsure"),
        (duty(Status.MET), duty(Status.UNKNOWN), "unsure"),
        (duty(Status.UNKNOWN), duty(Status.UNKNOWN, due=7), None),
        (duty(Status.OPEN), duty(Status.OPEN), None),
        (NOTHING, None, None),
        ((2,), (0,), "gone"),
        ((0,), (2,), "new"),
        ((1,), (2,), "unsure"),
        ((0,), (0,), None),
    ],
)
def test_how_two_answers_differ(left, right, what) -> None:
    assert differs(left, right) == what


CASE = {
    "facts": {"foedt": "1989-05-01", "i_job": False},
    "spells": [
        {"kind": "maalgruppe", "gruppe": "dp", "from": "2026-05-11"},
        {"kind": "ydelse", "type": "dagpenge", "from": "2026-05-11"},
    ],
    "events": [{"kind": "tilmelding", "date": "2026-05-11"}, {"kind": "dp-indplacering", "date": "2026-05-11"}],
}


def test_a_change_of_law_is_told_with_both_sides() -> None:
    law = ff.load()
    before, after = ff.resolve(law, BEFORE, "odense"), ff.resolve(law, AFTER, "odense")
    view = view_case(ff.read(CASE), law.vocabulary, to_day(AFTER))
    found = {one.norm.id: one for one in effects(before, view, after, view)}
    fewer = found["lab.31.samtaler.akasse"]
    words = words_of(after, "da")
    assert fewer.what == "number"
    assert side_texts(fewer, words) == ("0 af 3", "0 af 2, åben, sidste dag 10. august 2026")


def test_time_that_passes_is_no_change_of_law() -> None:
    law = ff.load()
    start = date(2026, 8, 1)
    book = ff.resolve(law, start, "odense")
    later = ff.resolve(law, start + timedelta(days=60), "odense")
    case = ff.read(CASE)
    old, new = (view_case(case, law.vocabulary, to_day(day)) for day in (start, start + timedelta(days=60)))
    by_law, by_time = law_and_time(book, old, later, new)
    assert by_law == []
    assert {one.what for one in by_time} == {"answer"}
    assert all(one.before and one.after and one.after.status == Status.LATE for one in by_time if one.norm.must)


def test_an_item_that_came_between_the_days_is_told_by_its_day() -> None:
    law = ff.load()
    day = date(2026, 8, 3)
    case = ff.read(
        CASE | {"events": [*CASE["events"], {"kind": "anmodning", "om": "samtale", "date": day.isoformat()}]}
    )
    book = ff.resolve(law, day - timedelta(days=1), "odense")
    views = [view_case(case, law.vocabulary, to_day(day) - days) for days in (1, 0)]
    new = [one for one in effects(book, views[0], book, views[1]) if one.norm.norm.each == "anmodning"]
    assert new
    assert {one.item for one in new} == {day}
    assert {one.what for one in new} <= {"new", "unsure"}


def test_in_columns_everything_is_the_same_as_one_by_one() -> None:
    law = ff.load()
    cases = sample(law.vocabulary, 40, 11, to_day(AFTER), "odense")
    views = [view_case(case, law.vocabulary, to_day(AFTER)) for case in cases]
    before, after = ff.resolve(law, BEFORE, "odense"), ff.resolve(law, AFTER, "odense")
    ids = np.arange(len(views), dtype=np.int64) * 3 + 100
    singly = Singly({int(pk): effects(before, view, after, view) for pk, view in zip(ids, views, strict=True)})
    many = effects_of_many(before, after, ids, frames_from_views(views, law.vocabulary, to_day(AFTER)))
    assert many.total == singly.total == 40
    assert many.norms == singly.norms
    assert many.cases() == singly.cases()
    for what in WHATS:
        assert many.count(whats=[what]) == singly.count(whats=[what]), what
    some = {"lab.31.samtaler.akasse", "lab.32.aftalt"}
    assert many.cases(some) == singly.cases(some)
    mine, theirs = singly.effects(ids.tolist()), many.effects(ids.tolist())
    for pk in ids.tolist():
        assert Counter(map(_told, mine[pk])) == Counter(map(_told, theirs[pk]))


def _told(effect) -> tuple[object, ...]:
    return (effect.norm.id, effect.item, effect.what, effect.before, effect.after)
