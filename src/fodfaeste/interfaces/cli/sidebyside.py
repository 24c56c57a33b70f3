"""The same case on two days, or under two sets of rules, side by side."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from fodfaeste.facts import Case
from fodfaeste.foundation import from_day
from fodfaeste.interfaces import answers
from fodfaeste.interfaces.cli import display
from fodfaeste.interfaces.cli.desk import Desk
from fodfaeste.interfaces.overview import Difference, Entry, Group, Overview, differences
from fodfaeste.interfaces.wording import Words, day_short, progress_text, status_text, value_text
from fodfaeste.rulebook import Law

_DIFFERS, _SAME = "≠", "="


def show_side_by_side(desk: Desk, law: Law, case: Case, before: Overview, after: Overview, show_all: bool) -> int:
    """Both overviews, differences marked; exit code 1 when anything differs."""
    words, other = desk.words(before.rulebook), desk.words(after.rulebook)
    found = differences(before, after)
    changed = [one for one in found if not one.same]
    data = answers.against_row(case, law, before, after, found, words, other)
    desk.show(
        data, lambda: _draw(desk, law, case, before, after, found if show_all else changed, len(found) - len(changed))
    )
    return 1 if changed else 0


def _draw(
    desk: Desk, law: Law, case: Case, before: Overview, after: Overview, shown: list[Difference], same: int
) -> None:
    words, other = desk.words(before.rulebook), desk.words(after.rulebook)
    display.heading(
        desk.out,
        case.case,
        desk.pick("Samme oplysninger, to sæt regler eller to dage.", "The same facts, two sets of rules or two days."),
    )
    desk.out.print()
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    table.add_column("", no_wrap=True, width=1)
    table.add_column(desk.pick("Regel", "Norm"), ratio=4, overflow="fold")
    for side, said in ((before, words), (after, other)):
        table.add_column(_name(desk, side, said), ratio=3, overflow="fold")
    for one in shown:
        label = words.norm(one.norm) if one.norm in words.norms else other.norm(one.norm)
        entry = one.before or one.after
        assert entry is not None
        item = entry.explanation.item
        if item is not None:
            label += f" ({answers.item_text(item, words)})"
        name = Text(label)
        name.append(f"\nnorm {one.norm}", style="dim")
        table.add_row(
            _SAME if one.same else _DIFFERS,
            name,
            _cell(one, one.before, before, law, words),
            _cell(one, one.after, after, law, other),
            style="" if one.same else "bold" if desk.out.is_terminal else "",
            end_section=True,
        )
    display.plainly(desk.out, table)
    _closing(desk, shown, same)


def _name(desk: Desk, side: Overview, words: Words) -> str:
    law = ", ".join(side.rulebook.regimes) or desk.pick("almindelig lov", "general law")
    return f"{words.day(from_day(side.rulebook.day))}\n{law}"


def _cell(difference: Difference, entry: Entry | None, side: Overview, law: Law, words: Words) -> Text:
    if entry is None:
        reason, regime = answers.absence(difference.norm, side.rulebook, law)
        return Text(
            {
                "not_applicable": words.pick("gælder ikke", "does not apply"),
                "not_in_force": words.pick("ikke i kraft", "not in force"),
                "set_aside": words.pick(f"sat ud af kraft af {regime}", f"set aside by {regime}"),
            }[reason]
        )
    one = entry.explanation
    outcome = one.outcome
    if outcome.status is None:
        kind = {Group.RIGHTS: ("ret", "right"), Group.LEFT_OPEN: ("kan", "may")}.get(entry.group)
        said = (
            words.pick(*kind) if kind else value_text(outcome.value, one.norm.norm.type, words.vocabulary, words.lang)
        )
    else:
        said = status_text(outcome.status, words)
    lines = [said]
    if outcome.due is not None:
        lines.append(words.pick("senest ", "by ") + day_short(outcome.due, words.lang))
    if progress_text(outcome, words):
        lines[-1] += f" · {progress_text(outcome, words)}"
    shown = Text("\n".join(lines))
    shown.append(f"\n{one.norm.ref}", style="dim")
    return shown


def _closing(desk: Desk, shown: list[Difference], same: int) -> None:
    changed = sum(not one.same for one in shown)
    hidden = same > 0 and len(shown) == changed
    hint = desk.pick(" (vis dem med --all)", " (show them with --all)") if hidden else ""
    said = desk.pick(
        f"{_DIFFERS} forskellige: {changed} · {_SAME} ens: {same}",
        f"{_DIFFERS} differ: {changed} · {_SAME} equal: {same}",
    )
    desk.out.print()
    display.line(desk.out, said + hint)
