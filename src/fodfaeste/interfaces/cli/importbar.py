"""The bar of an import on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fodfaeste.interfaces.cli.desk import Desk

_WRITING = {
    "people": ("Skriver borgere", "Writing citizens"),
    "spell": ("Skriver perioder", "Writing spells"),
    "event": ("Skriver hændelser", "Writing events"),
    "fact": ("Skriver oplysninger", "Writing facts"),
    "rest": ("Skriver aftaler og planer", "Writing appointments and plans"),
    "counts": ("Gør op", "Counting"),
}


class _Bar:
    def __init__(self, desk: Desk) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._desk = desk
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self.drawn = Progress(*columns, console=desk.err, transient=True, disable=not desk.err.is_terminal)
        self._task = self.drawn.add_task("", total=None)

    def reading(self, name: str, done: int, of: int) -> None:
        """A table begins to be read."""
        said = self._desk.pick(f"Læser {name}", f"Reading {name}")
        self.drawn.update(self._task, description=said, completed=done, total=of)

    def writing(self, what: str) -> None:
        """What is written next."""
        self.drawn.update(self._task, description=self._desk.pick(*_WRITING.get(what, (what, what))), total=None)


@contextmanager
def bar(desk: Desk) -> Iterator[_Bar]:
    """A bar while an import runs; nothing when stderr is no terminal."""
    made = _Bar(desk)
    with made.drawn:
        yield made
