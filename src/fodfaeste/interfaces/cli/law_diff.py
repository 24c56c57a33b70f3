"""``fodfaeste law diff``: what differs between the law of two days, or of two sets of rules."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from fodfaeste.foundation import from_day
from fodfaeste.interfaces import answers, lawchanges
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.app import both
from fodfaeste.interfaces.cli.desk import Desk, command
from fodfaeste.interfaces.cli.law_group import law_app
from fodfaeste.interfaces.cli.options import PlaceOption, RegimeOption
from fodfaeste.interfaces.wording import Words, change_text, field_text, plain_fields
from fodfaeste.rulebook import Change, diff

FORMAT = "fodfaeste/law-diff/1"

DayArgument = Annotated[
    str, typer.Argument(metavar=both("DATO1", "DATE1"), show_default=False, help=both("Den ene dag.", "The one day."))
]
OtherDayArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=both("DATO2", "DATE2"),
        show_default=False,
        help=both(
            "Den anden dag; udelades, når det kun er regelregimer, der sammenlignes.",
            "The other day; left out when only regimes are compared.",
        ),
    ),
]
AgainstOption = Annotated[
    list[str] | None,
    typer.Option(
        "--against-regime",
        metavar=both("ID|FIL|ingen", "ID|FILE|none"),
        help=both(
            "Regelregimer på den anden side (id eller fil; flere gange).",
            "Regimes of the other side (id or file; repeatable).",
        ),
    ),
]


@command(
    law_app,
    "diff",
    "Hvad der er forskelligt mellem loven på to dage, eller under to regelregimer.",
    "What differs between the law of two days, or under two regimes.",
)
def differ(
    desk: Desk,
    day: DayArgument,
    other_day: OtherDayArgument = None,
    place: PlaceOption = None,
    regime: RegimeOption = None,
    against_regime: AgainstOption = None,
) -> int:
    """New, gone and changed norms; exit code 1 when there are any."""
    law = desk.law()
    law, before = desk.rulebook(law, desk.day(day), place, regime)
    law, after = desk.rulebook(law, desk.day(other_day or day), place, against_regime or regime)
    changes = diff(before, after)
    old, new = desk.words(before), desk.words(after)
    data: dict[str, Any] = {
        "format": FORMAT,
        "before": answers.rulebook_row(before),
        "after": answers.rulebook_row(after),
        "changes": [lawchanges.change_row(change, old, new) for change in changes],
    }
    sides = [
        f"{words.day(from_day(book.day))}, {display.law_text(desk, book, law)}"
        for book, words in ((before, old), (after, new))
    ]
    desk.show(data, lambda: _draw(desk, changes, sides, old, new))
    return 1 if changes else 0


def _draw(desk: Desk, changes: list[Change], sides: list[str], old: Words, new: Words) -> None:
    display.heading(desk.out, f"{sides[0]}  →  {sides[1]}")
    for what in ("new", "gone", "changed"):
        found = [change for change in changes if change.what == what]
        if found:
            display.section(desk.out, f"{change_text(what, new)} ({len(found)})")
        for change in found:
            _draw_change(desk, change, old, new)
    if not changes:
        display.line(desk.out, desk.pick("Ingen forskel.", "No difference."))
        return
    desk.out.print()
    counts = (f"{sum(c.what == what for c in changes)} {change_text(what, new)}" for what in ("new", "gone", "changed"))
    display.line(desk.out, ", ".join(counts) + ".")


def _draw_conditions(desk: Desk, change: Change, old: Words, new: Words) -> bool:
    """Only the conditions that came or went, when both wordings are a list of conditions that share some."""
    found = lawchanges.conditions(change, old, new)
    if found is None:
        return False
    display.line(desk.out, field_text("applies", new) + ":", 4)
    for mark, said in found:
        display.line(desk.out, f"{mark} {said}", 6)
    return True


def _draw_change(desk: Desk, change: Change, old: Words, new: Words) -> None:
    side = change.after or change.before
    assert side is not None
    mark = {"new": "+", "gone": "−", "changed": "≠"}[change.what]
    words = new if change.after else old
    display.line(desk.out, f"{mark} {words.norm(change.norm)}", style="bold")
    display.line(desk.out, f"{words.kind_of_norm(side.norm.kind)} · {side.ref} · norm {change.norm}", 4)
    if change.what != "changed":
        return
    said = lawchanges.in_both(change, old, new)
    for name, pair in said.items():
        if name == "applies" and _draw_conditions(desk, change, old, new):
            continue
        display.line(desk.out, f"{field_text(name, new)}: {pair['before'] or '–'}", 4)
        display.line(desk.out, f"→ {pair['after'] or '–'}", 6)
    for name, (one, two) in change.fields.items():
        if name not in said and name != "edits" and not (name in ("must", "value") and said):
            display.line(desk.out, f"{field_text(name, new)}: {plain_fields(one)} → {plain_fields(two)}", 4)
    regimes = {regime for regime, _ in (change.after.edits if change.after else ())} - {
        regime for regime, _ in (change.before.edits if change.before else ())
    }
    if regimes:
        display.line(desk.out, desk.pick("ved ", "by ") + ", ".join(sorted(regimes)), 4)
