"""How answers are drawn: headings, tables and blocks of at most a hundred columns, readable without colour."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from fodfaeste.foundation import from_day
from fodfaeste.interfaces.wording import day_text, label_of, pick
from fodfaeste.rulebook import Law, Rulebook

if TYPE_CHECKING:
    from fodfaeste.interfaces.cli.desk import Desk

_LONGEST_WORD = 18  # a longer word may break, so that the column leaves room for the others
_GLUE = "\u00a0"
_TOGETHER = re.compile(
    r"§+ \d+( [a-z]\b)?|\bstk\. \d|\bnr\. \d|\d+ (af|of) \d+|\d+ (i alt|in all), \d+ (kræves|required)"
    r"|\d+\. [a-zæøå]+ \d{4}|\d+ [A-Z][a-z]+ \d{4}|\bnorm \S+"
)


def heading(out: Console, text: str, note: str = "") -> None:
    """A heading, and what belongs to it in a lighter voice."""
    line(out, text, style="bold")
    if note:
        line(out, note, style="dim")


def title(desk: Desk, name: str, book: Rulebook, law: Law) -> None:
    """What is shown, on which day, where, under which law."""
    heading(
        desk.out,
        " · ".join(part for part in (name, day_text(from_day(book.day), desk.lang)) if part),
        law_text(desk, book, law),
    )


def law_text(desk: Desk, book: Rulebook, law: Law) -> str:
    """Where, and under which law."""
    place = law.municipalities.get(book.place or "", {}).get("name", book.place)
    where = str(place or pick(desk.lang, "ingen kommune oplyst", "no municipality given"))
    named = list(book.regimes)
    if len(named) == 1:
        named = [f"{label_of(law.regimes[named[0]].title, desk.lang, named[0])} ({named[0]})"]
    return f"{where} · {', '.join(named) or pick(desk.lang, 'almindelig lov', 'general law')}"


def section(out: Console, text: str) -> None:
    """A heading inside an answer, with air above."""
    out.print()
    line(out, text.upper(), style="bold cyan")


def line(out: Console, text: str, indent: int = 0, style: str = "") -> None:
    """A paragraph, wrapped and indented; a section, a count and a date are not torn apart."""
    for row in _wrapped(text, out.width - indent):
        out.print(Text(" " * indent + row, style=style), soft_wrap=True)


def facts(out: Console, rows: Iterable[tuple[str, str]], indent: int = 2) -> None:
    """Names and values in two columns; rows without a value are left out, and addresses are not broken."""
    shown = [(name, value) for name, value in rows if value]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        head = name.ljust(width + 2)
        for row in _wrapped(value, out.width - indent - width - 2):
            out.print(Text(" " * indent).append(head, style="dim").append(row), soft_wrap=True)
            head = " " * (width + 2)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most a width; a section, a count and a date are not torn apart."""
    rows: list[str] = []
    for part in text.splitlines() or [""]:
        kept = _TOGETHER.sub(lambda match: match[0].replace(" ", _GLUE), part)
        rows += textwrap.wrap(kept, width, break_long_words=False, break_on_hyphens=False) or [""]
    return [row.replace(_GLUE, " ") for row in rows]


def table(
    out: Console,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Sequence[int] = (),
    wrap: Mapping[int, int] | None = None,
) -> None:
    """A table; ``right`` are columns of numbers and days, ``wrap`` those that break over lines, with their share."""
    shares, cells = wrap or {}, [list(row) for row in rows]
    drawn = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold")
    for index, (name, width) in enumerate(zip(columns, _widths(out.width, columns, cells, shares), strict=True)):
        drawn.add_column(name, justify="right" if index in right else "left", width=width, overflow="fold")
    for row in cells:
        drawn.add_row(*(Text(cell) for cell in row))
    plainly(out, drawn)


def _widths(page: int, columns: Sequence[str], cells: list[list[str]], shares: Mapping[int, int]) -> list[int]:
    """Width of every column: what it holds; those that wrap share what is left, with room for their longest word."""
    texts = [[name, *(row[index] for row in cells)] for index, name in enumerate(columns)]
    full = [max(len(line) for text in column for line in [*text.splitlines(), ""]) for column in texts]
    least = [min(max((len(w) for text in column for w in text.split()), default=1), _LONGEST_WORD) for column in texts]
    widths = [least[i] if i in shares else full[i] for i in range(len(columns))]
    left = page - sum(widths) - 2 * len(columns)
    open_ = {i for i in shares if widths[i] < full[i]}
    while left > 0 and open_:
        for i in sorted(open_, key=lambda i: widths[i] / shares[i])[:1]:
            widths[i] += 1
            left -= 1
        open_ = {i for i in open_ if widths[i] < full[i]}
    return widths


def tree(out: Console, lines: Iterable[tuple[int, str]], indent: int = 2) -> None:
    """Lines by depth, each under what it belongs to."""
    for depth, text in lines:
        bullet = "· " if depth else ""
        line(out, bullet + text, indent + 2 * depth)


def plainly(out: Console, drawn: RenderableType) -> None:
    """Print what Rich draws, without spaces at the ends of lines."""
    for row in out.render_lines(drawn, pad=False):
        segments = list(row)
        while segments and not segments[-1].text.strip():
            segments.pop()
        if segments:
            last = segments[-1]
            segments[-1] = Segment(last.text.rstrip(), last.style, last.control)
        out.print(Segments([*segments, Segment.line()]), end="")
