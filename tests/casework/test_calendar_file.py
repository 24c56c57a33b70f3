"""The calendar file: the hour in Copenhagen, escaped texts, short lines."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fodfaeste.casework.contacts.calendar_file import Entry, calendar_of

MADE = datetime(2026, 8, 20, 7, 0, tzinfo=UTC)
HERE = ZoneInfo("Europe/Copenhagen")


def lines(*entries: Entry) -> list[str]:
    text = calendar_of(entries, MADE).decode()
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        (datetime(2026, 10, 24, 8, 0, tzinfo=UTC), "20261024T100000"),
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), "20261026T090000"),
        (datetime(2026, 3, 30, 10, 0, tzinfo=HERE), "20260330T100000"),
    ],
    ids=["the day before summer time ends", "the day after", "given as local time"],
)
def test_the_hour_is_the_one_on_the_wall_in_copenhagen(at: datetime, hour: str) -> None:
    found = lines(Entry("a@b", at, "Samtale"))
    assert f"DTSTART;TZID=Europe/Copenhagen:{hour}" in found
    assert found.count("BEGIN:VTIMEZONE") == 1


def test_the_time_zone_says_when_the_clock_is_changed() -> None:
    found = lines(Entry("a@b", MADE, "Samtale"))
    assert found[found.index("BEGIN:DAYLIGHT") + 2] == "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
    assert found[found.index("BEGIN:STANDARD") + 2] == "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"


def test_commas_and_new_lines_do_not_break_a_line() -> None:
    found = lines(Entry("a@b", MADE, "Samtale", place="Rådhuset, lokale 2; til højre", text="Husk\ncv"))
    assert r"LOCATION:Rådhuset\, lokale 2\; til højre" in found
    assert r"DESCRIPTION:Husk\ncv" in found


def test_no_line_is_longer_than_the_standard_allows_and_no_letter_is_cut() -> None:
    raw = calendar_of([Entry("a@b", MADE, "Blåbærgrød " * 30)], MADE)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert all(line.decode() for line in raw.split(b"\r\n")[:-1])
    assert f"SUMMARY:{'Blåbærgrød ' * 30}" in lines(Entry("a@b", MADE, "Blåbærgrød " * 30))


def test_length_reminder_and_calling_off_are_told() -> None:
    remind = ((datetime(2026, 8, 23, 8, 0, tzinfo=UTC), "Tag cv med"),)
    found = lines(Entry("a@b", MADE, "Samtale", minutes=45, cancelled=True, reminders=remind))
    assert "DURATION:PT45M" in found
    assert "STATUS:CANCELLED" in found
    assert found[found.index("BEGIN:VALARM") : found.index("END:VALARM")] == [
        "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20260823T080000Z", "DESCRIPTION:Tag cv med",
    ]  # fmt: skip


def test_a_length_nobody_knows_is_not_invented() -> None:
    assert not [line for line in lines(Entry("a@b", MADE, "Samtale")) if line.startswith(("DURATION", "DTEND"))]
