"""The picture of a course: what it shows is all there, stands where it should, and lies on nothing."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest

import fodfaeste as ff
from fodfaeste.facts import Case
from fodfaeste.interfaces.web.caseworker.citizen_lanes import Bar, Lane, Mark, Timeline, timeline_of
from fodfaeste.interfaces.web.caseworker.citizen_timeline import described, draw, key_of, stacked
from fodfaeste.interfaces.wording import words_of

TODAY = date(2026, 6, 30)
SVG = "{http://www.w3.org/2000/svg}"


def day(text: str) -> date:
    return date.fromisoformat(text)


def bar(first: str, last: str | None, label: str = "Praktik") -> Bar:
    return Bar(day(first), None if last is None else day(last), label, label)


def case(spells: list[dict[str, object]] = [], events: list[dict[str, object]] = []) -> Case:  # noqa: B006
    return ff.read({"format": "fodfaeste/case/1", "case": "x", "spells": spells, "events": events})


def timeline(found: Case, whole: bool = False) -> Timeline:
    return timeline_of(found, words_of(ff.load(), "da"), TODAY, whole=whole)


def drawn(found: Timeline, **options: int) -> ET.Element:
    return ET.fromstring(draw(found, "t", **options).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def texts(picture: ET.Element) -> list[str]:
    return [found.text or "" for found in picture.iter(f"{SVG}text")]


def outlines(picture: ET.Element) -> list[tuple[float, float, float]]:
    """Left end, right end and top of each bar."""
    found = []
    for path in picture.iter(f"{SVG}path"):
        if path.get("class") == "tl-fill":
            shape = re.fullmatch(r"M([\d.]+) ([\d.]+)H([\d.]+)l(\d+) .*", path.get("d", ""))
            assert shape is not None, path.get("d")
            left, top, right, tip = map(float, shape.groups())
            found.append((left, right + tip, top))
    return found


def test_bars_that_overlap_stand_in_rows_of_their_own() -> None:
    first, second, third = (
        bar("2026-01-01", "2026-03-31"),
        bar("2026-02-01", "2026-04-30"),
        bar("2026-04-01", "2026-05-31"),
    )
    assert stacked([second, third, first]) == [[first, third], [second]]


def test_a_bar_that_ends_the_day_another_begins_overlaps_it() -> None:
    first, second = bar("2026-01-01", "2026-03-31"), bar("2026-03-31", "2026-04-30")
    assert stacked([first, second]) == [[first], [second]]


def test_nothing_can_follow_what_is_still_open() -> None:
    still, later = bar("2026-01-01", None), bar("2026-05-01", "2026-05-31")
    assert stacked([still, later]) == [[still], [later]]


def test_overlapping_offers_do_not_lie_on_each_other_in_the_picture() -> None:
    found = timeline(case([
        {"kind": "tilbud", "type": "virksomhedspraktik", "from": "2026-01-05", "to": "2026-03-01"},
        {"kind": "tilbud", "type": "mentor", "from": "2026-02-01", "to": "2026-06-01"},
        {"kind": "tilbud", "type": "oevo", "from": "2026-03-02", "to": "2026-04-01"},
    ]))  # fmt: skip
    spans = outlines(drawn(found))
    assert len(spans) == 3
    for i, (left, right, top) in enumerate(spans):
        for other_left, other_right, other_top in spans[i + 1 :]:
            assert top != other_top or right <= other_left or other_right <= left


def test_an_open_spell_reaches_the_edge_with_a_point() -> None:
    picture = drawn(timeline(case([{"kind": "ydelse", "type": "sygedagpenge", "from": "2026-03-02"}])), width=800)
    ((_left, right, _top),) = outlines(picture)
    assert right == 794
    assert "l6 " in next(p.get("d", "") for p in picture.iter(f"{SVG}path") if p.get("class") == "tl-fill")


def test_a_spell_of_one_day_can_be_seen() -> None:
    found = timeline(case([{"kind": "fravaer", "from": "2026-05-05", "to": "2026-05-05"},
                           {"kind": "ydelse", "type": "dagpenge", "from": "2025-01-01"}]))  # fmt: skip
    spans = outlines(drawn(found))
    assert all(right - left >= 3 for left, right, _ in spans)
    assert "Lovligt fravær" in texts(drawn(found))


def test_a_course_with_nothing_in_it_still_has_a_picture_that_says_so() -> None:
    found = timeline(case())
    picture = drawn(found)
    assert outlines(picture) == []
    assert {"Ydelse", "Målgruppe", "Samtaler", "I dag"} <= set(texts(picture))
    assert found.lines() == []
    assert key_of(found) == []


def test_the_description_tells_what_runs_now() -> None:
    found = timeline(case([{"kind": "ydelse", "type": "dagpenge", "from": "2025-01-01", "to": "2026-02-28"},
                           {"kind": "ydelse", "type": "sygedagpenge", "from": "2026-03-01"}]))  # fmt: skip
    said = described(found)
    assert "Sygedagpenge: siden 1. marts 2026" in said
    assert "dagpenge: fra" not in said


def test_each_form_of_conversation_has_a_shape_of_its_own() -> None:
    forms = ["fysisk", "telefon", "video"]
    found = timeline(case(events=[
        {"kind": "jobsamtale", "date": f"2026-0{n}-01", "form": form, "holder": "kommune"}
        for n, form in enumerate(forms, 1)
    ]))  # fmt: skip
    lane = next(lane for lane in found.lanes if lane.key == "samtaler")
    assert [mark.shape for mark in lane.marks] == forms
    assert [word for _, word in key_of(found)] == ["Fysisk møde", "Telefon", "Video"]
    assert len({sign for sign, _ in key_of(found)}) == 3


def test_a_summons_is_no_conversation() -> None:
    found = timeline(case(events=[{"kind": "indkaldelse", "date": "2026-05-01", "form": "fysisk"}]))
    assert {lane.key: len(lane.marks) for lane in found.lanes if lane.marks} == {"haendelser": 1}


def test_what_was_corrected_is_not_drawn() -> None:
    found = timeline(case(events=[
        {"kind": "jobsamtale", "date": "2026-05-01", "form": "fysisk", "id": "a", "recorded": "2026-05-01"},
        {"kind": "jobsamtale", "date": "2026-05-03", "form": "telefon", "corrects": "a", "recorded": "2026-05-04"},
    ]))  # fmt: skip
    lane = next(lane for lane in found.lanes if lane.key == "samtaler")
    assert [(mark.on, mark.shape) for mark in lane.marks] == [(date(2026, 5, 3), "telefon")]


def test_two_years_are_shown_and_the_rest_on_request() -> None:
    found = case([{"kind": "ydelse", "type": "kontanthjaelp", "from": "2018-01-01", "to": "2019-01-01"},
                  {"kind": "ydelse", "type": "dagpenge", "from": "2025-01-01"}])  # fmt: skip
    short, whole = timeline(found), timeline(found, whole=True)
    assert short.earlier
    assert short.first == date(2024, 6, 1)
    assert [len(lane.bars) for lane in short.lanes if lane.key == "ydelse"] == [1]
    assert not whole.earlier
    assert whole.first == date(2018, 1, 1)
    assert [len(lane.bars) for lane in whole.lanes if lane.key == "ydelse"] == [2]


@pytest.mark.parametrize(("width", "beside"), [(800, 128), (340, 0)])
def test_labels_stay_inside_the_picture(width: int, beside: int) -> None:
    lane = Lane("tilbud", "Tilbud", (bar("2026-06-01", "2026-06-10", "Jobrettet uddannelse med et meget langt navn"),))
    found = Timeline((lane,), date(2024, 6, 1), date(2026, 9, 30), TODAY, earlier=False)
    for text in drawn(found, width=width, beside=beside).iter(f"{SVG}text"):
        if text.get("class") == "tl-label":
            assert float(text.get("x", 0)) + len(text.text or "") * 7.2 <= width


def test_what_people_wrote_cannot_break_the_picture() -> None:
    lane = Lane("samtaler", "<b>", (), (Mark(TODAY, "fysisk", '"><script>alert(1)</script>'),))
    found = Timeline((lane,), date(2026, 1, 1), date(2026, 9, 30), TODAY, earlier=False)
    assert not list(drawn(found).iter(f"{SVG}script"))
