"""The timeline as a picture: SVG drawn on the server, twice: wide with lane names beside, narrow with them above.

Colours and text sizes come from classes (static/caseworker/citizen.css), so that both themes and print fit; lanes
also differ in pattern and each bar is labelled, so that nothing rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fodfaeste.interfaces.web.caseworker.citizen_lanes import Bar, Lane, Mark, Timeline

_ROW, _GAP, _AXIS, _TITLE = 24, 6, 30, 20
_LETTER = 7.2
"""Width of a letter of the labels, on the safe side."""
_NARROWEST = 3.0
_TICKS = (1, 2, 3, 6, 12, 24, 60)
_TICK_ROOM = 52
_PATTERNS = {
    "ydelse": SafeString('<path d="M0 8L8 0"/>'),
    "maalgruppe": SafeString('<circle cx="4" cy="4" r="1"/>'),
    "tilbud": SafeString('<path d="M0 4H8"/>'),
    "fravaer": SafeString('<path d="M0 8L8 0M0 0L8 8"/>'),
    "andet": SafeString('<path d="M4 0V8"/>'),
}
_SHAPES = {
    "fysisk": SafeString('<circle r="7"/>'),
    "telefon": SafeString('<rect x="-6" y="-6" width="12" height="12"/>'),
    "video": SafeString('<path d="M0 -8L8 6H-8Z"/>'),
    "skriftlig": SafeString('<path d="M-8 -5H8V5H-8Z M-8 -5L0 1L8 -5"/>'),
    "unstated": SafeString('<path d="M0 -8L8 0L0 8L-8 0Z"/>'),
    "other": SafeString('<path d="M0 -8V8"/>'),
    "ahead": SafeString('<circle class="tl-hollow" r="7"/>'),
}


@dataclass(frozen=True)
class _Frame:
    """Where days lie: from ``left`` to ``right``, in the picture's own units."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.left + min(max(share, 0), 1) * (self.right - self.left), 1)


def draw(timeline: Timeline, name: str, width: int = 800, beside: int = 128) -> SafeString:
    """The picture. ``name`` tells it from others on the page; ``beside`` 0 puts lane names above their lanes."""
    frame = _Frame(timeline.first, timeline.last, beside + 4, width - 6)
    y: float = _AXIS
    grounds: list[SafeString] = []
    lanes: list[SafeString] = []
    for lane in timeline.lanes:
        ground, drawn, y = _lane(lane, frame, name, y, beside)
        grounds.append(ground)
        lanes.append(drawn)
    height = y + 4
    return format_html(
        '<svg class="tl tl-{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc><defs>{}</defs>{}{}{}{}</svg>',
        name, width, height, name, name, name, _("Tidslinje"), name, described(timeline), _patterns(name),
        _joined(grounds), _axis(frame, height), _today(frame, timeline.today, height), _joined(lanes),
    )  # fmt: skip


def described(timeline: Timeline) -> str:
    """The picture in two or three sentences."""
    said = [
        _("Fra %(first)s til %(last)s.") % {"first": _day(timeline.first), "last": _day(timeline.last)}
    ]  # fmt: skip
    for lane in timeline.lanes:
        shown = [bar.text for bar in lane.bars if bar.last is None or bar.last >= timeline.today]
        if shown:
            said.append(f"{lane.title}: {'; '.join(shown)}.")
        elif lane.marks:
            held = [mark for mark in lane.marks if mark.shape != "ahead"]
            said.append(_("%(lane)s: %(n)s.") % {"lane": lane.title, "n": len(held)})
    said.append(_("Alt står i tabellen under billedet."))
    return " ".join(said)


def key_of(timeline: Timeline) -> list[tuple[SafeString, str]]:
    """The shapes that occur, each with its word."""
    words = {
        "fysisk": _("Fysisk møde"), "telefon": _("Telefon"), "video": _("Video"), "skriftlig": _("Skriftligt"),
        "unstated": _("Samtale, formen er ikke oplyst"), "other": _("Anden hændelse"), "ahead": _("Aftalt samtale"),
    }  # fmt: skip
    return [
        (format_html(
            '<svg class="tl-sign" viewBox="-9 -9 18 18" aria-hidden="true" focusable="false"><g class="tl-mark">{}</g>'
            "</svg>", _SHAPES[shape]), words[shape])
        for shape in timeline.shapes()
    ]  # fmt: skip


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _patterns(name: str) -> SafeString:
    return format_html_join(
        "",
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse"><g class="tl-hatch">{}</g></pattern>',
        ((name, key, drawn) for key, drawn in _PATTERNS.items()),
    )


# -- axis ------------------------------------------------------------------------------------------------------


def _axis(frame: _Frame, height: float) -> SafeString:
    """A line for every month, quarter or year that there is room for; a year where one begins."""
    months = (frame.last.year - frame.first.year) * 12 + frame.last.month - frame.first.month
    room = (frame.right - frame.left) / max(months, 1)
    step = next((step for step in _TICKS if step * room >= _TICK_ROOM), _TICKS[-1])
    ticks = [day for day in _months(frame.first, frame.last) if ((day.year * 12) + day.month - 1) % step == 0]
    return format_html_join(
        "",
        '<g class="{}"><line x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="16">{}</text></g>',
        (
            ("tl-year" if day.month == 1 else "tl-tick", frame.x(day), frame.x(day), _AXIS - 8, height,
             frame.x(day) + 3, str(day.year) if day.month == 1 else date_format(day, "M"))
            for day in ticks
            if frame.x(day) < frame.right - 24
        ),
    )  # fmt: skip


def _months(first: date, last: date) -> list[date]:
    found = [first.replace(day=1)]
    while found[-1] <= last:
        year, month = divmod(found[-1].year * 12 + found[-1].month, 12)
        found.append(date(year, month + 1, 1))
    return [day for day in found if first <= day <= last]


def _today(frame: _Frame, today: date, height: float) -> SafeString:
    if not frame.first <= today <= frame.last:
        return SafeString()
    x = frame.x(today)
    word = _("I dag")
    turned = x + len(word) * _LETTER > frame.right
    return format_html(
        '<g class="tl-today"><line x1="{}" x2="{}" y1="{}" y2="{}"/><text x="{}" y="28"{}>{}</text></g>',
        x, x, _AXIS - 10, height, x - 4 if turned else x + 4, SafeString(' text-anchor="end"') if turned else "", word,
    )  # fmt: skip


# -- lanes -----------------------------------------------------------------------------------------------------


def _lane(lane: Lane, frame: _Frame, name: str, y: float, beside: int) -> tuple[SafeString, SafeString, float]:
    """The ground of a lane, what stands on it, and where the next lane begins."""
    top = y if beside else y + _TITLE
    rows = stacked(lane.bars)
    height = max(len(rows), 1) * _ROW
    title = format_html(
        '<text class="tl-lane" x="{}" y="{}">{}</text>', 0, top + 16 if beside else y + 15, lane.title
    )  # fmt: skip
    ground = format_html(
        '<rect class="tl-ground" x="{}" y="{}" width="{}" height="{}"/>',
        frame.left, top, round(frame.right - frame.left, 1), height,
    )  # fmt: skip
    bars = [
        _bar(bar, row[i + 1] if i + 1 < len(row) else None, lane.key, frame, name, top + n * _ROW)
        for n, row in enumerate(rows)
        for i, bar in enumerate(row)
    ]
    marks = [_mark(mark, frame, top + height / 2) for mark in lane.marks]
    drawn = format_html('<g class="tl-{}">{}{}</g>', lane.key, title, _joined([*bars, *marks]))
    return ground, drawn, top + height + _GAP


def stacked(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars in as few rows as they can stand without lying on each other, in order of their first day."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda one: (one.first, one.last or date.max)):
        free = next((row for row in rows if row[-1].last is not None and row[-1].last < bar.first), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    return rows


def _bar(bar: Bar, following: Bar | None, key: str, frame: _Frame, name: str, y: float) -> SafeString:
    x = frame.x(bar.first)
    end = frame.right if bar.last is None else frame.x(bar.last + timedelta(days=1))
    width = round(max(end - x, _NARROWEST), 1)
    tip = 6 if bar.last is None and width > 12 else 0
    outline = f"M{x} {y + 2}H{round(x + width - tip, 1)}l{tip} {(_ROW - 4) // 2}l-{tip} {(_ROW - 4) // 2}H{x}Z"
    room_after = (frame.x(following.first) if following else frame.right) - x - width
    return format_html(
        '<g class="tl-bar"><title>{}</title><path class="tl-fill" d="{}"/>'
        '<path class="tl-pattern" fill="url(#{}-{})" d="{}"/>{}</g>',
        bar.text, outline, name, key, outline, _label(bar.label, x, width - tip, room_after, y),
    )  # fmt: skip


def _label(label: str, x: float, width: float, room_after: float, y: float) -> SafeString:
    """The label inside its bar, else after it, else as much of it as fits; nothing where not even that does."""
    if len(label) * _LETTER + 8 <= width:
        at, said = x + 5, label
    elif len(label) * _LETTER + 8 <= room_after:
        at, said = x + width + 4, label
    else:
        letters = int((width - 8) // _LETTER) - 1
        if letters < 2:
            return SafeString()
        at, said = x + 5, label[:letters].rstrip() + "…"
    return format_html('<text class="tl-label" x="{}" y="{}">{}</text>', round(at, 1), y + 16, said)


def _mark(mark: Mark, frame: _Frame, y: float) -> SafeString:
    text = f"{mark.text}: {_day(mark.on)}"
    return format_html(
        '<g class="tl-mark" transform="translate({} {})"><title>{}</title>{}</g>',
        frame.x(mark.on), y, text, _SHAPES.get(mark.shape, _SHAPES["unstated"]),
    )  # fmt: skip
