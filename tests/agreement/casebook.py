"""A view written down as a case was, over time: in no order, with mistakes that were corrected, and with later news."""

from __future__ import annotations

from random import Random
from typing import Any

from fodfaeste.facts import View, Vocabulary, decode, range_of
from fodfaeste.facts.encoding import plain
from fodfaeste.foundation import FAR, from_day

EARLIEST_RECORD = 400
"""Days before the day of knowing on which the first line may have been recorded."""


class Casebook:
    """Writes lines. What is recorded on ``known_at`` or before makes the view; all else must not be seen."""

    def __init__(self, vocabulary: Vocabulary, view: View, known_at: int, random: Random) -> None:
        self.vocabulary, self.view, self.known_at, self.random = vocabulary, view, known_at, random
        self.lines = 0

    def case(self) -> dict[str, Any]:
        """The case, as JSON has it."""
        facts = [line for name in self.vocabulary.fields for line in self._facts(name)]
        events = [line for kind, rows in self.view.events.items() for row in rows for line in self._told(kind, row)]
        spells = [line for kind, rows in self.view.spells.items() for row in rows for line in self._told(kind, row)]
        events += [line for kind in self.vocabulary.events if self._often(0.1) for line in self._unseen(kind)]
        spells += [line for kind in self.vocabulary.spells if self._often(0.1) for line in self._unseen(kind)]
        for lines in (facts, events, spells):
            self.random.shuffle(lines)
        return {"facts": facts, "events": events, "spells": spells, "unobserved": sorted(self.view.unobserved)}

    def _often(self, share: float) -> bool:
        return self.random.random() < share

    def _before(self) -> int:
        return self.known_at - self.random.randrange(EARLIEST_RECORD)

    def _after(self) -> int:
        return self.known_at + 1 + self.random.choice((0, 0, 30, self.random.randrange(900)))

    # -- facts -----------------------------------------------------------------------------------------------

    def _facts(self, name: str) -> list[dict[str, Any]]:
        field, on = self.vocabulary.fields[name], self.view.on
        value = self.view.fields[field.index]
        lines: list[dict[str, Any]] = []
        other = self.random.choice((field.lo, field.hi, None))
        if value is not None or self._often(0.1):
            recorded = self._before()
            lines.append(self._fact(name, value, recorded, on - self.random.randrange(900), None))
            if self._often(0.2):  # another value was believed before
                lines.append(self._fact(name, other, recorded - 1 - self.random.randrange(60), None, None))
        if self._often(0.1):  # another was true on other days
            lines.append(self._fact(name, other, self._before(), None, on - 1 - self.random.randrange(900)))
            lines.append(self._fact(name, other, self._before(), on + 1 + self.random.randrange(900), None))
        if self._often(0.2):  # another is believed since
            lines.append(self._fact(name, other, self._after(), None, None))
        return lines

    def _fact(self, name: str, value: int | None, recorded: int, start: int | None, end: int | None) -> dict[str, Any]:
        type_ = self.vocabulary.fields[name].type
        line = {"field": name, "value": self._plain(value, type_), "recorded": _text(recorded)}
        return line | {"from": _text(start), "to": _text(end)}

    def _plain(self, value: int | None, type_: str) -> Any:
        if value is None or (type_ == "bool" and value == 1):
            return None
        return plain(decode(value, type_, self.vocabulary))

    # -- events and spells -------------------------------------------------------------------------------------

    def _told(self, kind: str, row: tuple[Any, ...]) -> list[dict[str, Any]]:
        """A line that stands; perhaps in place of a mistake; perhaps replaced later."""
        recorded = self._before() if self._often(0.8) else None
        line = self._line(kind, row, recorded)
        lines = [line]
        if recorded is not None and self._often(0.15):
            mistake = self._line(kind, self._moved(row), recorded - self.random.randrange(60))
            line["corrects"] = mistake["id"]
            lines.append(mistake)
        if self._often(0.15):
            news = self._line(kind, self._moved(row), self._after())
            news |= {"corrects": line["id"], "void": self._often(0.4)}
            lines.append(news)
        return lines

    def _unseen(self, kind: str) -> list[dict[str, Any]]:
        """Lines that must not be seen: told later, taken back in time, or (events) still to happen."""
        on = self.view.on
        told_later = self._line(kind, self._any(kind, on - self.random.randrange(900)), self._after())
        taken_back = self._line(kind, self._any(kind, on - self.random.randrange(900)), self._before() - 60)
        back = self._line(kind, self._any(kind, on), self.known_at - self.random.randrange(60))
        back |= {"corrects": taken_back["id"], "void": True}
        lines = [told_later, taken_back, back]
        if kind in self.vocabulary.events:
            lines.append(self._line(kind, self._any(kind, on + 1 + self.random.randrange(60)), self._before()))
        return lines

    def _any(self, kind: str, day: int) -> tuple[Any, ...]:
        types = (self.vocabulary.events.get(kind) or self.vocabulary.spells[kind]).attrs.values()
        attrs = tuple(self.random.choice((None, *range_of(type_, self.vocabulary))) for type_ in types)
        return (day, attrs) if kind in self.vocabulary.events else (day, FAR, attrs)

    def _moved(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        days = [day if day >= FAR else day + 1 for day in row[:-1]]
        return (*days, tuple(None for _ in row[-1]) if self._often(0.5) else row[-1])

    def _line(self, kind: str, row: tuple[Any, ...], recorded: int | None) -> dict[str, Any]:
        self.lines += 1
        attrs = (self.vocabulary.events.get(kind) or self.vocabulary.spells[kind]).attrs
        line: dict[str, Any] = {"kind": kind, "id": f"line-{self.lines}", "recorded": _text(recorded)}
        line |= {name: self._plain(value, type_) for (name, type_), value in zip(attrs.items(), row[-1], strict=True)}
        if kind in self.vocabulary.events:
            return line | {"date": _text(row[0])}
        return line | {"from": _text(row[0]), "to": None if row[1] >= FAR else _text(row[1])}


def _text(day: int | None) -> str | None:
    return None if day is None else from_day(day).isoformat()
