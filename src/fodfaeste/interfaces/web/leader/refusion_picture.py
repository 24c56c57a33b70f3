"""The municipality's share week by week as a picture: SVG drawn on the server, one for each way of sharing.

Colours come from classes (static/leader/refusion.css), so that both themes and print fit. The line for weeks with an
activity is dashed and named beside the picture, so that nothing rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fodfaeste.economy.ladder import FULL

_WIDTH, _HEIGHT = 340, 196
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 10, 10, 42
_LINES = (0, 25, 50, 75, 100)
_NUMBERED = (0, 50, 100)

Steps = Sequence[tuple[int, int, int]]
"""First week, last week and the municipality's share in hundredths of a per cent; weeks that are not known left out."""


def picture(name: str, title: str, told: str, plain: Steps, active: Steps, weeks: int) -> SafeString:
    """A picture of the weeks from 1 to ``weeks``; ``name`` tells it from others on the page, ``told`` says it in words.

    ``active`` is empty where no activity changes anything.
    """
    frame = _Frame(weeks)
    return format_html(
        '<svg class="ref-picture" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}{}{}</svg>',
        _WIDTH, _HEIGHT, name, name, name, title, name, told, _grid(frame, weeks), frame.area(plain),
        frame.line(plain, "ref-plain"), frame.line(active, "ref-active"),
    )  # fmt: skip


class _Frame:
    """Where weeks and per cent lie, in the picture's own units."""

    def __init__(self, weeks: int) -> None:
        self.step = (_WIDTH - _LEFT - _RIGHT) / weeks

    def x(self, week: int) -> float:
        """Where a week begins."""
        return round(_LEFT + (week - 1) * self.step, 1)

    def y(self, share: int) -> float:
        """Where a share lies, in hundredths of a per cent."""
        return round(_HEIGHT - _BOTTOM - share / FULL * (_HEIGHT - _BOTTOM - _TOP), 1)

    def area(self, steps: Steps) -> SafeString:
        """The ground under the steps, in one piece where no weeks are left out."""
        parts, last = [], 0
        for a, b, share in steps:
            begins = f"{f'V{self.y(0)}Z' if last else ''}M{self.x(a)} {self.y(0)}" if a != last + 1 or not last else ""
            parts.append(f"{begins}V{self.y(share)}H{self.x(b + 1)}")
            last = b
        return format_html('<path class="ref-area" d="{}V{}Z"/>', "".join(parts), self.y(0)) if parts else SafeString()

    def line(self, steps: Steps, css: str) -> SafeString:
        """The steps themselves; broken where weeks are left out."""
        parts, last = [], 0
        for a, b, share in steps:
            parts.append(f"{'V' if a == last + 1 and last else f'M{self.x(a)} '}{self.y(share)}H{self.x(b + 1)}")
            last = b
        return format_html('<path class="{}" d="{}"/>', css, "".join(parts)) if parts else SafeString()


def _grid(frame: _Frame, weeks: int) -> SafeString:
    lines = format_html_join(
        "",
        '<line class="ref-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>',
        ((_LEFT, _WIDTH - _RIGHT, frame.y(one * 100), frame.y(one * 100)) for one in _LINES),
    )
    shares = format_html_join(
        "",
        '<text class="ref-tick" x="{}" y="{}" text-anchor="end">{} %</text>',
        ((_LEFT - 6, frame.y(one * 100) + 4, one) for one in _NUMBERED),
    )
    below = _HEIGHT - _BOTTOM + 16
    ticks = format_html_join(
        "",
        '<text class="ref-tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((round(frame.x(week) + frame.step / 2, 1), below, week) for week in _ticks(weeks)),
    )
    under = format_html(
        '<text class="ref-tick" x="{}" y="{}" text-anchor="middle">{}</text>',
        (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, _("uge i forløbet"),
    )  # fmt: skip
    return format_html("{}{}{}{}", lines, shares, ticks, under)


def _ticks(weeks: int) -> list[int]:
    """The first week, the last, and quarters of years between, as far as there is room."""
    step = 13 if weeks <= 60 else 26 if weeks <= 130 else 52
    return [1, *(week for week in range(step, weeks - step // 3, step)), weeks]
