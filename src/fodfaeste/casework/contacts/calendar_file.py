"""Appointments as a calendar file (RFC 5545), in the time of Copenhagen: small enough to be written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = "Europe/Copenhagen"
CONTENT_TYPE = "text/calendar; charset=utf-8"
_WIDTH = 75  # octets in a line, at most

# The rules of the time zone since 1996: the last Sundays of March and October, at one o'clock universal time.
_TIMEZONE = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE"""


@dataclass(frozen=True)
class Entry:
    """One appointment. ``uid`` stays the same however often the file is fetched; ``minutes`` None: not known.

    ``reminders`` are moments to be reminded at, with what to say.
    """

    uid: str
    at: datetime
    title: str
    minutes: int | None = None
    place: str = ""
    text: str = ""
    cancelled: bool = False
    reminders: tuple[tuple[datetime, str], ...] = ()


def calendar_of(entries: Iterable[Entry], made: datetime) -> bytes:
    """The file. ``made`` is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fodfaeste//DA", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += _TIMEZONE.splitlines()
    for entry in entries:
        lines += _event(entry, made)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _event(entry: Entry, made: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"DTSTAMP:{_universal(made)}",
        f"DTSTART;TZID={ZONE}:{entry.at.astimezone(ZoneInfo(ZONE)):%Y%m%dT%H%M%S}",
    ]
    if entry.minutes is not None:
        lines.append(f"DURATION:PT{entry.minutes}M")
    lines.append(f"SUMMARY:{_text(entry.title)}")
    if entry.place:
        lines.append(f"LOCATION:{_text(entry.place)}")
    if entry.text:
        lines.append(f"DESCRIPTION:{_text(entry.text)}")
    if entry.cancelled:
        lines.append("STATUS:CANCELLED")
    for at, said in entry.reminders:
        lines += [
            "BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER;VALUE=DATE-TIME:{_universal(at)}",
            f"DESCRIPTION:{_text(said or entry.title)}", "END:VALARM",
        ]  # fmt: skip
    return [*lines, "END:VEVENT"]


def _universal(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """As text values are written: backslash, comma, semicolon and new lines are escaped."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> str:
    """Long lines go on after a line break and a blank, and no letter is cut in two."""
    parts: list[str] = []
    part = ""
    for letter in line:
        room = _WIDTH if not parts else _WIDTH - 1
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
