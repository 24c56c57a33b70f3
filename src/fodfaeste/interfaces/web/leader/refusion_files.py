"""The tables on reimbursement as files: the same lines as on the page, one cell for each thing said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Head = list[str]
Row = list[object]
Context = dict[str, Any]


def file_of(part: str, shown: Context) -> tuple[Head, list[Row]]:
    """Headings and rows of a page."""
    head, rows = _FILES[part](shown)
    return head, list(rows)


def _week_less(shown: Context) -> tuple[Head, Iterator[Row]]:
    head: Head = [
        _("Ydelse"), _("Uger"), _("Ydelse om ugen"), _("Kommunen sparer"), _("Staten sparer"), _("A-kassen sparer"),
        _("Hjemmel"),
    ]  # fmt: skip
    return head, (
        [benefit, line.weeks, group.amount, line.municipality, line.state, line.fund, line.ref]
        for group in shown["groups"] for benefit in group.benefits for line in group.lines
    )  # fmt: skip


def _ladder(shown: Context) -> tuple[Head, Iterator[Row]]:
    head: Head = [
        _("Ydelse"), _("Uger"), _("Finansiering"), _("Kommunens andel"), _("Kommunen bærer om ugen"),
        _("Kommunens andel med aktivitet"),
    ]  # fmt: skip
    return head, (
        [shown["benefit"], weeks, model.name, cell.share, cell.cost, cell.active]
        for weeks, cells in shown["rows"] for model, cell in zip(shown["models"], cells, strict=True)
    )  # fmt: skip


def _choice(shown: Context) -> tuple[Head, Iterator[Row]]:
    head: Head = [_("Ydelse"), _("Valg"), _("Finansiering"), _("Kommunen sparer"), _("Staten sparer")]
    return head, (
        [shown["benefit"], line.what, model.name, *gain]
        for line in shown["lines"] for model, gain in zip(shown["models"], line.gains, strict=True)
    )  # fmt: skip


def _kinks(shown: Context) -> tuple[Head, Iterator[Row]]:
    head: Head = [_("Finansiering"), _("Ydelse"), _("Uger"), _("Hvad"), _("Kommunens andel"), _("Bemærkning")]
    none: Row = ["", "", _("Ingen skæve trin"), "", ""]
    return head, (
        [model.name, *row]
        for model, lines in shown["models"]
        for row in [[one.benefit, one.weeks, one.what, one.share, one.note] for one in lines] or [none]
    )


def _own(shown: Context) -> tuple[Head, Iterator[Row]]:
    head: Head = [
        _("Ydelse"), _("Uger på trappen"), _("Antal uger"), _("Ydelse i alt"), _("Staten bærer"),
        _("Kommunen bærer"), _("Uger uden kendt pris"),
    ]  # fmt: skip
    groups = shown["table"].groups if shown["table"] else ()
    return head, (
        [group.benefit, line.step, line.weeks, line.total, line.state, line.municipality, line.unpriced]
        for group in groups for line in group.lines
    )  # fmt: skip


_FILES: Mapping[str, Callable[[Context], tuple[Head, Iterator[Row]]]] = {
    "uge": _week_less, "trappe": _ladder, "valg": _choice, "trin": _kinks, "egne": _own,
}  # fmt: skip
